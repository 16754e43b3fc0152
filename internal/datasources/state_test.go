// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// The tables of task states: what a response means as a whole. The documented
// statuses are in status_test.go.

func TestDCSJob_state(t *testing.T) {
	t.Parallel()
	body := func(members string) string { return `{"job_id":"` + providertest.JobID + `",` + members + `}` }
	mapped := func(status, state string) args { return args{"status_map": args{status: state}} }
	checkStates(t, providertest.SourceNamed("dcs_job"), []stateRow{
		{name: "a reason beside success", body: body(`"status":"SUCCESS","fail_reason":"x"`), state: "succeeded"},
		{name: "an end beside running", body: body(`"status":"RUNNING","end_time":"1684191548248"`), state: "running"},
		{name: "a status with spaces", body: body(`"status":" SUCCESS "`), state: "unknown"},
		{name: "a null status", body: body(`"status":null`), state: "unknown"},
		{name: "no status", body: body(`"job_type":"x","end_time":"1684191548248"`), state: "unknown"},
		{name: "a number", body: body(`"status":0`), state: "unknown"},
		{name: "success in another field", body: body(`"job":{"status":"SUCCESS"}`), state: "unknown"},
		{name: "a boolean", body: body(`"status":true`), state: "Unable to read DCS job"},
		{name: "an object", body: body(`"status":{"phase":"SUCCESS"}`), state: "Unable to read DCS job"},

		{name: "a status mapped in another case", body: body(`"status":"DONE"`), args: mapped("done", "succeeded"), state: "succeeded"},
		{name: "a known status mapped otherwise", body: body(`"status":"success"`), args: mapped("SUCCESS", "failed"), state: "failed"},
		{name: "any status", body: body(`"status":"DONE"`), args: mapped("*", "succeeded"), state: "succeeded"},
		{name: "any status is not a known one", body: body(`"status":"FAIL"`), args: mapped("*", "succeeded"), state: "failed"},
		{name: "any status is not an empty one", body: body(`"status":""`), args: mapped("*", "succeeded"), state: "unknown"},
		{name: "any status is not an absent one", body: body(`"status":null`), args: mapped("*", "succeeded"), state: "unknown"},
	})
}

func TestDCSTaskProgress_state(t *testing.T) {
	t.Parallel()
	const unable = "Unable to read DCS task progress"
	finishedWith := func(subStep string) string {
		return `{"progress":100,"step_details":[{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"` + subStep + `"}]}]}`
	}
	checkStates(t, providertest.SourceNamed("dcs_task_progress"), []stateRow{
		{name: "100 as text", body: `{"progress":"100","step_details":[{"step_status":"FINISH"}]}`, state: "succeeded"},
		{name: "error codes beside success", body: `{"progress":100,"step_details":[{"step_status":"FINISH","error_code":"DCS.4064","end_time":null}]}`, state: "succeeded"},
		{name: "all finished at 99.99", body: `{"progress":"99.99","step_details":[{"step_status":"FINISH"}]}`, state: "running"},
		{name: "all finished at 101", body: `{"progress":101,"step_details":[{"step_status":"FINISH"}]}`, state: "running"},
		{name: "100 without steps", body: `{"progress":100,"remain_time":0,"step_details":[]}`, state: "pending"},
		{name: "an undocumented status of the whole", body: `{"status":"SUCCESS","progress":100,"step_details":[]}`, state: "pending"},
		{name: "a step waiting", body: `{"progress":100,"step_details":[{"step_status":"FINISH"},{"step_status":"WAITING"}]}`, state: "running"},
		{name: "a step that runs beside a failed one", body: `{"step_details":[{"step_status":"FAILED"},{"step_status":"EXECUTING"}]}`, state: "running"},
		{name: "a step that waits behind a failed one", body: `{"progress":50,"step_details":[{"step_status":"FAILED"},{"step_status":"WAITING"}]}`, state: "failed"},
		{name: "a sub-step waiting", body: finishedWith("WAITING"), state: "running"},
		{name: "a sub-step suspended", body: finishedWith("SUSPEND"), state: "running"},
		{name: "a sub-step failed", body: finishedWith("FAILED"), state: "failed"},
		{name: "a sub-step unrecognized", body: finishedWith("DONE"), state: "unknown"},
		{name: "a sub-step without a status", body: `{"progress":100,"step_details":[{"step_status":"FINISH","sub_step_details":[{}]}]}`, state: "unknown"},
		{name: "a null step", body: `{"progress":100,"step_details":[null]}`, state: "unknown"},
		{name: "a percentage that is not a number", body: `{"progress":"all","step_details":[{"step_status":"FINISH"}]}`, state: unable},
		{name: "an object for the steps", body: `{"progress":100,"step_details":{"step_status":"FINISH"}}`, state: unable},
	})
}

func TestDWSClusterAction_state(t *testing.T) {
	t.Parallel()
	body := func(members string) string { return `{"action_name":"SNAPSHOTTING",` + members + `}` }
	checkStates(t, providertest.SourceNamed("dws_cluster_action"), []stateRow{
		{name: "a failed part beside success", body: body(`"status":"SUCCESS","items":[{"sub_items":[{"status":"FAILED"}]}]`), state: "succeeded"},
		{name: "the code of success", body: body(`"status":"SUCCESS","error_code":"DWS.0000","error_msg":"ok"`), state: "succeeded"},
		{name: "parts that claim success", body: body(`"status":"RUNNING","items":[{"sub_items":[{"status":"SUCCESS","detail":"{\"progress\":\"100.00%\"}"}]}]`), state: "running"},
		{name: "only parts", body: body(`"items":[{"sub_items":[{"status":"SUCCESS"}]}]`), state: "unknown"},
		{name: "no status", body: body(`"id":"abb30649","status":null`), state: "unknown"},
		{name: "an object", body: body(`"status":{}`), state: "Unable to read DWS cluster action"},
	})
}

func TestDCSBackgroundTasks_state(t *testing.T) {
	t.Parallel()
	list := func(statuses ...string) string {
		var tasks []string
		for i, status := range statuses {
			tasks = append(tasks, fmt.Sprintf(`{"id":"t%d","name":"EXTEND","status":%q,"created_at":"2020-06-17T08:%02d:00.000Z"}`, i, status, i))
		}
		return providertest.DCSTaskList(tasks...)
	}
	undated := providertest.DCSTaskList(`{"id":"a","status":"SUCCESS","created_at":"2020-06-17T08:00:00Z"}`, `{"id":"b","status":"SUCCESS","created_at":"2020-06-17 08:18:06"}`)
	twice := func(status string) string {
		return providertest.DCSTask("a", "EXTEND", "SUCCESS") + "," + providertest.DCSTask("a", "EXTEND", status)
	}
	const unable, notFound = "Unable to read DCS background tasks", "DCS background tasks not found"
	latest := args{"latest": true}
	checkStates(t, providertest.SourceNamed("dcs_background_tasks"), []stateRow{
		{name: "all succeeded", body: list("SUCCESS", "success", "Success"), state: "succeeded"},
		{name: "one failed", body: list("SUCCESS", "FAILED"), state: "failed"},
		{name: "running before unrecognized and failed", body: list("FAILED", "X", "EXECUTING"), state: "running"},
		{name: "pending before unrecognized and failed", body: list("FAILED", "X", "CREATED"), state: "running"},
		{name: "unrecognized before failed", body: list("FAILED", "X", "SUCCESS"), state: "unknown"},
		{name: "no status", body: providertest.DCSTaskList(`{"id":"a","updated_at":"2020-06-17T08:18:10.106Z"}`), state: "unknown"},
		{name: "an object for the tasks", body: `{"tasks":{"status":"SUCCESS"}}`, state: unable},
		{name: "no list", body: `{}`, state: unable},
		{name: "another response", body: `{"jobs":[]}`, state: unable},

		{name: "the task succeeded", body: list("FAILED", "SUCCESS", "EXECUTING"), args: args{"task_id": "t1"}, state: "succeeded"},
		{name: "the task failed", body: list("FAILED", "SUCCESS"), args: args{"task_id": "t0"}, state: "failed"},
		{name: "the task in another case", body: list("SUCCESS"), args: args{"task_id": "T0"}, state: notFound},
		{name: "no task of this name", body: list("SUCCESS"), args: args{"name": "modify"}, state: "missing"},
		{name: "the latest succeeded", body: list("FAILED", "EXECUTING", "SUCCESS"), args: latest, state: "succeeded"},
		{name: "the latest runs", body: list("SUCCESS", "EXECUTING"), args: latest, state: "running"},
		{name: "the latest failed", body: list("SUCCESS", "FAILED"), args: latest, state: "failed"},
		{name: "which is the latest cannot be read", body: undated, args: latest, state: "unknown"},
		{name: "whether one is in the window cannot be read", body: undated, args: args{"start_time": "20000101000000"}, state: "unknown"},
		{name: "a time that cannot be read, and does not matter", body: undated, args: args{"task_id": "b"}, state: "succeeded"},
		{name: "two records that are equal", body: `{"task_count":1,"tasks":[` + twice("SUCCESS") + `]}`, state: "succeeded"},
		{name: "two records that contradict each other", body: `{"task_count":1,"tasks":[` + twice("FAILED") + `]}`, state: "unknown"},
	})
}

func TestCCESnapshotTasks_state(t *testing.T) {
	t.Parallel()
	// Each is later than the one before, although the first and the third read otherwise.
	const first, second, third = "2023-11-25 17:00:00 +0800 CST", "2023-11-25 09:30:00.5 +0000 UTC", "2023-11-25 04:31:00 -0500 EST"
	item, list := providertest.Snapshot, providertest.SnapshotList
	byUID := args{"uid": providertest.SnapshotID}
	after, latest := args{"created_after": "2023-11-25T09:00:00Z"}, args{"latest": true}
	for _, s := range providertest.Sources() {
		if s.Service != "cce" || s.Shape != providertest.List {
			continue
		}
		unable := "Unable to read " + s.Noun
		checkStates(t, s, []stateRow{
			{name: "no status", body: list(`{"metadata":{"uid":"a","creationTimestamp":"` + first + `"},"spec":{"items":[{"status":"Success"}]}}`), state: "unknown"},
			{name: "a time without a zone", body: list(item("a", "Success", "2023-11-25 17:03:46")), args: after, state: "unknown"},
			{name: "Go's zero time", body: list(item("a", "Success", "0001-01-01 00:00:00 +0000 UTC")), args: after, state: "unknown"},
			{name: "Go's zero time of a running task", body: list(item("a", "Running", "0001-01-01 00:00:00 +0000 UTC")), args: after, state: "running"},
			{name: "a bad time beside a good one", body: list(item("a", "Success", second), item("b", "Success", "")), args: after, state: "unknown"},
			{name: "a bad time beside the latest", body: list(item("a", "Success", second), item("b", "Success", "")), args: latest, state: "unknown"},
			{name: "a time that does not matter", body: list(item("a", "Success", "")), args: args{"uid": "a"}, state: "succeeded"},
			{name: "the time of a log line", body: list(item("a", "Success", "2023-11-25 17:03:46.739012345 +0800 CST m=+0.5")), state: "succeeded"},
			{name: "a null item", body: list("null"), state: unable},
			{name: "an object for the items", body: `{"items":{}}`, state: unable},
			{name: "no list", body: `{}`, state: unable},
			{name: "another response", body: `{"tasks":[]}`, state: unable},

			{name: "all succeeded", body: list(item("a", "Success", first), item("b", "SUCCESS", second)), state: "succeeded"},
			{name: "one failed", body: list(item("a", "Failed", first), item("b", "Success", second)), state: "failed"},
			{name: "one runs", body: list(item("a", "Running", first), item("b", "Failed", second), item("c", "X", third)), state: "running"},
			{name: "one unrecognized", body: list(item("a", "X", first), item("b", "Failed", second)), state: "unknown"},
			{name: "the latest succeeded", body: list(item("a", "Failed", first), item("c", "Success", third), item("b", "Failed", second)), args: latest, state: "succeeded"},
			{name: "the latest is last", body: list(item("a", "Success", first), item("c", "Failed", third)), args: latest, state: "failed"},
			{name: "the latest is first", body: list(item("c", "Failed", third), item("b", "Success", second)), args: latest, state: "failed"},
			{name: "the latest succeeded, and an older one runs", body: list(item("a", "Running", first), item("b", "Success", second)), args: latest, state: "succeeded"},
			{name: "two are the latest", body: list(item("a", "Success", first), item("b", "Failed", first)), args: latest, state: "failed"},

			{name: "none is after", body: list(item("a", "Success", first)), args: after, state: "missing"},
			{name: "one is after", body: list(item("a", "Failed", first), item("b", "Success", second)), args: after, state: "succeeded"},

			{name: "the task succeeded", body: list(item("c", "Failed", third), item(providertest.SnapshotID, "Success", first)), args: byUID, state: "succeeded"},
			{name: "the task failed", body: list(item("c", "Success", third), item(providertest.SnapshotID, "Failed", first)), args: byUID, state: "failed"},
			{name: "the task is there twice", body: list(item(providertest.SnapshotID, "Success", first), item(providertest.SnapshotID, "Failed", first)), args: byUID, state: "unknown"},
			{name: "the task is not there", body: list(item("c", "Success", third)), args: byUID, state: s.Noun + " not found"},
		})
	}
}
