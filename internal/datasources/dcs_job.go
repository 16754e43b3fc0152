// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func dcsJob() Source {
	return Source{
		name: "dcs_job",
		noun: "DCS job",
		description: "Job of Distributed Cache Service (DCS): an operation on an instance that returned a `job_id`, " +
			"such as a master/standby switchover or a change of its parameters.",
		service:  transport.DCS,
		api:      API{Operation: "ShowJobInfo", Path: "/v2/{project_id}/jobs/{job_id}", IAMAction: "dcs:job:get"},
		statuses: client.DCSJobStatuses,
		model:    func() model { return &dcsJobModel{} },
		attributes: map[string]schema.Attribute{
			"job_id":      requiredID("ID of the job."),
			"job_type":    computedText("Operation, for example `masterStandbySwapJob`."),
			"status":      computedText("Status of the job: `INIT`, `RUNNING`, `SUCCESS`, or `FAIL`."),
			"begin_time":  computedText("Start time in milliseconds since 1970-01-01 UTC, as text."),
			"end_time":    computedText("End time in milliseconds since 1970-01-01 UTC, as text."),
			"fail_reason": computedText("Why the job failed. Null if it did not."),
		},
	}
}

type dcsJobModel struct {
	commonArguments
	result

	JobID      types.String `tfsdk:"job_id"`
	JobType    types.String `tfsdk:"job_type"`
	Status     types.String `tfsdk:"status"`
	BeginTime  types.String `tfsdk:"begin_time"`
	EndTime    types.String `tfsdk:"end_time"`
	FailReason types.String `tfsdk:"fail_reason"`
}

func (m *dcsJobModel) target() target {
	id := m.JobID.ValueString()
	return target{id: id, name: "DCS job " + id, argument: "job_id"}
}

func (m *dcsJobModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	job, err := r.project.DCSJob(ctx, m.JobID.ValueString())
	return job.Observe(r.statuses), func() { m.set(job) }, err
}

func (m *dcsJobModel) set(job client.DCSJob) {
	m.JobType = text(job.JobType)
	m.Status = text(job.Status)
	m.BeginTime = text(job.BeginTime)
	m.EndTime = text(job.EndTime)
	m.FailReason = text(job.FailReason)
}
