// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// An account in the fake cloud, as it is on the first of February 2000. A bubble of
// testing/synctest begins a month earlier, before which no time can be read.
const month = 31 * 24 * time.Hour

const autopilotCluster = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"

// bodies are the responses of the account, by path.
func bodies() map[string]string {
	path := func(source string, a providertest.Args) string { return providertest.SourceNamed(source).PathOf(a) }
	job := strings.NewReplacer("2026-03-04", "2000-01-04").Replace(fakecloud.ExampleCCEJob)
	return map[string]string{
		path("dcs_task_progress", nil): `{"progress":40,"remain_time":null,"step_details":[{"step_id":"9d1d1da8-650e-406f-81e4-b3c11515869f",` +
			`"step_name":"数据迁移","step_status":"FAILED","begin_time":"2000-01-21 18:00:10","end_time":"2000-01-21 18:01:00","error_code":"DCS.4066",` +
			`"sub_step_details":[{"sub_step_status":"FAILED","detail":"{node_id:9996c3376318417281fb5e611f3fb1a0,slot_range:[0 5460]}"}]}]}`,
		path("dcs_job", nil): `{"job_id":"` + providertest.JobID + `","job_type":"masterStandbySwapJob","status":"SUCCESS","begin_time":"946598400000","end_time":"946598403000","fail_reason":null,"owner":{"ops":"alice"}}`,
		path("dws_cluster_action", nil): `{"id":"abb30649-4ab5-448f-a199-f764d2a4271d","status":"RUNNING","action_name":"SNAPSHOTTING","cluster_name":"payroll","submit_time":"2000-02-01 07:50:10.0",` +
			`"items":[{"item_name":"创建快照","sub_items":[{"status":"RUNNING","detail":"{\"progressInfo\":\"{\\\"errorMsg\\\":\\\"host-172-16-13-211\\\"}\"}","begin_time":"2000-02-01 07:58:18.0","end_time":null,"estimated_time":-1}]}]}`,
		path("dws_job", nil): `{"job_id":"` + fakecloud.ExampleDWSJobID + `","job_name":"expandJob","begin_time":"2000-02-01T07:45:09","end_time":"","status":"RUNNING","progress":"9%"}`,
		path("dws_snapshot", nil): strings.NewReplacer("2026-03-04T06:11:09Z", "2000-01-31T23:50:00Z", `"2026-03-04T06:31:55Z"`, "null", "AVAILABLE", "CREATING", "sales", "invoices").
			Replace(fakecloud.ExampleDWSSnapshot),
		fakecloud.ClusterPath(providertest.ProjectID, providertest.ClusterID): `{"cluster":{"id":"` + providertest.ClusterID + `","name":"payroll","status":"AVAILABLE","task_status":"SNAPSHOTTING","action_progress":{"SNAPSHOTTING":"20%"},"public_ip":"10.1.2.3"}}`,
		path("cce_snapshot_tasks", nil): providertest.SnapshotList(
			backup("15376f1b-daa6-4e2d-96a6-e9d5d7caeaa2", "2000-01-30 12:00:00.5 +0800 CST", "Success"),
			backup(providertest.SnapshotID, "2000-01-31 12:00:00.25 +0800 CST", "Running")),
		path("cce_autopilot_snapshot_tasks", providertest.Args{"cluster_id": autopilotCluster}): strings.Replace(
			providertest.SnapshotList(backup("0f4e1a3b-aaaa-4c2d-96a6-000000000001", "2000-01-31 04:00:00 +0000 UTC", "Success")), `"67"`, "67", 1),
		path("cce_job", nil):           job,
		path("cce_autopilot_job", nil): job,
		path("cce_upgrade_task", nil): `{"kind":"UpgradeTask","apiVersion":"v3","metadata":{"uid":"` + fakecloud.ExampleCCEUpgradeTaskID + `","creationTimestamp":"2000-01-11 12:00:00.5 +0800 CST"},` +
			`"spec":{"version":"v1.29","targetVersion":"v1.31","items":[{"name":"addon-limit-check","status":"Failed","message":"disk of 10.9.8.6"},{"name":"upgrade-nodes","status":"Init"}]},"status":{"phase":"Failed","progress":"42.00"}}`,
		path("cce_autopilot_upgrade_task", providertest.Args{"cluster_id": autopilotCluster}): strings.NewReplacer("2026-03-04", "2000-01-21").Replace(fakecloud.ExampleCCEUpgradeTask),
	}
}

// backup is a backup task of CCE.
func backup(uid, created, phase string) string {
	return `{"kind":"SnapshotTask","apiVersion":"v3.1","metadata":{"uid":"` + uid + `","creationTimestamp":"` + created + `","updateTimestamp":"` + created + `"},` +
		`"spec":{"items":[{"id":"m1","type":"master-backup","status":"` + phase + `","message":"disk of 10.9.8.7"}]},` +
		`"status":{"phase":"` + phase + `","progress":"67","completionTime":"` + created + `"}}`
}

// dcsTaskBodies are the tasks of the account, the newest first.
func dcsTaskBodies() []string {
	return []string{
		`{"id":"0000000000000000000000000000000c","name":"AddWhitelist","user_name":"alice","status":"EXECUTING","created_at":"2000-01-31T10:00:00.597Z","updated_at":"2000-01-31T10:00:01.106Z","enable_show":false,"params":"{\"ip\":\"10.1.2.3\"}"}`,
		strings.NewReplacer("2020-06-17T08:18:06.597Z", "2000-01-21T10:00:00.597Z", "2020-06-17T08:18:10.106Z", "2000-01-21T10:01:00.106Z", `"SUCCESS"`, `"FAILED"`, "false", "true").Replace(fakecloud.ExampleDCSBackgroundTask()),
		`{"id":"0000000000000000000000000000000a","name":"modify","status":"SUCCESS","created_at":"2000-01-02T10:00:00.597Z","enable_show":false,"region":"cn-north-4"}`,
	}
}

// open is the account, and sets the variables that name all of it.
func open(t *testing.T) *fakecloud.Cloud {
	t.Helper()
	if os.Getenv("TF_ACC") != "" {
		t.Skip("TF_ACC is set: the environment is that of a real account")
	}
	for _, s := range providertest.Sources() {
		for _, argument := range required(s) {
			t.Setenv(variable(s.Name, argument), s.Args[argument].(string))
		}
	}
	for name, value := range map[string]string{
		region: providertest.Region, "HW_ACCESS_KEY": providertest.Keys().AccessKey, "HW_SECRET_KEY": providertest.Keys().SecretKey,
		variable("cce_autopilot_snapshot_tasks", "cluster_id"): autopilotCluster,
	} {
		t.Setenv(name, value)
	}
	cloud := fakecloud.New(providertest.Keys())
	cloud.AddProject(providertest.Region, providertest.ProjectID)
	for path, body := range bodies() {
		cloud.Serve(path, fakecloud.Response{Body: body})
	}
	cloud.ServeTasks(providertest.ProjectID, providertest.InstanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: dcsTaskBodies()}}})
	return cloud
}
