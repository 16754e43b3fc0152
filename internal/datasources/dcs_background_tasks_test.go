// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const tasksName = "DCS background tasks of instance " + instanceID

var (
	tasksArgs = args{"instance_id": instanceID}
	tasksIn   = absent("start_time", "end_time", "offset", "limit", "task_id", "name", "latest").With(attributes{"instance_id": is(instanceID)})
	noTasks   = attributes{"task_count": null, "tasks": empty}

	// noDCSTask and noDetails are a task and its details that tell nothing.
	noDCSTask = absent("id", "name", "status", "user_name", "user_id", "params", "created_at", "updated_at", "error_code", "job_id", "enable_show", "details").
			With(attributes{"state": is("unknown")})
	noDetails = absent("old_capacity", "new_capacity", "public_ip_id", "public_ip_address", "old_cache_mode", "new_cache_mode",
		"old_resource_spec_code", "new_resource_spec_code", "old_cache_type", "new_cache_type", "replica_ip", "replica_az", "group_name",
		"account_name", "source_ip", "target_ip", "node_name", "enable_public_ip", "enable_ssl", "is_only_adjust_charging",
		"old_replica_num", "new_replica_num", "old_port", "new_port", "updated_config_length").
		With(attributes{"rename_commands": empty})

	exampleDCSTask = noDCSTask.With(attributes{
		"id": is(taskID), "name": is("EXTEND"), "status": is("SUCCESS"), "state": is("succeeded"),
		"user_name": is("dcs_000_02"), "user_id": is("d53977d1adfb49c5b025ba7d33a13fd7"),
		"created_at": is("2020-06-17T08:18:06.597Z"), "updated_at": is("2020-06-17T08:18:10.106Z"), "enable_show": no,
		"details": mapObject(noDetails.With(attributes{
			"old_cache_mode": is("single"), "new_cache_mode": is("single"), "old_capacity": is("0.125"), "new_capacity": is("0.25"),
			"old_resource_spec_code": is("redis.single.xu1.tiny.125"), "new_resource_spec_code": is("redis.single.xu1.tiny.256"),
			"old_replica_num": number("1"), "new_replica_num": number("1"), "old_cache_type": is("single"), "new_cache_type": is("single"),
			"replica_ip": is("192.192.0.1"), "replica_az": is("az01"), "group_name": is("group1"), "old_port": number("6379"), "new_port": number("6379"),
			"is_only_adjust_charging": no, "account_name": is("account1"), "source_ip": is("192.192.0.0"), "target_ip": is("192.192.0.1"),
			"node_name": is("node1"), "updated_config_length": number("0"),
		})),
	})
)

func TestDCSBackgroundTasks_tellsEveryField(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		body string
		want attributes
	}{
		{
			"the documented example", fakecloud.ExampleDCSBackgroundTasks,
			result(instanceID, "succeeded", tasksName+" (EXTEND): succeeded after 3.5s").With(attributes{
				"idle": yes, "task_count": number("1"), "tasks": list(mapObject(exampleDCSTask)),
			}),
		},
		{
			"numbers for strings, strings for numbers and flags, fractions, nulls and unknown members",
			`{"task_count":"4.0","next":{},"tasks":[{},{"id":7,"name":null,"status":"created","user_name":1,"user_id":2,"params":"{\"a\":[1]}","created_at":1592381886597,"updated_at":"",` +
				`"enable_show":"TRUE","error_code":4066,"job_id":8,"details":{},"tags":[]},` +
				`{"id":"b","status":"success","details":{"old_capacity":0.125,"new_capacity":null,"enable_public_ip":true,"enable_ssl":"false","public_ip_id":"p","public_ip_address":"10.0.0.1",` +
				`"old_replica_num":"2","new_replica_num":2.5,"old_port":"6379","new_port":null,"updated_config_length":1e2,"rename_commands":["flushall",1,null],"unheard_of":[{}]}},` +
				`{"id":"c","status":"EXECUTING","details":{"rename_commands":null,"is_only_adjust_charging":null}}]}`,
			result(instanceID, "running", tasksName+": running (4 tasks: 1 pending, 1 running, 1 unknown, 1 succeeded)").With(attributes{
				"idle": no, "task_count": number("4"),
				"tasks": list(
					mapObject(noDCSTask),
					mapObject(noDCSTask.With(attributes{
						"id": is("7"), "status": is("created"), "state": is("pending"), "user_name": is("1"), "user_id": is("2"), "params": is(`{"a":[1]}`),
						"created_at": is("1592381886597"), "updated_at": is(""), "enable_show": yes, "error_code": is("4066"), "job_id": is("8"), "details": mapObject(noDetails),
					})),
					mapObject(noDCSTask.With(attributes{
						"id": is("b"), "status": is("success"), "state": is("succeeded"),
						"details": mapObject(noDetails.With(attributes{
							"old_capacity": is("0.125"), "enable_public_ip": yes, "enable_ssl": no, "public_ip_id": is("p"), "public_ip_address": is("10.0.0.1"),
							"old_replica_num": number("2"), "new_replica_num": number("2.5"), "old_port": number("6379"), "updated_config_length": number("100"),
							"rename_commands": list(is("flushall"), is("1"), null),
						})),
					})),
					mapObject(noDCSTask.With(attributes{"id": is("c"), "status": is("EXECUTING"), "state": is("running"), "details": mapObject(noDetails)})),
				),
			}),
		},
		{
			"nothing but nulls", `{"task_count":null,"tasks":[{"id":null,"name":null,"details":null,"user_name":null,"user_id":null,"params":null,"status":null,"created_at":null,"updated_at":null,"enable_show":null,"error_code":null,"job_id":null}]}`,
			result(instanceID, "unknown", tasksName+": unknown: an absent or empty status").With(attributes{
				"idle": no, "task_count": null, "tasks": list(mapObject(noDCSTask)),
			}),
		},
		{
			"an empty list", `{"task_count":0,"tasks":[]}`,
			result(instanceID, "missing", tasksName+": missing (no task)").With(attributes{"idle": yes, "task_count": number("0"), "tasks": empty}),
		},
		{
			"a null list", `{"tasks":null}`,
			result(instanceID, "missing", tasksName+": missing (no task)").With(noTasks, attributes{"idle": yes}),
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud, settings := serve(t)
			cloud.Serve(fakecloud.TasksPath(projectID, instanceID), fakecloud.Response{Body: tc.body})
			check(t, settings, "dcs_background_tasks", tasksArgs, readAt().With(tasksIn, tc.want))
		})
	}
}

func TestDCSBackgroundTasks_tellsWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	cloud, settings := serve(t)
	cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: []string{fakecloud.ExampleDCSBackgroundTask()}}}})
	check(t, settings, "dcs_background_tasks",
		args{
			"instance_id": instanceID, "region": region, "project_id": projectID, "wait_for": "idle", "poll_interval": "1500ms", "timeouts": args{"read": "1m"},
			"on_missing": "pending", "status_map": args{"Frozen": "running", "*": "failed"}, "start_time": "2020-06-17T10:18:06+02:00", "end_time": "20200617081806",
			"task_id": taskID, "name": "extend", "latest": true, "offset": 0, "limit": 5,
		},
		result(instanceID, "succeeded", "DCS background task "+taskID+" of instance "+instanceID+" (EXTEND): succeeded after 3.5s").With(attributes{
			"region": is(region), "project_id": is(projectID), "wait_for": is("idle"), "poll_interval": is("1500ms"),
			"timeouts":   mapObject(attributes{"read": is("1m")}),
			"on_missing": is("pending"), "status_map": knownvalue.MapExact(attributes{"Frozen": is("running"), "*": is("failed")}),
			"instance_id": is(instanceID), "start_time": is("2020-06-17T10:18:06+02:00"), "end_time": is("20200617081806"),
			"task_id": is(taskID), "name": is("extend"), "latest": yes, "offset": knownvalue.Int64Exact(0), "limit": knownvalue.Int64Exact(5),
			"idle": yes, "task_count": number("1"), "tasks": list(mapObject(exampleDCSTask)),
		}))
}

func TestDCSBackgroundTasks_areMissingAsTheUserSays(t *testing.T) {
	t.Parallel()
	const one = "DCS background task " + taskID + " of instance " + instanceID
	t.Run("by default an error of the task that is asked for", func(t *testing.T) {
		t.Parallel()
		cloud, settings := serve(t)
		cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{})
		refuse(t, settings, "dcs_background_tasks", tasksArgs.With(args{"task_id": taskID}),
			"Error: DCS background tasks not found",
			"There is no "+one+": it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success.",
			`If it is still to appear, set on_missing = "pending".`, "terraform destroy too")
	})
	t.Run("by default an error of a wait", func(t *testing.T) {
		t.Parallel()
		cloud, settings := serve(t)
		cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{})
		refuse(t, settings, "dcs_background_tasks", tasksArgs.With(args{"wait_for": "success"}),
			"Error: DCS background tasks not found",
			"There are no "+tasksName+": none was started or matches the filters, or the records have expired. That is no proof of success.",
			`set on_missing = "pending"`, "terraform destroy too")
	})
	asked := attributes{"task_id": is(taskID)}
	for _, tc := range []struct {
		name string
		ask  args
		want attributes
	}{
		{"all by default", args{}, result(instanceID, "missing", tasksName+": missing (no task)").With(attributes{"idle": yes})},
		{"all pending", args{"on_missing": "pending"}, result(instanceID, "missing", tasksName+": missing (no task)").With(attributes{"idle": yes, "on_missing": is("pending")})},
		{"all succeeded", args{"on_missing": "succeeded"}, result(instanceID, "missing", tasksName+": missing, which counts as succeeded (no task)").
			With(excused, attributes{"idle": yes, "on_missing": is("succeeded")})},
		{"one pending", args{"task_id": taskID, "on_missing": "pending"}, result(instanceID, "missing", one+": missing (no task)").
			With(asked, attributes{"idle": no, "on_missing": is("pending")})},
		{"one succeeded", args{"task_id": taskID, "on_missing": "succeeded"}, result(instanceID, "missing", one+": missing, which counts as succeeded (no task)").
			With(asked, excused, attributes{"idle": yes, "on_missing": is("succeeded")})},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud, settings := serve(t)
			cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{TaskCount: "-"})
			check(t, settings, "dcs_background_tasks", tasksArgs.With(tc.ask), readAt().With(tasksIn, noTasks, tc.want))
		})
	}
}
