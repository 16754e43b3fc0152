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
// order and without pages, reduced to those that a query selects.
type CCESnapshotTasks struct {
	transport.ErrorBody
	APIVersion transport.Text                        `json:"apiVersion"`
	Kind       transport.StrictText                  `json:"kind"`
	Metadata   transport.Object[CCEListMetadata]     `json:"metadata"`
	Items      transport.StrictList[CCESnapshotTask] `json:"items"`
	Status     transport.Object[CCEBackupStatus]     `json:"status"`

	selection[CCESnapshotTask] `json:"-"`

	byUID bool // the query names the task
}

// Tasks returns the selected tasks in the order of the service.
func (l CCESnapshotTasks) Tasks() []CCESnapshotTask { return l.tasks }

// CCEListMetadata is the metadata of a list. Lists of this form name a further
// page in continue; for this one no pages are documented.
type CCEListMetadata struct {
	CCEMetadata
	Continue transport.StrictText `json:"continue"`
}

// CCEMetadata identifies an object. Its times have the form of Go's
// time.String: 2023-11-25 17:03:46.739012 +0800 CST. Where it decides, an ID
// that cannot be read is absent, and so is a time.
type CCEMetadata struct {
	UID               transport.Text `json:"uid"`
	CreationTimestamp transport.Text `json:"creationTimestamp"`
	UpdateTimestamp   transport.Text `json:"updateTimestamp"`
}

// CCESnapshotTask is a backup of a cluster, or a rollback to one.
type CCESnapshotTask struct {
	Kind       transport.Text                    `json:"kind"`
	APIVersion transport.Text                    `json:"apiVersion"`
	Metadata   *CCEMetadata                      `json:"metadata"`
	Spec       transport.Object[CCESnapshotSpec] `json:"spec"`
	Status     *CCESnapshotStatus                `json:"status"`
}

// CCESnapshotSpec lists the parts of a task.
type CCESnapshotSpec struct {
	Items transport.List[CCESnapshotSpecItem] `json:"items"`
}

// CCESnapshotSpecItem is a part of a task, such as the backup of one master.
type CCESnapshotSpecItem struct {
	ID                transport.Text `json:"id"`
	Type              transport.Text `json:"type"`
	Status            transport.Text `json:"status"`
	CreationTimestamp transport.Text `json:"creationTimestamp"`
	UpdateTimestamp   transport.Text `json:"updateTimestamp"`
	Message           transport.Text `json:"message"`
}

// CCESnapshotStatus is the status of a task. Its completionTime is set while
// the task runs: only the phase decides.
type CCESnapshotStatus struct {
	Phase          transport.StrictText `json:"phase"`
	Progress       transport.Text       `json:"progress"` // percent, as text
	CompletionTime transport.Text       `json:"completionTime"`
}

// CCEBackupStatus has the time of the cluster's latest backup.
type CCEBackupStatus struct {
	LatestBackupTime transport.Text `json:"latestBackupTime"`
}

// CCESnapshotStatuses maps the phase of a task and the status of its parts.
// Source: the parts' status in huaweicloud-sdk-go-v3. No values are published
// for the phase; the other tasks of the same package have these.
var CCESnapshotStatuses = task.StatusMap{
	"init":    task.Pending,
	"queuing": task.Pending,
	"running": task.Running,
	"pause":   task.Running,
	"success": task.Succeeded,
	"failed":  task.Failed,
}

// CCESnapshotQuery selects backup tasks of a cluster. The zero value, apart
// from the cluster, selects all of them.
type CCESnapshotQuery struct {
	ClusterID    string
	UID          string    // only this task
	CreatedAfter time.Time // only tasks created after it, zero for no bound
	Latest       bool      // only the task created last
}

// CCESnapshotTasks reads the backup tasks of a cluster.
//
// API: GET /api/v3.1/projects/{project_id}/clusters/{cluster_id}/operation/snapshot/tasks
// (CCE, "Obtaining Cluster Backup Tasks").
func (p Project) CCESnapshotTasks(ctx context.Context, query CCESnapshotQuery) (CCESnapshotTasks, error) {
	return p.cceSnapshotTasks(ctx, query, transport.Path("/api/v3.1/projects/%s/clusters/%s/operation/snapshot/tasks", p.ID, query.ClusterID))
}

// CCEAutopilotSnapshotTasks reads the backup tasks of an Autopilot cluster. The
// SDK has the same types for both kinds of clusters.
//
// API: GET /autopilot/v3.1/projects/{project_id}/clusters/{cluster_id}/operation/snapshot/tasks
// (CCE Autopilot, "Obtaining a List of Cluster Backup Task Details").
func (p Project) CCEAutopilotSnapshotTasks(ctx context.Context, query CCESnapshotQuery) (CCESnapshotTasks, error) {
	return p.cceSnapshotTasks(ctx, query, transport.Path("/autopilot/v3.1/projects/%s/clusters/%s/operation/snapshot/tasks", p.ID, query.ClusterID))
}

func (p Project) cceSnapshotTasks(ctx context.Context, query CCESnapshotQuery, path string) (CCESnapshotTasks, error) {
	list := CCESnapshotTasks{}
	err := transport.Do(ctx, p.client.transport, transport.Request{
		Service: transport.CCE, Region: p.Region, ProjectID: p.ID, IAMAction: "cce:cluster:getCluster", Path: path,
	}, &list)
	if err != nil {
		return CCESnapshotTasks{}, err
	}
	query.apply(&list)
	return list, nil
}

// Verify rejects a response that is not a whole list of tasks: as an empty
// list it would make a busy cluster idle. CCE omits what is empty, so a list
// without items must have the kind of one.
func (l *CCESnapshotTasks) Verify() error {
	const kind = "List"
	if err := objectKind(kind, l.Kind.String()); err != nil {
		return err
	}
	if !l.Items.Present() && l.Kind.String() != kind {
		return transport.Malformed("it has neither items nor the kind of a list")
	}
	if m := l.Metadata.Pointer(); m != nil && m.Continue.String() != "" {
		return transport.Malformed("its metadata.continue announces more tasks, but the API documents no further page")
	}
	return messageInsteadOf(len(l.Items.List), l)
}

// apply applies the filters.
func (q CCESnapshotQuery) apply(list *CCESnapshotTasks) {
	all, conflicts := distinct(list.Items.List)
	list.conflicts, list.byUID = conflicts, q.UID != ""
	for _, t := range all {
		if q.UID != "" && t.taskID() != q.UID {
			continue
		}
		text, at := t.creation()
		switch bounded := !q.CreatedAfter.IsZero(); {
		case bounded && at.IsZero():
			list.setUndated(t, text) // it may have been created after the bound
		case bounded && !at.After(q.CreatedAfter):
			continue
		}
		list.tasks = append(list.tasks, t)
	}
	if q.Latest {
		list.latestOf()
	}
}

// RecordID implements transport.Record.
func (t CCESnapshotTask) RecordID() string { return t.taskID() }

func (t CCESnapshotTask) taskID() string {
	if t.Metadata == nil {
		return ""
	}
	return t.Metadata.UID.String()
}

func (t CCESnapshotTask) operation() string { return "" }

func (t CCESnapshotTask) rawStatus() string {
	if t.Status == nil {
		return ""
	}
	return t.Status.Phase.String()
}

func (t CCESnapshotTask) creation() (string, time.Time) {
	if t.Metadata == nil {
		return "", time.Time{}
	}
	text := t.Metadata.CreationTimestamp.String()
	return text, ParseCCETime(text)
}

// State maps the task's phase.
func (t CCESnapshotTask) State(statuses task.StatusMap) task.State {
	return statuses.State(t.rawStatus())
}

// Observe folds the selected tasks into one state.
func (l CCESnapshotTasks) Observe(statuses task.StatusMap) task.Observation {
	o := l.observe(statuses, "phase", "creationTimestamp")
	if len(l.tasks) == 1 {
		if !l.byUID {
			o.Label = l.tasks[0].taskID()
		}
		if status := l.tasks[0].Status; status != nil {
			o.Percent = status.Progress.Percent()
		}
	}
	if o.State == task.Failed {
		o.Reason = l.reason(statuses)
	}
	return o
}

// reason names the failed tasks with the messages of their failed parts.
func (l CCESnapshotTasks) reason(statuses task.StatusMap) string {
	var failed []string
	for _, t := range l.tasks {
		if t.State(statuses) != task.Failed {
			continue
		}
		text := t.reason(statuses)
		if len(l.tasks) > 1 {
			text = strings.TrimSuffix("task "+t.taskID()+" "+t.rawStatus()+": "+text, ": ")
		}
		failed = append(failed, text)
	}
	return strings.Join(failed, "; ")
}

func (t CCESnapshotTask) reason(statuses task.StatusMap) string {
	spec := t.Spec.Pointer()
	if spec == nil {
		return ""
	}
	var failed []string
	for _, part := range spec.Items {
		if statuses.State(part.Status.String()) == task.Failed {
			failed = append(failed, strings.TrimSuffix(fmt.Sprintf("%s %s %s: %s", part.Type, part.ID, part.Status, part.Message), ": "))
		}
	}
	return strings.Join(failed, "; ")
}

// ParseCCETime parses the form of Go's time.String, in which only the numeric
// offset is reliable (CST names three zones), or RFC 3339. It returns zero for
// any other text, and for a time before the year 2000.
func ParseCCETime(text string) time.Time {
	if fields := strings.Fields(text); len(fields) >= 3 {
		text = strings.Join(fields[:3], " ")
	}
	return parseTime(text, "2006-01-02 15:04:05.999999999 -0700", time.RFC3339Nano)
}
