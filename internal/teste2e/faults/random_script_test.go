// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// script is what the cloud was set to return: each body, or each task of a paged
// list, with its meaning. Responses are looked up in it, never decoded, so that
// no mistake of the provider can be repeated here.
type script map[string]meaning

type meaning struct {
	state string // of the tasks that the read is about
	idle  bool   // whether no listed task is pending, running, or unknown
	other bool   // a task that the read is not about
}

// Tasks of a list that a filter by time is about were created after cutoff, and
// others before.
const (
	cutoff   = "2023-11-25T09:00:00Z"
	maxTasks = 5
)

func recordPath() string {
	return providertest.SourceNamed("dws_cluster_action").PathOf(args{"action_name": "SNAPSHOTTING_FAILED"})
}

func clusterPath() string {
	return fakecloud.ClusterPath(providertest.ProjectID, providertest.ClusterID)
}

// timeline is a sequence of task states.
func (r *random) timeline() (states []string, at []time.Duration) {
	kinds := []string{"pending", "running", "running", "succeeded", "failed", "unknown", "missing"}
	if r.Shape == providertest.Traced {
		kinds = append(kinds, "missing", "missing") // which has the most rules
	}
	var after time.Duration
	for range 1 + r.IntN(5) {
		kind := kinds[r.IntN(len(kinds))]
		if r.benign {
			kind = kinds[r.IntN(3)]
		}
		states, at = append(states, kind), append(at, after)
		after += time.Duration(r.IntN(r.IntN(120)+1)) * time.Second
	}
	if r.benign {
		states, at = append(states, "succeeded"), append(at, after)
	}
	if i := slices.Index(states, "failed"); i >= 0 && r.IntN(3) > 0 {
		states, at = states[:i+1], at[:i+1] // mostly, a failure is final
	}
	return states, at
}

// serve writes the script and hands it to the cloud.
func (r *random) serve(cloud *fakecloud.Cloud) {
	if r.Name == "dcs_background_tasks" {
		cloud.ServeTasks(providertest.ProjectID, providertest.InstanceID, r.taskList())
		return
	}
	cloud.Serve(r.Path(), r.responses(r.response)...)
	if r.Shape == providertest.Traced {
		if r.IntN(2) == 0 {
			cloud.Serve(recordPath(), r.responses(func(state string) fakecloud.Response {
				if state == "succeeded" {
					state = "missing" // a record of a failure never says so, but may go
				}
				return r.response(state)
			})...)
		}
		cloud.Serve(clusterPath(), r.responses(func(string) fakecloud.Response {
			named := []string{"null", "null", "null", `"REBOOTING"`, `"SNAPSHOTTING"`, `"SNAPSHOTTING_FAILED"`}[r.IntN(6)]
			return fakecloud.Response{Body: `{"cluster":{"id":"` + providertest.ClusterID + `","task_status":` + named + `}}`}
		})...)
	}
}

func (r *random) responses(response func(state string) fakecloud.Response) []fakecloud.Response {
	states, at := r.timeline()
	all := make([]fakecloud.Response, len(states))
	for i, state := range states {
		all[i] = response(state)
		all[i].After = at[i]
	}
	return all
}

// response is one in which the task has a state.
func (r *random) response(state string) fakecloud.Response {
	var response fakecloud.Response
	switch {
	case r.Shape == providertest.List:
		return r.snapshots(state)
	case state == "missing":
		response = r.Missing[r.IntN(len(r.Missing))]
	default:
		response.Body = r.Body(r.status(state))
	}
	r.script[response.Body] = meaning{state: state}
	return response
}

// status is one that means a state.
func (r *random) status(state string) string {
	statuses := r.Statuses[state]
	if statuses == nil {
		statuses = []string{"FROZEN", "DONE", ""}
	}
	status := statuses[r.IntN(len(statuses))]
	if r.IntN(4) == 0 {
		status = strings.ToLower(status)
	}
	return status
}

func isBusy(state string) bool { return state == "pending" || state == "running" || state == "unknown" }

// snapshots is a list of backups in random order, with older ones.
func (r *random) snapshots(state string) fakecloud.Response {
	var items []string
	others := false // whether one of them is busy
	for n := range r.IntN(4) {
		other := []string{"pending", "running", "succeeded", "succeeded", "failed"}[r.IntN(5)]
		others = others || isBusy(other)
		items = append(items, providertest.Snapshot(fmt.Sprint("older-", n), r.status(other), fmt.Sprintf("2023-11-25 16:0%d:00 +0800 CST", n)))
	}
	if state != "missing" {
		items = append(items, providertest.Snapshot(providertest.SnapshotID, r.status(state), fmt.Sprintf("2023-11-25 17:00:%02d.5 +0800 CST", r.IntN(60))))
	}
	r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	body := providertest.SnapshotList(items...)
	r.script[body] = meaning{state: state, idle: !isBusy(state) && (r.waitFor != "idle" || !others)}
	return fakecloud.Response{Body: body}
}

// taskList is a list in small pages, with older tasks before the others.
func (r *random) taskList() fakecloud.TaskList {
	list := fakecloud.TaskList{CapLimit: r.IntN(4), TaskCount: []string{"", "", "-", "null"}[r.IntN(4)], IgnoreWindow: r.IntN(2) == 0}
	older, tasks := r.IntN(3), 1+r.IntN(maxTasks-2)
	if r.args["task_id"] != nil {
		tasks = 1
	}
	add := func(step *fakecloud.TaskListStep, id, created, state string, other bool) {
		task := strings.Replace(providertest.DCSTask(id, "EXTEND", r.status(state)), "2020-06-17T08:18:06.597Z", created, 1)
		step.Tasks = append(step.Tasks, task)
		r.script[task] = meaning{state: state, other: other && r.waitFor != "idle"}
	}
	states, at := r.timeline()
	for i, state := range states {
		step := fakecloud.TaskListStep{After: at[i]}
		for n := range older {
			add(&step, fmt.Sprint("older-", n), "2023-11-25T08:00:00.597Z", []string{"running", "succeeded", "failed", "unknown"}[r.IntN(4)], true)
		}
		for n := range tasks {
			switch {
			case state == "missing":
			case n == 0:
				add(&step, providertest.TaskID, "2023-11-25T10:00:00.597Z", state, false)
			case r.IntN(2) == 0:
				add(&step, fmt.Sprint("task-", n), "2023-11-25T10:00:00.597Z", state, false)
			default:
				add(&step, fmt.Sprint("task-", n), "2023-11-25T10:00:00.597Z", "succeeded", false)
			}
		}
		list.Steps = append(list.Steps, step)
	}
	return list
}
