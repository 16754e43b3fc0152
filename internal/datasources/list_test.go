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

// pages are the offsets and limits of requests.
func pages(cloud *fakecloud.Cloud) string {
	var asked []string
	for _, r := range cloud.Requests() {
		asked = append(asked, r.Query.Get("offset")+"+"+r.Query.Get("limit"))
	}
	return strings.Join(asked, " ")
}

// steady is a list that does not change.
func steady(tasks []string) []fakecloud.TaskListStep {
	return []fakecloud.TaskListStep{{Tasks: tasks}}
}

func TestDCSBackgroundTasks_readsEveryPage(t *testing.T) {
	t.Parallel()
	few := func(list fakecloud.TaskList) fakecloud.TaskList {
		list.Steps = steady(numbered(25, 1))
		return list
	}
	for _, tc := range []struct {
		name  string
		list  fakecloud.TaskList
		args  args
		ids   []any
		pages string
	}{
		{name: "no tasks", ids: []any{}, pages: "0+1000"},
		{name: "a few", list: few(fakecloud.TaskList{}), ids: ids(25, 1), pages: "0+1000"},
		{name: "more than a page", list: fakecloud.TaskList{Steps: steady(numbered(1001, 1))}, args: args{"offset": 999}, ids: ids(2, 1), pages: "0+1000 1000+1000"},

		{name: "the count is a text", list: few(fakecloud.TaskList{TaskCount: `"25"`}), ids: ids(25, 1), pages: "0+1000"},
		{name: "the count is absent", list: few(fakecloud.TaskList{TaskCount: "-"}), ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "the count is null", list: few(fakecloud.TaskList{TaskCount: "null"}), ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "the count is too small", list: few(fakecloud.TaskList{TaskCount: "3"}), ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "the count is too large", list: few(fakecloud.TaskList{TaskCount: "26"}), ids: ids(25, 1), pages: "0+1000 25+1000"},

		{name: "smaller pages", list: few(fakecloud.TaskList{CapLimit: 10}), ids: ids(25, 1), pages: "0+1000 10+1000 20+1000"},
		{name: "smaller pages and no count", list: few(fakecloud.TaskList{CapLimit: 10, TaskCount: "-"}), ids: ids(25, 1), pages: "0+1000 10+1000 20+1000 25+1000"},
		{name: "pages of 1000 refused", list: few(fakecloud.TaskList{MaxLimit: 100}), ids: ids(25, 1), pages: "0+1000 0+100"},
		{name: "pages of 100 refused", list: few(fakecloud.TaskList{MaxLimit: 10}), ids: ids(25, 1), pages: "0+1000 0+100 0+10 10+10 20+10"},
		{name: "a full page", list: fakecloud.TaskList{Steps: steady(numbered(10, 1)), MaxLimit: 10}, ids: ids(10, 1), pages: "0+1000 0+100 0+10 10+10"},
		{name: "limit ignored", list: few(fakecloud.TaskList{IgnoreLimit: true, TaskCount: "-"}), ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "offset ignored", list: few(fakecloud.TaskList{IgnoreOffset: true, TaskCount: "-"}), ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "both ignored", list: few(fakecloud.TaskList{IgnoreOffset: true, IgnoreLimit: true}), ids: ids(25, 1), pages: "0+1000"},

		{name: "others begin between two pages", list: fakecloud.TaskList{CapLimit: 10, Steps: []fakecloud.TaskListStep{
			{Tasks: numbered(15, 1)}, {After: time.Millisecond, Tasks: numbered(18, 1)},
		}}, ids: ids(15, 1), pages: "0+1000 10+1000 18+1000"},
		{name: "the rest is removed between two pages", list: fakecloud.TaskList{CapLimit: 10, Steps: []fakecloud.TaskListStep{
			{Tasks: numbered(15, 1)}, {After: time.Millisecond, Tasks: numbered(15, 6)},
		}}, ids: ids(15, 6), pages: "0+1000 10+1000"},

		{name: "one on the second page", list: few(fakecloud.TaskList{CapLimit: 10}), args: args{"task_id": "t7"}, ids: ids(7, 7), pages: "0+1000 10+1000"},
		{name: "a part", list: few(fakecloud.TaskList{}), args: args{"offset": 2, "limit": 3}, ids: ids(23, 21), pages: "0+1000"},
		{name: "a part past the end", list: few(fakecloud.TaskList{}), args: args{"offset": 25}, ids: []any{}, pages: "0+1000"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := providertest.SourceNamed("dcs_background_tasks")
				cloud := newCloud()
				cloud.ServeTasks(providertest.ProjectID, providertest.InstanceID, tc.list)
				got := read(t, cloud, s, s.Args.With(tc.args))
				testkit.Diff(t, "diagnostics", []diagnostic(nil), got.Diagnostics)
				testkit.Diff(t, "ids", tc.ids, idsOf(got))
				testkit.Diff(t, "pages", tc.pages, pages(cloud))
			})
		})
	}
}

func TestDCSBackgroundTasks_retriesASmallerPageOnlyIfAParameterIsBad(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_background_tasks")
	for code, want := range map[string]string{
		"DCS.4063": "0+1000 0+100 0+10", "111400063": "0+1000 0+100 0+10", // whatever the size
		"DCS.4061": "0+1000", "111400094": "0+1000", "DCS.4025": "0+1000",
	} {
		cloud := newCloud()
		cloud.Serve(s.Path(), providertest.Refused(http.StatusBadRequest, code))
		testkit.Diff(t, code, "Unable to read DCS background tasks", summary(read(t, cloud, s, s.Args)))
		testkit.Diff(t, code+": pages", want, pages(cloud))
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
		{"a window", args{"start_time": from, "end_time": to}, "failed", []any{"ends", "east", "begins"}, "end_time=20200609160001&start_time=20200609160000"},
		{"an open end", args{"start_time": "2020-06-09T16:00:01Z"}, "running", []any{"late", "ends"}, "start_time=20200609160001"},
		{"a window and a name", args{"start_time": from, "name": "eXtend"}, "failed", []any{"ends", "east", "begins"}, "start_time=20200609160000"},
		{"a name and a part, which does not change the state", args{"name": "extend", "limit": 2}, "failed", []any{"ends", "east"}, ""},
		{"a window and the latest", args{"end_time": from, "latest": true}, "succeeded", []any{"east"}, "end_time=20200609160000"},
		{"a name and the latest", args{"name": "extend", "latest": true}, "succeeded", []any{"ends"}, ""},
		{"an ID outside of the window", args{"task_id": "east", "start_time": "20200609160001", "on_missing": "pending"}, "missing", []any{}, "start_time=20200609160001"},
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
		{"found", s.In("failed"), fakecloud.Fault{}, `step "copy" FAILED`, 2},
		{"unavailable", s.In("failed"), fakecloud.Fault{Status: http.StatusServiceUnavailable, Times: -1}, "DCS.4927", 2},
		{"no failure", s.In("succeeded"), fakecloud.Fault{}, "<nil>", 1},
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
