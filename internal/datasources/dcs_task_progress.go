// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func dcsTaskProgress() Source {
	return Source{
		name: "dcs_task_progress",
		noun: "DCS task progress",
		description: "Progress of a background task of a Distributed Cache Service (DCS) instance, step by step. The API does not report the status of the " +
			"whole task: it has succeeded if every step and sub-step is `FINISH` and `progress` is exactly 100.",
		service:  transport.DCS,
		api:      API{Operation: "ShowBackgroundTaskProgress", Path: "/v2/{project_id}/instances/{instance_id}/tasks/{task_id}/progress", IAMAction: "dcs:instance:getBackgroundTask"},
		statuses: client.DCSStepStatuses,
		progress: "progress",
		model:    func() model { return &dcsTaskProgressModel{} },
		attributes: map[string]schema.Attribute{
			"instance_id":  requiredID("ID of the instance."),
			"task_id":      requiredID("ID of the background task."),
			"progress":     computedNumber("Progress of the whole task in percent."),
			"remain_time":  computedNumber("Estimated remaining time in seconds."),
			"step_details": dcsStepAttribute(),
		},
	}
}

func dcsStepAttribute() schema.Attribute {
	return computedList("Steps of the task.", map[string]schema.Attribute{
		"step_id":     computedText("ID of the step."),
		"step_name":   computedText("Name of the step."),
		"step_status": computedText("Status of the step: `WAITING`, `EXECUTING`, `FINISH`, or `FAILED`."),
		"begin_time":  computedText("Start time, in the form that the service returns."),
		"end_time":    computedText("End time, in the form that the service returns. Can be set while the step is running."),
		"error_code":  computedText("Error code. Can be set although the step succeeded: only the status is reliable."),
		"sub_step_details": computedList("Parts of the step.", map[string]schema.Attribute{
			"sub_step_id":     computedText("ID of the sub-step."),
			"sub_step_name":   computedText("Name of the sub-step."),
			"sub_step_status": computedText("Status of the sub-step: `WAITING`, `EXECUTING`, `SUSPEND`, `FINISH`, `FAILED`, or `CANCELED`."),
			"begin_time":      computedText("Start time, in the form that the service returns."),
			"end_time":        computedText("End time, in the form that the service returns."),
			"detail":          computedText("Details of the sub-step. This looks like JSON, but is not; refer to the function `decode_detail`."),
			"error_code":      computedText("Error code. Can be set although the sub-step succeeded: only the status is reliable."),
		}),
	})
}

type dcsTaskProgressModel struct {
	commonArguments
	result
	InstanceID  types.String   `tfsdk:"instance_id"`
	TaskID      types.String   `tfsdk:"task_id"`
	Progress    types.Number   `tfsdk:"progress"`
	RemainTime  types.Number   `tfsdk:"remain_time"`
	StepDetails []dcsStepModel `tfsdk:"step_details"`
}

type dcsStepModel struct {
	StepID         types.String      `tfsdk:"step_id"`
	StepName       types.String      `tfsdk:"step_name"`
	StepStatus     types.String      `tfsdk:"step_status"`
	BeginTime      types.String      `tfsdk:"begin_time"`
	EndTime        types.String      `tfsdk:"end_time"`
	ErrorCode      types.String      `tfsdk:"error_code"`
	SubStepDetails []dcsSubStepModel `tfsdk:"sub_step_details"`
}

type dcsSubStepModel struct {
	SubStepID     types.String `tfsdk:"sub_step_id"`
	SubStepName   types.String `tfsdk:"sub_step_name"`
	SubStepStatus types.String `tfsdk:"sub_step_status"`
	BeginTime     types.String `tfsdk:"begin_time"`
	EndTime       types.String `tfsdk:"end_time"`
	Detail        types.String `tfsdk:"detail"`
	ErrorCode     types.String `tfsdk:"error_code"`
}

func (m *dcsTaskProgressModel) target() target {
	id := m.InstanceID.ValueString() + "/" + m.TaskID.ValueString()
	return target{id: id, name: "DCS task " + id, argument: "task_id"}
}

func (m *dcsTaskProgressModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	progress, err := r.project.DCSTaskProgress(ctx, m.InstanceID.ValueString(), m.TaskID.ValueString())
	o := progress.Observe(r.statuses)
	if len(progress.StepDetails.List) == 0 {
		o.Hint = diagnostics.HintNoSteps
	}
	return o, func() { m.set(progress) }, err
}

func (m *dcsTaskProgressModel) set(progress client.DCSTaskProgress) {
	m.Progress = number(progress.Progress)
	m.RemainTime = number(progress.RemainTime)
	m.StepDetails = mapList(progress.StepDetails.List, newDCSStepModel)
}

func newDCSStepModel(s client.DCSStep) dcsStepModel {
	return dcsStepModel{
		StepID:         text(s.StepID),
		StepName:       text(s.StepName),
		StepStatus:     text(s.StepStatus),
		BeginTime:      text(s.BeginTime),
		EndTime:        text(s.EndTime),
		ErrorCode:      text(s.ErrorCode),
		SubStepDetails: mapList(s.SubStepDetails.List, newDCSSubStepModel),
	}
}

func newDCSSubStepModel(s client.DCSSubStep) dcsSubStepModel {
	return dcsSubStepModel{
		SubStepID:     text(s.SubStepID),
		SubStepName:   text(s.SubStepName),
		SubStepStatus: text(s.SubStepStatus),
		BeginTime:     text(s.BeginTime),
		EndTime:       text(s.EndTime),
		Detail:        text(s.Detail),
		ErrorCode:     text(s.ErrorCode),
	}
}
