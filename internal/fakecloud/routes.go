// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"net/http"
	"path"
)

// ProjectsPath is IAM's look-up of projects. New serves it from AddProject.
const ProjectsPath = "/v3/projects"

// Where temporary keys come from.
const (
	// SecurityTokensPath is where a POST to IAM v3 assumes an agency.
	SecurityTokensPath = "/v3.0/OS-CREDENTIAL/securitytokens" //nolint:gosec // a path, no credential
	// AssumeAgencyPath is where a POST to STS v5 does.
	AssumeAgencyPath = "/v5/agencies/assume"
	// MetadataTokenPath is where a PUT to the metadata service gets a token.
	MetadataTokenPath = "/meta-data/latest/api/token" //nolint:gosec // a path, no credential
	// SecurityKeyPath is where a GET with that token gets the keys of the ECS.
	SecurityKeyPath = "/openstack/latest/securitykey"
	// PodIdentityPath is where a POST to the pod identity agent gets the keys of a
	// pod. The path is ours: a client is told the whole URL.
	PodIdentityPath = "/v1/pod-identity/credentials"
)

// ownGate tells the paths that are not behind the gateway.
func ownGate(path string) bool {
	return path == MetadataTokenPath || path == SecurityKeyPath || path == PodIdentityPath
}

// JobPath is the path of a DCS job. No instance is in it: the cloud looks a job
// up in the whole project.
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

// absence is how the API at the request's path says that it has no such thing;
// false if no API is published there.
func missingResponse(r *http.Request) (Response, bool) {
	if r.Method != http.MethodGet {
		return Response{}, false
	}
	const id = "?*" // any path segment, but an empty one
	for _, api := range []struct {
		pattern string
		absent  Response
	}{
		// The codes of a missing job, task and action are published nowhere. These
		// are guesses: codes that the services use for bad ids, in both spellings
		// that DCS has, and a DWS code that does not mean a missing cluster.
		{JobPath(id, id), dcsError(http.StatusNotFound, "111404070", "The job does not exist.")},
		{ProgressPath(id, id, id), dcsError(http.StatusNotFound, "DCS.4070", "The background task does not exist.")},
		{ActionPath(id, id, id), dwsNotFound("DWS.0025", "The action does not exist.")},
		{TasksPath(id, id), dcsError(http.StatusNotFound, "DCS.4001", "This DCS instance does not exist.")},
		{ClusterPath(id, id), dwsNotFound("DWS.0047", "The cluster does not exist.")},
		{SnapshotTasksPath(id, id), cceNotFound()},
		{AutopilotSnapshotTasksPath(id, id), cceNotFound()},
	} {
		// The pattern is well-formed, so Match has no error to tell.
		if here, _ := path.Match(api.pattern, r.URL.EscapedPath()); here {
			return api.absent, true
		}
	}
	return Response{}, false
}
