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

func dwsJob() Source {
	return Source{
		name: "dws_job",
		noun: "DWS job",
		description: "Job of Data Warehouse Service (DWS): an operation on a cluster that returned a `job_id`, " +
			"such as a start, a stop, a restore, or a scale-in. How long the service keeps a job is not documented.",
		service:  transport.DWS,
		api:      API{Operation: "ListJobDetails", Path: "/v1.0/{project_id}/job/{job_id}", IAMAction: "dws:service:listJobDetail"},
		statuses: client.DWSJobStatuses,
		progress: "progress",
		model:    func() model { return &dwsJobModel{} },
		attributes: map[string]schema.Attribute{
			"job_id":        requiredID("ID of the job."),
			"job_name":      computedText("Operation, for example `ecfClusterElbCreateJob`."),
			"begin_time":    computedText("Start time, without a time zone."),
			"end_time":      computedText("End time, without a time zone."),
			"status":        computedText("Status of the job: `INIT`, `WAITING`, `DELAY_SCHEDULED`, `RUNNING`, `SUCCESS`, `FAIL`, or `STOP`."),
			"failed_code":   computedText("Step that failed and its error code, for example `CreateELBTask-fail:DWS.0114`."),
			"failed_detail": computedText("Why the job failed."),
			"progress":      computedText("Progress with a percent sign, for example `9%`."),
		},
	}
}

type dwsJobModel struct {
	commonArguments
	result

	JobID        types.String `tfsdk:"job_id"`
	JobName      types.String `tfsdk:"job_name"`
	BeginTime    types.String `tfsdk:"begin_time"`
	EndTime      types.String `tfsdk:"end_time"`
	Status       types.String `tfsdk:"status"`
	FailedCode   types.String `tfsdk:"failed_code"`
	FailedDetail types.String `tfsdk:"failed_detail"`
	Progress     types.String `tfsdk:"progress"`
}

func (m *dwsJobModel) target() target {
	id := m.JobID.ValueString()
	return target{id: id, name: "DWS job " + id, argument: "job_id"}
}

func (m *dwsJobModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	job, err := r.project.DWSJob(ctx, m.JobID.ValueString())
	return job.Observe(r.statuses), func() { m.set(job) }, err
}

func (m *dwsJobModel) set(job client.DWSJob) {
	m.JobName = text(job.JobName)
	m.BeginTime = text(job.BeginTime)
	m.EndTime = text(job.EndTime)
	m.Status = text(job.Status)
	m.FailedCode = text(job.FailedCode)
	m.FailedDetail = text(job.FailedDetail)
	m.Progress = text(job.Progress)
}
