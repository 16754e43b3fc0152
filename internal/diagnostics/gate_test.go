// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"context"
	"errors"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// failureCase is a closed gate.
type failureCase struct {
	name    string
	failure gate.Failure
}

func gateOutcomes() []outcome {
	var all []outcome
	for _, c := range failures() {
		all = append(all, outcome{c.name, ClosedGate(&c.failure)})
	}
	return all
}

const jobURL = "https://dcs.cn-north-4.myhuaweicloud.com/v2/05f2/jobs/ff80"

var (
	job = gate.Target{Source: "dcs_job", Noun: "DCS job", Name: "DCS job ff80", Argument: "job_id"}
	one = gate.Target{
		Source: "dcs_background_tasks", Noun: "DCS background tasks", Name: "DCS background task 8abf of instance 5560", Argument: "task_id", Filters: "task_id or start_time",
	}
	list = gate.Target{
		Source: "dcs_background_tasks", Noun: "DCS background tasks", Name: "DCS background tasks of instance 5560", Filters: "task_id or start_time", EmptyOK: true,
	}
	action = gate.Target{Source: "dws_cluster_action", Noun: "DWS cluster action", Name: "DWS action SNAPSHOTTING of cluster 9f76"}

	success      = gate.Options{WaitFor: gate.Success, OnMissing: gate.MissingIsError, Timeout: 30 * time.Minute, TimeoutName: "timeouts.read"}
	readOnce     = gate.Options{OnMissing: gate.MissingIsError, Timeout: 5 * time.Minute, TimeoutName: "timeouts.read"}
	idle         = gate.Options{WaitFor: gate.Idle, OnMissing: gate.MissingIsError, Timeout: 30 * time.Minute, TimeoutName: "timeouts.read"}
	waitToAppear = gate.Options{WaitFor: gate.Success, OnMissing: gate.MissingIsPending, Timeout: 30 * time.Minute, TimeoutName: "timeouts.read"}
	asResource   = gate.Options{WaitFor: gate.Success, OnMissing: gate.MissingIsError, Timeout: 30 * time.Minute, TimeoutName: "timeouts.create", Form: gate.Resource}
	asAction     = gate.Options{WaitFor: gate.Success, OnMissing: gate.MissingIsError, Timeout: 30 * time.Minute, TimeoutName: "timeouts.invoke", Form: gate.Action}

	third    = 33.5
	running  = task.Observation{State: task.Running, Status: "RUNNING", Label: "masterStandbySwapJob", Percent: &third}
	rollback = task.Observation{State: task.Running, Status: "RUNNING"}

	errNoJob     = &transport.Error{Kind: transport.KindNotFound, Method: "GET", URL: jobURL, Status: 404, Code: "DCS.4133", Message: "The job does not exist.", RequestID: "5a"}
	errAway      = &transport.Error{Kind: transport.KindStatus, Method: "GET", URL: jobURL, Status: 503, RequestID: "5b"}
	errThrottled = &transport.Error{
		Kind: transport.KindStatus, Method: "GET", URL: jobURL, Status: 429, Code: "APIGW.0308", Message: "policy user over ratelimit,limit:100,time:1 minute",
		RequestID: "5d", RetryAfter: 56818 * time.Millisecond,
	}
	errIncomplete = &client.IncompleteListError{Problem: "the service counts 11 tasks and lists 10"}
)

func failures() []failureCase {
	var all []failureCase
	for _, table := range [][]failureCase{failedTasks(), unknownStates(), missingTasks(), disappearedTasks(), interruptions(), timeouts()} {
		all = append(all, table...)
	}
	return append(all, failureCase{"Unable to read", gate.Failure{Kind: gate.UnableToRead, Target: job, Options: success, Err: errAway}})
}

// last is the progress of a wait whose last successful poll is o.
func last(o task.Observation) task.Progress {
	return task.Progress{Polls: 13, Waited: 2 * time.Minute, Last: o, Seen: true}
}

func failedTasks() []failureCase {
	failed := func(t gate.Target, options gate.Options, o task.Observation) gate.Failure {
		o.State = task.Failed
		return gate.Failure{Kind: gate.FailedTask, Target: t, Options: options, Progress: last(o)}
	}
	reason := task.Observation{Status: "FAIL", Label: "masterStandbySwapJob", Duration: 2 * time.Minute, Reason: "the standby node is not in sync"}
	several := task.Observation{Breakdown: "3 tasks: 1 failed, 2 succeeded", Reason: `task 8abf (EXTEND) FAILED: step "数据迁移" FAILED (error_code DCS.4066)`}
	return []failureCase{
		{"Failed: with a reason, data source", failed(job, success, reason)},
		{"Failed: with a reason, gate resource", failed(job, asResource, reason)},
		{"Failed: with a reason, action", failed(job, asAction, reason)},
		{"Failed: without a reason", failed(job, success, task.Observation{Status: "FAIL"})},
		{"Failed: one task of a list", failed(one, success, task.Observation{Status: "FAILED", Label: "EXTEND", Duration: time.Minute, Reason: "task 8abf (EXTEND) FAILED"})},
		{"Failed: list", failed(list, success, several)},
		{"Failed: list, gate resource", failed(list, asResource, several)},
		{"Failed: failure record of an action", failed(action, success, task.Observation{Status: "ROLLBACK_SUCCESS", Label: "listed as SNAPSHOTTING_FAILED", Reason: "磁盘空间不足。"})},
	}
}

func unknownStates() []failureCase {
	unknown := func(t gate.Target, o task.Observation) gate.Failure {
		o.State = task.Unknown
		return gate.Failure{Kind: gate.UnknownState, Target: t, Options: success, Progress: last(o)}
	}
	return []failureCase{
		{"Unknown: status", unknown(job, task.Observation{UnknownReason: `status "FROZEN"`, UnknownStatus: "FROZEN"})},
		{"Unknown: status with a quotation mark", unknown(job, task.Observation{UnknownReason: `status "a\"b"`, UnknownStatus: `a"b`})},
		{"Unknown: status of a list", unknown(list, task.Observation{Label: "EXTEND", UnknownReason: `status "FROZEN"`, UnknownStatus: "FROZEN"})},
		{"Unknown: no status", unknown(job, task.Observation{UnknownReason: "no status"})},
		{"Unknown: unreadable time", unknown(list, task.Observation{UnknownReason: `created_at "soon" of task 8abf`})},
		{"Unknown: contradiction", unknown(list, task.Observation{UnknownReason: "contradicting records of task 8abf"})},
		{"Unknown: failure record", unknown(action, task.Observation{Label: "listed as SNAPSHOTTING_FAILED", UnknownReason: `status "RUNNING" of the failure record SNAPSHOTTING_FAILED`})},
	}
}

func missingTasks() []failureCase {
	missing := func(t gate.Target, options gate.Options, err error) gate.Failure {
		return gate.Failure{Kind: gate.MissingTask, Target: t, Options: options, Missing: task.Observation{State: task.Missing, MissingErr: err}}
	}
	blank := &transport.Error{Kind: transport.KindNotFound, Method: "GET", URL: "https://dws.cn-north-4.myhuaweicloud.com/…", Status: 200, Problem: "each documented field is absent or null", RequestID: "5e"}
	return []failureCase{
		{"Missing: read once", missing(job, readOnce, errNoJob)},
		{"Missing: wait", missing(job, success, errNoJob)},
		{"Missing: gate resource", missing(job, asResource, errNoJob)},
		{"Missing: one task of a list", missing(one, success, nil)},
		{"Missing: list", missing(list, success, nil)},
		{"Missing: response without content", missing(action, success, blank)},
	}
}

func disappearedTasks() []failureCase {
	gone := func(t gate.Target, options gate.Options, seen *task.Observation, err error) gate.Failure {
		return gate.Failure{Kind: gate.Disappeared, Target: t, Options: options, Seen: seen, Missing: task.Observation{State: task.Missing, MissingErr: err}}
	}
	ofList := gone(list, success, nil, nil)
	ofList.Gone = &task.Part{ID: "8abf", Name: "task 8abf (EXTEND)", Status: "EXECUTING", State: task.Running}
	noRecord := gone(action, success, &rollback, &transport.Error{Kind: transport.KindNotFound, Method: "GET", URL: "https://dws.cn-north-4.myhuaweicloud.com/…", Status: 404, Code: "DWS.0025"})
	noRecord.NoRecord = true
	another := gone(action, success, &rollback, nil)
	another.Missing.Note, another.NoRecord = "the API returns another task of this name, submitted at 2026-03-03 12:00:00", true
	return []failureCase{
		{"Disappeared: single task", gone(job, success, &running, errNoJob)},
		{"Disappeared: single task, action", gone(job, asAction, &running, errNoJob)},
		{"Disappeared: task of a list", ofList},
		{"Disappeared: finished list", gone(list, success, &task.Observation{State: task.Succeeded, Breakdown: "2 tasks: 2 succeeded"}, nil)},
		{"Disappeared: no failure record", noRecord},
		{"Disappeared: another task of the same name", another},
	}
}

func interruptions() []failureCase {
	interrupted := func(t gate.Target, options gate.Options, p task.Progress) gate.Failure {
		return gate.Failure{Kind: gate.Interrupted, Target: t, Options: options, Progress: p}
	}
	return []failureCase{
		{"Interrupted: wait", interrupted(job, success, last(running))},
		{"Interrupted: first poll", interrupted(job, readOnce, task.Progress{Polls: 1, Waited: 500 * time.Millisecond})},
		{"Interrupted: list", interrupted(list, idle, last(task.Observation{State: task.Running, Breakdown: "2 tasks: 1 running, 1 succeeded"}))},
		{"Interrupted: gate resource", interrupted(job, asResource, last(running))},
	}
}

func timeouts() []failureCase {
	out := func(t gate.Target, options gate.Options, p task.Progress, lastErr error) gate.Failure {
		p.LastErr = lastErr
		return gate.Failure{Kind: gate.TimedOut, Target: t, Options: options, Progress: p, Err: errors.Join(context.DeadlineExceeded, lastErr)}
	}
	unconfirmed := out(list, success, last(task.Observation{State: task.Succeeded, Breakdown: "2 tasks: 2 succeeded"}), nil)
	unconfirmed.Unconfirmed = true
	unconfirmedIdle := out(list, idle, last(task.Observation{State: task.Missing, Breakdown: "no tasks"}), errIncomplete)
	unconfirmedIdle.Unconfirmed, unconfirmedIdle.Progress.Last.State = true, task.Succeeded
	missing := last(task.Observation{State: task.Missing})
	gone := last(task.Observation{State: task.Running, Breakdown: "task 8abf (EXTEND) is no longer returned"})
	busy := last(task.Observation{State: task.Running, Inferred: true, Reason: "the cluster names SNAPSHOTTING as its task"})
	noSteps := last(task.Observation{State: task.Pending, Hint: HintNoSteps})
	noSteps.Polls = 1
	traced := success
	traced.OnMissing = gate.MissingIsSucceeded
	return []failureCase{
		{"Timed out: read once", out(job, readOnce, task.Progress{Polls: 1, Waited: 5 * time.Minute}, nil)},
		{"Timed out: read once, during a retry", out(job, readOnce, task.Progress{Polls: 1, Waited: 5 * time.Minute}, errAway)},
		{"Timed out: first poll of a wait", out(job, success, task.Progress{Polls: 1, Waited: 30 * time.Minute}, nil)},
		{"Timed out: running", out(job, success, last(running), nil)},
		{"Timed out: gate resource", out(job, asResource, last(running), nil)},
		{"Timed out: last error", out(job, asAction, last(running), errAway)},
		{"Timed out: last error with a hint", out(job, success, last(running), errThrottled)},
		{"Timed out: hint", out(gate.Target{Source: "dcs_task_progress", Noun: "DCS task progress", Name: "DCS task 5560/8abf", Argument: "task_id"}, success, noSteps, nil)},
		{"Timed out: list", out(list, success, last(task.Observation{State: task.Running, Breakdown: "3 tasks: 1 running, 2 succeeded"}), errIncomplete)},
		{"Timed out: not idle", out(list, idle, last(task.Observation{State: task.Unknown, Breakdown: "2 tasks: 1 unknown, 1 succeeded"}), nil)},
		{"Timed out: unconfirmed", unconfirmed},
		{"Timed out: unconfirmed idle", unconfirmedIdle},
		{"Timed out: missing, single task", out(job, waitToAppear, missing, nil)},
		{"Timed out: missing, list", out(list, waitToAppear, last(task.Observation{State: task.Missing, Breakdown: "no tasks"}), nil)},
		{"Timed out: missing, not conclusive", out(action, traced, missing, nil)},
		{"Timed out: task of a list is gone", out(list, waitToAppear, gone, nil)},
		{"Timed out: cluster names the action", out(action, traced, busy, nil)},
	}
}
