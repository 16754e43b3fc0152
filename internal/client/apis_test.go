// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// api is one of the APIs, for what all of them promise.
type api struct {
	name       string
	host, path string
	action     string // of IAM
	read       func(context.Context, Project) error
	valid      []string // bodies that can be read, if only in part
	malformed  string   // the problem of a body that is not a response of this API, "" if any will do
}

func apis() []api {
	return []api{
		{
			name: "DCSJob", host: "dcs", path: jobPath, action: "dcs:job:get",
			read:  func(ctx context.Context, p Project) error { _, err := p.DCSJob(ctx, jobID); return err },
			valid: []string{`{}`, ` {"status":null}`, "\n{\"status\":5}"},
		},
		{
			name: "DCSBackgroundTasks", host: "dcs", path: fakecloud.TasksPath(projectID, instanceID), action: "dcs:instance:getBackgroundTask",
			read: func(ctx context.Context, p Project) error {
				_, err := p.DCSBackgroundTasks(ctx, DCSBackgroundTaskQuery{InstanceID: instanceID})
				return err
			},
			valid:     []string{`{"tasks":[]}`, `{"tasks":null}`, `{"task_count":null}`, `{"task_count":0,"tasks":null}`},
			malformed: "it has neither tasks nor task_count",
		},
		{
			name: "DCSTaskProgress", host: "dcs", path: fakecloud.ProgressPath(projectID, instanceID, taskID), action: "dcs:instance:getBackgroundTask",
			read: func(ctx context.Context, p Project) error {
				_, err := p.DCSTaskProgress(ctx, instanceID, taskID)
				return err
			},
			valid: []string{`{}`, `{"step_details":null}`, `{"progress":"30","step_details":[{}]}`},
		},
		{
			name: "DWSClusterAction", host: "dws", path: fakecloud.ActionPath(projectID, clusterID, "GROWING"), action: "dws:cluster:getTaskDetail",
			read: func(ctx context.Context, p Project) error {
				_, err := p.DWSClusterAction(ctx, clusterID, "GROWING", "en_us")
				return err
			},
			valid: []string{`{"status":"RUNNING"}`, `{"items":[]}`, `{"id":""}`},
		},
		{
			name: "DWSClusterTask", host: "dws", path: fakecloud.ClusterPath(projectID, clusterID),
			read: func(ctx context.Context, p Project) error {
				_, err := p.DWSClusterTask(ctx, clusterID)
				return err
			},
			valid:     []string{`{"cluster":{}}`, `{"cluster":{"task_status":null}}`},
			malformed: "the field cluster is absent or null",
		},
		{
			name: "CCESnapshotTasks", host: "cce", path: fakecloud.SnapshotTasksPath(projectID, clusterID), action: "cce:cluster:getCluster",
			read: func(ctx context.Context, p Project) error {
				_, err := p.CCESnapshotTasks(ctx, clusterID)
				return err
			},
			valid:     []string{`{"kind":"List"}`, `{"apiVersion":null}`, `{"metadata":{}}`, `{"items":[]}`, `{"items":null}`, `{"items":[{}]}`, `{"status":{}}`},
			malformed: "it has none of the fields of a task list",
		},
		{
			name: "CCEAutopilotSnapshotTasks", host: "cce", path: fakecloud.AutopilotSnapshotTasksPath(projectID, clusterID), action: "cce:cluster:getCluster",
			read: func(ctx context.Context, p Project) error {
				_, err := p.CCEAutopilotSnapshotTasks(ctx, clusterID)
				return err
			},
			valid:     []string{`{"items":[]}`},
			malformed: "it has none of the fields of a task list",
		},
	}
}

// reading reads an API that responds with a body, and returns the requests.
func (a api) reading(t *testing.T, body string) ([]fakecloud.Request, error) {
	t.Helper()
	cloud := newCloud()
	cloud.Serve(a.path, fakecloud.Response{Body: body})
	err := a.read(t.Context(), project(t, newClient(cloud.Transport(), retries(5))))
	return cloud.Requests(), err
}

func TestAPIs_readWhatTheServiceSends(t *testing.T) {
	for _, a := range apis() {
		for _, body := range a.valid {
			t.Run(a.name+body, func(t *testing.T) {
				requests, err := a.reading(t, body)
				diff(t, "error", nil, err)
				r := requests[0]
				diff(t, "request", "GET "+a.host+".cn-north-4.myhuaweicloud.com "+a.path, r.Method+" "+r.Host+" "+r.Path)
				diff(t, "project", projectID, r.Header.Get("X-Project-Id"))
				diff(t, "signed headers", []string{"x-project-id", "x-sdk-date"}, r.Signed)
			})
		}
	}
}

// TestAPIs_errorWithStatus200: each response type embeds the fields of an error,
// which take precedence over a task beside them.
func TestAPIs_errorWithStatus200(t *testing.T) {
	for _, a := range apis() {
		t.Run(a.name, func(t *testing.T) {
			requests, err := a.reading(t, `{"error_code":"DWS.0015","error_msg":"No","tasks":[],"kind":"List","cluster":{}}`)
			got := fault(t, err)
			diff(t, "error", transport.Error{
				Kind: transport.KindStatus, Method: http.MethodGet, Status: 200, Code: "DWS.0015", Message: "No", IAMAction: a.action,
			}, transport.Error{Kind: got.Kind, Method: got.Method, Status: got.Status, Code: got.Code, Message: got.Message, IAMAction: got.IAMAction})
			diff(t, "requests", 1, len(requests))
		})
	}
}

// TestAPIs_malformedWithoutAnyField of the API: otherwise the response of
// something else would count as an instance without tasks.
func TestAPIs_malformedWithoutAnyField(t *testing.T) {
	for _, a := range apis() {
		if a.malformed == "" {
			continue
		}
		for _, body := range []string{`{}`, `{"something":"else"}`, `{"cluster":null}`} {
			t.Run(a.name+body, func(t *testing.T) {
				_, err := a.reading(t, body)
				diff(t, "problem", a.malformed, fault(t, err).Problem)
				diff(t, "kind", transport.KindMalformed, fault(t, err).Kind)
			})
		}
	}
}

// FuzzDCSBackgroundTasks: whatever a page of tasks is, evaluating it does not panic.
func FuzzDCSBackgroundTasks(f *testing.F) {
	f.Add([]byte(`{"task_count":1,"tasks":[{"id":"a","status":"SUCCESS","created_at":"2020-06-17T08:18:06.597Z"},{}]}`))
	f.Add([]byte(`{"tasks":[null,{"details":null}]}`))
	f.Fuzz(func(_ *testing.T, body []byte) {
		var page dcsBackgroundTasksPage
		if json.Unmarshal(body, &page) != nil {
			return
		}
		list := DCSBackgroundTasks{Tasks: page.newTasks(map[string]bool{})}
		list.keepLatest()
		list.Observe(DCSBackgroundTaskStatuses)
	})
}
