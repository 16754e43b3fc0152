// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// DCSBackgroundTasks is a complete list of an instance's background tasks,
// reduced to those that a query selects.
type DCSBackgroundTasks struct {
	TaskCount transport.Number // as the service counts them, before all filters but the window
	selection[DCSBackgroundTask]
}

// Tasks returns the selected tasks in the order of the service.
func (l DCSBackgroundTasks) Tasks() []DCSBackgroundTask { return l.tasks }

// DCSBackgroundTask is a background task of an instance. Its updated_at can be
// set while the task runs: only the status decides.
type DCSBackgroundTask struct {
	ID         transport.StrictText                       `json:"id"`
	Name       transport.StrictText                       `json:"name"` // an open set: EXTEND, masterStandbySwapJob …
	Details    transport.Object[DCSBackgroundTaskDetails] `json:"details"`
	UserName   transport.Text                             `json:"user_name"`
	UserID     transport.Text                             `json:"user_id"`
	Params     transport.Text                             `json:"params"`
	Status     transport.StrictText                       `json:"status"`
	CreatedAt  transport.StrictText                       `json:"created_at"` // RFC 3339, UTC
	UpdatedAt  transport.Text                             `json:"updated_at"`
	EnableShow transport.Flag                             `json:"enable_show"`
	ErrorCode  transport.Text                             `json:"error_code"` // not documented for this list
	JobID      transport.Text                             `json:"job_id"`     // not documented for this list
}

// DCSBackgroundTaskDetails is what a task changes. Each operation sets some of
// the fields.
type DCSBackgroundTaskDetails struct {
	OldCapacity          transport.Text                 `json:"old_capacity"` // GB, may have a fraction
	NewCapacity          transport.Text                 `json:"new_capacity"`
	EnablePublicIP       transport.Flag                 `json:"enable_public_ip"`
	PublicIPID           transport.Text                 `json:"public_ip_id"`
	PublicIPAddress      transport.Text                 `json:"public_ip_address"`
	EnableSSL            transport.Flag                 `json:"enable_ssl"`
	OldCacheMode         transport.Text                 `json:"old_cache_mode"`
	NewCacheMode         transport.Text                 `json:"new_cache_mode"`
	OldResourceSpecCode  transport.Text                 `json:"old_resource_spec_code"`
	NewResourceSpecCode  transport.Text                 `json:"new_resource_spec_code"`
	OldReplicaNum        transport.Number               `json:"old_replica_num"`
	NewReplicaNum        transport.Number               `json:"new_replica_num"`
	OldCacheType         transport.Text                 `json:"old_cache_type"`
	NewCacheType         transport.Text                 `json:"new_cache_type"`
	ReplicaIP            transport.Text                 `json:"replica_ip"`
	ReplicaAZ            transport.Text                 `json:"replica_az"`
	GroupName            transport.Text                 `json:"group_name"`
	OldPort              transport.Number               `json:"old_port"`
	NewPort              transport.Number               `json:"new_port"`
	IsOnlyAdjustCharging transport.Flag                 `json:"is_only_adjust_charging"`
	AccountName          transport.Text                 `json:"account_name"`
	SourceIP             transport.Text                 `json:"source_ip"`
	TargetIP             transport.Text                 `json:"target_ip"`
	NodeName             transport.Text                 `json:"node_name"`
	RenameCommands       transport.List[transport.Text] `json:"rename_commands"`
	UpdatedConfigLength  transport.Number               `json:"updated_config_length"`
}

// DCSBackgroundTaskStatuses maps the status of a background task. The API
// documents no values.
// Sources: the document's example (SUCCESS), the official provider (EXECUTING),
// and the same list of DMS for Kafka (the others).
var DCSBackgroundTaskStatuses = task.StatusMap{
	"created":   task.Pending,
	"executing": task.Running,
	"running":   task.Running,
	"success":   task.Succeeded,
	"failed":    task.Failed,
	"fail":      task.Failed,
	"cancelled": task.Failed,
	"deleted":   task.Failed,
}

// RecordID implements transport.Record.
func (t DCSBackgroundTask) RecordID() string { return t.ID.String() }

func (t DCSBackgroundTask) taskID() string    { return t.ID.String() }
func (t DCSBackgroundTask) operation() string { return t.Name.String() }
func (t DCSBackgroundTask) rawStatus() string { return t.Status.String() }

func (t DCSBackgroundTask) creation() (string, time.Time) {
	text := t.CreatedAt.String()
	return text, parseTime(text, time.RFC3339Nano)
}

// Observe folds the selected tasks into one state.
func (l DCSBackgroundTasks) Observe(statuses task.StatusMap) task.Observation {
	o := l.observe(statuses, "status", "created_at")
	if len(l.tasks) == 1 && o.State.Finished() {
		t := l.tasks[0]
		_, created := t.creation()
		o.Duration = between(created, parseTime(t.UpdatedAt.String(), time.RFC3339Nano))
	}
	return o
}

// DCSBackgroundTasksReason returns why tasks of the list failed: for the one
// created last with its failed steps, if one request for its progress succeeds,
// for the others with their IDs.
func (p Project) DCSBackgroundTasksReason(ctx context.Context, instanceID string, list DCSBackgroundTasks, statuses task.StatusMap) string {
	var failed []DCSBackgroundTask
	for _, t := range list.tasks {
		if statuses.State(t.rawStatus()) == task.Failed {
			failed = append(failed, t)
		}
	}
	if len(failed) == 0 {
		return ""
	}
	latest, others := failed[0], []string{}
	for _, t := range failed[1:] {
		if t.CreatedAt.String() > latest.CreatedAt.String() { // RFC 3339 in UTC sorts as text; at worst another task comes first
			latest, t = t, latest
		}
		others = append(others, t.taskID())
	}
	reason := latest.failure()
	if transport.CheckIdentifier(latest.taskID()) == nil {
		// An error must not hide the failure of the task.
		if progress, err := p.dcsTaskProgress(ctx, instanceID, latest.taskID(), true); err == nil {
			if steps := progress.reason(DCSStepStatuses); steps != "" {
				reason += ": " + steps
			}
		}
	}
	if len(others) > 0 {
		reason += "; also failed: " + strings.Join(others, ", ")
	}
	return reason
}

// failure describes a failed task: "task 8abf… (EXTEND) FAILED (error_code DCS.4064)".
func (t DCSBackgroundTask) failure() string {
	text := "task " + t.taskID()
	if t.operation() != "" {
		text += fmt.Sprintf(" (%s)", t.operation())
	}
	text += " " + t.rawStatus()
	if code := t.ErrorCode.String(); code != "" {
		text += " (error_code " + code + ")"
	}
	return text
}
