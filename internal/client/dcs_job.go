// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// DCSJob is a job of a project: an operation on a DCS instance that answered
// with a job_id.
type DCSJob struct {
	transport.ErrorBody
	JobID      transport.Text `json:"job_id"`
	JobType    transport.Text `json:"job_type"` // an open set: masterStandbySwapJob, backupDCSInstance …
	Status     transport.Text `json:"status"`
	BeginTime  transport.Text `json:"begin_time"` // milliseconds since 1970, as text
	EndTime    transport.Text `json:"end_time"`   // the same
	FailReason transport.Text `json:"fail_reason"`
}

// DCSJobWords classifies the status of a job.
// Source: ShowJobInfoResponseStatus in huaweicloud-sdk-go-v3; FAILED is the
// spelling of the neighbouring APIs.
var DCSJobStatuses = task.StatusMap{
	"init":    task.Pending,
	"running": task.Running,
	"success": task.Succeeded,
	"fail":    task.Failed,
	"failed":  task.Failed,
}

// DCSJob reads a job. A 404 with a code of DCS means NotFound: the path names
// no instance that could be missing instead.
//
// API: GET /v2/{project_id}/jobs/{job_id} (DCS, "Querying the Execution Result of a Job").
func (p Project) DCSJob(ctx context.Context, jobID string) (DCSJob, error) {
	var job DCSJob
	err := p.client.get(ctx, transport.Request{
		Service: transport.DCS, Region: p.Region, ProjectID: p.ID, IAMAction: "dcs:job:get",
		Path: transport.Path("/v2/%s/jobs/%s", p.ID, jobID),
	}, &job)
	if err != nil {
		return DCSJob{}, dcsNotFound(err)
	}
	return job, nil
}

// Observe judges the job by its status alone.
func (j DCSJob) Observe(words task.StatusMap) task.Observation {
	o := task.Observation{Label: j.JobType.String(), State: words.State(j.Status.String())}
	switch o.State {
	case task.Unknown:
		o.SetUnknown("status", j.Status.String())
	case task.Failed:
		o.Reason = j.FailReason.String()
	}
	if o.State.Finished() {
		o.Duration = between(epochMillis(j.BeginTime), epochMillis(j.EndTime))
	}
	return o
}

var dcsCode = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(DCS\..+|111\d{6})$`) })

// dcsNotFound turns a refusal into NotFound if DCS itself says, by a 404 with
// one of its codes, that there is no such thing. A 404 without one comes from
// the gateway or a proxy and says nothing about the task. The codes of exceptions
// name something else that is missing.
func dcsNotFound(err error, exceptions ...string) error {
	return asNotFound(err, func(e *transport.Error) bool {
		return e.Status == http.StatusNotFound && dcsCode().MatchString(e.Code) && !slices.Contains(exceptions, e.Code)
	})
}

// asNotFound turns a refusal into NotFound where the condition holds.
func asNotFound(err error, holds func(*transport.Error) bool) error {
	if e, ok := err.(*transport.Error); ok && e.Kind == transport.KindStatus && holds(e) { //nolint:errorlint // get returns it unwrapped, or joined with an end of the context
		e.Kind = transport.KindNotFound
	}
	return err
}

func epochMillis(t transport.Text) time.Time {
	ms, err := strconv.ParseInt(t.String(), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// between returns the time from begin to end, 0 where either is not known.
func between(begin, end time.Time) time.Duration {
	if begin.IsZero() || end.IsZero() {
		return 0
	}
	return max(end.Sub(begin), 0)
}
