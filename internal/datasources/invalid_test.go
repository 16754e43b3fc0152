// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// invalid are arguments of one source, of which one is not valid.
type invalid struct {
	source string
	args   args // beside those that name a task
	at     string
}

func invalidArguments() []invalid {
	const job, list, action, progress = "dcs_job", "dcs_background_tasks", "dws_cluster_action", "dcs_task_progress"
	rows := []invalid{
		{action, args{"action_name": "REBOOTING"}, "action_name"},
		{action, args{"action_name": "snapshotting"}, "action_name"},
		{action, args{"language": "zh-cn"}, "language"},
		{action, args{"action_name": "RESIZE_FAILURE", "on_missing": "succeeded", "wait_for": "success"}, "on_missing"},
		{job, args{"region": "example.com/"}, "region"},
		{job, args{"project_id": "a b"}, "project_id"},

		{list, args{"wait_for": "end"}, "wait_for"},
		{action, args{"wait_for": "idle"}, "wait_for"},
		{progress, args{"wait_for": "idle"}, "wait_for"},
		{job, args{"wait_for": "idle"}, "wait_for"},
		{list, args{"task_id": nil, "wait_for": "success"}, "wait_for"},
		{list, args{"task_id": nil, "name": "EXTEND", "latest": true, "end_time": "20200609160000", "wait_for": "completion"}, "wait_for"},
		{"cce_snapshot_tasks", args{"uid": nil, "latest": true, "wait_for": "completion"}, "wait_for"},
		{"cce_autopilot_snapshot_tasks", args{"uid": nil, "wait_for": "success"}, "wait_for"},
		{list, args{"wait_for": "idle"}, "task_id"},
		{list, args{"task_id": nil, "latest": false, "wait_for": "idle"}, "latest"},
		{"cce_snapshot_tasks", args{"uid": nil, "created_after": "2023-11-25T09:00:00Z", "wait_for": "idle"}, "created_after"},
		{list, args{"task_id": nil, "start_time": "20200609160000", "wait_for": "idle"}, "start_time"},
		{list, args{"task_id": nil, "end_time": "20200609160000", "wait_for": "idle"}, "end_time"},
		{list, args{"task_id": nil, "name": "EXTEND", "wait_for": "idle"}, "name"},
		{"cce_snapshot_tasks", args{"wait_for": "idle"}, "uid"},
		{"cce_snapshot_tasks", args{"uid": nil, "latest": true, "wait_for": "idle"}, "latest"},
		{job, args{"on_missing": "ok"}, "on_missing"},
		{job, args{"on_missing": "succeeded", "wait_for": "success"}, "on_missing"},
		{list, args{"on_missing": "succeeded", "wait_for": "success"}, "on_missing"},
		{action, args{"on_missing": "succeeded"}, "on_missing"},

		{job, args{"poll_interval": "999ms"}, "poll_interval"},
		{job, args{"poll_interval": "-1s"}, "poll_interval"},
		{job, args{"poll_interval": "5"}, "poll_interval"},
		{job, args{"timeouts": args{"read": "0s"}}, "timeouts.read"},
		{job, args{"timeouts": args{"read": "-5m"}}, "timeouts.read"},
		{job, args{"timeouts": args{"read": "soon"}}, "timeouts.read"},
		{job, args{"wait_for": "success", "poll_interval": "10s", "timeouts": args{"read": "10s"}}, "timeouts.read"},
		{job, args{"wait_for": "success", "poll_interval": "30m"}, "timeouts.read"},
		{list, args{"wait_for": "success", "poll_interval": "10s", "timeouts": args{"read": "11s"}}, "timeouts.read"},

		{job, args{"status_map": args{"DONE": "done"}}, "status_map.DONE"},
		{job, args{"status_map": args{"DONE": "Succeeded"}}, "status_map.DONE"},
		{job, args{"status_map": args{"DONE": "missing"}}, "status_map.DONE"},
		{job, args{"status_map": args{"DONE": "unknown"}}, "status_map.DONE"},
		{job, args{"status_map": args{"DONE": nil}}, "status_map.DONE"},
		{job, args{"status_map": args{"": "succeeded"}}, "status_map"},
		{job, args{"status_map": args{"Done": "succeeded", "DONE": "failed"}}, "status_map.Done"},

		{list, args{"limit": -1}, "limit"},
		{list, args{"limit": 0}, "limit"},
		{list, args{"offset": -1}, "offset"},
		{list, args{"name": ""}, "name"},
		{list, args{"start_time": ""}, "start_time"},
		{list, args{"start_time": "2020-06-09 16:00:00"}, "start_time"},
		{list, args{"start_time": "19700101000000"}, "start_time"},
		{list, args{"end_time": "0001-01-01T00:00:00Z"}, "end_time"},
		{"cce_snapshot_tasks", args{"created_after": "0001-01-01T00:00:00Z"}, "created_after"},
		{list, args{"end_time": "20200631000000"}, "end_time"},
		{list, args{"end_time": "20200609160000.5"}, "end_time"},
		{list, args{"start_time": "20200609160001", "end_time": "2020-06-09T18:00:00+02:00"}, "end_time"},
		{"cce_snapshot_tasks", args{"created_after": "20231125090000"}, "created_after"},
	}
	for _, id := range []string{".", "..", "a/b", "a?b", "a#b", "a%2fb", "é"} {
		rows = append(rows, invalid{job, args{"job_id": id}, "job_id"})
	}
	for _, s := range providertest.Sources() {
		for name := range s.Task() {
			rows = append(rows, invalid{s.Name, args{name: ""}, name})
		}
	}
	return rows
}

// TestRead_rejectsAnInvalidArgument in one error that names it, before any request.
func TestRead_rejectsAnInvalidArgument(t *testing.T) {
	t.Parallel()
	for _, row := range invalidArguments() {
		t.Run(row.source+fmt.Sprint(row.args), func(t *testing.T) {
			t.Parallel()
			s := providertest.SourceNamed(row.source)
			cloud := newCloud()
			got := read(t, cloud, s, s.Task().With(row.args))
			if len(got.Diagnostics) != 1 || got.Diagnostics[0].At != row.at || !strings.HasPrefix(got.Diagnostics[0].Summary, "Invalid ") {
				t.Errorf("the result is %+v, want one error at %s", got, row.at)
			}
			testkit.Diff(t, "requests", 0, len(cloud.Requests()))
		})
	}
}
