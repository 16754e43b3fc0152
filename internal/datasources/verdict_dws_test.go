// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestDWSClusterAction_opensTheGateForItsOwnSuccessOnly(t *testing.T) {
	t.Parallel()
	judge(t, "dws_cluster_action", []row{
		{name: "SUCCESS", body: `{"status":"SUCCESS"}`, want: isSucceeded, gate: true},
		{name: "success in another case", body: `{"status":"Success"}`, want: isSucceeded, gate: true},
		{name: "success in spite of its parts", body: `{"status":"SUCCESS","items":[{"sub_items":[{"status":"FAILED"}]}]}`, want: isSucceeded, gate: true},
		{name: "success with the code that says so", body: `{"status":"SUCCESS","error_code":"DWS.0000","error_msg":"ok"}`, want: isSucceeded, gate: true},
		{name: "WAITING", body: `{"status":"WAITING"}`, want: isPending},
		{name: "RUNNING", body: `{"status":"RUNNING"}`, want: isRunning},
		{name: "ROLLBACK_RUNNING", body: `{"status":"ROLLBACK_RUNNING"}`, want: isRunning},
		{name: "FAILED", body: `{"status":"FAILED"}`, want: isFailed},
		{name: "ROLLBACK_SUCCESS", body: `{"status":"ROLLBACK_SUCCESS"}`, want: isFailed},
		{name: "ROLLBACK_FAIL", body: `{"status":"ROLLBACK_FAIL"}`, want: isFailed},
		{name: "a detail that claims success", body: fakecloud.ExampleDWSClusterAction, want: isFailed},
		{name: "parts that claim success", body: `{"status":"RUNNING","items":[{"sub_items":[{"status":"SUCCESS","detail":"{\"progress\":\"100.00%\"}"}]}]}`, want: isRunning},
		{name: "parts without an overall word", body: `{"items":[{"sub_items":[{"status":"SUCCESS"}]}]}`, want: isUnknown},
		{name: "an unknown word", body: `{"status":"FINISH"}`, want: isUnknown},
		{name: "an empty word", body: `{"status":""}`, want: isUnknown},
		{name: "an id and no word", body: `{"id":"abb30649","status":null}`, want: isUnknown},
		{name: "a name and no word", body: `{"action_name":"SNAPSHOTTING"}`, want: isUnknown},
		{name: "an empty list and no word", body: `{"items":[]}`, want: isUnknown},
		{name: "an object for the word", body: `{"status":{}}`, want: fails("Unable to read DWS cluster action")},
		{name: "a list", body: `[{"status":"SUCCESS"}]`, want: fails("Unable to read DWS cluster action")},
		{name: "an error of v2 on 200", body: `{"error_code":"DWS.6000","error_msg":"m","status":"SUCCESS"}`, want: fails("Unable to read DWS cluster action")},
		{name: "a missing cluster on 200", body: `{"error_code":"DWS.0047","error_msg":"m"}`, want: fails("Unable to read DWS cluster action")},
		{name: "an unknown word that the user knows", body: `{"status":"DONE"}`, ask: args{"status_map": args{"DONE": "succeeded"}}, want: isSucceeded, gate: true},
		{name: "an absent word that nobody can know", body: `{"id":"abb30649"}`, ask: args{"status_map": args{"*": "succeeded"}}, want: isUnknown},
	})
}

func TestDWSClusterAction_excusesAnAbsentActionWithoutATraceOnly(t *testing.T) {
	t.Parallel()
	const nothing = `{"id":null,"action_name":null,"status":null,"cluster_name":null,"submit_time":null,"items":null}`
	record := fakecloud.ActionPath(projectID, clusterID, twin)
	cluster := fakecloud.ClusterPath(projectID, clusterID)
	at := func(path string, answer fakecloud.Response) map[string]fakecloud.Response {
		return map[string]fakecloud.Response{path: answer}
	}
	says := func(body string) fakecloud.Response { return fakecloud.Response{Body: body} }
	unable := fails("Unable to read DWS cluster action")
	rows := []row{
		{name: "no trace, members null", body: nothing, want: isExcused, gate: true},
		{name: "no trace, members absent", body: `{}`, want: isExcused, gate: true},
		{name: "no trace, only the code of success", body: `{"error_code":"DWS.0000"}`, want: isExcused, gate: true},
		{name: "no trace, the record as empty as the action", body: `{}`, also: at(record, says(nothing)), want: isExcused, gate: true},
		{name: "the cluster does not tell its task", body: `{}`, also: at(cluster, says(`{"cluster":{"id":"c"}}`)), want: isExcused, gate: true},
		{name: "the cluster is at something else", body: `{}`, also: at(cluster, says(`{"cluster":{"task_status":"REBOOTING"}}`)), want: isExcused, gate: true},

		{name: "a record of failure", body: `{}`, also: at(record, says(`{"status":"FAILED"}`)), want: isFailed},
		{name: "a record of a rollback", body: `{}`, also: at(record, says(`{"status":"ROLLBACK_SUCCESS"}`)), want: isFailed},
		{name: "a record that is being written", body: `{}`, also: at(record, says(`{"status":"ROLLBACK_RUNNING"}`)), want: isRunning},
		{name: "a record with an unknown word", body: `{}`, also: at(record, says(`{"status":"X"}`)), want: isUnknown},
		{name: "a record without a word", body: `{}`, also: at(record, says(`{"id":"x"}`)), want: isUnknown},
		{name: "a record that cannot be read: status", body: `{}`, also: at(record, unavailable), want: unable},
		{name: "a record that cannot be read: permission", body: `{}`, also: at(record, refusal(403, "APIGW.0302")), want: unable},
		{name: "a record that cannot be read: gateway", body: `{}`, also: at(record, refusal(404, "APIGW.0101")), want: unable},
		{name: "a record that cannot be read: cluster", body: `{}`, also: at(record, refusal(404, "DWS.0047")), want: unable},
		{name: "a record that cannot be read: error on 200", body: `{}`, also: at(record, refusal(200, "DWS.6000")), want: unable},
		{name: "a record that cannot be read: HTML", body: `{}`, also: at(record, says(`<html>`)), want: unable},
		{name: "a record that cannot be read: nothing", body: `{}`, also: at(record, says(``)), want: unable},

		{name: "the cluster names the action", body: `{}`, also: at(cluster, says(`{"cluster":{"task_status":"SNAPSHOTTING"}}`)), want: outcome{State: "running"}},
		{name: "the cluster names the action in another case", body: `{}`, also: at(cluster, says(`{"cluster":{"task_status":"Snapshotting"}}`)), want: outcome{State: "running"}},
		{name: "the cluster names the failure", body: `{}`, also: at(cluster, says(`{"cluster":{"task_status":"SNAPSHOTTING_FAILED"}}`)), want: outcome{State: "failed", Completed: true, Failed: true}},
		{name: "the cluster cannot be read: status", body: `{}`, also: at(cluster, unavailable), want: unable},
		{name: "the cluster cannot be read: permission", body: `{}`, also: at(cluster, refusal(403, "APIGW.0302")), want: unable},
		{name: "the cluster cannot be read: missing", body: `{}`, also: at(cluster, refusal(404, "DWS.0047")), want: unable},
		{name: "the cluster cannot be read: missing in other words", body: `{}`, also: at(cluster, refusal(404, "DWS.0025")), want: unable},
		{name: "the cluster cannot be read: error on 200", body: `{}`, also: at(cluster, refusal(200, "DWS.6000")), want: unable},
		{name: "the cluster cannot be read: null", body: `{}`, also: at(cluster, says(`{"cluster":null}`)), want: unable},
		{name: "the cluster cannot be read: absent", body: `{}`, also: at(cluster, says(`{}`)), want: unable},
		{name: "the cluster cannot be read: list", body: `{}`, also: at(cluster, says(`{"cluster":[]}`)), want: unable},
		{name: "the cluster cannot be read: HTML", body: `{}`, also: at(cluster, says(`<html>`)), want: unable},
		{name: "the cluster cannot be read: nothing", body: `{}`, also: at(cluster, says(``)), want: unable},
	}
	for i := range rows {
		rows[i].ask = args{"on_missing": "succeeded"}
	}
	judge(t, "dws_cluster_action", append(rows,
		row{name: "by default, without a trace", body: nothing, want: fails("DWS cluster action not found")},
		row{name: "by default, with a record", body: nothing, also: at(record, says(`{"status":"FAILED"}`)), want: fails("DWS cluster action not found")},
		row{name: "pending, without a trace", body: nothing, ask: args{"on_missing": "pending"}, want: isMissing},
		row{name: "a missing record of failure", body: `{}`, ask: args{"action_name": twin}, want: fails("DWS cluster action not found")},
		row{name: "a missing record of failure that is expected", body: `{}`, also: at(record, says(`{}`)), ask: args{"action_name": twin, "on_missing": "pending"}, want: isMissing},
		row{name: "a missing record of failure that cannot mean success", body: `{}`, ask: args{"action_name": twin, "on_missing": "succeeded"}, want: fails("Invalid value for on_missing")},
	))
}

// Each action has its own twin: another's must not be taken for it.
func TestDWSClusterAction_knowsEachTwin(t *testing.T) {
	t.Parallel()
	s := subjectOf(t, "dws_cluster_action")
	for name, failure := range map[string]string{
		"GROWING":                "RESIZE_FAILURE",
		"RESTORING":              "RESTORING_FAILED",
		"SNAPSHOTTING":           "SNAPSHOTTING_FAILED",
		"FINE_GRAINED_RESTORING": "FINE_GRAINED_RESTORING_FAILED",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			failed := map[string]fakecloud.Response{fakecloud.ActionPath(projectID, clusterID, failure): {Body: `{"status":"FAILED"}`}}
			pass(t, s, failed, args{"action_name": name, "on_missing": "succeeded"}, isFailed, false)
		})
	}
}
