// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// whichSnapshot ends the description of a source that lists backups.
const whichSnapshot = "The verdict is that of the task with the given `uid`, " +
	"else of the newest one by its creation time, among those created after `created_after` where that is set."

func cceSnapshotTasks() Source {
	return Source{
		name:        "cce_snapshot_tasks",
		noun:        "CCE snapshot task",
		description: "Backup tasks of a Cloud Container Engine (CCE) cluster. " + whichSnapshot,
		list:        true,
		service:     transport.CCE,
		statuses:       client.CCESnapshotStatuses,
		model:       func() model { return &cceSnapshotTasksModel{} },
		attributes: map[string]schema.Attribute{
			"cluster_id": requiredID("Id of the cluster."),
			"uid": schema.StringAttribute{
				MarkdownDescription: "Id of the one task that the verdict is about, as the call that starts a backup returns it.",
				Optional:            true, Validators: []validator.String{identifier},
			},
			"created_after": schema.StringAttribute{
				MarkdownDescription: "Time after which the task was created that the verdict is about, in RFC 3339, for example `2023-11-25T09:00:00Z`. Without effect beside `uid`.",
				Optional:            true, Validators: []validator.String{timestamp},
			},
			"api_version": computedText("Version of the API."),
			"kind":        computedText("Kind of the answer, `List`."),
			"metadata":    cceMetadataAttribute("Metadata of the list."),
			"items": computedList("All backup tasks of the cluster, in the order in which the API sends them.", map[string]schema.Attribute{
				"kind":        computedText("Kind of the item, `SnapshotTask`."),
				"api_version": computedText("Version of the API."),
				"metadata":    cceMetadataAttribute("Metadata of the task."),
				"spec":        cceSpecAttribute(),
				"status": computedObject("Where the task stands.", map[string]schema.Attribute{
					"phase":           computedText("Status word of the task: `Init`, `Queuing`, `Running`, `Pause`, `Success` or `Failed`."),
					"progress":        computedText("Progress in percent, as text."),
					"completion_time": computedText("Time of completion, in the service's own form; filled while the task runs, too."),
				}),
				"state": computedText("Where the task stands: its `phase`, classified as `state` is."),
			}),
			"status": computedObject("Status of the cluster's backups.", map[string]schema.Attribute{
				"latest_backup_time": computedText("Time of the latest backup, in the service's own form."),
			}),
		},
	}
}

func cceMetadataAttribute(description string) schema.Attribute {
	return computedObject(description, map[string]schema.Attribute{
		"uid":                computedText("Id of the task."),
		"creation_timestamp": computedText("When it was created, in the service's own form, for example `2023-11-25 17:03:46.739012 +0800 CST`."),
		"update_timestamp":   computedText("When it was last changed, in the service's own form."),
	})
}

func cceSpecAttribute() schema.Attribute {
	return computedObject("Parts of the task; the API is to drop them.", map[string]schema.Attribute{
		"items": computedList("Parts of the task.", map[string]schema.Attribute{
			"id":                 computedText("Id of the part."),
			"type":               computedText("What the part does, for example `master-backup`."),
			"status":             computedText("Status word of the part."),
			"creation_timestamp": computedText("When it was created, in the service's own form."),
			"update_timestamp":   computedText("When it was last changed, in the service's own form."),
			"message":            computedText("What the service says of the part."),
		}),
	})
}

type cceSnapshotTasksModel struct {
	commonArguments
	result
	idleness
	ClusterID    types.String           `tfsdk:"cluster_id"`
	UID          types.String           `tfsdk:"uid"`
	CreatedAfter types.String           `tfsdk:"created_after"`
	APIVersion   types.String           `tfsdk:"api_version"`
	Kind         types.String           `tfsdk:"kind"`
	Metadata     *cceMetadataModel      `tfsdk:"metadata"`
	Items        []cceSnapshotTaskModel `tfsdk:"items"`
	Status       *cceBackupStatusModel  `tfsdk:"status"`
}

type cceMetadataModel struct {
	UID               types.String `tfsdk:"uid"`
	CreationTimestamp types.String `tfsdk:"creation_timestamp"`
	UpdateTimestamp   types.String `tfsdk:"update_timestamp"`
}

type cceSnapshotTaskModel struct {
	Kind       types.String            `tfsdk:"kind"`
	APIVersion types.String            `tfsdk:"api_version"`
	Metadata   *cceMetadataModel       `tfsdk:"metadata"`
	Spec       *cceSnapshotSpecModel   `tfsdk:"spec"`
	Status     *cceSnapshotStatusModel `tfsdk:"status"`
	State      types.String            `tfsdk:"state"`
}

type cceSnapshotSpecModel struct {
	Items []cceSnapshotSpecItemModel `tfsdk:"items"`
}

type cceSnapshotSpecItemModel struct {
	ID                types.String `tfsdk:"id"`
	Type              types.String `tfsdk:"type"`
	Status            types.String `tfsdk:"status"`
	CreationTimestamp types.String `tfsdk:"creation_timestamp"`
	UpdateTimestamp   types.String `tfsdk:"update_timestamp"`
	Message           types.String `tfsdk:"message"`
}

type cceSnapshotStatusModel struct {
	Phase          types.String `tfsdk:"phase"`
	Progress       types.String `tfsdk:"progress"`
	CompletionTime types.String `tfsdk:"completion_time"`
}

type cceBackupStatusModel struct {
	LatestBackupTime types.String `tfsdk:"latest_backup_time"`
}

func (m *cceSnapshotTasksModel) subject() target { return m.named("CCE snapshot task") }

// named is the subject under the noun of its source.
func (m *cceSnapshotTasksModel) named(noun string) target {
	cluster, uid := m.ClusterID.ValueString(), m.UID.ValueString()
	if uid != "" {
		return target{id: cluster, name: noun + " " + uid + " of cluster " + cluster}
	}
	name := noun + "s of cluster " + cluster
	if after := m.CreatedAfter.ValueString(); after != "" {
		name += " created after " + after
	}
	return target{id: cluster, name: name, emptyOK: true}
}

func (m *cceSnapshotTasksModel) validate(use Caller) diag.Diagnostics {
	if m.WaitFor.ValueString() == string(gate.Success) && m.UID.IsNull() && m.CreatedAfter.IsNull() {
		return diag.Diagnostics{gate.WhichSnapshot(use.WaitFor)}
	}
	return nil
}

func (m *cceSnapshotTasksModel) look(ctx context.Context, p client.Project, words task.StatusMap) (task.Observation, error) {
	list, err := p.CCESnapshotTasks(ctx, m.ClusterID.ValueString())
	return m.set(list, words), err
}

// set fills in what was read and judges it.
func (m *cceSnapshotTasksModel) set(list client.CCESnapshotTasks, words task.StatusMap) task.Observation {
	m.APIVersion = text(list.APIVersion)
	m.Kind = text(list.Kind)
	m.Metadata = mapObject(list.Metadata, newCCEMetadataModel)
	m.Status = mapObject(list.Status, func(s client.CCEBackupStatus) cceBackupStatusModel {
		return cceBackupStatusModel{LatestBackupTime: text(s.LatestBackupTime)}
	})
	m.Items = mapList(list.Items, func(t client.CCESnapshotTask) cceSnapshotTaskModel { return newCCESnapshotTaskModel(t, words) })
	after, _ := time.Parse(time.RFC3339, m.CreatedAfter.ValueString()) // zero where it is null
	return list.Observe(client.CCESnapshotFilter{UID: m.UID.ValueString(), CreatedAfter: after}, words)
}

func newCCEMetadataModel(m client.CCEMetadata) cceMetadataModel {
	return cceMetadataModel{UID: text(m.UID), CreationTimestamp: text(m.CreationTimestamp), UpdateTimestamp: text(m.UpdateTimestamp)}
}

func newCCESnapshotTaskModel(t client.CCESnapshotTask, words task.StatusMap) cceSnapshotTaskModel {
	return cceSnapshotTaskModel{
		Kind:       text(t.Kind),
		APIVersion: text(t.APIVersion),
		Metadata:   mapObject(t.Metadata, newCCEMetadataModel),
		Spec: mapObject(t.Spec, func(s client.CCESnapshotSpec) cceSnapshotSpecModel {
			return cceSnapshotSpecModel{Items: mapList(s.Items, newCCESnapshotSpecItemModel)}
		}),
		Status: mapObject(t.Status, func(s client.CCESnapshotStatus) cceSnapshotStatusModel {
			return cceSnapshotStatusModel{Phase: text(s.Phase), Progress: text(s.Progress), CompletionTime: text(s.CompletionTime)}
		}),
		State: types.StringValue(string(t.State(words))),
	}
}

func newCCESnapshotSpecItemModel(i client.CCESnapshotSpecItem) cceSnapshotSpecItemModel {
	return cceSnapshotSpecItemModel{
		ID:                text(i.ID),
		Type:              text(i.Type),
		Status:            text(i.Status),
		CreationTimestamp: text(i.CreationTimestamp),
		UpdateTimestamp:   text(i.UpdateTimestamp),
		Message:           text(i.Message),
	}
}
