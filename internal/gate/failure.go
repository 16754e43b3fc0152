// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"context"
	"errors"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// FailureKind is why a gate stays closed.
type FailureKind int

// The kinds of a Failure.
const (
	FailedTask   FailureKind = iota // the task failed
	UnknownState                    // the task's state cannot be determined
	MissingTask                     // the API returned no such task
	Disappeared                     // the API no longer returns the task
	Interrupted                     // the user stopped the read
	TimedOut                        // the time limit was reached
	UnableToRead                    // a request or the configuration is wrong: Err
)

// Failure is a closed gate.
type Failure struct {
	Kind     FailureKind
	Target   Target
	Options  Options
	Progress task.Progress

	Err error // of UnableToRead and TimedOut, nil if there is none

	// Of MissingTask and Disappeared.
	Missing  task.Observation  // the observation that did not find the task
	Seen     *task.Observation // the last one that did, nil if there is none
	Gone     *task.Part        // the task of a list that is no longer returned, nil otherwise
	NoRecord bool              // there is no record of a failure either

	Unconfirmed bool // of TimedOut: the last successful read passed, but no second one confirmed it
}

var (
	errFailed  = errors.New("the task failed")
	errUnknown = errors.New("the state of the task is unknown")
)

// missingError reports a task that the API never returned.
type missingError struct{ observation task.Observation }

func (e *missingError) Error() string { return "there is no such task" }

// disappearedError reports a task that the API no longer returns: a single one,
// or one of a list.
type disappearedError struct {
	observation task.Observation
	seen        *task.Observation
	task        task.Part
	noRecord    bool
}

func (e *disappearedError) Error() string { return "the task is no longer returned" }

// failure returns why the gate stays closed, nil if it passes.
func (c *check) failure(p task.Progress, err error) *Failure {
	if err == nil {
		err = c.unmet(p.Last)
	}
	if err == nil {
		return nil
	}
	f := &Failure{Target: c.target, Options: c.options, Progress: p}
	var (
		missing     *missingError
		disappeared *disappearedError
	)
	switch {
	case errors.Is(err, errFailed):
		f.Kind = FailedTask
	case errors.Is(err, errUnknown):
		f.Kind = UnknownState
	case errors.As(err, &missing):
		f.Kind, f.Missing = MissingTask, missing.observation
	case errors.As(err, &disappeared):
		f.Kind, f.Missing, f.Seen, f.NoRecord = Disappeared, disappeared.observation, disappeared.seen, disappeared.noRecord
		if disappeared.seen == nil {
			f.Gone = &disappeared.task
		}
	case errors.Is(err, context.Canceled):
		f.Kind = Interrupted
	case errors.Is(err, context.DeadlineExceeded):
		f.Kind, f.Err, f.Unconfirmed = TimedOut, errors.Join(err, p.LastErr), p.Seen && c.passes(p.Last)
	default:
		f.Kind, f.Err = UnableToRead, err
	}
	return f
}
