// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"context"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

const (
	// A record that was never seen may not be there yet: inside a wait its
	// absence means that it is done only after so many looks and so long.
	absentLooks = 3
	absentFor   = 30 * time.Second
)

// absence remembers what came before a task was found missing.
type absence struct {
	seen   *task.Observation // the last look that found the task, nil if none has
	record *task.Observation // the last look since then that found the record of its failure, nil if none has
	looks  int               // without the task, since then
	since  time.Time
}

func (a *absence) end(o task.Observation) {
	*a = absence{seen: &o}
}

func (a *absence) goesOn() {
	if a.looks == 0 {
		a.since = time.Now()
	}
	a.looks++
}

// settled reports whether a task that was never seen has been absent long enough
// to believe that it will not appear any more.
func (a *absence) settled() bool {
	return a.looks >= absentLooks && time.Since(a.since) >= absentFor
}

// absent gives a missing task its meaning on the user's terms.
func (p *passage) absent(ctx context.Context, o task.Observation) (task.Observation, error) {
	p.absence.goesOn()
	if p.subject.FailureRecord != nil {
		return p.traced(ctx, o)
	}
	if p.subject.Open && (p.terms.WaitFor == Nothing || p.terms.WaitFor == Idle) {
		// An empty list is a normal answer, whatever on_missing says of a task that is waited for.
		o.Excused = p.terms.OnMissing == MissingIsSucceeded
		return o, nil
	}
	switch p.terms.OnMissing {
	case MissingIsSucceeded:
		o.Excused = true
		return o, nil
	case MissingIsPending:
		o.Busy = true
		return o, nil
	default:
		return o, &absentError{observation: o, seen: p.absence.seen}
	}
}

// traced gives its meaning to a missing task that may have left a trace: the
// record of its failure, or its name where the API tells what goes on. Only
// when neither is there does it count as succeeded, and only by the user's word.
func (p *passage) traced(ctx context.Context, o task.Observation) (task.Observation, error) {
	excusable := p.terms.OnMissing == MissingIsSucceeded
	if p.absence.seen == nil {
		switch {
		case p.terms.OnMissing == MissingIsPending,
			excusable && p.terms.WaitFor != Nothing && !p.absence.settled():
			o.Busy = true
			return o, nil
		case !excusable:
			return o, &absentError{observation: o}
		}
	}
	failure, err := p.subject.FailureRecord(ctx)
	switch {
	case err != nil:
		return o, err
	case failure.State != task.Missing:
		p.absence.record = &failure
		return failure, nil
	case p.absence.record != nil:
		return o, &absentError{observation: o, seen: p.absence.record, trace: recordGone}
	case !excusable:
		return o, &absentError{observation: o, seen: p.absence.seen, trace: recordNone}
	}
	busy, err := p.subject.StillBusy(ctx)
	if err != nil || busy.State != task.Missing {
		return busy, err
	}
	o.Excused = true
	return o, nil
}

// absentError says that there is no such task, and that this is an error on the
// user's terms.
type absentError struct {
	observation task.Observation
	seen        *task.Observation // when it was last found, nil if never
	trace       trace
}

// trace tells what was found of the record of a failure.
type trace int

const (
	recordUnsought trace = iota // it was not looked for
	recordNone                  // there is none
	recordGone                  // there was one, and it is gone as well
)

func (e *absentError) Error() string { return "there is no such task" }
