// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// numbered are tasks from last to first; the newest comes first.
func numbered(last, first int) []string {
	var tasks []string
	for i := last; i >= first; i-- {
		created := time.Date(2020, time.June, 17, 0, 0, i, 0, time.UTC).Format(time.RFC3339)
		tasks = append(tasks, fmt.Sprintf(`{"id":"t%d","status":"SUCCESS","created_at":%q}`, i, created))
	}
	return tasks
}

// ids are those of numbered tasks.
func ids(last, first int) []any {
	all := []any{}
	for i := last; i >= first; i-- {
		all = append(all, fmt.Sprintf("t%d", i))
	}
	return all
}

func idsOf(got providertest.ReadResult) []any {
	all := []any{}
	tasks, _ := got.State["tasks"].([]any)
	for _, task := range tasks {
		all = append(all, task.(map[string]any)["id"])
	}
	return all
}

// steady is a list that does not change.
func steady(tasks []string) []fakecloud.TaskListStep {
	return []fakecloud.TaskListStep{{Tasks: tasks}}
}

// TestDCSBackgroundTasks_limitsOnlyTheTasks reads a list of several pages, whose
// state is that of all its tasks. What makes a list complete is tested in package
// client.
func TestDCSBackgroundTasks_limitsOnlyTheTasks(t *testing.T) {
	t.Parallel()
	failing := append(numbered(1500, 2), strings.ReplaceAll(numbered(1, 1)[0], "SUCCESS", "FAILED"))
	for _, tc := range []struct {
		name string
		args args
		ids  []any
	}{
		{"all", nil, ids(1500, 1)},
		{"one on the second page", args{"task_id": "t1"}, ids(1, 1)},
		{"from the second page on", args{"offset": 1498}, ids(2, 1)},
		{"a part", args{"offset": 2, "limit": 3}, ids(1498, 1496)},
		{"a part past the end", args{"offset": 1500}, []any{}},
	} {
		cloud := newCloud()
		cloud.ServeTasks(providertest.ProjectID, providertest.InstanceID, fakecloud.TaskList{Steps: steady(failing)})
		s := providertest.SourceNamed("dcs_background_tasks")
		got := read(t, cloud, s, s.Args.With(tc.args))
		testkit.Diff(t, tc.name+": state", "failed", summary(got))
		testkit.Diff(t, tc.name+": ids", tc.ids, idsOf(got))
	}
}

// TestDCSBackgroundTasks_filters what the service may have sent in vain. Each
// filter is tested in package client; here they are combined.
func TestDCSBackgroundTasks_filters(t *testing.T) {
	t.Parallel()
	tasks := []string{
		`{"id":"late","name":"modify","status":"EXECUTING","created_at":"2020-06-09T16:00:02.000Z"}`,
		`{"id":"ends","name":"EXTEND","status":"SUCCESS","created_at":"2020-06-09T16:00:01.999Z"}`,
		`{"id":"east","name":"Extend","status":"SUCCESS","created_at":"2020-06-10T00:00:00.500+08:00"}`,
		`{"id":"begins","name":"extend","status":"FAILED","created_at":"2020-06-09T16:00:00.000Z"}`,
		`{"id":"early","name":"EXTEND","status":"SUCCESS","created_at":"2020-06-09T15:59:59.999Z"}`,
	}
	const from, to = "20200609160000", "2020-06-10T00:00:01+08:00"
	for _, tc := range []struct {
		name  string
		args  args
		state string
		ids   []any
		query string // of the window
	}{
		{"none", args{}, "running", []any{"late", "ends", "east", "begins", "early"}, ""},
		{"a window", args{"start_time": from, "end_time": to}, "failed", []any{"east", "begins"}, "end_time=20200609160002&start_time=20200609155959"},
		{"an open end", args{"start_time": "2020-06-09T16:00:01Z"}, "running", []any{"late", "ends"}, "start_time=20200609160000"},
		{"a window and a name", args{"start_time": from, "name": "eXtend"}, "failed", []any{"ends", "east", "begins"}, "start_time=20200609155959"},
		{"a name and a part, which does not change the state", args{"name": "extend", "limit": 2}, "failed", []any{"ends", "east"}, ""},
		{"a window and the latest", args{"end_time": from, "latest": true}, "failed", []any{"begins"}, "end_time=20200609160001"},
		{"a name and the latest", args{"name": "extend", "latest": true}, "succeeded", []any{"ends"}, ""},
		{"an ID outside of the window", args{"task_id": "east", "start_time": "20200609160001", "on_missing": "pending"}, "missing", []any{}, "start_time=20200609160000"},
		{"an ID with another name", args{"task_id": "east", "name": "modify", "on_missing": "pending"}, "missing", []any{}, ""},
	} {
		for _, ignored := range []bool{false, true} {
			s := providertest.SourceNamed("dcs_background_tasks")
			cloud := newCloud()
			cloud.ServeTasks(providertest.ProjectID, providertest.InstanceID, fakecloud.TaskList{Steps: steady(tasks), IgnoreWindow: ignored})
			got := read(t, cloud, s, s.Args.With(tc.args))
			testkit.Diff(t, tc.name, tc.state, summary(got))
			testkit.Diff(t, tc.name+": ids", tc.ids, idsOf(got))
			query := cloud.Requests()[0].Query
			query.Del("offset")
			query.Del("limit")
			testkit.Diff(t, tc.name+": query", tc.query, query.Encode())
		}
	}
}

// TestDCSBackgroundTasks_seeksTheReasonOnce, and does not wait for it.
func TestDCSBackgroundTasks_seeksTheReasonOnce(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_background_tasks")
	progress := providertest.SourceNamed("dcs_task_progress")
	for _, tc := range []struct {
		name     string
		tasks    fakecloud.Response
		fault    fakecloud.Fault
		reason   string
		requests int
	}{
		{"found", s.In("failed"), fakecloud.Fault{}, `step "copy" FAILED`, 3},
		{"unavailable", s.In("failed"), fakecloud.Fault{Status: http.StatusServiceUnavailable, Times: -1}, "DCS.4927", 3},
		{"no failure", s.In("succeeded"), fakecloud.Fault{}, "<nil>", 2},
	} {
		synctest.Test(t, func(t *testing.T) {
			cloud := newCloud()
			cloud.Serve(s.Path(), tc.tasks)
			cloud.Serve(progress.Path(), progress.In("failed"))
			cloud.Fail(progress.Path(), tc.fault)
			got := connect(t, cloud, args{"max_retries": 5}).Read(t, s.Name, s.Args)
			if reason := fmt.Sprint(got.State["reason"]); !strings.Contains(reason, tc.reason) {
				t.Errorf("%s: the reason is %s", tc.name, reason)
			}
			testkit.Diff(t, tc.name+": requests", tc.requests, len(cloud.Requests()))
		})
	}
}
