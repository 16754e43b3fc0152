// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"bytes"
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// course is a trial and its whole ending.
type course struct {
	name  string
	trial trial
	want  ending
}

func follow(t *testing.T, courses []course) {
	t.Helper()
	for _, test := range courses {
		t.Run(test.name, func(t *testing.T) { diff(t, "ending", test.want, test.trial.run(t)) })
	}
}

// open is an open gate: the verdict on the job, which summary ends, after looks
// the last of which was in that second.
func open(o task.Observation, summary, looks string, second int) ending {
	return ending{
		Verdict: gate.Result{Observation: o, Idle: !o.Busy, Summary: job.Name + ": " + summary},
		Looks:   looks, After: time.Duration(second) * time.Second,
	}
}

// shut is a gate that stays closed.
func shut(faults []fault, looks string, second int) ending {
	return ending{Faults: faults, Looks: looks, After: time.Duration(second) * time.Second}
}

// at is what a story tells of the job from second to second: 0, 10, 20 …
func at(finds ...any) story {
	var s story
	for i, each := range finds {
		s = append(s, moment{10 * i, each})
	}
	return s
}

var (
	hasFailed   = says("DCS job failed", "DCS job ff80 has failed, and the API tells no reason.", goesOn, everyPlan)
	isUnknown   = says("Unknown state of DCS job", `DCS job ff80 cannot be judged because of the status "FROZEN".`, classifyIt, `  status_map = { "FROZEN" = "running" }`)
	isForbidden = says("Unable to read DCS job", "DCS job ff80 could not be read: the service answered with status 403.", grant, forbiddenEvidence)
	isAway      = says("Unable to read DCS job", "DCS job ff80 could not be read: the service answered with status 503.", later, awayEvidence)
)

const everyTen = "0 10 20 30 40 50 60 70 80 90 100 110 119"

func TestPass_looksOnceAndJudgesNothing(t *testing.T) {
	once := func(finds any) trial { return trial{subject: job, terms: waits(gate.ReadOnce), task: always(finds)} }
	percent := task.Observation{State: running, Percent: pointer(30.0), Label: "masterStandbySwapJob"}
	broken := task.Observation{State: failed, Reason: "no memory left", Duration: 2900 * time.Millisecond}
	follow(t, []course{
		{"pending", once(pending), open(task.Observation{State: pending}, "pending", "0", 0)},
		{"running", once(percent), ending{Verdict: gate.Result{Observation: percent, Idle: true, Summary: "DCS job ff80 (masterStandbySwapJob): running, 30%"}, Looks: "0"}},
		{"succeeded", once(succeeded), open(task.Observation{State: succeeded}, "succeeded", "0", 0)},
		{"failed", once(broken), open(broken, "failed after 2.9s: no memory left", "0", 0)},
		{"unknown", once(frozen), open(frozen, `unknown: the status "FROZEN"`, "0", 0)},
		{"a fault that may pass", once(errAway), shut(isAway, "0", 0)},
		{"a fault that lasts", once(errForbidden), shut(isForbidden, "0", 0)},
	})
}

func TestPass_waitsForTheEnd(t *testing.T) {
	for _, waitFor := range []gate.WaitFor{gate.Completion, gate.Success} {
		through := func(finds ...any) trial { return trial{subject: job, terms: waits(waitFor), task: at(finds...)} }
		completed := task.Observation{State: succeeded, Duration: 19 * time.Second}
		t.Run(string(waitFor), func(t *testing.T) {
			follow(t, []course{
				{"that has come", through(succeeded), open(task.Observation{State: succeeded}, "succeeded", "0", 0)},
				{"that comes", through(pending, running, running, completed), open(completed, "succeeded after 19s", "0 10 20 30", 30)},
				{"that comes before the last look", trial{subject: job, terms: waits(waitFor), task: story{{0, running}, {112, succeeded}}}, open(task.Observation{State: succeeded}, "succeeded", everyTen, 119)},
				{"that comes too late", trial{subject: job, terms: waits(waitFor), task: story{{0, running}, {120, succeeded}}}, shut(
					says("Timed out waiting for DCS job", "DCS job ff80 had not ended after 1m59s and 13 looks. Its last state was running.", limit), everyTen, 119)},
				{"that an unknown word comes before", through(running, frozen, succeeded), shut(isUnknown, "0 10", 10)},
			})
		})
	}
}

func TestPass_endsAtAFailure(t *testing.T) {
	through := func(waitFor gate.WaitFor) trial {
		return trial{subject: job, terms: waits(waitFor), task: at(running, failed, succeeded)}
	}
	follow(t, []course{
		{"which is an end", through(gate.Completion), open(task.Observation{State: failed}, "failed", "0 10", 10)},
		{"which is no success", through(gate.Success), shut(hasFailed, "0 10", 10)},
	})
}

func TestPass_waitsUntilNothingIsAtWork(t *testing.T) {
	busy := task.Observation{State: running, Busy: true, Breakdown: "2 tasks: 1 running, 1 failed"}
	doubtful := task.Observation{State: unknown, Busy: true, UnknownReason: `the status "FROZEN"`, UnknownStatus: "FROZEN"}
	through := func(finds ...any) trial { return trial{subject: tasks, terms: waits(gate.Idle), task: at(finds...)} }
	idle := func(o task.Observation, summary, looks string, second int) ending {
		e := open(o, "", looks, second)
		e.Verdict.Summary = tasks.Name + ": " + summary
		return e
	}
	follow(t, []course{
		{"not at all", through(succeeded), idle(task.Observation{State: succeeded}, "succeeded", "0", 0)},
		{"and takes a failure for rest", through(busy, busy, failed), idle(task.Observation{State: failed}, "failed", "0 10 20", 20)},
		{"and an unknown word for work", through(busy, doubtful, succeeded), idle(task.Observation{State: succeeded}, "succeeded", "0 10 20", 20)},
		{"also when the newest has ended", through(task.Observation{State: succeeded, Busy: true}, succeeded), idle(task.Observation{State: succeeded}, "succeeded", "0 10", 10)},
		{"and an empty list is idle", through(busy, missing), idle(task.Observation{State: missing}, "missing", "0 10", 10)},
	})
}

func TestPass_survivesOnlyFaultsThatMayPass(t *testing.T) {
	through := func(finds ...any) trial { return trial{subject: job, terms: waits(gate.Success), task: at(finds...)} }
	done := task.Observation{State: succeeded}
	follow(t, []course{
		{"which come after a look that succeeded", through(running, errAway, errAway, succeeded), open(done, "succeeded", "0 10 20 30", 30)},
		{"but not those before it", through(errAway, succeeded), shut(isAway, "0", 0)},
		{"also after a task that was not there yet", trial{subject: job, terms: onMissing(waits(gate.Success), gate.MissingIsPending), task: at(errNoJob, errAway, succeeded)}, open(done, "succeeded", "0 10 20", 20)},
		{"and none that lasts", through(running, errForbidden, succeeded), shut(isForbidden, "0 10", 10)},
		{"nor one that lasts behind one that does not", through(running, errAway, errForbidden, succeeded), shut(isForbidden, "0 10 20", 20)},
	})
}

func TestPass_pausesAsTheLawSaysWhereNoIntervalIsSet(t *testing.T) {
	terms := waits(gate.Success)
	terms.PollInterval, terms.Timeout = 0, gate.DefaultWaitTimeout
	for range 10 {
		got := trial{subject: job, terms: terms, task: story{{0, running}, {600, succeeded}}}.run(t)
		if lag := got.After - 10*time.Minute; lag < 0 || lag > 15*time.Second {
			t.Errorf("the end after ten minutes was noticed %s after it", lag)
		}
		got.Looks, got.After = "", 0
		diff(t, "ending", open(task.Observation{State: succeeded}, "succeeded", "", 0), got)
	}
}

func TestPass_endsAtOnceWhenItIsCancelled(t *testing.T) {
	for _, test := range []struct {
		name   string
		finds  story
		cancel time.Duration
		looks  string
	}{
		{"in a pause", always(running), 12 * time.Second, "0 10"},
		{"in a look", story{{0, running}, {10, hangs{}}}, 12 * time.Second, "0 10"},
		{"in the first look", always(hangs{}), 12 * time.Second, "0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := trial{subject: job, terms: waits(gate.Success), task: test.finds, cancel: test.cancel}.run(t)
			diff(t, "looks", test.looks, got.Looks)
			diff(t, "duration", test.cancel, got.After)
			diff(t, "summary", "Interrupted while reading DCS job", got.Faults[0].Summary)
		})
	}
}

func TestPass_logsEachLookOfAWait(t *testing.T) {
	var log bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		subject := job
		subject.Poll = func(ctx context.Context) (task.Observation, error) {
			return at(pending, errAway, task.Observation{State: running, Percent: pointer(67.0)}, succeeded).look(ctx, time.Since(begin))
		}
		if _, diags := gate.Check(tflogtest.RootLogger(t.Context(), &log), subject, waits(gate.Success)); diags.HasError() {
			t.Error(diags)
		}
	})
	entries, err := tflogtest.MultilineJSONDecode(&log)
	if err != nil {
		t.Fatal(err)
	}
	entry := func(level, message, waited string, looks int, more map[string]any) map[string]any {
		all := map[string]any{"@level": level, "@message": message, "@module": "provider", "task": "DCS job ff80", "looks": float64(looks), "waited": waited}
		for name, value := range more {
			all[name] = value
		}
		return all
	}
	diff(t, "log", []map[string]any{
		entry("info", "Looked at DCS job", "0s", 1, map[string]any{"state": "pending"}),
		entry("warn", "A look met a fault", "10s", 2, map[string]any{"fault": "GET " + jobURL + ": status 503"}),
		entry("info", "Looked at DCS job", "20s", 3, map[string]any{"state": "running", "percent": 67.0}),
		entry("info", "Looked at DCS job", "30s", 4, map[string]any{"state": "succeeded"}),
	}, entries)
}
