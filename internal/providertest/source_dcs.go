// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// noSuchDCSTask are the responses of DCS that mean that there is no such job or
// task, in each of its forms.
func noSuchDCSTask() []fakecloud.Response {
	return []fakecloud.Response{
		{Status: http.StatusNotFound, Body: `{"error_msg":"The job does not exist.","error_code":"DCS.4133","error_ext_msg":null}`},
		{Status: http.StatusBadRequest, Body: `{"error":{"code":"DCS.4133","message":"Instance job is not found.","ext_message":null}}`},
		{Status: http.StatusNotFound, Body: `{"code":"DCS.4927","message":"No such task.","ext_message":null}`},
	}
}

func dcsJob() Source {
	return Source{
		Name: "dcs_job", Noun: "DCS job", Service: "dcs", Shape: Single,
		API:  "/v2/{project_id}/jobs/{job_id}",
		Args: Args{"job_id": JobID},
		ID:   JobID,

		Statuses: map[string][]string{"pending": {"INIT"}, "running": {"RUNNING"}, "succeeded": {"SUCCESS"}, "failed": {"FAIL", "FAILED"}},
		Body: func(status string) string {
			return fmt.Sprintf(jobBody+`"status":%q,"fail_reason":"disk full"}`, status)
		},
		Reason:  "disk full",
		Missing: noSuchDCSTask(),

		Members: []string{"string: job_id job_type", "status: status", "time: begin_time end_time", "string: fail_reason"},
		Samples: dcsJobSamples(),
	}
}

// jobBody is how each response begins.
const jobBody = `{"job_id":"` + JobID + `",`

func dcsJobSamples() []Sample {
	const name = "DCS job " + JobID
	return []Sample{sample(
		"the documented example", fakecloud.ExampleDCSJob,
		`{"state":"succeeded","summary":"`+name+` (masterStandbySwapJob): succeeded (SUCCESS) after 2.9s",
		"job_type":"masterStandbySwapJob","status":"SUCCESS","begin_time":"1684191545379","end_time":"1684191548248"}`,
	), sample(
		"numbers for strings, empty strings, and undocumented fields",
		jobBody+`"job_type":"","status":"running","begin_time":1684191545379,"end_time":0.50,"fail_reason":"","error_code":null,"sub_jobs":[{"status":"FAIL"}],"region":{}}`,
		`{"state":"running","summary":"`+name+`: running (running)","job_type":"","status":"running","begin_time":"1684191545379","end_time":"0.50","fail_reason":""}`,
	), sample(
		"a failure",
		jobBody+`"job_type":"backupDCSInstance","status":"FAIL","begin_time":"1684191545379","end_time":"1684191605379","fail_reason":"内存不足 no memory left"}`,
		`{"state":"failed","summary":"`+name+` (backupDCSInstance): failed (FAIL) after 1m: 内存不足 no memory left","reason":"内存不足 no memory left",
		"job_type":"backupDCSInstance","status":"FAIL","begin_time":"1684191545379","end_time":"1684191605379","fail_reason":"内存不足 no memory left"}`,
	), sample(
		"nulls", jobBody+`"job_type":null,"status":null,"begin_time":null,"end_time":null,"fail_reason":null}`,
		`{"state":"unknown","summary":"`+name+`: unknown: no status"}`,
	)}
}

func dcsTaskProgress() Source {
	const id = InstanceID + "/" + TaskID
	return Source{
		Name: "dcs_task_progress", Noun: "DCS task progress", Service: "dcs", Shape: Single,
		API:  "/v2/{project_id}/instances/{instance_id}/tasks/{task_id}/progress",
		Args: Args{"instance_id": InstanceID, "task_id": TaskID},
		ID:   id,

		Statuses: map[string][]string{"pending": {"WAITING"}, "running": {"EXECUTING", "SUSPEND"}, "succeeded": {"FINISH"}, "failed": {"FAILED", "CANCELED"}},
		Body: func(status string) string {
			percent := 40
			if strings.EqualFold(status, "FINISH") {
				percent = 100
			}
			return fmt.Sprintf(`{"progress":%d,"step_details":[{"step_name":"copy","step_status":%q,"error_code":"DCS.4066"}]}`, percent, status)
		},
		Reason:  "DCS.4066",
		Missing: noSuchDCSTask(),

		Members: []string{
			"number: progress remain_time",
			"array: step_details", "string: step_details[].step_id step_details[].step_name", "status: step_details[].step_status",
			"time: step_details[].begin_time step_details[].end_time", "string: step_details[].error_code",
			"array: step_details[].sub_step_details",
			membersOf("string", "step_details[].sub_step_details[]", "sub_step_id sub_step_name"),
			membersOf("status", "step_details[].sub_step_details[]", "sub_step_status"),
			membersOf("time", "step_details[].sub_step_details[]", "begin_time end_time"),
			membersOf("detail", "step_details[].sub_step_details[]", "detail"),
			membersOf("string", "step_details[].sub_step_details[]", "error_code"),
		},
		Samples: dcsTaskProgressSamples(),
	}
}

func dcsTaskProgressSamples() []Sample {
	const name = "DCS task " + InstanceID + "/" + TaskID
	return []Sample{sample(
		"the documented example", fakecloud.ExampleDCSTaskProgress,
		`{"state":"running","summary":"`+name+`: running, 30%","percent":30,"progress":30,"remain_time":100,"step_details":[
		{"step_id":"9d1d1da8-650e-406f-81e4-b3c11515869f","step_name":"前置检查","step_status":"FINISH","begin_time":"2022-09-01 11:52:24","end_time":"2022-09-01 11:52:29","error_code":"DCS.4064","sub_step_details":[
		{"sub_step_id":"4692b05b-fa55-4f7d-9be6-527bde25b424","sub_step_name":"资源检查","sub_step_status":"FINISH","begin_time":"2022-09-01 11:52:24","end_time":"2022-09-01 11:52:26","detail":"","error_code":"DCS.4065"},
		{"sub_step_id":"4692b05b-fa55-4f7d-9be6-527bde25b425","sub_step_name":"实例状态检查","sub_step_status":"FINISH","begin_time":"2022-09-01 11:52:26","end_time":"2022-09-01 11:52:29","detail":"","error_code":"DCS.4064"}]},
		{"step_id":"9d1d1da8-650e-406f-3fad-c4a22515869f","step_name":"数据迁移","step_status":"EXECUTING","begin_time":"2022-09-01 11:52:30","end_time":"2022-09-01 11:54:30","error_code":"DCS.4065","sub_step_details":[
		{"sub_step_id":"cb58a8ea-b8e2-4626-b3fa-57ab1a830724","sub_step_name":"申请资源","sub_step_status":"FINISH","begin_time":"2022-09-01 11:52:30","end_time":"2022-09-01 11:53:30",
		"detail":"{node_id:9996c3376318417281fb5e611f3fb1a0,slot_range:[0 5460],full_migration:迁移中,inc_migration:迁移中}","error_code":"DCS.4065"},
		{"sub_step_id":"f9df7fd2-b31f-4ec3-bbb1-3dc740326342","sub_step_name":"申请资源","sub_step_status":"FINISH","begin_time":"2022-09-01 11:53:30","end_time":"2022-09-01 11:54:30",
		"detail":"{node_id:5b70f440ccc94789b34a5c98c2ba05ea,slot_range:[5461 10921],full_migration:待开始,inc_migration:待开始}","error_code":"DCS.4066"}]}]}`,
	), sample(
		"strings for numbers, numbers for strings, fractions, nulls, and undocumented fields",
		`{"progress":"33.30","remain_time":0.25,"status":"SUCCESS","step_details":[{"step_id":1,"step_name":null,"step_status":"FINISH","begin_time":1684191545379,"end_time":"2020-06-17T07:38:42.503Z","error_code":null,"sub_step_details":null,"owner":{}},`+
			`{"step_status":"waiting","sub_step_details":[{"sub_step_status":"WAITING","detail":4.50}]}]}`,
		`{"state":"running","summary":"`+name+`: running, 33.3%","percent":33.3,"progress":33.3,"remain_time":0.25,"step_details":[
		{"step_id":"1","step_status":"FINISH","begin_time":"1684191545379","end_time":"2020-06-17T07:38:42.503Z","sub_step_details":[]},
		{"step_status":"waiting","sub_step_details":[{"sub_step_status":"WAITING","detail":"4.50"}]}]}`,
	), sample(
		"a failed sub-step, and a percentage out of range",
		`{"progress":150,"step_details":[{"step_name":"数据迁移","step_status":"FAILED","error_code":"DCS.4066","sub_step_details":[{"sub_step_name":"申请资源","sub_step_status":"CANCELED","detail":"{slot_range:[0 5460]}","error_code":"DCS.4065"}]}]}`,
		`{"state":"failed","summary":"`+name+`: failed: step \"数据迁移\" FAILED (error_code DCS.4066): sub-step \"申请资源\" CANCELED (error_code DCS.4065, detail {slot_range:[0 5460]})",
		"reason":"step \"数据迁移\" FAILED (error_code DCS.4066): sub-step \"申请资源\" CANCELED (error_code DCS.4065, detail {slot_range:[0 5460]})","progress":150,"step_details":[
		{"step_name":"数据迁移","step_status":"FAILED","error_code":"DCS.4066","sub_step_details":[{"sub_step_name":"申请资源","sub_step_status":"CANCELED","detail":"{slot_range:[0 5460]}","error_code":"DCS.4065"}]}]}`,
	), sample(
		"nulls", `{"progress":null,"remain_time":null,"step_details":null}`, `{"state":"pending","summary":"`+name+`: pending","step_details":[]}`,
	)}
}

// membersOf are fields of the same object.
func membersOf(kind, object, names string) string {
	return kind + ": " + object + "." + strings.Join(strings.Fields(names), " "+object+".")
}
