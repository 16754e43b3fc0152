// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// everyTen are the polls of a wait that runs into its time limit of 2 m.
const everyTen = "0 10 20 30 40 50 60 70 80 90 100 110 119: "

func TestCheck_readOnce(t *testing.T) {
	busy := list("a EXECUTING", "b FAILED")
	failure := task.Observation{State: task.Failed, Status: "FAIL", Label: "extendDCSInstance", Reason: "no memory left", Duration: 2900 * time.Millisecond}
	for _, test := range []struct {
		name    string
		target  gate.Target
		o       task.Observation
		summary string
		idle    bool
	}{
		{"pending", job, pending, "DCS job ff80: pending", true},
		{"succeeded", job, succeeded, "DCS job ff80: succeeded (SUCCESS)", true},
		{"failed is data", job, failure, "DCS job ff80 (extendDCSInstance): failed (FAIL) after 2.9s: no memory left", true},
		{"unknown is data", job, frozen, `DCS job ff80: unknown (FROZEN): status "FROZEN"`, true},
		{"busy list", tasks, busy, "DCS background tasks of instance 5560: running", false},
		{"finished list", tasks, list("a FAILED"), "DCS background tasks of instance 5560: failed", true},
		{"empty list", tasks, list(), "DCS background tasks of instance 5560: missing", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			result, failure, polls := bench{target: test.target, options: waits(gate.ReadOnce, gate.MissingIsError), task: always(test.o)}.run(t)
			diff(t, "result", gate.Result{Observation: test.o, Idle: test.idle, Summary: test.summary}, result)
			once := "0"
			if isList(test.target) {
				once = "0c" // no later read corrects this one
			}
			diff(t, "polls", once, polls)
			if failure != nil {
				t.Errorf("the gate is closed: %s", describe(failure))
			}
		})
	}
	once := func(result any) bench {
		return bench{target: job, options: waits(gate.ReadOnce, gate.MissingIsError), task: always(result)}
	}
	check(t, []row{
		{"transient error", once(errAway), "0: unable to read, GET https://h/job: status 503"},
		{"permanent error", once(errForbidden), "0: " + forbidden},
		{"time limit", once(hangs{}), "0: timed out, "},
		{"timeout of a request only", once(&transport.Error{Kind: transport.KindNetwork, Method: "GET", URL: "u", Err: context.DeadlineExceeded}), "0: unable to read, GET u: context deadline exceeded"},
	})
}

func TestCheck_waitForOneTask(t *testing.T) {
	wait := func(waitFor gate.WaitFor, s script) bench {
		return bench{target: job, options: waits(waitFor, gate.MissingIsError), task: s}
	}
	for _, waitFor := range []gate.WaitFor{gate.Completion, gate.Success} {
		t.Run(string(waitFor), func(t *testing.T) {
			check(t, []row{
				{"finished before", wait(waitFor, each(succeeded)), "0: passed, succeeded (SUCCESS)"},
				{"finishes", wait(waitFor, each(pending, running, running, succeeded)), "0 10 20 30: passed, succeeded (SUCCESS)"},
				{"at the last poll", wait(waitFor, script{{0, running}, {112, succeeded}}), everyTen + "passed, succeeded (SUCCESS)"},
				{"too late", wait(waitFor, script{{0, running}, {120, succeeded}}), everyTen + "timed out, running (RUNNING)"},
				{"unknown status", wait(waitFor, each(running, frozen, succeeded)), `0 10: unknown state, status "FROZEN"`},
			})
		})
	}
	canceled := func(s script) bench {
		b := wait(gate.Success, s)
		b.cancel = 12 * time.Second
		return b
	}
	check(t, []row{
		{"failed is complete", wait(gate.Completion, each(running, failed, succeeded)), "0 10: passed, failed (FAIL)"},
		{"failed is not success", wait(gate.Success, each(running, failed, succeeded)), "0 10: failed task, failed (FAIL)"},

		{"transient error first", wait(gate.Success, each(errAway, succeeded)), "0: unable to read, GET https://h/job: status 503"},
		{"transient errors later", wait(gate.Success, each(running, errAway, errAway, succeeded)), "0 10 20 30: passed, succeeded (SUCCESS)"},
		{"permanent error later", wait(gate.Success, each(running, errAway, errForbidden, succeeded)), "0 10 20: " + forbidden},
		{"incomplete list", wait(gate.Success, each(running, &client.IncompleteListError{}, succeeded)), "0 10 20: passed, succeeded (SUCCESS)"},

		{"canceled in an interval", canceled(always(running)), "0 10: interrupted, running (RUNNING)"},
		{"canceled in a poll", canceled(each(running, hangs{})), "0 10: interrupted, running (RUNNING)"},
		{"canceled in the first poll", canceled(always(hangs{})), "0: interrupted, "},
	})
}

// TestCheck_failure checks what a failure carries for the message.
func TestCheck_failure(t *testing.T) {
	options := waits(gate.Success, gate.MissingIsError)
	options.TimeoutName, options.Form = "timeouts.create", gate.Resource
	f := bench{target: job, options: options, task: each(running, errAway, running)}.failure(t)
	diff(t, "target", job.Name, f.Target.Name)
	diff(t, "options", options, f.Options)
	diff(t, "progress", task.Progress{Polls: 13, Waited: 119 * time.Second, Last: running, Seen: true, LastErr: errAway}, f.Progress)
	if !errors.Is(f.Err, errAway) || !errors.Is(f.Err, context.DeadlineExceeded) {
		t.Errorf("the error is %v", f.Err)
	}
}

// TestCheck_withoutFixedInterval passes the interval of package task on.
func TestCheck_withoutFixedInterval(t *testing.T) {
	options := waits(gate.Success, gate.MissingIsError)
	options.PollInterval, options.Timeout = 0, time.Hour
	for _, target := range []gate.Target{job, tasks} {
		_, f, polls := bench{target: target, options: options, task: script{{0, list("a EXECUTING")}, {600, list("a SUCCESS")}}}.run(t)
		if n := strings.Count(polls, " ") + 1; f != nil || n < 50 || n > 100 {
			t.Errorf("%s: %v after %d polls", target.Name, f, n)
		}
	}
}

func TestCheck_missingTask(t *testing.T) {
	b := func(waitFor gate.WaitFor, onMissing gate.OnMissing, s script) bench {
		return bench{target: job, options: waits(waitFor, onMissing), task: s}
	}
	check(t, []row{
		{"read once, error", b(gate.ReadOnce, gate.MissingIsError, always(errNone)), "0: missing task"},
		{"read once, pending", b(gate.ReadOnce, gate.MissingIsPending, always(errNone)), "0: passed, missing"},
		{"never returned, error", b(gate.Success, gate.MissingIsError, always(errNone)), "0: missing task"},
		{"never returned, pending", b(gate.Success, gate.MissingIsPending, always(errNone)), everyTen + "timed out, missing"},
		{"returned late, pending", b(gate.Success, gate.MissingIsPending, each(errNone, errAway, errNone, succeeded)), "0 10 20 30: passed, succeeded (SUCCESS)"},
		{"disappears, error", b(gate.Success, gate.MissingIsError, each(running, errNone)), "0 10 20 30 40: disappeared, was running (RUNNING)"},
		{"disappears, completion", b(gate.Completion, gate.MissingIsError, each(running, errNone)), "0 10 20 30 40: disappeared, was running (RUNNING)"},
		{"disappears, pending", b(gate.Success, gate.MissingIsPending, each(running, errNone)), everyTen + "timed out, missing"},
		{"returns in time", b(gate.Success, gate.MissingIsError, each(running, errNone, errNone, errNone, running, errNone, errNone, errNone, succeeded)), "0 10 20 30 40 50 60 70 80: passed, succeeded (SUCCESS)"},
		{"errors do not count", b(gate.Success, gate.MissingIsError, each(running, errNone, errAway, errAway, errAway, errNone, succeeded)), "0 10 20 30 40 50 60: passed, succeeded (SUCCESS)"},
	})
}

// TestCheck_absenceIsConclusive after three polls and 30 s, not before.
func TestCheck_absenceIsConclusive(t *testing.T) {
	for interval, want := range map[time.Duration]string{
		5 * time.Second:  "0 5 10 15 20 25 30 35",
		15 * time.Second: "0 15 30 45",
		29 * time.Second: "0 29 58 87",
		40 * time.Second: "0 40 80 120",
	} {
		options := waits(gate.Success, gate.MissingIsError)
		options.PollInterval, options.Timeout = interval, time.Hour
		got := bench{target: job, options: options, task: script{{0, running}, {1, errNone}}}.outcome(t)
		diff(t, interval.String(), want+": disappeared, was running (RUNNING)", got)
	}
}
