// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// cceUpgradeState ends the description of an upgrade.
const cceUpgradeState = "A paused upgrade is `running`, and the summary says that it is paused: it continues only after a person resumes it. " +
	"Huawei Cloud offers this API on request only."

func cceUpgradeTask() Source {
	return Source{
		name:        "cce_upgrade_task",
		noun:        "CCE upgrade task",
		description: "Upgrade of a Cloud Container Engine (CCE) cluster. " + cceUpgradeState,
		service:     transport.CCE,
		api:         API{Operation: "ShowUpgradeClusterTask", Path: "/api/v3/projects/{project_id}/clusters/{cluster_id}/operation/upgrade/tasks/{task_id}", IAMAction: "cce:cluster:getCluster"},
		statuses:    client.CCEUpgradeTaskStatuses,
		progress:    "status.progress",
		model:       func() model { return &cceUpgradeTaskModel{} },
		attributes: map[string]schema.Attribute{
			"cluster_id":  requiredID("ID of the cluster."),
			"task_id":     requiredID("ID of the upgrade task: `metadata.uid` in the response of the call that starts an upgrade."),
			"api_version": computedText("Version of the API."),
			"kind":        computedText("Kind of the response, `UpgradeTask`."),
			"metadata":    cceMetadataAttribute("Metadata of the task."),
			"spec": computedObject("Versions and steps.", map[string]schema.Attribute{
				"version":        computedText("Version before the upgrade."),
				"target_version": computedText("Version after the upgrade."),
				"items":          computedText("Steps of the upgrade as JSON text, since the API does not document their form; refer to `jsondecode`."),
			}),
			"status": computedObject("Status of the task.", map[string]schema.Attribute{
				"phase":           computedText("Status of the task: `Init`, `Queuing`, `Running`, `Pause`, `Success`, or `Failed`."),
				"progress":        computedText("Progress in percent, as text."),
				"completion_time": computedText("Completion time, in the form that the service returns. Also set before the task has finished."),
			}),
		},
	}
}

type cceUpgradeTaskModel struct {
	commonArguments
	result

	ClusterID  types.String               `tfsdk:"cluster_id"`
	TaskID     types.String               `tfsdk:"task_id"`
	APIVersion types.String               `tfsdk:"api_version"`
	Kind       types.String               `tfsdk:"kind"`
	Metadata   *cceMetadataModel          `tfsdk:"metadata"`
	Spec       *cceUpgradeTaskSpecModel   `tfsdk:"spec"`
	Status     *cceUpgradeTaskStatusModel `tfsdk:"status"`
}

type cceUpgradeTaskSpecModel struct {
	Version       types.String `tfsdk:"version"`
	TargetVersion types.String `tfsdk:"target_version"`
	Items         types.String `tfsdk:"items"`
}

type cceUpgradeTaskStatusModel struct {
	Phase          types.String `tfsdk:"phase"`
	Progress       types.String `tfsdk:"progress"`
	CompletionTime types.String `tfsdk:"completion_time"`
}

func (m *cceUpgradeTaskModel) target() target { return m.named("CCE upgrade task") }

// named is the target with the noun of its source.
func (m *cceUpgradeTaskModel) named(noun string) target {
	cluster, id := m.ClusterID.ValueString(), m.TaskID.ValueString()
	return target{id: cluster + "/" + id, name: noun + " " + id + " of cluster " + cluster, argument: "task_id"}
}

func (m *cceUpgradeTaskModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	upgrade, err := r.project.CCEUpgradeTask(ctx, m.ClusterID.ValueString(), m.TaskID.ValueString())
	return m.observe(upgrade, r.statuses), func() { m.set(upgrade) }, err
}

func (*cceUpgradeTaskModel) observe(upgrade client.CCEUpgradeTask, statuses task.StatusMap) task.Observation {
	o := upgrade.Observe(statuses)
	if o.Note != "" {
		o.Hint = diagnostics.HintPaused
	}
	return o
}

func (m *cceUpgradeTaskModel) set(upgrade client.CCEUpgradeTask) {
	m.APIVersion = text(upgrade.APIVersion)
	m.Kind = text(upgrade.Kind)
	m.Metadata = mapObject(upgrade.Metadata.Pointer(), newCCEMetadataModel)
	m.Spec = mapObject(upgrade.Spec.Pointer(), func(s client.CCEUpgradeTaskSpec) cceUpgradeTaskSpecModel {
		return cceUpgradeTaskSpecModel{Version: text(s.Version), TargetVersion: text(s.TargetVersion), Items: text(s.Items)}
	})
	m.Status = mapObject(upgrade.Status, func(s client.CCEUpgradeTaskStatus) cceUpgradeTaskStatusModel {
		return cceUpgradeTaskStatusModel{Phase: text(s.Phase), Progress: text(s.Progress), CompletionTime: text(s.CompletionTime)}
	})
}
