// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// noSuchCCETask are the responses of CCE that mean that there is no such task,
// since their text names it.
func noSuchCCETask() []fakecloud.Response {
	return []fakecloud.Response{
		{Status: http.StatusNotFound, Body: `{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":404,"errorCode":"CCE.01404001","errorMessage":"Resource not found.",` +
			`"error_code":"CCE_CM.0003","error_msg":"Resource not found","message":"The reason: the task does not exist","reason":"NotFound"}`},
		{Status: http.StatusNotFound, Body: `{"error_code":"CCE_CM.0003","error_msg":"The reason: no such task"}`},
	}
}

func cceJob() Source { return jobOf("cce_job", "CCE job", "/api") }

func cceAutopilotJob() Source { return jobOf("cce_autopilot_job", "CCE Autopilot job", "/autopilot") }

// jobOf is the same API in two places.
func jobOf(source, noun, base string) Source {
	const id = fakecloud.ExampleCCEJobID
	return Source{
		Name: source, Noun: noun, Service: "cce", Shape: Single,
		API:  base + "/v3/projects/{project_id}/jobs/{job_id}",
		Args: Args{"job_id": id},
		ID:   id,

		Statuses: map[string][]string{"pending": {"Initializing"}, "running": {"Running"}, "succeeded": {"Success"}, "failed": {"Failed"}},
		Body: func(status string) string {
			return fmt.Sprintf(`{"kind":"Job","metadata":{"uid":%q},"spec":{"subJobs":[{"status":{"phase":"Failed","reason":"disk full"}}]},"status":{"phase":%q,"reason":"a node failed"}}`, id, status)
		},
		Reason: "disk full",
		// The path names no cluster, so the text need not name the job.
		Missing: append(noSuchCCETask(), Refused(http.StatusNotFound, "CCE.01404001"), Refused(http.StatusNotFound, "CCE_CM.0003")),

		Members: slices.Concat(
			[]string{"string: kind apiVersion"}, jobMembers("", true), []string{"object: spec.extendParam"},
			jobMembers("spec.subJobs[].", true), []string{"string: spec.subJobs[].kind"},
			jobMembers("spec.subJobs[].spec.subJobs[].", false), []string{"string: spec.subJobs[].spec.subJobs[].kind"},
		),
		Samples: cceJobSamples(noun+" "+id, id),
	}
}

// jobMembers are those of a job and of a sub-job, which may have parts.
func jobMembers(prefix string, parts bool) []string {
	members := []string{
		"object: " + prefix + "metadata", membersOf("string", prefix+"metadata", "uid"), membersOf("time", prefix+"metadata", "creationTimestamp updateTimestamp"),
		"object: " + prefix + "spec", membersOf("string", prefix+"spec", "type clusterUID resourceID resourceName"),
		"object: " + prefix + "status", membersOf("status", prefix+"status", "phase"), membersOf("string", prefix+"status", "reason"),
	}
	if parts {
		members = append(members, "array: "+prefix+"spec.subJobs")
	}
	return members
}

func cceJobSamples(name, id string) []Sample {
	const cluster = "b7c2e9a4-55d0-4c18-a1f3-3e6d0b82c975"
	return []Sample{sample(
		"the documented example, with a failed sub-job on the third level", fakecloud.ExampleCCEJob,
		`{"state":"failed","reason":"node install timed out","summary":"`+name+` (ScaleupCluster): failed (Failed) after 8m32s: node install timed out","kind":"Job","api_version":"v3",
		"metadata":{"uid":"`+id+`","creation_timestamp":"2026-03-04 06:11:09.120345678 +0000 UTC","update_timestamp":"2026-03-04 06:19:41.007345 +0000 UTC"},
		"spec":{"type":"ScaleupCluster","cluster_uid":"`+cluster+`","resource_id":"`+cluster+`","resource_name":"prod-a","extend_param":{"serialNumber":"1"},"sub_jobs":[
		{"kind":"Job","metadata":{"uid":"0e84d7b1-2c6f-4f0a-b9d5-71c3a2e6f840"},"spec":{"type":"CreateNode","cluster_uid":"`+cluster+`","resource_name":"prod-a-node-1","sub_jobs":[
		{"kind":"Job","metadata":{"uid":"5b1c7de0-3f86-4a92-8d4e-90b7f26a1c53","creation_timestamp":"2026-03-04 06:11:10.58213 +0000 UTC","update_timestamp":"2026-03-04 06:11:42.11907 +0000 UTC"},
		"spec":{"type":"GetPSMCert","resource_id":"c4f60a1d-83be-4952-9d17-e2a8b5c7036f"},"status":{"phase":"Success"}},
		{"kind":"Job","metadata":{"uid":"a93b51ee-7d04-4e8c-86f2-5c0d9b1e3a77"},"spec":{"type":"InstallNode","resource_id":"c4f60a1d-83be-4952-9d17-e2a8b5c7036f"},
		"status":{"phase":"Failed","reason":"node install timed out"}}]}}]},"status":{"phase":"Failed","reason":"create node failed"}}`,
	), sample(
		"a fourth level, which only the reason reads, parameters and fields of other types, and undocumented fields",
		`{"kind":"Job","apiVersion":3.10,"metadata":{"uid":"`+id+`","creationTimestamp":5,"annotations":{}},"spec":{"type":"CreateCluster","clusterUID":[],"ownerJob":"x","extendParam":{"a":"1","b":2,"c":null,"d":true,"e":{}},"subJobs":[`+
			`{"spec":{"subJobs":[{"spec":{"type":"c","subJobs":[{"spec":{"type":"d"},"status":{"phase":"Failed","reason":"deep"}}]}}]},"status":"x"}]},"status":{"phase":"FAILED","message":"m"}}`,
		`{"state":"failed","reason":"deep","summary":"`+name+` (CreateCluster): failed (FAILED): deep","kind":"Job","api_version":"3.10","metadata":{"uid":"`+id+`","creation_timestamp":"5"},
		"spec":{"type":"CreateCluster","extend_param":{"a":"1","b":"2","c":null,"d":null,"e":null},"sub_jobs":[{"spec":{"sub_jobs":[{"spec":{"type":"c"}}]}}]},"status":{"phase":"FAILED"}}`,
	), sample(
		"succeeded, although a sub-job failed", `{"metadata":{"uid":"`+id+`"},"spec":{"subJobs":[{"status":{"phase":"Failed","reason":"retried"}}]},"status":{"phase":"Success"}}`,
		`{"state":"succeeded","summary":"`+name+`: succeeded (Success)","metadata":{"uid":"`+id+`"},"spec":{"sub_jobs":[{"status":{"phase":"Failed","reason":"retried"}}]},"status":{"phase":"Success"}}`,
	), sample(
		"nulls", `{"kind":null,"apiVersion":null,"metadata":{"uid":"`+id+`"},"spec":null,"status":null}`,
		`{"state":"unknown","summary":"`+name+`: unknown: no phase","metadata":{"uid":"`+id+`"}}`,
	)}
}
