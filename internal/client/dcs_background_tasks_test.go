// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func TestDCSTasks_areJudgedTogether(t *testing.T) {
	list := func(tasks ...string) string { return `{"tasks":[` + strings.Join(tasks, ",") + `]}` }
	const (
		created   = `{"id":"1","status":"CREATED"}`
		running   = `{"id":"2","name":"EXTEND","status":"EXECUTING","created_at":"2020-06-17T08:18:06.597Z","updated_at":"2020-06-17T08:18:09.597Z"}`
		succeeded = `{"id":"3","name":"BindEip","status":"SUCCESS","created_at":"2020-06-17T08:18:06.597Z","updated_at":"2020-06-17T08:18:09.597Z"}`
		failed    = `{"id":"4","name":"EXTEND","status":"FAILED","error_code":"DCS.4927"}`
		frozen    = `{"id":"5","status":"FROZEN"}`
		molten    = `{"id":"6","status":"MOLTEN"}`
		wordless  = `{"id":"7"}`
	)
	for _, test := range []observed{
		{
			name: "as documented", body: fakecloud.ExampleDCSBackgroundTasks,
			want: task.Observation{Label: "EXTEND", State: task.Succeeded, Duration: 3509 * time.Millisecond},
		},
		{name: "none", body: list(), want: task.Observation{State: task.Missing, Breakdown: "no task"}},
		{name: "one that has not begun", body: list(created), want: task.Observation{State: task.Running, Busy: true}},
		{name: "one that runs", body: list(running), want: task.Observation{Label: "EXTEND", State: task.Running, Busy: true}},
		{name: "one that succeeded", body: list(succeeded), want: task.Observation{Label: "BindEip", State: task.Succeeded, Duration: 3 * time.Second}},
		{name: "one that failed", body: list(failed), want: task.Observation{Label: "EXTEND", State: task.Failed}},
		{name: "one with an unknown word", body: list(frozen), want: task.Observation{State: task.Unknown, UnknownStatus: "FROZEN", UnknownReason: `the status "FROZEN"`, Busy: true}},
		{name: "one without a word", body: list(wordless), want: task.Observation{State: task.Unknown, UnknownReason: "an absent or empty status", Busy: true}},
		{name: "all succeeded", body: list(succeeded, succeeded), want: task.Observation{State: task.Succeeded, Breakdown: "2 tasks: 2 succeeded"}},
		{name: "a failure among them", body: list(succeeded, failed, succeeded), want: task.Observation{State: task.Failed, Breakdown: "3 tasks: 1 failed, 2 succeeded"}},
		{
			name: "an unknown word beside a failure", body: list(failed, molten, frozen),
			want: task.Observation{State: task.Unknown, Breakdown: "3 tasks: 2 unknown, 1 failed", UnknownStatus: "MOLTEN", UnknownReason: `the status "MOLTEN"`, Busy: true},
		},
		{
			name: "one of each", body: list(succeeded, failed, frozen, running, created),
			want: task.Observation{State: task.Running, Breakdown: "5 tasks: 1 pending, 1 running, 1 unknown, 1 failed, 1 succeeded", Busy: true},
		},
		{name: "only ones that have not begun", body: list(created, created), want: task.Observation{State: task.Running, Breakdown: "2 tasks: 2 pending", Busy: true}},
		{name: "a word of the user's", body: list(frozen, succeeded), words: map[string]task.State{"Frozen": task.Failed}, want: task.Observation{State: task.Failed, Breakdown: "2 tasks: 1 failed, 1 succeeded"}},
		{name: "a word overridden", body: list(running), words: map[string]task.State{"EXECUTING": task.Succeeded}, want: task.Observation{Label: "EXTEND", State: task.Succeeded, Duration: 3 * time.Second}},
		{name: "any word", body: list(frozen, molten), words: map[string]task.State{"*": task.Running}, want: task.Observation{State: task.Running, Breakdown: "2 tasks: 2 running", Busy: true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			tasks := DCSBackgroundTasks{Tasks: read[dcsBackgroundTasksPage](t, test.body).Tasks}
			diff(t, "observation", test.want, tasks.Observe(DCSBackgroundTaskStatuses.Merge(test.words)))
		})
	}
}

func TestDCSTasks_theLatestIsUnknownWhereATimeCannotBeRead(t *testing.T) {
	const dated = `{"id":"1","status":"SUCCESS","created_at":"2020-06-17T08:18:06.597Z"}`
	for _, test := range []observed{
		{name: "all have a time", body: `[` + dated + `,{"status":"FAILED","created_at":"2020-06-17T08:18:05Z"}]`, want: task.Observation{State: task.Succeeded}},
		{
			name: "of the same time", body: `[` + dated + `,{"status":"FAILED","created_at":"2020-06-17T16:18:06.597+08:00"}]`,
			want: task.Observation{State: task.Failed, Breakdown: "2 tasks: 1 failed, 1 succeeded"},
		},
		{
			name: "one has none", body: `[` + dated + `,{"status":"SUCCESS"}]`,
			want: task.Observation{State: task.Unknown, UnknownReason: `the created_at ""`, Breakdown: "2 tasks: 2 succeeded", Busy: true},
		},
		{
			name: "one has an odd one", body: `[{"status":"SUCCESS","created_at":"yesterday"}]`,
			want: task.Observation{State: task.Unknown, UnknownReason: `the created_at "yesterday"`, Breakdown: "1 task: 1 succeeded", Busy: true},
		},
		{name: "none", body: `[]`, want: task.Observation{State: task.Missing, Breakdown: "no task"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			list := DCSBackgroundTasks{Tasks: read[[]DCSBackgroundTask](t, test.body)}
			list.keepLatest()
			diff(t, "observation", test.want, list.Observe(DCSBackgroundTaskStatuses))
		})
	}
}

func TestDCSTasks_aMissingInstanceIsAnError(t *testing.T) {
	for _, test := range []answered{
		{"no such instance", http.StatusNotFound, "DCS.4001", transport.KindStatus},
		{"no such thing", http.StatusNotFound, "DCS.4070", transport.KindStatus},
		{"in digits", http.StatusNotFound, "111404022", transport.KindStatus},
		{"404 of the gateway", http.StatusNotFound, "APIGW.0101", transport.KindStatus},
		{"400", http.StatusBadRequest, "DCS.4061", transport.KindStatus},
	} {
		test.check(t, fakecloud.TasksPath(projectID, instanceID), func(p Project) error {
			_, err := p.DCSBackgroundTasks(t.Context(), DCSBackgroundTaskQuery{InstanceID: instanceID})
			return err
		})
	}
}

func TestDCSTasksReason_namesTheLatestFailureAndItsSteps(t *testing.T) {
	const (
		failed  = `{"id":"failed-1","name":"EXTEND","status":"FAILED","created_at":"2020-06-17T08:18:06.597Z"}`
		coded   = `{"id":"failed-2","status":"FAIL","error_code":"DCS.4927","created_at":"2020-06-17T08:18:07.597Z"}`
		nothing = `{"id":"fine","status":"SUCCESS","created_at":"2020-06-17T08:18:09.597Z"}`
		steps   = `{"step_details":[{"step_name":"a","step_status":"FAILED","error_code":"DCS.4065"}]}`
	)
	for _, test := range []struct {
		name     string
		tasks    string
		progress fakecloud.Fault // of the latest failure
		want     string
		requests int
	}{
		{"none failed", nothing, fakecloud.Fault{Body: steps}, "", 0},
		{"with its steps", failed, fakecloud.Fault{Body: steps}, `task failed-1 (EXTEND) FAILED: step "a" FAILED (error_code DCS.4065)`, 1},
		{"the latest of two", failed + "," + coded + "," + nothing, fakecloud.Fault{Body: steps}, `task failed-2 FAIL (error_code DCS.4927): step "a" FAILED (error_code DCS.4065); failed too: failed-1`, 1},
		{"the latest comes first", coded + "," + failed, fakecloud.Fault{Body: `{}`}, `task failed-2 FAIL (error_code DCS.4927); failed too: failed-1`, 1},
		{"no step has failed", failed, fakecloud.Fault{Body: `{"step_details":[{"step_status":"FINISH"}]}`}, "task failed-1 (EXTEND) FAILED", 1},
		{"it has no progress", failed, fakecloud.Fault{Status: 404, Body: `{"error_code":"DCS.4070"}`}, "task failed-1 (EXTEND) FAILED", 1},
		{"the service is away", failed, fakecloud.Fault{Status: 503, Times: -1}, "task failed-1 (EXTEND) FAILED", 1},
		{"the service throttles", failed, fakecloud.Fault{Status: 429, Times: -1}, "task failed-1 (EXTEND) FAILED", 1},
		{"the answer makes no sense", failed, fakecloud.Fault{Body: "<html>"}, "task failed-1 (EXTEND) FAILED", 1},
		{"its id would lead elsewhere", `{"id":"../x","name":"EXTEND","status":"FAILED"}`, fakecloud.Fault{Body: steps}, "task ../x (EXTEND) FAILED", 0},
		{"it has no id", `{"name":"EXTEND","status":"FAILED"}`, fakecloud.Fault{Body: steps}, "task (EXTEND) FAILED", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				for _, id := range []string{"failed-1", "failed-2"} {
					cloud.Fail(fakecloud.ProgressPath(projectID, instanceID, id), test.progress)
				}
				list := DCSBackgroundTasks{Tasks: read[[]DCSBackgroundTask](t, `[`+test.tasks+`]`)}
				p := project(t, newClient(cloud.Transport(), retries(5)))
				diff(t, "reason", test.want, p.DCSBackgroundTasksReason(t.Context(), instanceID, list, DCSBackgroundTaskStatuses))
				diff(t, "requests", test.requests, len(cloud.Requests()))
			})
		})
	}
}

func TestDCSTasksReason_goesByTheWordsOfTheUser(t *testing.T) {
	cloud := newCloud()
	list := DCSBackgroundTasks{Tasks: read[[]DCSBackgroundTask](t, `[{"id":"a","status":"FROZEN"},{"id":"b","status":"FAILED"}]`)}
	words := DCSBackgroundTaskStatuses.Merge(map[string]task.State{"FROZEN": task.Failed, "FAILED": task.Succeeded})
	p := project(t, newClient(cloud.Transport()))
	diff(t, "reason", "task a FROZEN", p.DCSBackgroundTasksReason(t.Context(), instanceID, list, words))
}
