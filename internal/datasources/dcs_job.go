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
		description: "Job of Distributed Cache Service (DCS): an operation on an instance that answered with a `job_id`, " +
			"such as a master/standby switchover or a change of its parameters.",
		service: transport.DCS,
		statuses:   client.DCSJobStatuses,
		model:   func() model { return &dcsJobModel{} },
		attributes: map[string]schema.Attribute{
			"job_id":      requiredID("Id of the job."),
			"job_type":    computedText("What the job does, for example `masterStandbySwapJob`."),
			"status":      computedText("Status word of the job: `INIT`, `RUNNING`, `SUCCESS` or `FAIL`."),
			"begin_time":  computedText("When the job began, in milliseconds since 1970-01-01 UTC, as text."),
			"end_time":    computedText("When the job ended, in milliseconds since 1970-01-01 UTC, as text."),
			"fail_reason": computedText("Why the job failed; null if it did not."),
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

func (m *dcsJobModel) subject() target {
	id := m.JobID.ValueString()
	return target{id: id, name: "DCS job " + id}
}

func (m *dcsJobModel) look(ctx context.Context, p client.Project, words task.StatusMap) (task.Observation, error) {
	job, err := p.DCSJob(ctx, m.JobID.ValueString())
	m.JobType = text(job.JobType)
	m.Status = text(job.Status)
	m.BeginTime = text(job.BeginTime)
	m.EndTime = text(job.EndTime)
	m.FailReason = text(job.FailReason)
	return job.Observe(words), err
}
