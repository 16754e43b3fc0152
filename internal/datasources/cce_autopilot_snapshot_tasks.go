// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// cceAutopilotSnapshotTasks is the source of CCE read at another place: its API
// has the same fields, and its clusters are backed up by the same tasks.
func cceAutopilotSnapshotTasks() Source {
	s := cceSnapshotTasks()
	s.name = "cce_autopilot_snapshot_tasks"
	s.noun = "CCE Autopilot snapshot task"
	s.description = "Backup tasks of a Cloud Container Engine (CCE) Autopilot cluster. " + whichSnapshot
	s.model = func() model { return &cceAutopilotSnapshotTasksModel{} }
	return s
}

type cceAutopilotSnapshotTasksModel struct{ cceSnapshotTasksModel }

func (m *cceAutopilotSnapshotTasksModel) subject() target {
	return m.named("CCE Autopilot snapshot task")
}

func (m *cceAutopilotSnapshotTasksModel) look(ctx context.Context, p client.Project, words task.StatusMap) (task.Observation, error) {
	list, err := p.CCEAutopilotSnapshotTasks(ctx, m.ClusterID.ValueString())
	return m.set(list, words), err
}
