// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// scriptable has the paths of single tasks, with the fields that name the task and
// its status, and the statuses of the documents.
var scriptable = map[string]struct {
	path             string
	identity, status []any
	statuses         []string // pending, running, succeeded, failed
}{
	"DCS job": {fakecloud.JobPath(project, "T"), []any{"job_id"}, []any{"status"}, []string{"INIT", "RUNNING", "SUCCESS", "FAIL"}},
	"DCS progress": {
		fakecloud.ProgressPath(project, instance, "T"), nil,
		[]any{"step_details", 0, "step_status"},
		[]string{"WAITING", "EXECUTING", "FINISH", "FAILED"},
	},
	"DWS action": {
		fakecloud.ActionPath(project, cluster, "T"),
		[]any{"action_name"},
		[]any{"status"},
		[]string{"WAITING", "RUNNING", "SUCCESS", "FAILED"},
	},
	"DWS job": {fakecloud.DWSJobPath(project, "T"), []any{"job_id"}, []any{"status"}, []string{"INIT", "RUNNING", "SUCCESS", "FAIL"}},
	"DWS snapshot": {
		fakecloud.DWSSnapshotPath(project, "T"),
		[]any{"snapshot", "id"},
		[]any{"snapshot", "status"},
		[]string{"CREATING", "CREATING", "AVAILABLE", "UNAVAILABLE"},
	},
	"CCE job": {
		fakecloud.CCEJobPath(project, "T"),
		[]any{"metadata", "uid"},
		[]any{"status", "phase"},
		[]string{"Initializing", "Running", "Success", "Failed"},
	},
	"CCE upgrade task": {
		fakecloud.CCEUpgradeTaskPath(project, cluster, "T"),
		[]any{"metadata", "uid"},
		[]any{"status", "phase"},
		[]string{"Init", "Running", "Success", "Failed"},
	},
}

func TestServeScript_followsTheTruth(t *testing.T) {
	states := []fakecloud.State{fakecloud.Pending, fakecloud.Running, fakecloud.Succeeded, fakecloud.Failed}
	for name, api := range scriptable {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				var script fakecloud.Script
				for i, state := range states {
					script.Steps = append(script.Steps, fakecloud.Step{At: fakecloud.Moment{After: time.Duration(i+1) * time.Minute}, State: state})
				}
				task := cloud.ServeScript(api.path, script)
				diff(t, "truth before the first step", fakecloud.TaskTruth{ID: "T"}, task.Truth(time.Now()))
				if response := get(t, cloud, api.path); response.Status/100 != 4 {
					t.Errorf("response before the first step is %+v, want a missing task", response)
				}
				for i, state := range states {
					time.Sleep(time.Minute)
					body := get(t, cloud, api.path).Body
					diff(t, "status", api.statuses[i], at(t, body, api.status...))
					if api.identity != nil {
						diff(t, "identity", "T", at(t, body, api.identity...))
					}
					diff(t, "truth", fakecloud.TaskTruth{ID: "T", State: state, Listed: true}, task.Truth(time.Now()))
				}
				diff(t, "truth a minute ago", fakecloud.Succeeded, task.Truth(time.Now().Add(-time.Minute)).State)
			})
		})
	}
}

func TestServeScript_hidesTheTask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud, path := newCloud(), fakecloud.JobPath(project, "job")
		task := cloud.ServeScript(path, fakecloud.Script{
			Steps: []fakecloud.Step{
				{State: fakecloud.Running},
				{At: fakecloud.Moment{Requests: 3}, State: fakecloud.Unknown},
				{At: fakecloud.Moment{Requests: 4}, State: fakecloud.Unknown, Status: "-"},
			},
			Hidden:  []fakecloud.Span{{fakecloud.Moment{Requests: 1}, fakecloud.Moment{Requests: 2}}, {From: fakecloud.Moment{After: time.Hour}}},
			Missing: &fakecloud.Response{Status: http.StatusGone, Body: "{}"},
		})
		truth := func(want fakecloud.TaskTruth) {
			t.Helper()
			want.ID = "job"
			diff(t, "truth", want, task.Truth(time.Now()))
		}
		diff(t, "first", "RUNNING", at(t, get(t, cloud, path).Body, "status"))
		truth(fakecloud.TaskTruth{State: fakecloud.Running})
		diff(t, "second", result{http.StatusGone, "{}"}, get(t, cloud, path))
		diff(t, "third", "RUNNING", at(t, get(t, cloud, path).Body, "status"))
		diff(t, "fourth", "FROZEN", at(t, get(t, cloud, path).Body, "status"))
		truth(fakecloud.TaskTruth{State: fakecloud.Unknown, Listed: true})
		if _, found := at(t, get(t, cloud, path).Body).(map[string]any)["status"]; found {
			t.Error("the fifth response has a status")
		}
		time.Sleep(time.Hour)
		diff(t, "deleted", http.StatusGone, get(t, cloud, path).Status)
		truth(fakecloud.TaskTruth{State: fakecloud.Unknown, Deleted: true})
	})
}
