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

// DCSTasks is the list of an instance's background tasks, as far as a query
// asks for them.
type DCSBackgroundTasks struct {
	TaskCount transport.Number // how many the service says there are, before the query's own filters
	Tasks     []DCSBackgroundTask
	undated   *DCSBackgroundTask // one that may be the latest, for all its unreadable time tells
}

// DCSTask is a background task of an instance. Its updated_at may be filled
// while it runs: only the status counts.
type DCSBackgroundTask struct {
	ID         transport.Text            `json:"id"`
	Name       transport.Text            `json:"name"` // an open set: EXTEND, masterStandbySwapJob …
	Details    *DCSBackgroundTaskDetails `json:"details"`
	UserName   transport.Text            `json:"user_name"`
	UserID     transport.Text            `json:"user_id"`
	Params     transport.Text            `json:"params"`
	Status     transport.Text            `json:"status"`
	CreatedAt  transport.Text            `json:"created_at"` // RFC 3339, UTC
	UpdatedAt  transport.Text            `json:"updated_at"`
	EnableShow transport.Flag            `json:"enable_show"`
	ErrorCode  transport.Text            `json:"error_code"` // not documented for this list
	JobID      transport.Text            `json:"job_id"`     // not documented for this list
}

// DCSTaskDetails tells what a task changes. Each operation fills some members.
type DCSBackgroundTaskDetails struct {
	OldCapacity          transport.Text   `json:"old_capacity"` // GB, may have a fraction
	NewCapacity          transport.Text   `json:"new_capacity"`
	EnablePublicIP       transport.Flag   `json:"enable_public_ip"`
	PublicIPID           transport.Text   `json:"public_ip_id"`
	PublicIPAddress      transport.Text   `json:"public_ip_address"`
	EnableSSL            transport.Flag   `json:"enable_ssl"`
	OldCacheMode         transport.Text   `json:"old_cache_mode"`
	NewCacheMode         transport.Text   `json:"new_cache_mode"`
	OldResourceSpecCode  transport.Text   `json:"old_resource_spec_code"`
	NewResourceSpecCode  transport.Text   `json:"new_resource_spec_code"`
	OldReplicaNum        transport.Number `json:"old_replica_num"`
	NewReplicaNum        transport.Number `json:"new_replica_num"`
	OldCacheType         transport.Text   `json:"old_cache_type"`
	NewCacheType         transport.Text   `json:"new_cache_type"`
	ReplicaIP            transport.Text   `json:"replica_ip"`
	ReplicaAZ            transport.Text   `json:"replica_az"`
	GroupName            transport.Text   `json:"group_name"`
	OldPort              transport.Number `json:"old_port"`
	NewPort              transport.Number `json:"new_port"`
	IsOnlyAdjustCharging transport.Flag   `json:"is_only_adjust_charging"`
	AccountName          transport.Text   `json:"account_name"`
	SourceIP             transport.Text   `json:"source_ip"`
	TargetIP             transport.Text   `json:"target_ip"`
	NodeName             transport.Text   `json:"node_name"`
	RenameCommands       []transport.Text `json:"rename_commands"`
	UpdatedConfigLength  transport.Number `json:"updated_config_length"`
}

// DCSTaskWords classifies the status of a background task, for which no range
// is published.
// Sources: the document's example (SUCCESS), the official provider (EXECUTING),
// and the sister list of DMS for Kafka (the rest).
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

// Observe judges the listed tasks together.
func (l DCSBackgroundTasks) Observe(words task.StatusMap) task.Observation {
	states := make([]task.State, len(l.Tasks))
	counts := make(map[task.State]int)
	for i, t := range l.Tasks {
		states[i] = words.State(t.Status.String())
		counts[states[i]]++
	}
	o := task.Observation{State: task.FoldTasks(states), Breakdown: parts(counts, len(states))}
	if l.undated != nil {
		o.State, o.UnknownReason, o.Busy = task.Unknown, fmt.Sprintf("the created_at %q", l.undated.CreatedAt), true
		return o
	}
	o.Busy = o.State.Busy()
	if len(l.Tasks) == 1 {
		l.Tasks[0].tell(&o)
	}
	if o.State == task.Unknown {
		o.SetUnknown("status", l.Tasks[task.Decisive(states)].Status.String())
	}
	return o
}

// tell adds what only a single task can say of itself.
func (t DCSBackgroundTask) tell(o *task.Observation) {
	o.Breakdown, o.Label = "", t.Name.String()
	if o.State.Finished() {
		created, _ := time.Parse(time.RFC3339Nano, t.CreatedAt.String()) // zero where it is not told
		updated, _ := time.Parse(time.RFC3339Nano, t.UpdatedAt.String())
		o.Duration = between(created, updated)
	}
}

// parts counts tasks by state: "3 tasks: 1 running, 2 succeeded".
func parts(counts map[task.State]int, total int) string {
	if total == 0 {
		return "no task"
	}
	var texts []string
	for _, s := range []task.State{task.Pending, task.Running, task.Unknown, task.Failed, task.Succeeded} {
		if counts[s] > 0 {
			texts = append(texts, fmt.Sprintf("%d %s", counts[s], s))
		}
	}
	noun := "tasks"
	if total == 1 {
		noun = "task"
	}
	return fmt.Sprintf("%d %s: %s", total, noun, strings.Join(texts, ", "))
}

// DCSTasksReason tells why tasks of the list have failed: of the one created
// last in full, as far as its progress answers one request, of the others by
// their ids.
func (p Project) DCSBackgroundTasksReason(ctx context.Context, instanceID string, list DCSBackgroundTasks, words task.StatusMap) string {
	var failed []DCSBackgroundTask
	for _, t := range list.Tasks {
		if words.State(t.Status.String()) == task.Failed {
			failed = append(failed, t)
		}
	}
	if len(failed) == 0 {
		return ""
	}
	latest, others := failed[0], []string{}
	for _, t := range failed[1:] {
		if t.CreatedAt.String() > latest.CreatedAt.String() { // RFC 3339 in UTC sorts as text; at worst another one is told first
			latest, t = t, latest
		}
		others = append(others, t.ID.String())
	}
	reason := "task"
	if latest.ID.String() != "" {
		reason += " " + latest.ID.String()
	}
	if latest.Name.String() != "" {
		reason += fmt.Sprintf(" (%s)", latest.Name)
	}
	reason += " " + latest.Status.String()
	if code := latest.ErrorCode.String(); code != "" {
		reason += " (error_code " + code + ")"
	}
	if transport.CheckIdentifier(latest.ID.String()) == nil {
		// A failure to read the reason must not hide the failure of the task.
		if progress, err := p.dcsTaskProgress(ctx, instanceID, latest.ID.String(), true); err == nil {
			if steps := progress.reason(DCSStepStatuses); steps != "" {
				reason += ": " + steps
			}
		}
	}
	if len(others) > 0 {
		reason += "; failed too: " + strings.Join(others, ", ")
	}
	return reason
}
