// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// DWSAction is an action on a DWS cluster, listed under one name while it is
// in progress and under its twin's once it has failed.
type DWSClusterAction struct {
	errorBody
	ID          Text      `json:"id"`
	ActionName  Text      `json:"action_name"`
	Status      Text      `json:"status"`
	ClusterName Text      `json:"cluster_name"`
	SubmitTime  Text      `json:"submit_time"` // without a zone
	Items       []DWSItem `json:"items"`
}

// DWSItem is a stage of an action.
type DWSItem struct {
	ItemName Text         `json:"item_name"`
	SubItems []DWSSubItem `json:"sub_items"`
}

// DWSSubItem is a step of a stage. Its end_time may be null although it has
// ended, and its detail may contradict its status: only the action's own status counts.
type DWSSubItem struct {
	SubItemName   Text   `json:"sub_item_name"`
	Status        Text   `json:"status"`
	Detail        Text   `json:"detail"` // JSON whose strings hold JSON again
	BeginTime     Text   `json:"begin_time"`
	EndTime       Text   `json:"end_time"`
	EstimatedTime Number `json:"estimated_time"` // -1 where it is not known; the unit is not documented
}

// DWSActionWords classifies the status of an action and of its sub-items. A
// cluster that was rolled back is well, but the action that was wanted has failed.
// Source: ListClusterActionsResponse in huaweicloud-sdk-go-v3.
var DWSClusterActionStatuses = task.StatusMap{
	"waiting":          task.Pending,
	"running":          task.Running,
	"rollback_running": task.Running,
	"success":          task.Succeeded,
	"failed":           task.Failed,
	"rollback_success": task.Failed,
	"rollback_fail":    task.Failed,
}

// DWSFailureNames gives each action, by the name under which it is in
// progress, the name under which it is listed once it has failed.
var DWSFailureNames = map[string]string{
	"GROWING":                "RESIZE_FAILURE",
	"RESTORING":              "RESTORING_FAILED",
	"SNAPSHOTTING":           "SNAPSHOTTING_FAILED",
	"FINE_GRAINED_RESTORING": "FINE_GRAINED_RESTORING_FAILED",
}

// DWSActionNames lists the eight documented values of action_name.
func DWSActionNames() []string {
	var names []string
	for progress, failure := range DWSFailureNames {
		names = append(names, progress, failure)
	}
	slices.Sort(names)
	return names
}

// DWSLanguages lists the values of X-Language, the default first.
func DWSLanguages() []string { return []string{"en_us", "zh_cn"} }

// noDWSCluster are the codes that say, under any status, that the cluster is
// missing, which tells nothing about its actions.
var noDWSCluster = []string{"DWS.0047", "DWS.3027", "DWS.0015", "DWS.0001"}

// NoParent reports whether the answer says that the instance or the cluster,
// rather than its task, is missing.
func (e *Error) NoParent() bool {
	return slices.Contains(noDWSCluster, e.Code) || slices.Contains(noDCSInstance, e.Code) || e.Code == noCCECluster
}

// DWSAction reads an action of a cluster. NotFound means a 404 with a code of
// DWS that does not name the cluster, or a 200 that tells nothing. language is
// one of DWSLanguages.
//
// API: GET /v1/{project_id}/clusters/{cluster_id}/actions/{action_name}
// (DWS, "Querying Cluster Task Details").
func (p Project) DWSClusterAction(ctx context.Context, clusterID, actionName, language string) (DWSClusterAction, error) {
	r := request{
		service: DWS, region: p.Region, projectID: p.ID, action: "dws:cluster:getTaskDetail",
		path: path("/v1/%s/clusters/%s/actions/%s", p.ID, clusterID, actionName),
		// A gateway has refused a signature that covers X-Language.
		unsigned: http.Header{"X-Language": {language}},
	}
	var action DWSClusterAction
	if err := p.client.get(ctx, r, &action); err != nil {
		return DWSClusterAction{}, asNotFound(err, func(e *Error) bool {
			return e.Status == http.StatusNotFound && strings.HasPrefix(e.Code, "DWS.") && !e.NoParent()
		})
	}
	return action, nil
}

// verify calls an answer whose documented members are all absent or null NotFound.
func (a *DWSClusterAction) verify() (Kind, string) {
	if a.ID.sent || a.ActionName.sent || a.Status.sent || a.ClusterName.sent || a.SubmitTime.sent || a.Items != nil {
		return 0, ""
	}
	return KindNotFound, "each of its documented members is absent or null"
}

// Observe judges the action by its own status; the sub-items only explain it.
func (a DWSClusterAction) Observe(words task.StatusMap) task.Observation {
	o := task.Observation{ID: a.ID.String(), State: words.State(a.Status.String())}
	switch o.State {
	case task.Unknown:
		o.SetUnknown("status", a.Status.String())
	case task.Failed:
		o.Reason = a.reason(words)
	}
	return o
}

func (a DWSClusterAction) reason(words task.StatusMap) string {
	var failed []string
	for _, item := range a.Items {
		for _, sub := range item.SubItems {
			if words.State(sub.Status.String()) == task.Failed {
				failed = append(failed, fmt.Sprintf("item %q: ", item.ItemName)+failure("sub-item", sub.SubItemName, sub.Status, sub.telemetry()...))
			}
		}
	}
	return strings.Join(failed, "; ")
}

// telemetry returns what the agent's report in the detail says of a failure.
// The report may contradict the status, so it only explains one.
func (s DWSSubItem) telemetry() []string {
	var outer struct {
		ProgressInfo string `json:"progressInfo"`
	}
	var report struct {
		FailedStep Text `json:"failedStep"`
		ErrorCode  Text `json:"errorCode"`
		ErrorMsg   Text `json:"errorMsg"`
	}
	if json.Unmarshal([]byte(s.Detail.String()), &outer) != nil || json.Unmarshal([]byte(outer.ProgressInfo), &report) != nil {
		return []string{note("detail", s.Detail)}
	}
	return []string{note("failedStep", report.FailedStep), note("errorCode", report.ErrorCode), note("errorMsg", report.ErrorMsg)}
}

// dwsCluster is as much of a cluster's detail as tells what it is busy with.
type dwsCluster struct {
	errorBody
	Cluster *struct {
		TaskStatus Text `json:"task_status"` // null or absent while the cluster is idle
	} `json:"cluster"`
}

func (c *dwsCluster) verify() (Kind, string) {
	if c.Cluster == nil {
		return KindMalformed, "its member cluster is absent or null"
	}
	return 0, ""
}

// DWSClusterTask reads the task that a cluster is busy with or has failed at,
// in the words of DWSActionNames and others, "" for none.
//
// API: GET /v1.0/{project_id}/clusters/{cluster_id} (DWS, "Querying Cluster Details").
func (p Project) DWSClusterTask(ctx context.Context, clusterID string) (string, error) {
	var detail dwsCluster
	err := p.client.get(ctx, request{
		service: DWS, region: p.Region, projectID: p.ID,
		path: path("/v1.0/%s/clusters/%s", p.ID, clusterID),
	}, &detail)
	if err != nil {
		return "", err
	}
	return detail.Cluster.TaskStatus.String(), nil
}
