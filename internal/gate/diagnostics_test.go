// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// telling is a trial of which only the diagnostic is of interest.
type telling struct {
	name  string
	trial trial
	want  []fault
}

func tell(t *testing.T, tellings []telling) {
	t.Helper()
	for _, test := range tellings {
		t.Run(test.name, func(t *testing.T) {
			got := test.trial.run(t)
			diff(t, "diagnostics", test.want, got.Faults)
			diff(t, "verdict", gate.Result{}, got.Verdict)
		})
	}
}

// onMissing alters terms.
func onMissing(terms gate.Options, means gate.OnMissing) gate.Options {
	terms.OnMissing = means
	return terms
}

func TestFailure_tellsItsReason(t *testing.T) {
	ended := func(s gate.Target, o task.Observation) trial {
		o.State = failed
		return trial{subject: s, terms: waits(gate.Success), task: always(o)}
	}
	tell(t, []telling{
		{
			"a reason", ended(job, task.Observation{Reason: "the standby node is not in sync"}),
			says("DCS job failed", "DCS job ff80 has failed: the standby node is not in sync.", goesOn, everyPlan),
		},
		{
			"no reason", ended(job, task.Observation{}),
			says("DCS job failed", "DCS job ff80 has failed, and the API tells no reason.", goesOn, everyPlan),
		},
		{
			"kind and duration", ended(job, task.Observation{Label: "masterStandbySwapJob", Duration: 2869 * time.Millisecond, Reason: "no memory left"}),
			says("DCS job failed", "DCS job ff80 (masterStandbySwapJob) has failed after 2.9s: no memory left.", goesOn, everyPlan),
		},
		{
			"duration without a reason", ended(job, task.Observation{Duration: 90 * time.Second}),
			says("DCS job failed", "DCS job ff80 has failed after 1m30s, and the API tells no reason.", goesOn, everyPlan),
		},
		{
			"one task of a list", ended(tasks, task.Observation{Label: "EXTEND", Duration: time.Minute, Reason: `task 8abf (EXTEND) FAILED: step "数据迁移" FAILED (error_code DCS.4066)`}),
			says("DCS background tasks failed",
				`DCS background tasks of instance 5560 (EXTEND) have failed after 1m0s: task 8abf (EXTEND) FAILED: step "数据迁移" FAILED (error_code DCS.4066).`, goesOn, everyPlan),
		},
		{
			"some tasks of a list", ended(tasks, task.Observation{Breakdown: "3 tasks: 1 failed, 2 succeeded", Reason: "task 8abf FAILED"}),
			says("DCS background tasks failed",
				"DCS background tasks of instance 5560 have failed (3 tasks: 1 failed, 2 succeeded): task 8abf FAILED.", goesOn, everyPlan),
		},
		{
			"a reason that is a sentence", ended(job, task.Observation{Reason: "No memory left. \n"}),
			says("DCS job failed", "DCS job ff80 has failed: No memory left.", goesOn, everyPlan),
		},
		{
			"a reason that cries", ended(job, task.Observation{Reason: "No memory left!"}),
			says("DCS job failed", "DCS job ff80 has failed: No memory left!", goesOn, everyPlan),
		},
		{
			"a reason in Chinese", ended(job, task.Observation{Reason: "内存不足。"}),
			says("DCS job failed", "DCS job ff80 has failed: 内存不足。", goesOn, everyPlan),
		},
	})
}

func TestUnknown_tellsHowToClassifyTheWord(t *testing.T) {
	const look = "A wait cannot go on without knowing where the task stands. Look at it in the console, and read it without wait_for to see all that the API tells."
	doubtful := func(s gate.Target, o task.Observation) trial {
		o.State = unknown
		return trial{subject: s, terms: waits(gate.Completion), task: always(o)}
	}
	tell(t, []telling{
		{
			"a word", doubtful(job, frozen),
			says("Unknown state of DCS job", `DCS job ff80 cannot be judged because of the status "FROZEN".`, classifyIt, `  status_map = { "FROZEN" = "running" }`),
		},
		{
			"a word of a list", doubtful(tasks, task.Observation{Label: "EXTEND", UnknownReason: `the status "FROZEN"`, UnknownStatus: "FROZEN"}),
			says("Unknown state of DCS background tasks",
				`DCS background tasks of instance 5560 (EXTEND) cannot be judged because of the status "FROZEN".`, classifyIt, `  status_map = { "FROZEN" = "running" }`),
		},
		{
			"a word with quotes", doubtful(job, task.Observation{UnknownReason: `the status "a\"b"`, UnknownStatus: `a"b`}),
			says("Unknown state of DCS job", `DCS job ff80 cannot be judged because of the status "a\"b".`, classifyIt, `  status_map = { "a\"b" = "running" }`),
		},
		{
			"no word", doubtful(job, task.Observation{UnknownReason: "an absent or empty status"}),
			says("Unknown state of DCS job", "DCS job ff80 cannot be judged because of an absent or empty status.", look),
		},
		{
			"a time", doubtful(tasks, task.Observation{UnknownReason: `the created_at "soon"`}),
			says("Unknown state of DCS background tasks", `DCS background tasks of instance 5560 cannot be judged because of the created_at "soon".`, look),
		},
	})
}

func TestMissing_tellsTheWaysOut(t *testing.T) {
	const remedy = `If it is still to appear, set on_missing = "pending". If it disappears once it is done, set on_missing = "succeeded".`
	const remedies = `If one is still to appear, set on_missing = "pending". If they disappear once they are done, set on_missing = "succeeded".`
	const perhaps = "it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success."
	blank := &transport.Error{Kind: transport.KindNotFound, Method: "GET", URL: jobURL, Status: 200, Problem: "each of its documented members is absent or null", RequestID: "5e"}
	tell(t, []telling{
		{
			"a task",
			trial{subject: job, terms: waits(gate.ReadOnce), task: always(errNoJob)},
			says("DCS job not found", "There is no DCS job ff80: "+perhaps, remedy, lockedOut, noJobEvidence),
		},
		{
			"a task that is waited for",
			trial{subject: job, terms: waits(gate.Success), task: always(errNoJob)},
			says("DCS job not found", "There is no DCS job ff80: "+perhaps, remedy, lockedOut, noJobEvidence),
		},
		{
			"one task of a list",
			trial{subject: one, terms: waits(gate.ReadOnce), task: always(missing)},
			says("DCS background tasks not found", "There is no DCS background task 8abf of instance 5560: "+perhaps, remedy, lockedOut),
		},
		{
			"a list",
			trial{subject: tasks, terms: waits(gate.Success), task: always(missing)},
			says("DCS background tasks not found",
				"There are no DCS background tasks of instance 5560: none was started or matches the filters, or the records have expired. That is no proof of success.", remedies, lockedOut),
		},
		{
			"a blank answer",
			trial{subject: snapshotting, terms: waits(gate.ReadOnce), task: always(blank), record: always(missing), cluster: always(missing)},
			says("DWS cluster action not found", "There is no DWS action SNAPSHOTTING of cluster 9f76: "+perhaps,
				"The API answered, but told nothing: each of its documented members is absent or null.", remedy, lockedOut,
				"Status: 200 OK\nRequest ID: 5e\nRequest: GET "+jobURL),
		},
	})
}

func TestDisappearance_tellsWhatWasLastSeen(t *testing.T) {
	const remedy = `If its record is removed once it is done, set on_missing = "succeeded".`
	gone := func(s gate.Target, before task.Observation, now any) trial {
		return trial{subject: s, terms: waits(gate.Success), task: story{{0, before}, {10, now}}}
	}
	traced := func(tr trial, record story) trial {
		tr.record, tr.cluster = record, always(missing)
		return tr
	}
	rollback := task.Observation{State: running, Label: "listed as SNAPSHOTTING_FAILED"}
	tell(t, []telling{
		{
			"a task", gone(job, task.Observation{State: running}, errNoJob),
			says("DCS job disappeared", "DCS job ff80 was running at the last look that found it, and is gone now. That is no proof of success.", remedy, lockedOut, noJobEvidence),
		},
		{
			"a task with a percentage", gone(job, task.Observation{State: running, Percent: pointer(67.0)}, errNoJob),
			says("DCS job disappeared", "DCS job ff80 was running, 67%, at the last look that found it, and is gone now. That is no proof of success.", remedy, lockedOut, noJobEvidence),
		},
		{
			"a list", gone(tasks, task.Observation{State: running, Breakdown: "2 tasks: 1 running, 1 succeeded"}, missing),
			says("DCS background tasks disappeared",
				"DCS background tasks of instance 5560 were running (2 tasks: 1 running, 1 succeeded) at the last look that found any, and are gone now. That is no proof of success.",
				`If their records are removed once they are done, set on_missing = "succeeded".`, lockedOut),
		},
		{
			"an action without a record", traced(gone(snapshotting, task.Observation{State: pending}, errNoAction), always(missing)),
			says("DWS cluster action disappeared",
				"DWS action SNAPSHOTTING of cluster 9f76 was pending at the last look that found it, and is gone now without a record of a failure. That is no proof of success.",
				remedy, lockedOut, noActionEvidence),
		},
		{
			"an action whose record is gone, too", traced(gone(snapshotting, task.Observation{State: running}, errNoAction), story{{0, rollback}, {30, missing}}),
			says("DWS cluster action disappeared",
				"DWS action SNAPSHOTTING of cluster 9f76 (listed as SNAPSHOTTING_FAILED) was running at the last look that found it, and is gone now. That is no proof of success.",
				"A failure is not excused by its record being gone, whatever on_missing says. See in the console how it ended.", lockedOut, noActionEvidence),
		},
	})
}

// TestPass_doesNotSpeakOfPlansToWhoInvokesIt because an action is not part of them.
func TestPass_doesNotSpeakOfPlansToWhoInvokesIt(t *testing.T) {
	terms := waits(gate.Success)
	terms.Invoked = true
	tell(t, []telling{
		{
			"a failure",
			trial{subject: job, terms: terms, task: always(failed)},
			says("DCS job failed", "DCS job ff80 has failed, and the API tells no reason.", goesOn),
		},
		{
			"a missing task",
			trial{subject: job, terms: terms, task: always(errNoJob)},
			says("DCS job not found",
				"There is no DCS job ff80: it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success.",
				`If it is still to appear, set on_missing = "pending". If it disappears once it is done, set on_missing = "succeeded".`, noJobEvidence),
		},
		{
			"a task that is gone",
			trial{subject: job, terms: terms, task: at(running, errNoJob)},
			says("DCS job disappeared", "DCS job ff80 was running at the last look that found it, and is gone now. That is no proof of success.",
				`If its record is removed once it is done, set on_missing = "succeeded".`, noJobEvidence),
		},
	})
}
