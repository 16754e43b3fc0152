// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"fmt"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// CCEJob is a job of a project: an operation on a CCE cluster, a node pool, or a
// node that returned a job ID. It finishes after all its sub-jobs, so its own
// phase decides.
type CCEJob struct {
	transport.ErrorBody
	Kind       transport.StrictText          `json:"kind"`
	APIVersion transport.Text                `json:"apiVersion"`
	Metadata   transport.Object[CCEMetadata] `json:"metadata"`
	Spec       transport.Object[CCEJobSpec]  `json:"spec"`
	Status     *CCEJobStatus                 `json:"status"`

	requested string
}

// CCEJobStatus is the status of a job.
type CCEJobStatus struct {
	Phase  transport.StrictText `json:"phase"`
	Reason transport.Text       `json:"reason"`
}

// CCEJobSpec is what a job or a sub-job does.
type CCEJobSpec struct {
	Type         transport.Text                              `json:"type"` // an open set, such as CreateCluster
	ClusterUID   transport.Text                              `json:"clusterUID"`
	ResourceID   transport.Text                              `json:"resourceID"`
	ResourceName transport.Text                              `json:"resourceName"`
	ExtendParam  transport.Object[map[string]transport.Text] `json:"extendParam"`
	SubJobs      transport.List[CCESubJob]                   `json:"subJobs"` // three levels were seen; no limit is documented
}

// CCESubJob is a part of a job, and may have parts itself. It only explains the
// job: in the documents' example, its cluster and times do not even match.
type CCESubJob struct {
	Kind     transport.Text                    `json:"kind"`
	Metadata transport.Object[CCEMetadata]     `json:"metadata"` // its ID can be read as a job, too
	Spec     transport.Object[CCEJobSpec]      `json:"spec"`
	Status   transport.Object[CCESubJobStatus] `json:"status"` // absent in a sub-job that only groups others
}

// CCESubJobStatus is the status of a sub-job.
type CCESubJobStatus struct {
	Phase  transport.Text `json:"phase"`
	Reason transport.Text `json:"reason"`
}

// CCEJobStatuses maps the phase of a job.
// Source: JobStatus in huaweicloud-sdk-go-v3.
var CCEJobStatuses = task.StatusMap{
	"initializing": task.Pending,
	"running":      task.Running,
	"success":      task.Succeeded,
	"failed":       task.Failed,
}

// CCEJob reads a job.
//
// API: GET /api/v3/projects/{project_id}/jobs/{job_id} (CCE, "Querying Job Details").
func (p Project) CCEJob(ctx context.Context, jobID string) (CCEJob, error) {
	return p.cceJob(ctx, jobID, transport.Path("/api/v3/projects/%s/jobs/%s", p.ID, jobID))
}

// CCEAutopilotJob reads a job of an Autopilot cluster. It is not documented what
// either path returns for a job of the other kind.
//
// API: GET /autopilot/v3/projects/{project_id}/jobs/{job_id} (CCE Autopilot,
// "Querying Job Details").
func (p Project) CCEAutopilotJob(ctx context.Context, jobID string) (CCEJob, error) {
	return p.cceJob(ctx, jobID, transport.Path("/autopilot/v3/projects/%s/jobs/%s", p.ID, jobID))
}

func (p Project) cceJob(ctx context.Context, jobID, path string) (CCEJob, error) {
	job := CCEJob{requested: jobID}
	err := p.client.get(ctx, transport.Request{
		Service: transport.CCE, Region: p.Region, ProjectID: p.ID, IAMAction: "cce:job:get", Path: path,
	}, &job)
	if err != nil {
		return CCEJob{}, asNotFound(err, isCCENotFound)
	}
	return job, nil
}

// Verify implements transport.Verifier.
func (j *CCEJob) Verify() error {
	if err := objectKind("Job", j.Kind.String()); err != nil {
		return err
	}
	return identity("metadata.uid", j.requested, j.Metadata.Pointer().uid())
}

// objectKind checks the kind of an object, which need not be sent.
func objectKind(documented, returned string) error {
	if returned != "" && returned != documented {
		return transport.Malformed(fmt.Sprintf("its kind is %q, not %q", returned, documented))
	}
	return nil
}

func (m *CCEMetadata) uid() string {
	if m == nil {
		return ""
	}
	return m.UID.String()
}

// duration is the time from the creation to the last change.
func (m *CCEMetadata) duration() time.Duration {
	if m == nil {
		return 0
	}
	return between(ParseCCETime(m.CreationTimestamp.String()), ParseCCETime(m.UpdateTimestamp.String()))
}

// Observe maps the job's phase. The reason of a failure is that of the deepest
// failed sub-job, which is the most specific one.
func (j CCEJob) Observe(statuses task.StatusMap) task.Observation {
	var status CCEJobStatus
	if j.Status != nil {
		status = *j.Status
	}
	o := observeStatus("phase", status.Phase.String(), statuses)
	spec := j.Spec.Pointer()
	if spec != nil {
		o.Label = spec.Type.String()
	}
	if o.State == task.Failed {
		if _, o.Reason = spec.failure(statuses, 1); o.Reason == "" {
			o.Reason = status.Reason.String()
		}
	}
	if o.State.Finished() {
		o.Duration = j.Metadata.Pointer().duration()
	}
	return o
}

// maxSubJobDepth bounds the recursion into sub-jobs.
const maxSubJobDepth = 16

// failure returns the reason of the deepest failed sub-job, and its depth. A
// sub-job without a status of its own can have failed ones.
func (s *CCEJobSpec) failure(statuses task.StatusMap, depth int) (deepest int, reason string) {
	if s == nil || depth > maxSubJobDepth {
		return 0, ""
	}
	for _, sub := range s.SubJobs {
		d, text := sub.Spec.Pointer().failure(statuses, depth+1)
		if status := sub.Status.Pointer(); text == "" && status != nil && statuses.State(status.Phase.String()) == task.Failed {
			d, text = depth, status.Reason.String()
		}
		if text != "" && d > deepest {
			deepest, reason = d, text
		}
	}
	return deepest, reason
}
