// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// complete are the tests of the complete examples, by folder and name.
var complete = map[string]map[string]func(*testing.T, *workspace){
	"dcs-switchover":             switchover,
	"dws-snapshot-before-resize": resize,
	"cce-backup-before-upgrade":  upgrade,
	"instance-idle":              idle,
	"nightly-check":              night,
	"dws-snapshot-copy":          snapshotCopy,
	"cce-node-pool-job":          nodePool,
}

// variables are those of the complete examples, by folder.
var variables = map[string]map[string]any{
	"dcs-switchover": {"instance_id": instanceID, "cluster_id": cceCluster, "chart_id": "6d1f3a52", "app_version": "1.4.0"},
	"dws-snapshot-before-resize": {
		"cluster_id": dwsCluster, "number_of_node": 6, "user_pwd": "a-password",
		"network": map[string]any{"availability_zone": "cn-north-4a", "vpc_id": "v", "network_id": "n", "security_group_id": "s"},
	},
	"cce-backup-before-upgrade": {"cluster_id": cceCluster, "target_version": "v1.31", "backup_uid": snapshotID},
	"instance-idle": {
		"instance_id": instanceID, "capacity": 4, "flavor": "redis.ha.xu1.large.r2.4", "clients": []string{"192.168.0.0/24"}, "reader_password": "a-password",
		"network": map[string]any{"availability_zones": []string{"cn-north-4a", "cn-north-4b"}, "vpc_id": "v", "subnet_id": "s"},
	},
	"nightly-check": {
		"dcs_instances": map[string]string{"orders": instanceID, "cache": secondInstance},
		"cce_clusters":  map[string]string{"production": cceCluster},
	},
	"dws-snapshot-copy": {"snapshot_id": snapshotID, "cluster_name": "restored", "restore": `echo "$SNAPSHOT_ID $CLUSTER_NAME" >> restored`},
	"cce-node-pool-job": {"cluster_id": cceCluster, "node_pool": "large", "job_id": fakecloud.ExampleCCEJobID, "chart_id": "6d1f3a52"},
}

// TestComplete ranges over the folders, so that each example has a test.
func TestComplete(t *testing.T) {
	t.Parallel()
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		name := folder.Name()
		if !folder.IsDir() || slices.Contains([]string{"actions", "data-sources", "demo", "functions", "guides", "provider", "quick-start", "resources"}, name) {
			continue // tested elsewhere
		}
		if len(complete[name]) == 0 {
			t.Errorf("%s has no test", name)
		}
		for what, test := range complete[name] {
			t.Run(name+"/"+what, func(t *testing.T) {
				t.Parallel()
				test(t, newWorkspace(t, name, variables[name]))
			})
		}
	}
}

// dcsTask is a task of a DCS instance that was created some time ago.
func dcsTask(name, status string, ago time.Duration) string {
	return fmt.Sprintf(`{"id":%q,"name":%q,"status":%q,"created_at":%q}`, name+ago.String(), name, status, time.Now().Add(-ago).UTC().Format(time.RFC3339Nano))
}

// serveTasks sets the tasks of a DCS instance from the first request on.
func (w *workspace) serveTasks(instance string, tasks ...string) {
	w.serveTimeline(instance, fakecloud.TaskListStep{Tasks: tasks})
}

func (w *workspace) serveTimeline(instance string, steps ...fakecloud.TaskListStep) {
	w.cloud.ServeTasks(projectID, instance, fakecloud.TaskList{Steps: steps})
}

var switchover = map[string]func(*testing.T, *workspace){
	"rolls out after the switchover": func(t *testing.T, w *workspace) {
		yesterday := dcsTask("masterStandbySwapJob", "SUCCESS", 24*time.Hour)
		w.serveTimeline(instanceID,
			fakecloud.TaskListStep{Tasks: []string{yesterday}},
			fakecloud.TaskListStep{After: 500 * time.Millisecond, Tasks: []string{dcsTask("masterStandbySwapJob", "EXECUTING", 0), yesterday}},
			fakecloud.TaskListStep{After: 1500 * time.Millisecond, Tasks: []string{dcsTask("masterStandbySwapJob", "SUCCESS", 0), yesterday}})
		w.apply(t, "")
		w.checkResources(t, "huaweicloud_cce_release.shop", "huaweicloud_dcs_master_standby_switch.cache", "hwtasks_gate_dcs_background_tasks.switchover", "terraform_data.begin")
		w.checkOutput(t, "switchover", "succeeded")
		if polls := w.polls(fakecloud.TasksPath(projectID, instanceID)); polls < 3 {
			t.Errorf("%d polls: it did not wait", polls)
		}
	},
	"stops after a failure, and retries on request": func(t *testing.T, w *workspace) {
		w.serveTasks(instanceID, dcsTask("masterStandbySwapJob", "FAILED", 0))
		w.apply(t, "Error: DCS background tasks failed")
		w.checkResources(t, "huaweicloud_dcs_master_standby_switch.cache", "terraform_data.begin")
		w.apply(t, "Error: DCS background tasks failed")

		w.serveTasks(instanceID, dcsTask("masterStandbySwapJob", "SUCCESS", 0))
		w.apply(t, "", "-replace=terraform_data.begin")
		w.checkResources(t, "huaweicloud_cce_release.shop", "huaweicloud_dcs_master_standby_switch.cache", "hwtasks_gate_dcs_background_tasks.switchover", "terraform_data.begin")
	},
}

// serveSnapshot serves the snapshot of the stub of the official provider.
func (w *workspace) serveSnapshot(status string) {
	body := func(status string) string {
		return fmt.Sprintf(`{"snapshot":{"id":"dws_snapshot","status":%q}}`, status)
	}
	w.cloud.Serve(fakecloud.DWSSnapshotPath(projectID, "dws_snapshot"),
		fakecloud.Response{Body: body("CREATING")}, fakecloud.Response{After: time.Second, Body: body(status)})
	w.cloud.Serve(fakecloud.ClusterPath(projectID, dwsCluster), fakecloud.Response{Body: `{"cluster":{"id":"` + dwsCluster + `","task_status":null}}`})
}

// The gate of the resize waits 30 seconds for a task that is not listed.
var resize = map[string]func(*testing.T, *workspace){
	"resizes after the snapshot, and remembers both": func(t *testing.T, w *workspace) {
		w.serveSnapshot("AVAILABLE")
		w.apply(t, "")
		w.checkResources(t, "huaweicloud_dws_cluster.warehouse", "huaweicloud_dws_snapshot.before", "hwtasks_gate_dws_cluster_action.resize", "hwtasks_gate_dws_snapshot.before")
		w.checkOutput(t, "resize", "succeeded")
		w.applyWithoutRequests(t)
	},
	"does not resize after a failed snapshot": func(t *testing.T, w *workspace) {
		w.serveSnapshot("UNAVAILABLE")
		w.apply(t, "Error: DWS snapshot failed")
		w.checkResources(t, "huaweicloud_dws_snapshot.before")
	},
	"reports a failed resize": func(t *testing.T, w *workspace) {
		w.serveSnapshot("AVAILABLE")
		w.cloud.Serve(fakecloud.ActionPath(projectID, dwsCluster, "RESIZE_FAILURE"), fakecloud.Response{Body: `{"action_name":"RESIZE_FAILURE","status":"FAILED"}`})
		w.apply(t, "Error: DWS cluster action failed")
		w.checkResources(t, "huaweicloud_dws_cluster.warehouse", "huaweicloud_dws_snapshot.before", "hwtasks_gate_dws_snapshot.before")
	},
}

// applyWithoutRequests applies again: gates remember that they passed.
func (w *workspace) applyWithoutRequests(t *testing.T) {
	t.Helper()
	sent := len(w.cloud.Requests())
	w.apply(t, "")
	if again := len(w.cloud.Requests()); again != sent {
		t.Errorf("the second apply sends %d requests", again-sent)
	}
}

// serveBackup sets the only backup of the CCE cluster.
func (w *workspace) serveBackup(phase string, ago time.Duration) {
	w.cloud.Serve(fakecloud.SnapshotTasksPath(projectID, cceCluster), fakecloud.Response{Body: fmt.Sprintf(
		`{"kind":"List","items":[{"metadata":{"uid":%q,"creationTimestamp":%q},"status":{"phase":%q}}]}`,
		snapshotID, time.Now().Add(-ago).UTC().Format("2006-01-02 15:04:05.999999999 -0700 MST"), phase)})
}

var upgrade = map[string]func(*testing.T, *workspace){
	"upgrades after the backup, and remembers it": func(t *testing.T, w *workspace) {
		w.cloud.Serve(fakecloud.SnapshotTasksPath(projectID, cceCluster), fakecloud.Response{Body: `{"kind":"List","items":[]}`},
			fakecloud.Response{After: time.Second, Body: strings.ReplaceAll(fakecloud.ExampleCCESnapshotTasks, `"Running"`, `"Success"`)})
		w.apply(t, "")
		w.checkResources(t, "huaweicloud_cce_cluster_upgrade.cluster", "hwtasks_gate_cce_snapshot_tasks.backup", "terraform_data.backup")
		w.checkOutput(t, "backup", "succeeded")
		w.write(t, "terraform.tfvars.json", `{"cluster_id":"`+cceCluster+`","target_version":"v1.31"}`)
		w.applyWithoutRequests(t)
	},
	"does not upgrade after a failed backup": func(t *testing.T, w *workspace) {
		w.serveBackup("Failed", time.Minute)
		w.apply(t, "Error: CCE snapshot task failed")
		w.checkResources(t, "terraform_data.backup")
	},
	"does not upgrade without a backup": func(t *testing.T, w *workspace) {
		w.write(t, "terraform.tfvars.json", `{"cluster_id":"`+cceCluster+`","target_version":"v1.31"}`)
		w.apply(t, "must say which task is meant")
		if requests := w.cloud.Requests(); len(requests) > 0 {
			t.Errorf("%d requests", len(requests))
		}
	},
}

var idle = map[string]func(*testing.T, *workspace){
	"changes the instance once it is idle": func(t *testing.T, w *workspace) {
		w.serveTimeline(instanceID, fakecloud.TaskListStep{Tasks: []string{dcsTask("AddWhitelist", "EXECUTING", time.Minute)}},
			fakecloud.TaskListStep{After: time.Second, Tasks: []string{dcsTask("AddWhitelist", "SUCCESS", time.Minute)}})
		w.apply(t, "")
		w.checkResources(t, "huaweicloud_dcs_account.reader", "huaweicloud_dcs_instance.cache")
	},
	"does not change a busy instance": func(t *testing.T, w *workspace) {
		w.setTimeout(t, "before", "2s")
		w.serveTasks(instanceID, dcsTask("AddWhitelist", "EXECUTING", time.Minute))
		w.apply(t, "Error: Timed out waiting for DCS background tasks")
		w.checkResources(t)
	},
	"adds no account while the whitelist is changing": func(t *testing.T, w *workspace) {
		w.setTimeout(t, "between", "3s")
		w.serveTimeline(instanceID, fakecloud.TaskListStep{},
			fakecloud.TaskListStep{After: 1500 * time.Millisecond, Tasks: []string{dcsTask("AddWhitelist", "EXECUTING", 0)}})
		w.apply(t, "Error: Timed out waiting for DCS background tasks")
		w.checkResources(t, "huaweicloud_dcs_instance.cache")
	},
}

func (w *workspace) setTimeout(t *testing.T, name, timeout string) {
	t.Helper()
	w.write(t, "timeout_override.tf", fmt.Sprintf("data \"hwtasks_dcs_background_tasks\" %q {\n  timeouts = { read = %q }\n}\n", name, timeout))
}

const secondInstance = "6660df16-cebf-4473-95c4-d1b573c16e79"

var night = map[string]func(*testing.T, *workspace){
	"passes without findings": func(t *testing.T, w *workspace) {
		w.serveTasks(instanceID, dcsTask("EXTEND", "FAILED", 48*time.Hour))
		w.serveTasks(secondInstance, dcsTask("EXTEND", "EXECUTING", time.Hour))
		w.serveBackup("Success", time.Hour)
		w.checkNight(t, "pass")
	},
	"reports a failed task and an old backup": func(t *testing.T, w *workspace) {
		w.serveTasks(instanceID)
		w.serveTasks(secondInstance, dcsTask("EXTEND", "EXECUTING", time.Hour), dcsTask("modify", "FAILED", 2*time.Hour))
		w.serveBackup("Success", 30*time.Hour)
		w.checkNight(t, "fail")
	},
	"fails if a read fails": func(t *testing.T, w *workspace) {
		w.serveBackup("Success", time.Hour)
		if out := w.plan(t, 1); !strings.Contains(out, "Error: Unable to read DCS background tasks") {
			t.Error(out)
		}
	},
}

// checkNight plans, and compares the status of both checks. The plan has changes,
// because its output is new.
func (w *workspace) checkNight(t *testing.T, want string) {
	t.Helper()
	w.plan(t, 2)
	all := map[string]string{"check.each_cluster_has_a_backup": want, "check.no_task_of_an_instance_has_failed": want}
	if d := cmp.Diff(all, w.statuses(t)); d != "" {
		t.Errorf("checks (-want +got):\n%s", d)
	}
}

// TestComplete_ownTests runs the tests of an example, as its user would.
func TestComplete_ownTests(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "dcs-switchover", nil)
	oldest := map[string]string{"Terraform": "1.7.0", "OpenTofu": "1.8.0"}[w.cli.Name]
	if w.cli.Version.Core().LessThan(version.Must(version.NewVersion(oldest))) {
		t.Skipf("%s has no mock_provider, which requires %s", w.cli, oldest)
	}
	if out, code := w.run(t, "test", "-no-color"); code != 0 || !strings.Contains(out, "Success! 2 passed, 0 failed.") {
		t.Errorf("terraform test exits with %d:\n%s", code, out)
	}
}
