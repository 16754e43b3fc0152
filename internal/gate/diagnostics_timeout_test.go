// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func TestTimeout_tellsWhereTheTaskStood(t *testing.T) {
	const summary, after = "Timed out waiting for DCS job", " after 1m59s and 13 looks."
	at := func(o task.Observation) trial {
		return trial{subject: job, terms: waits(gate.Completion), task: always(o)}
	}
	tell(t, []telling{
		{"a state", at(task.Observation{State: running}), says(summary, "DCS job ff80 had not ended"+after+" Its last state was running.", limit)},
		{
			"a kind and a percentage", at(task.Observation{State: running, Label: "masterStandbySwapJob", Percent: pointer(33.5)}),
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
			trial{subject: tasks, terms: waits(gate.Success), task: always(task.Observation{State: running, Busy: true, Breakdown: "3 tasks: 1 running, 2 succeeded"})},
			says("Timed out waiting for DCS background tasks",
				"DCS background tasks of instance 5560 had not ended"+after+" Their last state was running (3 tasks: 1 running, 2 succeeded).", limit),
		},
		{
			"the look that the time was for",
			trial{subject: job, terms: waits(gate.ReadOnce), task: always(hangs{})},
			says("Timed out reading DCS job", "DCS job ff80 could not be read within 2m0s.", limit),
		},
		{
			"the first look of a wait",
			trial{subject: job, terms: waits(gate.Success), task: always(hangs{})},
			says(summary, "DCS job ff80 could not be read within 2m0s.", limit),
		},
		{
			"a short limit of another name",
			trial{subject: job, terms: gate.Options{WaitFor: gate.Success, Timeout: 300 * time.Millisecond, TimeoutName: "timeouts.invoke"}, task: story{{0, running}}},
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
	at := func(s gate.Target, o task.Observation) trial {
		o.Busy = true
		return trial{subject: s, terms: waits(gate.Idle), task: always(o)}
	}
	tell(t, []telling{
		{
			"tasks of a list", at(tasks, task.Observation{State: running, Breakdown: "2 tasks: 1 pending, 1 running"}),
			says("Timed out waiting for DCS background tasks",
				"DCS background tasks of instance 5560 were not idle"+after+" Their last state was running (2 tasks: 1 pending, 1 running).", limit),
		},
		{
			"a word that is unknown", at(tasks, frozen),
			says("Timed out waiting for DCS background tasks",
				"DCS background tasks of instance 5560 were not idle"+after+` Their last state was unknown because of the status "FROZEN".`, limit),
		},
		{
			"one task", at(one, task.Observation{State: running, Label: "EXTEND"}),
			says("Timed out waiting for DCS background tasks", "DCS background task 8abf of instance 5560 (EXTEND) was not idle"+after+" Its last state was running.", limit),
		},
		{
			"another task than the newest", at(gate.Target{Noun: "CCE snapshot task", Name: "CCE snapshot tasks of cluster 9f76", EmptyOK: true}, task.Observation{State: succeeded, Label: "87d3"}),
			says("Timed out waiting for CCE snapshot task",
				"CCE snapshot tasks of cluster 9f76 (87d3) were not idle"+after+" Their last state was succeeded, but another task may be at work still.", limit),
		},
	})
}

func TestTimeout_tellsTheLastFault(t *testing.T) {
	throttled := &transport.Error{
		Kind: transport.KindStatus, Method: "GET", URL: jobURL, Status: 429, Code: "APIGW.0308", Message: "policy user over ratelimit", RequestID: "5d", RetryAfter: 56818 * time.Millisecond,
	}
	unreachable := &transport.Error{Kind: transport.KindNetwork, Method: "GET", URL: jobURL, Err: errors.New("connection refused")}
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
			trial{subject: job, terms: waits(gate.ReadOnce), task: always(errors.Join(context.DeadlineExceeded, errAway))},
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
			trial{subject: tasks, terms: onMissing(waits(gate.Completion), gate.MissingIsPending), task: always(task.Observation{State: missing, Breakdown: "no task"})},
			says("Timed out waiting for DCS background tasks", "DCS background tasks of instance 5560"+after+" Their last state was missing (no task).",
				`The wait went on because of on_missing = "pending". If one should be there by now, check the filters, the region and the project.`, limit),
		},
		{
			"an action that may still appear",
			trial{
				subject: snapshotting, task: always(errNoAction), record: always(missing), cluster: always(missing),
				terms: gate.Options{WaitFor: gate.Success, OnMissing: gate.MissingIsSucceeded, PollInterval: 10 * time.Second, Timeout: 25 * time.Second, TimeoutName: "timeouts.read"},
			},
			says("Timed out waiting for DWS cluster action", "DWS action SNAPSHOTTING of cluster 9f76 had not ended after 24s and 4 looks. Its last state was missing.",
				"A task that this wait has never seen counts as succeeded only once 3 looks over at least 30s have not found it.",
				`The limit is timeouts.read = "25s"; raise it to allow more time.`),
		},
	})
}

func TestTimeout_namesTheTraceThatKeptAnActionGoing(t *testing.T) {
	rollback := task.Observation{State: running, Label: "listed as SNAPSHOTTING_FAILED"}
	busy := task.Observation{State: running, Label: "task_status of the cluster", Inferred: true}
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
			trial{subject: job, terms: waits(gate.ReadOnce), task: always(hangs{}), cancel: time.Second},
			says("Interrupted while reading DCS job", "The read of DCS job ff80 was interrupted after 1s.", again),
		},
		{
			"in a pause after a fault",
			trial{subject: job, terms: waits(gate.Success), task: story{{0, running}, {10, errAway}}, cancel: 12 * time.Second},
			says("Interrupted while reading DCS job", "The read of DCS job ff80 was interrupted after 12s. Its last state was running.", again),
		},
	})
}
