// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const (
	progressID   = instanceID + "/" + taskID
	progressName = "DCS task " + progressID
)

var (
	progressArgs = args{"instance_id": instanceID, "task_id": taskID}
	progressIDs  = attributes{"instance_id": is(instanceID), "task_id": is(taskID)}
	noProgress   = attributes{"progress": null, "remain_time": null, "step_details": empty}
)

// step and subStep are a step's texts in the order of the document.
func step(id, name, status, begin, end, code knownvalue.Check, subSteps ...knownvalue.Check) knownvalue.Check {
	return mapObject(attributes{
		"step_id": id, "step_name": name, "step_status": status,
		"begin_time": begin, "end_time": end, "error_code": code,
		"sub_step_details": list(subSteps...),
	})
}

func subStep(id, name, status, begin, end, detail, code knownvalue.Check) knownvalue.Check {
	return mapObject(attributes{
		"sub_step_id": id, "sub_step_name": name, "sub_step_status": status,
		"begin_time": begin, "end_time": end, "detail": detail, "error_code": code,
	})
}

func TestDCSTaskProgress_tellsEveryField(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		body string
		want attributes
	}{
		{
			"the documented example", fakecloud.ExampleDCSTaskProgress,
			result(progressID, "running", progressName+": running, 30%").With(attributes{
				"percent":     knownvalue.Float64Exact(30),
				"progress":    number("30"),
				"remain_time": number("100"),
				"step_details": list(
					step(is("9d1d1da8-650e-406f-81e4-b3c11515869f"), is("前置检查"), is("FINISH"), is("2022-09-01 11:52:24"), is("2022-09-01 11:52:29"), is("DCS.4064"),
						subStep(is("4692b05b-fa55-4f7d-9be6-527bde25b424"), is("资源检查"), is("FINISH"), is("2022-09-01 11:52:24"), is("2022-09-01 11:52:26"), is(""), is("DCS.4065")),
						subStep(is("4692b05b-fa55-4f7d-9be6-527bde25b425"), is("实例状态检查"), is("FINISH"), is("2022-09-01 11:52:26"), is("2022-09-01 11:52:29"), is(""), is("DCS.4064"))),
					step(is("9d1d1da8-650e-406f-3fad-c4a22515869f"), is("数据迁移"), is("EXECUTING"), is("2022-09-01 11:52:30"), is("2022-09-01 11:54:30"), is("DCS.4065"),
						subStep(is("cb58a8ea-b8e2-4626-b3fa-57ab1a830724"), is("申请资源"), is("FINISH"), is("2022-09-01 11:52:30"), is("2022-09-01 11:53:30"),
							is("{node_id:9996c3376318417281fb5e611f3fb1a0,slot_range:[0 5460],full_migration:迁移中,inc_migration:迁移中}"), is("DCS.4065")),
						subStep(is("f9df7fd2-b31f-4ec3-bbb1-3dc740326342"), is("申请资源"), is("FINISH"), is("2022-09-01 11:53:30"), is("2022-09-01 11:54:30"),
							is("{node_id:5b70f440ccc94789b34a5c98c2ba05ea,slot_range:[5461 10921],full_migration:待开始,inc_migration:待开始}"), is("DCS.4066"))),
				),
			}),
		},
		{
			"strings for numbers, numbers for strings, fractions, nulls and unknown members",
			`{"progress":"33.30","remain_time":0.25,"status":"SUCCESS","step_details":[{"step_id":1,"step_name":null,"step_status":"FINISH","begin_time":1684191545379,"end_time":"2020-06-17T07:38:42.503Z","error_code":null,"sub_step_details":null,"owner":{}},` +
				`{"step_status":"waiting","sub_step_details":[{"sub_step_status":"WAITING","detail":4.50}]},{"sub_step_details":[],"step_status":"FINISH"}]}`,
			result(progressID, "running", progressName+": running, 33.3%").With(attributes{
				"percent":     knownvalue.Float64Exact(33.3),
				"progress":    number("33.3"),
				"remain_time": number("0.25"),
				"step_details": list(
					step(is("1"), null, is("FINISH"), is("1684191545379"), is("2020-06-17T07:38:42.503Z"), null),
					step(null, null, is("waiting"), null, null, null,
						subStep(null, null, is("WAITING"), null, null, is("4.50"), null)),
					step(null, null, is("FINISH"), null, null, null),
				),
			}),
		},
		{
			"a failed sub-step, and a percentage that is none",
			`{"progress":150,"step_details":[{"step_name":"数据迁移","step_status":"FAILED","error_code":"DCS.4066","sub_step_details":[{"sub_step_name":"申请资源","sub_step_status":"CANCELED","detail":"{slot_range:[0 5460]}","error_code":"DCS.4065"}]}]}`,
			result(progressID, "failed", progressName+`: failed: step "数据迁移" FAILED (error_code DCS.4066): sub-step "申请资源" CANCELED (error_code DCS.4065, detail {slot_range:[0 5460]})`).With(attributes{
				"reason":      is(`step "数据迁移" FAILED (error_code DCS.4066): sub-step "申请资源" CANCELED (error_code DCS.4065, detail {slot_range:[0 5460]})`),
				"progress":    number("150"),
				"remain_time": null,
				"step_details": list(step(null, is("数据迁移"), is("FAILED"), null, null, is("DCS.4066"),
					subStep(null, is("申请资源"), is("CANCELED"), null, null, is("{slot_range:[0 5460]}"), is("DCS.4065")))),
			}),
		},
		{
			"an empty step", `{"step_details":[{}]}`,
			result(progressID, "unknown", progressName+": unknown: an absent or empty status of a step").With(noProgress, attributes{
				"step_details": list(step(null, null, null, null, null, null)),
			}),
		},
		{
			"nothing but nulls", `{"progress":null,"remain_time":null,"step_details":null}`,
			result(progressID, "pending", progressName+": pending").With(noProgress),
		},
		{
			"nothing at all", `{}`,
			result(progressID, "pending", progressName+": pending").With(noProgress),
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud, settings := serve(t)
			cloud.Serve(fakecloud.ProgressPath(projectID, instanceID, taskID), fakecloud.Response{Body: tc.body})
			check(t, settings, "dcs_task_progress", progressArgs, readAt().With(progressIDs, tc.want))
		})
	}
}

func TestDCSTaskProgress_isMissingAsTheUserSays(t *testing.T) {
	t.Parallel()
	t.Run("by default an error", func(t *testing.T) {
		t.Parallel()
		_, settings := serve(t)
		refuse(t, settings, "dcs_task_progress", progressArgs,
			"Error: DCS task progress not found",
			"There is no "+progressName+": it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success.",
			`If it is still to appear, set on_missing = "pending".`, "terraform destroy too",
			"Status: 404 Not Found", "Code: DCS.4070", "Message: The background task does not exist.")
	})
	for _, tc := range []struct {
		onMissing string
		want      attributes
	}{
		{"pending", result(progressID, "missing", progressName+": missing")},
		{"succeeded", result(progressID, "missing", progressName+": missing, which counts as succeeded").With(excused)},
	} {
		t.Run(tc.onMissing, func(t *testing.T) {
			t.Parallel()
			_, settings := serve(t)
			check(t, settings, "dcs_task_progress", progressArgs.With(args{"on_missing": tc.onMissing}),
				readAt().With(progressIDs, noProgress, tc.want, attributes{"on_missing": is(tc.onMissing)}))
		})
	}
}
