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
	minAbsentPolls = 3
	minAbsence   = 30 * time.Second
)

// absence remembers what came before a task was found missing.
type absence struct {
	seen   *task.Observation // the last look that found the task, nil if none has
	record *task.Observation // the last look since then that found the record of its failure, nil if none has
	polls  int               // without the task, since then
	since  time.Time
}

func (a *absence) end(o task.Observation) {
	*a = absence{seen: &o}
}

func (a *absence) count() {
	if a.polls == 0 {
		a.since = time.Now()
	}
	a.polls++
}

// settled reports whether a task that was never seen has been absent long enough
// to believe that it will not appear any more.
func (a *absence) conclusive() bool {
	return a.polls >= minAbsentPolls && time.Since(a.since) >= minAbsence
}

// absent gives a missing task its meaning on the user's terms.
func (p *check) resolveMissing(ctx context.Context, o task.Observation) (task.Observation, error) {
	p.absence.count()
	if p.target.FailureRecord != nil {
		return p.resolveTrace(ctx, o)
	}
	if p.target.EmptyOK && (p.options.WaitFor == ReadOnce || p.options.WaitFor == Idle) {
		// An empty list is a normal answer, whatever on_missing says of a task that is waited for.
		o.AssumedSucceeded = p.options.OnMissing == MissingIsSucceeded
		return o, nil
	}
	switch p.options.OnMissing {
	case MissingIsSucceeded:
		o.AssumedSucceeded = true
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
func (p *check) resolveTrace(ctx context.Context, o task.Observation) (task.Observation, error) {
	excusable := p.options.OnMissing == MissingIsSucceeded
	if p.absence.seen == nil {
		switch {
		case p.options.OnMissing == MissingIsPending,
			excusable && p.options.WaitFor != ReadOnce && !p.absence.conclusive():
			o.Busy = true
			return o, nil
		case !excusable:
			return o, &absentError{observation: o}
		}
	}
	failure, err := p.target.FailureRecord(ctx)
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
	busy, err := p.target.StillBusy(ctx)
	if err != nil || busy.State != task.Missing {
		return busy, err
	}
	o.AssumedSucceeded = true
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
