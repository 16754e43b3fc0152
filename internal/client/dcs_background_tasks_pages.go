// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// DCSBackgroundTaskQuery selects background tasks of an instance. The zero
// value selects all of them.
type DCSBackgroundTaskQuery struct {
	InstanceID string
	From, To   time.Time // bounds of created_at, both included; zero for none
	TaskID     string    // only this task
	Name       string    // only tasks with this name, without regard to ASCII case
	Latest     bool      // only the task created last
	PastEnd    bool      // ask past the end of the list, whatever the service counts
}

// windowFormat is the form of the bounds of a window in a request, in UTC.
const windowFormat = "20060102150405"

// ParseDCSWindow parses a bound of a window: RFC 3339, or yyyyMMddHHmmss in UTC.
func ParseDCSWindow(text string) (time.Time, error) {
	if t, err := time.Parse(windowFormat, text); err == nil && len(text) == len(windowFormat) {
		return t, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a valid time", text)
	}
	return t, nil
}

// maxReadings is how often a list is read until it is complete.
const maxReadings = 3

// DCSBackgroundTasks reads all background tasks of an instance, page by page,
// and returns those that the query selects.
//
// The list is complete if task_count is the same on all pages and equals the
// number of distinct IDs. Without a usable task_count, or with one that counts the
// tasks of each page, two readings in a row must list the same IDs, both past the
// end. A count of 0 on an empty page is ignored. Otherwise the list is read again;
// in the end an *IncompleteListError reports what does not fit. The tasks of an
// incomplete reading are not lost, also if there is an error: see discarded.
//
// API: GET /v2/{project_id}/instances/{instance_id}/tasks (DCS, "Querying Background Tasks").
func (p Project) DCSBackgroundTasks(ctx context.Context, query DCSBackgroundTaskQuery) (DCSBackgroundTasks, error) {
	var previous *dcsReading
	var discarded []*dcsReading
	for n := 1; ; n++ {
		r, err := p.readDCSBackgroundTasks(ctx, query)
		problem := r.incomplete(previous)
		switch {
		case err != nil:
		case problem == "" && (len(r.conflicts) == 0 || n == maxReadings):
			return query.apply(r, discarded), nil
		case n == maxReadings:
			err = &IncompleteListError{Problem: problem}
		}
		discarded = append(discarded, r)
		if err != nil {
			return query.apply(&dcsReading{}, discarded), err
		}
		previous = r
	}
}

// dcsReading is one reading of all pages.
type dcsReading struct {
	count     *int             // task_count, nil if a page has no usable one
	perPage   bool             // each page counts its own tasks, and no others
	problem   string           // why the pages do not fit together, "" if they do
	taskCount transport.Number // of the first page, as it was sent
	all       []DCSBackgroundTask
	ids       map[string]bool
	conflicts map[string]bool
}

// readDCSBackgroundTasks reads pages until the tasks are as many as counted, or
// until a page past the end has none. offset advances by the tasks received,
// since a service may cap the page size. After an error, the reading is partial.
func (p Project) readDCSBackgroundTasks(ctx context.Context, query DCSBackgroundTaskQuery) (*dcsReading, error) {
	r := &dcsReading{ids: make(map[string]bool)}
	defer func() { r.all, r.conflicts = distinct(r.all) }()
	sizes := pageSizes
	for offset := 0; ; {
		page, err := p.dcsBackgroundTasksPage(ctx, query, offset, sizes[0])
		if len(sizes) > 1 && refusesParameter(err) {
			sizes = sizes[1:]
			continue
		}
		if err != nil {
			return r, err
		}
		more := r.add(page, offset)
		counted := r.count != nil && *r.count == len(r.ids)
		if !more || r.problem != "" || counted && !query.PastEnd {
			break
		}
		offset += len(page.Tasks.List)
	}
	return r, nil
}

// pageSizes are the documented maximum, and smaller ones if a service refuses it.
var pageSizes = []int{1000, 100, 10}

// dcsBadParameter are the codes with which DCS refuses a query parameter.
var dcsBadParameter = []string{"DCS.4062", "DCS.4063", "111400062", "111400063"}

func refusesParameter(err error) bool {
	var e *transport.Error
	return errors.As(err, &e) && e.Status == http.StatusBadRequest && slices.Contains(dcsBadParameter, e.Code)
}

// add adds a page and reports whether there may be another one.
func (r *dcsReading) add(page dcsBackgroundTasksPage, offset int) (more bool) {
	count := page.TaskCount.Count()
	r.perPage = (r.perPage || offset == 0) && count != nil && *count == len(page.Tasks.List)
	switch {
	case offset == 0:
		r.count, r.taskCount = count, page.TaskCount
	case r.count == nil || count == nil:
		r.count = nil
	case *r.count != *count && r.perPage:
		r.count = nil // it says nothing about the list
	case *count == 0 && len(page.Tasks.List) == 0:
		// A page past the end can have no row that holds the count. The tasks so far
		// must still be as many as the other pages count.
	case *r.count != *count:
		r.problem = fmt.Sprintf("task_count changed from %d to %d between two pages", *r.count, *count)
	}
	known := len(r.ids)
	for _, t := range page.Tasks.List {
		r.ids[t.taskID()] = true
	}
	r.all = append(r.all, page.Tasks.List...)
	if len(page.Tasks.List) > 0 && len(r.ids) == known {
		r.problem = fmt.Sprintf("the page at offset %d repeats earlier tasks", offset)
	}
	return len(page.Tasks.List) > 0
}

// incomplete returns what keeps a reading from being a complete list, "" for
// nothing. previous is the reading before, nil if there is none.
func (r *dcsReading) incomplete(previous *dcsReading) string {
	switch {
	case r.problem != "":
		return r.problem
	case r.count != nil && *r.count != len(r.ids):
		return fmt.Sprintf("the service counts %d tasks and lists %d", *r.count, len(r.ids))
	case r.count != nil:
		return ""
	case previous == nil || previous.problem != "" || !sameIDs(previous.ids, r.ids):
		return "the service does not count its tasks, and two readings in a row list different ones"
	default:
		return ""
	}
}

func sameIDs(a, b map[string]bool) bool {
	if len(a) != len(b) {
		return false
	}
	for id := range a {
		if !b[id] {
			return false
		}
	}
	return true
}

// dcsBackgroundTasksPage is the response to one request.
type dcsBackgroundTasksPage struct {
	transport.ErrorBody
	TaskCount transport.Number                        `json:"task_count"`
	Tasks     transport.StrictList[DCSBackgroundTask] `json:"tasks"`
}

// dcsBackgroundTasksPage reads a page. The window is sent a second wider at each
// end, since the service compares whole seconds.
func (p Project) dcsBackgroundTasksPage(ctx context.Context, query DCSBackgroundTaskQuery, offset, limit int) (dcsBackgroundTasksPage, error) {
	values := url.Values{"offset": {strconv.Itoa(offset)}, "limit": {strconv.Itoa(limit)}}
	if !query.From.IsZero() {
		values.Set("start_time", query.From.UTC().Add(-time.Second).Format(windowFormat))
	}
	if !query.To.IsZero() {
		values.Set("end_time", query.To.UTC().Add(time.Second).Format(windowFormat))
	}
	page := dcsBackgroundTasksPage{}
	err := transport.Do(ctx, p.client.transport, transport.Request{
		Service: transport.DCS, Region: p.Region, ProjectID: p.ID, Query: values, IAMAction: "dcs:instance:getBackgroundTask",
		Path: transport.Path("/v2/%s/instances/%s/tasks", p.ID, query.InstanceID),
	}, &page)
	return page, err
}

// Verify rejects a response that is not a list of tasks: as an empty
// list it would make a busy instance idle.
func (p *dcsBackgroundTasksPage) Verify() error {
	if !p.Tasks.Present() && p.TaskCount.Count() == nil {
		return transport.Malformed("it has neither tasks nor a usable task_count")
	}
	return messageInsteadOf(len(p.Tasks.List), p)
}

// apply applies the filters to a complete list, and to the tasks of discarded
// readings that it does not have.
func (q DCSBackgroundTaskQuery) apply(r *dcsReading, discarded []*dcsReading) DCSBackgroundTasks {
	list := DCSBackgroundTasks{TaskCount: r.taskCount}
	list.conflicts = make(map[string]bool)
	maps.Copy(list.conflicts, r.conflicts)
	for _, t := range r.all {
		if q.selects(&list, t) {
			list.tasks = append(list.tasks, t)
		}
	}
	for _, other := range discarded {
		for _, t := range other.all {
			if id := t.taskID(); !r.ids[id] && q.selects(&list, t) {
				list.discarded = append(list.discarded, t)
				list.conflicts[id] = list.conflicts[id] || other.conflicts[id]
			}
		}
	}
	if q.Latest {
		list.latestOf()
	}
	return list
}

// selects reports whether a task matches the filters. The window is applied again,
// exactly, because it is not known under which name the service applies its start.
func (q DCSBackgroundTaskQuery) selects(list *DCSBackgroundTasks, t DCSBackgroundTask) bool {
	if q.TaskID != "" && t.taskID() != q.TaskID || q.Name != "" && task.Fold(t.Name.String()) != task.Fold(q.Name) {
		return false
	}
	text, at := t.creation()
	if at.IsZero() && !(q.From.IsZero() && q.To.IsZero()) {
		list.setUndated(t, text) // it may be within the window
		return true
	}
	return (q.From.IsZero() || !at.Before(q.From)) && (q.To.IsZero() || !at.After(q.To))
}
