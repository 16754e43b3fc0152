// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func dwsSnapshot() Source { //nolint:funlen // one line for each documented field
	return Source{
		name: "dws_snapshot",
		noun: "DWS snapshot",
		description: "Snapshot of a Data Warehouse Service (DWS) cluster, which succeeds when it is available. " +
			"Unlike the cluster task `SNAPSHOTTING`, a snapshot can still be read after it has succeeded, until it is deleted.",
		service:  transport.DWS,
		api:      API{Operation: "ListSnapshotDetails", Path: "/v1.0/{project_id}/snapshots/{snapshot_id}", IAMAction: "dws:cluster:getSnapshotDetail"},
		statuses: client.DWSSnapshotStatuses,
		progress: "progress",
		model:    func() model { return &dwsSnapshotModel{} },
		attributes: map[string]schema.Attribute{
			"snapshot_id":             requiredID("ID of the snapshot."),
			"name":                    computedText("Name of the snapshot."),
			"description":             computedText("Description of the snapshot."),
			"started":                 computedText("Start time, in UTC."),
			"finished":                computedText("Completion time, in UTC. Documented as always present, so it does not show that the snapshot is complete."),
			"updated":                 computedText("Time of the last change, in UTC."),
			"size":                    computedNumber("Size in GB."),
			"status":                  computedText("Status of the snapshot: `CREATING`, `AVAILABLE`, or `UNAVAILABLE`. `FROZEN` and `POLICE_FROZEN` are not recognized: such a snapshot exists, but cannot be used."),
			"type":                    computedText("Type of the snapshot: `MANUAL`, or `AUTO` or `AUTOMATED` for one that a policy created."),
			"cluster_id":              computedText("ID of the cluster."),
			"cluster_name":            computedText("Name of the cluster."),
			"cluster_status":          computedText("Status of the cluster."),
			"cluster_task_status":     computedText("Task status of the cluster."),
			"bak_expected_start_time": computedText("Expected start time, in the form that the service returns."),
			"bak_keep_day":            computedNumber("Number of days that the snapshot is kept."),
			"bak_period":              computedText("Period of the snapshot policy."),
			"db_user":                 computedText("Database user."),
			"progress":                computedText("Progress in percent, as text."),
			"backup_key":              computedText("Key of the snapshot."),
			"prior_backup_key":        computedText("Key of the previous snapshot."),
			"base_backup_key":         computedText("Key of the full snapshot that this one builds on."),
			"base_backup_name":        computedText("Name of the full snapshot that this one builds on."),
			"backup_device":           computedText("Medium of the snapshot."),
			"backup_level":            computedText("Level of the snapshot, for example `cluster`."),
			"total_backup_size":       computedNumber("Total size in KB."),
			"guest_agent_version":     computedText("Version of the agent in the cluster."),
			"support_inplace_restore": computedFlag("Whether the snapshot can be restored to its own cluster."),
			"fine_grained_backup":     computedFlag("Whether the snapshot is fine-grained."),

			"support_fine_grained_cross_version_restore": computedFlag("Whether single tables can be restored to a cluster of another version."),
			"support_fine_grained_asymmetric_restore":    computedFlag("Whether single tables can be restored to a cluster of another size."),

			"datastore": computedObject("Database of the cluster.", map[string]schema.Attribute{
				"type":    computedText("Type of the database: `dws`, `dws3.0`, or `hybrid`."),
				"version": computedText("Version of the database."),
			}),
			"fine_grained_backup_detail": computedObject("Content of a fine-grained snapshot.", map[string]schema.Attribute{
				"database":    computedText("Name of the database."),
				"schema_list": computedTexts("Names of the schemas."),
				"table_list":  computedTexts("Names of the tables."),
			}),
		},
	}
}

type dwsSnapshotModel struct {
	commonArguments
	result

	SnapshotID            types.String `tfsdk:"snapshot_id"`
	Name                  types.String `tfsdk:"name"`
	Description           types.String `tfsdk:"description"`
	Started               types.String `tfsdk:"started"`
	Finished              types.String `tfsdk:"finished"`
	Updated               types.String `tfsdk:"updated"`
	Size                  types.Number `tfsdk:"size"`
	Status                types.String `tfsdk:"status"`
	Type                  types.String `tfsdk:"type"`
	ClusterID             types.String `tfsdk:"cluster_id"`
	ClusterName           types.String `tfsdk:"cluster_name"`
	ClusterStatus         types.String `tfsdk:"cluster_status"`
	ClusterTaskStatus     types.String `tfsdk:"cluster_task_status"`
	BakExpectedStartTime  types.String `tfsdk:"bak_expected_start_time"`
	BakKeepDay            types.Number `tfsdk:"bak_keep_day"`
	BakPeriod             types.String `tfsdk:"bak_period"`
	DBUser                types.String `tfsdk:"db_user"`
	Progress              types.String `tfsdk:"progress"`
	BackupKey             types.String `tfsdk:"backup_key"`
	PriorBackupKey        types.String `tfsdk:"prior_backup_key"`
	BaseBackupKey         types.String `tfsdk:"base_backup_key"`
	BaseBackupName        types.String `tfsdk:"base_backup_name"`
	BackupDevice          types.String `tfsdk:"backup_device"`
	BackupLevel           types.String `tfsdk:"backup_level"`
	TotalBackupSize       types.Number `tfsdk:"total_backup_size"`
	GuestAgentVersion     types.String `tfsdk:"guest_agent_version"`
	SupportInplaceRestore types.Bool   `tfsdk:"support_inplace_restore"`
	FineGrainedBackup     types.Bool   `tfsdk:"fine_grained_backup"`

	SupportFineGrainedCrossVersionRestore types.Bool `tfsdk:"support_fine_grained_cross_version_restore"`
	SupportFineGrainedAsymmetricRestore   types.Bool `tfsdk:"support_fine_grained_asymmetric_restore"`

	Datastore               *dwsDatastoreModel         `tfsdk:"datastore"`
	FineGrainedBackupDetail *dwsFineGrainedBackupModel `tfsdk:"fine_grained_backup_detail"`
}

type dwsDatastoreModel struct {
	Type    types.String `tfsdk:"type"`
	Version types.String `tfsdk:"version"`
}

type dwsFineGrainedBackupModel struct {
	Database   types.String   `tfsdk:"database"`
	SchemaList []types.String `tfsdk:"schema_list"`
	TableList  []types.String `tfsdk:"table_list"`
}

func (m *dwsSnapshotModel) target() target {
	id := m.SnapshotID.ValueString()
	return target{id: id, name: "DWS snapshot " + id, argument: "snapshot_id"}
}

func (m *dwsSnapshotModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	snapshot, err := r.project.DWSSnapshot(ctx, m.SnapshotID.ValueString())
	return snapshot.Observe(r.statuses), func() { m.set(snapshot) }, err
}

func (m *dwsSnapshotModel) set(s client.DWSSnapshot) {
	m.Name = text(s.Name)
	m.Description = text(s.Description)
	m.Started = text(s.Started)
	m.Finished = text(s.Finished)
	m.Updated = text(s.Updated)
	m.Size = number(s.Size)
	m.Status = text(s.Status)
	m.Type = text(s.Type)
	m.ClusterID = text(s.ClusterID)
	m.ClusterName = text(s.ClusterName)
	m.ClusterStatus = text(s.ClusterStatus)
	m.ClusterTaskStatus = text(s.ClusterTaskStatus)
	m.BakExpectedStartTime = text(s.BakExpectedStartTime)
	m.BakKeepDay = number(s.BakKeepDay)
	m.BakPeriod = text(s.BakPeriod)
	m.DBUser = text(s.DBUser)
	m.Progress = text(s.Progress)
	m.setDetails(s)
}

// setDetails sets how the snapshot was made and what it is good for.
func (m *dwsSnapshotModel) setDetails(s client.DWSSnapshot) {
	m.BackupKey = text(s.BackupKey)
	m.PriorBackupKey = text(s.PriorBackupKey)
	m.BaseBackupKey = text(s.BaseBackupKey)
	m.BaseBackupName = text(s.BaseBackupName)
	m.BackupDevice = text(s.BackupDevice)
	m.BackupLevel = text(s.BackupLevel)
	m.TotalBackupSize = number(s.TotalBackupSize)
	m.GuestAgentVersion = text(s.GuestAgentVersion)
	m.SupportInplaceRestore = flag(s.SupportInplaceRestore)
	m.FineGrainedBackup = flag(s.FineGrainedBackup)
	m.SupportFineGrainedCrossVersionRestore = flag(s.SupportFineGrainedCrossVersion)
	m.SupportFineGrainedAsymmetricRestore = flag(s.SupportFineGrainedAsymmetricRestore)
	m.Datastore = mapObject(s.Datastore.Pointer(), func(d client.DWSDatastore) dwsDatastoreModel {
		return dwsDatastoreModel{Type: text(d.Type), Version: text(d.Version)}
	})
	m.FineGrainedBackupDetail = mapObject(s.FineGrainedBackupDetail.Pointer(), func(d client.DWSFineGrainedBackupDetail) dwsFineGrainedBackupModel {
		return dwsFineGrainedBackupModel{Database: text(d.Database), SchemaList: texts(d.SchemaList), TableList: texts(d.TableList)}
	})
}
