// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/http"
	"slices"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func TestDWSAction_isJudgedByItsOwnStatus(t *testing.T) {
	for _, test := range []observed{
		{name: "running", body: `{"id":"x","status":"RUNNING"}`, want: task.Observation{ID: "x", State: task.Running}},
		{name: "waiting", body: `{"status":"WAITING"}`, want: task.Observation{State: task.Pending}},
		{name: "rolling back", body: `{"status":"ROLLBACK_RUNNING","items":[{"sub_items":[{"status":"FAILED"}]}]}`, want: task.Observation{State: task.Running}},
		{name: "succeeded in spite of a sub-item", body: `{"status":"SUCCESS","items":[{"sub_items":[{"status":"FAILED"}]}]}`, want: task.Observation{State: task.Succeeded}},
		{name: "failed without a sub-item", body: `{"status":"FAILED","items":[{"sub_items":[{"status":"SUCCESS"}]}]}`, want: task.Observation{State: task.Failed}},
		{name: "rolled back", body: `{"status":"ROLLBACK_SUCCESS"}`, want: task.Observation{State: task.Failed}},
		{name: "not rolled back", body: `{"status":"ROLLBACK_FAIL","items":null}`, want: task.Observation{State: task.Failed}},
		{name: "no status", body: `{"id":"x"}`, want: task.Observation{ID: "x", State: task.Unknown, UnknownReason: "an absent or empty status"}},
		{name: "an unknown word", body: `{"status":"STOP"}`, want: task.Observation{State: task.Unknown, UnknownStatus: "STOP", UnknownReason: `the status "STOP"`}},
		{name: "a word of the user's", body: `{"status":"STOP"}`, words: map[string]task.State{"STOP": task.Failed}, want: task.Observation{State: task.Failed}},
		{
			name: "failed at two sub-items", want: task.Observation{State: task.Failed, Reason: `item "创建快照": sub-item "执行备份" FAILED (detail {"a": 1}); item "b": sub-item "d" ROLLBACK_FAIL`},
			body: `{"status":"FAILED","items":[{"item_name":"创建快照","sub_items":[{"sub_item_name":"执行备份","status":"FAILED","detail":"{\"a\":\n 1}"},{"sub_item_name":"c","status":"SUCCESS"}]},` +
				`{"item_name":"b","sub_items":[{"sub_item_name":"d","status":"ROLLBACK_FAIL"}]}]}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "observation", test.want, read[DWSClusterAction](t, test.body).Observe(DWSClusterActionStatuses.Merge(test.words)))
		})
	}
}

// TestDWSAction_failsAsDocumented: the agent's report in the example claims
// success, its status does not.
func TestDWSAction_failsAsDocumented(t *testing.T) {
	action := read[DWSClusterAction](t, fakecloud.ExampleDWSClusterAction)
	diff(t, "observation", task.Observation{
		ID: action.ID.String(), State: task.Failed,
		Reason: `item "创建快照": sub-item "执行备份" FAILED (failedStep INIT, errorMsg host-172-16-13-211 SUCCESS host-172-16-47-24 SUCCESS host-172-16-19-132 SUCCESS)`,
	}, action.Observe(DWSClusterActionStatuses))
}

func TestDWSAction_explainsAFailureByTheReportInItsDetail(t *testing.T) {
	for _, test := range []struct{ detail, want string }{
		{``, ``},
		{`{"progressInfo":"{\"failedStep\":\"INIT\",\"errorCode\":\"E1\",\"errorMsg\":\"no\\n space\"}"}`, ` (failedStep INIT, errorCode E1, errorMsg no space)`},
		{`{"progressInfo":"{\"failedStep\":\"\",\"errorCode\":7}"}`, ` (errorCode 7)`},
		{`{"progressInfo":"{\"currentStep\":\"FINISH\"}"}`, ``},
		{`{"progressInfo":"half"}`, ` (detail {"progressInfo":"half"})`},
		{`{"progressInfo":{"failedStep":"INIT"}}`, ` (detail {"progressInfo":{"failedStep":"INIT"}})`},
		{`{"errorMsg":"no space"}`, ` (detail {"errorMsg":"no space"})`},
		{`{node_id:1}`, ` (detail {node_id:1})`},
		{`{"progressInfo":"{\"errorMsg\":{\"a\":1}}"}`, ` (detail {"progressInfo":"{\"errorMsg\":{\"a\":1}}"})`},
	} {
		action := read[DWSClusterAction](t, `{"status":"FAILED","items":[{"item_name":"a","sub_items":[{"sub_item_name":"b","status":"FAILED","detail":`+quoted(test.detail)+`}]}]}`)
		diff(t, test.detail, `item "a": sub-item "b" FAILED`+test.want, action.Observe(DWSClusterActionStatuses).Reason)
	}
}

func TestDWSAction_isMissingUnlessTheClusterIs(t *testing.T) {
	path := fakecloud.ActionPath(projectID, clusterID, "GROWING")
	get := func(p Project) error {
		_, err := p.DWSClusterAction(t.Context(), clusterID, "GROWING", "en_us")
		return err
	}
	for _, test := range []answered{
		{"404 with a code of DWS", http.StatusNotFound, "DWS.0025", transport.KindNotFound},
		{"no such cluster: 0047", http.StatusNotFound, "DWS.0047", transport.KindStatus},
		{"no such cluster: 3027", http.StatusNotFound, "DWS.3027", transport.KindStatus},
		{"no such cluster: 0015", http.StatusNotFound, "DWS.0015", transport.KindStatus},
		{"no such cluster: 0001", http.StatusNotFound, "DWS.0001", transport.KindStatus},
		{"no such cluster as 401", http.StatusUnauthorized, "DWS.0047", transport.KindStatus},
		{"no such cluster as 403", http.StatusForbidden, "DWS.0015", transport.KindStatus},
		{"no such cluster as 400", http.StatusBadRequest, "DWS.0001", transport.KindStatus},
		{"404 without a code", http.StatusNotFound, "", transport.KindStatus},
		{"404 of the gateway", http.StatusNotFound, "APIGW.0101", transport.KindStatus},
		{"404 of another service", http.StatusNotFound, "DCS.4070", transport.KindStatus},
		{"400", http.StatusBadRequest, "DWS.0025", transport.KindStatus},
		{"500", http.StatusInternalServerError, "DWS.9999", transport.KindStatus},
	} {
		test.check(t, path, get)
	}
	for _, body := range []string{
		`{}`, `{"new_member":1}`, `{"error_code":"DWS.0000"}`, `{"error_code":null}`,
		`{"id":null,"action_name":null,"status":null,"cluster_name":null,"submit_time":null,"items":null}`,
	} {
		t.Run(body, func(t *testing.T) {
			cloud := newCloud()
			cloud.Serve(path, fakecloud.Response{Body: body})
			err := get(project(t, newClient(cloud.Transport())))
			diff(t, "not found", true, transport.IsNotFound(err))
			diff(t, "problem", "each of its documented fields is absent or null", fault(t, err).Problem)
		})
	}
}

func TestMissingParent(t *testing.T) {
	for code, want := range map[string]string{
		"DWS.0047": "cluster", "DWS.3027": "cluster", "DWS.0015": "cluster", "DWS.0001": "cluster", "CCE.01404001": "cluster",
		"DCS.3022": "instance", "DCS.4001": "instance", "111404022": "instance",
		"": "", "DWS.0025": "", "DCS.4070": "", "CCE.01403001": "", "APIGW.0101": "",
	} {
		diff(t, code, want, MissingParent(&transport.Error{Code: code}))
	}
}

func TestDWSActionNames_areTheDocumentedOnes(t *testing.T) {
	names := DWSActionNames()
	diff(t, "sorted", true, slices.IsSorted(names))
	diff(t, "names", []string{
		"FINE_GRAINED_RESTORING", "FINE_GRAINED_RESTORING_FAILED", "GROWING", "RESIZE_FAILURE",
		"RESTORING", "RESTORING_FAILED", "SNAPSHOTTING", "SNAPSHOTTING_FAILED",
	}, names)
}

func TestDWSClusterTask_tellsWhatTheClusterIsBusyWith(t *testing.T) {
	for body, want := range map[string]string{
		`{"cluster":{"task_status":"SNAPSHOTTING","status":"AVAILABLE"}}`: "SNAPSHOTTING",
		`{"cluster":{"task_status":null}}`:                                "",
		`{"cluster":{}}`:                                                  "",
	} {
		cloud := newCloud()
		cloud.Serve(fakecloud.ClusterPath(projectID, clusterID), fakecloud.Response{Body: body})
		got, err := project(t, newClient(cloud.Transport())).DWSClusterTask(t.Context(), clusterID)
		diff(t, "error", nil, err)
		diff(t, body, want, got)
	}
}

func TestDWSClusterTask_isAnErrorWhereTheClusterIsMissing(t *testing.T) {
	_, err := project(t, newClient(newCloud().Transport())).DWSClusterTask(t.Context(), clusterID)
	diff(t, "kind", transport.KindStatus, fault(t, err).Kind)
	diff(t, "code", "DWS.0047", fault(t, err).Code)
}
