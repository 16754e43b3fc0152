// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// numbered are tasks from first to last, the newest of which comes first.
func numbered(last, first int) []string {
	var tasks []string
	for i := last; i >= first; i-- {
		created := time.Date(2020, 6, 17, 0, 0, i, 0, time.UTC).Format(time.RFC3339)
		tasks = append(tasks, fmt.Sprintf(`{"id":"t%d","status":"SUCCESS","created_at":%q}`, i, created))
	}
	return tasks
}

// steady is a list that does not change.
func steady(tasks []string) []fakecloud.TaskListStep {
	return []fakecloud.TaskListStep{{Tasks: tasks}}
}

// idsOf are the ids of tasks as they stand in a state.
func idsOf(tasks any) []any {
	ids := []any{}
	for _, task := range tasks.([]any) {
		ids = append(ids, task.(map[string]any)["id"])
	}
	return ids
}

// ids are those of numbered tasks.
func ids(last, first int) []any {
	all := []any{}
	for i := last; i >= first; i-- {
		all = append(all, fmt.Sprintf("t%d", i))
	}
	return all
}

// pages are the offsets and limits of requests, in their order.
func pages(requests []fakecloud.Request) string {
	var asked []string
	for _, r := range requests {
		asked = append(asked, r.Query.Get("offset")+"+"+r.Query.Get("limit"))
	}
	return strings.Join(asked, " ")
}

func TestDCSBackgroundTasks_arriveOnceAndAll(t *testing.T) {
	t.Parallel()
	eleven := "0+1000"
	for i := 1; i <= 10; i++ {
		eleven += fmt.Sprintf(" %d000+1000", i)
	}
	for _, tc := range []struct {
		name  string
		list  fakecloud.TaskList
		ask   args
		ids   []any
		pages string
	}{
		{name: "none", ids: []any{}, pages: "0+1000"},
		{name: "a few", list: fakecloud.TaskList{Steps: steady(numbered(25, 1))}, ids: ids(25, 1), pages: "0+1000"},
		{name: "almost a page", list: fakecloud.TaskList{Steps: steady(numbered(999, 1))}, ids: ids(999, 1), pages: "0+1000"},
		{name: "a page", list: fakecloud.TaskList{Steps: steady(numbered(1000, 1))}, ids: ids(1000, 1), pages: "0+1000 1000+1000"},
		{name: "more than a page", list: fakecloud.TaskList{Steps: steady(numbered(1001, 1))}, ids: ids(1001, 1), pages: "0+1000 1000+1000"},
		{name: "ten thousand", list: fakecloud.TaskList{Steps: steady(numbered(10000, 1))}, ids: ids(10000, 1), pages: eleven},

		{name: "the count is a text", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), TaskCount: `"25"`}, ids: ids(25, 1), pages: "0+1000"},
		{name: "the count is absent", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), TaskCount: "-"}, ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "the count is null", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), TaskCount: "null"}, ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "the count is too small", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), TaskCount: "3"}, ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "the count is too large", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), TaskCount: "26"}, ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "the count is negative", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), TaskCount: "-1"}, ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "the count is zero", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), TaskCount: "0"}, ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "the count is absent and there is nothing", list: fakecloud.TaskList{TaskCount: "-"}, ids: []any{}, pages: "0+1000"},

		{name: "smaller pages than asked for", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), CapLimit: 10}, ids: ids(25, 1), pages: "0+1000 10+1000 20+1000"},
		{name: "smaller pages, the last one full", list: fakecloud.TaskList{Steps: steady(numbered(20, 1)), CapLimit: 10}, ids: ids(20, 1), pages: "0+1000 10+1000"},
		{name: "smaller pages without a count", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), CapLimit: 10, TaskCount: "-"}, ids: ids(25, 1), pages: "0+1000 10+1000 20+1000 25+1000"},
		{name: "smaller pages and a wrong count", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), CapLimit: 10, TaskCount: "7"}, ids: ids(25, 1), pages: "0+1000 10+1000 20+1000 25+1000"},

		{name: "the limit is ignored", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), IgnoreLimit: true}, ids: ids(25, 1), pages: "0+1000"},
		{name: "the limit is ignored, with more than a page", list: fakecloud.TaskList{Steps: steady(numbered(1500, 1)), IgnoreLimit: true}, ids: ids(1500, 1), pages: "0+1000 1500+1000"},
		{name: "the offset is ignored", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), IgnoreOffset: true}, ids: ids(25, 1), pages: "0+1000"},
		{name: "the offset is ignored, without a count", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), IgnoreOffset: true, TaskCount: "-"}, ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "the offset is ignored, with a full page", list: fakecloud.TaskList{Steps: steady(numbered(1000, 1)), IgnoreOffset: true}, ids: ids(1000, 1), pages: "0+1000 1000+1000"},
		{name: "both are ignored", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), IgnoreOffset: true, IgnoreLimit: true}, ids: ids(25, 1), pages: "0+1000"},
		{name: "both are ignored, without a count", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), IgnoreOffset: true, IgnoreLimit: true, TaskCount: "-"}, ids: ids(25, 1), pages: "0+1000 25+1000"},
		{name: "both are ignored, with more than a page", list: fakecloud.TaskList{Steps: steady(numbered(1500, 1)), IgnoreOffset: true, IgnoreLimit: true}, ids: ids(1500, 1), pages: "0+1000 1500+1000"},

		{name: "pages of 1000 are refused", list: fakecloud.TaskList{Steps: steady(numbered(250, 1)), MaxLimit: 100}, ids: ids(250, 1), pages: "0+1000 0+100 100+100 200+100"},
		{name: "pages of 100 are refused", list: fakecloud.TaskList{Steps: steady(numbered(25, 1)), MaxLimit: 10}, ids: ids(25, 1), pages: "0+1000 0+100 0+10 10+10 20+10"},

		{name: "others begin meanwhile", list: fakecloud.TaskList{Steps: []fakecloud.TaskListStep{
			{Tasks: numbered(1500, 1)}, {After: time.Millisecond, Tasks: numbered(1503, 1)},
		}}, ids: ids(1500, 1), pages: "0+1000 1000+1000 1503+1000"},
		{name: "the rest is removed meanwhile", list: fakecloud.TaskList{Steps: []fakecloud.TaskListStep{
			{Tasks: numbered(1500, 1)}, {After: time.Millisecond, Tasks: numbered(1500, 501)},
		}}, ids: ids(1500, 501), pages: "0+1000 1000+1000"},

		{name: "one that is found at once", list: fakecloud.TaskList{Steps: steady(numbered(2500, 1))}, ask: args{"task_id": "t2500"}, ids: ids(2500, 2500), pages: "0+1000"},
		{name: "one that is found later", list: fakecloud.TaskList{Steps: steady(numbered(2500, 1))}, ask: args{"task_id": "t700"}, ids: ids(700, 700), pages: "0+1000 1000+1000"},
		{name: "one that is not found", list: fakecloud.TaskList{Steps: steady(numbered(1000, 1))}, ask: args{"task_id": "t0", "on_missing": "pending"}, ids: []any{}, pages: "0+1000 1000+1000"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := fakecloud.New(keys)
				cloud.ServeTasks(projectID, instanceID, tc.list)
				got := read(t, cloud, settings(), "dcs_background_tasks", tasksArgs.With(tc.ask))
				if got.Diagnostics != nil {
					t.Fatal(got.Diagnostics)
				}
				diff(t, "ids", tc.ids, idsOf(got.State["tasks"]))
				diff(t, "requests", tc.pages, pages(cloud.Requests()))
			})
		})
	}
}

func TestDCSBackgroundTasks_takeNoRefusalForAPageThatIsTooLarge(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, code, pages string
	}{
		{"a bad parameter, whatever the size", "DCS.4063", "0+1000 0+100 0+10"},
		{"a bad parameter, nine digits", "111400063", "0+1000 0+100 0+10"},
		{"a bad instance", "DCS.4061", "0+1000"},
		{"no tasks of this instance", "111400094", "0+1000"},
		{"an end before the start", "DCS.4025", "0+1000"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := fakecloud.New(keys)
				cloud.Serve(fakecloud.TasksPath(projectID, instanceID), refusal(400, tc.code))
				got := outcomeOf(read(t, cloud, settings(), "dcs_background_tasks", tasksArgs))
				diff(t, "outcome", fails("Unable to read DCS background tasks"), got)
				diff(t, "requests", tc.pages, pages(cloud.Requests()))
			})
		})
	}
}

func TestDCSBackgroundTasks_arriveThroughTerraformWholeButForTheCut(t *testing.T) {
	t.Parallel()
	cloud, settings := serve(t)
	tasks := append(numbered(1200, 2), `{"id":"t1","status":"EXECUTING","created_at":"2020-06-17T00:00:01Z"}`)
	cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: steady(tasks), CapLimit: 500, TaskCount: `"1200"`})
	const source = "dcs_background_tasks"
	known := func(attribute string, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(address(source), tfjsonpath.New(attribute), want)
	}
	run(t, resource.TestStep{
		Config: provided(settings) + data(source, tasksArgs.With(args{"offset": 1197, "limit": 2})),
		ConfigStateChecks: []statecheck.StateCheck{
			known("state", is("running")),
			known("summary", is(tasksName+": running (1200 tasks: 1 running, 1199 succeeded)")),
			known("task_count", number("1200")),
			known("tasks", list(
				mapObject(noDCSTask.With(attributes{"id": is("t3"), "status": is("SUCCESS"), "state": is("succeeded"), "created_at": is("2020-06-17T00:00:03Z")})),
				mapObject(noDCSTask.With(attributes{"id": is("t2"), "status": is("SUCCESS"), "state": is("succeeded"), "created_at": is("2020-06-17T00:00:02Z")})),
			)),
		},
	})
}
