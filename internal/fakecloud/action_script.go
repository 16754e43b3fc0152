// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"net/http"
	"time"
)

// ActionScript is the true life of a DWS cluster action. The service lists an
// action only while it runs, and a failed one under another name.
type ActionScript struct {
	Script

	SubmitTime string // as the API formats it; "" stands for a fixed time

	Failure FailureRecord
	Cluster ClusterScript
}

// FailureRecord is what the service lists under the name for a failed action,
// such as SNAPSHOTTING_FAILED for SNAPSHOTTING. The zero value means that there is no record.
type FailureRecord struct {
	Script

	SubmitTime string
}

// ClusterScript is the cluster's detail. The zero value is a cluster that is
// never busy.
type ClusterScript struct {
	Steps []ClusterStep

	ID      string // instead of the true one
	Missing bool   // the service reports that the cluster does not exist
	Quirks  []QuirkSpan
}

// ClusterStep is what the cluster is doing from a moment on.
type ClusterStep struct {
	At       Moment
	Task     string // task_status, null if ""
	Progress string // the action that action_progress names, null if ""
}

// ServeAction serves a script at ActionPath, at ActionPath with the name for the
// failed action, and at ClusterPath. All of them share one clock. The Truth is
// that of the action.
func (c *Cloud) ServeAction(project, cluster, action string, script ActionScript) *ScriptedTask {
	shared := &clock{}
	submitted := func(at string) func(object) object {
		return func(o object) object {
			if at == "" {
				return o
			}
			return o.with([]string{"submit_time"}, at)
		}
	}
	if name := failureName(action); name != "" {
		c.serveScript(ActionPath(project, cluster, name), script.Failure.Script, shared, submitted(script.Failure.SubmitTime))
	}
	if !script.Cluster.Missing {
		c.serve(ClusterPath(project, cluster), &scriptedCluster{script.Cluster, cluster, history{clock: shared}})
	}
	return c.serveScript(ActionPath(project, cluster, action), script.Script, shared, submitted(script.SubmitTime))
}

// failureName returns the name of a failed action; "" for a name that is one.
func failureName(action string) string {
	switch action {
	case "SNAPSHOTTING", "RESTORING", "FINE_GRAINED_RESTORING":
		return action + "_FAILED"
	case "GROWING":
		return "RESIZE_FAILURE"
	}
	return ""
}

// scriptedCluster is a ClusterScript that is served.
type scriptedCluster struct {
	script  ClusterScript
	id      string
	history history
}

func (s *scriptedCluster) respond(*http.Request, time.Duration) (Response, bool) {
	p := s.history.next()
	var busy ClusterStep
	for _, step := range s.script.Steps {
		if step.At.reached(p) {
			busy = step
		}
	}
	id := s.id
	if s.script.ID != "" {
		id = s.script.ID
	}
	return report{
		api: taskAPI{service: "DWS"}, id: s.id,
		truth: clusterDetail(id, busy), claim: clusterDetail(id, ClusterStep{}),
	}.respond(s.script.Quirks, p), true
}

func clusterDetail(id string, busy ClusterStep) object {
	cluster := object{
		{"id", id},
		{"name", "cluster_779"},
		{"status", "AVAILABLE"},
		{"sub_status", "NORMAL"},
		{"task_status", nil},
		{"action_progress", nil},
		{"created", "2025-01-07T02:32:04"},
		{"number_of_node", 3},
	}
	if busy.Task != "" {
		cluster = cluster.with([]string{"task_status"}, busy.Task)
	}
	if busy.Progress != "" {
		cluster = cluster.with([]string{"action_progress"}, object{{busy.Progress, "20%"}})
	}
	return object{{"cluster", cluster}}
}
