// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// scene is one use of a configuration.
type scene struct {
	name      string
	variables map[string]any
	play      func(*testing.T, *stage)
}

// configurations are the complete examples, by folder.
var configurations = map[string][]scene{
	"dcs-switchover":             switchover,
	"dws-snapshot-before-resize": resize,
	"cce-backup-before-upgrade":  upgrade,
	"instance-idle":              idle,
	"nightly-check":              night,
}

// TestConfigurations_doWhatTheyPromise ranges over the folders, so that no
// configuration can be without a test.
func TestConfigurations_doWhatTheyPromise(t *testing.T) {
	t.Parallel()
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		switch folder.Name() {
		case "actions", "data-sources", "demo", "functions", "guides", "provider", "quick-start", "resources":
			continue // these have tests of their own
		}
		if !folder.IsDir() {
			continue
		}
		scenes := configurations[folder.Name()]
		if len(scenes) == 0 {
			t.Errorf("the test expects nothing of %s", folder.Name())
		}
		for _, scene := range scenes {
			t.Run(folder.Name()+"/"+scene.name, func(t *testing.T) {
				t.Parallel()
				scene.play(t, set(t, folder.Name(), scene.variables))
			})
		}
	}
}

// dcsTask is a task of the instance that was created so long ago.
func dcsTask(name, status string, ago time.Duration) string {
	return fmt.Sprintf(`{"id":%q,"name":%q,"status":%q,"created_at":%q}`, name+ago.String(), name, status, time.Now().Add(-ago).UTC().Format(time.RFC3339Nano))
}

func timeline(steps ...fakecloud.TaskListStep) fakecloud.TaskList {
	return fakecloud.TaskList{Steps: steps}
}

func from(after time.Duration, tasks ...string) fakecloud.TaskListStep {
	return fakecloud.TaskListStep{After: after, Tasks: tasks}
}

var (
	shop = map[string]any{"instance_id": instanceID, "cluster_id": cceCluster, "chart_id": "6d1f3a52", "app_version": "1.4.0"}

	switchover = []scene{
		{"rolls out after the switchover, not after that of yesterday", shop, func(t *testing.T, s *stage) {
			yesterday := dcsTask("masterStandbySwapJob", "SUCCESS", 24*time.Hour)
			s.cloud.ServeTasks(projectID, instanceID, timeline(
				from(0, yesterday), from(500*time.Millisecond, dcsTask("masterStandbySwapJob", "EXECUTING", 0), yesterday),
				from(1500*time.Millisecond, dcsTask("masterStandbySwapJob", "SUCCESS", 0), yesterday)))
			s.apply(t, "")
			s.has(t, "huaweicloud_cce_release.shop", "huaweicloud_dcs_master_standby_switch.cache", "hwtasks_gate_dcs_background_tasks.switchover", "terraform_data.begin")
			s.shows(t, "switchover", "DCS background tasks of instance "+instanceID+" (masterStandbySwapJob): succeeded (SUCCESS)")
			if polls := requests(s, fakecloud.TasksPath(projectID, instanceID)); polls < 3 {
				t.Errorf("it polled %d times, and so did not wait", polls)
			}
		}},
		{"stops after a failure, and tries again when it must", shop, func(t *testing.T, s *stage) {
			s.cloud.ServeTasks(projectID, instanceID, timeline(from(0, dcsTask("masterStandbySwapJob", "FAILED", 0))))
			s.apply(t, "Error: DCS background tasks failed")
			s.has(t, "huaweicloud_dcs_master_standby_switch.cache", "terraform_data.begin")
			s.apply(t, "Error: DCS background tasks failed")

			s.cloud.ServeTasks(projectID, instanceID, timeline(from(0, dcsTask("masterStandbySwapJob", "SUCCESS", 0))))
			s.apply(t, "", "-replace=terraform_data.begin")
			s.has(t, "huaweicloud_cce_release.shop", "huaweicloud_dcs_master_standby_switch.cache", "hwtasks_gate_dcs_background_tasks.switchover", "terraform_data.begin")
		}},
	}
)

var (
	warehouse = map[string]any{
		"cluster_id": dwsCluster, "number_of_node": 6, "user_pwd": "a-password",
		"network": map[string]any{"availability_zone": "cn-north-4a", "vpc_id": "v", "network_id": "n", "security_group_id": "s"},
	}

	resize = []scene{
		{"resizes after the snapshot, and remembers both", warehouse, func(t *testing.T, s *stage) {
			snapshot(s, "AVAILABLE")
			serveIdleWarehouse(s)
			s.apply(t, "")
			s.has(t, "huaweicloud_dws_cluster.warehouse", "huaweicloud_dws_snapshot.before", "hwtasks_gate_dws_cluster_action.resize", "hwtasks_gate_dws_snapshot.before")
			s.shows(t, "resize", "DWS action GROWING of cluster "+dwsCluster+": missing, assumed succeeded")
			sent := len(s.cloud.Requests())
			s.apply(t, "")
			if again := len(s.cloud.Requests()); again != sent {
				t.Errorf("the second apply sends %d requests", again-sent)
			}
		}},
		{"does not resize when the snapshot has failed", warehouse, func(t *testing.T, s *stage) {
			snapshot(s, "UNAVAILABLE")
			s.apply(t, "Error: DWS snapshot failed")
			s.has(t, "huaweicloud_dws_snapshot.before")
		}},
		{"reports that the resize has failed", warehouse, func(t *testing.T, s *stage) {
			snapshot(s, "AVAILABLE")
			serveIdleWarehouse(s)
			s.cloud.Serve(fakecloud.ActionPath(projectID, dwsCluster, "RESIZE_FAILURE"), fakecloud.Response{Body: `{"action_name":"RESIZE_FAILURE","status":"FAILED"}`})
			s.apply(t, "Error: DWS cluster action failed")
			s.has(t, "huaweicloud_dws_cluster.warehouse", "huaweicloud_dws_snapshot.before", "hwtasks_gate_dws_snapshot.before")
		}},
	}
)

// snapshot serves the snapshot of the fake official provider, which is created
// before it ends with this status.
func snapshot(s *stage, status string) {
	body := func(status string) string {
		return fmt.Sprintf(`{"snapshot":{"id":"dws_snapshot","status":%q}}`, status)
	}
	s.cloud.Serve(fakecloud.DWSSnapshotPath(projectID, "dws_snapshot"),
		fakecloud.Response{Body: body("CREATING")}, fakecloud.Response{After: time.Second, Body: body(status)})
}

func serveIdleWarehouse(s *stage) {
	s.cloud.Serve(fakecloud.ClusterPath(projectID, dwsCluster), fakecloud.Response{Body: `{"cluster":{"id":"` + dwsCluster + `","task_status":null}}`})
}

var (
	kubernetes = map[string]any{"cluster_id": cceCluster, "target_version": "v1.31", "backup_uid": snapshotID}

	upgrade = []scene{
		{"upgrades after the backup, and remembers it", kubernetes, func(t *testing.T, s *stage) {
			s.cloud.Serve(fakecloud.SnapshotTasksPath(projectID, cceCluster), fakecloud.Response{Body: `{"items":[]}`},
				fakecloud.Response{After: time.Second, Body: strings.ReplaceAll(fakecloud.ExampleCCESnapshotTasks, `"Running"`, `"Success"`)})
			s.apply(t, "")
			s.has(t, "huaweicloud_cce_cluster_upgrade.cluster", "hwtasks_gate_cce_snapshot_tasks.backup", "terraform_data.backup")
			s.shows(t, "backup", "CCE snapshot task "+snapshotID+" of cluster "+cceCluster+": succeeded (Success)")
			sent := len(s.cloud.Requests())
			s.write(t, "terraform.tfvars.json", fmt.Sprintf(`{"cluster_id":%q,"target_version":"v1.31"}`, cceCluster)) // without the backup
			s.apply(t, "")
			if again := len(s.cloud.Requests()); again != sent {
				t.Errorf("the second apply sends %d requests", again-sent)
			}
		}},
		{"does not upgrade when the backup has failed", kubernetes, func(t *testing.T, s *stage) {
			s.cloud.Serve(fakecloud.SnapshotTasksPath(projectID, cceCluster),
				fakecloud.Response{Body: strings.ReplaceAll(fakecloud.ExampleCCESnapshotTasks, `"Running"`, `"Failed"`)})
			s.apply(t, "Error: CCE snapshot task failed")
			s.has(t, "terraform_data.backup")
		}},
		{
			"does not upgrade without a backup",
			map[string]any{"cluster_id": cceCluster, "target_version": "v1.31"},
			func(t *testing.T, s *stage) {
				s.apply(t, "must say which task is meant")
				if sent := len(s.cloud.Requests()); sent != 0 {
					t.Errorf("it sends %d requests", sent)
				}
			},
		},
	}
)

var (
	cache = map[string]any{
		"instance_id": instanceID, "capacity": 4, "flavor": "redis.ha.xu1.large.r2.4", "clients": []string{"192.168.0.0/24"}, "reader_password": "a-password",
		"network": map[string]any{"availability_zones": []string{"cn-north-4a", "cn-north-4b"}, "vpc_id": "v", "subnet_id": "s"},
	}

	idle = []scene{
		{"changes the instance once it is idle", cache, func(t *testing.T, s *stage) {
			s.cloud.ServeTasks(projectID, instanceID, timeline(from(0, dcsTask("AddWhitelist", "EXECUTING", time.Minute)), from(time.Second, dcsTask("AddWhitelist", "SUCCESS", time.Minute))))
			s.apply(t, "")
			s.has(t, "huaweicloud_dcs_account.reader", "huaweicloud_dcs_instance.cache")
		}},
		{"adds no account while the new whitelist is under way", cache, func(t *testing.T, s *stage) {
			s.hurry(t, "between")
			whitelist := fakecloud.TaskScript{ID: "a", Name: "AddWhitelist", Steps: []fakecloud.Step{{At: fakecloud.Moment{Requests: 2}, State: fakecloud.Running}}}
			s.cloud.ServeList(fakecloud.TasksPath(projectID, instanceID), fakecloud.ListScript{Tasks: []fakecloud.TaskScript{whitelist}}) // after the two reads of "before"
			s.apply(t, "Error: Timed out waiting for DCS background tasks")
			s.has(t, "huaweicloud_dcs_instance.cache")
		}},
		{"leaves a busy instance alone", cache, func(t *testing.T, s *stage) {
			s.hurry(t, "before")
			s.cloud.ServeTasks(projectID, instanceID, timeline(from(0, dcsTask("AddWhitelist", "EXECUTING", time.Minute))))
			s.apply(t, "Error: Timed out waiting for DCS background tasks")
			s.has(t)
		}},
	}
)

// hurry shortens the wait of a data source.
func (s *stage) hurry(t *testing.T, name string) {
	t.Helper()
	s.write(t, "hurry_override.tf", fmt.Sprintf("data \"hwtasks_dcs_background_tasks\" %q {\n  timeouts = { read = \"1s\" }\n}\n", name))
}

const secondInstance = "6660df16-cebf-4473-95c4-d1b573c16e79"

var (
	estate = map[string]any{
		"dcs_instances": map[string]string{"orders": instanceID, "cache": secondInstance},
		"cce_clusters":  map[string]string{"production": cceCluster},
	}

	night = []scene{
		{"is content after a quiet night", estate, func(t *testing.T, s *stage) {
			s.cloud.ServeTasks(projectID, instanceID, timeline(from(0, dcsTask("EXTEND", "FAILED", 48*time.Hour))))
			s.cloud.ServeTasks(projectID, secondInstance, timeline(from(0, dcsTask("EXTEND", "EXECUTING", time.Hour))))
			backup(s, "Success", time.Hour)
			stands(t, s, map[string]string{"check.each_cluster_has_a_backup": "pass", "check.no_task_of_an_instance_has_failed": "pass"})
		}},
		{"reports a task that failed and of a backup that is too old", estate, func(t *testing.T, s *stage) {
			s.cloud.ServeTasks(projectID, instanceID, timeline(from(0)))
			s.cloud.ServeTasks(projectID, secondInstance, timeline(from(0, dcsTask("EXTEND", "EXECUTING", time.Hour), dcsTask("modify", "FAILED", 2*time.Hour))))
			backup(s, "Success", 30*time.Hour)
			stands(t, s, map[string]string{"check.each_cluster_has_a_backup": "fail", "check.no_task_of_an_instance_has_failed": "fail"})
		}},
		{"ends with an error where it cannot read", estate, func(t *testing.T, s *stage) {
			backup(s, "Success", time.Hour)
			if out, code := s.run(t, "plan", "-input=false", "-no-color", "-detailed-exitcode"); code != 1 || !strings.Contains(out, "the service reports that the instance does not exist") {
				t.Errorf("the plan finished with %d:\n%s", code, out)
			}
		}},
	}
)

// backup is one of the cluster's, which was begun so long ago.
func backup(s *stage, phase string, ago time.Duration) {
	s.cloud.Serve(fakecloud.SnapshotTasksPath(projectID, cceCluster), fakecloud.Response{Body: fmt.Sprintf(
		`{"items":[{"metadata":{"uid":%q,"creationTimestamp":%q},"status":{"phase":%q}}]}`,
		snapshotID, time.Now().Add(-ago).UTC().Format("2006-01-02 15:04:05.999999999 -0700 MST"), phase)})
}

func requests(s *stage, path string) int {
	n := 0
	for _, r := range s.cloud.Requests() {
		if r.Path == path {
			n++
		}
	}
	return n
}

func stands(t *testing.T, s *stage, want map[string]string) {
	t.Helper()
	if difference := cmp.Diff(want, s.checks(t)); difference != "" {
		t.Errorf("checks (-want +got):\n%s", difference)
	}
}

// checks plans and returns how each check block stands, in the way that the
// example shows.
func (s *stage) checks(t *testing.T) map[string]string {
	t.Helper()
	if out, code := s.run(t, "plan", "-input=false", "-no-color", "-out=tfplan"); code != 0 {
		t.Fatalf("the plan finished with %d:\n%s", code, out)
	}
	return s.checked(t)
}

// TestGateTests_areRunByTerraform runs the tests that an example has for its
// own gate, as its user would.
func TestGateTests_areRunByTerraform(t *testing.T) {
	t.Parallel()
	s := set(t, "dcs-switchover", nil)
	least := map[string]string{"Terraform": "1.7.0", "OpenTofu": "1.8.0"}[s.cli.Name]
	if s.cli.Version.Core().LessThan(version.Must(version.NewVersion(least))) {
		t.Skipf("%s has no mock_provider: that needs %s", s.cli, least)
	}
	if out, code := s.run(t, "test", "-no-color"); code != 0 || !strings.Contains(out, "Success! 2 passed, 0 failed.") {
		t.Errorf("the tests finished with %d:\n%s", code, out)
	}
}
