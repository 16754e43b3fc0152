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
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// DWSAction is an action on a DWS cluster, listed under one name while it is
// in progress and under its twin's once it has failed.
type DWSClusterAction struct {
	transport.ErrorBody
	ID          transport.Text `json:"id"`
	ActionName  transport.Text `json:"action_name"`
	Status      transport.Text `json:"status"`
	ClusterName transport.Text `json:"cluster_name"`
	SubmitTime  transport.Text `json:"submit_time"` // without a zone
	Items       []DWSItem      `json:"items"`
}

// DWSItem is a stage of an action.
type DWSItem struct {
	ItemName transport.Text `json:"item_name"`
	SubItems []DWSSubItem   `json:"sub_items"`
}

// DWSSubItem is a step of a stage. Its end_time may be null although it has
// ended, and its detail may contradict its status: only the action's own status counts.
type DWSSubItem struct {
	SubItemName   transport.Text   `json:"sub_item_name"`
	Status        transport.Text   `json:"status"`
	Detail        transport.Text   `json:"detail"` // JSON whose strings hold JSON again
	BeginTime     transport.Text   `json:"begin_time"`
	EndTime       transport.Text   `json:"end_time"`
	EstimatedTime transport.Number `json:"estimated_time"` // -1 where it is not known; the unit is not documented
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

// DWSAction reads an action of a cluster. NotFound means a 404 with a code of
// DWS that does not name the cluster, or a 200 that tells nothing. language is
// one of DWSLanguages.
//
// API: GET /v1/{project_id}/clusters/{cluster_id}/actions/{action_name}
// (DWS, "Querying Cluster Task Details").
func (p Project) DWSClusterAction(ctx context.Context, clusterID, actionName, language string) (DWSClusterAction, error) {
	r := transport.Request{
		Service: transport.DWS, Region: p.Region, ProjectID: p.ID, IAMAction: "dws:cluster:getTaskDetail",
		Path: transport.Path("/v1/%s/clusters/%s/actions/%s", p.ID, clusterID, actionName),
		// A gateway has refused a signature that covers X-Language.
		Unsigned: http.Header{"X-Language": {language}},
	}
	var action DWSClusterAction
	if err := p.client.get(ctx, r, &action); err != nil {
		return DWSClusterAction{}, asNotFound(err, func(e *transport.Error) bool {
			return e.Status == http.StatusNotFound && strings.HasPrefix(e.Code, "DWS.") && MissingParent(e) == ""
		})
	}
	return action, nil
}

// Verify calls an answer whose documented members are all absent or null NotFound.
func (a *DWSClusterAction) Verify() error {
	for _, field := range []transport.Text{a.ID, a.ActionName, a.Status, a.ClusterName, a.SubmitTime} {
		if field.Pointer() != nil {
			return nil
		}
	}
	if a.Items != nil {
		return nil
	}
	return transport.NotFound("each of its documented fields is absent or null")
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
		FailedStep transport.Text `json:"failedStep"`
		ErrorCode  transport.Text `json:"errorCode"`
		ErrorMsg   transport.Text `json:"errorMsg"`
	}
	if json.Unmarshal([]byte(s.Detail.String()), &outer) != nil || json.Unmarshal([]byte(outer.ProgressInfo), &report) != nil {
		return []string{note("detail", s.Detail)}
	}
	return []string{note("failedStep", report.FailedStep), note("errorCode", report.ErrorCode), note("errorMsg", report.ErrorMsg)}
}

// dwsCluster is as much of a cluster's detail as tells what it is busy with.
type dwsCluster struct {
	transport.ErrorBody
	Cluster *struct {
		TaskStatus transport.Text `json:"task_status"` // null or absent while the cluster is idle
	} `json:"cluster"`
}

// Verify implements transport.Verifier.
func (c *dwsCluster) Verify() error {
	if c.Cluster == nil {
		return transport.Malformed("the field cluster is absent or null")
	}
	return nil
}

// DWSClusterTask reads the task that a cluster is busy with or has failed at,
// in the words of DWSActionNames and others, "" for none.
//
// API: GET /v1.0/{project_id}/clusters/{cluster_id} (DWS, "Querying Cluster Details").
func (p Project) DWSClusterTask(ctx context.Context, clusterID string) (string, error) {
	var detail dwsCluster
	err := p.client.get(ctx, transport.Request{
		Service: transport.DWS, Region: p.Region, ProjectID: p.ID,
		Path: transport.Path("/v1.0/%s/clusters/%s", p.ID, clusterID),
	}, &detail)
	if err != nil {
		return "", err
	}
	return detail.Cluster.TaskStatus.String(), nil
}
