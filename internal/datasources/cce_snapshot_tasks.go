// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// cceListState ends the description of a list of backups.
const cceListState = "The state is that of all tasks that match the filters, taken together: " +
	"`running` while any is pending or running, else `unknown` or `failed` if any is, else `succeeded`."

func cceSnapshotTasks() Source {
	return Source{
		name:        "cce_snapshot_tasks",
		noun:        "CCE snapshot task",
		description: "Backup tasks of a Cloud Container Engine (CCE) cluster. " + cceListState,
		service:     transport.CCE,
		api:         API{Operation: "ListClusterMasterSnapshotTasks", Path: "/api/v3.1/projects/{project_id}/clusters/{cluster_id}/operation/snapshot/tasks", IAMAction: "cce:cluster:getCluster"},
		statuses:    client.CCESnapshotStatuses,
		progress:    "items.status.progress",
		list:        &listArguments{task: "uid", after: "created_after", filters: []string{"uid", "created_after", "latest"}},
		model:       func() model { return &cceSnapshotTasksModel{} },
		attributes: map[string]schema.Attribute{
			"cluster_id": requiredID("ID of the cluster."),
			"uid": schema.StringAttribute{
				MarkdownDescription: "Selects the task with this ID, as the call that starts a backup returns it.",
				Optional:            true, Validators: []validator.String{identifier},
			},
			"created_after": schema.StringAttribute{
				MarkdownDescription: "Selects the tasks created after this time, in RFC 3339, for example `2023-11-25T09:00:00Z`.",
				Optional:            true, Validators: []validator.String{timestamp},
			},
			"latest":      latestAttribute(),
			"api_version": computedText("Version of the API."),
			"kind":        computedText("Kind of the response, `List`."),
			"metadata":    cceMetadataAttribute("Metadata of the list."),
			"items": computedList("Backup tasks that match the filters, in the order of the API.", map[string]schema.Attribute{
				"kind":        computedText("Kind of the item, `SnapshotTask`."),
				"api_version": computedText("Version of the API."),
				"metadata":    cceMetadataAttribute("Metadata of the task."),
				"spec":        cceSpecAttribute(),
				"status": computedObject("Status of the task.", map[string]schema.Attribute{
					"phase":           computedText("Status of the task: `Init`, `Queuing`, `Running`, `Pause`, `Success`, or `Failed`."),
					"progress":        computedText("Progress in percent, as text."),
					"completion_time": computedText("Completion time, in the form that the service returns. Also set while the task is running."),
				}),
				"state": computedText("Task state that `phase` maps to."),
			}),
			"status": computedObject("Status of the cluster's backups.", map[string]schema.Attribute{
				"latest_backup_time": computedText("Time of the latest backup, in the form that the service returns."),
			}),
		},
	}
}

func cceMetadataAttribute(description string) schema.Attribute {
	return computedObject(description, map[string]schema.Attribute{
		"uid":                computedText("ID of the task."),
		"creation_timestamp": computedText("Creation time, in the form that the service returns, for example `2023-11-25 17:03:46.739012 +0800 CST`."),
		"update_timestamp":   computedText("Time of the last change, in the form that the service returns."),
	})
}

func cceSpecAttribute() schema.Attribute {
	return computedObject("Parts of the task. The API plans to remove them.", map[string]schema.Attribute{
		"items": computedList("Parts of the task.", map[string]schema.Attribute{
			"id":                 computedText("ID of the part."),
			"type":               computedText("Operation of the part, for example `master-backup`."),
			"status":             computedText("Status of the part."),
			"creation_timestamp": computedText("Creation time, in the form that the service returns."),
			"update_timestamp":   computedText("Time of the last change, in the form that the service returns."),
			"message":            computedText("Message about the part."),
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
	Latest       types.Bool             `tfsdk:"latest"`
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

func (m *cceSnapshotTasksModel) target() target { return m.named("CCE snapshot task") }

// named is the target with the noun of its source.
func (m *cceSnapshotTasksModel) named(noun string) target {
	cluster, uid := m.ClusterID.ValueString(), m.UID.ValueString()
	if uid != "" {
		return target{id: cluster, name: noun + " " + uid + " of cluster " + cluster, argument: "uid"}
	}
	name := noun + "s of cluster " + cluster
	if after := m.CreatedAfter.ValueString(); after != "" {
		name += " created after " + after
	}
	return target{id: cluster, name: name, emptyOK: true}
}

func (m *cceSnapshotTasksModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	list, err := r.project.CCESnapshotTasks(ctx, m.query())
	return list.Observe(r.statuses), func() { m.set(list, r.statuses) }, err
}

func (m *cceSnapshotTasksModel) query() client.CCESnapshotQuery {
	after, _ := time.Parse(time.RFC3339, m.CreatedAfter.ValueString()) // zero if it is null; timestamp rejects others
	return client.CCESnapshotQuery{
		ClusterID: m.ClusterID.ValueString(), UID: m.UID.ValueString(), CreatedAfter: after, Latest: m.Latest.ValueBool(),
	}
}

func (m *cceSnapshotTasksModel) set(list client.CCESnapshotTasks, statuses task.StatusMap) {
	m.APIVersion = text(list.APIVersion)
	m.Kind = text(list.Kind)
	m.Metadata = mapObject(list.Metadata.Pointer(), func(l client.CCEListMetadata) cceMetadataModel {
		return newCCEMetadataModel(l.CCEMetadata)
	})
	m.Status = mapObject(list.Status.Pointer(), func(s client.CCEBackupStatus) cceBackupStatusModel {
		return cceBackupStatusModel{LatestBackupTime: text(s.LatestBackupTime)}
	})
	m.Items = mapList(list.Tasks(), func(t client.CCESnapshotTask) cceSnapshotTaskModel { return newCCESnapshotTaskModel(t, statuses) })
}

func newCCEMetadataModel(m client.CCEMetadata) cceMetadataModel {
	return cceMetadataModel{UID: text(m.UID), CreationTimestamp: text(m.CreationTimestamp), UpdateTimestamp: text(m.UpdateTimestamp)}
}

func newCCESnapshotTaskModel(t client.CCESnapshotTask, statuses task.StatusMap) cceSnapshotTaskModel {
	return cceSnapshotTaskModel{
		Kind:       text(t.Kind),
		APIVersion: text(t.APIVersion),
		Metadata:   mapObject(t.Metadata, newCCEMetadataModel),
		Spec: mapObject(t.Spec.Pointer(), func(s client.CCESnapshotSpec) cceSnapshotSpecModel {
			return cceSnapshotSpecModel{Items: mapList(s.Items, newCCESnapshotSpecItemModel)}
		}),
		Status: mapObject(t.Status, func(s client.CCESnapshotStatus) cceSnapshotStatusModel {
			return cceSnapshotStatusModel{Phase: text(s.Phase), Progress: text(s.Progress), CompletionTime: text(s.CompletionTime)}
		}),
		State: types.StringValue(string(t.State(statuses))),
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
