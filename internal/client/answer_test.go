// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// api is one of the requests, for what all of them promise.
type api struct {
	name string
	path string
	read func(context.Context, Project) error
}

func apis() []api {
	return []api{
		{"DCSJob", jobPath, func(ctx context.Context, p Project) error { _, err := p.DCSJob(ctx, jobID); return err }},
		{"DCSTasks", fakecloud.TasksPath(projectID, instanceID), func(ctx context.Context, p Project) error {
			_, err := p.DCSBackgroundTasks(ctx, DCSBackgroundTaskQuery{InstanceID: instanceID})
			return err
		}},
		{"DCSTaskProgress", fakecloud.ProgressPath(projectID, instanceID, taskID), func(ctx context.Context, p Project) error {
			_, err := p.DCSTaskProgress(ctx, instanceID, taskID)
			return err
		}},
		{"DWSAction", fakecloud.ActionPath(projectID, clusterID, "GROWING"), func(ctx context.Context, p Project) error {
			_, err := p.DWSClusterAction(ctx, clusterID, "GROWING", "en_us")
			return err
		}},
		{"DWSClusterTask", fakecloud.ClusterPath(projectID, clusterID), func(ctx context.Context, p Project) error {
			_, err := p.DWSClusterTask(ctx, clusterID)
			return err
		}},
		{"CCESnapshotTasks", fakecloud.SnapshotTasksPath(projectID, clusterID), func(ctx context.Context, p Project) error {
			_, err := p.CCESnapshotTasks(ctx, clusterID)
			return err
		}},
		{"CCEAutopilotSnapshotTasks", fakecloud.AutopilotSnapshotTasksPath(projectID, clusterID), func(ctx context.Context, p Project) error {
			_, err := p.CCEAutopilotSnapshotTasks(ctx, clusterID)
			return err
		}},
		{"Project", fakecloud.ProjectsPath, func(ctx context.Context, p Project) error {
			_, err := p.client.Project(ctx, DCS, "another-region-1", "")
			return err
		}},
	}
}

func TestAnswer_isAnErrorWhereTheServiceRefusesWithStatus200(t *testing.T) {
	for _, a := range apis() {
		for name, test := range map[string]struct{ body, code, message string }{
			"DCS":     {`{"error_code":"DCS.5000","error_msg":"Try again"}`, "DCS.5000", "Try again"},
			"old DCS": {`{"error":{"code":"DCS.4927","message":"Not enough","ext_message":null}}`, "DCS.4927", "Not enough"},
			"DWS":     {`{"error_code":"DWS.0015","error_msg":"No such cluster"}`, "DWS.0015", "No such cluster"},
			"old DWS": {`{"errCode":"DWS.0005","externalMessage":"Failure"}`, "DWS.0005", "Failure"},
			"CCE": {
				`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":400,"errorCode":"CCE.01400001",` +
					`"errorMessage":"Invalid request.","error_code":"CCE_CM.0004","error_msg":"Request is invalid","message":"sold out","reason":"BadRequest"}`,
				"CCE.01400001", "sold out",
			},
			"beside an answer": {`{"error_code":"DWS.0015","error_msg":"No","tasks":[],"kind":"List","cluster":{},"projects":[]}`, "DWS.0015", "No"},
		} {
			t.Run(a.name+"/"+name, func(t *testing.T) {
				cloud := newCloud()
				cloud.Serve(a.path, fakecloud.Response{Body: test.body})
				err := a.read(t.Context(), project(t, newClient(cloud.Transport(), retries(5))))
				var got *Error
				if !errors.As(err, &got) {
					t.Fatalf("the error is %v, want the refusal", err)
				}
				type refused struct {
					Kind          Kind
					Status        int
					Code, Message string
					Requests      int
				}
				diff(t, "error", refused{KindStatus, http.StatusOK, test.code, test.message, 1},
					refused{got.Kind, got.Status, got.Code, got.Message, len(cloud.Requests())})
			})
		}
	}
}

func TestAnswer_isNoErrorWhereTheServiceSaysThatAllIsWell(t *testing.T) {
	for _, body := range []string{
		`{"error_code":"DWS.0000","error_msg":"","status":"RUNNING"}`,
		`{"error_code":null,"errCode":"","error":null,"status":"RUNNING"}`,
	} {
		cloud := newCloud()
		cloud.Serve(fakecloud.ActionPath(projectID, clusterID, "GROWING"), fakecloud.Response{Body: body})
		action, err := project(t, newClient(cloud.Transport())).DWSClusterAction(t.Context(), clusterID, "GROWING", "en_us")
		diff(t, "error", nil, err)
		diff(t, "status", "RUNNING", action.Status.String())
	}
}

func TestAnswer_isMalformedWhereItCannotBeRead(t *testing.T) {
	for _, test := range []struct{ name, body, problem, shown string }{
		{"nothing", "", "the body is empty", ""},
		{"blanks", " \r\n\t", "the body is empty", ""},
		{"HTML", "<html>\n<p>Sign in", "the body is not a JSON object", "<html> <p>Sign in"},
		{"null", "null", "the body is not a JSON object", "null"},
		{"a list", "[]", "the body is not a JSON object", "[]"},
		{"half an object", `{"status":"SUC`, "the body is not valid JSON: unexpected end of JSON input", `{"status":"SUC`},
		{"two objects", `{} {}`, "the body is not valid JSON: invalid character '{' after top-level value", "{} {}"},
		{"an object for a text", `{"status":{}}`, "its member status is a JSON object where the API documents another type", ""},
		{"a list for a text", `{"job_type":[]}`, "its member job_type is a JSON array where the API documents another type", ""},
		{"a boolean for a text", `{"status":true}`, "its member status is a JSON boolean where the API documents another type", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := refusedAs(t, fakecloud.Fault{Status: http.StatusOK, Header: http.Header{"X-Request-Id": {firstID}}, Body: test.body})
			diff(t, "error", Error{Kind: KindMalformed, Status: 200, Problem: test.problem, Body: test.shown, RequestID: firstID}, got)
		})
	}
}

// TestAnswer_isMalformedWhereItHasNothingOfAList keeps an answer of something
// else from being taken for an instance without tasks.
func TestAnswer_isMalformedWhereItHasNothingOfAList(t *testing.T) {
	problems := map[string]string{
		"DCSTasks":                  "it has neither tasks nor task_count",
		"CCESnapshotTasks":          "it has none of the members of a task list",
		"CCEAutopilotSnapshotTasks": "it has none of the members of a task list",
		"DWSClusterTask":            "its member cluster is absent or null",
	}
	for _, a := range apis() {
		problem, ok := problems[a.name]
		if !ok {
			continue
		}
		for _, body := range []string{`{}`, `{"something":"else"}`, `{"cluster":null}`} {
			t.Run(a.name+body, func(t *testing.T) {
				cloud := newCloud()
				cloud.Serve(a.path, fakecloud.Response{Body: body})
				got := fault(t, a.read(t.Context(), project(t, newClient(cloud.Transport()))))
				diff(t, "problem", problem, got.Problem)
				diff(t, "kind", KindMalformed, got.Kind)
			})
		}
	}
}

func TestAnswer_isReadAsFarAsTheServiceSendsIt(t *testing.T) {
	bodies := map[string][]string{
		"DCSJob":           {`{}`, `{"new_member":{"a":[1]}}`, ` {"status":null}`, "\n{\"status\":5}"},
		"DCSTasks":         {`{"tasks":[]}`, `{"tasks":null}`, `{"task_count":null}`, `{"task_count":0,"tasks":null}`},
		"DCSTaskProgress":  {`{}`, `{"step_details":null}`, `{"progress":"30","step_details":[{}]}`},
		"DWSAction":        {`{"status":"RUNNING"}`, `{"items":[]}`, `{"id":""}`},
		"DWSClusterTask":   {`{"cluster":{}}`, `{"cluster":{"task_status":null}}`},
		"CCESnapshotTasks": {`{"kind":"List"}`, `{"apiVersion":null}`, `{"metadata":{}}`, `{"items":[]}`, `{"items":null}`, `{"items":[{}]}`, `{"status":{}}`},
	}
	for _, a := range apis() {
		for _, body := range bodies[a.name] {
			t.Run(a.name+body, func(t *testing.T) {
				cloud := newCloud()
				cloud.Serve(a.path, fakecloud.Response{Body: body})
				if err := a.read(t.Context(), project(t, newClient(cloud.Transport()))); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func TestAnswer_mayHave32MiB(t *testing.T) {
	head, tail := `{"status":"SUCCESS"`, `}`
	for name, test := range map[string]struct {
		size int
		want error
	}{
		"not more":  {32 << 20, nil},
		"more":      {32<<20 + 1, errTooLarge},
		"much more": {33 << 20, errTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := newCloud()
			cloud.Serve(jobPath, fakecloud.Response{Body: head + strings.Repeat(" ", test.size-len(head)-len(tail)) + tail})
			_, err := project(t, newClient(cloud.Transport(), retries(5))).DCSJob(t.Context(), jobID)
			if test.want == nil {
				diff(t, "error", nil, err)
				return
			}
			diff(t, "fault", test.want, fault(t, err).Err)
			diff(t, "requests", 1, len(cloud.Requests()))
		})
	}
}
