// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// CCEUpgradeTask is the upgrade of a CCE cluster. Its completionTime is set before
// the task has finished: only the phase decides.
type CCEUpgradeTask struct {
	transport.ErrorBody
	APIVersion transport.Text                       `json:"apiVersion"`
	Kind       transport.StrictText                 `json:"kind"`
	Metadata   transport.Object[CCEMetadata]        `json:"metadata"` // without the cluster's ID
	Spec       transport.Object[CCEUpgradeTaskSpec] `json:"spec"`
	Status     *CCEUpgradeTaskStatus                `json:"status"`

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

// CCEUpgradeTaskStatuses maps the phase of an upgrade. A paused one waits until it
// is resumed.
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
	return identity("metadata.uid", u.requested, u.Metadata.Pointer().uid())
}

// Observe maps the upgrade's phase. A paused upgrade does not continue by itself.
func (u CCEUpgradeTask) Observe(statuses task.StatusMap) task.Observation {
	var status CCEUpgradeTaskStatus
	if u.Status != nil {
		status = *u.Status
	}
	o := observeStatus("phase", status.Phase.String(), statuses)
	o.Percent = status.Progress.Percent()
	spec := u.Spec.Pointer()
	if spec != nil && spec.TargetVersion.String() != "" {
		o.Label = "to " + spec.TargetVersion.String()
	}
	switch {
	case o.State == task.Failed && spec != nil:
		o.Reason = failedItems(spec.Items.String(), statuses)
	case o.State == task.Running && task.Fold(o.Status) == "pause":
		o.Note = "paused until a person resumes it"
	}
	if o.State.Finished() {
		o.Duration = u.Metadata.Pointer().duration()
	}
	return o
}

// Bounds of the search for failed items.
const (
	maxItemDepth   = 8
	maxFailedItems = 10
)

// failedItems names the failed steps among the items, which is all that an upgrade
// returns about a failure. The form of the items is not documented: an object
// with a status or a phase counts as a step, and its name, its type, or the name
// of the field that holds it as that of the step.
func failedItems(items string, statuses task.StatusMap) string {
	var value any
	if json.Unmarshal([]byte(items), &value) != nil {
		return ""
	}
	var failed []string
	var walk func(name string, value any, depth int)
	walk = func(name string, value any, depth int) {
		if depth > maxItemDepth || len(failed) == maxFailedItems {
			return
		}
		switch value := value.(type) {
		case []any:
			for _, element := range value {
				walk(name, element, depth+1)
			}
		case map[string]any:
			name = firstText(value, name, "name", "type", "id")
			if status := firstText(value, "", "status", "phase"); statuses.State(status) == task.Failed {
				failed = append(failed, strings.Trim(name+" "+status+": "+firstText(value, "", "message", "reason"), " :"))
			}
			for _, key := range slices.Sorted(maps.Keys(value)) {
				inner := key
				if key == "status" || key == "items" {
					inner = name
				}
				walk(inner, value[key], depth+1)
			}
		}
	}
	walk("", value, 0)
	return strings.Join(failed, "; ")
}

// firstText returns the first of the fields that is a string and not empty.
func firstText(object map[string]any, otherwise string, fields ...string) string {
	for _, field := range fields {
		if text, _ := object[field].(string); text != "" {
			return transport.Clip(text)
		}
	}
	return otherwise
}
