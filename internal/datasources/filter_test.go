// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// assorted are tasks around 16:00:00 of a day, in UTC; the last ones nobody can place.
func assorted() []string {
	return []string{
		`{"id":"late","name":"modify","status":"EXECUTING","created_at":"2020-06-09T16:00:02.000Z"}`,
		`{"id":"ends","name":"EXTEND","status":"SUCCESS","created_at":"2020-06-09T16:00:01.999Z"}`,
		`{"id":"east","name":"Extend","status":"SUCCESS","created_at":"2020-06-10T00:00:00.500+08:00"}`,
		`{"id":"begins","name":"extend","status":"FAILED","created_at":"2020-06-09T16:00:00.000Z"}`,
		`{"id":"early","name":"EXTEND","status":"SUCCESS","created_at":"2020-06-09T15:59:59.999Z"}`,
		`{"id":"absent","name":null,"status":"SUCCESS"}`,
		`{"id":"null","name":"extends","status":"SUCCESS","created_at":null}`,
		`{"id":"odd","name":"EXTEND","status":"SUCCESS","created_at":"2020-06-09 16:00:00"}`,
	}
}

// dated are those that bear a time.
func dated() []string { return assorted()[:5] }

func TestDCSBackgroundTasks_keepWhatTheFiltersAskFor(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		tasks []string
		ask   args
		state string
		ids   []any
	}{
		{"all", assorted(), args{}, "running", []any{"late", "ends", "east", "begins", "early", "absent", "null", "odd"}},
		{"a window of two seconds", assorted(), args{"start_time": "20200609160000", "end_time": "20200609160001"}, "failed", []any{"ends", "east", "begins", "absent", "null", "odd"}},
		{"the same in RFC 3339", assorted(), args{"start_time": "2020-06-10T00:00:00+08:00", "end_time": "2020-06-09T16:00:01Z"}, "failed", []any{"ends", "east", "begins", "absent", "null", "odd"}},
		{"the same with fractions", assorted(), args{"start_time": "2020-06-09T16:00:00.9Z", "end_time": "2020-06-09T16:00:01.1Z"}, "failed", []any{"ends", "east", "begins", "absent", "null", "odd"}},
		{"a window of one second", dated(), args{"start_time": "20200609160001", "end_time": "20200609160001"}, "succeeded", []any{"ends"}},
		{"an open end", dated(), args{"start_time": "20200609160001"}, "running", []any{"late", "ends"}},
		{"an open start", dated(), args{"end_time": "20200609155959"}, "succeeded", []any{"early"}},
		{"a window without tasks", dated(), args{"end_time": "20200609155958"}, "missing", []any{}},

		{"a name in any case", assorted(), args{"name": "eXtend"}, "failed", []any{"ends", "east", "begins", "early", "odd"}},
		{"another name", assorted(), args{"name": "modify"}, "running", []any{"late"}},
		{"a part of a name", assorted(), args{"name": "EXT"}, "missing", []any{}},
		{"an id", assorted(), args{"task_id": "east"}, "succeeded", []any{"east"}},
		{"an id with another name", assorted(), args{"task_id": "east", "name": "modify", "on_missing": "pending"}, "missing", []any{}},
		{"an id outside of the window", assorted(), args{"task_id": "east", "start_time": "20200609160001", "on_missing": "pending"}, "missing", []any{}},

		{"the latest", dated(), args{"latest": true}, "running", []any{"late"}},
		{"the latest in a window", dated(), args{"latest": true, "end_time": "20200609160000"}, "succeeded", []any{"east"}},
		{"the latest of a name", dated(), args{"latest": true, "name": "extend"}, "succeeded", []any{"ends"}},
		{"not the latest only", dated(), args{"latest": false, "name": "modify"}, "running", []any{"late"}},
		{"the latest, where nobody knows", assorted(), args{"latest": true, "name": "extend"}, "unknown", []any{"ends", "odd"}},
		{"the latest of none", dated(), args{"latest": true, "name": "no"}, "missing", []any{}},

		{"the first two", dated(), args{"limit": 2}, "running", []any{"late", "ends"}},
		{"all but the first", dated(), args{"offset": 1}, "running", []any{"ends", "east", "begins", "early"}},
		{"one from the middle", dated(), args{"offset": 2, "limit": 1}, "running", []any{"east"}},
		{"more than there are", dated(), args{"offset": 3, "limit": 10}, "running", []any{"begins", "early"}},
		{"past the end", dated(), args{"offset": 5}, "running", []any{}},
		{"a cut without the failed one", dated(), args{"name": "extend", "limit": 2}, "failed", []any{"ends", "east"}},
		{"a cut past the end of what is left", dated(), args{"name": "extend", "offset": 9}, "failed", []any{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			for _, ignored := range []bool{false, true} {
				synctest.Test(t, func(t *testing.T) {
					cloud := fakecloud.New(keys)
					cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: steady(tc.tasks), IgnoreWindow: ignored})
					got := read(t, cloud, settings(), "dcs_background_tasks", tasksArgs.With(tc.ask))
					if got.Diagnostics != nil {
						t.Fatal(got.Diagnostics)
					}
					diff(t, "ids", tc.ids, idsOf(got.State["tasks"]))
					diff(t, "state", tc.state, got.State["state"])
				})
			}
		})
	}
}

func TestDCSBackgroundTasks_askForTheWindowInUTC(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		ask  args
		want string
	}{
		{"no window", args{}, "limit=1000&offset=0"},
		{"as the service writes it", args{"start_time": "20200609160000", "end_time": "20200617155959"}, "end_time=20200617155959&limit=1000&offset=0&start_time=20200609160000"},
		{"in another zone", args{"start_time": "2020-06-10T00:00:00.9+08:00"}, "limit=1000&offset=0&start_time=20200609160000"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud := fakecloud.New(keys)
			cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{})
			if got := read(t, cloud, settings(), "dcs_background_tasks", tasksArgs.With(tc.ask)); got.Diagnostics != nil {
				t.Fatal(got.Diagnostics)
			}
			diff(t, "query", tc.want, cloud.Requests()[0].Query.Encode())
		})
	}
}

func TestDCSBackgroundTasks_seekTheReasonOfAFailureOnce(t *testing.T) {
	t.Parallel()
	failure := `{"id":"` + taskID + `","name":"EXTEND","status":"FAILED","error_code":"DCS.5001","created_at":"2020-06-17T08:00:00Z"}`
	others := []string{`{"id":"old","status":"FAIL","created_at":"2020-06-16T08:00:00Z"}`, failure, `{"id":"good","status":"SUCCESS","created_at":"2020-06-18T08:00:00Z"}`}
	const steps = `{"progress":50,"step_details":[{"step_name":"数据迁移","step_status":"FAILED","error_code":"DCS.4066"},{"step_name":"切换","step_status":"WAITING"}]}`
	const alone = "task " + taskID + " (EXTEND) FAILED (error_code DCS.5001)"
	const why = `: step "数据迁移" FAILED (error_code DCS.4066)`
	steadily := func(a fakecloud.Fault) []fakecloud.Fault { a.Times = -1; return []fakecloud.Fault{a} }
	for _, tc := range []struct {
		name     string
		tasks    []string
		progress string
		faults   []fakecloud.Fault
		want     any
		sought   int
	}{
		{"no failure", others[2:], steps, nil, nil, 0},
		{"a failure beside a task that runs", append([]string{`{"id":"r","status":"EXECUTING"}`}, failure), steps, nil, nil, 0},
		{"a failure", []string{failure}, steps, nil, alone + why, 1},
		{"two failures", others, steps, nil, alone + why + "; failed too: old", 1},
		{"steps that have not failed", []string{failure}, `{"step_details":[{"step_status":"FINISH"}]}`, nil, alone, 1},
		{"no steps", []string{failure}, `{}`, nil, alone, 1},
		{"no record of steps", []string{failure}, "", nil, alone, 1},
		{"no permission", []string{failure}, steps, steadily(fakecloud.Fault{Status: 403}), alone, 1},
		{"a fault of the server", []string{failure}, steps, steadily(fakecloud.Fault{Status: 503}), alone, 1},
		{"a page", []string{failure}, "<html>", nil, alone, 1},
		{"a cut connection", []string{failure}, steps, steadily(fakecloud.Fault{Kind: fakecloud.Reset}), alone, 1},
		{"no answer", []string{failure}, steps, steadily(fakecloud.Fault{Kind: fakecloud.Hang}), alone, 1},
		{"a failure whose id is a path", []string{`{"id":"../x","status":"CANCELLED"}`}, steps, nil, "task ../x CANCELLED", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := fakecloud.New(keys)
				cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: steady(tc.tasks)})
				path := fakecloud.ProgressPath(projectID, instanceID, taskID)
				if tc.progress != "" {
					cloud.Serve(path, fakecloud.Response{Body: tc.progress})
				}
				cloud.Fail(path, tc.faults...)
				// Retries are allowed, and yet nobody waits for a reason.
				got := read(t, cloud, settings().With(args{"max_retries": 5}), "dcs_background_tasks", tasksArgs)
				if got.Diagnostics != nil {
					t.Fatal(got.Diagnostics)
				}
				diff(t, "reason", tc.want, got.State["reason"])
				sought := 0
				for _, r := range cloud.Requests() {
					if strings.HasSuffix(r.Path, "/progress") {
						sought++
					}
				}
				diff(t, "requests for the reason", tc.sought, sought)
			})
		})
	}
}
