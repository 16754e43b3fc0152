// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"encoding/json"
	"fmt"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func dcsBackgroundTasks() Source {
	return Source{
		Name: "dcs_background_tasks", Noun: "DCS background tasks", Service: "dcs", Shape: List,
		API:     "/v2/{project_id}/instances/{instance_id}/tasks",
		Args:    Args{"instance_id": InstanceID},
		OneTask: Args{"task_id": TaskID},
		Recent:  Args{"start_time": "20000101000000"},
		Options: "end_time offset limit name latest",
		ID:      InstanceID,

		Statuses: map[string][]string{
			"pending": {"CREATED"}, "running": {"EXECUTING", "RUNNING"}, "succeeded": {"SUCCESS"}, "failed": {"FAILED", "FAIL", "CANCELLED", "DELETED"},
		},
		Body:     func(status string) string { return DCSTaskList(DCSTask(TaskID, "EXTEND", status)) },
		NextPage: emptyDCSPage,
		// The reason is sought at the progress of the task as well, which most tests leave missing.
		Reason:  "DCS.4927",
		Missing: []fakecloud.Response{{Body: DCSTaskList()}, {Body: `{"task_count":"0","tasks":null}`}},

		Members: []string{
			"string: task_count", "array: tasks", "string: tasks[].id tasks[].name", "object: tasks[].details",
			"string: tasks[].user_name tasks[].user_id tasks[].params", "status: tasks[].status", "time: tasks[].created_at tasks[].updated_at", "boolean: tasks[].enable_show",
			membersOf("string", "tasks[].details", "old_capacity new_capacity public_ip_id public_ip_address old_cache_mode new_cache_mode old_resource_spec_code "+
				"new_resource_spec_code old_cache_type new_cache_type replica_ip replica_az group_name account_name source_ip target_ip node_name"),
			membersOf("boolean", "tasks[].details", "enable_public_ip enable_ssl is_only_adjust_charging"),
			membersOf("number", "tasks[].details", "old_replica_num new_replica_num old_port new_port updated_config_length"),
			membersOf("array", "tasks[].details", "rename_commands"),
		},
		Computed: "tasks.state tasks.error_code tasks.job_id",
		Samples:  dcsBackgroundTasksSamples(),
	}
}

func dcsBackgroundTasksSamples() []Sample {
	const name = "DCS background tasks of instance " + InstanceID
	return []Sample{sample(
		"the documented example", fakecloud.ExampleDCSBackgroundTasks,
		`{"state":"succeeded","summary":"`+name+` (EXTEND): succeeded (SUCCESS) after 3.5s","idle":true,"task_count":1,"tasks":[
		{"id":"`+TaskID+`","name":"EXTEND","status":"SUCCESS","state":"succeeded","user_name":"dcs_000_02","user_id":"d53977d1adfb49c5b025ba7d33a13fd7",
		"created_at":"2020-06-17T08:18:06.597Z","updated_at":"2020-06-17T08:18:10.106Z","enable_show":false,"details":{
		"old_cache_mode":"single","new_cache_mode":"single","old_capacity":"0.125","new_capacity":"0.25","old_resource_spec_code":"redis.single.xu1.tiny.125","new_resource_spec_code":"redis.single.xu1.tiny.256",
		"old_replica_num":1,"new_replica_num":1,"old_cache_type":"single","new_cache_type":"single","replica_ip":"192.192.0.1","replica_az":"az01","group_name":"group1","old_port":6379,"new_port":6379,
		"is_only_adjust_charging":false,"account_name":"account1","source_ip":"192.192.0.0","target_ip":"192.192.0.1","node_name":"node1","rename_commands":[],"updated_config_length":0}}]}`,
	), sample(
		"numbers for strings, strings for numbers and booleans, fractions, nulls, and undocumented fields",
		`{"task_count":"3.0","next":{},"tasks":[{"id":7,"name":null,"status":"created","user_name":1,"user_id":2,"params":"{\"a\":[1]}","created_at":1592381886597,"updated_at":"",`+
			`"enable_show":"TRUE","error_code":4066,"job_id":8,"details":{},"tags":[]},`+
			`{"id":"b","status":"success","details":{"old_capacity":0.125,"new_capacity":null,"enable_public_ip":true,"enable_ssl":"false","public_ip_id":"p","public_ip_address":"10.0.0.1",`+
			`"old_replica_num":"2","new_replica_num":2.5,"old_port":"6379","new_port":null,"updated_config_length":1e2,"rename_commands":["flushall",1,null],"unheard_of":[{}]}},`+
			`{"id":"c","status":"EXECUTING","details":{"rename_commands":null,"is_only_adjust_charging":null}}]}`,
		`{"state":"running","summary":"`+name+`: running (3 tasks: 1 pending, 1 running, 1 succeeded)","idle":false,"task_count":3,"tasks":[
		{"id":"7","status":"created","state":"pending","user_name":"1","user_id":"2","params":"{\"a\":[1]}","created_at":"1592381886597","updated_at":"","enable_show":true,"error_code":"4066","job_id":"8","details":{"rename_commands":[]}},
		{"id":"b","status":"success","state":"succeeded","details":{"old_capacity":"0.125","enable_public_ip":true,"enable_ssl":false,"public_ip_id":"p","public_ip_address":"10.0.0.1",
		"old_replica_num":2,"new_replica_num":2.5,"old_port":6379,"updated_config_length":100,"rename_commands":["flushall","1",null]}},
		{"id":"c","status":"EXECUTING","state":"running","details":{"rename_commands":[]}}]}`,
	), sample(
		"nulls", `{"task_count":1,"tasks":[{"id":"a","name":null,"details":null,"user_name":null,"user_id":null,"params":null,"status":null,"created_at":null,"updated_at":null,"enable_show":null,"error_code":null,"job_id":null}]}`,
		`{"state":"unknown","summary":"`+name+`: unknown: no status","idle":false,"task_count":1,"tasks":[{"id":"a","state":"unknown"}]}`,
	), sample(
		"an empty list", `{"task_count":0,"tasks":[]}`, `{"state":"missing","summary":"`+name+`: missing (no tasks)","idle":true,"task_count":0,"tasks":[]}`,
	)}
}

// DCSTask is a task of the list, which says why it failed.
func DCSTask(id, name, status string) string {
	return fmt.Sprintf(`{"id":%q,"name":%q,"status":%q,"error_code":"DCS.4927","created_at":"2020-06-17T08:18:06.597Z"}`, id, name, status)
}

// emptyDCSPage is the page past the end of a list, with the same count.
func emptyDCSPage(body string) string {
	var page map[string]json.RawMessage
	if json.Unmarshal([]byte(body), &page) != nil || page["tasks"] == nil {
		return body // not a list
	}
	if page["task_count"] == nil {
		return `{"tasks":[]}`
	}
	return `{"task_count":` + string(page["task_count"]) + `,"tasks":[]}`
}

// DCSTaskList is a complete list of tasks.
func DCSTaskList(tasks ...string) string {
	return fmt.Sprintf(`{"task_count":%d,"tasks":[%s]}`, len(tasks), joined(tasks))
}
