// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// cceAutopilotUpgradeTask is the source of CCE under another path, with the same
// fields.
func cceAutopilotUpgradeTask() Source {
	s := cceUpgradeTask()
	s.name = "cce_autopilot_upgrade_task"
	s.noun = "CCE Autopilot upgrade task"
	s.description = "Upgrade of a Cloud Container Engine (CCE) Autopilot cluster. " + cceUpgradeState
	s.api = API{Operation: "ShowAutopilotUpgradeClusterTask", Path: "/autopilot/v3/projects/{project_id}/clusters/{cluster_id}/operation/upgrade/tasks/{task_id}", IAMAction: "cce:cluster:getCluster"}
	s.model = func() model { return &cceAutopilotUpgradeTaskModel{} }
	return s
}

type cceAutopilotUpgradeTaskModel struct{ cceUpgradeTaskModel }

func (m *cceAutopilotUpgradeTaskModel) target() target { return m.named("CCE Autopilot upgrade task") }

func (m *cceAutopilotUpgradeTaskModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	upgrade, err := r.project.CCEAutopilotUpgradeTask(ctx, m.ClusterID.ValueString(), m.TaskID.ValueString())
	return m.observe(upgrade, r.statuses), func() { m.set(upgrade) }, err
}
