// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// DCSTaskQuery says which background tasks of an instance are asked for. The
// zero value asks for all of them.
type DCSBackgroundTaskQuery struct {
	InstanceID string
	From, To   time.Time // of created_at, both included to the second, zero for no bound
	TaskID     string    // only this task
	Name       string    // only tasks of this name, in any case
	Latest     bool      // only the one created last
}

// windowFormat is how the service wants the bounds of the window, in UTC.
const windowFormat = "20060102150405"

// ParseDCSWindow reads a bound of the window: RFC 3339, or yyyyMMddHHmmss in UTC.
func ParseDCSWindow(text string) (time.Time, error) {
	if t, err := time.Parse(windowFormat, text); err == nil && len(text) == len(windowFormat) {
		return t, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is no time", text)
	}
	return t, nil
}

// pageSizes are the sizes that are asked for: the documented most, and smaller
// ones in case a service refuses it.
var pageSizes = []int{1000, 100, 10}

// dcsBadParameter are the codes by which DCS refuses a query parameter.
var dcsBadParameter = []string{"DCS.4062", "DCS.4063", "111400062", "111400063"}

// DCSTasks reads all background tasks that the query asks for, page by page,
// whatever the service makes of limit and offset: no task is lost, none comes
// twice, and each page but the last brings something new. It reads until it has
// found the TaskID, if there is one.
//
// API: GET /v2/{project_id}/instances/{instance_id}/tasks (DCS, "Querying Background Tasks").
func (p Project) DCSBackgroundTasks(ctx context.Context, query DCSBackgroundTaskQuery) (DCSBackgroundTasks, error) {
	var list DCSBackgroundTasks
	known := make(map[string]bool)
	sizes := pageSizes
	for offset := 0; ; {
		page, err := p.dcsTasksPage(ctx, query, offset, sizes[0])
		if len(sizes) > 1 && refusesParameter(err) {
			sizes = sizes[1:]
			continue
		}
		if err != nil {
			return DCSBackgroundTasks{}, err
		}
		if offset == 0 {
			list.TaskCount = page.TaskCount
		}
		fresh := page.newTasks(known)
		for _, t := range fresh {
			if query.matches(t) {
				list.Tasks = append(list.Tasks, t)
			}
		}
		offset += len(page.Tasks)
		if len(fresh) == 0 || known[query.TaskID] || page.isLast(sizes[0], len(known)) {
			break
		}
	}
	if query.Latest {
		list.keepLatest()
	}
	return list, nil
}

func refusesParameter(err error) bool {
	var refused *transport.Error
	return errors.As(err, &refused) && refused.Status == http.StatusBadRequest && slices.Contains(dcsBadParameter, refused.Code)
}

// dcsTasksPage is the answer to one request of the list.
type dcsBackgroundTasksPage struct {
	transport.ErrorBody
	TaskCount transport.Number                  `json:"task_count"`
	Tasks     transport.List[DCSBackgroundTask] `json:"tasks"`
}

func (p Project) dcsTasksPage(ctx context.Context, query DCSBackgroundTaskQuery, offset, limit int) (dcsBackgroundTasksPage, error) {
	values := url.Values{"offset": {strconv.Itoa(offset)}, "limit": {strconv.Itoa(limit)}}
	if !query.From.IsZero() {
		values.Set("start_time", query.From.UTC().Format(windowFormat))
	}
	if !query.To.IsZero() {
		values.Set("end_time", query.To.UTC().Format(windowFormat))
	}
	var page dcsBackgroundTasksPage
	err := p.client.get(ctx, transport.Request{
		Service: transport.DCS, Region: p.Region, ProjectID: p.ID, Query: values, IAMAction: "dcs:instance:getBackgroundTask",
		Path: transport.Path("/v2/%s/instances/%s/tasks", p.ID, query.InstanceID),
	}, &page)
	return page, err
}

// Verify refuses an answer that is no list of tasks: taken for an empty one, it
// would call a busy instance idle.
func (p *dcsBackgroundTasksPage) Verify() error {
	if !p.Tasks.Present() && !p.TaskCount.Present() {
		return transport.Malformed("it has neither tasks nor task_count")
	}
	return nil
}

// fresh returns the tasks that are not known yet, and makes them known. A task
// without an id is known by its whole content. The tasks lie where those of the
// page have lain, of which only the number is of use afterwards.
func (p *dcsBackgroundTasksPage) newTasks(known map[string]bool) []DCSBackgroundTask {
	fresh := p.Tasks[:0]
	for _, t := range p.Tasks {
		if key := t.key(); !known[key] {
			known[key] = true
			fresh = append(fresh, t)
		}
	}
	return fresh
}

func (t DCSBackgroundTask) key() string {
	if id := t.ID.String(); id != "" {
		return id
	}
	var details DCSBackgroundTaskDetails
	if t.Details != nil {
		details, t.Details = *t.Details, nil // by content, not by address
	}
	return fmt.Sprintf("\x00%+v%+v", t, details)
}

// isLast reports whether a page ends the list, so that no further request need
// tell. A full page never does; a short one may come from a service that caps
// the limit, unless as many tasks are known as the service has counted.
func (p *dcsBackgroundTasksPage) isLast(size, known int) bool {
	count := p.TaskCount.Float64()
	return len(p.Tasks) < size && count != nil && *count == float64(known)
}

// matches applies the query's filters. The window is applied again, because it
// is not known under which name the service honours its beginning.
func (q DCSBackgroundTaskQuery) matches(t DCSBackgroundTask) bool {
	if q.TaskID != "" && t.ID.String() != q.TaskID || q.Name != "" && !strings.EqualFold(t.Name.String(), q.Name) {
		return false
	}
	if q.From.IsZero() && q.To.IsZero() {
		return true
	}
	created, err := time.Parse(time.RFC3339Nano, t.CreatedAt.String())
	if err != nil {
		return true // it may be within the window
	}
	created = created.Truncate(time.Second)
	return (q.From.IsZero() || !created.Before(q.From.Truncate(time.Second))) &&
		(q.To.IsZero() || !created.After(q.To))
}

// keepLatest keeps the task created last, and every task that may be it because
// its time cannot be read.
func (l *DCSBackgroundTasks) keepLatest() {
	var at time.Time
	for _, t := range l.Tasks {
		if created, err := time.Parse(time.RFC3339Nano, t.CreatedAt.String()); err != nil {
			l.undated = &t
		} else if created.After(at) {
			at = created
		}
	}
	l.Tasks = slices.DeleteFunc(l.Tasks, func(t DCSBackgroundTask) bool {
		created, err := time.Parse(time.RFC3339Nano, t.CreatedAt.String())
		return err == nil && created.Before(at)
	})
}
