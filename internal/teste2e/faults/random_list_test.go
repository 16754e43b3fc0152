// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// cutoff is how long before the start of a wait the operation has begun: tasks
// that were created before it are not meant.
const cutoff = time.Hour

// serveList serves a list of tasks. What no client can find out is not drawn: a
// record that the list is late to return is missing in one response only, and none
// appears or is deleted between two pages of a list whose count is wrong. Such a
// count may be that of the records before the deletion, and the request past the
// end misses the task that took the place of the deleted one. So it is if a record
// appears and another one is deleted between two pages, whatever the count.
func (tl *timeline) serveList() {
	list := fakecloud.ListScript{Quirks: tl.quirks(tl.Path())}
	tl.filter()
	created := map[string]time.Time{}
	names := map[string]string{}
	add := func(id string, task fakecloud.TaskScript, at time.Time) {
		task.ID, task.Created = id, at
		if tl.IntN(3) > 0 {
			task.Name = "EXTEND"
		}
		created[id], names[id] = at, task.Name
		list.Tasks = append(list.Tasks, task)
	}
	for n := range tl.IntN(3) {
		add(fmt.Sprintf("older-%d", n), tl.other(), tl.start.Add(-cutoff-[]time.Duration{time.Millisecond, time.Second, time.Hour}[tl.IntN(3)]))
	}
	add(tl.oneTask(), tl.task(fakecloud.Moment{}), tl.start.Add(-time.Duration(tl.IntN(50))*time.Minute))
	for n := range tl.IntN(4) {
		add(fmt.Sprintf("task-%d", n), tl.task(fakecloud.Moment{}), tl.start.Add(-time.Duration(tl.IntN(3000))*time.Second))
	}
	if !tl.benign && tl.IntN(3) == 0 {
		begin := tl.seconds(1, 60)
		task := tl.task(begin)
		task.Hidden = nil
		add("new", task, tl.start.Add(begin.After))
	}
	tl.Shuffle(len(list.Tasks), func(i, j int) { list.Tasks[i], list.Tasks[j] = list.Tasks[j], list.Tasks[i] })
	if tl.NextPage != nil {
		tl.paging(&list)
	}
	tl.script = list
	tl.truth = tl.cloud.ServeList(tl.Path(), list).Truth
	tl.meant = func(id string) (time.Time, bool) { return created[id], tl.isMeant(id, names[id], created[id]) }
}

// oneTask is the ID of the task that a filter may name.
func (tl *timeline) oneTask() string {
	for _, id := range tl.OneTask {
		return id.(string)
	}
	return ""
}

// after is the argument with the time before which no task is meant.
func (tl *timeline) after() string {
	for name := range tl.Recent {
		return name
	}
	return ""
}

func (tl *timeline) filter() {
	if tl.waitFor == "idle" {
		return
	}
	switch n := tl.IntN(16); {
	case n == 0 && !tl.benign: // which must not pass
	case n < 6:
		tl.byID = true
		tl.args = tl.args.With(tl.OneTask)
	default:
		tl.args = tl.args.With(args{tl.after(): tl.start.Add(-cutoff).UTC().Format(time.RFC3339)})
	}
	if tl.IntN(4) == 0 && tl.args[tl.after()] != nil {
		tl.args["latest"] = true
	}
	if tl.NextPage != nil && tl.IntN(4) == 0 && !tl.byID && !tl.benign {
		tl.args["name"] = tl.oneOf("EXTEND", "extend")
	}
}

// isMeant is what the arguments say about a task.
func (tl *timeline) isMeant(id, name string, created time.Time) bool {
	switch {
	case tl.waitFor == "idle":
		return true
	case tl.byID:
		return id == tl.oneTask()
	case tl.args[tl.after()] == nil:
		return false // nothing says which task is meant
	case tl.args["name"] != nil && !strings.EqualFold(name, "EXTEND"):
		return false
	case tl.NextPage == nil:
		return created.After(tl.start.Add(-cutoff))
	default:
		return !created.Before(tl.start.Add(-cutoff))
	}
}

// task is one that may be meant.
func (tl *timeline) task(begin fakecloud.Moment) fakecloud.TaskScript {
	task := fakecloud.TaskScript{Steps: tl.life(begin, tl.end()), OddTypes: tl.IntN(4) == 0}
	if tl.benign {
		return task
	}
	if tl.IntN(6) == 0 {
		task.Copies = 1
	}
	switch n := tl.IntN(8); n {
	case 0: // deleted
		task.Hidden = []fakecloud.Span{{From: tl.seconds(0, 60)}}
	case 1: // deleted between two pages
		task.Hidden = []fakecloud.Span{{From: fakecloud.Moment{Requests: 1 + tl.IntN(6)}}}
	case 2: // not returned for a while
		from := tl.seconds(0, 40)
		task.Hidden = []fakecloud.Span{{From: from, Until: fakecloud.Moment{After: from.After + tl.seconds(5, 60).After}}}
	case 3: // not returned in one response
		from := tl.IntN(6)
		task.Hidden = []fakecloud.Span{{From: fakecloud.Moment{Requests: from}, Until: fakecloud.Moment{Requests: from + 1}}}
	case 4: // returned in one response only
		only := 1 + tl.IntN(6)
		task.Hidden = []fakecloud.Span{{Until: fakecloud.Moment{Requests: only}}, {From: fakecloud.Moment{Requests: only + 1}}}
	}
	tl.deviate(&task)
	if inOneResponse(task) {
		task.Contradiction = "" // it may be the only record that a page has of the task
	}
	return task
}

// inOneResponse reports whether a task is returned in one response only.
func inOneResponse(task fakecloud.TaskScript) bool { return len(task.Hidden) == 2 }

// betweenPages reports whether a record is deleted after a number of responses.
func betweenPages(s fakecloud.Span) bool {
	return s.From.Requests > 0 && s.Until == fakecloud.Moment{}
}

// deviate makes the record of a task deviate from the documents.
func (tl *timeline) deviate(task *fakecloud.TaskScript) {
	switch tl.IntN(16) {
	case 0:
		task.Contradiction = []fakecloud.State{fakecloud.Succeeded, fakecloud.Succeeded, fakecloud.Failed, fakecloud.Running}[tl.IntN(4)]
	case 1:
		task.CreatedText = tl.oneOf("-", "2023-11-25 17:03:46", "0001-01-01 00:00:00 +0000 UTC", "0001-01-01T00:00:00Z")
	case 2:
		success := `"SUCCESS"`
		if tl.NextPage == nil {
			success = `{"phase":"Success"}`
		}
		task.Fields = tl.oneOf(`"status":`, `"Status":`, `"ſtatuſ":`) + success
	}
}

// other is a task that is not meant, unless all are.
func (tl *timeline) other() fakecloud.TaskScript {
	if tl.waitFor == "idle" {
		return tl.task(fakecloud.Moment{})
	}
	states := []fakecloud.State{fakecloud.Succeeded, fakecloud.Failed, fakecloud.Running, fakecloud.Unknown}
	return fakecloud.TaskScript{Steps: []fakecloud.Step{{State: states[tl.IntN(4)]}}, OddTypes: tl.IntN(3) == 0}
}

// paging is how the list of DCS counts and cuts.
func (tl *timeline) paging(list *fakecloud.ListScript) {
	list.Pages = fakecloud.Paging{CapLimit: tl.IntN(4), IgnoreWindow: tl.IntN(2) == 0}
	modes := []fakecloud.CountMode{fakecloud.CountTasks, fakecloud.CountTasks, fakecloud.CountText, fakecloud.CountBeside, fakecloud.CountAbsent, fakecloud.CountNull, fakecloud.CountUnreadable}
	if !tl.benign && tl.IntN(3) == 0 {
		modes = []fakecloud.CountMode{fakecloud.CountRecords, fakecloud.CountPage, fakecloud.CountStale, fakecloud.CountConstant}
		list.Pages.IgnoreOffset, list.Pages.IgnoreLimit = tl.IntN(6) == 0, tl.IntN(6) == 0
		for i, task := range list.Tasks {
			if inOneResponse(task) {
				list.Tasks[i].Hidden = nil
			}
			list.Tasks[i].Hidden = slices.DeleteFunc(list.Tasks[i].Hidden, betweenPages)
		}
	}
	if slices.ContainsFunc(list.Tasks, inOneResponse) {
		list.Pages.CapLimit = 0
	}
	list.Count = fakecloud.Count{Mode: modes[tl.IntN(len(modes))], Value: tl.IntN(6), Moment: tl.seconds(0, 30)}
	if tl.IntN(6) == 0 {
		list.Pages.MaxLimit = 10
	}
}
