// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// DWSJob is a job of a project: an operation on a DWS cluster that returned a
// job_id.
type DWSJob struct {
	transport.ErrorBody
	JobID        transport.StrictText `json:"job_id"`
	JobName      transport.Text       `json:"job_name"`   // an open set, such as ecfClusterElbCreateJob
	BeginTime    transport.Text       `json:"begin_time"` // without a zone
	EndTime      transport.Text       `json:"end_time"`
	Status       transport.StrictText `json:"status"`
	FailedCode   transport.Text       `json:"failed_code"` // "<step>-fail:<code>"
	FailedDetail transport.Text       `json:"failed_detail"`
	Progress     transport.Text       `json:"progress"` // "9%"

	requested string
}

// DWSJobStatuses maps the status of a job. A job that was stopped has not done
// what was requested.
// Source: ListJobDetailsResponse in huaweicloud-sdk-go-v3.
var DWSJobStatuses = task.StatusMap{
	"init":            task.Pending,
	"waiting":         task.Pending,
	"delay_scheduled": task.Pending,
	"running":         task.Running,
	"success":         task.Succeeded,
	"fail":            task.Failed,
	"stop":            task.Failed,
}

// DWSJob reads a job. No code for a missing job is documented, so one of DWS
// under 404 that names nothing else is taken for it.
//
// API: GET /v1.0/{project_id}/job/{job_id} (DWS, "Querying Job Details").
func (p Project) DWSJob(ctx context.Context, jobID string) (DWSJob, error) {
	job := DWSJob{requested: jobID}
	err := p.client.get(ctx, transport.Request{
		Service: transport.DWS, Region: p.Region, ProjectID: p.ID, IAMAction: "dws:service:listJobDetail",
		Path: transport.Path("/v1.0/%s/job/%s", p.ID, jobID),
	}, &job)
	if err != nil {
		return DWSJob{}, asNotFound(err, noSuchDWSTask)
	}
	return job, nil
}

// Verify implements transport.Verifier.
func (j *DWSJob) Verify() error { return identity("job_id", j.requested, j.JobID.String()) }

// Observe maps the job's status.
func (j DWSJob) Observe(statuses task.StatusMap) task.Observation {
	status := j.Status.String()
	o := task.Observation{Label: j.JobName.String(), Status: status, State: statuses.State(status), Percent: j.Progress.Percent()}
	switch o.State {
	case task.Unknown:
		o.SetUnknown("status", status)
	case task.Failed:
		o.Reason = strings.Trim(j.FailedCode.String()+": "+j.FailedDetail.String(), ": ")
	}
	if o.State.Finished() {
		const layout = "2006-01-02T15:04:05"
		o.Duration = between(parseTime(j.BeginTime.String(), layout), parseTime(j.EndTime.String(), layout))
	}
	return o
}
