// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// DCSTaskProgress is the progress of a background task, step by step. It has no
// status of the whole task and does not name it.
type DCSTaskProgress struct {
	transport.ErrorBody
	Progress    transport.StrictNumber        `json:"progress"`    // percent
	RemainTime  transport.Number              `json:"remain_time"` // seconds
	StepDetails transport.StrictList[DCSStep] `json:"step_details"`
}

// DCSStep is a step of a background task. Its end_time can be set while it runs,
// and its error_code although it succeeded: only the status decides.
type DCSStep struct {
	StepID         transport.Text                   `json:"step_id"`
	StepName       transport.Text                   `json:"step_name"`
	StepStatus     transport.StrictText             `json:"step_status"`
	BeginTime      transport.Text                   `json:"begin_time"` // with or without a zone, as the service sends it
	EndTime        transport.Text                   `json:"end_time"`
	ErrorCode      transport.Text                   `json:"error_code"`
	SubStepDetails transport.StrictList[DCSSubStep] `json:"sub_step_details"`
}

// DCSSubStep is a part of a step.
type DCSSubStep struct {
	SubStepID     transport.Text       `json:"sub_step_id"`
	SubStepName   transport.Text       `json:"sub_step_name"`
	SubStepStatus transport.StrictText `json:"sub_step_status"`
	BeginTime     transport.Text       `json:"begin_time"`
	EndTime       transport.Text       `json:"end_time"`
	Detail        transport.Text       `json:"detail"` // looks like JSON and is not
	ErrorCode     transport.Text       `json:"error_code"`
}

// DCSStepStatuses maps the status of a step and of a sub-step. A suspended one
// may need a person, but has not finished.
// Sources: StepDetailStepStatus in huaweicloud-sdk-go-v3; the official
// provider's documentation of dcs_background_task_detail for sub-steps.
var DCSStepStatuses = task.StatusMap{
	"waiting":   task.Pending,
	"executing": task.Running,
	"suspend":   task.Running,
	"finish":    task.Succeeded,
	"failed":    task.Failed,
	"canceled":  task.Failed,
}

// DCSTaskProgress reads the steps of a background task.
//
// API: GET /v2/{project_id}/instances/{instance_id}/tasks/{task_id}/progress
// (DCS, "Querying the Details of a Background Task").
func (p Project) DCSTaskProgress(ctx context.Context, instanceID, taskID string) (DCSTaskProgress, error) {
	return p.dcsTaskProgress(ctx, instanceID, taskID, false)
}

func (p Project) dcsTaskProgress(ctx context.Context, instanceID, taskID string, once bool) (DCSTaskProgress, error) {
	progress := DCSTaskProgress{}
	err := transport.Do(ctx, p.client.transport, transport.Request{
		Service: transport.DCS, Region: p.Region, ProjectID: p.ID, Once: once, IAMAction: "dcs:instance:getBackgroundTask",
		Path: transport.Path("/v2/%s/instances/%s/tasks/%s/progress", p.ID, instanceID, taskID),
	}, &progress)
	if err != nil {
		return DCSTaskProgress{}, asNotFound(err, noSuchDCSTask)
	}
	return progress, nil
}

// Verify implements transport.Verifier.
func (p *DCSTaskProgress) Verify() error {
	if !p.Progress.Present() && !p.RemainTime.Present() && !p.StepDetails.Present() {
		return transport.Malformed("it has none of progress, remain_time, and step_details")
	}
	return nil
}

// Observe folds the steps and sub-steps into one state.
func (p DCSTaskProgress) Observe(statuses task.StatusMap) task.Observation {
	o := task.Observation{Percent: p.Progress.Percent()}
	var states []task.State
	var unknown *string
	for _, step := range p.StepDetails.List {
		parts := []string{step.StepStatus.String()}
		for _, sub := range step.SubStepDetails.List {
			parts = append(parts, sub.SubStepStatus.String())
		}
		for _, status := range parts {
			s := statuses.State(status)
			states = append(states, s)
			if s == task.Unknown && unknown == nil {
				unknown = &status
			}
		}
	}
	o.State = task.FoldSteps(states, p.Progress.Is(100))
	switch o.State {
	case task.Unknown:
		o.SetUnknown("status of a step", *unknown)
	case task.Failed:
		o.Reason = p.reason(statuses)
	}
	return o
}

// reason names each failed step, and under it each failed sub-step.
func (p DCSTaskProgress) reason(statuses task.StatusMap) string {
	var failed []string
	for _, step := range p.StepDetails.List {
		var parts []string
		if statuses.State(step.StepStatus.String()) == task.Failed {
			parts = append(parts, failure("step", step.StepName, step.StepStatus, note("error_code", step.ErrorCode.String())))
		} else {
			parts = append(parts, fmt.Sprintf("step %q %s", step.StepName, step.StepStatus))
		}
		for _, sub := range step.SubStepDetails.List {
			if statuses.State(sub.SubStepStatus.String()) == task.Failed {
				parts = append(parts, failure("sub-step", sub.SubStepName, sub.SubStepStatus, note("error_code", sub.ErrorCode.String()), note("detail", sub.Detail.String())))
			}
		}
		if len(parts) > 1 || statuses.State(step.StepStatus.String()) == task.Failed {
			failed = append(failed, strings.Join(parts, ": "))
		}
	}
	return strings.Join(failed, "; ")
}

// failure describes a failed part with its notes: `sub-step "申请资源" FAILED
// (error_code DCS.4065)`.
func failure(part string, name transport.Text, status fmt.Stringer, notes ...string) string {
	text := fmt.Sprintf("%s %q %s", part, name, status)
	notes = slices.DeleteFunc(notes, func(n string) bool { return n == "" })
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, ", ") + ")"
	}
	return text
}

// note is a field's name and value, "" if it is empty.
func note(member, value string) string {
	if value == "" {
		return ""
	}
	return member + " " + transport.Clip(value)
}
