// SPDX-License-Identifier: MPL-2.0

package client

import (
	"strings"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// outcome is a response with what it says.
type outcome struct {
	name     string
	body     string
	statuses map[string]task.State // added to those of the API
	want     task.Observation
}

// check compares whole observations, without the parts of a list.
func (o outcome) check(t *testing.T, a api) {
	t.Helper()
	t.Run(a.name+", "+o.name, func(t *testing.T) {
		got, err := a.respond(t, fakecloud.Response{Body: o.body}, o.statuses)
		diff(t, "error", nil, err)
		got.Tasks = nil
		diff(t, "observation", o.want, got)
	})
}

func unknown(kind, status string) task.Observation {
	o := task.Observation{Status: status}
	o.SetUnknown(kind, status)
	return o
}

func TestDCSJob_observe(t *testing.T) {
	of := func(fields string) string { return `{"job_id":"` + jobID + `"` + fields + `}` }
	for _, test := range []outcome{
		{"as documented", fakecloud.ExampleDCSJob, nil, task.Observation{State: task.Succeeded, Status: "SUCCESS", Label: "masterStandbySwapJob", Duration: 2869 * time.Millisecond}},
		{"pending", of(`,"status":"INIT"`), nil, task.Observation{State: task.Pending, Status: "INIT"}},
		{"running", of(`,"status":"Running","begin_time":"1684191545379","end_time":"1684191548248"`), nil, task.Observation{State: task.Running, Status: "Running"}},
		{"failed", of(`,"status":"FAIL","fail_reason":"no resources"`), nil, task.Observation{State: task.Failed, Status: "FAIL", Reason: "no resources"}},
		{"a reason without a failure", of(`,"status":"SUCCESS","fail_reason":"none"`), nil, task.Observation{State: task.Succeeded, Status: "SUCCESS"}},
		{"unrecognized", of(`,"status":"FROZEN","fail_reason":"x"`), nil, unknown("status", "FROZEN")},
		{"another alphabet", of(`,"status":"ſUCCESS"`), nil, unknown("status", "ſUCCESS")},
		{"a status with spaces", of(`,"status":" SUCCESS"`), nil, unknown("status", " SUCCESS")},
		{"a number", of(`,"status":5`), nil, unknown("status", "5")},
		{"absent", of(``), nil, unknown("status", "")},
		{"null, although * is mapped", of(`,"status":null`), map[string]task.State{"*": task.Succeeded}, unknown("status", "")},
		{"mapped", of(`,"status":"FROZEN"`), map[string]task.State{"frozen": task.Running}, task.Observation{State: task.Running, Status: "FROZEN"}},
		{"overridden", of(`,"status":"SUCCESS","fail_reason":"x"`), map[string]task.State{"SUCCESS": task.Failed}, task.Observation{State: task.Failed, Status: "SUCCESS", Reason: "x"}},
		{"times as numbers", of(`,"status":"FAIL","begin_time":1684191545379,"end_time":1684191548248`), nil, task.Observation{State: task.Failed, Status: "FAIL", Duration: 2869 * time.Millisecond}},
		{"times of another form", of(`,"status":"FAIL","begin_time":"2023-05-15","end_time":"1684191548248"`), nil, task.Observation{State: task.Failed, Status: "FAIL"}},
		{"an end before the beginning", of(`,"status":"FAIL","begin_time":"1684191548248","end_time":"1684191545379"`), nil, task.Observation{State: task.Failed, Status: "FAIL"}},
	} {
		test.check(t, dcsJob)
	}
}

func TestDCSTaskProgress_observe(t *testing.T) {
	percent := pointer(30.0)
	steps := func(list string) string { return `{"progress":30,"step_details":[` + list + `]}` }
	of := func(state task.State, reason string) task.Observation {
		return task.Observation{State: state, Percent: percent, Reason: reason}
	}
	unrecognized := func(status string) task.Observation {
		o := unknown("status of a step", status)
		o.Status, o.Percent = "", percent
		return o
	}
	long := strings.Repeat("x", 600)
	for _, test := range []outcome{
		{"as documented", fakecloud.ExampleDCSTaskProgress, nil, of(task.Running, "")},
		{"no steps", steps(``), nil, of(task.Pending, "")},
		{"no steps at 100%", `{"progress":100}`, nil, task.Observation{State: task.Pending, Percent: pointer(100.0)}},
		{"all waiting", steps(`{"step_status":"WAITING"},{"step_status":"WAITING"}`), nil, of(task.Pending, "")},
		{"between two steps", steps(`{"step_status":"FINISH"},{"step_status":"WAITING"}`), nil, of(task.Running, "")},
		{"a suspended sub-step", steps(`{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"SUSPEND"}]}`), nil, of(task.Running, "")},
		{"all finished", `{"progress":"100","step_details":[{"step_status":"finish","sub_step_details":[{"sub_step_status":"FINISH"}]}]}`, nil, task.Observation{State: task.Succeeded, Percent: pointer(100.0)}},
		{"all finished without a progress", `{"step_details":[{"step_status":"FINISH"}]}`, nil, task.Observation{State: task.Running}},
		{"all finished at 99.5%", `{"progress":99.5,"step_details":[{"step_status":"FINISH"}]}`, nil, task.Observation{State: task.Running, Percent: pointer(99.5)}},
		{"all finished at almost 100%", `{"progress":99.9999999999999999,"step_details":[{"step_status":"FINISH"}]}`, nil, task.Observation{State: task.Running, Percent: pointer(100.0)}},
		{"all finished at 101%", `{"progress":101,"step_details":[{"step_status":"FINISH"}]}`, nil, task.Observation{State: task.Running}},
		{"codes and ends that decide nothing", steps(`{"step_status":"FINISH","error_code":"DCS.4064","end_time":"2022-09-01"},{"step_status":"EXECUTING","error_code":"DCS.4065"}`), nil, of(task.Running, "")},
		{"unrecognized", steps(`{"step_status":"FINISH"},{"step_status":"PAUSED"}`), nil, unrecognized("PAUSED")},
		{"two unrecognized", steps(`{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"HELD"}]},{"step_status":"PAUSED"}`), nil, unrecognized("HELD")},
		{"absent", steps(`{"step_status":"FINISH","sub_step_details":[{}]}`), nil, unrecognized("")},
		{"unrecognized beside a running step", steps(`{"step_status":"PAUSED"},{"step_status":"EXECUTING"}`), nil, of(task.Running, "")},
		{"unrecognized beside a failed step", steps(`{"step_status":"PAUSED"},{"step_status":"FAILED","step_name":"a"}`), nil, of(task.Failed, `step "a" FAILED`)},
		{"mapped", steps(`{"step_status":"PAUSED"}`), map[string]task.State{"paused": task.Running}, of(task.Running, "")},
		{"a failed step, others waiting", steps(`{"step_status":"FINISH"},{"step_status":"FAILED","step_name":"扩容","error_code":"DCS.4065"},{"step_status":"WAITING"}`), nil, of(task.Failed, `step "扩容" FAILED (error_code DCS.4065)`)},
		{
			"a failed sub-step", steps(`{"step_status":"FAILED","step_name":"a","sub_step_details":[{"sub_step_status":"FINISH"},{"sub_step_status":"CANCELED","sub_step_name":"b","error_code":"DCS.4066","detail":"{node_id:1,slot_range:[0 5460]}"}]}`), nil,
			of(task.Failed, `step "a" FAILED: sub-step "b" CANCELED (error_code DCS.4066, detail {node_id:1,slot_range:[0 5460]})`),
		},
		{"a failed sub-step of a finished step", steps(`{"step_status":"FINISH","step_name":"a","sub_step_details":[{"sub_step_status":"FAILED","sub_step_name":"b"}]}`), nil, of(task.Failed, `step "a" FINISH: sub-step "b" FAILED`)},
		{"two failed steps", steps(`{"step_status":"FAILED","step_name":"a"},{"step_status":"FAILED","step_name":"b"}`), nil, of(task.Failed, `step "a" FAILED; step "b" FAILED`)},
		{
			"a long detail", steps(`{"step_status":"FAILED","step_name":"a","sub_step_details":[{"sub_step_status":"FAILED","sub_step_name":"b","detail":"` + long + `"}]}`), nil,
			of(task.Failed, `step "a" FAILED: sub-step "b" FAILED (detail `+long[:500]+`…)`),
		},
	} {
		test.check(t, dcsTaskProgress)
	}
}

func TestDWSClusterAction_observe(t *testing.T) {
	of := func(name, fields string) string { return `{"action_name":"` + name + `"` + fields + `}` }
	submitted := time.Date(2025, time.May, 19, 9, 5, 10, 0, time.UTC)
	for _, test := range []outcome{
		{"running", of("GROWING", `,"status":"RUNNING","submit_time":"2025-05-19 09:05:10.0"`), nil, task.Observation{State: task.Running, Status: "RUNNING", Submitted: submitted}},
		{"submitted at an unreadable time", of("GROWING", `,"status":"WAITING","submit_time":"0001-01-01 00:00:00"`), nil, task.Observation{State: task.Pending, Status: "WAITING"}},
		{"rolling back", of("GROWING", `,"status":"ROLLBACK_RUNNING","items":[{"sub_items":[{"status":"FAILED"}]}]`), nil, task.Observation{State: task.Running, Status: "ROLLBACK_RUNNING"}},
		{"succeeded in spite of a sub-item", of("GROWING", `,"status":"SUCCESS","items":[{"sub_items":[{"status":"FAILED"}]}]`), nil, task.Observation{State: task.Succeeded, Status: "SUCCESS"}},
		{"failed without a sub-item", of("GROWING", `,"status":"FAILED","items":[{"sub_items":[{"status":"SUCCESS"}]}]`), nil, task.Observation{State: task.Failed, Status: "FAILED"}},
		{"rolled back", of("GROWING", `,"status":"ROLLBACK_SUCCESS","items":null`), nil, task.Observation{State: task.Failed, Status: "ROLLBACK_SUCCESS"}},
		{"absent", of("GROWING", ``), nil, unknown("status", "")},
		{"unrecognized", of("GROWING", `,"status":"STOP"`), nil, unknown("status", "STOP")},
		{"mapped", of("GROWING", `,"status":"STOP"`), map[string]task.State{"STOP": task.Failed}, task.Observation{State: task.Failed, Status: "STOP"}},
		{
			"failed at two sub-items", of("GROWING", `,"status":"FAILED","items":[{"item_name":"创建快照","sub_items":[{"sub_item_name":"执行备份","status":"FAILED","detail":"{\"a\":\n 1}"},{"sub_item_name":"c","status":"SUCCESS"}]},`+
				`{"item_name":"b","sub_items":[{"sub_item_name":"d","status":"ROLLBACK_FAIL"}]}]`), nil,
			task.Observation{State: task.Failed, Status: "FAILED", Reason: `item "创建快照": sub-item "执行备份" FAILED (detail {"a": 1}); item "b": sub-item "d" ROLLBACK_FAIL`},
		},
	} {
		test.check(t, dwsClusterAction)
	}
	for status, want := range map[string]task.Observation{ // a failure record can only mean failed
		"FAILED": {State: task.Failed}, "ROLLBACK_SUCCESS": {State: task.Failed},
		"SUCCESS": {State: task.Unknown, UnknownReason: `status "SUCCESS" of the failure record RESIZE_FAILURE`},
		"RUNNING": {State: task.Unknown, UnknownReason: `status "RUNNING" of the failure record RESIZE_FAILURE`},
		"WAITING": {State: task.Unknown, UnknownReason: `status "WAITING" of the failure record RESIZE_FAILURE`},
		"STOP":    unknown("status", "STOP"), "": unknown("status", ""),
	} {
		want.Status = status
		outcome{status, of("RESIZE_FAILURE", `,"status":"`+status+`"`), nil, want}.check(t, dwsFailureRecord)
	}
	outcome{"mapped to succeeded", of("RESIZE_FAILURE", `,"status":"STOP"`), map[string]task.State{"STOP": task.Succeeded}, task.Observation{
		State: task.Unknown, Status: "STOP", UnknownReason: `status "STOP" of the failure record RESIZE_FAILURE`,
	}}.check(t, dwsFailureRecord)
}

// TestDWSClusterAction_reason explains a failure by the agent's report, which in
// the documents' example contradicts the status.
func TestDWSClusterAction_reason(t *testing.T) {
	detail := func(text string) string {
		return `{"action_name":"GROWING","status":"FAILED","items":[{"item_name":"a","sub_items":[{"sub_item_name":"b","status":"FAILED","detail":` + quoted(text) + `}]}]}`
	}
	for body, want := range map[string]string{
		strings.Replace(fakecloud.ExampleDWSClusterAction, "SNAPSHOTTING_FAILED", "GROWING", 1): `item "创建快照": sub-item "执行备份" FAILED (failedStep INIT, errorMsg host-172-16-13-211 SUCCESS host-172-16-47-24 SUCCESS host-172-16-19-132 SUCCESS)`,
		detail(``): `item "a": sub-item "b" FAILED`,
		detail(`{"progressInfo":"{\"failedStep\":\"INIT\",\"errorCode\":\"E1\",\"errorMsg\":\"no\\n space\"}"}`): `item "a": sub-item "b" FAILED (failedStep INIT, errorCode E1, errorMsg no space)`,
		detail(`{"progressInfo":"{\"currentStep\":\"FINISH\"}"}`):                                                `item "a": sub-item "b" FAILED`,
		detail(`{"progressInfo":"half"}`):                                                                        `item "a": sub-item "b" FAILED (detail {"progressInfo":"half"})`,
		detail(`{"progressInfo":{"failedStep":"INIT"}}`):                                                         `item "a": sub-item "b" FAILED (detail {"progressInfo":{"failedStep":"INIT"}})`,
		detail(`{node_id:1}`): `item "a": sub-item "b" FAILED (detail {node_id:1})`,
	} {
		o, err := dwsClusterAction.respond(t, fakecloud.Response{Body: body}, nil)
		diff(t, "error", nil, err)
		diff(t, body, want, o.Reason)
	}
}

// TestDWSClusterTasks names each task that the cluster's detail mentions, if it
// is that cluster's detail.
func TestDWSClusterTasks(t *testing.T) {
	of := func(fields string) string { return `{"cluster":{"id":"` + clusterID + `"` + fields + `}}` }
	for _, test := range []struct{ body, want, problem string }{
		{of(``), "", ""},
		{of(`,"task_status":null,"action_progress":null,"status":"SNAPSHOTTING"`), "", ""},
		{of(`,"task_status":"SNAPSHOTTING","action_progress":{}`), "SNAPSHOTTING", ""},
		{of(`,"task_status":"","action_progress":{"SNAPSHOTTING":"20%","GROWING":null}`), "GROWING SNAPSHOTTING", ""},
		{of(`,"task_status":"GROWING","action_progress":{"GROWING":{}}`), "GROWING", ""},
		{of(`,"Task_status":"GROWING"`), "", ""},
		{`{"cluster":{"id":"another","task_status":null}}`, "", "its cluster.id is another, but " + clusterID + " was requested"},
		{`{"cluster":{"task_status":null}}`, "", "its cluster.id is absent, but " + clusterID + " was requested"},
		{`{"cluster":null}`, "", "its cluster is absent or null"},
		{`{"id":"` + clusterID + `"}`, "", "its cluster is absent or null"},
		{of(`,"action_progress":"SNAPSHOTTING 20%"`), "", "the field cluster.action_progress is a string, where the API documents another type"},
		{of(`,"task_status":["SNAPSHOTTING"]`), "", "the field cluster.task_status is an array, where the API documents another type"},
	} {
		cloud := newCloud()
		cloud.Serve(fakecloud.ClusterPath(projectID, clusterID), fakecloud.Response{Body: test.body})
		got, err := project(t, newClient(cloud.Transport())).DWSClusterTasks(t.Context(), clusterID)
		diff(t, test.body, test.want, strings.Join(got, " "))
		if test.problem == "" {
			diff(t, "error", nil, err)
		} else {
			diff(t, "problem", test.problem, fault(t, err).Problem)
		}
	}
	_, err := project(t, newClient(newCloud().Transport())).DWSClusterTasks(t.Context(), clusterID)
	diff(t, "kind if the cluster is missing", transport.KindStatus, fault(t, err).Kind)
}

func TestOtherTasks_observe(t *testing.T) {
	ofJob := func(fields string) string { return `{"job_id":"` + jobID + `",` + fields + `}` }
	uid := func(id, fields string) string { return `{"metadata":{"uid":"` + id + `"},` + fields + `}` }
	as := func(example, id, requested string) string { return strings.Replace(example, id, requested, 1) }
	for _, test := range []struct {
		api api
		outcome
	}{
		{dwsJob, outcome{"an example", as(fakecloud.ExampleDWSJob, fakecloud.ExampleDWSJobID, jobID), nil, task.Observation{
			State: task.Failed, Status: "FAIL", Label: "ecfClusterElbCreateJob", Percent: pointer(9.0), Duration: 81 * time.Second,
			Reason: "CreateELBTask-fail:DWS.0114: DWS.0114:load balancer without a private address",
		}}},
		{dwsJob, outcome{"stopped", ofJob(`"status":"STOP","failed_code":"a"`), nil, task.Observation{State: task.Failed, Status: "STOP", Reason: "a"}}},
		{dwsJob, outcome{"undocumented", ofJob(`"status":"ERROR"`), nil, unknown("status", "ERROR")}},
		{dwsSnapshot, outcome{"frozen", `{"snapshot":{"id":"` + taskID + `","status":"FROZEN"}}`, nil, unknown("status", "FROZEN")}},
		{dwsSnapshot, outcome{"an end while it runs", `{"snapshot":{"id":"` + taskID + `","status":"CREATING","finished":"2026-03-04T06:31:55Z","progress":"40"}}`, nil, task.Observation{State: task.Running, Status: "CREATING", Percent: pointer(40.0)}}},
		{cceJob, outcome{"a sub-job's phase is not the job's", uid(jobID, `"spec":{"subJobs":[{"status":{"phase":"Failed"}}]},"status":{"phase":"Running"}`), nil, task.Observation{State: task.Running, Status: "Running"}}},
		{cceJob, outcome{"the deepest reason", uid(jobID, `"spec":{"subJobs":[{"spec":{"type":"b","subJobs":[{"spec":{"type":"c"},"status":{"phase":"Failed","reason":"deep"}}]}}]},"status":{"phase":"Failed","reason":"outer"}`), nil, task.Observation{
			State: task.Failed, Status: "Failed", Reason: "deep",
		}}},
		{cceJob, outcome{"odd sub-jobs", uid(jobID, `"spec":{"subJobs":[{"status":{"phase":{}}},7]},"status":{"phase":"Success"}`), nil, task.Observation{State: task.Succeeded, Status: "Success"}}},
		{cceUpgradeTask, outcome{"paused", uid(taskID, `"status":{"phase":"Pause"}`), nil, task.Observation{State: task.Running, Status: "Pause", Note: "paused until a person resumes it"}}},
		{cceJob, outcome{"no status", uid(jobID, `"status":null`), nil, unknown("phase", "")}},
		{cceUpgradeTask, outcome{"an odd percentage", uid(taskID, `"spec":{"targetVersion":"v1.31"},"status":{"phase":"Running","progress":"101","completionTime":"2026-03-04"}`), nil, task.Observation{State: task.Running, Status: "Running", Label: "to v1.31"}}},
	} {
		test.check(t, test.api)
	}
}
