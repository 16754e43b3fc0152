// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"strconv"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// DCSJob is a job of a project: an operation on a DCS instance that returned a
// job_id.
type DCSJob struct {
	transport.ErrorBody
	JobID      transport.StrictText `json:"job_id"`
	JobType    transport.Text       `json:"job_type"` // an open set, such as masterStandbySwapJob and backupDCSInstance
	Status     transport.StrictText `json:"status"`
	BeginTime  transport.Text       `json:"begin_time"` // milliseconds since 1970, as text
	EndTime    transport.Text       `json:"end_time"`   // the same
	FailReason transport.Text       `json:"fail_reason"`

	requested string
}

// DCSJobStatuses maps the status of a job.
// Source: ShowJobInfoResponseStatus in huaweicloud-sdk-go-v3; FAILED is the
// spelling of the other DCS APIs.
var DCSJobStatuses = task.StatusMap{
	"init":    task.Pending,
	"running": task.Running,
	"success": task.Succeeded,
	"fail":    task.Failed,
	"failed":  task.Failed,
}

// DCSJob reads a job. The path names no instance, so none can be missing.
//
// API: GET /v2/{project_id}/jobs/{job_id} (DCS, "Querying the Execution Result of a Job").
func (p Project) DCSJob(ctx context.Context, jobID string) (DCSJob, error) {
	job := DCSJob{requested: jobID}
	err := p.client.get(ctx, transport.Request{
		Service: transport.DCS, Region: p.Region, ProjectID: p.ID, IAMAction: "dcs:job:get",
		Path: transport.Path("/v2/%s/jobs/%s", p.ID, jobID),
	}, &job)
	if err != nil {
		return DCSJob{}, asNotFound(err, noSuchDCSTask)
	}
	return job, nil
}

// Verify implements transport.Verifier.
func (j *DCSJob) Verify() error { return identity("job_id", j.requested, j.JobID.String()) }

// Observe maps the job's status.
func (j DCSJob) Observe(statuses task.StatusMap) task.Observation {
	o := observeStatus("status", j.Status.String(), statuses)
	o.Label = j.JobType.String()
	if o.State == task.Failed {
		o.Reason = j.FailReason.String()
	}
	if o.State.Finished() {
		o.Duration = between(epochMillis(j.BeginTime), epochMillis(j.EndTime))
	}
	return o
}

func epochMillis(t transport.Text) time.Time {
	ms, err := strconv.ParseInt(t.String(), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}
