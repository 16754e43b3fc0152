// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"slices"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// A list is only eventually consistent, and a record in it can be deleted. So a
// wait on a list passes on two rules more than a wait on a single task:
//
//   - confirmed: two complete reads in a row, one poll interval apart, pass, and
//     the second one asks past the end of the list;
//   - continuous: every task that was seen unfinished has been seen finished, and
//     none that was seen failed is forgotten because its record was deleted.
//
// A missing task that counts as succeeded must be confirmed as well, since its
// failure record can be absent from a single response.

// evidence is what a wait has gathered.
type evidence struct {
	passed    time.Time // when the first of the last reads in a row that pass finished, zero if the last one does not pass
	confirmed bool      // the wait passes
	broken    bool      // an unsettled task is no longer returned, or no longer the latest
	unsettled map[string]*sighting
}

// sighting is the last poll that returned an unsettled task.
type sighting struct {
	task     task.Part
	selected bool // a complete list has returned it as one that decides
	absent   absenceCount
}

// confirming reports whether the next read can confirm the last one. The interval
// between them can be too short for that, since the last one before the deadline
// is cut.
func (c *check) confirming() bool {
	passed, interval := c.evidence.passed, c.options.PollInterval
	if interval == 0 {
		interval = task.Interval(passed.Sub(c.start), 1)
	}
	return !passed.IsZero() && time.Since(passed) >= interval
}

// weigh adds a read to the evidence. conclusive is one that need not be confirmed
// any more.
func (c *check) weigh(passes, conclusive bool) {
	e := &c.evidence
	e.confirmed = passes && conclusive
	switch {
	case !passes:
		e.passed = time.Time{}
	case e.passed.IsZero():
		e.passed = time.Now()
	}
}

// sight updates the unsettled tasks: those that keep the wait from passing until
// they are returned again, settled.
func (c *check) sight(tasks []task.Part) {
	e := &c.evidence
	if e.unsettled == nil {
		e.unsettled = make(map[string]*sighting)
	}
	waiting := c.options.WaitFor == Success || c.options.WaitFor == Completion
	for _, t := range tasks {
		if t.State == task.Succeeded || t.State == task.Failed && (t.Older || !waiting) {
			delete(e.unsettled, t.ID)
			continue
		}
		before := e.unsettled[t.ID]
		e.unsettled[t.ID] = &sighting{task: t, selected: !t.Older && !t.Discarded || before != nil && before.selected}
	}
}

// continuous updates the unsettled tasks. While one of them is no longer
// returned the list counts as busy; once that is conclusive, it is an error,
// unless on_missing allows the task to come back. A complete list does not return
// what only an incomplete reading has.
//
// The list is busy as well while a task runs that was the latest when it was seen:
// one that is created meanwhile says nothing about it.
func (c *check) continuous(o *task.Observation) error {
	e := &c.evidence
	c.sight(o.Tasks)
	returned := make(map[string]bool, len(o.Tasks))
	for _, t := range o.Tasks {
		returned[t.ID] = !t.Discarded
	}
	gone, superseded := e.gone(returned), e.superseded()
	e.broken = len(gone) > 0 || len(superseded) > 0
	if !e.broken {
		return nil
	}
	for _, s := range gone {
		s.absent.add()
		if s.absent.conclusive() && c.options.OnMissing != MissingIsPending {
			return &disappearedError{task: s.task}
		}
	}
	o.Busy = true
	if o.State != task.Succeeded {
		return nil
	}
	o.State, o.Status, o.Label = task.Running, "", ""
	if len(gone) > 0 {
		o.Breakdown = gone[0].task.Name + " is no longer returned"
	} else {
		o.Breakdown = superseded[0].task.Name + " has not finished"
	}
	return nil
}

// gone returns the unsettled tasks that were not returned.
func (e *evidence) gone(returned map[string]bool) []*sighting {
	return e.which(func(s *sighting) bool { return !returned[s.task.ID] })
}

// superseded returns the unsettled tasks that were the latest, but no longer are.
func (e *evidence) superseded() []*sighting {
	return e.which(func(s *sighting) bool { return s.selected && s.task.Older })
}

// which returns some of the unsettled tasks, in a stable order.
func (e *evidence) which(some func(*sighting) bool) []*sighting {
	var found []*sighting
	for _, s := range e.unsettled {
		if some(s) {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, func(a, b *sighting) int { return strings.Compare(a.task.ID, b.task.ID) })
	return found
}

// A task that is not returned may come back, and one that was never returned
// may not have been recorded yet. So an absence is conclusive only after this
// many polls and this much time.
const (
	MinAbsentPolls = 3
	MinAbsence     = 30 * time.Second
)

// absenceCount counts the polls in a row that did not return a task.
type absenceCount struct {
	polls int
	since time.Time
}

func (a *absenceCount) add() {
	if a.polls == 0 {
		a.since = time.Now()
	}
	a.polls++
}

func (a *absenceCount) conclusive() bool {
	return a.polls >= MinAbsentPolls && time.Since(a.since) >= MinAbsence
}
