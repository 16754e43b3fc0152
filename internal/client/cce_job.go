// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"fmt"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// CCEJob is a job of a project: an operation on a CCE cluster, a node pool, or a
// node that returned a job ID. It finishes after all its sub-jobs, so its own
// phase decides.
type CCEJob struct {
	transport.ErrorBody
	Kind       transport.StrictText `json:"kind"`
	APIVersion transport.Text       `json:"apiVersion"`
	CCEJobFields

	requested string
}

// CCEJobFields are the fields of a job and of a sub-job.
type CCEJobFields struct {
	Metadata transport.Object[CCEMetadata]  `json:"metadata"`
	Spec     transport.Object[CCEJobSpec]   `json:"spec"`
	Status   transport.Object[CCEJobStatus] `json:"status"` // absent in a sub-job that only groups others
}

// CCEJobSpec is what a job does.
type CCEJobSpec struct {
	Type         transport.Text                              `json:"type"` // an open set, such as CreateCluster
	ClusterUID   transport.Text                              `json:"clusterUID"`
	ResourceID   transport.Text                              `json:"resourceID"`
	ResourceName transport.Text                              `json:"resourceName"`
	ExtendParam  transport.Object[map[string]transport.Text] `json:"extendParam"`
	SubJobs      transport.List[CCESubJob]                   `json:"subJobs"` // three levels were seen; no limit is documented
}

// CCESubJob is a part of a job, and may have parts itself.
type CCESubJob struct {
	Kind transport.Text `json:"kind"`
	CCEJobFields
}

// CCEJobStatus is the status of a job.
type CCEJobStatus struct {
	Phase  transport.StrictText `json:"phase"`
	Reason transport.Text       `json:"reason"`
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
	return identity("metadata.uid", j.requested, uidOf(j.Metadata))
}

// objectKind checks the kind of an object, which need not be sent.
func objectKind(documented, returned string) error {
	if returned != "" && returned != documented {
		return transport.Malformed(fmt.Sprintf("its kind is %q, not %q", returned, documented))
	}
	return nil
}

func uidOf(metadata transport.Object[CCEMetadata]) string {
	if m := metadata.Pointer(); m != nil {
		return m.UID.String()
	}
	return ""
}

// Observe maps the job's phase. The reason of a failure is that of the deepest
// failed sub-job, which is the most specific one.
func (j CCEJob) Observe(statuses task.StatusMap) task.Observation {
	var o task.Observation
	if spec := j.Spec.Pointer(); spec != nil {
		o.Label = spec.Type.String()
	}
	o.Status = j.phase()
	o.State = statuses.State(o.Status)
	switch o.State {
	case task.Unknown:
		o.SetUnknown("phase", o.Status)
	case task.Failed:
		_, o.Reason = j.reason(statuses, 0)
	}
	if m := j.Metadata.Pointer(); m != nil && o.State.Finished() {
		o.Duration = between(ParseCCETime(m.CreationTimestamp.String()), ParseCCETime(m.UpdateTimestamp.String()))
	}
	return o
}

func (j CCEJobFields) phase() string {
	if status := j.Status.Pointer(); status != nil {
		return status.Phase.String()
	}
	return ""
}

// maxSubJobDepth bounds the recursion into sub-jobs.
const maxSubJobDepth = 16

// reason returns the reason of the deepest failed job, and its depth.
func (j CCEJobFields) reason(statuses task.StatusMap, depth int) (deepest int, reason string) {
	deepest = -1
	if status := j.Status.Pointer(); status != nil && statuses.State(j.phase()) == task.Failed && status.Reason.String() != "" {
		deepest, reason = depth, status.Reason.String()
	}
	spec := j.Spec.Pointer()
	if spec == nil || depth == maxSubJobDepth {
		return deepest, reason
	}
	for _, sub := range spec.SubJobs {
		if d, text := sub.reason(statuses, depth+1); d > deepest {
			deepest, reason = d, text
			if s := sub.Spec.Pointer(); d == depth+1 && s != nil && s.Type.String() != "" {
				reason = s.Type.String() + ": " + text
			}
		}
	}
	return deepest, reason
}
