// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// tasks are n tasks, one per second, the first created on 2020-06-17 at 08:00:01.5.
func tasks(n int) []string {
	var all []string
	first := time.Date(2020, time.June, 17, 8, 0, 1, 5e8, time.UTC)
	for i := range n {
		created := first.Add(time.Duration(i) * time.Second).Format("2006-01-02T15:04:05.000Z")
		all = append(all, fmt.Sprintf(`{"id":"t%d","created_at":%q}`, i+1, created))
	}
	return all
}

// page is a page of a list: its task_count and the IDs of its tasks.
type page struct {
	Count any
	IDs   []string
}

func listCloud(list fakecloud.TaskList) *fakecloud.Cloud {
	cloud := newCloud()
	cloud.ServeTasks(project, instance, list)
	return cloud
}

func getPage(t *testing.T, cloud *fakecloud.Cloud, query string) page {
	t.Helper()
	response := get(t, cloud, fakecloud.TasksPath(project, instance)+query)
	if response.Status != http.StatusOK {
		t.Fatalf("%s: %+v", query, response)
	}
	body := at(t, response.Body).(map[string]any)
	p := page{Count: "absent", IDs: []string{}}
	if count, sent := body["task_count"]; sent {
		p.Count = count
	}
	for _, task := range body["tasks"].([]any) {
		p.IDs = append(p.IDs, task.(map[string]any)["id"].(string))
	}
	return p
}

func ids(from, to int) []string {
	all := []string{}
	for i := from; i <= to; i++ {
		all = append(all, fmt.Sprintf("t%d", i))
	}
	return all
}

func twelveTasks() fakecloud.TaskList {
	return fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: tasks(12)}}}
}

func TestServeTasks_pagesAndFilters(t *testing.T) {
	cloud := listCloud(twelveTasks())
	for query, want := range map[string]page{
		"":                           {12.0, ids(1, 10)},
		"?offset=3":                  {12.0, ids(4, 12)},
		"?limit=1000":                {12.0, ids(1, 12)},
		"?offset=3&limit=2":          {12.0, ids(4, 5)},
		"?offset=12":                 {12.0, ids(1, 0)},
		"?offset=999&limit=1":        {12.0, ids(1, 0)},
		"?start_time=20200617080010": {3.0, ids(10, 12)},
		"?end_time=20200617080002":   {2.0, ids(1, 2)},
		"?start_time=20200617080003&end_time=20200617080003": {1.0, ids(3, 3)},
		"?start_time=20200617090000":                         {0.0, ids(1, 0)},
		"?begin_time=20200617090000":                         {12.0, ids(1, 10)},
	} {
		diff(t, query, want, getPage(t, cloud, query))
	}
	invalid := []string{`{"id":"t1"}`, `{"id":"t2","created_at":"?"}`}
	cloud = listCloud(fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: invalid}}})
	diff(t, "invalid times", page{2.0, ids(1, 2)}, getPage(t, cloud, "?start_time=20200617090000"))
}

func TestServeTasks_rejectsBadParameters(t *testing.T) {
	bad := func(name string) string {
		return `{"error_msg":"Invalid ` + name + ` parameter in the request.","error_code":"DCS.4062","error_ext_msg":null}`
	}
	cloud := listCloud(twelveTasks())
	for query, body := range map[string]string{
		"?limit=0":                       bad("limit"),
		"?limit=1001":                    bad("limit"),
		"?limit=ten":                     bad("limit"),
		"?offset=-1":                     bad("offset"),
		"?offset=":                       bad("offset"),
		"?start_time=yesterday":          bad("start_time"),
		"?end_time=2020-06-17T08:00:00Z": bad("end_time"),
		"?start_time=20200617080001&end_time=20200617080000": `{"error_msg":"The end time is earlier than the start time.",` +
			`"error_code":"DCS.4025","error_ext_msg":null}`,
	} {
		diff(t, query, result{http.StatusBadRequest, body}, get(t, cloud, fakecloud.TasksPath(project, instance)+query))
	}
}

func TestServeTasks_deviatesOnDemand(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*fakecloud.TaskList)
		query  string
		want   page
	}{
		"cap":             {func(l *fakecloud.TaskList) { l.CapLimit = 5 }, "?limit=1000", page{12.0, ids(1, 5)}},
		"maximum":         {func(l *fakecloud.TaskList) { l.MaxLimit = 4 }, "?limit=4", page{12.0, ids(1, 4)}},
		"maximum, unsaid": {func(l *fakecloud.TaskList) { l.MaxLimit = 4 }, "", page{12.0, ids(1, 4)}},
		"ignore offset":   {func(l *fakecloud.TaskList) { l.IgnoreOffset = true }, "?offset=7", page{12.0, ids(1, 10)}},
		"ignore limit":    {func(l *fakecloud.TaskList) { l.IgnoreLimit = true }, "?offset=1&limit=2", page{12.0, ids(2, 12)}},
		"ignore window":   {func(l *fakecloud.TaskList) { l.IgnoreWindow = true }, "?start_time=20300101000000&limit=2", page{12.0, ids(1, 2)}},
		"text count":      {func(l *fakecloud.TaskList) { l.TaskCount = `"4"` }, "?limit=1", page{"4", ids(1, 1)}},
		"null count":      {func(l *fakecloud.TaskList) { l.TaskCount = "null" }, "?limit=1", page{nil, ids(1, 1)}},
		"no count":        {func(l *fakecloud.TaskList) { l.TaskCount = "-" }, "?limit=1", page{"absent", ids(1, 1)}},
	} {
		list := twelveTasks()
		test.change(&list)
		diff(t, name, test.want, getPage(t, listCloud(list), test.query))
	}
	list := twelveTasks()
	list.MaxLimit = 4
	diff(t, "above the maximum", http.StatusBadRequest, get(t, listCloud(list), fakecloud.TasksPath(project, instance)+"?limit=5").Status)
}

func TestServeTasks_followsItsTimeline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := listCloud(fakecloud.TaskList{Steps: []fakecloud.TaskListStep{
			{After: time.Minute, Tasks: tasks(1)},
			{After: time.Hour, Tasks: tasks(2)},
		}})
		diff(t, "no tasks yet", page{0.0, ids(1, 0)}, getPage(t, cloud, ""))
		time.Sleep(time.Minute)
		diff(t, "one task", page{1.0, ids(1, 1)}, getPage(t, cloud, ""))
		time.Sleep(time.Hour)
		diff(t, "two tasks", page{2.0, ids(1, 2)}, getPage(t, cloud, ""))
	})
}
