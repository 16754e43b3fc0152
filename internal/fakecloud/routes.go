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
	// IDTokenPath exchanges an ID token of an identity provider for an IAM token, by
	// POST.
	IDTokenPath = "/v3.0/OS-AUTH/id-token/tokens" //nolint:gosec // a path, not a credential
	// SecurityTokensPath issues keys through IAM v3, by POST: those of an agency, or
	// those of an IAM token.
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

// CCEJobPath is the path of a CCE job. It names no cluster.
func CCEJobPath(project, job string) string {
	return "/api/v3/projects/" + project + "/jobs/" + job
}

// CCEAutopilotJobPath is the path of a job of CCE Autopilot.
func CCEAutopilotJobPath(project, job string) string {
	return "/autopilot/v3/projects/" + project + "/jobs/" + job
}

// DWSJobPath is the path of a DWS job, in the singular.
func DWSJobPath(project, job string) string {
	return "/v1.0/" + project + "/job/" + job
}

// DWSSnapshotPath is the path of a DWS snapshot. It names no cluster.
func DWSSnapshotPath(project, snapshot string) string {
	return "/v1.0/" + project + "/snapshots/" + snapshot
}

// CCEUpgradeTaskPath is the path of an upgrade task of a CCE cluster.
func CCEUpgradeTaskPath(project, cluster, task string) string {
	return "/api/v3/projects/" + project + "/clusters/" + cluster + "/operation/upgrade/tasks/" + task
}

// CCEAutopilotUpgradeTaskPath is the path of an upgrade task of a CCE Autopilot
// cluster.
func CCEAutopilotUpgradeTaskPath(project, cluster, task string) string {
	return "/autopilot/v3/projects/" + project + "/clusters/" + cluster + "/operation/upgrade/tasks/" + task
}

// route is the path of a task API, with the response for a missing task.
type route struct {
	pattern string // of the path; see path.Match
	missing Response
	api     taskAPI // zero for the detail of a cluster
}

// routes returns all task APIs. No document has the codes of a missing job, task,
// or action: these are guesses, with the code that DCS has for a missing migration
// task and one in its other form, and a DWS code that does not mean a missing
// cluster. The code of a missing snapshot is one that the official
// provider handles.
func routes() []route {
	const id = "?*" // any path segment that is not empty
	noSuchDWS := func(what string) Response {
		return dwsError(http.StatusNotFound, "DWS.0025", "The "+what+" does not exist.")
	}
	noSuchCCE := func(what string) Response {
		return cceNotFound("The " + what + " does not exist in this project")
	}
	return []route{
		{JobPath(id, id), dcsError(http.StatusNotFound, "111404070", "The job does not exist."), dcsJobAPI()},
		{ProgressPath(id, id, id), dcsError(http.StatusNotFound, "DCS.4133", "The background task does not exist."), dcsProgressAPI()},
		{TasksPath(id, id), dcsError(http.StatusNotFound, "DCS.3022", "This DCS instance does not exist."), dcsTaskAPI()},
		{ActionPath(id, id, id), noSuchDWS("action"), dwsActionAPI()},
		{ClusterPath(id, id), dwsError(http.StatusNotFound, "DWS.0047", "The cluster does not exist."), taskAPI{}},
		{DWSJobPath(id, id), noSuchDWS("job"), dwsJobAPI()},
		{DWSSnapshotPath(id, id), dwsError(http.StatusBadRequest, "DWS.5149", "The snapshot ID is invalid."), dwsSnapshotAPI()},
		{SnapshotTasksPath(id, id), noSuchCCE("cluster"), cceSnapshotTaskAPI()},
		{AutopilotSnapshotTasksPath(id, id), noSuchCCE("cluster"), cceSnapshotTaskAPI()},
		{CCEJobPath(id, id), noSuchCCE("job"), cceJobAPI()},
		{CCEAutopilotJobPath(id, id), noSuchCCE("job"), cceJobAPI()},
		{CCEUpgradeTaskPath(id, id, id), noSuchCCE("upgrade task"), cceUpgradeTaskAPI()},
		{CCEAutopilotUpgradeTaskPath(id, id, id), noSuchCCE("upgrade task"), cceUpgradeTaskAPI()},
	}
}

// findRoute returns the task API of a request; false if no API is published there.
func findRoute(method, escapedPath string) (route, bool) {
	if method != http.MethodGet {
		return route{}, false
	}
	for _, each := range routes() {
		// The pattern is well-formed, so Match returns no error.
		if matches, _ := path.Match(each.pattern, escapedPath); matches {
			return each, true
		}
	}
	return route{}, false
}
