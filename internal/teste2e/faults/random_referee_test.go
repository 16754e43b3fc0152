// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"net/http"
	"slices"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// referee returns the rule that the wait breaks, "" for none. It knows the script
// and when requests were sent, and nothing that the provider has received.
func (tl *timeline) referee() string {
	took := time.Since(tl.start)
	is := func(name string) bool { return tl.got.State[name] == true }
	switch {
	case took > tl.limit:
		return "a wait keeps its timeout"
	case tl.benign && !tl.passed:
		return "a wait passes if only time is in its way"
	case !tl.passed && (len(tl.got.Diagnostics) != 1 || tl.got.State != nil):
		return "a wait that does not pass ends with one error and stores nothing"
	case !tl.passed:
		return ""
	case tl.form == dataSource && (tl.waitFor == "success" && !is("succeeded") || tl.waitFor == "completion" && !is("completed") || tl.waitFor == "idle" && !is("idle")):
		return "the state of a wait that passes shows why"
	}
	if is("succeeded") && tl.got.State["found"] == false && tl.args["on_missing"] != "succeeded" {
		return "a missing task succeeds only if on_missing says so"
	}
	if tl.stale && is("failed") {
		return "" // the contract takes a record for that of an action that it has not seen
	}
	claim := map[string]func(fakecloud.State) bool{"success": succeeded, "completion": finished, "idle": finished}[tl.waitFor]
	switch {
	case is("succeeded") && tl.waitFor != "idle" && !tl.holds(succeeded):
		return "only a task that has succeeded is shown as succeeded"
	case is("failed") && !tl.anyFailed():
		return "only a task that has failed is shown as failed"
	case claim != nil && !tl.holds(claim):
		return "a wait passes on what is true of the task that is meant"
	case claim != nil && tl.superseded():
		return "a wait for the latest task does not forget one that it has seen running"
	default:
		return ""
	}
}

func succeeded(s fakecloud.State) bool { return s == fakecloud.Succeeded }

func finished(s fakecloud.State) bool { return s == fakecloud.Succeeded || s == fakecloud.Failed }

// holds reports whether something is true of all tasks that are meant: at the end,
// or when the last reading of the list began.
func (tl *timeline) holds(claim func(fakecloud.State) bool) bool {
	now := time.Now()
	return tl.holdsAt(now, claim) || tl.Shape == providertest.List && tl.holdsAt(tl.lastReading()[0], claim)
}

func (tl *timeline) holdsAt(at time.Time, claim func(fakecloud.State) bool) bool {
	tasks := tl.tasksAt(at)
	for _, task := range tasks {
		if task.Contradicted || !claim(task.State) {
			return false
		}
	}
	return len(tasks) > 0 || tl.waitFor == "idle"
}

// anyFailed reports whether a task that is meant has failed.
func (tl *timeline) anyFailed() bool {
	for _, task := range tl.truth(time.Now()) {
		if _, meant := tl.meant(task.ID); meant && task.State == fakecloud.Failed {
			return true
		}
	}
	return false
}

// tasksAt are the tasks that are meant and that a client can know of: those that
// were returned to it, and those that were listed throughout the last reading.
func (tl *timeline) tasksAt(at time.Time) []fakecloud.TaskTruth {
	var tasks []fakecloud.TaskTruth
	var latest time.Time
	for _, task := range tl.truth(at) {
		created, meant := tl.meant(task.ID)
		if !meant || tl.Shape == providertest.List && !task.Returned && !tl.listed(task.ID) {
			continue
		}
		if tl.args["latest"] == true && created.Before(latest) {
			continue
		}
		if tl.args["latest"] == true && created.After(latest) {
			latest, tasks = created, nil
		}
		tasks = append(tasks, task)
	}
	return tasks
}

// superseded reports whether a task that was the latest at an earlier reading has
// not finished. Only where nothing has hidden it is it certain that the wait has
// seen it as the latest.
func (tl *timeline) superseded() bool {
	if tl.args["latest"] != true || !tl.plain() {
		return false
	}
	for _, reading := range tl.readings() {
		begin, later := reading[0], reading[0].Add(time.Second)
		before, after := tl.tasksAt(begin), tl.tasksAt(later)
		if len(before) == 0 || len(after) == 0 || before[0].ID != after[0].ID {
			continue // a newer one may have appeared between two pages
		}
		for _, task := range before {
			if now, _ := tl.truth(time.Now()).Find(task.ID); !finished(task.State) && !finished(now.State) {
				return true
			}
		}
	}
	return false
}

// plain reports whether the list and its responses are as documented.
func (tl *timeline) plain() bool {
	list := tl.script.(fakecloud.ListScript)
	deviates := func(t fakecloud.TaskScript) bool {
		return t.Hidden != nil || t.Contradiction != "" || t.CreatedText != ""
	}
	return tl.failing == "" && list.Quirks == nil && list.Count.Mode == fakecloud.CountTasks && !slices.ContainsFunc(list.Tasks, deviates)
}

// listed reports whether the list had a task throughout its last reading. One that
// is in a single response only is known if that was returned.
func (tl *timeline) listed(id string) bool {
	tasks := tl.script.(fakecloud.ListScript).Tasks
	if slices.ContainsFunc(tasks, func(t fakecloud.TaskScript) bool { return t.ID == id && inOneResponse(t) }) {
		return false
	}
	for _, at := range append(tl.lastReading(), time.Now()) {
		if task, _ := tl.truth(at).Find(id); !task.Listed {
			return false
		}
	}
	return true
}

// lastReading are the times of the requests of the last reading of a list.
func (tl *timeline) lastReading() []time.Time {
	all := tl.readings()
	return all[len(all)-1]
}

// readings are the times of the requests of each reading of a list.
func (tl *timeline) readings() [][]time.Time {
	var all [][]time.Time
	for _, r := range tl.cloud.Requests() {
		if r.Path != tl.Path() || r.Status != http.StatusOK {
			continue
		}
		if offset := r.Query.Get("offset"); offset == "" || offset == "0" {
			all = append(all, nil)
		}
		last := &all[len(all)-1]
		*last = append(*last, r.Time)
	}
	return all
}
