// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// from is the moment after this many responses.
func from(requests int) fakecloud.Moment { return fakecloud.Moment{Requests: requests} }

// scriptTask is a task with these states, one after each response.
func scriptTask(id string, states ...fakecloud.State) fakecloud.TaskScript {
	task := fakecloud.TaskScript{ID: id, Name: "EXTEND"}
	for i, state := range states {
		task.Steps = append(task.Steps, fakecloud.Step{At: from(i), State: state})
	}
	return task
}

func scriptCloud(script fakecloud.ListScript) (*fakecloud.Cloud, *fakecloud.ScriptedList) {
	cloud := newCloud()
	list := cloud.ServeList(fakecloud.TasksPath(project, instance), script)
	return cloud, list
}

func TestServeList_changesBetweenTwoPages(t *testing.T) {
	first, second, third := scriptTask("t1", fakecloud.Succeeded), scriptTask("t2", fakecloud.Running), scriptTask("t3", fakecloud.Running)
	late := scriptTask("t0", fakecloud.Pending)
	late.Steps[0].At = from(1)
	deleted := first
	deleted.Hidden = []fakecloud.Span{{From: from(1)}}
	flickering := second
	flickering.Hidden = []fakecloud.Span{{From: from(1), Until: from(2)}}
	for name, test := range map[string]struct {
		tasks []fakecloud.TaskScript
		want  []page // of two tasks each, and then the first page again
	}{
		"nothing":  {[]fakecloud.TaskScript{first, second, third}, []page{{3.0, ids(1, 2)}, {3.0, ids(3, 3)}, {3.0, ids(1, 2)}}},
		"new task": {[]fakecloud.TaskScript{late, first, second, third}, []page{{3.0, ids(1, 2)}, {4.0, ids(2, 3)}, {4.0, ids(0, 1)}}},
		"deleted":  {[]fakecloud.TaskScript{deleted, second, third}, []page{{3.0, ids(1, 2)}, {2.0, ids(1, 0)}, {2.0, ids(2, 3)}}},
		"flicker":  {[]fakecloud.TaskScript{first, flickering, third}, []page{{3.0, ids(1, 2)}, {2.0, ids(1, 0)}, {3.0, ids(1, 2)}}},
	} {
		cloud, _ := scriptCloud(fakecloud.ListScript{Tasks: test.tasks})
		for i, query := range []string{"?limit=2", "?limit=2&offset=2", "?limit=2"} {
			diff(t, name+query, test.want[i], getPage(t, cloud, query))
		}
	}
}

func TestServeList_returnsTheTruth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		deleted := scriptTask("deleted", fakecloud.Running, fakecloud.Running, fakecloud.Failed)
		deleted.Hidden = []fakecloud.Span{{From: from(1)}}
		contradicted := scriptTask("contradicted", fakecloud.Succeeded)
		contradicted.Contradiction = fakecloud.Failed
		later := scriptTask("later", fakecloud.Pending)
		later.Steps[0].At = fakecloud.Moment{After: time.Minute}
		cloud, list := scriptCloud(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{later, deleted, contradicted}})
		diff(t, "before any request", fakecloud.ListTruth{
			{ID: "deleted", State: fakecloud.Running, Listed: true},
			{ID: "contradicted", State: fakecloud.Succeeded, Listed: true, Contradicted: true},
		}, list.Truth(time.Now()))
		getPage(t, cloud, "")
		truth := list.Truth(time.Now())
		task, _ := truth.Find("deleted")
		diff(t, "deleted while running", fakecloud.TaskTruth{ID: "deleted", State: fakecloud.Running, Deleted: true, Returned: true}, task)
		diff(t, "idle while a deleted task runs", false, truth.Idle())
		getPage(t, cloud, "")
		diff(t, "idle", true, list.Truth(time.Now()).Idle())
		_, found := list.Truth(time.Now()).Find("later")
		diff(t, "a task that does not exist yet", false, found)
		time.Sleep(time.Minute)
		diff(t, "idle with a pending task", false, list.Truth(time.Now()).Idle())
		diff(t, "idle a minute ago", true, list.Truth(time.Now().Add(-time.Minute)).Idle())
	})
}

func TestServeList_countsAsScripted(t *testing.T) {
	copied := scriptTask("t1", fakecloud.Running)
	copied.Copies = 1
	deleted := scriptTask("t3", fakecloud.Succeeded)
	deleted.Hidden = []fakecloud.Span{{From: from(1)}}
	tasks := []fakecloud.TaskScript{copied, scriptTask("t2", fakecloud.Running), deleted}
	for name, test := range map[string]struct {
		count fakecloud.Count
		want  any
	}{
		"tasks":      {fakecloud.Count{}, 3.0},
		"text":       {fakecloud.Count{Mode: fakecloud.CountText}, "3"},
		"records":    {fakecloud.Count{Mode: fakecloud.CountRecords}, 4.0},
		"page":       {fakecloud.Count{Mode: fakecloud.CountPage}, 2.0},
		"beside":     {fakecloud.Count{Mode: fakecloud.CountBeside}, 3.0},
		"stale":      {fakecloud.Count{Mode: fakecloud.CountStale, Moment: from(1)}, 2.0},
		"constant":   {fakecloud.Count{Mode: fakecloud.CountConstant, Value: 7}, 7.0},
		"absent":     {fakecloud.Count{Mode: fakecloud.CountAbsent}, "absent"},
		"null":       {fakecloud.Count{Mode: fakecloud.CountNull}, nil},
		"unreadable": {fakecloud.Count{Mode: fakecloud.CountUnreadable}, "many"},
	} {
		cloud, _ := scriptCloud(fakecloud.ListScript{Tasks: tasks, Count: test.count})
		diff(t, name, page{test.want, []string{"t1", "t1"}}, getPage(t, cloud, "?limit=2"))
	}
}

func TestServeList_pagesAndFiltersLikeServeTasks(t *testing.T) {
	var tasks []fakecloud.TaskScript
	for i, id := range ids(1, 12) {
		task := scriptTask(id, fakecloud.Succeeded)
		task.Created = time.Date(2020, time.June, 17, 8, 0, i+1, 5e8, time.UTC)
		tasks = append(tasks, task)
	}
	cloud, _ := scriptCloud(fakecloud.ListScript{Tasks: tasks, Pages: fakecloud.Paging{CapLimit: 5, IgnoreOffset: true}})
	diff(t, "cap, ignored offset", page{12.0, ids(1, 5)}, getPage(t, cloud, "?limit=1000&offset=5"))
	diff(t, "filter", page{3.0, ids(10, 12)}, getPage(t, cloud, "?start_time=20200617080010"))
	diff(t, "bad parameter", http.StatusBadRequest, get(t, cloud, fakecloud.TasksPath(project, instance)+"?limit=0").Status)
}

func TestServeList_writesRecordsAsEachService(t *testing.T) {
	task := fakecloud.TaskScript{ID: "t", Name: "EXTEND", Fields: `"status":"FROZEN","Status":"SUCCESS"`, OddTypes: true, Copies: 1, Steps: []fakecloud.Step{
		{State: fakecloud.Running}, {At: fakecloud.Moment{After: time.Minute}, State: fakecloud.Failed},
	}}
	undated := scriptTask("u", fakecloud.Pending)
	undated.CreatedText = "-"
	for path, want := range map[string]string{
		fakecloud.TasksPath(project, instance): `"details":{"old_port":"","new_port":6380},"user_name":7,` +
			`"user_id":"d53977d1adfb49c5b025ba7d33a13fd7","params":[],"status":"FAILED","created_at":"2000-01-01T00:00:00.000Z",` +
			`"updated_at":"2000-01-01T00:01:00.000Z","enable_show":false,"status":"FROZEN","Status":"SUCCESS"}`,
		fakecloud.SnapshotTasksPath(project, cluster): `{"kind":"SnapshotTask","apiVersion":"v3.1","metadata":{"uid":"t",` +
			`"creationTimestamp":"2000-01-01 00:00:00 +0000 UTC","updateTimestamp":5},"spec":"",` +
			`"status":{"phase":"Failed","progress":"50","completionTime":false},"status":"FROZEN","Status":"SUCCESS"}`,
	} {
		synctest.Test(t, func(t *testing.T) {
			cloud := newCloud()
			cloud.ServeList(path, fakecloud.ListScript{Tasks: []fakecloud.TaskScript{task, undated}})
			get(t, cloud, path)
			time.Sleep(time.Minute)
			body := get(t, cloud, path).Body
			diff(t, path+" in "+body, []int{2, 2}, []int{strings.Count(body, want), strings.Count(body, `"creat`)})
		})
	}
}

func TestServeList_hasTheQuirksOfResponses(t *testing.T) {
	for _, path := range []string{fakecloud.TasksPath(project, instance), fakecloud.AutopilotSnapshotTasksPath(project, cluster)} {
		names := map[string]bool{}
		for _, quirk := range fakecloud.Quirks(path) {
			names[quirk.Name] = true
			cloud := newCloud()
			cloud.ServeList(path, fakecloud.ListScript{
				Tasks:  []fakecloud.TaskScript{scriptTask("t", fakecloud.Running)},
				Quirks: []fakecloud.QuirkSpan{{Span: fakecloud.Span{Until: from(1)}, Quirk: quirk}},
			})
			first, second := get(t, cloud, path), get(t, cloud, path)
			diff(t, quirk.Name, http.StatusOK, first.Status)
			if first == second && !quirk.Believable {
				t.Errorf("%s changes nothing", quirk.Name)
			}
		}
		diff(t, path, []bool{true, false, path != fakecloud.TasksPath(project, instance)},
			[]bool{names["old response of a cache"], names["another task"], names["Status object"]})
	}
}
