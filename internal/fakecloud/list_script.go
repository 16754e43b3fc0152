// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// TaskScript is the true life of one task in a list.
type TaskScript struct {
	ID   string
	Name string // of DCS; CCE has none

	// Steps are the task's true states. Before the first one, it does not exist.
	Steps []Step

	// Hidden is when the list does not return the task, although it goes through its
	// steps all the same. A span with an end is a flicker, one without is a deleted
	// record.
	Hidden []Span

	// Created is in the record; zero stands for the time of the first step.
	// CreatedText replaces it verbatim; "-" leaves the field out.
	Created     time.Time
	CreatedText string

	Copies        int    // further records that are equal
	Contradiction State  // of a further record with the same ID, unless ""
	OddTypes      bool   // fields that decide nothing have values of undocumented types
	Fields        string // further fields of the record, such as `"status":"SUCCESS","Status":"SUCCESS"`
}

// ListScript is the true content of a list of tasks over time, and how the
// service deviates from it. A list of CCE has neither pages nor a count.
type ListScript struct {
	Tasks []TaskScript // in the order of the list

	Pages  Paging
	Count  Count
	Quirks []QuirkSpan
}

// Count is what the list returns as task_count.
type Count struct {
	Mode   CountMode
	Moment Moment // of CountStale
	Value  int    // of CountConstant
}

// CountMode is how a Count is determined.
type CountMode int

// The modes of a Count.
const (
	CountTasks      CountMode = iota // the tasks that match, as documented
	CountText                        // the same as a string
	CountRecords                     // the records that match, including copies
	CountPage                        // the records of this page
	CountBeside                      // the tasks that match, beside each record: 0 on an empty page
	CountStale                       // the tasks that match at Moment
	CountConstant                    // Value
	CountAbsent                      // no such field
	CountNull                        // null
	CountUnreadable                  // a string without a number
)

// ListTruth is the truth about all tasks that exist at some time.
type ListTruth []TaskTruth

// Find returns the task with this ID; false if it does not exist.
func (l ListTruth) Find(id string) (TaskTruth, bool) {
	i := slices.IndexFunc(l, func(t TaskTruth) bool { return t.ID == id })
	if i < 0 {
		return TaskTruth{}, false
	}
	return l[i], true
}

// Idle reports whether all tasks have finished, including those that the list
// does not return.
func (l ListTruth) Idle() bool {
	return !slices.ContainsFunc(l, func(t TaskTruth) bool { return t.State != Succeeded && t.State != Failed })
}

// ScriptedList is a ListScript that is served.
type ScriptedList struct {
	cloud   *Cloud
	api     taskAPI
	script  ListScript
	history history

	returned map[string]time.Time // by ID: when a truthful response first returned the task
}

// ServeList serves a script at the path of a list: TasksPath, SnapshotTasksPath,
// or AutopilotSnapshotTasksPath. Tests compare results with its Truth.
func (c *Cloud) ServeList(path string, script ListScript) *ScriptedList {
	list := &ScriptedList{cloud: c, api: scripted(path, true).api, script: script, history: history{clock: &clock{}}, returned: map[string]time.Time{}}
	c.serve(path, list)
	return list
}

// Truth returns the truth at a time, after all responses sent by then.
func (l *ScriptedList) Truth(at time.Time) ListTruth {
	l.cloud.mu.Lock()
	defer l.cloud.mu.Unlock()
	p := l.history.at(at)
	var all ListTruth
	for _, task := range l.script.Tasks {
		t := truthAt(task.ID, task.Steps, task.Hidden, p)
		t.Contradicted = t.Listed && task.Contradiction != "" && task.Contradiction != t.State
		if returned, ok := l.returned[task.ID]; ok {
			t.Returned = !returned.After(at)
		}
		if t.State != "" {
			all = append(all, t)
		}
	}
	return all
}

func (l *ScriptedList) respond(r *http.Request, _ time.Duration) (Response, bool) {
	p := l.history.next()
	truth, shown, err := l.page(r, p, "")
	var bad badRequestError
	if errors.As(err, &bad) {
		return dcsError(http.StatusBadRequest, bad.code, bad.message), true
	}
	var claim object
	if quirk, due := dueQuirk(l.script.Quirks, p); due {
		claim, _, _ = l.page(r, p, Succeeded) // the same parameters, which are valid
		if !quirk.Believable {
			shown = nil
		}
	}
	for _, task := range shown {
		if _, known := l.returned[task.id]; !known {
			l.returned[task.id] = time.Now()
		}
	}
	return report{api: l.api, truth: truth, claim: claim}.respond(l.script.Quirks, p), true
}

// page returns the requested page and its records. A claim replaces the states of
// all tasks.
func (l *ScriptedList) page(r *http.Request, p position, claim State) (object, []record, error) {
	if l.api.list == wholeList {
		all := l.records(p, claim)
		return cceList(all), all, nil
	}
	window, err := l.script.Pages.window(r.URL.Query())
	if err != nil {
		return nil, nil, err
	}
	requested, err := l.script.Pages.page(r.URL.Query())
	if err != nil {
		return nil, nil, err
	}
	matching := func(p position) []record {
		return slices.DeleteFunc(l.records(p, claim), func(r record) bool { return !window.contains(encode(r.object)) })
	}
	all := matching(p)
	shown := pageOf(requested, all)
	body := object{{"tasks", objects(shown)}}
	if l.script.Count.Mode == CountAbsent {
		return body, shown, nil
	}
	var stale []record
	if moment := l.script.Count.Moment; l.script.Count.Mode == CountStale {
		stale = matching(position{moment.After, moment.Requests})
	}
	count := l.script.Count.of(all, shown, stale)
	return append(object{{"task_count", count}}, body...), shown, nil
}

func (c Count) of(all, shown, stale []record) any {
	switch c.Mode {
	case CountRecords:
		return len(all)
	case CountPage:
		return len(shown)
	case CountBeside:
		if len(shown) == 0 {
			return 0
		}
		return distinct(all)
	case CountStale:
		return distinct(stale)
	case CountConstant:
		return c.Value
	case CountText:
		return strconv.Itoa(distinct(all))
	case CountUnreadable:
		return "many"
	case CountNull:
		return nil
	default:
		return distinct(all)
	}
}
