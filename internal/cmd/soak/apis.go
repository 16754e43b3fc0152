// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// api is the arguments and the responses of a data source. Every ID in them is
// that of the wait.
type api struct {
	args                       func(id string) map[string]string
	path                       func(id string) string
	template                   string // of a body: {id} and %s stand for the ID and the status
	running, succeeded, failed string
}

// body has %s in place of the status.
func (a api) body(id string) string { return strings.ReplaceAll(a.template, "{id}", id) }

// apis has the API of each data source.
func apis() map[string]api {
	named := func(names ...string) func(string) map[string]string {
		return func(id string) map[string]string {
			args := make(map[string]string)
			for _, name := range names {
				args[name] = id
			}
			return args
		}
	}
	one := func(path func(project, id string) string) func(string) string {
		return func(id string) string { return path(projectID, id) }
	}
	two := func(path func(project, parent, id string) string) func(string) string {
		return func(id string) string { return path(projectID, id, id) }
	}
	const (
		snapshots = `{"kind":"List","items":[{"metadata":{"uid":"{id}"},"status":{"phase":"%s"}}]}`
		object    = `{"metadata":{"uid":"{id}"},"status":{"phase":"%s"}}`
	)
	return map[string]api{
		"dws_cluster_action": {
			func(id string) map[string]string {
				return map[string]string{"cluster_id": id, "action_name": "GROWING"}
			},
			func(id string) string { return fakecloud.ActionPath(projectID, id, "GROWING") },
			`{"id":"{id}","action_name":"GROWING","status":"%s"}`, "RUNNING", "SUCCESS", "FAILED",
		},
		"dws_job":      {named("job_id"), one(fakecloud.DWSJobPath), `{"job_id":"{id}","status":"%s"}`, "RUNNING", "SUCCESS", "FAIL"},
		"dws_snapshot": {named("snapshot_id"), one(fakecloud.DWSSnapshotPath), `{"snapshot":{"id":"{id}","status":"%s"}}`, "CREATING", "AVAILABLE", "UNAVAILABLE"},
		"dcs_background_tasks": {
			named("instance_id", "task_id"), one(fakecloud.TasksPath),
			`{"task_count":1,"tasks":[{"id":"{id}","status":"%s"}]}`, "EXECUTING", "SUCCESS", "FAILED",
		},
		"dcs_task_progress": {
			named("instance_id", "task_id"), two(fakecloud.ProgressPath),
			`{"progress":100,"step_details":[{"step_id":"{id}","step_status":"%s"}]}`, "EXECUTING", "FINISH", "FAILED",
		},
		"dcs_job":                      {named("job_id"), one(fakecloud.JobPath), `{"job_id":"{id}","status":"%s"}`, "RUNNING", "SUCCESS", "FAIL"},
		"cce_snapshot_tasks":           {named("cluster_id", "uid"), one(fakecloud.SnapshotTasksPath), snapshots, "Running", "Success", "Failed"},
		"cce_autopilot_snapshot_tasks": {named("cluster_id", "uid"), one(fakecloud.AutopilotSnapshotTasksPath), snapshots, "Running", "Success", "Failed"},
		"cce_job":                      {named("job_id"), one(fakecloud.CCEJobPath), object, "Running", "Success", "Failed"},
		"cce_autopilot_job":            {named("job_id"), one(fakecloud.CCEAutopilotJobPath), object, "Running", "Success", "Failed"},
		"cce_upgrade_task":             {named("cluster_id", "task_id"), two(fakecloud.CCEUpgradeTaskPath), object, "Running", "Success", "Failed"},
		"cce_autopilot_upgrade_task":   {named("cluster_id", "task_id"), two(fakecloud.CCEAutopilotUpgradeTaskPath), object, "Running", "Success", "Failed"},
	}
}
