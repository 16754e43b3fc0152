// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
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
			diff(t, "verdict", gate.Verdict{}, got.Verdict)
		})
	}
}

// onMissing alters terms.
func onMissing(terms gate.Terms, means gate.OnMissing) gate.Terms {
	terms.OnMissing = means
	return terms
}

func TestFailure_tellsItsReason(t *testing.T) {
	ended := func(s gate.Subject, o task.Observation) trial {
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
			"kind and duration", ended(job, task.Observation{Kind: "masterStandbySwapJob", Took: 2869 * time.Millisecond, Reason: "no memory left"}),
			says("DCS job failed", "DCS job ff80 (masterStandbySwapJob) has failed after 2.9s: no memory left.", goesOn, everyPlan),
		},
		{
			"duration without a reason", ended(job, task.Observation{Took: 90 * time.Second}),
			says("DCS job failed", "DCS job ff80 has failed after 1m30s, and the API tells no reason.", goesOn, everyPlan),
		},
		{
			"one task of a list", ended(tasks, task.Observation{Kind: "EXTEND", Took: time.Minute, Reason: `task 8abf (EXTEND) FAILED: step "数据迁移" FAILED (error_code DCS.4066)`}),
			says("DCS background tasks failed",
				`DCS background tasks of instance 5560 (EXTEND) have failed after 1m0s: task 8abf (EXTEND) FAILED: step "数据迁移" FAILED (error_code DCS.4066).`, goesOn, everyPlan),
		},
		{
			"some tasks of a list", ended(tasks, task.Observation{Parts: "3 tasks: 1 failed, 2 succeeded", Reason: "task 8abf FAILED"}),
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
	doubtful := func(s gate.Subject, o task.Observation) trial {
		o.State = unknown
		return trial{subject: s, terms: waits(gate.Completion), task: always(o)}
	}
	tell(t, []telling{
		{
			"a word", doubtful(job, frozen),
			says("Unknown state of DCS job", `DCS job ff80 cannot be judged because of the status "FROZEN".`, classifyIt, `  status_map = { "FROZEN" = "running" }`),
		},
		{
			"a word of a list", doubtful(tasks, task.Observation{Kind: "EXTEND", Doubt: `the status "FROZEN"`, Word: "FROZEN"}),
			says("Unknown state of DCS background tasks",
				`DCS background tasks of instance 5560 (EXTEND) cannot be judged because of the status "FROZEN".`, classifyIt, `  status_map = { "FROZEN" = "running" }`),
		},
		{
			"a word with quotes", doubtful(job, task.Observation{Doubt: `the status "a\"b"`, Word: `a"b`}),
			says("Unknown state of DCS job", `DCS job ff80 cannot be judged because of the status "a\"b".`, classifyIt, `  status_map = { "a\"b" = "running" }`),
		},
		{
			"no word", doubtful(job, task.Observation{Doubt: "an absent or empty status"}),
			says("Unknown state of DCS job", "DCS job ff80 cannot be judged because of an absent or empty status.", look),
		},
		{
			"a time", doubtful(tasks, task.Observation{Doubt: `the created_at "soon"`}),
			says("Unknown state of DCS background tasks", `DCS background tasks of instance 5560 cannot be judged because of the created_at "soon".`, look),
		},
	})
}

func TestTimeout_tellsWhereTheTaskStood(t *testing.T) {
	const summary, after = "Timed out waiting for DCS job", " after 1m59s and 13 looks."
	at := func(o task.Observation) trial {
		return trial{subject: job, terms: waits(gate.Completion), task: always(o)}
	}
	tell(t, []telling{
		{"a state", at(task.Observation{State: running}), says(summary, "DCS job ff80 had not ended"+after+" Its last state was running.", limit)},
		{
			"a kind and a percentage", at(task.Observation{State: running, Kind: "masterStandbySwapJob", Percent: pointer(33.5)}),
			says(summary, "DCS job ff80 (masterStandbySwapJob) had not ended"+after+" Its last state was running, 33.5%.", limit),
		},
		{
			"a hint", at(task.Observation{State: pending, Hint: gate.HintNoSteps}),
			says(summary, "DCS job ff80 had not ended"+after+" Its last state was pending.",
				"Its progress lists no step, so that nobody can tell from it whether the task has ended. The data source hwtasks_dcs_background_tasks with task_id tells the status of such a task.",
				limit),
		},
		{
			"a list",
			trial{subject: tasks, terms: waits(gate.Success), task: always(task.Observation{State: running, Busy: true, Parts: "3 tasks: 1 running, 2 succeeded"})},
			says("Timed out waiting for DCS background tasks",
				"DCS background tasks of instance 5560 had not ended"+after+" Their last state was running (3 tasks: 1 running, 2 succeeded).", limit),
		},
		{
			"the look that the time was for",
			trial{subject: job, terms: waits(gate.Nothing), task: always(hangs{})},
			says("Timed out reading DCS job", "DCS job ff80 could not be read within 2m0s.", limit),
		},
		{
			"the first look of a wait",
			trial{subject: job, terms: waits(gate.Success), task: always(hangs{})},
			says(summary, "DCS job ff80 could not be read within 2m0s.", limit),
		},
		{
			"a short limit of another name",
			trial{subject: job, terms: gate.Terms{WaitFor: gate.Success, Timeout: 300 * time.Millisecond, TimeoutName: "timeouts.invoke"}, task: story{{0, running}}},
			says(summary, "DCS job ff80 had not ended after 300ms and 2 looks. Its last state was running.", `The limit is timeouts.invoke = "300ms"; raise it to allow more time.`),
		},
		{
			"the end of the time in a look",
			trial{subject: job, terms: waits(gate.Success), task: story{{0, running}, {20, hangs{}}}},
			says(summary, "DCS job ff80 had not ended after 2m0s and 3 looks. Its last state was running.", limit),
		},
	})
}

func TestTimeout_tellsWhatWasNotIdle(t *testing.T) {
	const after = " after 1m59s and 13 looks."
	at := func(s gate.Subject, o task.Observation) trial {
		o.Busy = true
		return trial{subject: s, terms: waits(gate.Idle), task: always(o)}
	}
	tell(t, []telling{
		{
			"tasks of a list", at(tasks, task.Observation{State: running, Parts: "2 tasks: 1 pending, 1 running"}),
			says("Timed out waiting for DCS background tasks",
				"DCS background tasks of instance 5560 were not idle"+after+" Their last state was running (2 tasks: 1 pending, 1 running).", limit),
		},
		{
			"a word that is unknown", at(tasks, frozen),
			says("Timed out waiting for DCS background tasks",
				"DCS background tasks of instance 5560 were not idle"+after+` Their last state was unknown because of the status "FROZEN".`, limit),
		},
		{
			"one task", at(one, task.Observation{State: running, Kind: "EXTEND"}),
			says("Timed out waiting for DCS background tasks", "DCS background task 8abf of instance 5560 (EXTEND) was not idle"+after+" Its last state was running.", limit),
		},
		{
			"another task than the newest", at(gate.Subject{Noun: "CCE snapshot task", Name: "CCE snapshot tasks of cluster 9f76", Open: true}, task.Observation{State: succeeded, Kind: "87d3"}),
			says("Timed out waiting for CCE snapshot task",
				"CCE snapshot tasks of cluster 9f76 (87d3) were not idle"+after+" Their last state was succeeded, but another task may be at work still.", limit),
		},
	})
}

func TestTimeout_tellsTheLastFault(t *testing.T) {
	throttled := &client.Error{
		Kind: client.Refused, Method: "GET", URL: jobURL, Status: 429, Code: "APIGW.0308", Message: "policy user over ratelimit", RequestID: "5d", RetryAfter: 56818 * time.Millisecond,
	}
	unreachable := &client.Error{Kind: client.NoAnswer, Method: "GET", URL: jobURL, Err: errors.New("connection refused")}
	const standstill = "DCS job ff80 had not ended after 1m59s and 13 looks. Its last state was running."
	const summary = "Timed out waiting for DCS job"
	tell(t, []telling{
		{
			"an outage to the end",
			trial{subject: job, terms: waits(gate.Success), task: story{{0, running}, {10, errAway}}},
			says(summary, standstill, "The last fault on the way: the service answered with status 503.", limit, awayEvidence),
		},
		{
			"an outage that was over",
			trial{subject: job, terms: waits(gate.Success), task: story{{0, running}, {10, errAway}, {40, running}}},
			says(summary, standstill, "The last fault on the way: the service answered with status 503.", limit, awayEvidence),
		},
		{
			"the last of two",
			trial{subject: job, terms: waits(gate.Success), task: story{{0, running}, {10, errAway}, {40, throttled}, {50, running}}},
			says(summary, standstill,
				"The last fault on the way: the service answered with status 429. Requests are throttled by the minute. Read fewer tasks at once (terraform -parallelism) or less often (poll_interval).",
				limit,
				"Status: 429 Too Many Requests\nCode: APIGW.0308\nMessage: policy user over ratelimit\nRetry-After: 56.8s\nRequest ID: 5d\nRequest: GET "+jobURL),
		},
		{
			"a network that was down",
			trial{subject: job, terms: waits(gate.Success), task: story{{0, running}, {10, unreachable}, {40, running}}},
			says(summary, standstill,
				"The last fault on the way: the request failed: connection refused. Check the region, the endpoint, the network and the proxy variables HTTPS_PROXY and NO_PROXY.",
				limit, "Request: GET "+jobURL),
		},
		{
			"a pause for a retry in the one look",
			trial{subject: job, terms: waits(gate.Nothing), task: always(errors.Join(context.DeadlineExceeded, errAway))},
			says("Timed out reading DCS job", "DCS job ff80 could not be read within 2m0s.", "The last fault on the way: the service answered with status 503.", limit, awayEvidence),
		},
		{
			"a fault before a look that had no time left",
			trial{subject: job, terms: waits(gate.Success), task: story{{0, running}, {10, errAway}, {20, context.DeadlineExceeded}}},
			says(summary, "DCS job ff80 had not ended after 20s and 3 looks. Its last state was running.",
				"The last fault on the way: the service answered with status 503.", limit, awayEvidence),
		},
	})
}

func TestTimeout_tellsWhyItWaitedForWhatIsNotThere(t *testing.T) {
	const after = " had not ended after 1m59s and 13 looks."
	tell(t, []telling{
		{
			"one task",
			trial{subject: job, terms: onMissing(waits(gate.Success), gate.MissingIsPending), task: always(errNoJob)},
			says("Timed out waiting for DCS job", "DCS job ff80"+after+" Its last state was missing.",
				`The wait went on because of on_missing = "pending". If it should be there by now, check its id, the region and the project.`, limit),
		},
		{
			"a list",
			trial{subject: tasks, terms: onMissing(waits(gate.Completion), gate.MissingIsPending), task: always(task.Observation{State: missing, Parts: "no task"})},
			says("Timed out waiting for DCS background tasks", "DCS background tasks of instance 5560"+after+" Their last state was missing (no task).",
				`The wait went on because of on_missing = "pending". If one should be there by now, check the filters, the region and the project.`, limit),
		},
		{
			"an action that may still appear",
			trial{
				subject: snapshotting, task: always(errNoAction), record: always(missing), cluster: always(missing),
				terms: gate.Terms{WaitFor: gate.Success, OnMissing: gate.MissingIsSucceeded, PollInterval: 10 * time.Second, Timeout: 25 * time.Second, TimeoutName: "timeouts.read"},
			},
			says("Timed out waiting for DWS cluster action", "DWS action SNAPSHOTTING of cluster 9f76 had not ended after 24s and 4 looks. Its last state was missing.",
				"A task that this wait has never seen counts as succeeded only once 3 looks over at least 30s have not found it.",
				`The limit is timeouts.read = "25s"; raise it to allow more time.`),
		},
	})
}

func TestTimeout_namesTheTraceThatKeptAnActionGoing(t *testing.T) {
	rollback := task.Observation{State: running, Kind: "listed as SNAPSHOTTING_FAILED"}
	busy := task.Observation{State: running, Kind: "task_status of the cluster", Indirect: true}
	const summary = "Timed out waiting for DWS cluster action"
	tell(t, []telling{
		{
			"the record of its failure",
			trial{subject: snapshotting, terms: waits(gate.Success), task: story{{0, running}, {10, errNoAction}}, record: always(rollback), cluster: always(missing)},
			says(summary, "DWS action SNAPSHOTTING of cluster 9f76 (listed as SNAPSHOTTING_FAILED) had not ended after 1m59s and 13 looks. Its last state was running.", limit),
		},
		{
			"the cluster",
			trial{subject: snapshotting, terms: onMissing(waits(gate.Success), gate.MissingIsSucceeded), task: story{{0, running}, {10, errNoAction}}, record: always(missing), cluster: always(busy)},
			says(summary, "DWS action SNAPSHOTTING of cluster 9f76 had not ended after 1m59s and 13 looks. Its last state was running according to the task_status of the cluster.", limit),
		},
	})
}

func TestInterrupt_tellsThatTheTaskGoesOn(t *testing.T) {
	const again = "That does not stop the task. Run Terraform again to read on."
	tell(t, []telling{
		{
			"in a pause",
			trial{subject: job, terms: waits(gate.Success), task: always(task.Observation{State: running, Percent: pointer(67.0)}), cancel: 12 * time.Second},
			says("Interrupted while reading DCS job", "The read of DCS job ff80 was interrupted after 12s. Its last state was running, 67%.", again),
		},
		{
			"in a list's",
			trial{subject: tasks, terms: waits(gate.Idle), task: always(task.Observation{State: running, Busy: true}), cancel: 90 * time.Second},
			says("Interrupted while reading DCS background tasks", "The read of DCS background tasks of instance 5560 was interrupted after 1m30s. Their last state was running.",
				"That does not stop the tasks. Run Terraform again to read on."),
		},
		{
			"in the first look",
			trial{subject: job, terms: waits(gate.Success), task: always(hangs{}), cancel: 500 * time.Millisecond},
			says("Interrupted while reading DCS job", "The read of DCS job ff80 was interrupted after 500ms.", again),
		},
		{
			"in the only look",
			trial{subject: job, terms: waits(gate.Nothing), task: always(hangs{}), cancel: time.Second},
			says("Interrupted while reading DCS job", "The read of DCS job ff80 was interrupted after 1s.", again),
		},
		{
			"in a pause after a fault",
			trial{subject: job, terms: waits(gate.Success), task: story{{0, running}, {10, errAway}}, cancel: 12 * time.Second},
			says("Interrupted while reading DCS job", "The read of DCS job ff80 was interrupted after 12s. Its last state was running.", again),
		},
	})
}

func TestMissing_tellsTheWaysOut(t *testing.T) {
	const remedy = `If it is still to appear, set on_missing = "pending". If it disappears once it is done, set on_missing = "succeeded".`
	const remedies = `If one is still to appear, set on_missing = "pending". If they disappear once they are done, set on_missing = "succeeded".`
	const perhaps = "it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success."
	blank := &client.Error{Kind: client.NotFound, Method: "GET", URL: jobURL, Status: 200, Problem: "each of its documented members is absent or null", RequestID: "5e"}
	tell(t, []telling{
		{
			"a task",
			trial{subject: job, terms: waits(gate.Nothing), task: always(errNoJob)},
			says("DCS job not found", "There is no DCS job ff80: "+perhaps, remedy, lockedOut, noJobEvidence),
		},
		{
			"a task that is waited for",
			trial{subject: job, terms: waits(gate.Success), task: always(errNoJob)},
			says("DCS job not found", "There is no DCS job ff80: "+perhaps, remedy, lockedOut, noJobEvidence),
		},
		{
			"one task of a list",
			trial{subject: one, terms: waits(gate.Nothing), task: always(missing)},
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
			trial{subject: snapshotting, terms: waits(gate.Nothing), task: always(blank), record: always(missing), cluster: always(missing)},
			says("DWS cluster action not found", "There is no DWS action SNAPSHOTTING of cluster 9f76: "+perhaps,
				"The API answered, but told nothing: each of its documented members is absent or null.", remedy, lockedOut,
				"Status: 200 OK\nRequest ID: 5e\nRequest: GET "+jobURL),
		},
	})
}

func TestDisappearance_tellsWhatWasLastSeen(t *testing.T) {
	const remedy = `If its record is removed once it is done, set on_missing = "succeeded".`
	gone := func(s gate.Subject, before task.Observation, now any) trial {
		return trial{subject: s, terms: waits(gate.Success), task: story{{0, before}, {10, now}}}
	}
	traced := func(tr trial, record story) trial {
		tr.record, tr.cluster = record, always(missing)
		return tr
	}
	rollback := task.Observation{State: running, Kind: "listed as SNAPSHOTTING_FAILED"}
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
			"a list", gone(tasks, task.Observation{State: running, Parts: "2 tasks: 1 running, 1 succeeded"}, missing),
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
