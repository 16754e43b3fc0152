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

// cceJobState ends the description of a job.
const cceJobState = "The status of the job itself is authoritative; the reason of a failure is that of the deepest failed sub-job. " +
	"The service keeps a job for a limited time, and a user can delete it, so a missing job proves nothing."

func cceJob() Source {
	return Source{
		name: "cce_job",
		noun: "CCE job",
		description: "Job of Cloud Container Engine (CCE): an operation on a cluster, a node pool, or a node that returned a job ID. " +
			cceJobState,
		service:  transport.CCE,
		api:      API{Operation: "ShowJob", Path: "/api/v3/projects/{project_id}/jobs/{job_id}", IAMAction: "cce:job:get"},
		statuses: client.CCEJobStatuses,
		model:    func() model { return &cceJobModel{} },
		attributes: map[string]schema.Attribute{
			"job_id":      requiredID("ID of the job."),
			"api_version": computedText("Version of the API."),
			"kind":        computedText("Kind of the response, `Job`."),
			"metadata":    cceMetadataAttribute("Metadata of the job."),
			"spec":        cceJobSpecAttribute(),
			"status": computedObject("Status of the job.", map[string]schema.Attribute{
				"phase":  computedText("Status of the job: `Initializing`, `Running`, `Success`, or `Failed`."),
				"reason": computedText("Why the job failed. The reason of a sub-job is more specific."),
			}),
		},
	}
}

// cceJobSpecAttribute has three levels, as deep as jobs have been seen: the API
// documents no limit, and a schema cannot be recursive.
func cceJobSpecAttribute() schema.Attribute {
	levels := func(subJobs schema.Attribute) map[string]schema.Attribute {
		spec := map[string]schema.Attribute{
			"type":          computedText("Operation, for example `CreateNode`."),
			"cluster_uid":   computedText("ID of the cluster."),
			"resource_id":   computedText("ID of what the operation is about."),
			"resource_name": computedText("Name of what the operation is about."),
		}
		if subJobs != nil {
			spec["sub_jobs"] = subJobs
		}
		return spec
	}
	subJobs := func(description string, spec map[string]schema.Attribute) schema.Attribute {
		return computedList(description, map[string]schema.Attribute{
			"kind":     computedText("Kind of the item, `Job`."),
			"metadata": cceMetadataAttribute("Metadata of the sub-job. Its ID can be read as a job, too."),
			"spec":     computedObject("Operation of the sub-job.", spec),
			"status": computedObject("Status of the sub-job. Null for one that only groups others.", map[string]schema.Attribute{
				"phase":  computedText("Status of the sub-job, with the same values as that of the job."),
				"reason": computedText("Why the sub-job failed."),
			}),
		})
	}
	inner := subJobs("Sub-jobs of the sub-job. Further levels are not shown.", levels(nil))
	spec := levels(subJobs("Sub-jobs.", levels(inner)))
	spec["extend_param"] = schema.MapAttribute{MarkdownDescription: "Further parameters.", Computed: true, ElementType: types.StringType}
	return computedObject("Operation.", spec)
}

type cceJobModel struct {
	commonArguments
	result

	JobID      types.String       `tfsdk:"job_id"`
	APIVersion types.String       `tfsdk:"api_version"`
	Kind       types.String       `tfsdk:"kind"`
	Metadata   *cceMetadataModel  `tfsdk:"metadata"`
	Spec       *cceJobSpecModel   `tfsdk:"spec"`
	Status     *cceJobStatusModel `tfsdk:"status"`
}

// cceOperationModel is what the specs of all levels have.
type cceOperationModel struct {
	Type         types.String `tfsdk:"type"`
	ClusterUID   types.String `tfsdk:"cluster_uid"`
	ResourceID   types.String `tfsdk:"resource_id"`
	ResourceName types.String `tfsdk:"resource_name"`
}

type cceJobSpecModel struct {
	cceOperationModel

	ExtendParam map[string]types.String              `tfsdk:"extend_param"`
	SubJobs     []cceSubJobModel[cceSubJobSpecModel] `tfsdk:"sub_jobs"`
}

type cceSubJobSpecModel struct {
	cceOperationModel

	SubJobs []cceSubJobModel[cceOperationModel] `tfsdk:"sub_jobs"`
}

type cceSubJobModel[S any] struct {
	Kind     types.String       `tfsdk:"kind"`
	Metadata *cceMetadataModel  `tfsdk:"metadata"`
	Spec     *S                 `tfsdk:"spec"`
	Status   *cceJobStatusModel `tfsdk:"status"`
}

type cceJobStatusModel struct {
	Phase  types.String `tfsdk:"phase"`
	Reason types.String `tfsdk:"reason"`
}

func (m *cceJobModel) target() target { return m.named("CCE job") }

// named is the target with the noun of its source.
func (m *cceJobModel) named(noun string) target {
	id := m.JobID.ValueString()
	return target{id: id, name: noun + " " + id, argument: "job_id"}
}

func (m *cceJobModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	job, err := r.project.CCEJob(ctx, m.JobID.ValueString())
	return job.Observe(r.statuses), func() { m.set(job) }, err
}

func (m *cceJobModel) set(job client.CCEJob) {
	m.APIVersion = text(job.APIVersion)
	m.Kind = text(job.Kind)
	m.Metadata = mapObject(job.Metadata.Pointer(), newCCEMetadataModel)
	m.Spec = mapObject(job.Spec.Pointer(), newCCEJobSpecModel)
	m.Status = mapObject(job.Status, func(s client.CCEJobStatus) cceJobStatusModel {
		return cceJobStatusModel{Phase: text(s.Phase), Reason: text(s.Reason)}
	})
}

func newCCEJobSpecModel(s client.CCEJobSpec) cceJobSpecModel {
	m := cceJobSpecModel{
		cceOperationModel: newCCEOperationModel(s),
		SubJobs: mapList(s.SubJobs, func(sub client.CCESubJob) cceSubJobModel[cceSubJobSpecModel] {
			return newCCESubJobModel(sub, newCCESubJobSpecModel)
		}),
	}
	if params := s.ExtendParam.Pointer(); params != nil {
		m.ExtendParam = make(map[string]types.String, len(*params))
		for name, value := range *params {
			m.ExtendParam[name] = text(value)
		}
	}
	return m
}

func newCCESubJobSpecModel(s client.CCEJobSpec) cceSubJobSpecModel {
	return cceSubJobSpecModel{
		cceOperationModel: newCCEOperationModel(s),
		SubJobs: mapList(s.SubJobs, func(sub client.CCESubJob) cceSubJobModel[cceOperationModel] {
			return newCCESubJobModel(sub, newCCEOperationModel)
		}),
	}
}

func newCCEOperationModel(s client.CCEJobSpec) cceOperationModel {
	return cceOperationModel{Type: text(s.Type), ClusterUID: text(s.ClusterUID), ResourceID: text(s.ResourceID), ResourceName: text(s.ResourceName)}
}

func newCCESubJobModel[S any](sub client.CCESubJob, spec func(client.CCEJobSpec) S) cceSubJobModel[S] {
	return cceSubJobModel[S]{
		Kind:     text(sub.Kind),
		Metadata: mapObject(sub.Metadata.Pointer(), newCCEMetadataModel),
		Spec:     mapObject(sub.Spec.Pointer(), spec),
		Status: mapObject(sub.Status.Pointer(), func(s client.CCESubJobStatus) cceJobStatusModel {
			return cceJobStatusModel{Phase: text(s.Phase), Reason: text(s.Reason)}
		}),
	}
}
