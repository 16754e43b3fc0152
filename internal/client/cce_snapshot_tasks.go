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

// CCESnapshotTasks is the list of a cluster's backup tasks, in no documented
// order and not paged.
type CCESnapshotTasks struct {
	transport.ErrorBody
	APIVersion transport.Text                  `json:"apiVersion"`
	Kind       transport.Text                  `json:"kind"`
	Metadata   *CCEMetadata                    `json:"metadata"`
	Items      transport.List[CCESnapshotTask] `json:"items"`
	Status     *CCEBackupStatus                `json:"status"`
}

// CCEMetadata identifies a task. Its times are those of Go's time.String:
// 2023-11-25 17:03:46.739012 +0800 CST.
type CCEMetadata struct {
	UID               transport.Text `json:"uid"`
	CreationTimestamp transport.Text `json:"creationTimestamp"`
	UpdateTimestamp   transport.Text `json:"updateTimestamp"`
}

// CCESnapshotTask is one backup of a cluster, or a rollback to one.
type CCESnapshotTask struct {
	Kind       transport.Text     `json:"kind"`
	APIVersion transport.Text     `json:"apiVersion"`
	Metadata   *CCEMetadata       `json:"metadata"`
	Spec       *CCESnapshotSpec   `json:"spec"`
	Status     *CCESnapshotStatus `json:"status"`
}

// CCESnapshotSpec lists the parts of a task.
type CCESnapshotSpec struct {
	Items []CCESnapshotSpecItem `json:"items"`
}

// CCESnapshotSpecItem is a part of a task: the backup of one master, say.
type CCESnapshotSpecItem struct {
	ID                transport.Text `json:"id"`
	Type              transport.Text `json:"type"`
	Status            transport.Text `json:"status"`
	CreationTimestamp transport.Text `json:"creationTimestamp"`
	UpdateTimestamp   transport.Text `json:"updateTimestamp"`
	Message           transport.Text `json:"message"`
}

// CCESnapshotStatus tells where a task stands. Its completionTime is filled
// while it runs: only the phase counts.
type CCESnapshotStatus struct {
	Phase          transport.Text `json:"phase"`
	Progress       transport.Text `json:"progress"` // percent, as text
	CompletionTime transport.Text `json:"completionTime"`
}

// CCEBackupStatus tells the time of the cluster's latest backup.
type CCEBackupStatus struct {
	LatestBackupTime transport.Text `json:"latestBackupTime"`
}

// CCESnapshotWords classifies the phase of a task and the status of its parts.
// Source: the parts' status in huaweicloud-sdk-go-v3; no range is published
// for the phase, whose neighbours in the same package have this one.
var CCESnapshotStatuses = task.StatusMap{
	"init":    task.Pending,
	"queuing": task.Pending,
	"running": task.Running,
	"pause":   task.Running,
	"success": task.Succeeded,
	"failed":  task.Failed,
}

const noCCECluster = "CCE.01404001"

// CCESnapshotTasks reads all backup tasks of a cluster.
//
// API: GET /api/v3.1/projects/{project_id}/clusters/{cluster_id}/operation/snapshot/tasks
// (CCE, "Obtaining Cluster Backup Tasks").
func (p Project) CCESnapshotTasks(ctx context.Context, clusterID string) (CCESnapshotTasks, error) {
	return p.cceSnapshotTasks(ctx, transport.Path("/api/v3.1/projects/%s/clusters/%s/operation/snapshot/tasks", p.ID, clusterID))
}

// CCEAutopilotSnapshotTasks reads all backup tasks of an Autopilot cluster. The
// SDK has the same types for both kinds of clusters.
//
// API: GET /autopilot/v3.1/projects/{project_id}/clusters/{cluster_id}/operation/snapshot/tasks
// (CCE Autopilot, "Obtaining a List of Cluster Backup Task Details").
func (p Project) CCEAutopilotSnapshotTasks(ctx context.Context, clusterID string) (CCESnapshotTasks, error) {
	return p.cceSnapshotTasks(ctx, transport.Path("/autopilot/v3.1/projects/%s/clusters/%s/operation/snapshot/tasks", p.ID, clusterID))
}

func (p Project) cceSnapshotTasks(ctx context.Context, path string) (CCESnapshotTasks, error) {
	var list CCESnapshotTasks
	err := p.client.get(ctx, transport.Request{
		Service: transport.CCE, Region: p.Region, ProjectID: p.ID, IAMAction: "cce:cluster:getCluster", Path: path,
	}, &list)
	if err != nil {
		return CCESnapshotTasks{}, err
	}
	return list, nil
}

// Verify refuses an answer that is no list of tasks: taken for an empty one, it
// would call a busy cluster idle. CCE leaves out what is empty, so that any
// member of a list will do.
func (l *CCESnapshotTasks) Verify() error {
	if l.APIVersion.Present() || l.Kind.Present() || l.Metadata != nil || l.Items.Present() || l.Status != nil {
		return nil
	}
	return transport.Malformed("it has none of the fields of a task list")
}

// CCESnapshotFilter selects the tasks that a verdict is about.
type CCESnapshotFilter struct {
	UID          string    // the one task, "" for the newest
	CreatedAfter time.Time // if UID is empty: only among those created after, zero for all
}

// Observe judges the task that the filter selects: by its phase alone, and the
// newest by its creation time, never by its position.
func (l CCESnapshotTasks) Observe(filter CCESnapshotFilter, words task.StatusMap) task.Observation {
	matching, undated := l.matching(filter)
	o := task.Observation{State: task.Missing}
	for _, t := range matching {
		o.Busy = o.Busy || t.State(words).Busy()
	}
	if undated != nil {
		o.State, o.UnknownReason = task.Unknown, fmt.Sprintf("the creationTimestamp %q", undated.created())
		return o
	}
	if newest := newestOf(matching, words); newest != nil {
		newest.observe(&o, words)
		if filter.UID == "" {
			o.Label = newest.uid()
		}
	}
	return o
}

// matching returns the tasks that the filter may mean. Where the newest is
// asked for, any task without a readable time may be it: undated is one of those.
func (l CCESnapshotTasks) matching(filter CCESnapshotFilter) (matching []CCESnapshotTask, undated *CCESnapshotTask) {
	for _, t := range l.Items {
		if filter.UID != "" {
			if t.uid() == filter.UID {
				matching = append(matching, t)
			}
			continue
		}
		created, err := ParseCCETime(t.created())
		if err != nil {
			undated = &t
		}
		if err != nil || created.After(filter.CreatedAfter) {
			matching = append(matching, t)
		}
	}
	return matching, undated
}

// newestOf returns the task created last, nil for none. Where several were
// created at once it is the one that decides over the others.
func newestOf(tasks []CCESnapshotTask, words task.StatusMap) *CCESnapshotTask {
	var latest []CCESnapshotTask
	var at time.Time
	for _, t := range tasks {
		created, _ := ParseCCETime(t.created()) // where it is not readable, the task was asked for by its uid
		if latest == nil || created.After(at) {
			latest, at = nil, created
		}
		if created.Equal(at) {
			latest = append(latest, t)
		}
	}
	states := make([]task.State, len(latest))
	for i, t := range latest {
		states[i] = t.State(words)
	}
	if i := task.Decisive(states); i >= 0 {
		return &latest[i]
	}
	return nil
}

func (t CCESnapshotTask) uid() string {
	if t.Metadata == nil {
		return ""
	}
	return t.Metadata.UID.String()
}

// State classifies the task's phase.
func (t CCESnapshotTask) State(words task.StatusMap) task.State { return words.State(t.phase()) }

func (t CCESnapshotTask) created() string {
	if t.Metadata == nil {
		return ""
	}
	return t.Metadata.CreationTimestamp.String()
}

func (t CCESnapshotTask) phase() string {
	if t.Status == nil {
		return ""
	}
	return t.Status.Phase.String()
}

// observe tells what a single task says of itself.
func (t CCESnapshotTask) observe(o *task.Observation, words task.StatusMap) {
	o.State = t.State(words)
	if t.Status != nil {
		o.Percent = t.Status.Progress.Percent()
	}
	switch o.State {
	case task.Unknown:
		o.SetUnknown("phase", t.phase())
	case task.Failed:
		o.Reason = t.reason(words)
	}
}

// reason tells the message of each failed part.
func (t CCESnapshotTask) reason(words task.StatusMap) string {
	if t.Spec == nil {
		return ""
	}
	var failed []string
	for _, part := range t.Spec.Items {
		if words.State(part.Status.String()) == task.Failed {
			failed = append(failed, strings.TrimSuffix(fmt.Sprintf("%s %s %s: %s", part.Type, part.ID, part.Status, part.Message), ": "))
		}
	}
	return strings.Join(failed, "; ")
}

// ParseCCETime reads the form of Go's time.String, in which the numeric offset
// alone is authoritative (CST names three zones), and RFC 3339.
func ParseCCETime(text string) (time.Time, error) {
	if fields := strings.Fields(text); len(fields) >= 3 {
		return time.Parse("2006-01-02 15:04:05.999999999 -0700", strings.Join(fields[:3], " "))
	}
	return time.Parse(time.RFC3339Nano, text)
}
