// SPDX-License-Identifier: MPL-2.0

package client

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

func TestDCSBackgroundTasks_observe(t *testing.T) {
	of := func(fields string) string { return `{"task_count":1,"tasks":[{"id":"a",` + fields + `}]}` }
	const times = `,"created_at":"2020-06-17T08:18:06.597Z","updated_at":"2020-06-17T08:18:09.597Z"`
	for _, test := range []struct {
		body     string
		statuses map[string]task.State
		want     task.Observation
	}{
		{of(`"name":"EXTEND","status":"SUCCESS"` + times), nil, task.Observation{Label: "EXTEND", State: task.Succeeded, Status: "SUCCESS", Duration: 3 * time.Second}},
		{of(`"name":"EXTEND","status":"EXECUTING"` + times), nil, task.Observation{Label: "EXTEND", State: task.Running, Status: "EXECUTING", Busy: true}},
		{of(`"status":"FROZEN"`), nil, task.Observation{State: task.Unknown, Status: "FROZEN", UnknownStatus: "FROZEN", UnknownReason: `status "FROZEN"`, Busy: true}},
		{of(`"status":"FROZEN"`), map[string]task.State{"Frozen": task.Failed}, task.Observation{State: task.Failed, Status: "FROZEN"}},
		{of(`"status":"EXECUTING"`), map[string]task.State{"executing": task.Succeeded}, task.Observation{State: task.Succeeded, Status: "EXECUTING"}},
		{of(`"params":[],"details":{"old_port":"","rename_commands":"none"},"enable_show":"x","status":"SUCCESS"`), nil, task.Observation{State: task.Succeeded, Status: "SUCCESS"}},
	} {
		cloud := newCloud()
		cloud.Serve(dcsBackgroundTasks.path, fakecloud.Response{Body: test.body})
		list, err := project(t, newClient(cloud.Transport())).DCSBackgroundTasks(t.Context(), DCSBackgroundTaskQuery{InstanceID: instanceID})
		diff(t, "error", nil, err)
		o := list.Observe(DCSBackgroundTaskStatuses.Merge(test.statuses))
		o.Tasks = nil
		diff(t, test.body, test.want, o)
	}
}

func TestDCSBackgroundTasksReason(t *testing.T) {
	const (
		failed    = `{"id":"failed-1","name":"EXTEND","status":"FAILED","created_at":"2020-06-17T08:18:06.597Z"}`
		coded     = `{"id":"failed-2","status":"FAIL","error_code":"DCS.4927","created_at":"2020-06-17T08:18:07.597Z"}`
		succeeded = `{"id":"fine","status":"SUCCESS","created_at":"2020-06-17T08:18:09.597Z"}`
		frozen    = `{"id":"frozen","status":"FROZEN"}`
		steps     = `{"step_details":[{"step_name":"a","step_status":"FAILED","error_code":"DCS.4065"}]}`
		reason    = `step "a" FAILED (error_code DCS.4065)`
	)
	for _, test := range []struct {
		name     string
		tasks    []string
		progress fakecloud.Fault // of the latest failure
		want     string
		requests int
	}{
		{"none failed", []string{succeeded}, fakecloud.Fault{Body: steps}, "", 0},
		{"with its steps", []string{failed}, fakecloud.Fault{Body: steps}, `task failed-1 (EXTEND) FAILED: ` + reason, 1},
		{"the latest of two", []string{failed, coded, succeeded}, fakecloud.Fault{Body: steps}, `task failed-2 FAIL (error_code DCS.4927): ` + reason + `; also failed: failed-1`, 1},
		{"the latest comes first", []string{coded, failed}, fakecloud.Fault{Body: `{}`}, `task failed-2 FAIL (error_code DCS.4927); also failed: failed-1`, 1},
		{"no step has failed", []string{failed}, fakecloud.Fault{Body: `{"step_details":[{"step_status":"FINISH"}]}`}, "task failed-1 (EXTEND) FAILED", 1},
		{"no progress", []string{failed}, fakecloud.Fault{Status: 404, Body: `{"error_code":"DCS.4070"}`}, "task failed-1 (EXTEND) FAILED", 1},
		{"unavailable", []string{failed}, fakecloud.Fault{Status: 503, Times: -1}, "task failed-1 (EXTEND) FAILED", 1},
		{"throttled", []string{failed}, fakecloud.Fault{Status: 429, Times: -1}, "task failed-1 (EXTEND) FAILED", 1},
		{"malformed", []string{failed}, fakecloud.Fault{Body: "<html>"}, "task failed-1 (EXTEND) FAILED", 1},
		{"an ID that is a path", []string{`{"id":"../x","name":"EXTEND","status":"FAILED"}`}, fakecloud.Fault{Body: steps}, "task ../x (EXTEND) FAILED", 0},
		{"mapped to failed", []string{frozen, succeeded}, fakecloud.Fault{}, "task frozen FROZEN", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: test.tasks}}})
				for _, id := range []string{"failed-1", "failed-2"} {
					cloud.Fail(fakecloud.ProgressPath(projectID, instanceID, id), test.progress)
				}
				p := project(t, newClient(cloud.Transport(), retries(5)))
				list, err := p.DCSBackgroundTasks(t.Context(), DCSBackgroundTaskQuery{InstanceID: instanceID})
				diff(t, "error", nil, err)
				statuses := DCSBackgroundTaskStatuses.Merge(map[string]task.State{"FROZEN": task.Failed})
				diff(t, "reason", test.want, p.DCSBackgroundTasksReason(t.Context(), instanceID, list, statuses))
				diff(t, "requests", 1+test.requests, len(cloud.Requests()))
			})
		})
	}
}
