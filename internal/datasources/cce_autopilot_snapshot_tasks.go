// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// cceAutopilotSnapshotTasks is the source of CCE under another path: its API has
// the same fields, and its clusters are backed up by the same tasks.
func cceAutopilotSnapshotTasks() Source {
	s := cceSnapshotTasks()
	s.name = "cce_autopilot_snapshot_tasks"
	s.noun = "CCE Autopilot snapshot task"
	s.description = "Backup tasks of a Cloud Container Engine (CCE) Autopilot cluster. " + cceListState
	s.api = API{Operation: "ListAutopilotClusterMasterSnapshotTasks", Path: "/autopilot/v3.1/projects/{project_id}/clusters/{cluster_id}/operation/snapshot/tasks", IAMAction: "cce:cluster:getCluster"}
	s.model = func() model { return &cceAutopilotSnapshotTasksModel{} }
	return s
}

type cceAutopilotSnapshotTasksModel struct{ cceSnapshotTasksModel }

func (m *cceAutopilotSnapshotTasksModel) target() target {
	return m.named("CCE Autopilot snapshot task")
}

func (m *cceAutopilotSnapshotTasksModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	list, err := r.project.CCEAutopilotSnapshotTasks(ctx, m.query())
	return list.Observe(r.statuses), func() { m.set(list, r.statuses) }, err
}
