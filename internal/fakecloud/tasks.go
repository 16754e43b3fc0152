// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The documented page sizes of a DCS list.
const (
	defaultLimit = 10
	maxLimit     = 1000
)

// listTime is the form of start_time and end_time, which are in UTC.
const listTime = "20060102150405"

// TaskList is the list of background tasks of one DCS instance. The zero value
// is an instance without tasks. All fields except Steps make the list deviate
// from the documents in ways that the service might.
type TaskList struct {
	Steps []TaskListStep

	MaxLimit int // a larger limit is a bad parameter; 0 stands for 1000
	CapLimit int // pages are at most this long, whatever the limit; 0 for no cap

	IgnoreOffset bool // always start with the first task
	IgnoreLimit  bool // always return all remaining tasks
	IgnoreWindow bool // ignore start_time and end_time

	// TaskCount is sent verbatim, such as `"4"` or `null`; "" stands for the true
	// total as a number, "-" leaves the field out.
	TaskCount string
}

// Paging is how a paged list deviates from the documents. Its fields are those of
// TaskList.
type Paging struct {
	MaxLimit, CapLimit                      int
	IgnoreOffset, IgnoreLimit, IgnoreWindow bool
}

func (l TaskList) paging() Paging {
	return Paging{l.MaxLimit, l.CapLimit, l.IgnoreOffset, l.IgnoreLimit, l.IgnoreWindow}
}

// TaskListStep is the list from After on, which counts as in Response. Tasks are
// JSON objects, returned in this order.
type TaskListStep struct {
	After time.Duration
	Tasks []string
}

// ServeTasks sets the background tasks of a DCS instance, which the cloud filters
// and pages. The offset counts tasks, not pages; past the end the list is empty;
// task_count is the total of the filtered list. The filter is start_time and
// end_time: begin_time, which one example of the documents sends, is ignored like
// any unknown key.
func (c *Cloud) ServeTasks(project, instance string, list TaskList) {
	list.Steps = slices.Clone(list.Steps)
	c.serve(TasksPath(project, instance), list)
}

func (l TaskList) respond(r *http.Request, elapsed time.Duration) (Response, bool) {
	body, err := l.read(r.URL.Query(), elapsed)
	var bad badRequestError
	if errors.As(err, &bad) {
		return dcsError(http.StatusBadRequest, bad.code, bad.message), true
	}
	return Response{Body: body}, true
}

// badRequestError is an error response of DCS.
type badRequestError struct {
	code, message string
}

func (b badRequestError) Error() string { return b.code + ": " + b.message }

func badParameter(name string) error {
	return badRequestError{"DCS.4062", "Invalid " + name + " parameter in the request."}
}

func (l TaskList) read(query url.Values, elapsed time.Duration) (string, error) {
	window, err := l.paging().window(query)
	if err != nil {
		return "", err
	}
	page, err := l.paging().page(query)
	if err != nil {
		return "", err
	}
	tasks := slices.DeleteFunc(l.tasks(elapsed), func(task string) bool { return !window.contains(task) })

	list := `"tasks":[` + strings.Join(pageOf(page, tasks), ",") + `]`
	if l.TaskCount == "-" {
		return "{" + list + "}", nil
	}
	return `{"task_count":` + cmp.Or(l.TaskCount, strconv.Itoa(len(tasks))) + "," + list + "}", nil
}

// tasks is a copy of the list at this time.
func (l TaskList) tasks(elapsed time.Duration) []string {
	for _, step := range slices.Backward(l.Steps) {
		if step.After <= elapsed {
			return slices.Clone(step.Tasks)
		}
	}
	return nil
}

// page is the requested part of a list; a negative limit means no limit.
type page struct {
	offset, limit int
}

func pageOf[T any](p page, tasks []T) []T {
	rest := tasks[min(p.offset, len(tasks)):]
	if p.limit < 0 {
		return rest
	}
	return rest[:min(p.limit, len(rest))]
}

func (p Paging) page(query url.Values) (page, error) {
	var requested page
	var err error
	if query.Has("offset") && !p.IgnoreOffset {
		if requested.offset, err = strconv.Atoi(query.Get("offset")); err != nil || requested.offset < 0 {
			return page{}, badParameter("offset")
		}
	}
	requested.limit, err = p.limit(query)
	return requested, err
}

func (p Paging) limit(query url.Values) (int, error) {
	if p.IgnoreLimit {
		return -1, nil
	}
	largest := cmp.Or(p.MaxLimit, maxLimit)
	limit := min(defaultLimit, largest)
	if query.Has("limit") {
		var err error
		if limit, err = strconv.Atoi(query.Get("limit")); err != nil || limit < 1 || limit > largest {
			return 0, badParameter("limit")
		}
	}
	if p.CapLimit > 0 {
		limit = min(limit, p.CapLimit)
	}
	return limit, nil
}

// window is the range of created_at, inclusive; a zero end is open.
type window struct {
	start, end time.Time
}

func (p Paging) window(query url.Values) (window, error) {
	if p.IgnoreWindow {
		return window{}, nil
	}
	start, err := windowEnd(query, "start_time")
	if err != nil {
		return window{}, err
	}
	end, err := windowEnd(query, "end_time")
	if err != nil {
		return window{}, err
	}
	if !end.IsZero() && end.Before(start) {
		return window{}, badRequestError{"DCS.4025", "The end time is earlier than the start time."}
	}
	return window{start, end}, nil
}

func windowEnd(query url.Values, name string) (time.Time, error) {
	if !query.Has(name) {
		return time.Time{}, nil
	}
	end, err := time.Parse(listTime, query.Get(name))
	if err != nil {
		return time.Time{}, badParameter(name)
	}
	return end, nil
}

// contains compares whole seconds, the precision of the filter. That a task
// without a valid time matches is a guess.
func (w window) contains(task string) bool {
	var record struct {
		CreatedAt time.Time `json:"created_at"`
	}
	if err := json.Unmarshal([]byte(task), &record); err != nil || record.CreatedAt.IsZero() {
		return true
	}
	created := record.CreatedAt.Truncate(time.Second)
	return !created.Before(w.start) && (w.end.IsZero() || !created.After(w.end))
}
