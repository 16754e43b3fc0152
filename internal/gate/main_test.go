// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func TestMain(m *testing.M) {
	// Package os/signal starts its one goroutine at its first use, which must not
	// be inside a bubble of testing/synctest.
	first := make(chan os.Signal, 1)
	signal.Notify(first, os.Interrupt)
	signal.Stop(first)

	goleak.VerifyTestMain(m)
}

// moment is what a poll returns from some second on: a task.Observation, an
// error, or hangs.
type moment struct {
	second int
	result any
}

// script is what polls return over time.
type script []moment

// always is a script without changes.
func always(result any) script { return script{{0, result}} }

// each is a script that changes every ten seconds, which is the poll interval of
// most tests.
func each(results ...any) script {
	var s script
	for i, result := range results {
		s = append(s, moment{10 * i, result})
	}
	return s
}

// hangs is a poll that takes until the context ends.
type hangs struct{}

// slow is a poll that finds nothing, after two seconds.
type slow struct{}

func (s script) poll(ctx context.Context, at time.Duration) (task.Observation, error) {
	var result any
	for _, m := range s {
		if at >= time.Duration(m.second)*time.Second {
			result = m.result
		}
	}
	switch result := result.(type) {
	case task.Observation:
		return result, nil
	case error:
		return task.Observation{}, result
	case hangs:
		<-ctx.Done()
		return task.Observation{}, ctx.Err()
	case slow:
		return missing, task.Sleep(ctx, 2*time.Second)
	default:
		return task.Observation{}, fmt.Errorf("a script cannot return %v", result)
	}
}

// bench is one use of a gate in virtual time.
type bench struct {
	target          gate.Target // without its polls
	options         gate.Options
	task            script
	confirm         script        // of a list, if it differs from task
	record, cluster script        // the traces of an action
	cancel          time.Duration // when the context is canceled, 0 for never
}

// run returns what the gate returned, and its polls by second: "0 10 10c 20r
// 20k", where c is a confirming poll, r the failure record, and k the cluster.
func (b bench) run(t *testing.T) (result gate.Result, failure *gate.Failure, polls string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if b.cancel > 0 {
			time.AfterFunc(b.cancel, cancel)
		}
		start := time.Now()
		poll := func(suffix string, s script) task.Poll {
			return func(ctx context.Context) (task.Observation, error) {
				at := time.Since(start)
				polls = strings.TrimSpace(fmt.Sprintf("%s %g%s", polls, at.Seconds(), suffix))
				return s.poll(ctx, at)
			}
		}
		b.target.Poll = poll("", b.task)
		switch {
		case b.confirm != nil:
			b.target.Confirm = poll("c", b.confirm)
		case isList(b.target):
			b.target.Confirm = poll("c", b.task)
		case b.record != nil:
			b.target.Traces = &gate.Traces{FailureRecord: poll("r", b.record), Cluster: poll("k", b.cluster)}
		}
		result, failure = gate.Check(ctx, b.target, b.options)
	})
	return result, failure, polls
}

// failure runs the bench, which must end in one.
func (b bench) failure(t *testing.T) *gate.Failure {
	t.Helper()
	_, f, polls := b.run(t)
	if f == nil {
		t.Fatalf("the gate passed after the polls %s", polls)
	}
	return f
}

// outcome runs the bench and describes what came of it in one line.
func (b bench) outcome(t *testing.T) string {
	t.Helper()
	result, failure, polls := b.run(t)
	if failure == nil {
		return polls + ": passed, " + result.Standing()
	}
	if !cmp.Equal(result, gate.Result{}) {
		t.Errorf("a closed gate has the result %+v", result)
	}
	return polls + ": " + describe(failure)
}

func describe(f *gate.Failure) string {
	last := f.Progress.Last.Standing()
	switch f.Kind {
	case gate.FailedTask:
		return "failed task, " + last
	case gate.UnknownState:
		return "unknown state, " + f.Progress.Last.UnknownReason
	case gate.MissingTask:
		return "missing task"
	case gate.Disappeared:
		text := "disappeared"
		if f.Gone != nil {
			text += fmt.Sprintf(", %s was %s (%s)", f.Gone.Name, f.Gone.State, f.Gone.Status)
		}
		if f.Seen != nil {
			text += ", was " + f.Seen.Standing()
		}
		if f.NoRecord {
			text += ", no failure record"
		}
		return text
	case gate.Interrupted:
		return "interrupted, " + last
	case gate.TimedOut:
		if f.Unconfirmed {
			last += ", unconfirmed"
		}
		return "timed out, " + last
	case gate.UnableToRead:
		return "unable to read, " + f.Err.Error()
	default:
		return fmt.Sprintf("kind %d", f.Kind)
	}
}

// row is a bench and its outcome.
type row struct {
	name string
	bench
	want string
}

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { diff(t, "outcome", r.want, r.outcome(t)) })
	}
}

var (
	job    = gate.Target{Noun: "DCS job", Name: "DCS job ff80"}
	tasks  = gate.Target{Noun: "DCS background task", Name: "DCS background tasks of instance 5560", EmptyOK: true}
	one    = gate.Target{Noun: "DCS background task", Name: "DCS background task 8abf of instance 5560"}
	action = gate.Target{Noun: "DWS cluster action", Name: "DWS action SNAPSHOTTING of cluster 9f76"}
)

func isList(t gate.Target) bool { return t.Noun == tasks.Noun }

// What a poll of a single task returns.
var (
	pending   = task.Observation{State: task.Pending}
	running   = task.Observation{State: task.Running, Status: "RUNNING"}
	succeeded = task.Observation{State: task.Succeeded, Status: "SUCCESS"}
	failed    = task.Observation{State: task.Failed, Status: "FAIL"}
	frozen    = task.Observation{State: task.Unknown, Status: "FROZEN", UnknownReason: `status "FROZEN"`, UnknownStatus: "FROZEN"}
	missing   = task.Observation{State: task.Missing}

	errNone      = &transport.Error{Kind: transport.KindNotFound, Method: "GET", URL: "https://h/job", Status: 404, Code: "DCS.4133"}
	errAway      = &transport.Error{Kind: transport.KindStatus, Method: "GET", URL: "https://h/job", Status: 503}
	errForbidden = &transport.Error{Kind: transport.KindStatus, Method: "GET", URL: "https://h/job", Status: 403}
)

const forbidden = "unable to read, GET https://h/job: status 403"

// waits are the options of a wait that polls every ten seconds for two minutes.
func waits(waitFor gate.WaitFor, onMissing gate.OnMissing) gate.Options {
	return gate.Options{WaitFor: waitFor, OnMissing: onMissing, PollInterval: 10 * time.Second, Timeout: 2 * time.Minute}
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateErrors()); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func pointer[T any](v T) *T { return &v }
