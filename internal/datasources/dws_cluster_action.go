// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func dwsClusterAction() Source {
	return Source{
		name: "dws_cluster_action",
		noun: "DWS cluster action",
		description: "Action on a Data Warehouse Service (DWS) cluster: a scale-out, a snapshot or a restore. The API lists an action under one name " +
			"while it is in progress and under another once it has failed; what it lists after a success is not documented. " +
			"So with `on_missing = \"succeeded\"` a missing action counts as succeeded only if there is no record of its failure and the cluster no longer names it as its task.",
		service: transport.DWS,
		statuses:   client.DWSClusterActionStatuses,
		model:   func() model { return &dwsClusterActionModel{} },
		attributes: map[string]schema.Attribute{
			"cluster_id": requiredID("Id of the cluster."),
			"action_name": schema.StringAttribute{
				MarkdownDescription: "Name of the action: `GROWING`, `SNAPSHOTTING`, `RESTORING` or `FINE_GRAINED_RESTORING` while it is in progress; " +
					"`RESIZE_FAILURE`, `SNAPSHOTTING_FAILED`, `RESTORING_FAILED` or `FINE_GRAINED_RESTORING_FAILED` once it has failed.",
				Required: true, Validators: []validator.String{stringvalidator.OneOf(client.DWSActionNames()...)},
			},
			"language": schema.StringAttribute{
				MarkdownDescription: fmt.Sprintf("Language of the names: `%s` (default) or `%s`.", client.DWSLanguages()[0], client.DWSLanguages()[1]),
				Optional:            true, Validators: []validator.String{stringvalidator.OneOf(client.DWSLanguages()...)},
			},
			"status":       computedText("Status word of the action: `WAITING`, `RUNNING`, `ROLLBACK_RUNNING`, `SUCCESS`, `FAILED`, `ROLLBACK_SUCCESS` or `ROLLBACK_FAIL`."),
			"cluster_name": computedText("Name of the cluster."),
			"submit_time":  computedText("When the action was submitted, without a zone."),
			"items": computedList("Stages of the action.", map[string]schema.Attribute{
				"item_name": computedText("Name of the stage."),
				"sub_items": computedList("Steps of the stage.", map[string]schema.Attribute{
					"sub_item_name":  computedText("Name of the step."),
					"status":         computedText("Status word of the step, one of those of the action."),
					"detail":         computedText("More about the step: JSON text whose strings may hold JSON again. It may contradict the status, which alone counts."),
					"begin_time":     computedText("When the step began, without a zone."),
					"end_time":       computedText("When the step ended, without a zone; may be null although it has."),
					"estimated_time": computedNumber("Estimated duration, in a unit that is not documented; -1 where it is not known."),
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

func (m *dwsClusterActionModel) subject() target {
	cluster, action := m.ClusterID.ValueString(), m.ActionName.ValueString()
	return target{id: cluster + "/" + action, name: fmt.Sprintf("DWS action %s of cluster %s", action, cluster)}
}

// failureName is the name under which the action is listed once it has failed,
// "" if it is the one that is asked for.
func (m *dwsClusterActionModel) failureName() string {
	return client.DWSFailureNames[m.ActionName.ValueString()]
}

func (m *dwsClusterActionModel) validate(Caller) diag.Diagnostics {
	if m.OnMissing.ValueString() != string(gate.MissingIsSucceeded) || m.ActionName.IsUnknown() || m.failureName() != "" {
		return nil
	}
	if !slices.Contains(client.DWSActionNames(), m.ActionName.ValueString()) {
		return nil // refused already
	}
	return diag.Diagnostics{gate.MissingFailure(m.ActionName.ValueString())}
}

func (m *dwsClusterActionModel) look(ctx context.Context, p client.Project, words task.StatusMap) (task.Observation, error) {
	return m.read(ctx, p, words, m.ActionName.ValueString())
}

func (m *dwsClusterActionModel) read(ctx context.Context, p client.Project, words task.StatusMap, name string) (task.Observation, error) {
	language := m.Language.ValueString()
	if language == "" {
		language = client.DWSLanguages()[0]
	}
	action, err := p.DWSClusterAction(ctx, m.ClusterID.ValueString(), name, language)
	m.Status = text(action.Status)
	m.ClusterName = text(action.ClusterName)
	m.SubmitTime = text(action.SubmitTime)
	m.Items = mapList(action.Items, newDWSItemModel)
	return action.Observe(words), err
}

// failureRecord implements traceable: a failed action is listed under its other name.
func (m *dwsClusterActionModel) failureRecord(ctx context.Context, p client.Project, words task.StatusMap) (task.Observation, error) {
	if m.failureName() == "" {
		return task.Observation{State: task.Missing}, nil
	}
	o, err := m.read(ctx, p, words, m.failureName())
	if transport.IsNotFound(err) {
		return task.Observation{State: task.Missing}, nil
	}
	o.Label = "listed as " + m.failureName()
	return o, err
}

// stillBusy implements traceable: the cluster names the action that it is busy with.
func (m *dwsClusterActionModel) stillBusy(ctx context.Context, p client.Project) (task.Observation, error) {
	named, err := p.DWSClusterTask(ctx, m.ClusterID.ValueString())
	if err != nil {
		return task.Observation{}, err
	}
	o := task.Observation{State: task.Missing}
	switch {
	case named == "":
	case strings.EqualFold(named, m.ActionName.ValueString()):
		o = task.Observation{State: task.Running, Inferred: true, Label: "task_status of the cluster"}
	case strings.EqualFold(named, m.failureName()):
		o = task.Observation{State: task.Failed, Inferred: true, Reason: "the cluster's task_status is " + named}
	}
	return o, nil
}

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
