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

// tasks are n tasks, one a second, the first created on 2020-06-17 at 08:00:01.5.
func tasks(n int) []string {
	var all []string
	first := time.Date(2020, time.June, 17, 8, 0, 1, 5e8, time.UTC)
	for i := range n {
		created := first.Add(time.Duration(i) * time.Second).Format("2006-01-02T15:04:05.000Z")
		all = append(all, fmt.Sprintf(`{"id":"t%d","created_at":%q}`, i+1, created))
	}
	return all
}

// listed is a page, in short.
type listed struct {
	Count any
	IDs   []string
}

func list(t *testing.T, list fakecloud.TaskList, query string) listed {
	t.Helper()
	cloud := open()
	cloud.ServeTasks(project, instance, list)
	return ask(t, cloud, query)
}

func ask(t *testing.T, cloud *fakecloud.Cloud, query string) listed {
	t.Helper()
	answer := get(t, cloud, fakecloud.TasksPath(project, instance)+query)
	if answer.Status != http.StatusOK {
		t.Fatalf("%s: %+v", query, answer)
	}
	body := decoded(t, answer.Body)
	page := listed{Count: "absent", IDs: []string{}}
	if count, sent := body["task_count"]; sent {
		page.Count = count
	}
	for _, task := range body["tasks"].([]any) {
		page.IDs = append(page.IDs, task.(map[string]any)["id"].(string))
	}
	return page
}

func ids(from, to int) []string {
	all := []string{}
	for i := from; i <= to; i++ {
		all = append(all, fmt.Sprintf("t%d", i))
	}
	return all
}

func twelve() fakecloud.TaskList {
	return fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: tasks(12)}}}
}

func TestServeTasks_pagesByItems(t *testing.T) {
	for query, want := range map[string]listed{
		"":                    {12.0, ids(1, 10)},
		"?offset=3":           {12.0, ids(4, 12)},
		"?limit=1000":         {12.0, ids(1, 12)},
		"?offset=3&limit=2":   {12.0, ids(4, 5)},
		"?offset=12":          {12.0, ids(1, 0)},
		"?offset=999&limit=1": {12.0, ids(1, 0)},
	} {
		diff(t, query, want, list(t, twelve(), query))
	}
}

func TestServeTasks_filtersBeforeItCounts(t *testing.T) {
	for query, want := range map[string]listed{
		"?start_time=20200617080010":                         {3.0, ids(10, 12)},
		"?end_time=20200617080002":                           {2.0, ids(1, 2)},
		"?start_time=20200617080003&end_time=20200617080003": {1.0, ids(3, 3)},
		"?start_time=20200617090000":                         {0.0, ids(1, 0)},
		"?begin_time=20200617090000":                         {12.0, ids(1, 10)},
	} {
		diff(t, query, want, list(t, twelve(), query))
	}
}

func TestServeTasks_keepsATaskWhoseTimeItCannotRead(t *testing.T) {
	odd := fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: []string{`{"id":"t1"}`, `{"id":"t2","created_at":"?"}`}}}}
	diff(t, "page", listed{2.0, ids(1, 2)}, list(t, odd, "?start_time=20200617090000"))
}

func TestServeTasks_refusesBadParameters(t *testing.T) {
	bad := func(name string) string {
		return `{"error_msg":"Invalid ` + name + ` parameter in the request.","error_code":"DCS.4062","error_ext_msg":null}`
	}
	cloud := open()
	cloud.ServeTasks(project, instance, twelve())
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
		diff(t, query, answered{http.StatusBadRequest, body}, get(t, cloud, fakecloud.TasksPath(project, instance)+query))
	}
}

func TestServeTasks_misbehavesOnDemand(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*fakecloud.TaskList)
		query string
		want  listed
	}{
		"cap":           {func(l *fakecloud.TaskList) { l.CapLimit = 5 }, "?limit=1000", listed{12.0, ids(1, 5)}},
		"ignore offset": {func(l *fakecloud.TaskList) { l.IgnoreOffset = true }, "?offset=7", listed{12.0, ids(1, 10)}},
		"ignore limit":  {func(l *fakecloud.TaskList) { l.IgnoreLimit = true }, "?offset=1&limit=2", listed{12.0, ids(2, 12)}},
		"ignore window": {func(l *fakecloud.TaskList) { l.IgnoreWindow = true }, "?start_time=20300101000000&limit=2", listed{12.0, ids(1, 2)}},
		"text count":    {func(l *fakecloud.TaskList) { l.TaskCount = `"4"` }, "?limit=1", listed{"4", ids(1, 1)}},
		"null count":    {func(l *fakecloud.TaskList) { l.TaskCount = "null" }, "?limit=1", listed{nil, ids(1, 1)}},
		"no count":      {func(l *fakecloud.TaskList) { l.TaskCount = "-" }, "?limit=1", listed{"absent", ids(1, 1)}},
	} {
		t.Run(name, func(t *testing.T) {
			spoilt := twelve()
			test.spoil(&spoilt)
			diff(t, "page", test.want, list(t, spoilt, test.query))
		})
	}
}

func TestServeTasks_mayRefuseSmallerPagesThanDocumented(t *testing.T) {
	cloud := open()
	narrow := twelve()
	narrow.MaxLimit = 4
	cloud.ServeTasks(project, instance, narrow)
	diff(t, "too large", http.StatusBadRequest, get(t, cloud, fakecloud.TasksPath(project, instance)+"?limit=5").Status)
	diff(t, "just right", listed{12.0, ids(1, 4)}, ask(t, cloud, "?limit=4"))
	diff(t, "the default is never too large", listed{12.0, ids(1, 4)}, ask(t, cloud, ""))
}

func TestServeTasks_followsItsTimeline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := open()
		cloud.ServeTasks(project, instance, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{
			{After: time.Minute, Tasks: tasks(1)},
			{After: time.Hour, Tasks: tasks(2)},
		}})
		diff(t, "an instance without tasks yet", listed{0.0, ids(1, 0)}, ask(t, cloud, ""))
		time.Sleep(time.Minute)
		diff(t, "the first", listed{1.0, ids(1, 1)}, ask(t, cloud, ""))
		time.Sleep(time.Hour)
		diff(t, "the second", listed{2.0, ids(1, 2)}, ask(t, cloud, ""))
	})
}

func TestServeTasks_sendsTheDocumentedExample(t *testing.T) {
	cloud := open()
	cloud.ServeTasks(project, instance, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{
		{Tasks: []string{fakecloud.ExampleDCSBackgroundTask()}},
	}})
	diff(t, "body", decoded(t, fakecloud.ExampleDCSBackgroundTasks), decoded(t, get(t, cloud, fakecloud.TasksPath(project, instance)).Body))
}
