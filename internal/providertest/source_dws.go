// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"encoding/base64"
	"fmt"
	"net/http"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func dwsClusterAction() Source {
	return Source{
		Name: "dws_cluster_action", Noun: "DWS cluster action", Service: "dws", Shape: Traced,
		API:     "/v1/{project_id}/clusters/{cluster_id}/actions/{action_name}",
		Args:    Args{"cluster_id": ClusterID, "action_name": "SNAPSHOTTING"},
		Options: "language",
		ID:      ClusterID + "/SNAPSHOTTING",

		Statuses: map[string][]string{
			"pending": {"WAITING"}, "running": {"RUNNING", "ROLLBACK_RUNNING"}, "succeeded": {"SUCCESS"}, "failed": {"FAILED", "ROLLBACK_SUCCESS", "ROLLBACK_FAIL"},
		},
		Body: func(status string) string {
			return fmt.Sprintf(actionBody+`"status":%q,"items":[{"item_name":"backup","sub_items":[{"sub_item_name":"copy","status":%q,"detail":"{\"errorMsg\":\"disk full\"}"}]}]}`, status, status)
		},
		Reason: "disk full",
		Missing: append(noSuchDWSTask(),
			fakecloud.Response{Body: `{"id":null,"action_name":null,"status":null,"cluster_name":null,"submit_time":null,"items":null}`},
			fakecloud.Response{Body: `{"error_code":"DWS.0000"}`},
		),

		Members: []string{
			"string: id action_name", "status: status", "string: cluster_name", "time: submit_time",
			"array: items", "string: items[].item_name", "array: items[].sub_items", "string: items[].sub_items[].sub_item_name", "status: items[].sub_items[].status",
			"detail: items[].sub_items[].detail", "time: items[].sub_items[].begin_time items[].sub_items[].end_time", "number: items[].sub_items[].estimated_time",
		},
		Renamed: map[string]string{"id": "action_id"},
		Samples: dwsClusterActionSamples(),
	}
}

// noSuchDWSTask are the responses of DWS that mean that there is no such task, in
// each of its forms. The code is in no table.
func noSuchDWSTask() []fakecloud.Response {
	const older = `{"errCode":"DWS.0025","externalMessage":"The reason."}`
	return []fakecloud.Response{
		{Status: http.StatusNotFound, Body: `{"externalMessage":"The reason.","errCode":"DWS.0025","error_code":"DWS.0025","error_msg":"The reason."}`},
		Refused(http.StatusNotFound, "DWS.0025"),
		{Status: http.StatusNotFound, Body: older},
		{Status: http.StatusNotFound, Body: base64.StdEncoding.EncodeToString([]byte(older))},
		{Status: http.StatusNotFound, Body: `"` + base64.URLEncoding.EncodeToString([]byte(older)) + `"`},
	}
}

// actionBody is how each response begins.
const actionBody = `{"action_name":"SNAPSHOTTING",`

func dwsClusterActionSamples() []Sample {
	const name = "DWS action SNAPSHOTTING of cluster " + ClusterID
	return []Sample{sample(
		"the documented example, a failure whose detail claims success", fakecloud.ExampleDWSClusterAction,
		`{"id":"`+ClusterID+`/SNAPSHOTTING_FAILED","action_id":"abb30649-4ab5-448f-a199-f764d2a4271d","state":"failed",
		"summary":"DWS action SNAPSHOTTING_FAILED of cluster `+ClusterID+`: failed (FAILED): item \"创建快照\": sub-item \"执行备份\" FAILED (failedStep INIT, errorMsg host-172-16-13-211 SUCCESS host-172-16-47-24 SUCCESS host-172-16-19-132 SUCCESS)",
		"reason":"item \"创建快照\": sub-item \"执行备份\" FAILED (failedStep INIT, errorMsg host-172-16-13-211 SUCCESS host-172-16-47-24 SUCCESS host-172-16-19-132 SUCCESS)",
		"status":"FAILED","cluster_name":"cluster_779","submit_time":"2025-05-19 09:05:10.0","items":[{"item_name":"创建快照","sub_items":[
		{"sub_item_name":"执行备份","status":"FAILED","begin_time":"2025-05-19 09:06:18.0","estimated_time":-1,
		"detail":"{\"progressInfo\":\"{\\\"actionEndTime\\\":\\\"2025-05-19 09:07:42\\\",\\\"failedStep\\\":\\\"INIT\\\",\\\"partialPassKeys\\\":\\\"N/A\\\",\\\"errorCode\\\":\\\"\\\",`+
			`\\\"updateTime\\\":\\\"2025-05-19 09:07:43\\\",\\\"errorMsg\\\":\\\"host-172-16-13-211 SUCCESS host-172-16-47-24 SUCCESS host-172-16-19-132 SUCCESS \\\",\\\"backupSize\\\":157661926,`+
			`\\\"backupRate\\\":{\\\"compressRate\\\":\\\"0MB/s\\\",\\\"consumerRate\\\":\\\"0MB/s\\\",\\\"producerRate\\\":\\\"0MB/s\\\"},\\\"currentStep\\\":\\\"FINISH\\\",\\\"actionType\\\":\\\"Backup\\\",`+
			`\\\"unrestoreKeys\\\":\\\"N/A\\\",\\\"progress\\\":\\\"100.00%\\\",\\\"actionStartTime\\\":\\\"2025-05-19 09:07:28\\\",\\\"priorKey\\\":\\\"N/A\\\",\\\"key\\\":\\\"20250519_090729\\\"}\"}"}]}]}`,
	).with(Args{"action_name": "SNAPSHOTTING_FAILED"}), sample(
		"numbers for strings, strings for numbers, fractions, nulls, and undocumented fields",
		`{"id":4711,"action_name":"SNAPSHOTTING","status":"Rollback_Running","cluster_name":0.10,"submit_time":20250519,"error_code":"DWS.0000","error_msg":null,"progress":{},"items":[{},{"item_name":"a","sub_items":null},`+
			`{"item_name":1,"sub_items":[{},{"sub_item_name":2,"status":null,"detail":3,"begin_time":4,"end_time":"","estimated_time":"12.50","extra":[]}]}]}`,
		`{"action_id":"4711","state":"running","summary":"`+name+`: running (Rollback_Running)","status":"Rollback_Running","cluster_name":"0.10","submit_time":"20250519","items":[
		{"sub_items":[]},{"item_name":"a","sub_items":[]},{"item_name":"1","sub_items":[{},{"sub_item_name":"2","detail":"3","begin_time":"4","end_time":"","estimated_time":12.5}]}]}`,
	), sample(
		"only a status", actionBody+`"status":"WAITING"}`, `{"state":"pending","summary":"`+name+`: pending (WAITING)","status":"WAITING","items":[]}`,
	), sample(
		"only a name, and nulls", actionBody+`"id":null,"status":null,"cluster_name":null,"submit_time":null,"items":[]}`,
		`{"state":"unknown","summary":"`+name+`: unknown: no status","items":[]}`,
	)}
}
