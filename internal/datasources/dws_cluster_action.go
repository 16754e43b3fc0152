// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func dwsClusterAction() Source {
	return Source{
		name: "dws_cluster_action",
		noun: "DWS cluster action",
		description: "Task of a Data Warehouse Service (DWS) cluster: a scale-out, a snapshot, or a restore. The API lists it under one name " +
			"while it is in progress and under another once it has failed; what it returns after a success is not documented. " +
			"So with `on_missing = \"succeeded\"` a missing task counts as succeeded only if there is no failure record and the cluster does not name it as its current task.",
		service:  transport.DWS,
		api:      API{Operation: "ListClusterActions", Path: "/v1/{project_id}/clusters/{cluster_id}/actions/{action_name}", IAMAction: "dws:cluster:getTaskDetail"},
		statuses: client.DWSClusterActionStatuses,
		reusable: true,
		model:    func() model { return &dwsClusterActionModel{} },
		attributes: map[string]schema.Attribute{
			"cluster_id": requiredID("ID of the cluster."),
			"action_name": schema.StringAttribute{
				MarkdownDescription: "Name of the cluster task: `GROWING`, `SNAPSHOTTING`, `RESTORING`, or `FINE_GRAINED_RESTORING` while it is in progress; " +
					"`RESIZE_FAILURE`, `SNAPSHOTTING_FAILED`, `RESTORING_FAILED`, or `FINE_GRAINED_RESTORING_FAILED` once it has failed.",
				Required: true, Validators: []validator.String{oneOf(client.DWSActionNames()...)},
			},
			"language": schema.StringAttribute{
				MarkdownDescription: fmt.Sprintf("Language of the names: `%s` (default) or `%s`.", client.DWSLanguages()[0], client.DWSLanguages()[1]),
				Optional:            true, Validators: []validator.String{oneOf(client.DWSLanguages()...)},
			},
			"action_id":    computedText("The API's own ID of the task (its field `id`)."),
			"status":       computedText("Status of the task: `WAITING`, `RUNNING`, `ROLLBACK_RUNNING`, `SUCCESS`, `FAILED`, `ROLLBACK_SUCCESS`, or `ROLLBACK_FAIL`."),
			"cluster_name": computedText("Name of the cluster."),
			"submit_time":  computedText("Submission time, without a time zone."),
			"items": computedList("Stages of the task.", map[string]schema.Attribute{
				"item_name": computedText("Name of the stage."),
				"sub_items": computedList("Steps of the stage.", map[string]schema.Attribute{
					"sub_item_name":  computedText("Name of the step."),
					"status":         computedText("Status of the step, with the same values as that of the task."),
					"detail":         computedText("Details of the step: JSON text whose strings can hold JSON again; refer to the function `decode_detail`. It can contradict the status, which is authoritative."),
					"begin_time":     computedText("Start time, without a time zone."),
					"end_time":       computedText("End time, without a time zone. Can be null although the step has finished."),
					"estimated_time": computedNumber("Estimated duration. The unit is not documented; -1 means unknown."),
				}),
			}),
		},
	}
}

type dwsClusterActionModel struct {
	commonArguments
	result
	ClusterID   types.String   `tfsdk:"cluster_id"`
	ActionName  types.String   `tfsdk:"action_name"`
	Language    types.String   `tfsdk:"language"`
	ActionID    types.String   `tfsdk:"action_id"`
	Status      types.String   `tfsdk:"status"`
	ClusterName types.String   `tfsdk:"cluster_name"`
	SubmitTime  types.String   `tfsdk:"submit_time"`
	Items       []dwsItemModel `tfsdk:"items"`
}

type dwsItemModel struct {
	ItemName types.String      `tfsdk:"item_name"`
	SubItems []dwsSubItemModel `tfsdk:"sub_items"`
}

type dwsSubItemModel struct {
	SubItemName   types.String `tfsdk:"sub_item_name"`
	Status        types.String `tfsdk:"status"`
	Detail        types.String `tfsdk:"detail"`
	BeginTime     types.String `tfsdk:"begin_time"`
	EndTime       types.String `tfsdk:"end_time"`
	EstimatedTime types.Number `tfsdk:"estimated_time"`
}

func (m *dwsClusterActionModel) target() target {
	cluster, action := m.ClusterID.ValueString(), m.ActionName.ValueString()
	return target{id: cluster + "/" + action, name: fmt.Sprintf("DWS action %s of cluster %s", action, cluster)}
}

// failureName is the name of the task's failure record, "" if that is the one
// that is asked for.
func (m *dwsClusterActionModel) failureName() string {
	return client.DWSFailureNames[m.ActionName.ValueString()]
}

func (m *dwsClusterActionModel) validate(Caller) diag.Diagnostics {
	if m.OnMissing.ValueString() != string(gate.MissingIsSucceeded) || m.ActionName.IsUnknown() || m.failureName() != "" {
		return nil
	}
	return diag.Diagnostics{diagnostics.FailureRecordMissing(m.ActionName.ValueString())}
}

func (m *dwsClusterActionModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	return m.read(ctx, r, m.ActionName.ValueString())
}

func (m *dwsClusterActionModel) read(ctx context.Context, r reading, name string) (task.Observation, func(), error) {
	language := m.Language.ValueString()
	if language == "" {
		language = client.DWSLanguages()[0]
	}
	action, err := r.project.DWSClusterAction(ctx, m.ClusterID.ValueString(), name, language)
	return action.Observe(r.statuses), func() { m.set(action) }, err
}

func (m *dwsClusterActionModel) set(action client.DWSClusterAction) {
	m.ActionID = text(action.ID)
	m.Status = text(action.Status)
	m.ClusterName = text(action.ClusterName)
	m.SubmitTime = text(action.SubmitTime)
	m.Items = mapList(action.Items, newDWSItemModel)
}

// failureRecord implements traceable: a failed task is listed under another name.
func (m *dwsClusterActionModel) failureRecord(ctx context.Context, r reading) (task.Observation, func(), error) {
	missing := task.Observation{State: task.Missing}
	none := func() { m.set(client.DWSClusterAction{}) }
	if m.failureName() == "" {
		return missing, none, nil
	}
	o, fill, err := m.read(ctx, r, m.failureName())
	if transport.IsNotFound(err) {
		return missing, none, nil
	}
	o.Label = "listed as " + m.failureName()
	return o, fill, err
}

// clusterTask implements traceable: while the cluster names the task, under
// either name, it is running. The name must be absent to say something else, so it
// counts wherever it is in the text.
func (m *dwsClusterActionModel) clusterTask(ctx context.Context, r reading) (task.Observation, error) {
	names, err := r.project.DWSClusterTasks(ctx, m.ClusterID.ValueString())
	if err != nil {
		return task.Observation{}, err
	}
	own := []string{task.Fold(m.ActionName.ValueString()), task.Fold(m.failureName())}
	for _, name := range names {
		for word := range strings.FieldsFuncSeq(task.Fold(name), isNoNamePart) {
			if slices.Contains(own, word) {
				return task.Observation{State: task.Running, Inferred: true, Busy: true, Reason: "the cluster names " + name + " as its task"}, nil
			}
		}
	}
	return task.Observation{State: task.Missing}, nil
}

// isNoNamePart reports whether a character separates the names of tasks.
func isNoNamePart(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func newDWSItemModel(i client.DWSItem) dwsItemModel {
	return dwsItemModel{ItemName: text(i.ItemName), SubItems: mapList(i.SubItems, newDWSSubItemModel)}
}

func newDWSSubItemModel(s client.DWSSubItem) dwsSubItemModel {
	return dwsSubItemModel{
		SubItemName:   text(s.SubItemName),
		Status:        text(s.Status),
		Detail:        text(s.Detail),
		BeginTime:     text(s.BeginTime),
		EndTime:       text(s.EndTime),
		EstimatedTime: number(s.EstimatedTime),
	}
}
