// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"net/http"
	"path"
)

// ProjectsPath is IAM's lookup of projects. New serves it from AddProject.
const ProjectsPath = "/v3/projects"

// Paths that issue temporary keys.
const (
	// SecurityTokensPath assumes an agency through IAM v3, by POST.
	SecurityTokensPath = "/v3.0/OS-CREDENTIAL/securitytokens" //nolint:gosec // a path, not a credential
	// AssumeAgencyPath assumes an agency through STS v5, by POST.
	AssumeAgencyPath = "/v5/agencies/assume"
	// MetadataTokenPath returns a token of the metadata service, by PUT.
	MetadataTokenPath = "/meta-data/latest/api/token" //nolint:gosec // a path, not a credential
	// SecurityKeyPath returns the keys of the ECS for that token, by GET.
	SecurityKeyPath = "/openstack/latest/securitykey"
	// PodIdentityPath returns the keys of a pod, by POST to the pod identity
	// agent. The path is invented: clients are given the whole URL.
	PodIdentityPath = "/v1/pod-identity/credentials"
)

// bypassesGateway reports whether a path is not behind the gateway.
func bypassesGateway(path string) bool {
	return path == MetadataTokenPath || path == SecurityKeyPath || path == PodIdentityPath
}

// JobPath is the path of a DCS job. It names no instance: a job ID is unique in
// its project.
func JobPath(project, job string) string {
	return "/v2/" + project + "/jobs/" + job
}

// TasksPath is the path of the background tasks of a DCS instance.
func TasksPath(project, instance string) string {
	return "/v2/" + project + "/instances/" + instance + "/tasks"
}

// ProgressPath is the path of the steps of one DCS background task.
func ProgressPath(project, instance, task string) string {
	return TasksPath(project, instance) + "/" + task + "/progress"
}

// ActionPath is the path of a DWS cluster action. It is below /v1, unlike the
// cluster itself.
func ActionPath(project, cluster, action string) string {
	return "/v1/" + project + "/clusters/" + cluster + "/actions/" + action
}

// ClusterPath is the path of a DWS cluster, below /v1.0.
func ClusterPath(project, cluster string) string {
	return "/v1.0/" + project + "/clusters/" + cluster
}

// SnapshotTasksPath is the path of the snapshot tasks of a CCE cluster.
func SnapshotTasksPath(project, cluster string) string {
	return "/api/v3.1/projects/" + project + "/clusters/" + cluster + "/operation/snapshot/tasks"
}

// AutopilotSnapshotTasksPath is the path of the snapshot tasks of a CCE
// Autopilot cluster.
func AutopilotSnapshotTasksPath(project, cluster string) string {
	return "/autopilot/v3.1/projects/" + project + "/clusters/" + cluster + "/operation/snapshot/tasks"
}

// missingResponse returns how the API at the request's path reports a missing
// task; false if no API is published there.
func missingResponse(r *http.Request) (Response, bool) {
	if r.Method != http.MethodGet {
		return Response{}, false
	}
	const id = "?*" // any path segment that is not empty
	for _, api := range []struct {
		pattern string
		missing Response
	}{
		// No document has the codes for a missing job, task, or action. These are
		// guesses: codes that the services use for malformed IDs, in both forms
		// that DCS has, and a DWS code that does not mean a missing cluster.
		{JobPath(id, id), dcsError(http.StatusNotFound, "111404070", "The job does not exist.")},
		{ProgressPath(id, id, id), dcsError(http.StatusNotFound, "DCS.4070", "The background task does not exist.")},
		{ActionPath(id, id, id), dwsNotFound("DWS.0025", "The action does not exist.")},
		{TasksPath(id, id), dcsError(http.StatusNotFound, "DCS.4001", "This DCS instance does not exist.")},
		{ClusterPath(id, id), dwsNotFound("DWS.0047", "The cluster does not exist.")},
		{SnapshotTasksPath(id, id), cceNotFound()},
		{AutopilotSnapshotTasksPath(id, id), cceNotFound()},
	} {
		// The pattern is well-formed, so Match returns no error.
		if here, _ := path.Match(api.pattern, r.URL.EscapedPath()); here {
			return api.missing, true
		}
	}
	return Response{}, false
}
