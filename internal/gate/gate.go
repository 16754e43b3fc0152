// SPDX-License-Identifier: MPL-2.0

// Package gate decides what a task means for an apply: whether to look once or
// to wait, what an absent task stands for, when a wait is over, and what the
// user is told. Data sources and actions share it, so that a verdict and a
// sentence exist once.
//
// [Pass] is the way through: it looks at a [Subject] on the user's [Terms] and
// returns a [Verdict] or the diagnostics that keep the gate closed.
package gate

import (
	"context"
	"os"
	"os/signal"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// WaitFor says what ends a look: nothing to wait for, or one of three ends.
type WaitFor string

// The values of wait_for. Idle is for lists only.
const (
	ReadOnce    WaitFor = ""
	Completion WaitFor = "completion"
	Success    WaitFor = "success"
	Idle       WaitFor = "idle"
)

// OnMissing says what it means that there is no such task.
type OnMissing string

// The values of on_missing.
const (
	MissingIsError     OnMissing = "error"
	MissingIsPending   OnMissing = "pending"
	MissingIsSucceeded OnMissing = "succeeded"
)

// Default limits of a read, with and without waiting.
const (
	DefaultWaitTimeout = 30 * time.Minute
	DefaultReadTimeout = 5 * time.Minute
	MinPollInterval    = time.Second
)

// Subject is what a gate looks at.
type Target struct {
	Noun string // "DCS job"
	Name string // "DCS job ff80…": the noun with the ids as the user gave them
	EmptyOK bool   // a list that is not asked for one thing: to be empty is normal
	Poll task.Poll

	// FailureRecord looks where a task that has failed is listed under another
	// name, and StillBusy where else the API would name it; nil where there is
	// no such place. What they do not find is Missing.
	FailureRecord task.Poll
	StillBusy     task.Poll
}

// Terms are what the user asked of the gate.
type Options struct {
	WaitFor      WaitFor
	OnMissing    OnMissing
	PollInterval time.Duration // 0 for the pauses of task.Pause
	Timeout      time.Duration
	TimeoutName  string // the attribute that holds the timeout: "timeouts.read"

	Invoked  bool              // by an action: once, rather than at every plan
	Progress func(line string) // is told how a wait goes, nil for nobody
}

// Verdict is what the gate found.
type Result struct {
	task.Observation
	Idle    bool
	Summary string
}

// Pass looks at the subject, and goes on looking as far as the terms ask for a
// wait. A user's interrupt ends it at once: Terraform does not hand it on to
// providers while it plans, but a terminal sends it to this process as well.
func Check(ctx context.Context, s Target, terms Options) (Result, diag.Diagnostics) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, terms.Timeout)
	defer cancel()

	p := &check{target: s, options: terms, progress: start(terms.Progress, s.Name)}
	w, err := p.look(ctx)
	if err == nil {
		err = p.unmet(w.Last)
	}
	if err != nil {
		p.progress.end("")
		return Result{}, diag.Diagnostics{p.diagnose(w, err)}
	}
	v := Result{Observation: w.Last, Idle: !w.Last.Busy, Summary: w.Last.Summary(s.Name)}
	p.progress.end(v.Summary)
	return v, nil
}

// passage is one use of a gate: a single look or a wait.
type check struct {
	target  Target
	options    Options
	absence  absence
	progress *progress
}

func (p *check) look(ctx context.Context) (task.Progress, error) {
	if p.options.WaitFor == ReadOnce {
		begin := time.Now()
		o, err := p.observe(ctx)
		return task.Progress{Polls: 1, Waited: time.Since(begin), Last: o, Seen: err == nil}, err
	}
	return task.Wait(ctx, p.options.PollInterval, p.observe, p.over, func(w task.Progress, err error) { p.log(ctx, w, err) })
}

// observe looks once and gives an absent task its meaning.
func (p *check) observe(ctx context.Context) (task.Observation, error) {
	o, err := p.target.Poll(ctx)
	if transport.IsNotFound(err) {
		o, err = task.Observation{State: task.Missing, MissingErr: err}, nil
	}
	if err != nil {
		return task.Observation{}, err
	}
	if o.State != task.Missing {
		p.absence.end(o)
		return o, nil
	}
	return p.resolveMissing(ctx, o)
}

// over reports whether an observation ends the wait, for better or worse.
func (p *check) over(o task.Observation) bool {
	if p.options.WaitFor == Idle {
		return !o.Busy
	}
	return o.Completed() || o.State == task.Unknown
}

// objection returns the error that an observation is on the given terms: an end
// other than success where success was asked for, and a word that nobody has
// classified where a wait depends on it.
func (p *check) unmet(o task.Observation) error {
	switch {
	case p.options.WaitFor == ReadOnce, p.options.WaitFor == Idle:
		return nil
	case o.State == task.Unknown:
		return errUnknownState
	case p.options.WaitFor == Success && !o.Succeeded():
		return errTaskFailed
	}
	return nil
}

// log tells how a wait goes, in the provider's log and to whoever watches it.
func (p *check) log(ctx context.Context, w task.Progress, err error) {
	fields := map[string]any{"task": p.target.Name, "looks": w.Polls, "waited": task.Rounded(w.Waited).String()}
	if err != nil {
		fields["fault"] = err.Error()
		tflog.Warn(ctx, "A look met a fault", fields)
		return
	}
	fields["state"] = string(w.Last.State)
	if w.Last.Percent != nil {
		fields["percent"] = *w.Last.Percent
	}
	if !p.over(w.Last) {
		p.progress.update(p.target.Name, w.Last)
	}
	tflog.Info(ctx, "Looked at "+p.target.Noun, fields)
}
