// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// succeededTasks returns tasks that have succeeded, except that the one with this
// index still runs.
func succeededTasks(n, running int) []fakecloud.TaskScript {
	tasks := make([]fakecloud.TaskScript, n)
	for i := range tasks {
		tasks[i] = fakecloud.TaskScript{ID: fmt.Sprintf("t%04d", i), Steps: []fakecloud.Step{{State: fakecloud.Succeeded}}}
		if i == running {
			tasks[i].Steps[0].State = fakecloud.Running
		}
	}
	return tasks
}

// TestDCSBackgroundTasks_completeLists: an honest list is read whole, whatever its
// size, and any other one is incomplete, also if it changes between two pages.
func TestDCSBackgroundTasks_completeLists(t *testing.T) {
	from := func(requests int) fakecloud.Moment { return fakecloud.Moment{Requests: requests} }
	many, ten := succeededTasks(25, 10), fakecloud.Paging{CapLimit: 10}
	deleted, inserted := slices.Clone(many), slices.Concat([]fakecloud.TaskScript{{ID: "new", Steps: []fakecloud.Step{{At: from(1), State: fakecloud.Running}}}}, many)
	deleted[3].Hidden = []fakecloud.Span{{From: from(1)}} // the running task moves to the page before
	flickering := slices.Clone(many)
	flickering[3].Hidden = []fakecloud.Span{{From: from(1), Until: from(2)}, {From: from(3), Until: from(4)}, {From: from(5), Until: from(6)}}
	vanishing := slices.Clone(many)
	for i, requests := range []int{4, 8} {
		vanishing[i].Hidden = []fakecloud.Span{{From: from(requests)}}
	}
	copies, contradicting := succeededTasks(3, -1), succeededTasks(3, -1)
	copies[1].Copies, contradicting[1].Contradiction = 1, fakecloud.Running
	count := func(mode fakecloud.CountMode) fakecloud.Count { return fakecloud.Count{Mode: mode} }
	constant := func(n int) fakecloud.Count { return fakecloud.Count{Mode: fakecloud.CountConstant, Value: n} }
	both := func(problem string) [2]string { return [2]string{problem, problem} }
	for _, test := range []struct {
		name     string
		tasks    []fakecloud.TaskScript
		count    fakecloud.Count
		pages    fakecloud.Paging
		requests [2]int // of a read, and of one that asks past the end
		problems [2]string
	}{
		{"none", nil, fakecloud.Count{}, fakecloud.Paging{}, [2]int{1, 1}, [2]string{}},
		{"12", succeededTasks(12, -1), fakecloud.Count{}, fakecloud.Paging{}, [2]int{1, 2}, [2]string{}},
		{"1000", succeededTasks(1000, -1), fakecloud.Count{}, fakecloud.Paging{}, [2]int{1, 2}, [2]string{}},
		{"1500", succeededTasks(1500, 1000), fakecloud.Count{}, fakecloud.Paging{}, [2]int{2, 3}, [2]string{}},
		{"counted as text", many, count(fakecloud.CountText), ten, [2]int{3, 4}, [2]string{}},
		{"none, not counted", nil, count(fakecloud.CountAbsent), ten, [2]int{2, 2}, [2]string{}},
		{"12, not counted", succeededTasks(12, -1), count(fakecloud.CountAbsent), fakecloud.Paging{}, [2]int{4, 4}, [2]string{}},
		{"counted as null", many, count(fakecloud.CountNull), fakecloud.Paging{}, [2]int{4, 4}, [2]string{}},
		{"count unreadable", many, count(fakecloud.CountUnreadable), ten, [2]int{8, 8}, [2]string{}},
		{"count negative", many, constant(-1), ten, [2]int{8, 8}, [2]string{}},
		{"not counted past the end", many, count(fakecloud.CountBeside), ten, [2]int{3, 4}, [2]string{}},
		{"not counted past the end, of one page", succeededTasks(5, -1), count(fakecloud.CountBeside), fakecloud.Paging{}, [2]int{1, 4}, [2]string{}},
		{"pages of 10", many, fakecloud.Count{}, ten, [2]int{3, 4}, [2]string{}},
		{"at most 100 accepted", succeededTasks(120, 110), fakecloud.Count{}, fakecloud.Paging{MaxLimit: 100}, [2]int{3, 4}, [2]string{}},
		{"at most 10 accepted", many, fakecloud.Count{}, fakecloud.Paging{MaxLimit: 10}, [2]int{5, 6}, [2]string{}},
		{"limit ignored", many, fakecloud.Count{}, fakecloud.Paging{IgnoreLimit: true}, [2]int{1, 2}, [2]string{}},
		{"copies", copies, fakecloud.Count{}, fakecloud.Paging{}, [2]int{1, 2}, [2]string{}},
		{"a contradiction", contradicting, fakecloud.Count{}, fakecloud.Paging{}, [2]int{3, 6}, [2]string{}},
		{"deleted between two pages", deleted, fakecloud.Count{}, ten, [2]int{5, 6}, [2]string{}},
		{"deleted between two pages, not counted", deleted, count(fakecloud.CountAbsent), ten, [2]int{12, 12}, [2]string{}},
		{"inserted between two pages", inserted, fakecloud.Count{}, ten, [2]int{5, 6}, [2]string{}},
		{"inserted between two pages, not counted", inserted, count(fakecloud.CountAbsent), ten, [2]int{12, 12}, [2]string{}},

		{"changing all the time", flickering, fakecloud.Count{}, ten, [2]int{6, 6}, both("task_count changed from 25 to 24 between two pages")},
		{"changing all the time, not counted", vanishing, count(fakecloud.CountAbsent), ten, [2]int{12, 12}, both("the service does not count its tasks, and two readings in a row list different ones")},
		{"offset ignored", many, fakecloud.Count{}, fakecloud.Paging{CapLimit: 10, IgnoreOffset: true}, [2]int{6, 6}, both("the page at offset 10 repeats earlier tasks")},
		{"offset ignored, not counted", many, count(fakecloud.CountAbsent), fakecloud.Paging{IgnoreOffset: true}, [2]int{6, 6}, both("the page at offset 25 repeats earlier tasks")},
		{"too many counted", succeededTasks(10, -1), constant(11), ten, [2]int{6, 6}, both("the service counts 11 tasks and lists 10")},
		{"counted, not listed", nil, constant(5), ten, [2]int{3, 3}, both("the service counts 5 tasks and lists 0")},
		{"too few counted", many, constant(3), ten, [2]int{12, 12}, both("the service counts 3 tasks and lists 25")},
		{"none counted", many, constant(0), ten, [2]int{12, 12}, both("the service counts 0 tasks and lists 25")},
		{"copies counted", copies, count(fakecloud.CountRecords), fakecloud.Paging{}, [2]int{6, 6}, both("the service counts 4 tasks and lists 3")},
		// A read that does not ask past the end cannot notice these.
		{"the page counted", many, count(fakecloud.CountPage), ten, [2]int{1, 8}, [2]string{}},
		{"the page counted, of one page", succeededTasks(5, -1), count(fakecloud.CountPage), ten, [2]int{1, 4}, [2]string{}},
		{"always a page counted", many, constant(10), ten, [2]int{1, 12}, [2]string{"", "the service counts 10 tasks and lists 25"}},
	} {
		for i, pastEnd := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, past the end %t", test.name, pastEnd), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					script := fakecloud.ListScript{Tasks: test.tasks, Count: test.count, Pages: test.pages}
					deceptive := test.problems[1] != "" || test.count.Mode == fakecloud.CountPage && !pastEnd
					checkList(t, script, pastEnd, test.requests[i], test.problems[i], deceptive)
				})
			})
		}
	}
}

// checkList compares the list that was read with the truth of its script, unless
// the service deceives.
func checkList(t *testing.T, script fakecloud.ListScript, pastEnd bool, requests int, problem string, deceptive bool) {
	t.Helper()
	cloud := newCloud()
	served := cloud.ServeList(dcsBackgroundTasks.path, script)
	list, err := project(t, newClient(cloud.Transport())).DCSBackgroundTasks(t.Context(), DCSBackgroundTaskQuery{InstanceID: instanceID, PastEnd: pastEnd})
	diff(t, "requests", requests, len(cloud.Requests()))
	if problem != "" {
		var incomplete *IncompleteListError
		if !errors.As(err, &incomplete) || incomplete.Problem != problem || !incomplete.Transient() || len(list.Tasks()) > 0 {
			t.Errorf("the error is %v, want %q", err, problem)
		}
		return
	}
	diff(t, "error", nil, err)
	if deceptive {
		return
	}
	var want []string
	running := false
	for _, truth := range served.Truth(time.Now()) {
		running = running || truth.State == fakecloud.Running
		if truth.Listed {
			want = append(want, truth.ID)
		}
	}
	diff(t, "tasks", strings.Join(want, " "), idsOf(list.Tasks()))
	diff(t, "running", running, list.Observe(DCSBackgroundTaskStatuses).State == task.Running)
}

// TestDCSBackgroundTasks_doesNotShrinkPages after an error that is about something else.
func TestDCSBackgroundTasks_doesNotShrinkPages(t *testing.T) {
	for code, requests := range map[string]int{"DCS.4062": 3, "DCS.4063": 3, "111400062": 3, "111400063": 3, "DCS.4061": 1, "DCS.4133": 1, "": 1} {
		cloud := newCloud()
		cloud.Fail("", fakecloud.Fault{Status: 400, Body: `{"error_code":"` + code + `"}`, Times: -1})
		_, err := project(t, newClient(cloud.Transport())).DCSBackgroundTasks(t.Context(), DCSBackgroundTaskQuery{InstanceID: instanceID})
		diff(t, "code", code, fault(t, err).Code)
		diff(t, "requests after "+code, requests, len(cloud.Requests()))
	}
}

// TestDCSBackgroundTasks_window is sent a second wider and applies exactly.
func TestDCSBackgroundTasks_window(t *testing.T) {
	from, to := noon.Add(500*time.Millisecond).In(time.FixedZone("CST", 8*60*60)), noon.Add(2*time.Second)
	tasks := []fakecloud.TaskScript{
		listedTask("before", fakecloud.Succeeded, 499), listedTask("first", fakecloud.Succeeded, 500), listedTask("last", fakecloud.Succeeded, 2000),
		listedTask("after", fakecloud.Succeeded, 2001), listedTask("zoned", fakecloud.Succeeded, "2026-03-04T20:00:01+08:00"), listedTask("foreign", fakecloud.Succeeded, "2026-03-04T12:00:01+08:00"),
		listedTask("undated", fakecloud.Running, "-"), listedTask("odd", fakecloud.Running, "yesterday"),
	}
	for _, test := range []struct {
		query DCSBackgroundTaskQuery
		sent  url.Values
		want  string
	}{
		{DCSBackgroundTaskQuery{}, url.Values{}, "before first last after zoned foreign undated odd"},
		{DCSBackgroundTaskQuery{From: from}, url.Values{"start_time": {"20260304115959"}}, "first last after zoned undated odd"},
		{DCSBackgroundTaskQuery{To: to}, url.Values{"end_time": {"20260304120003"}}, "before first last zoned foreign undated odd"},
		{DCSBackgroundTaskQuery{From: from, To: to}, url.Values{"start_time": {"20260304115959"}, "end_time": {"20260304120003"}}, "first last zoned undated odd"},
	} {
		for _, ignored := range []bool{false, true} {
			cloud := newCloud()
			cloud.ServeList(dcsBackgroundTasks.path, fakecloud.ListScript{Tasks: tasks, Pages: fakecloud.Paging{IgnoreWindow: ignored}})
			test.query.InstanceID = instanceID
			list, err := project(t, newClient(cloud.Transport())).DCSBackgroundTasks(t.Context(), test.query)
			diff(t, "error", nil, err)
			diff(t, "tasks", test.want, idsOf(list.Tasks()))
			test.sent["offset"], test.sent["limit"] = []string{"0"}, []string{"1000"}
			diff(t, "query", test.sent, cloud.Requests()[0].Query)
		}
	}
}

// TestDCSBackgroundTasks_name is compared without regard to ASCII case alone.
func TestDCSBackgroundTasks_name(t *testing.T) {
	cloud := newCloud()
	var tasks []fakecloud.TaskScript
	for i, name := range []string{"resizeBackup", "RESIZEBACKUP", "reſizeBackup", "resizeBac\u212aup", "resizeBackups", ""} {
		tasks = append(tasks, fakecloud.TaskScript{ID: fmt.Sprintf("t%d", i), Name: name, Steps: []fakecloud.Step{{State: fakecloud.Succeeded}}})
	}
	cloud.ServeList(dcsBackgroundTasks.path, fakecloud.ListScript{Tasks: tasks})
	for name, want := range map[string]string{"ResizeBackup": "t0 t1", "REſIZEBACKUP": "t2", "resize": "", "": "t0 t1 t2 t3 t4 t5"} {
		list, err := project(t, newClient(cloud.Transport())).DCSBackgroundTasks(t.Context(), DCSBackgroundTaskQuery{InstanceID: instanceID, Name: name})
		diff(t, "error", nil, err)
		diff(t, name, want, idsOf(list.Tasks()))
	}
}
