// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// These waits take real seconds, through Terraform: plan, apply, plan again.
// What a longer wait does is told in virtual time.

const (
	finished = `{"progress":100,"remain_time":0,"step_details":[{"step_status":"FINISH"}]}`
	broken   = `{"progress":40,"step_details":[{"step_name":"数据迁移","step_status":"FAILED","error_code":"DCS.4066"}]}`
)

// later is what a path answers at first, and once a second has passed.
func later(first, then string) []fakecloud.Response {
	return []fakecloud.Response{{Body: first}, {After: time.Second, Body: then}}
}

func laterTasks(first, then string) fakecloud.TaskList {
	task := func(status string) []string {
		return []string{strings.Replace(fakecloud.ExampleDCSBackgroundTask(), `"SUCCESS"`, `"`+status+`"`, 1)}
	}
	return fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: task(first)}, {After: time.Second, Tasks: task(then)}}}
}

// awaited are the arguments of a wait for success.
func awaited(more args) args {
	return args{"wait_for": "success", "poll_interval": "1s", "timeouts": args{"read": "30s"}}.With(more)
}

func TestAll_waitForSuccessThroughTerraform(t *testing.T) {
	t.Parallel()
	cloud, settings := serve(t)
	cloud.Serve(fakecloud.ActionPath(projectID, clusterID, action), later(`{"status":"RUNNING"}`, `{"status":"SUCCESS"}`)...)
	cloud.ServeTasks(projectID, instanceID, laterTasks("EXECUTING", "SUCCESS"))
	cloud.Serve(fakecloud.ProgressPath(projectID, instanceID, taskID), later(fakecloud.ExampleDCSTaskProgress, finished)...)
	cloud.Serve(fakecloud.JobPath(projectID, jobID), later(`{"status":"RUNNING"}`, fakecloud.ExampleDCSJob)...)
	for _, s := range backups() {
		cloud.Serve(s.path, later(fakecloud.ExampleCCESnapshotTasks, strings.Replace(fakecloud.ExampleCCESnapshotTasks, "Running", "Success", 1))...)
	}

	config := provided(settings)
	var checks []statecheck.StateCheck
	for _, s := range subjects() {
		ask := awaited(s.ids)
		if s.backs() {
			ask["uid"] = snapshotID
		}
		config += data(s.source, ask)
		checks = append(checks,
			statecheck.ExpectKnownValue(address(s.source), tfjsonpath.New("state"), is("succeeded")),
			statecheck.ExpectKnownValue(address(s.source), tfjsonpath.New("succeeded"), yes))
	}
	begin := time.Now()
	run(t, resource.TestStep{Config: config, ConfigStateChecks: checks})
	if waited := time.Since(begin); waited < time.Second {
		t.Errorf("nobody has waited: it took %s", waited)
	}
}

func TestAll_failTheWaitWithTheReasonThroughTerraform(t *testing.T) {
	t.Parallel()
	failedBackup := strings.NewReplacer(`"Running"`, `"Failed"`, `"spec" : { }`, `"spec":{"items":[{"id":"m1","type":"master-backup","status":"Failed","message":"disk full"}]}`).
		Replace(fakecloud.ExampleCCESnapshotTasks)
	for _, tc := range []struct {
		source string
		serve  func(*fakecloud.Cloud)
		ask    args
		want   []string
	}{
		{
			"dws_cluster_action",
			func(c *fakecloud.Cloud) {
				c.Serve(fakecloud.ActionPath(projectID, clusterID, action), later(`{"status":"RUNNING"}`, fakecloud.ExampleDWSClusterAction)...)
			},
			actionArgs,
			[]string{"Error: DWS cluster action failed", actionName + " has failed: " + snapshotReason + "."},
		},
		{
			"dcs_background_tasks",
			func(c *fakecloud.Cloud) {
				c.ServeTasks(projectID, instanceID, laterTasks("EXECUTING", "FAILED"))
				c.Serve(fakecloud.ProgressPath(projectID, instanceID, taskID), fakecloud.Response{Body: broken})
			},
			tasksArgs,
			[]string{
				"Error: DCS background tasks failed",
				tasksName + " (EXTEND) have failed after 3.5s: task " + taskID + ` (EXTEND) FAILED: step "数据迁移" FAILED (error_code DCS.4066).`,
			},
		},
		{
			"dcs_task_progress",
			func(c *fakecloud.Cloud) {
				c.Serve(fakecloud.ProgressPath(projectID, instanceID, taskID), later(fakecloud.ExampleDCSTaskProgress, broken)...)
			},
			progressArgs,
			[]string{"Error: DCS task progress failed", progressName + ` has failed: step "数据迁移" FAILED (error_code DCS.4066).`},
		},
		{
			"dcs_job",
			func(c *fakecloud.Cloud) {
				c.Serve(fakecloud.JobPath(projectID, jobID), later(`{"status":"RUNNING"}`, `{"status":"FAIL","fail_reason":"no memory left"}`)...)
			},
			args{"job_id": jobID},
			[]string{"Error: DCS job failed", "DCS job " + jobID + " has failed: no memory left."},
		},
		{
			"cce_snapshot_tasks",
			func(c *fakecloud.Cloud) {
				c.Serve(fakecloud.SnapshotTasksPath(projectID, clusterID), later(fakecloud.ExampleCCESnapshotTasks, failedBackup)...)
			},
			snapshotArgs.With(args{"created_after": "2023-11-25T09:03:46Z"}),
			[]string{
				"Error: CCE snapshot task failed", snapshotsName + " created after 2023-11-25T09:03:46Z (" + snapshotID + ")",
				"failed: master-backup m1 Failed: disk full.",
			},
		},
		{
			"cce_autopilot_snapshot_tasks",
			func(c *fakecloud.Cloud) {
				c.Serve(fakecloud.AutopilotSnapshotTasksPath(projectID, clusterID), later(fakecloud.ExampleCCESnapshotTasks, failedBackup)...)
			},
			snapshotArgs.With(args{"created_after": "2023-11-25T09:03:46Z"}),
			[]string{
				"Error: CCE Autopilot snapshot task failed", "CCE Autopilot snapshot tasks of cluster " + clusterID + " created after 2023-11-25T09:03:46Z (" + snapshotID + ")",
				"failed: master-backup m1 Failed: disk full.",
			},
		},
	} {
		t.Run(tc.source, func(t *testing.T) {
			t.Parallel()
			cloud, settings := serve(t)
			tc.serve(cloud)
			refuse(t, settings, tc.source, awaited(tc.ask),
				append(tc.want, "Nothing that depends on it goes on. Remove the cause and start the operation again.")...)
		})
	}
}

func TestAll_waitForWhatIsNotThereYetThroughTerraform(t *testing.T) {
	t.Parallel()
	cloud, settings := serve(t)
	cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{After: time.Second, Body: fakecloud.ExampleDCSJob})
	cloud.ServeTasks(projectID, instanceID, laterTasks("EXECUTING", "FAILED"))
	known := func(source, attribute string, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(address(source), tfjsonpath.New(attribute), want)
	}
	run(t, resource.TestStep{
		Config: provided(settings) +
			data("dcs_job", awaited(args{"job_id": jobID, "on_missing": "pending"})) +
			data("dcs_background_tasks", awaited(tasksArgs).With(args{"wait_for": "idle"})),
		ConfigStateChecks: []statecheck.StateCheck{
			known("dcs_job", "state", is("succeeded")),
			known("dcs_background_tasks", "state", is("failed")),
			known("dcs_background_tasks", "idle", yes),
		},
	})
}
