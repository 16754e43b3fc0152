// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// step is a response from some second on.
type step struct {
	second   int
	response fakecloud.Response
}

func steps(first fakecloud.Response, others ...step) []fakecloud.Response {
	all := []fakecloud.Response{first}
	for _, s := range others {
		s.response.After = time.Duration(s.second) * time.Second
		all = append(all, s.response)
	}
	return all
}

// TestDWSClusterAction_traces follows a missing action to the record of its
// failure and to its cluster, with a poll every ten seconds. What each finding
// means is tested in package gate.
func TestDWSClusterAction_traces(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dws_cluster_action")
	missing, running := s.In("missing"), s.In("running")
	forbidden, unavailable := providertest.Refused(http.StatusForbidden, "APIGW.0302"), fakecloud.Response{Status: http.StatusServiceUnavailable}
	record := func(status string) fakecloud.Response {
		return fakecloud.Response{Body: `{"action_name":"SNAPSHOTTING_FAILED","status":"` + status + `"}`}
	}
	const none = `"task_status":null,"action_progress":null`
	idle := clusterWith(none)
	seen := steps(running, step{15, missing})
	const hasFailed, disappeared, unable = "DWS cluster action failed", "DWS cluster action disappeared", "Unable to read DWS cluster action"
	const timedOut, unrecognized = "Timed out waiting for DWS cluster action", "Unrecognized status of DWS cluster action"
	for _, tc := range []struct {
		name                    string
		onMissing               string
		action, record, cluster []fakecloud.Response // nil: never there, never there, idle
		want                    string
		seconds                 int
	}{
		{name: "never seen", onMissing: "succeeded", want: "missing", seconds: 40},
		{name: "never seen, and failed", onMissing: "succeeded", record: steps(record("FAILED")), want: hasFailed, seconds: 30},
		{name: "never seen, an error", onMissing: "error", want: "DWS cluster action not found", seconds: 0},
		{name: "seen late, and succeeded", onMissing: "succeeded", action: steps(missing, step{25, running}, step{45, s.In("succeeded")}), want: "succeeded", seconds: 50},
		{name: "seen, and gone", onMissing: "succeeded", action: seen, want: "missing", seconds: 60},
		{name: "seen, gone for a poll, and gone", onMissing: "succeeded", action: steps(running, step{15, missing}, step{25, running}, step{35, missing}), want: "missing", seconds: 80},
		{name: "seen, and gone, an error", onMissing: "error", action: seen, want: disappeared, seconds: 50},
		{name: "seen, and gone, not pending again", onMissing: "pending", action: seen, want: disappeared, seconds: 50},
		{name: "seen, and failed", onMissing: "error", action: seen, record: steps(record("FAILED")), want: hasFailed, seconds: 50},
		{name: "seen, and rolled back", onMissing: "succeeded", action: seen, record: steps(record("ROLLBACK_SUCCESS")), want: hasFailed, seconds: 50},
		{name: "seen, and its record claims success", onMissing: "succeeded", action: seen, record: steps(record("SUCCESS")), want: unrecognized, seconds: 50},
		{name: "seen, and its record claims to run", onMissing: "succeeded", action: seen, record: steps(record("ROLLBACK_RUNNING")), want: unrecognized, seconds: 50},
		{name: "seen, and its record forbidden", onMissing: "succeeded", action: seen, record: steps(forbidden), want: unable, seconds: 50},
		{name: "seen, and the cluster is busy with it", onMissing: "succeeded", action: seen, cluster: steps(clusterWith(`"task_status":"Snapshotting"`), step{25, idle}), want: "missing", seconds: 90},
		{name: "seen, and the cluster shows its progress", onMissing: "succeeded", action: seen, cluster: steps(clusterWith(`"action_progress":{"SNAPSHOTTING":"20%"}`)), want: timedOut, seconds: 119},
		{name: "seen, and the cluster is busy with it, with a space", onMissing: "succeeded", action: seen, cluster: steps(clusterWith(`"task_status":"SNAPSHOTTING "`)), want: timedOut, seconds: 119},
		{name: "seen, and the cluster is busy with it and another", onMissing: "succeeded", action: seen, cluster: steps(clusterWith(`"task_status":"RESTORING,snapshotting"`)), want: timedOut, seconds: 119},
		{name: "seen, and the cluster is busy with another", onMissing: "succeeded", action: seen, cluster: steps(clusterWith(`"task_status":"REBOOTING"`)), want: "missing", seconds: 60},
		{name: "seen, and the cluster names the failure", onMissing: "succeeded", action: seen, cluster: steps(clusterWith(`"task_status":"SNAPSHOTTING_FAILED"`)), want: timedOut, seconds: 119},
		{name: "seen, and the cluster unavailable for a while", onMissing: "succeeded", action: seen, cluster: steps(unavailable, step{15, idle}), want: "missing", seconds: 80},
		{name: "seen, and the cluster forbidden", onMissing: "succeeded", action: seen, cluster: steps(forbidden), want: unable, seconds: 50},
		{name: "seen, and the cluster missing", onMissing: "succeeded", action: seen, cluster: steps(providertest.Refused(http.StatusNotFound, "DWS.0025")), want: unable, seconds: 50},
		{name: "seen, and the cluster null", onMissing: "succeeded", action: seen, cluster: steps(fakecloud.Response{Body: `{"cluster":null}`}), want: unable, seconds: 50},
		{name: "seen, and another cluster", onMissing: "succeeded", action: seen, cluster: steps(fakecloud.Response{Body: `{"cluster":{"id":"other",` + none + `}}`}), want: unable, seconds: 50},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				for path, responses := range map[string][]fakecloud.Response{
					s.Path(): tc.action, s.PathOf(args{"action_name": "SNAPSHOTTING_FAILED"}): tc.record,
					fakecloud.ClusterPath(providertest.ProjectID, providertest.ClusterID): tc.cluster,
				} {
					if responses != nil {
						cloud.Serve(path, responses...)
					}
				}
				begin := time.Now()
				got := read(t, cloud, s, waiting(s.Args).With(args{"on_missing": tc.onMissing}))
				testkit.Diff(t, "outcome", tc.want, summary(got))
				passed := tc.want == "missing" || tc.want == "succeeded"
				testkit.Diff(t, "succeeded and completed", []bool{passed, passed}, []bool{got.State["succeeded"] == true, got.State["completed"] == true})
				testkit.Diff(t, "seconds", tc.seconds, int(time.Since(begin).Round(time.Second).Seconds()))
			})
		})
	}
}

// TestDWSClusterAction_hasARecordOfItsOwn keeps the failure of one action from
// being taken for that of another.
func TestDWSClusterAction_hasARecordOfItsOwn(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dws_cluster_action")
	records := map[string]string{
		"GROWING": "RESIZE_FAILURE", "RESTORING": "RESTORING_FAILED", "SNAPSHOTTING": "SNAPSHOTTING_FAILED", "FINE_GRAINED_RESTORING": "FINE_GRAINED_RESTORING_FAILED",
	}
	for action := range records {
		for _, record := range records {
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud() // where the action is missing
				cloud.Serve(s.PathOf(args{"action_name": record}), fakecloud.Response{Body: `{"action_name":"` + record + `","status":"FAILED"}`})
				want := "missing"
				if record == records[action] {
					want = "DWS cluster action failed"
				}
				got := read(t, cloud, s, waiting(s.Args).With(args{"action_name": action, "on_missing": "succeeded"}))
				testkit.Diff(t, action+" with "+record, want, summary(got))
			})
		}
	}
}
