// SPDX-License-Identifier: MPL-2.0

// Package gate decides whether a gate passes: whether to poll a task once or to
// wait, what a missing task means, what counts as evidence, and when a wait is
// over. Data sources, gate resources, and actions share it.
//
// [Check] polls a [Target] under the user's [Options] and returns a [Result], or
// a [Failure] that says why the gate stays closed. Package diagnostics words it.
//
// The rules of evidence have a name each. A response is decoded exactly, names
// the task that was asked for, and is not a disguised error (packages transport and
// client); a list is complete (client), confirmed, and continuous (evidence.go);
// an absent task is missing, not finished (absence.go).
package gate

import (
	"context"
	"os"
	"os/signal"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// WaitFor is the condition to wait for.
type WaitFor string

// The values of wait_for. Idle is for lists only.
const (
	ReadOnce   WaitFor = ""
	Completion WaitFor = "completion"
	Success    WaitFor = "success"
	Idle       WaitFor = "idle"
)

// OnMissing is what a task means that the API does not return.
type OnMissing string

// The values of on_missing. MissingIsSucceeded is for a target with Traces only.
const (
	MissingIsError     OnMissing = "error"
	MissingIsPending   OnMissing = "pending"
	MissingIsSucceeded OnMissing = "succeeded"
)

// Defaults and limits of the arguments that all sources share.
const (
	DefaultWaitTimeout = 30 * time.Minute
	DefaultReadTimeout = 5 * time.Minute
	MinPollInterval    = time.Second
)

// Form is how a source is used, which decides what can be advised.
type Form int

// The three forms of a source.
const (
	DataSource Form = iota // read at every plan
	Resource               // waits once, when created
	Action                 // waits when invoked
)

// Target is a task, or a list of tasks, that a gate depends on.
type Target struct {
	Source   string // "dcs_job": the data source's type without the prefix
	Noun     string // "DCS job"
	Name     string // "DCS job ff80…": the noun with the IDs as the user gave them
	Argument string // that names the task: "job_id"; "" if none does
	Filters  string // of a list, those that select one task: "task_id or start_time"
	EmptyOK  bool   // a list that is not asked for one task: to be empty is normal

	Poll task.Poll
	// Confirm polls a list and asks past its end as well; nil for a single task.
	Confirm task.Poll
	Traces  *Traces // nil for a task that leaves none when it is missing
}

// Options are what the user asked for.
type Options struct {
	WaitFor      WaitFor
	OnMissing    OnMissing
	PollInterval time.Duration // 0 for task.Interval
	Timeout      time.Duration
	TimeoutName  string // the attribute that sets Timeout: "timeouts.read"
	Form         Form
	Report       func(line string) // receives the progress of a wait, nil for none
}

// Result is what a gate found.
type Result struct {
	task.Observation
	Idle    bool
	Summary string
}

// Check polls the target, and keeps polling if the options ask for a wait. An
// interrupt ends it at once: Terraform does not pass the first interrupt on to
// providers during a plan, but a terminal sends it to this process as well.
func Check(ctx context.Context, t Target, o Options) (Result, *Failure) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	c := &check{target: t, options: o, start: time.Now(), reporter: startReporter(o.Report, t.Name)}
	progress, err := c.run(ctx)
	if failure := c.failure(progress, err); failure != nil {
		c.reporter.stop("")
		return Result{}, failure
	}
	found := progress.Last
	result := Result{Observation: found, Idle: !found.Busy, Summary: found.Summary(t.Name)}
	c.reporter.stop(result.Summary)
	return result, nil
}

// check is one use of a gate: a single poll or a wait.
type check struct {
	target   Target
	options  Options
	start    time.Time
	absence  absence
	evidence evidence
	reporter *reporter
}

func (c *check) run(ctx context.Context) (task.Progress, error) {
	if c.options.WaitFor == ReadOnce {
		o, err := c.read(ctx, true)
		return task.Progress{Polls: 1, Waited: time.Since(c.start), Last: o, Seen: err == nil}, err
	}
	return task.Wait(ctx, c.options.PollInterval, c.poll, c.over, func(p task.Progress, err error) { c.log(ctx, p, err) })
}

// poll polls once during a wait and weighs the evidence so far.
func (c *check) poll(ctx context.Context) (task.Observation, error) {
	confirming := c.confirming()
	o, err := c.read(ctx, confirming)
	c.weigh(err == nil && c.passes(o), confirming || c.target.Confirm == nil && !o.AssumedSucceeded)
	return o, err
}

// read polls once. last is a poll that no later one corrects: of a list, it asks
// past the end.
func (c *check) read(ctx context.Context, last bool) (task.Observation, error) {
	if c.target.Confirm == nil {
		return c.observe(ctx, c.target.Poll)
	}
	poll := c.target.Poll
	if last {
		poll = c.target.Confirm
	}
	o, err := c.observe(ctx, poll)
	if err != nil {
		c.sight(o.Tasks) // of a list that was only read in part
		return o, err
	}
	err = c.continuous(&o)
	return o, err
}

// observe polls once and interprets a missing task.
func (c *check) observe(ctx context.Context, poll task.Poll) (task.Observation, error) {
	o, err := poll(ctx)
	if transport.IsNotFound(err) {
		o, err = task.Observation{State: task.Missing, MissingErr: err}, nil
	}
	if err != nil {
		return task.Observation{Tasks: o.Tasks}, err
	}
	if c.absence.another(o) {
		o = c.absence.replaced(o)
	}
	if o.State != task.Missing {
		c.absence.reset(o)
		return o, nil
	}
	return c.resolveMissing(ctx, o)
}

// passes reports whether an observation is what the wait is for.
func (c *check) passes(o task.Observation) bool {
	switch {
	case c.evidence.broken:
		return false
	case c.options.WaitFor == Idle:
		return !o.Busy
	case c.options.WaitFor == Success:
		return o.Succeeded()
	default:
		return o.Completed()
	}
}

// over reports whether a wait is over, successfully or not.
func (c *check) over(o task.Observation) bool {
	return c.evidence.confirmed || c.unmet(o) != nil
}

// unmet returns why a final state does not satisfy the wait: a failure where
// success is required, or an unknown state.
func (c *check) unmet(o task.Observation) error {
	switch {
	case c.options.WaitFor == ReadOnce, c.options.WaitFor == Idle:
		return nil
	case o.State == task.Unknown:
		return errUnknown
	case c.options.WaitFor == Success && o.State == task.Failed:
		return errFailed
	default:
		return nil
	}
}

// log writes a poll to the provider's log and reports it.
func (c *check) log(ctx context.Context, p task.Progress, err error) {
	fields := map[string]any{"task": c.target.Name, "polls": p.Polls, "waited": task.FormatDuration(p.Waited)}
	if err != nil {
		fields["error"] = err.Error()
		tflog.Warn(ctx, "Poll failed", fields)
		return
	}
	fields["state"], fields["status"] = string(p.Last.State), p.Last.Status
	if p.Last.Percent != nil {
		fields["percent"] = *p.Last.Percent
	}
	if !c.over(p.Last) {
		c.reporter.update(named(c.target.Name, p.Last) + ": " + p.Last.Standing())
	}
	tflog.Info(ctx, "Polled "+c.target.Noun, fields)
}

// named is the name with the operation, or with the name under which the task
// is listed.
func named(name string, o task.Observation) string {
	if o.Label == "" {
		return name
	}
	return name + " (" + o.Label + ")"
}
