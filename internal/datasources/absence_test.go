// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// moment is what a path answers from some second on.
type moment struct {
	second int
	answer fakecloud.Response
}

func timeline(moments []moment) []fakecloud.Response {
	var steps []fakecloud.Response
	for _, m := range moments {
		m.answer.After = time.Duration(m.second) * time.Second
		steps = append(steps, m.answer)
	}
	return steps
}

// TestDWSClusterAction_waitsAsIfAbsenceProvedNothing follows an action that
// leaves its name, in virtual time and with a look every ten seconds.
func TestDWSClusterAction_waitsAsIfAbsenceProvedNothing(t *testing.T) {
	t.Parallel()
	says := func(body string) fakecloud.Response { return fakecloud.Response{Body: body} }
	gone := refusal(404, "DWS.0025")
	running, failed := says(`{"status":"RUNNING"}`), says(`{"status":"FAILED"}`)
	idle, busy := says(`{"cluster":{"task_status":null}}`), says(`{"cluster":{"task_status":"SNAPSHOTTING"}}`)
	const evidence = "\n\nStatus: 404 Not Found\nCode: DWS.0025\nMessage: The reason.\nRequest ID: (id)\nRequest: GET https://dws.cn-north-4.myhuaweicloud.com/v1/" +
		projectID + "/clusters/" + clusterID + "/actions/SNAPSHOTTING"
	const everyPlan = "As long as this read fails, every plan fails, and terraform destroy too, unless it is run with -refresh=false."
	const lockedOut = everyPlan + " " +
		"To be rid of the read once it has done its work, give the data source a count = var.gate ? 1 : 0 and turn the variable off."
	disappeared := fault{
		Summary: "DWS cluster action disappeared",
		Detail: actionName + " was running at the last look that found it, and is gone now without a record of a failure. That is no proof of success.\n\n" +
			"If its record is removed once it is done, set on_missing = \"succeeded\".\n\n" + lockedOut + evidence,
	}
	for _, tc := range []struct {
		name                    string
		onMissing               string
		action, record, cluster []moment
		want                    outcome
		fault                   *fault // instead of an outcome
		seconds                 int
	}{
		{name: "never seen, for three looks and half a minute", onMissing: "succeeded", want: isExcused, seconds: 30},
		{name: "seen late, and done", onMissing: "succeeded", action: []moment{{0, gone}, {25, running}, {45, says(`{"status":"SUCCESS"}`)}}, want: isSucceeded, seconds: 50},
		{name: "seen late, and gone", onMissing: "succeeded", action: []moment{{0, gone}, {25, running}, {45, gone}}, want: isExcused, seconds: 50},
		{name: "seen, and gone", onMissing: "succeeded", action: []moment{{0, running}, {15, gone}}, want: isExcused, seconds: 20},
		{name: "seen, and its members gone", onMissing: "succeeded", action: []moment{{0, running}, {15, says(`{"status":null}`)}}, want: isExcused, seconds: 20},
		{name: "seen, gone, and the cluster still at it", onMissing: "succeeded", action: []moment{{0, running}, {15, gone}}, cluster: []moment{{0, busy}, {25, idle}}, want: isExcused, seconds: 50},
		{name: "seen, gone, and the cluster not to be reached for a while", onMissing: "succeeded", action: []moment{{0, running}, {15, gone}}, cluster: []moment{{0, unavailable}, {15, idle}}, want: isExcused, seconds: 40},
		{name: "seen, gone, and the cluster not to be read", onMissing: "succeeded", action: []moment{{0, running}, {15, gone}}, cluster: []moment{{0, refusal(403, "APIGW.0302")}}, want: fails("Unable to read DWS cluster action"), seconds: 20},
		{name: "seen, gone, and the record not to be read", onMissing: "succeeded", action: []moment{{0, running}, {15, gone}}, record: []moment{{0, refusal(403, "APIGW.0302")}}, want: fails("Unable to read DWS cluster action"), seconds: 20},
		{name: "never seen, but failed", onMissing: "succeeded", record: []moment{{0, failed}}, seconds: 30, fault: &fault{
			Summary: "DWS cluster action failed",
			Detail: actionName + " (listed as SNAPSHOTTING_FAILED) has failed, and the API tells no reason.\n\n" +
				"Nothing that depends on it goes on. Remove the cause and start the operation again.\n\n" + everyPlan,
		}},
		{name: "seen, and failed", onMissing: "error", action: []moment{{0, running}, {15, gone}}, record: []moment{{0, failed}}, seconds: 20, fault: &fault{
			Summary: "DWS cluster action failed",
			Detail: actionName + " (listed as SNAPSHOTTING_FAILED) has failed, and the API tells no reason.\n\n" +
				"Nothing that depends on it goes on. Remove the cause and start the operation again.\n\n" + everyPlan,
		}},
		{name: "seen, and gone, which is an error", onMissing: "error", action: []moment{{0, running}, {15, gone}}, seconds: 20, fault: &disappeared},
		{name: "seen, and gone, which is not pending again", onMissing: "pending", action: []moment{{0, gone}, {5, running}, {15, gone}}, seconds: 20, fault: &disappeared},
		{name: "seen, and its failure being rolled back", onMissing: "error", action: []moment{{0, running}, {15, gone}}, record: []moment{{0, says(`{"status":"ROLLBACK_RUNNING"}`)}, {10, failed}}, want: fails("DWS cluster action failed"), seconds: 30},
		{name: "never seen, which is pending", onMissing: "pending", want: fails("Timed out waiting for DWS cluster action"), seconds: 119},
		{name: "never seen, which is an error", onMissing: "error", want: fails("DWS cluster action not found"), seconds: 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := fakecloud.New(keys)
				for path, moments := range map[string][]moment{
					fakecloud.ActionPath(projectID, clusterID, action): append([]moment{{0, gone}}, tc.action...),
					fakecloud.ActionPath(projectID, clusterID, twin):   append([]moment{{0, gone}}, tc.record...),
					fakecloud.ClusterPath(projectID, clusterID):        append([]moment{{0, idle}}, tc.cluster...),
				} {
					cloud.Serve(path, timeline(moments)...)
				}
				begin := time.Now()
				got := read(t, cloud, settings(), "dws_cluster_action",
					actionArgs.With(args{"on_missing": tc.onMissing, "wait_for": "success", "poll_interval": "10s", "timeouts": args{"read": "2m"}}))
				seconds := int(time.Since(begin).Round(time.Second).Seconds())
				if tc.fault != nil {
					diff(t, "error", []fault{*tc.fault}, withoutRequestIDs(got.Diagnostics))
				} else {
					diff(t, "outcome", tc.want, outcomeOf(got))
				}
				diff(t, "seconds", tc.seconds, seconds)
			})
		})
	}
}

// withoutRequestIDs replaces the id of a request, which counts the requests.
func withoutRequestIDs(faults []fault) []fault {
	for i, f := range faults {
		before, rest, found := strings.Cut(f.Detail, "Request ID: ")
		if _, after, more := strings.Cut(rest, "\n"); found && more {
			faults[i].Detail = before + "Request ID: (id)\n" + after
		}
	}
	return faults
}

func TestDCSTaskProgress_pointsToTheListWhereThereAreNoSteps(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New(keys)
		cloud.Serve(fakecloud.ProgressPath(projectID, instanceID, taskID), fakecloud.Response{Body: `{"progress":100}`})
		got := read(t, cloud, settings(), "dcs_task_progress", progressArgs.With(args{"wait_for": "success", "poll_interval": "7s", "timeouts": args{"read": "20s"}}))
		diff(t, "error", dataSourceCaller{Diagnostics: []fault{{
			Summary: "Timed out waiting for DCS task progress",
			Detail: progressName + " had not ended after 19s and 4 looks. Its last state was pending, 100%.\n\n" +
				"Its progress lists no step, so that nobody can tell from it whether the task has ended. " +
				"The data source hwtasks_dcs_background_tasks with task_id tells the status of such a task.\n\n" +
				"The limit is timeouts.read = \"20s\"; raise it to allow more time.",
		}}}, got)
	})
}

func TestAll_waitForCompletionWhateverTheEnd(t *testing.T) {
	t.Parallel()
	const created = `"2023-11-25 17:00:00 +0800 CST"`
	backup := [2]string{snapshots(snapshot("a", `"Queuing"`, created)), snapshots(snapshot("a", `"Failed"`, created))}
	bodies := map[string][2]string{
		"dws_cluster_action":           {`{"status":"WAITING"}`, `{"status":"ROLLBACK_SUCCESS"}`},
		"dcs_background_tasks":         {dcsTasks("EXECUTING", "FAILED"), dcsTasks("SUCCESS", "FAILED")},
		"dcs_task_progress":            {`{"step_details":[{"step_status":"WAITING"}]}`, broken},
		"dcs_job":                      {`{"status":"INIT"}`, `{"status":"FAIL"}`},
		"cce_snapshot_tasks":           backup,
		"cce_autopilot_snapshot_tasks": backup,
	}
	for _, s := range subjects() {
		t.Run(s.source, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := fakecloud.New(keys)
				cloud.Serve(s.path, fakecloud.Response{Body: bodies[s.source][0]}, fakecloud.Response{After: 10 * time.Minute, Body: bodies[s.source][1]})
				begin := time.Now()
				want := isFailed
				if s.list {
					want = want.idle()
				}
				diff(t, "outcome", want, outcomeOf(read(t, cloud, settings(), s.source, s.ids.With(args{"wait_for": "completion"}))))
				if waited := time.Since(begin); waited < 10*time.Minute || waited > 10*time.Minute+20*time.Second {
					t.Errorf("the end after ten minutes was noticed after %s", waited)
				}
			})
		})
	}
}
