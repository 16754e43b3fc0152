// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// TestCheck_absentAction is the decision table of an action of a DWS cluster,
// which is listed nowhere after a success, and under another name once it has
// failed. The polls show which questions were asked: r is the failure record, k
// the cluster.
func TestCheck_absentAction(t *testing.T) {
	const (
		e, p, s = gate.MissingIsError, gate.MissingIsPending, gate.MissingIsSucceeded
		never   = "0 10 20 30 30r" // three polls and 30 s without the action, then the record
		seen    = "0 10 20 30 40 40r"
	)
	var (
		at = func(minute int) time.Time { return time.Date(2026, 1, 2, 3, minute, 0, 0, time.UTC) }

		blank   = each(running, errNone)
		action5 = task.Observation{State: task.Running, Status: "RUNNING", Submitted: at(5)}
		next    = task.Observation{State: task.Running, Status: "RUNNING", Submitted: at(6)}
		other   = task.Observation{State: task.Succeeded, Status: "SUCCESS", Submitted: at(6)}
		earlier = task.Observation{State: task.Succeeded, Status: "SUCCESS", Submitted: at(4)}
		failed4 = task.Observation{State: task.Failed, Status: "FAILED", Submitted: at(4)}
		failed5 = task.Observation{State: task.Failed, Status: "FAILED", Submitted: at(5)}
		odd     = task.Observation{State: task.Unknown, Status: "RUNNING", UnknownReason: "status of the record"}
		busy    = task.Observation{State: task.Running, Inferred: true, Busy: true}

		succeeded5 = task.Observation{State: task.Succeeded, Status: "SUCCESS", Submitted: at(5)}
		fraction   = task.Observation{State: task.Running, Status: "RUNNING", Submitted: at(5).Add(700 * time.Millisecond)}
		rounded    = task.Observation{State: task.Succeeded, Status: "SUCCESS", Submitted: at(5).Add(300 * time.Millisecond)}
	)
	for _, r := range []struct {
		name            string
		waitFor         gate.WaitFor
		onMissing       gate.OnMissing
		task            script
		record, cluster any // nil for nothing there; a script, or what it always returns
		want            string
	}{
		// A single read cannot show that an action has finished.
		{"read once", gate.ReadOnce, e, always(errNone), failed5, nil, "0: missing task"},
		{"read once, pending", gate.ReadOnce, p, always(errNone), failed5, nil, "0: passed, missing"},
		{"read once, succeeded", gate.ReadOnce, s, always(errNone), nil, nil, "0: missing task"},

		// 1. Never seen in this wait.
		{"never seen, error", gate.Success, e, always(errNone), failed5, nil, "0: missing task"},
		{"never seen, pending", gate.Success, p, always(errNone), failed5, nil, everyTen + "timed out, missing"},
		{"never seen, pending, then seen", gate.Success, p, each(errNone, errNone, errNone, errNone, errNone, running, succeeded), failed5, nil, "0 10 20 30 40 50 60: passed, succeeded (SUCCESS)"},
		{"never seen, succeeded", gate.Success, s, always(errNone), nil, nil, never + " 30k 30r 40 40r 40k 40r: passed, missing, assumed succeeded"},
		{"never seen, succeeded, completion", gate.Completion, s, always(errNone), nil, nil, never + " 30k 30r 40 40r 40k 40r: passed, missing, assumed succeeded"},
		{"never seen, succeeded, then seen", gate.Success, s, each(errNone, errNone, running, succeeded), failed5, nil, "0 10 20 30: passed, succeeded (SUCCESS)"},
		{"never seen, succeeded, failure record", gate.Success, s, always(errNone), failed4, nil, never + ": failed task, failed (FAILED)"},

		// 2. Absent for three polls and 30 s.
		{"an empty response between two", gate.Success, s, each(running, errNone, running, errNone, errNone, running, succeeded), failed5, nil, "0 10 20 30 40 50 60: passed, succeeded (SUCCESS)"},
		{"the count starts anew", gate.Success, s, each(running, errNone, errNone, errNone, running, errNone), nil, nil, "0 10 20 30 40 50 60 70 80 80r 80k 80r 90 90r 90k 90r: passed, missing, assumed succeeded"},
		{"errors do not count", gate.Success, s, each(running, errNone, errAway, errAway, errNone), nil, nil, "0 10 20 30 40 50 50r 50k 50r 60 60r 60k 60r: passed, missing, assumed succeeded"},

		// 3. The failure record, whatever on_missing is.
		{"failure record, error", gate.Success, e, blank, failed5, busy, seen + ": failed task, failed (FAILED)"},
		{"failure record, pending", gate.Success, p, blank, failed5, busy, seen + ": failed task, failed (FAILED)"},
		{"failure record, succeeded", gate.Success, s, blank, failed5, busy, seen + ": failed task, failed (FAILED)"},
		{"failure record, completion", gate.Completion, s, blank, failed5, busy, seen + ": passed, failed (FAILED)"},
		{"failure record of another status", gate.Completion, s, blank, odd, nil, seen + ": unknown state, status of the record"},
		{"failure record of the same time", gate.Success, s, each(action5, errNone), failed5, nil, seen + ": failed task, failed (FAILED)"},
		{"failure record of the same time without its fraction", gate.Success, s, each(fraction, errNone), failed5, nil, seen + ": failed task, failed (FAILED)"},
		{"stale failure record after a response without a time", gate.Success, s, each(action5, running, errNone), failed4, nil, "0 10 20 30 40 50 50r 50k 50r 60 60r 60k 60r: passed, missing, assumed succeeded"},
		{"stale failure record", gate.Success, s, each(action5, errNone), failed4, nil, seen + " 40k 40r 50 50r 50k 50r: passed, missing, assumed succeeded"},
		{"stale failure record, error", gate.Success, e, each(action5, errNone), failed4, nil, seen + ": disappeared, was running (RUNNING), no failure record"},
		{"failure record without a time", gate.Success, s, each(action5, errNone), failed, nil, seen + ": failed task, failed (FAIL)"},
		{"action without a time", gate.Success, s, blank, failed4, nil, seen + ": failed task, failed (FAILED)"},
		{"failure record cannot be read", gate.Success, s, blank, errForbidden, nil, seen + ": " + forbidden},
		{"failure record cannot be read for a while", gate.Success, s, blank, script{{0, errAway}, {50, failed5}}, nil, seen + " 50 50r: failed task, failed (FAILED)"},

		// 4. Only on_missing = "succeeded" allows a task without a trace.
		{"no failure record, error", gate.Success, e, blank, nil, nil, seen + ": disappeared, was running (RUNNING), no failure record"},
		{"no failure record, completion", gate.Completion, e, blank, nil, nil, seen + ": disappeared, was running (RUNNING), no failure record"},
		{"no failure record, pending", gate.Success, p, blank, nil, nil, seen + ": disappeared, was running (RUNNING), no failure record"},

		// Another task of the same name says nothing about the one that was seen.
		{"another one succeeds", gate.Success, e, each(action5, other), nil, nil, seen + ": disappeared, was running (RUNNING), no failure record"},
		{"another one succeeds, completion", gate.Completion, e, each(action5, other), nil, nil, seen + ": disappeared, was running (RUNNING), no failure record"},
		{"another one succeeds, failure record", gate.Success, e, each(action5, other), failed5, nil, seen + ": failed task, failed (FAILED)"},
		{"another one runs, and then none", gate.Success, s, each(action5, next, errNone), failed5, nil, seen + ": failed task, failed (FAILED)"},
		{"another one runs, and then none, without a trace", gate.Success, s, each(action5, next, errNone), nil, nil, seen + ": disappeared, was running (RUNNING), no failure record"},
		{"another one succeeds, succeeded", gate.Success, s, each(action5, other), nil, nil, seen + ": disappeared, was running (RUNNING), no failure record"},
		{"another one succeeds, after a response without a time", gate.Success, e, each(action5, running, other), nil, nil, "0 10 20 30 40 50 50r: disappeared, was running (RUNNING), no failure record"},
		{"another one runs, and then it returns", gate.Success, s, each(action5, next, action5, errNone), nil, nil, "0 10 20 30 40 50 60 60r 60k 60r 70 70r 70k 70r: passed, missing, assumed succeeded"},
		{"an earlier one, and then none", gate.Success, s, each(action5, earlier, errNone), nil, nil, seen + " 40k 40r 50 50r 50k 50r: passed, missing, assumed succeeded"},
		{"the same time with and without a fraction", gate.Success, e, each(fraction, succeeded5), nil, nil, "0 10: passed, succeeded (SUCCESS)"},
		{"the same time, rounded up", gate.Success, e, each(action5, rounded), nil, nil, "0 10: passed, succeeded (SUCCESS)"},
		{"an earlier one between two", gate.Success, e, each(action5, earlier, action5, succeeded5), nil, nil, "0 10 20 30: passed, succeeded (SUCCESS)"},

		// 5. The cluster must not name it.
		{"cluster names it for a while", gate.Success, s, blank, nil, script{{0, busy}, {60, missing}}, seen + " 40k 50 50r 50k 60 60r 60k 60r 70 70r 70k 70r: passed, missing, assumed succeeded"},
		{"cluster names it, then it has failed", gate.Success, s, blank, script{{0, missing}, {50, failed5}}, busy, seen + " 40k 50 50r: failed task, failed (FAILED)"},
		{"cluster names it, then it returns", gate.Success, s, each(running, errNone, errNone, errNone, errNone, succeeded), nil, busy, seen + " 40k 50: passed, succeeded (SUCCESS)"},
		{"cluster cannot be read", gate.Success, s, blank, nil, errForbidden, seen + " 40k: " + forbidden},
		{"cluster cannot be read for a while", gate.Success, s, blank, nil, script{{0, errAway}, {50, missing}}, seen + " 40k 50 50r 50k 50r 60 60r 60k 60r: passed, missing, assumed succeeded"},

		{"the record is missing in a single response", gate.Success, s, blank, script{{0, missing}, {41, failed5}}, nil, seen + " 40k 40r 50 50r: failed task, failed (FAILED)"},
		{"it fails between the record and the cluster", gate.Success, s, blank, script{{0, missing}, {41, failed5}}, slow{}, seen + " 40k 42r: failed task, failed (FAILED)"},

		// 6. Then, and only then, it counts as succeeded.
		{"no trace", gate.Success, s, blank, nil, nil, seen + " 40k 40r 50 50r 50k 50r: passed, missing, assumed succeeded"},
		{"no trace, completion", gate.Completion, s, blank, nil, nil, seen + " 40k 40r 50 50r 50k 50r: passed, missing, assumed succeeded"},
	} {
		t.Run(r.name, func(t *testing.T) {
			trace := func(result any) script {
				switch result := result.(type) {
				case nil:
					return always(missing)
				case script:
					return result
				default:
					return always(result)
				}
			}
			b := bench{target: action, options: waits(r.waitFor, r.onMissing), task: r.task, record: trace(r.record), cluster: trace(r.cluster)}
			diff(t, "outcome", r.want, b.outcome(t))
		})
	}
}

// TestCheck_clusterNamesAction until the time limit.
func TestCheck_clusterNamesAction(t *testing.T) {
	busy := task.Observation{State: task.Running, Inferred: true, Busy: true, Reason: "the cluster names it"}
	f := bench{
		target: action, options: waits(gate.Success, gate.MissingIsSucceeded), task: each(running, errNone), record: always(missing), cluster: always(busy),
	}.failure(t)
	diff(t, "kind", gate.TimedOut, f.Kind)
	diff(t, "last", busy, f.Progress.Last)
}

// TestCheck_missingErr keeps the response that said that a task is missing, for
// the evidence of the message.
func TestCheck_missingErr(t *testing.T) {
	for _, s := range []script{always(errNone), each(running, errNone)} {
		f := bench{target: job, options: waits(gate.Success, gate.MissingIsError), task: s}.failure(t)
		diff(t, "missing", task.Observation{State: task.Missing, MissingErr: errNone}, f.Missing)
	}
}
