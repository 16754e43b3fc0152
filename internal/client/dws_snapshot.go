// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"net/http"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// DWSSnapshot is a snapshot of a DWS cluster. It exists until it is deleted, so
// its status outlives the task that created it.
type DWSSnapshot struct {
	ID                                  transport.StrictText                         `json:"id"`
	Name                                transport.Text                               `json:"name"`
	Description                         transport.Text                               `json:"description"`
	Started                             transport.Text                               `json:"started"`  // UTC
	Finished                            transport.Text                               `json:"finished"` // documented as required, also while the snapshot is created
	Size                                transport.Number                             `json:"size"`     // GB
	Status                              transport.StrictText                         `json:"status"`
	Type                                transport.Text                               `json:"type"` // AUTO, AUTOMATED, or MANUAL
	ClusterID                           transport.Text                               `json:"cluster_id"`
	ClusterName                         transport.Text                               `json:"cluster_name"`
	Updated                             transport.Text                               `json:"updated"`
	BakExpectedStartTime                transport.Text                               `json:"bak_expected_start_time"`
	BakKeepDay                          transport.Number                             `json:"bak_keep_day"`
	BakPeriod                           transport.Text                               `json:"bak_period"`
	DBUser                              transport.Text                               `json:"db_user"`
	Progress                            transport.Text                               `json:"progress"` // percent
	BackupKey                           transport.Text                               `json:"backup_key"`
	PriorBackupKey                      transport.Text                               `json:"prior_backup_key"`
	BaseBackupKey                       transport.Text                               `json:"base_backup_key"`
	BaseBackupName                      transport.Text                               `json:"base_backup_name"`
	BackupDevice                        transport.Text                               `json:"backup_device"`
	TotalBackupSize                     transport.Number                             `json:"total_backup_size"` // KB
	BackupLevel                         transport.Text                               `json:"backup_level"`
	GuestAgentVersion                   transport.Text                               `json:"guest_agent_version"`
	ClusterStatus                       transport.Text                               `json:"cluster_status"`
	ClusterTaskStatus                   transport.Text                               `json:"cluster_task_status"`
	SupportInplaceRestore               transport.Flag                               `json:"support_inplace_restore"`
	FineGrainedBackup                   transport.Flag                               `json:"fine_grained_backup"`
	SupportFineGrainedCrossVersion      transport.Flag                               `json:"support_fine_grained_cross_version_restore"`
	SupportFineGrainedAsymmetricRestore transport.Flag                               `json:"support_fine_grained_asymmetric_restore"`
	Datastore                           transport.Object[DWSDatastore]               `json:"datastore"`
	FineGrainedBackupDetail             transport.Object[DWSFineGrainedBackupDetail] `json:"fine_grained_backup_detail"`
}

// DWSDatastore is the kind and version of a cluster.
type DWSDatastore struct {
	Type    transport.Text `json:"type"`
	Version transport.Text `json:"version"`
}

// DWSFineGrainedBackupDetail is what a fine-grained snapshot contains.
type DWSFineGrainedBackupDetail struct {
	Database   transport.Text                 `json:"database"`
	SchemaList transport.List[transport.Text] `json:"schema_list"`
	TableList  transport.List[transport.Text] `json:"table_list"`
}

// DWSSnapshotStatuses maps the status of a snapshot. FROZEN and POLICE_FROZEN are
// not mapped: the snapshot exists, but cannot be used now.
// Source: SnapshotDetail in huaweicloud-sdk-go-v3.
var DWSSnapshotStatuses = task.StatusMap{
	"creating":    task.Running,
	"available":   task.Succeeded,
	"unavailable": task.Failed,
}

// dwsSnapshotResponse is the response of the API.
type dwsSnapshotResponse struct {
	transport.ErrorBody
	Snapshot *DWSSnapshot `json:"snapshot"`

	requested string
}

// Verify implements transport.Verifier.
func (r *dwsSnapshotResponse) Verify() error {
	if r.Snapshot == nil {
		return transport.Malformed("its snapshot is absent or null")
	}
	return identity("snapshot.id", r.requested, r.Snapshot.ID.String())
}

// DWSSnapshot reads a snapshot.
//
// API: GET /v1.0/{project_id}/snapshots/{snapshot_id} (DWS, "Querying Snapshot Details").
func (p Project) DWSSnapshot(ctx context.Context, snapshotID string) (DWSSnapshot, error) {
	response := dwsSnapshotResponse{requested: snapshotID}
	err := p.client.get(ctx, transport.Request{
		Service: transport.DWS, Region: p.Region, ProjectID: p.ID, IAMAction: "dws:cluster:getSnapshotDetail",
		Path: transport.Path("/v1.0/%s/snapshots/%s", p.ID, snapshotID),
	}, &response)
	if err != nil {
		return DWSSnapshot{}, asNotFound(err, noSuchDWSSnapshot)
	}
	return *response.Snapshot, nil
}

// noSuchDWSSnapshot recognizes the code that the official provider takes for a
// missing snapshot, which comes with status 400.
func noSuchDWSSnapshot(e *transport.Error) bool {
	return e.Status == http.StatusBadRequest && ThingOf(e.Code) == Snapshot || noSuchDWSTask(e)
}

// Observe maps the snapshot's status.
func (s DWSSnapshot) Observe(statuses task.StatusMap) task.Observation {
	status := s.Status.String()
	o := task.Observation{Label: s.Name.String(), Status: status, State: statuses.State(status), Percent: s.Progress.Percent()}
	if o.State == task.Unknown {
		o.SetUnknown("status", status)
	}
	if o.State.Finished() {
		o.Duration = between(parseTime(s.Started.String(), time.RFC3339), parseTime(s.Finished.String(), time.RFC3339))
	}
	return o
}
