// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func dcsTaskProgress() Source {
	return Source{
		name: "dcs_task_progress",
		noun: "DCS task progress",
		description: "Progress of a background task of a Distributed Cache Service (DCS) instance, step by step. The API tells no status of the " +
			"whole task: it has succeeded once every step and sub-step is `FINISH` and `progress`, where it is sent, is 100.",
		service: transport.DCS,
		statuses:   client.DCSStepStatuses,
		model:   func() model { return &dcsTaskProgressModel{} },
		attributes: map[string]schema.Attribute{
			"instance_id":  requiredID("Id of the instance."),
			"task_id":      requiredID("Id of the background task."),
			"progress":     computedNumber("Progress of the whole task in percent."),
			"remain_time":  computedNumber("Estimated time until the end in seconds."),
			"step_details": dcsStepAttribute(),
		},
	}
}

func dcsStepAttribute() schema.Attribute {
	return computedList("Steps of the task.", map[string]schema.Attribute{
		"step_id":     computedText("Id of the step."),
		"step_name":   computedText("Name of the step, in the service's language."),
		"step_status": computedText("Status word of the step: `WAITING`, `EXECUTING`, `FINISH` or `FAILED`. Only this tells how the step stands: `end_time` and `error_code` may be filled while it runs."),
		"begin_time":  computedText("When the step began, as the service sends it, with or without a zone."),
		"end_time":    computedText("When the step ended, as the service sends it, with or without a zone."),
		"error_code":  computedText("Error code of the step; may be filled although the step is well."),
		"sub_step_details": computedList("Parts of the step.", map[string]schema.Attribute{
			"sub_step_id":     computedText("Id of the sub-step."),
			"sub_step_name":   computedText("Name of the sub-step, in the service's language; not unique."),
			"sub_step_status": computedText("Status word of the sub-step: `WAITING`, `EXECUTING`, `SUSPEND`, `FINISH`, `FAILED` or `CANCELED`."),
			"begin_time":      computedText("When the sub-step began, as the service sends it, with or without a zone."),
			"end_time":        computedText("When the sub-step ended, as the service sends it, with or without a zone."),
			"detail":          computedText("More about the sub-step, in a notation of the service's own that is not JSON, for example `{slot_range:[0 5460]}`."),
			"error_code":      computedText("Error code of the sub-step; may be filled although the sub-step is well."),
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

func (m *dcsTaskProgressModel) subject() target {
	id := m.InstanceID.ValueString() + "/" + m.TaskID.ValueString()
	return target{id: id, name: "DCS task " + id}
}

func (m *dcsTaskProgressModel) look(ctx context.Context, p client.Project, words task.StatusMap) (task.Observation, error) {
	progress, err := p.DCSTaskProgress(ctx, m.InstanceID.ValueString(), m.TaskID.ValueString())
	m.Progress = number(progress.Progress)
	m.RemainTime = number(progress.RemainTime)
	m.StepDetails = mapList(progress.StepDetails, newDCSStepModel)
	o := progress.Observe(words)
	if len(progress.StepDetails) == 0 {
		o.Hint = gate.HintNoSteps
	}
	return o, err
}

func newDCSStepModel(s client.DCSStep) dcsStepModel {
	return dcsStepModel{
		StepID:         text(s.StepID),
		StepName:       text(s.StepName),
		StepStatus:     text(s.StepStatus),
		BeginTime:      text(s.BeginTime),
		EndTime:        text(s.EndTime),
		ErrorCode:      text(s.ErrorCode),
		SubStepDetails: mapList(s.SubStepDetails, newDCSSubStepModel),
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
