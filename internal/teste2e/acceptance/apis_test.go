// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"regexp"
	"strings"
)

// api is one of the requests, with the members of its answer as its document
// has them.
type api struct {
	path    string
	pattern *regexp.Regexp
	members map[string]string // types by path; word, time and detail are strings
	order   []string          // of the document
	part    bool              // the document has more members, of which nobody here makes use
}

var placeholder = regexp.MustCompile(`\\\{\w+\\\}`)

// newAPI reads lists of members: each begins with a type and a colon, and goes
// on with the paths of the members that have it.
func newAPI(path string, documented ...string) *api {
	a := &api{
		path:    path,
		pattern: regexp.MustCompile(placeholder.ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + "$"),
		members: map[string]string{"": "object"},
	}
	for _, line := range documented {
		kind, names, _ := strings.Cut(line, ": ")
		for name := range strings.FieldsSeq(names) {
			a.members[name] = kind
			a.order = append(a.order, name)
			if kind == "array" {
				a.members[name+"[]"] = "object"
			}
		}
	}
	return a
}

func (a *api) partly() *api { a.part = true; return a }

// knows reports whether a member is to be noted.
func (a *api) knows(path string) bool { return !a.part || a.members[path] != "" }

// membersOf are the names of the members that an object is documented to have.
func (a *api) membersOf(path string) []string {
	var names []string
	for _, each := range a.order {
		parent, name := "", each
		if i := strings.LastIndex(each, "."); i >= 0 {
			parent, name = each[:i], each[i+1:]
		}
		if parent == path {
			names = append(names, name)
		}
	}
	return names
}

// within is a list of members of the same object.
func within(kind, object, names string) string {
	return kind + ": " + object + "." + strings.Join(strings.Fields(names), " "+object+".")
}

var (
	tasksAPI = newAPI("/v2/{project_id}/instances/{instance_id}/tasks",
		"string: task_count",
		"array: tasks",
		"string: tasks[].id tasks[].name",
		"object: tasks[].details",
		"string: tasks[].user_name tasks[].user_id tasks[].params",
		"word: tasks[].status",
		"time: tasks[].created_at tasks[].updated_at",
		"boolean: tasks[].enable_show",
		within("string", "tasks[].details", "old_capacity new_capacity public_ip_id public_ip_address old_cache_mode new_cache_mode old_resource_spec_code "+
			"new_resource_spec_code old_cache_type new_cache_type replica_ip replica_az group_name account_name source_ip target_ip node_name"),
		within("boolean", "tasks[].details", "enable_public_ip enable_ssl is_only_adjust_charging"),
		within("number", "tasks[].details", "old_replica_num new_replica_num old_port new_port updated_config_length"),
		within("array", "tasks[].details", "rename_commands"))
	progressAPI = newAPI("/v2/{project_id}/instances/{instance_id}/tasks/{task_id}/progress",
		"number: progress remain_time",
		"array: step_details",
		within("string", "step_details[]", "step_id step_name"),
		within("word", "step_details[]", "step_status"),
		within("time", "step_details[]", "begin_time end_time"),
		within("string", "step_details[]", "error_code"),
		within("array", "step_details[]", "sub_step_details"),
		within("string", "step_details[].sub_step_details[]", "sub_step_id sub_step_name"),
		within("word", "step_details[].sub_step_details[]", "sub_step_status"),
		within("time", "step_details[].sub_step_details[]", "begin_time end_time"),
		within("detail", "step_details[].sub_step_details[]", "detail"),
		within("string", "step_details[].sub_step_details[]", "error_code"))
	jobAPI = newAPI("/v2/{project_id}/jobs/{job_id}",
		"string: job_id job_type",
		"word: status",
		"time: begin_time end_time",
		"string: fail_reason")
	actionAPI = newAPI("/v1/{project_id}/clusters/{cluster_id}/actions/{action_name}",
		"string: id action_name",
		"word: status",
		"string: cluster_name",
		"time: submit_time",
		"array: items",
		"string: items[].item_name",
		"array: items[].sub_items",
		"string: items[].sub_items[].sub_item_name",
		"word: items[].sub_items[].status",
		"detail: items[].sub_items[].detail",
		"time: items[].sub_items[].begin_time items[].sub_items[].end_time",
		"number: items[].sub_items[].estimated_time")
	clusterAPI = newAPI("/v1.0/{project_id}/clusters/{cluster_id}",
		"object: cluster",
		"word: cluster.status cluster.sub_status cluster.task_status",
		"object: cluster.action_progress").partly()
	snapshotsAPI = newAPI("/api/v3.1/projects/{project_id}/clusters/{cluster_id}/operation/snapshot/tasks", snapshotMembers...)
	autopilotAPI = newAPI("/autopilot/v3.1/projects/{project_id}/clusters/{cluster_id}/operation/snapshot/tasks", snapshotMembers...)

	snapshotMembers = []string{
		"string: apiVersion kind",
		"object: metadata",
		"string: metadata.uid",
		"time: metadata.creationTimestamp metadata.updateTimestamp",
		"array: items",
		"string: items[].kind items[].apiVersion",
		"object: items[].metadata",
		"string: items[].metadata.uid",
		"time: items[].metadata.creationTimestamp items[].metadata.updateTimestamp",
		"object: items[].spec",
		"array: items[].spec.items",
		within("string", "items[].spec.items[]", "id"),
		within("word", "items[].spec.items[]", "type status"),
		within("time", "items[].spec.items[]", "creationTimestamp updateTimestamp"),
		within("string", "items[].spec.items[]", "message"),
		"object: items[].status",
		"word: items[].status.phase",
		"string: items[].status.progress",
		"time: items[].status.completionTime",
		"object: status",
		"time: status.latestBackupTime",
	}

	apis = []*api{tasksAPI, progressAPI, jobAPI, actionAPI, clusterAPI, snapshotsAPI, autopilotAPI}
)
