// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func afterSeconds(seconds int) fakecloud.Moment {
	return fakecloud.Moment{After: time.Duration(seconds) * time.Second}
}

// An action that fails after a minute and vanishes, whose failure record appears
// 20 seconds later.
func TestServeAction_playsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		action := cloud.ServeAction(project, cluster, "GROWING", fakecloud.ActionScript{
			Script: fakecloud.Script{
				Steps:  []fakecloud.Step{{State: fakecloud.Running}, {At: afterSeconds(60), State: fakecloud.Failed}},
				Hidden: []fakecloud.Span{{From: afterSeconds(60)}},
			},
			SubmitTime: "2026-03-04 06:11:09.0",
			Failure: fakecloud.FailureRecord{
				Script:     fakecloud.Script{Steps: []fakecloud.Step{{At: afterSeconds(80), State: fakecloud.Failed, Status: "ROLLBACK_SUCCESS"}}},
				SubmitTime: "2026-03-04 06:11:10.0",
			},
			Cluster: fakecloud.ClusterScript{Steps: []fakecloud.ClusterStep{
				{Task: "GROWING"}, {At: afterSeconds(50), Progress: "GROWING"}, {At: afterSeconds(70)},
			}},
		})
		paths := []string{
			fakecloud.ActionPath(project, cluster, "GROWING"),
			fakecloud.ActionPath(project, cluster, "RESIZE_FAILURE"),
			fakecloud.ClusterPath(project, cluster),
		}
		fields := func(path string, names ...any) []any {
			all := []any{}
			for _, name := range names {
				all = append(all, at(t, get(t, cloud, path).Body, name))
			}
			return all
		}
		missing := result{http.StatusNotFound, `{"externalMessage":"The action does not exist.","errCode":"DWS.0025",` +
			`"error_code":"DWS.0025","error_msg":"The action does not exist."}`}
		clusterIs := func(task, progress any) {
			t.Helper()
			detail := at(t, get(t, cloud, paths[2]).Body, "cluster").(map[string]any)
			diff(t, "cluster", []any{cluster, task, progress}, []any{detail["id"], detail["task_status"], detail["action_progress"]})
		}
		diff(t, "running action", []any{"GROWING", "RUNNING", "2026-03-04 06:11:09.0"}, fields(paths[0], "action_name", "status", "submit_time"))
		diff(t, "no failure yet", missing, get(t, cloud, paths[1]))
		clusterIs("GROWING", nil)
		time.Sleep(50 * time.Second)
		clusterIs(nil, map[string]any{"GROWING": "20%"})
		time.Sleep(20 * time.Second)
		clusterIs(nil, nil)
		diff(t, "vanished action", missing, get(t, cloud, paths[0]))
		diff(t, "no failure record yet", missing, get(t, cloud, paths[1]))
		diff(t, "truth", fakecloud.TaskTruth{ID: "GROWING", State: fakecloud.Failed, Deleted: true}, action.Truth(time.Now()))
		time.Sleep(10 * time.Second)
		diff(t, "failure record", []any{"RESIZE_FAILURE", "ROLLBACK_SUCCESS", "2026-03-04 06:11:10.0"},
			fields(paths[1], "action_name", "status", "submit_time"))
	})
}

func TestServeAction_deviatesInTheClusterDetail(t *testing.T) {
	path := fakecloud.ClusterPath(project, cluster)
	cloud := newCloud()
	cloud.ServeAction(project, cluster, "RESTORING_FAILED", fakecloud.ActionScript{Cluster: fakecloud.ClusterScript{ID: "other"}})
	diff(t, "another cluster", "other", at(t, get(t, cloud, path).Body, "cluster", "id"))
	cloud = newCloud()
	cloud.ServeAction(project, cluster, "SNAPSHOTTING", fakecloud.ActionScript{Cluster: fakecloud.ClusterScript{Missing: true}})
	diff(t, "missing cluster", http.StatusNotFound, get(t, cloud, path).Status)
	cloud = newCloud()
	cloud.ServeAction(project, cluster, "SNAPSHOTTING", fakecloud.ActionScript{Cluster: fakecloud.ClusterScript{
		Steps:  []fakecloud.ClusterStep{{Task: "SNAPSHOTTING"}},
		Quirks: []fakecloud.QuirkSpan{{Quirk: fakecloud.Quirks(path)[0]}},
	}})
	diff(t, "quirk", ok(""), get(t, cloud, path))
}
