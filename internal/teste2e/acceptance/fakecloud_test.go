// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"os"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// An account in the fake cloud. In a bubble of testing/synctest the time is the
// first of January 2000, so the last days of 1999 are the past.
const (
	projectID  = "05f2cff45100d5112f4bc00b794ea08e"
	instanceID = "5560df16-cebf-4473-95c4-d1b573c16e79"
	failedTask = "8abf6e1e72c12e7c0172c15b508500aa"
	jobID      = "ff8080818822bbf70188235afc24141a"
	clusterID  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
	autopilot  = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
)

var keys = fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}

// bodies are what the account has, by path.
func bodies() map[string]string {
	return map[string]string{
		fakecloud.ProgressPath(projectID, instanceID, failedTask): `{"progress":40,"remain_time":null,"step_details":[{"step_id":"9d1d1da8-650e-406f-81e4-b3c11515869f",` +
			`"step_name":"数据迁移","step_status":"FAILED","begin_time":"1999-12-21 18:00:10","end_time":"1999-12-21 18:01:00","error_code":"DCS.4066",` +
			`"sub_step_details":[{"sub_step_status":"FAILED","detail":"{node_id:9996c3376318417281fb5e611f3fb1a0,slot_range:[0 5460]}"}]}]}`,
		fakecloud.JobPath(projectID, jobID): `{"job_id":"` + jobID + `","job_type":"masterStandbySwapJob","status":"SUCCESS","begin_time":"943920000000","end_time":"943920003000","fail_reason":null,"owner":{"ops":"alice"}}`,
		fakecloud.ActionPath(projectID, clusterID, "SNAPSHOTTING"): `{"id":"abb30649-4ab5-448f-a199-f764d2a4271d","status":"RUNNING","action_name":"SNAPSHOTTING","cluster_name":"payroll","submit_time":"2000-01-01 07:50:10.0",` +
			`"items":[{"item_name":"创建快照","sub_items":[{"status":"RUNNING","detail":"{\"progressInfo\":\"{\\\"errorMsg\\\":\\\"host-172-16-13-211\\\"}\"}","begin_time":"2000-01-01 07:58:18.0","end_time":null,"estimated_time":-1}]}]}`,
		fakecloud.ClusterPath(projectID, clusterID): `{"cluster":{"id":"` + clusterID + `","name":"payroll","status":"AVAILABLE","task_status":"SNAPSHOTTING","action_progress":{"SNAPSHOTTING":"20%"},"public_ip":"10.1.2.3"}}`,
		fakecloud.SnapshotTasksPath(projectID, clusterID): backups(
			backup("15376f1b-daa6-4e2d-96a6-e9d5d7caeaa2", "1999-12-30 12:00:00.5 +0800 CST", "Success"),
			backup("87d326f9-46b0-486e-a4ba-1f82ec9315ed", "1999-12-31 12:00:00.25 +0800 CST", "Running")),
		fakecloud.AutopilotSnapshotTasksPath(projectID, autopilot): strings.Replace(
			backups(backup("0f4e1a3b-aaaa-4c2d-96a6-000000000001", "1999-12-31 04:00:00 +0000 UTC", "Success")), `"67"`, "67", 1),
	}
}

func backup(uid, created, phase string) string {
	return `{"kind":"SnapshotTask","apiVersion":"v3.1","metadata":{"uid":"` + uid + `","creationTimestamp":"` + created + `","updateTimestamp":"` + created + `"},` +
		`"spec":{"items":[{"id":"m1","type":"master-backup","status":"` + phase + `","message":"disk of 10.9.8.7"}]},` +
		`"status":{"phase":"` + phase + `","progress":"67","completionTime":"` + created + `"}}`
}

func backups(items ...string) string {
	return `{"kind":"List","apiVersion":"v3.1","metadata":{},"items":[` + strings.Join(items, ",") + `]}`
}

// dcsTasks are the newest first, as somebody has seen it elsewhere.
func dcsTasks() []string {
	return []string{
		`{"id":"0000000000000000000000000000000c","name":"AddWhitelist","user_name":"alice","status":"EXECUTING","created_at":"1999-12-31T10:00:00.597Z","updated_at":"1999-12-31T10:00:01.106Z","enable_show":false,"params":"{\"ip\":\"10.1.2.3\"}"}`,
		strings.NewReplacer("2020-06-17T08:18:06.597Z", "1999-12-21T10:00:00.597Z", "2020-06-17T08:18:10.106Z", "1999-12-21T10:01:00.106Z", `"SUCCESS"`, `"FAILED"`, "false", "true").Replace(fakecloud.ExampleDCSBackgroundTask()),
		`{"id":"0000000000000000000000000000000a","name":"modify","status":"SUCCESS","created_at":"1999-12-02T10:00:00.597Z","enable_show":false,"region":"cn-north-4"}`,
	}
}

// open is the account, and the variables of somebody who names all of it.
func open(t *testing.T) *fakecloud.Cloud {
	t.Helper()
	// The variables of whoever runs this test count for nothing; an empty one is unset.
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); confidential(name) || strings.HasPrefix(name, "HW") {
			t.Setenv(name, "")
		}
	}
	for name, value := range map[string]string{
		region: "cn-north-4", "HW_ACCESS_KEY": keys.AccessKey, "HW_SECRET_KEY": keys.SecretKey,
		dcsInstance: instanceID, dcsTask: failedTask, dcsJob: jobID, dwsCluster: clusterID, dwsAction: "SNAPSHOTTING", cceCluster: clusterID, cceAutopilot: autopilot,
	} {
		t.Setenv(name, value)
	}
	cloud := fakecloud.New(keys)
	cloud.AddProject("cn-north-4", projectID)
	for path, body := range bodies() {
		cloud.Serve(path, fakecloud.Response{Body: body})
	}
	cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: dcsTasks()}}})
	return cloud
}
