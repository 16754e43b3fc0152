// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"cmp"
	"context"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// Traces are the places where a missing task may be found: under another name
// once it has failed, and as the current task of the cluster it belongs to. What
// is not found there is Missing.
type Traces struct {
	FailureRecord task.Poll
	Cluster       task.Poll
}

// absence is what came before a task was missing.
type absence struct {
	absenceCount
	seen *task.Observation // the last poll that returned the task, nil if none did
	// next says that the API has returned a later task of the same name, "" if it
	// has not. A failure of the missing one has left no trace then: the cluster has
	// one failure record of that name.
	next string
}

// reset starts anew with a poll that returned the task. A response without the
// time of its submission does not make it another task.
func (a *absence) reset(o task.Observation) {
	if a.seen != nil && o.Submitted.IsZero() {
		o.Submitted = a.seen.Submitted
	}
	*a = absence{seen: &o}
}

// another reports whether an observation is of another task than this wait has
// seen unfinished: the tasks of a cluster share a name, and the success of the next
// one, or of an earlier one, says nothing about this one.
func (a *absence) another(o task.Observation) bool {
	return a.seen != nil && (submittedBefore(*a.seen, o) || submittedBefore(o, *a.seen))
}

// replaced is the missing task in whose place the API returned another one.
func (a *absence) replaced(by task.Observation) task.Observation {
	o := task.Observation{State: task.Missing, Note: "the API returns another task of this name, submitted at " + by.Submitted.Format(time.DateTime)}
	if submittedBefore(*a.seen, by) {
		a.next = o.Note
	}
	return o
}

// submittedBefore reports whether both times are known and the first one is
// earlier. A response or a record may round the time to a second, so less than
// that is the same time.
func submittedBefore(first, second task.Observation) bool {
	return !first.Submitted.IsZero() && !second.Submitted.IsZero() && second.Submitted.Sub(first.Submitted) >= time.Second
}

// resolveMissing interprets a missing task.
func (c *check) resolveMissing(ctx context.Context, o task.Observation) (task.Observation, error) {
	c.absence.add()
	if c.target.Traces != nil {
		return c.resolveTrace(ctx, o)
	}
	waiting := c.options.WaitFor != ReadOnce
	switch {
	case c.target.EmptyOK && (!waiting || c.options.WaitFor == Idle):
		return o, nil // an empty list; what it has returned before is a matter of continuity
	case c.options.OnMissing == MissingIsPending:
		return pending(o), nil
	case c.absence.seen == nil:
		return o, &missingError{observation: o}
	case !c.absence.conclusive(), len(c.evidence.unsettled) > 0:
		return pending(o), nil // continuity names the unsettled tasks of a list
	default:
		return o, &disappearedError{observation: o, seen: c.absence.seen}
	}
}

// pending is a missing task that may still appear.
func pending(o task.Observation) task.Observation {
	o.Busy = true
	return o
}

// resolveTrace interprets a missing task by its traces. The questions are asked
// in this order, and only a task without any trace counts as succeeded, once the
// next poll confirms it:
//
//	never seen      on_missing "error": missing; "pending": wait
//	not conclusive  wait: an empty response may come between two others
//	failure record  failed, unless it is older than the task itself
//	on_missing      without "succeeded", or after another task: disappeared
//	cluster         running while it names the task
//	failure record  again: the task can fail between the two requests
func (c *check) resolveTrace(ctx context.Context, o task.Observation) (task.Observation, error) {
	allowed := c.options.OnMissing == MissingIsSucceeded && c.options.WaitFor != ReadOnce
	switch {
	case c.absence.seen == nil && c.options.OnMissing == MissingIsPending:
		return pending(o), nil
	case c.absence.seen == nil && !allowed:
		return o, &missingError{observation: o}
	case !c.absence.conclusive():
		return pending(o), nil
	}
	record, err := c.failureRecord(ctx)
	if err != nil || record.State != task.Missing {
		return record, err
	}
	if !allowed || c.absence.next != "" {
		o.Note = cmp.Or(o.Note, c.absence.next)
		return o, &disappearedError{observation: o, seen: c.absence.seen, noRecord: true}
	}
	cluster, err := c.target.Traces.Cluster(ctx)
	if err != nil || cluster.State != task.Missing {
		return cluster, err
	}
	record, err = c.failureRecord(ctx)
	if err != nil || record.State != task.Missing {
		return record, err
	}
	o.AssumedSucceeded = true
	return o, nil
}

// failureRecord reads the record of a failure. One that was submitted before the
// task that this wait has seen belongs to an earlier run.
func (c *check) failureRecord(ctx context.Context) (task.Observation, error) {
	record, err := c.target.Traces.FailureRecord(ctx)
	if seen := c.absence.seen; err == nil && seen != nil && submittedBefore(record, *seen) {
		return task.Observation{State: task.Missing}, nil
	}
	return record, err
}
