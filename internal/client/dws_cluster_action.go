// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// DWSClusterAction is a task of a DWS cluster. It is listed under one name while
// it is in progress, and under its twin once it has failed.
type DWSClusterAction struct {
	transport.ErrorBody
	ID          transport.Text          `json:"id"`
	ActionName  transport.StrictText    `json:"action_name"`
	Status      transport.StrictText    `json:"status"`
	ClusterName transport.Text          `json:"cluster_name"`
	SubmitTime  transport.Text          `json:"submit_time"` // without a zone
	Items       transport.List[DWSItem] `json:"items"`

	Others map[string]transport.JSON `json:",embed"` // fields that are not documented

	requested string
}

// DWSItem is a stage of a task.
type DWSItem struct {
	ItemName transport.Text             `json:"item_name"`
	SubItems transport.List[DWSSubItem] `json:"sub_items"`
}

// DWSSubItem is a step of a stage. Its end_time can be null although it has
// finished, and its detail can contradict its status: only the status of the
// whole task decides.
type DWSSubItem struct {
	SubItemName   transport.Text   `json:"sub_item_name"`
	Status        transport.Text   `json:"status"`
	Detail        transport.Text   `json:"detail"` // JSON whose strings hold JSON again
	BeginTime     transport.Text   `json:"begin_time"`
	EndTime       transport.Text   `json:"end_time"`
	EstimatedTime transport.Number `json:"estimated_time"` // -1 if unknown; the unit is not documented
}

// DWSClusterActionStatuses maps the status of a task and of its sub-items. After
// a rollback the cluster works again, but the requested operation has failed.
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

// DWSFailureNames maps the name under which a task is listed while it is in
// progress to the name of its failure record.
var DWSFailureNames = map[string]string{
	"GROWING":                "RESIZE_FAILURE",
	"RESTORING":              "RESTORING_FAILED",
	"SNAPSHOTTING":           "SNAPSHOTTING_FAILED",
	"FINE_GRAINED_RESTORING": "FINE_GRAINED_RESTORING_FAILED",
}

// DWSActionNames returns the eight documented values of action_name.
func DWSActionNames() []string {
	var names []string
	for progress, failure := range DWSFailureNames {
		names = append(names, progress, failure)
	}
	slices.Sort(names)
	return names
}

// DWSLanguages returns the values of X-Language, the default first.
func DWSLanguages() []string { return []string{"en_us", "zh_cn"} }

// DWSClusterAction reads a task of a cluster. language is one of DWSLanguages.
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
	action := DWSClusterAction{requested: actionName}
	if err := transport.Do(ctx, p.client.transport, r, &action); err != nil {
		return DWSClusterAction{}, asNotFound(err, noSuchDWSTask)
	}
	return action, nil
}

// Verify reports a response without content as a missing task, since it is not
// documented what the API returns for one. Other fields are content: they may be an
// error in a form that is not known.
func (a *DWSClusterAction) Verify() error {
	maps.DeleteFunc(a.Others, func(_ string, field transport.JSON) bool { return field.Empty() })
	if a.ID.Empty() && a.ActionName.Empty() && a.Status.Empty() && a.ClusterName.Empty() && a.SubmitTime.Empty() && len(a.Items) == 0 && len(a.Others) == 0 {
		return transport.NotFound("each documented field is absent or null")
	}
	return identity("action_name", a.requested, a.ActionName.String())
}

// Observe maps the status of the task; the sub-items only explain it. A failure
// record can only mean that the task failed: any other status contradicts it.
func (a DWSClusterAction) Observe(statuses task.StatusMap) task.Observation {
	status := a.Status.String()
	o := task.Observation{State: statuses.State(status), Status: status, Submitted: parseTime(a.SubmitTime.String(), "2006-01-02 15:04:05.999999999")}
	_, inProgress := DWSFailureNames[a.ActionName.String()]
	switch {
	case o.State == task.Unknown:
		o.SetUnknown("status", status)
	case o.State == task.Failed:
		o.Reason = a.reason(statuses)
	case !inProgress:
		o.State, o.UnknownReason = task.Unknown, fmt.Sprintf("status %q of the failure record %s", status, a.ActionName)
	}
	return o
}

func (a DWSClusterAction) reason(statuses task.StatusMap) string {
	var failed []string
	for _, item := range a.Items {
		for _, sub := range item.SubItems {
			if statuses.State(sub.Status.String()) == task.Failed {
				failed = append(failed, fmt.Sprintf("item %q: ", item.ItemName)+failure("sub-item", sub.SubItemName, sub.Status, sub.telemetry()...))
			}
		}
	}
	return strings.Join(failed, "; ")
}

// telemetry returns what the agent's report in the detail says about a failure.
// The report can contradict the status, so it only explains one.
func (s DWSSubItem) telemetry() []string {
	var outer struct {
		ProgressInfo string `json:"progressInfo"`
	}
	var report struct {
		FailedStep string `json:"failedStep"`
		ErrorCode  string `json:"errorCode"`
		ErrorMsg   string `json:"errorMsg"`
	}
	if json.Unmarshal([]byte(s.Detail.String()), &outer) != nil || json.Unmarshal([]byte(outer.ProgressInfo), &report) != nil {
		return []string{note("detail", s.Detail.String())}
	}
	return []string{note("failedStep", report.FailedStep), note("errorCode", report.ErrorCode), note("errorMsg", report.ErrorMsg)}
}

// dwsCluster is the part of a cluster's detail that names its current task.
type dwsCluster struct {
	transport.ErrorBody
	Cluster *struct {
		ID             transport.StrictText      `json:"id"`
		TaskStatus     transport.StrictText      `json:"task_status"`     // null or absent while the cluster is idle
		ActionProgress map[string]transport.Text `json:"action_progress"` // by name: {"SNAPSHOTTING":"20%"}
	} `json:"cluster"`

	requested string
}

func (c *dwsCluster) Verify() error {
	if c.Cluster == nil {
		return transport.Malformed("its cluster is absent or null")
	}
	return identity("cluster.id", c.requested, c.Cluster.ID.String())
}

// DWSClusterTasks reads the names of the tasks that a cluster is busy with or
// has failed at, in the vocabulary of DWSActionNames and more.
//
// API: GET /v1.0/{project_id}/clusters/{cluster_id} (DWS, "Querying Cluster Details").
func (p Project) DWSClusterTasks(ctx context.Context, clusterID string) ([]string, error) {
	detail := dwsCluster{requested: clusterID}
	err := transport.Do(ctx, p.client.transport, transport.Request{
		Service: transport.DWS, Region: p.Region, ProjectID: p.ID, IAMAction: "dws:openAPICluster:getDetail",
		Path: transport.Path("/v1.0/%s/clusters/%s", p.ID, clusterID),
	}, &detail)
	if err != nil {
		return nil, err
	}
	var names []string
	if name := detail.Cluster.TaskStatus.String(); name != "" {
		names = append(names, name)
	}
	for name := range detail.Cluster.ActionProgress {
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}
