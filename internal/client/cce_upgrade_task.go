// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// CCEUpgradeTask is the upgrade of a CCE cluster. Its completionTime is set before
// the task has finished: only the phase decides.
type CCEUpgradeTask struct {
	transport.ErrorBody
	APIVersion transport.Text                         `json:"apiVersion"`
	Kind       transport.StrictText                   `json:"kind"`
	Metadata   transport.Object[CCEMetadata]          `json:"metadata"`
	Spec       transport.Object[CCEUpgradeTaskSpec]   `json:"spec"`
	Status     transport.Object[CCEUpgradeTaskStatus] `json:"status"`

	requested string
}

// CCEUpgradeTaskSpec has the versions before and after the upgrade.
type CCEUpgradeTaskSpec struct {
	Version       transport.Text `json:"version"`
	TargetVersion transport.Text `json:"targetVersion"`
	Items         transport.JSON `json:"items"` // results of the steps, in a form that is not documented
}

// CCEUpgradeTaskStatus is the status of an upgrade.
type CCEUpgradeTaskStatus struct {
	Phase          transport.StrictText `json:"phase"`
	Progress       transport.Text       `json:"progress"` // percent, as decimal text
	CompletionTime transport.Text       `json:"completionTime"`
}

// CCEUpgradeTaskStatuses maps the phase of an upgrade.
// Source: UpgradeTaskStatus in huaweicloud-sdk-go-v3.
var CCEUpgradeTaskStatuses = task.StatusMap{
	"init":    task.Pending,
	"queuing": task.Pending,
	"running": task.Running,
	"pause":   task.Running,
	"success": task.Succeeded,
	"failed":  task.Failed,
}

// CCEUpgradeTask reads the upgrade of a cluster.
//
// API: GET /api/v3/projects/{project_id}/clusters/{cluster_id}/operation/upgrade/tasks/{task_id}
// (CCE, "Querying the Details of a Cluster Upgrade Task").
func (p Project) CCEUpgradeTask(ctx context.Context, clusterID, taskID string) (CCEUpgradeTask, error) {
	return p.cceUpgradeTask(ctx, taskID, transport.Path("/api/v3/projects/%s/clusters/%s/operation/upgrade/tasks/%s", p.ID, clusterID, taskID))
}

// CCEAutopilotUpgradeTask reads the upgrade of an Autopilot cluster.
//
// API: GET /autopilot/v3/projects/{project_id}/clusters/{cluster_id}/operation/upgrade/tasks/{task_id}
// (CCE Autopilot, "Querying the Details of a Cluster Upgrade Task").
func (p Project) CCEAutopilotUpgradeTask(ctx context.Context, clusterID, taskID string) (CCEUpgradeTask, error) {
	return p.cceUpgradeTask(ctx, taskID, transport.Path("/autopilot/v3/projects/%s/clusters/%s/operation/upgrade/tasks/%s", p.ID, clusterID, taskID))
}

func (p Project) cceUpgradeTask(ctx context.Context, taskID, path string) (CCEUpgradeTask, error) {
	upgrade := CCEUpgradeTask{requested: taskID}
	err := p.client.get(ctx, transport.Request{
		Service: transport.CCE, Region: p.Region, ProjectID: p.ID, IAMAction: "cce:cluster:getCluster", Path: path,
	}, &upgrade)
	if err != nil {
		return CCEUpgradeTask{}, asNotFound(err, noSuchCCETask)
	}
	return upgrade, nil
}

// noSuchCCETask reports whether CCE says that a task does not exist. Its code is
// also that of a missing cluster, so the text must name the task.
func noSuchCCETask(e *transport.Error) bool { return isCCENotFound(e) && namesJob(e.Message) }

// Verify implements transport.Verifier.
func (u *CCEUpgradeTask) Verify() error {
	if err := objectKind("UpgradeTask", u.Kind.String()); err != nil {
		return err
	}
	return identity("metadata.uid", u.requested, uidOf(u.Metadata))
}

// Observe maps the upgrade's phase. A paused upgrade does not continue by itself.
func (u CCEUpgradeTask) Observe(statuses task.StatusMap) task.Observation {
	var o task.Observation
	if spec := u.Spec.Pointer(); spec != nil && spec.TargetVersion.String() != "" {
		o.Label = "to " + spec.TargetVersion.String()
	}
	if status := u.Status.Pointer(); status != nil {
		o.Status, o.Percent = status.Phase.String(), status.Progress.Percent()
	}
	o.State = statuses.State(o.Status)
	if o.State == task.Unknown {
		o.SetUnknown("phase", o.Status)
	}
	if task.Fold(o.Status) == "pause" && o.State == task.Running {
		o.Note = "paused until a person resumes it"
	}
	if m := u.Metadata.Pointer(); m != nil && o.State.Finished() {
		o.Duration = between(ParseCCETime(m.CreationTimestamp.String()), ParseCCETime(m.UpdateTimestamp.String()))
	}
	return o
}
