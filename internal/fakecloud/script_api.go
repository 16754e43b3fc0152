// SPDX-License-Identifier: MPL-2.0

package fakecloud

import "net/http"

// taskAPI is how an API reports a task: in a response of its own, or in a record
// of a list.
type taskAPI struct {
	list     listKind
	service  string // DCS, DWS, or CCE
	statuses map[State]string

	// identity and status are the paths of these fields. The response of an API
	// without identity does not name the task.
	identity, status []string

	// odd has fields that decide nothing, with values of undocumented types.
	odd []oddField

	body func(id, status string, state State) object
}

type listKind int

const (
	noList    listKind = iota
	pagedList          // of DCS
	wholeList          // of CCE: without pages and task_count
)

type oddField struct {
	path  []string
	value any
}

// report returns the response or the record of a task in this step.
func (a taskAPI) report(id string, s Step) object {
	status := s.Status
	switch {
	case status == "" && s.State == Unknown:
		status = "FROZEN" // not documented
	case status == "":
		status = a.statuses[s.State]
	}
	body := a.body(id, status, s.State)
	if s.Status == "-" {
		return body.without(a.status)
	}
	return body
}

// withOddTypes replaces the fields of odd.
func (a taskAPI) withOddTypes(o object) object {
	for _, odd := range a.odd {
		o = o.with(odd.path, odd.value)
	}
	return o
}

// scripted returns the task API at a path. Any other path is a bug of the test.
func scripted(path string, list bool) route {
	found, _ := findRoute(http.MethodGet, path)
	if found.api.body == nil || (found.api.list != noList) != list {
		panic("no such script can be served at " + path)
	}
	return found
}

func statuses(pending, running, succeeded, failed string) map[State]string {
	return map[State]string{Pending: pending, Running: running, Succeeded: succeeded, Failed: failed}
}

// percent is the progress that is reported for a state.
func percent(s State) int {
	return map[State]int{Running: 50, Unknown: 50, Failed: 50, Succeeded: 100}[s]
}

// reason is null unless the task failed.
func reason(s State) any {
	if s == Failed {
		return "the standby node is not in sync"
	}
	return nil
}
