// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// cceAutopilotJob is the source of CCE under another path, with the same fields.
// It is not documented what either path returns for a job of the other kind of
// cluster, so neither replaces the other.
func cceAutopilotJob() Source {
	s := cceJob()
	s.name = "cce_autopilot_job"
	s.noun = "CCE Autopilot job"
	s.description = "Job of Cloud Container Engine (CCE) Autopilot: an operation on an Autopilot cluster that returned a job ID. " + cceJobState
	s.api = API{Operation: "ShowAutopilotJob", Path: "/autopilot/v3/projects/{project_id}/jobs/{job_id}", IAMAction: "cce:job:get"}
	s.model = func() model { return &cceAutopilotJobModel{} }
	return s
}

type cceAutopilotJobModel struct{ cceJobModel }

func (m *cceAutopilotJobModel) target() target { return m.named("CCE Autopilot job") }

func (m *cceAutopilotJobModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	job, err := r.project.CCEAutopilotJob(ctx, m.JobID.ValueString())
	return job.Observe(r.statuses), func() { m.set(job) }, err
}
