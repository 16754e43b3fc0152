// SPDX-License-Identifier: MPL-2.0

package client

import (
	"fmt"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// listed is a task in a list.
type listed interface {
	taskID() string
	operation() string // what the task does, for messages; "" if not reported
	rawStatus() string
	creation() (text string, at time.Time) // at is zero if the text is not a time
}

// messageInsteadOf rejects a list without tasks that says something: it is
// rather an error than a list.
func messageInsteadOf(tasks int, r transport.Response) error {
	if tasks == 0 && r.PlainMessage() != "" {
		return transport.Malformed("it has a message and no tasks")
	}
	return nil
}

// selection is the part of a list that a query selects.
type selection[T listed] struct {
	tasks []T
	// older are the tasks that match as well, but were not created last: a wait
	// still follows those that it has seen unfinished.
	older []T
	// discarded are the tasks that match as well, and that only an incomplete
	// reading of the list has returned: a wait follows those, too.
	discarded []T
	// undated is the text of a creation time that cannot be read, if one is needed
	// to decide whether a task is meant.
	undated   map[string]string // by task ID
	conflicts map[string]bool   // IDs that are listed twice with different content
}

// latestOf reduces a selection to the task that was created last, or to several
// that were created at the same time. A task without a readable time may be the
// last one, so it is kept, as undated.
func (s *selection[T]) latestOf() {
	var last time.Time
	for _, t := range s.tasks {
		if _, at := t.creation(); at.After(last) {
			last = at
		}
	}
	all, discarded := s.tasks, s.discarded
	s.tasks, s.discarded = nil, nil
	for _, t := range discarded {
		if _, at := t.creation(); !at.IsZero() && at.Before(last) {
			s.older = append(s.older, t)
		} else {
			s.discarded = append(s.discarded, t)
		}
	}
	for _, t := range all {
		text, at := t.creation()
		if at.IsZero() {
			s.setUndated(t, text)
		}
		if at.IsZero() || at.Equal(last) {
			s.tasks = append(s.tasks, t)
		} else {
			s.older = append(s.older, t)
		}
	}
}

func (s *selection[T]) setUndated(t T, text string) {
	if s.undated == nil {
		s.undated = make(map[string]string)
	}
	s.undated[t.taskID()] = text
}

// distinct removes repeated records. It reports the IDs whose records differ in
// a field that decides.
func distinct[T listed](all []T) (tasks []T, conflicts map[string]bool) {
	index := make(map[string]int, len(all))
	tasks = make([]T, 0, len(all))
	for _, t := range all {
		i, repeated := index[t.taskID()]
		switch {
		case !repeated:
			index[t.taskID()] = len(tasks)
			tasks = append(tasks, t)
		case !sameRecord(tasks[i], t):
			if conflicts == nil {
				conflicts = make(map[string]bool)
			}
			conflicts[t.taskID()] = true
		}
	}
	return tasks, conflicts
}

func sameRecord[T listed](a, b T) bool {
	aTime, _ := a.creation()
	bTime, _ := b.creation()
	return a.rawStatus() == b.rawStatus() && aTime == bTime && a.operation() == b.operation()
}

// observe folds the selected tasks into one observation. kind is what the API
// calls a status, and timeMember the field with the creation time.
func (s selection[T]) observe(statuses task.StatusMap, kind, timeMember string) task.Observation {
	states := make([]task.State, len(s.tasks))
	for i, t := range s.tasks {
		states[i], _ = s.stateOf(t, statuses)
	}
	o := task.Observation{State: task.FoldTasks(states), Tasks: s.parts(statuses), Breakdown: breakdown(states)}
	o.Busy = o.State.Busy()
	if o.State == task.Unknown {
		t := s.tasks[task.Decisive(states)]
		_, reason := s.stateOf(t, statuses)
		if reason == "" {
			o.SetUnknown(kind, t.rawStatus())
		} else {
			o.UnknownReason = strings.ReplaceAll(reason, creationMember, timeMember)
		}
	}
	if len(s.tasks) == 1 {
		o.Breakdown, o.Label, o.Status = "", s.tasks[0].operation(), s.tasks[0].rawStatus()
	}
	return o
}

// creationMember stands for the name of the field with the creation time.
const creationMember = "{creation}"

// stateOf returns the state of a task. A finished one is unknown, for the given
// reason, if its record contradicts another one, or if nothing shows that it is
// the one that is meant.
func (s selection[T]) stateOf(t T, statuses task.StatusMap) (state task.State, reason string) {
	state = statuses.State(t.rawStatus())
	text, undated := s.undated[t.taskID()]
	switch {
	case s.conflicts[t.taskID()]:
		return task.Unknown, fmt.Sprintf("contradicting records of task %s", t.taskID())
	case undated && state.Finished():
		return task.Unknown, fmt.Sprintf("%s %q of task %s", creationMember, text, t.taskID())
	default:
		return state, ""
	}
}

// parts are all tasks that a wait follows.
func (s selection[T]) parts(statuses task.StatusMap) []task.Part {
	parts := make([]task.Part, 0, len(s.tasks)+len(s.older)+len(s.discarded))
	add := func(tasks []T, part task.Part) {
		for _, t := range tasks {
			part.ID, part.Name, part.Status = t.taskID(), "task "+t.taskID(), t.rawStatus()
			part.State, _ = s.stateOf(t, statuses)
			if t.operation() != "" {
				part.Name += " (" + t.operation() + ")"
			}
			parts = append(parts, part)
		}
	}
	add(s.tasks, task.Part{})
	add(s.older, task.Part{Older: true})
	add(s.discarded, task.Part{Discarded: true})
	return parts
}

// breakdown counts tasks by state: "3 tasks: 1 running, 2 succeeded".
func breakdown(states []task.State) string {
	if len(states) == 0 {
		return "no tasks"
	}
	counts := make(map[task.State]int)
	for _, s := range states {
		counts[s]++
	}
	var texts []string
	for _, s := range []task.State{task.Pending, task.Running, task.Unknown, task.Failed, task.Succeeded} {
		if counts[s] > 0 {
			texts = append(texts, fmt.Sprintf("%d %s", counts[s], s))
		}
	}
	noun := "tasks"
	if len(states) == 1 {
		noun = "task"
	}
	return fmt.Sprintf("%d %s: %s", len(states), noun, strings.Join(texts, ", "))
}

// IncompleteListError reports that a service did not return a whole list, even
// after it was read again.
type IncompleteListError struct{ Problem string }

func (e *IncompleteListError) Error() string { return "the list is incomplete: " + e.Problem }

// Transient implements the interface of package task: a list can be complete a
// little later.
func (e *IncompleteListError) Transient() bool { return true }

// earliest is the first year of a time that can be meant. An older one, such as
// Go's zero time, stands for none.
const earliest = 2000

// CheckBound returns an error for a bound of a creation time that stands for no
// time, such as Go's zero time or the beginning of Unix time: it comes from a field
// that was not set, and as a bound it would select every task.
func CheckBound(t time.Time) error {
	const epoch = 1970
	if t.UTC().Year() <= epoch {
		return fmt.Errorf("%s stands for a time that is not set", t.Format(time.RFC3339))
	}
	return nil
}

// parseTime parses a time in the given layouts; zero if it is in none of them,
// or is a placeholder.
func parseTime(text string, layouts ...string) time.Time {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= earliest {
			return t
		}
	}
	return time.Time{}
}

// between returns the time from start to end, 0 if either is unknown.
func between(start, end time.Time) time.Duration {
	if start.IsZero() || end.IsZero() {
		return 0
	}
	return max(end.Sub(start), 0)
}
