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
	"github.com/hashicorp/terraform-plugin-framework/diag"
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

// moment is what a look finds from some second on: a task.Observation, a
// task.State, an error, or hangs.
type moment struct {
	second int
	finds  any
}

// story is what looks find in the course of time; nothing, at first.
type story []moment

// always is a story without turns.
func always(finds any) story { return story{{0, finds}} }

// hangs is a look that lasts until the context ends.
type hangs struct{}

// trial is one use of a gate in virtual time.
type trial struct {
	subject         gate.Target // without its looks
	terms           gate.Options
	task            story
	record, cluster story         // where an action may have left a trace, nil for a task without such places
	cancel          time.Duration // when the context is cancelled, 0 for never
}

// ending is what a trial has come to.
type ending struct {
	Verdict gate.Result
	Faults  []fault
	Looks   string // the second of each, with the place unless it is the task's own: "0 10 20 20:record"
	After   time.Duration
}

// fault is a diagnostic; At is the attribute that it points to.
type fault struct{ Summary, Detail, At string }

func (tr trial) run(t *testing.T) (got ending) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if tr.cancel > 0 {
			time.AfterFunc(tr.cancel, cancel)
		}
		begin := time.Now()
		var looks []string
		look := func(place string, s story) task.Poll {
			return func(ctx context.Context) (task.Observation, error) {
				at := time.Since(begin)
				looks = append(looks, fmt.Sprintf("%g%s", at.Seconds(), place))
				return s.look(ctx, at)
			}
		}
		tr.subject.Poll = look("", tr.task)
		if tr.record != nil {
			tr.subject.FailureRecord, tr.subject.StillBusy = look(":record", tr.record), look(":cluster", tr.cluster)
		}
		verdict, diags := gate.Check(ctx, tr.subject, tr.terms)
		got = ending{Verdict: verdict, Faults: faults(t, diags), Looks: strings.Join(looks, " "), After: time.Since(begin)}
	})
	return got
}

func (s story) look(ctx context.Context, at time.Duration) (task.Observation, error) {
	var finds any = missing
	for _, m := range s {
		if at >= time.Duration(m.second)*time.Second {
			finds = m.finds
		}
	}
	switch finds := finds.(type) {
	case error:
		return task.Observation{}, finds
	case hangs:
		<-ctx.Done()
		return task.Observation{}, ctx.Err()
	case task.State:
		return task.Observation{State: finds}, nil
	case task.Observation:
		return finds, nil
	default:
		return task.Observation{}, fmt.Errorf("a story cannot tell of a %T", finds)
	}
}

// faults are the errors among diagnostics, nil if there are none; there are no warnings.
func faults(t *testing.T, diags diag.Diagnostics) []fault {
	t.Helper()
	var all []fault
	for _, d := range diags {
		if d.Severity() != diag.SeverityError {
			t.Errorf("a diagnostic is of severity %s", d.Severity())
		}
		all = append(all, faultOf(d))
	}
	return all
}

func faultOf(d diag.Diagnostic) fault {
	f := fault{Summary: d.Summary(), Detail: d.Detail()}
	if located, ok := d.(diag.DiagnosticWithPath); ok {
		f.At = located.Path().String()
	}
	return f
}

// says is a diagnostic whose detail has these paragraphs.
func says(summary string, paragraphs ...string) []fault {
	return []fault{{Summary: summary, Detail: strings.Join(paragraphs, "\n\n")}}
}

// What one job is and does, in most tests.
const (
	pending   = task.Pending
	running   = task.Running
	succeeded = task.Succeeded
	failed    = task.Failed
	unknown   = task.Unknown
	missing   = task.Missing

	jobURL = "https://dcs.cn-north-4.myhuaweicloud.com/v2/05f2/jobs/ff80"
)

var (
	job   = gate.Target{Noun: "DCS job", Name: "DCS job ff80"}
	tasks = gate.Target{Noun: "DCS background tasks", Name: "DCS background tasks of instance 5560", EmptyOK: true}
	one   = gate.Target{Noun: "DCS background tasks", Name: "DCS background task 8abf of instance 5560"}

	frozen = task.Observation{State: unknown, UnknownReason: `the status "FROZEN"`, UnknownStatus: "FROZEN"}

	// errNoJob is how the service says that there is no such job.
	errNoJob = &transport.Error{Kind: transport.KindNotFound, Method: "GET", URL: jobURL, Status: 404, Code: "DCS.4070", Message: "The job does not exist.", RequestID: "5a"}
	// errAway and errForbidden are a fault that may pass, and one that lasts.
	errAway      = &transport.Error{Kind: transport.KindStatus, Method: "GET", URL: jobURL, Status: 503, RequestID: "5b"}
	errForbidden = &transport.Error{Kind: transport.KindStatus, Method: "GET", URL: jobURL, Status: 403, Code: "DCS.2003", Message: "No permission.", RequestID: "5c"}
)

// The sentences that many diagnostics share.
const (
	goesOn    = "Nothing that depends on it goes on. Remove the cause and start the operation again."
	everyPlan = "As long as this read fails, every plan fails, and terraform destroy too, unless it is run with -refresh=false."
	lockedOut = everyPlan + " To be rid of the read once it has done its work, give the data source a count = var.gate ? 1 : 0 and turn the variable off."

	classifyIt = "This version of the provider does not know the word. If you know what it means, classify it as pending, running, succeeded or failed, for example:"

	limit = `The limit is timeouts.read = "2m0s"; raise it to allow more time.`

	noJobEvidence     = "Status: 404 Not Found\nCode: DCS.4070\nMessage: The job does not exist.\nRequest ID: 5a\nRequest: GET " + jobURL
	awayEvidence      = "Status: 503 Service Unavailable\nRequest ID: 5b\nRequest: GET " + jobURL
	forbiddenEvidence = "Status: 403 Forbidden\nCode: DCS.2003\nMessage: No permission.\nRequest ID: 5c\nRequest: GET " + jobURL
)

// waits are terms under which a look is made every ten seconds, for two minutes.
func waits(waitFor gate.WaitFor) gate.Options {
	return gate.Options{WaitFor: waitFor, OnMissing: gate.MissingIsError, PollInterval: 10 * time.Second, Timeout: 2 * time.Minute, TimeoutName: "timeouts.read"}
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got, cmpopts.EquateErrors()); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}

func pointer[T any](v T) *T { return &v }
