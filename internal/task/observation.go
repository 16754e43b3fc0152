// SPDX-License-Identifier: MPL-2.0

package task

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Observation is what one poll found out. It is made from the API's response
// alone, so that two polls with the same response are equal.
type Observation struct {
	State    State
	Status   string        // raw, as the API returned it; "" if there is none, or several
	Label    string        // the operation, or the name under which the task is listed; "" if not reported
	Percent  *float64      // 0 to 100, nil if the API does not report it
	Reason   string        // why the task failed, "" if it did not or the API does not say
	Duration time.Duration // of a finished task, 0 if not reported
	Note     string        // what a person should know about the state, such as an interruption
	Hint     string        // advice if a wait times out in this state

	// Submitted is when the task was submitted, zero if that cannot be read. A time
	// without a zone counts as UTC: compare it only with others of the same API.
	Submitted time.Time

	// Of an Unknown state: a noun phrase with the cause, such as `status "FROZEN"`,
	// and the status itself if a status map could map it.
	UnknownReason string
	UnknownStatus string

	// Of a list.
	Tasks     []Part // every task that the filters select
	Breakdown string // "3 tasks: 1 running, 2 succeeded"; "" for a single task
	Busy      bool   // whether any task may be running

	// Of a Missing or inferred state.
	MissingErr       error // the response that said so, nil if a list had no matching task
	AssumedSucceeded bool  // every sign of a missing task says success, and the user allows that
	Inferred         bool  // the API did not return the task: the state follows from something else
}

// Part is one task of a list.
type Part struct {
	ID     string
	Name   string // for messages: `task 8abf… (EXTEND)`
	Status string
	State  State
	Older  bool // it does not decide: only the task created last does

	// Discarded is a task that only an incomplete reading of the list returned: the
	// complete one does not have it.
	Discarded bool
}

// Found reports whether the API returned the task, or at least one task.
func (o Observation) Found() bool { return o.State != Missing && !o.Inferred }

// Succeeded reports whether the task has succeeded: the only result that opens
// a gate.
func (o Observation) Succeeded() bool {
	return o.State == Succeeded || o.State == Missing && o.AssumedSucceeded
}

// Completed reports whether the task has finished, successfully or not.
func (o Observation) Completed() bool { return o.State.Finished() || o.Succeeded() }

// SetUnknown makes the state Unknown because a status of the given kind, such
// as "status" or "phase", has no mapping.
func (o *Observation) SetUnknown(kind, status string) {
	o.State, o.UnknownStatus = Unknown, status
	o.UnknownReason = fmt.Sprintf("%s %q", kind, status)
	if status == "" {
		o.UnknownReason = "no " + kind
	}
}

// Standing is the state with the raw status, the progress, and the breakdown of
// a list: "running (EXECUTING), 67%".
func (o Observation) Standing() string {
	var b strings.Builder
	b.WriteString(string(o.State))
	if o.Status != "" {
		fmt.Fprintf(&b, " (%s)", o.Status)
	}
	if o.Percent != nil && !o.State.Finished() {
		fmt.Fprintf(&b, ", %s", FormatPercent(*o.Percent))
	}
	if o.Breakdown != "" {
		fmt.Fprintf(&b, " (%s)", o.Breakdown)
	}
	if o.Note != "" {
		fmt.Fprintf(&b, ", %s", o.Note)
	}
	if o.AssumedSucceeded {
		b.WriteString(", assumed succeeded")
	}
	return b.String()
}

// Summary is the observation in one line: `DCS job ff80… (masterStandbySwapJob):
// succeeded (SUCCESS) after 2.9s`. name is the task's name in messages.
func (o Observation) Summary(name string) string {
	var b strings.Builder
	b.WriteString(name)
	if o.Label != "" {
		fmt.Fprintf(&b, " (%s)", o.Label)
	}
	fmt.Fprintf(&b, ": %s", o.Standing())
	if o.Duration > 0 {
		fmt.Fprintf(&b, " after %s", FormatDuration(o.Duration))
	}
	switch {
	case o.Reason != "":
		fmt.Fprintf(&b, ": %s", o.Reason)
	case o.UnknownReason != "":
		fmt.Fprintf(&b, ": %s", o.UnknownReason)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// FormatDuration writes a duration as people do: "2.9s", "2m", "1h5m". It rounds
// to a tenth of a second, from a minute on to a second.
func FormatDuration(d time.Duration) string {
	rounded := d.Round(100 * time.Millisecond)
	if rounded >= time.Minute {
		rounded = d.Round(time.Second)
	}
	text := rounded.String()
	if cut, ok := strings.CutSuffix(text, "m0s"); ok {
		text = cut + "m"
	}
	if cut, ok := strings.CutSuffix(text, "h0m"); ok {
		text = cut + "h"
	}
	return text
}

// FormatPercent writes 30 as "30%" and 33.5 as "33.5%".
func FormatPercent(p float64) string {
	return strconv.FormatFloat(p, 'f', -1, 64) + "%"
}
