// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// api is one of the APIs that return tasks, for what all of them promise.
type api struct {
	name       string
	host, path string
	action     string // of IAM
	statuses   task.StatusMap
	read       func(context.Context, Project, task.StatusMap) (task.Observation, error)
}

// reading returns what a read of an API found.
func reading[T interface {
	Observe(statuses task.StatusMap) task.Observation
}](read func(context.Context, Project) (T, error)) func(context.Context, Project, task.StatusMap) (task.Observation, error) {
	return func(ctx context.Context, p Project, statuses task.StatusMap) (task.Observation, error) {
		response, err := read(ctx, p)
		return response.Observe(statuses), err
	}
}

func dwsAction(name string) func(context.Context, Project) (DWSClusterAction, error) {
	return func(ctx context.Context, p Project) (DWSClusterAction, error) {
		return p.DWSClusterAction(ctx, clusterID, name, "en_us")
	}
}

const getTask, getCluster = "dcs:instance:getBackgroundTask", "cce:cluster:getCluster"

var (
	dcsJob = api{"DCSJob", "dcs", jobPath, "dcs:job:get", DCSJobStatuses, reading(
		func(ctx context.Context, p Project) (DCSJob, error) { return p.DCSJob(ctx, jobID) },
	)}
	dcsTaskProgress = api{"DCSTaskProgress", "dcs", fakecloud.ProgressPath(projectID, instanceID, taskID), getTask, DCSStepStatuses, reading(
		func(ctx context.Context, p Project) (DCSTaskProgress, error) {
			return p.DCSTaskProgress(ctx, instanceID, taskID)
		},
	)}
	dwsClusterAction = api{
		"DWSClusterAction", "dws", fakecloud.ActionPath(projectID, clusterID, "GROWING"), "dws:cluster:getTaskDetail", DWSClusterActionStatuses, reading(dwsAction("GROWING")),
	}
	dwsFailureRecord = api{
		"DWSClusterAction, failed", "dws", fakecloud.ActionPath(projectID, clusterID, "RESIZE_FAILURE"), "dws:cluster:getTaskDetail", DWSClusterActionStatuses, reading(dwsAction("RESIZE_FAILURE")),
	}
	dwsJob = api{"DWSJob", "dws", fakecloud.DWSJobPath(projectID, jobID), "dws:service:listJobDetail", DWSJobStatuses, reading(
		func(ctx context.Context, p Project) (DWSJob, error) { return p.DWSJob(ctx, jobID) },
	)}
	dwsSnapshot = api{"DWSSnapshot", "dws", fakecloud.DWSSnapshotPath(projectID, taskID), "dws:cluster:getSnapshotDetail", DWSSnapshotStatuses, reading(
		func(ctx context.Context, p Project) (DWSSnapshot, error) { return p.DWSSnapshot(ctx, taskID) },
	)}
	cceJob = api{"CCEJob", "cce", fakecloud.CCEJobPath(projectID, jobID), "cce:job:get", CCEJobStatuses, reading(
		func(ctx context.Context, p Project) (CCEJob, error) { return p.CCEJob(ctx, jobID) },
	)}
	cceAutopilotJob = api{"CCEAutopilotJob", "cce", fakecloud.CCEAutopilotJobPath(projectID, jobID), "cce:job:get", CCEJobStatuses, reading(
		func(ctx context.Context, p Project) (CCEJob, error) { return p.CCEAutopilotJob(ctx, jobID) },
	)}
	cceUpgradeTask = api{"CCEUpgradeTask", "cce", fakecloud.CCEUpgradeTaskPath(projectID, clusterID, taskID), getCluster, CCEUpgradeTaskStatuses, reading(
		func(ctx context.Context, p Project) (CCEUpgradeTask, error) {
			return p.CCEUpgradeTask(ctx, clusterID, taskID)
		},
	)}
	cceAutopilotUpgradeTask = api{"CCEAutopilotUpgradeTask", "cce", fakecloud.CCEAutopilotUpgradeTaskPath(projectID, clusterID, taskID), getCluster, CCEUpgradeTaskStatuses, reading(
		func(ctx context.Context, p Project) (CCEUpgradeTask, error) {
			return p.CCEAutopilotUpgradeTask(ctx, clusterID, taskID)
		},
	)}
	// The lists are read in the way of a wait's second read, with all tasks.
	dcsBackgroundTasks = api{"DCSBackgroundTasks", "dcs", fakecloud.TasksPath(projectID, instanceID), getTask, DCSBackgroundTaskStatuses, reading(
		func(ctx context.Context, p Project) (DCSBackgroundTasks, error) {
			return p.DCSBackgroundTasks(ctx, DCSBackgroundTaskQuery{InstanceID: instanceID, PastEnd: true})
		},
	)}
	cceSnapshotTasks = api{"CCESnapshotTasks", "cce", fakecloud.SnapshotTasksPath(projectID, clusterID), getCluster, CCESnapshotStatuses, reading(
		func(ctx context.Context, p Project) (CCESnapshotTasks, error) {
			return p.CCESnapshotTasks(ctx, CCESnapshotQuery{ClusterID: clusterID})
		},
	)}
	cceAutopilotSnapshotTasks = api{"CCEAutopilotSnapshotTasks", "cce", fakecloud.AutopilotSnapshotTasksPath(projectID, clusterID), getCluster, CCESnapshotStatuses, reading(
		func(ctx context.Context, p Project) (CCESnapshotTasks, error) {
			return p.CCEAutopilotSnapshotTasks(ctx, CCESnapshotQuery{ClusterID: clusterID})
		},
	)}
)

func apis() []api {
	return []api{
		dcsJob, dcsTaskProgress, dwsClusterAction, dwsFailureRecord, dwsJob, dwsSnapshot, cceJob, cceAutopilotJob, cceUpgradeTask, cceAutopilotUpgradeTask,
		dcsBackgroundTasks, cceSnapshotTasks, cceAutopilotSnapshotTasks,
	}
}

// respond reads the API of a cloud that responds like this.
func (a api) respond(t *testing.T, response fakecloud.Response, statuses map[string]task.State) (task.Observation, error) {
	t.Helper()
	cloud := newCloud()
	cloud.Serve(a.path, response)
	return a.read(t.Context(), project(t, newClient(cloud.Transport())), a.statuses.Merge(statuses))
}

func (a api) isList() bool { return strings.HasSuffix(a.name, "Tasks") }

// script serves a task in a state, or a list of one.
func (a api) script(cloud *fakecloud.Cloud, state fakecloud.State, quirks ...fakecloud.QuirkSpan) {
	steps := []fakecloud.Step{{State: state}}
	if a.isList() {
		cloud.ServeList(a.path, fakecloud.ListScript{Tasks: []fakecloud.TaskScript{{ID: taskID, Steps: steps}}, Quirks: quirks})
		return
	}
	cloud.ServeScript(a.path, fakecloud.Script{Steps: steps, Quirks: quirks})
}

func TestAPIs_requests(t *testing.T) {
	for _, a := range apis() {
		t.Run(a.name, func(t *testing.T) {
			cloud := newCloud()
			a.script(cloud, fakecloud.Failed)
			o, err := a.read(t.Context(), project(t, newClient(cloud.Transport())), a.statuses)
			diff(t, "error", nil, err)
			diff(t, "state", task.Failed, o.State)
			r := cloud.Requests()[0]
			diff(t, "request", "GET "+a.host+".cn-north-4.myhuaweicloud.com "+a.path, r.Method+" "+r.Host+" "+r.Path)
			diff(t, "project", projectID, r.Header.Get("X-Project-Id"))
			diff(t, "signed headers", []string{"x-project-id", "x-sdk-date"}, r.Signed)
			_, err = a.respond(t, fakecloud.Response{Status: 403, Body: `{"error_code":"APIGW.0302"}`}, nil)
			diff(t, "IAM action", a.action, fault(t, err).IAMAction)
		})
	}
}

// TestAPIs_quirks: a response without evidence of the task is an error, and
// one that deviates without harm is not. The script says which is which; most
// of the former claim success.
func TestAPIs_quirks(t *testing.T) {
	for _, a := range apis() {
		for _, quirk := range fakecloud.Quirks(a.path) {
			t.Run(a.name+", "+quirk.Name, func(t *testing.T) {
				for state, want := range map[fakecloud.State]task.State{fakecloud.Running: task.Running, fakecloud.Succeeded: task.Succeeded, fakecloud.Failed: task.Failed} {
					if a.name == dwsFailureRecord.name && state != fakecloud.Failed {
						want = task.Unknown // it can only mean failed
					}
					cloud := newCloud()
					a.script(cloud, state, fakecloud.QuirkSpan{Quirk: quirk})
					o, err := a.read(t.Context(), project(t, newClient(cloud.Transport())), a.statuses)
					switch blank := quirk.Name == "null fields" || quirk.Name == "empty object"; {
					case quirk.Believable:
						diff(t, "error", nil, err)
						diff(t, "state", want, o.State)
					case blank && strings.HasPrefix(a.name, dwsClusterAction.name):
						diff(t, "missing", true, transport.IsNotFound(err))
					case quirk.Name == "null fields" && a.name == dcsTaskProgress.name:
						diff(t, "state", task.Pending, o.State) // it has no step yet
					case quirk.Name == "status in another case":
						diff(t, "state", task.Unknown, o.State) // of a task without a status
					case err == nil || transport.IsNotFound(err):
						t.Errorf("the state is %s, the error is %v", o.State, err)
					}
				}
			})
		}
	}
}

// TestAPIs_malformed: what lacks the identity or the fields of this API is the
// response of something else.
func TestAPIs_malformed(t *testing.T) {
	for _, test := range []struct {
		problem string
		api     api
		bodies  []string
	}{
		{"its job_id is another, but " + jobID + " was requested", dcsJob, []string{`{"job_id":"another","status":"SUCCESS"}`}},
		{"its job_id is absent, but " + jobID + " was requested", dcsJob, []string{`{}`, `{"status":"SUCCESS"}`, `{"status":"success","data":null}`, `{"job_id":null,"status":"SUCCESS"}`, `{"Job_id":"` + jobID + `"}`}},
		{"it has none of progress, remain_time, and step_details", dcsTaskProgress, []string{`{}`, `{"status":"success","data":null}`}},
		{"its job_id is another, but " + jobID + " was requested", dwsJob, []string{`{"job_id":"another","status":"SUCCESS"}`}},
		{"its job_id is absent, but " + jobID + " was requested", dwsJob, []string{`{}`, `{"job_id":null,"status":"SUCCESS"}`}},
		{"its snapshot.id is another, but " + taskID + " was requested", dwsSnapshot, []string{`{"snapshot":{"id":"another","status":"AVAILABLE"}}`}},
		{"its snapshot is absent or null", dwsSnapshot, []string{`{}`, `{"snapshot":null}`, `{"id":"` + taskID + `","status":"AVAILABLE"}`}},
		{"its metadata.uid is another, but " + jobID + " was requested", cceJob, []string{`{"kind":"Job","metadata":{"uid":"another"},"status":{"phase":"Success"}}`}},
		{"its metadata.uid is absent, but " + jobID + " was requested", cceAutopilotJob, []string{`{}`, `{"metadata":null,"status":{"phase":"Success"}}`, `{"metadata":{"uid":[]},"status":{"phase":"Success"}}`}},
		{`its kind is "UpgradeTask", not "Job"`, cceJob, []string{`{"kind":"UpgradeTask","metadata":{"uid":"` + jobID + `"},"status":{"phase":"Success"}}`}},
		{`its kind is "Job", not "UpgradeTask"`, cceUpgradeTask, []string{`{"kind":"Job","metadata":{"uid":"` + taskID + `"},"status":{"phase":"Success"}}`}},
		{"its metadata.uid is another, but " + taskID + " was requested", cceAutopilotUpgradeTask, []string{`{"metadata":{"uid":"another"},"status":{"phase":"Success"}}`}},
		{"its action_name is RESTORING, but GROWING was requested", dwsClusterAction, []string{`{"action_name":"RESTORING","status":"SUCCESS"}`}},
		{"its action_name is absent, but GROWING was requested", dwsClusterAction, []string{
			`{"status":"success","data":null}`, `{"id":""}`, `{"id":[]}`, `{"cluster_name":{}}`, `{"submit_time":false}`, `{"action_name":""}`, `{"items":[{}]}`,
		}},
		{"its action_name is GROWING, but RESIZE_FAILURE was requested", dwsFailureRecord, []string{`{"action_name":"GROWING","status":"FAILED"}`}},
		{"it has neither tasks nor a usable task_count", dcsBackgroundTasks, []string{`{}`, `{"status":"success","data":null}`, `{"Tasks":[]}`, `{"items":[]}`, `{"task_count":null}`, `{"task_count":-1}`}},
		{"it has neither items nor the kind of a list", cceSnapshotTasks, []string{
			`{}`, `{"status":"success","data":null}`, `{"tasks":[]}`, `{"apiVersion":"v3.1","kind":null}`, `{"metadata":{"uid":"a"},"status":{"phase":"Running"}}`,
		}},
		{`its kind is "SnapshotTask", not "List"`, cceAutopilotSnapshotTasks, []string{`{"kind":"SnapshotTask","status":{"phase":"Success"}}`}},
		{`its kind is "Status", not "List"`, cceSnapshotTasks, []string{`{"kind":"Status","apiVersion":"v1","metadata":{},"items":[]}`}},
		{"its metadata.continue announces more tasks, but the API documents no further page", cceSnapshotTasks, []string{`{"kind":"List","metadata":{"continue":"eyJ2"},"items":[]}`}},
		{"the field metadata.continue is an object, where the API documents another type", cceSnapshotTasks, []string{`{"kind":"List","metadata":{"continue":{}},"items":[]}`}},
		{"an element of a list has no ID", dcsBackgroundTasks, []string{`{"tasks":[{}]}`, `{"tasks":[null]}`, `{"tasks":[{"id":""}]}`}},
		{"an element of a list has no ID", cceSnapshotTasks, []string{`{"items":[{"metadata":{}}]}`, `{"items":[{"metadata":{"uid":{}}}]}`, `{"items":[{"status":{"phase":"Success"}}]}`}},
		{"the field status.phase is an object, where the API documents another type", cceJob, []string{`{"status":{"phase":{}}}`}},
		{"the field tasks.1.status is an object, where the API documents another type", dcsBackgroundTasks, []string{`{"tasks":[{"id":"a"},{"id":"b","status":{}}]}`}},
		{"the field items.0.status is a string, where the API documents another type", cceSnapshotTasks, []string{`{"items":[{"metadata":{"uid":"a"},"status":"Success"}]}`}},
	} {
		for _, body := range test.bodies {
			t.Run(test.api.name+body, func(t *testing.T) {
				_, err := test.api.respond(t, fakecloud.Response{Body: body}, nil)
				got := fault(t, err)
				diff(t, "problem", test.problem, got.Problem)
				diff(t, "kind", transport.KindMalformed, got.Kind)
			})
		}
	}
}

// TestAPIs_refusals with status 200, which the list APIs could take for an empty list.
func TestAPIs_refusals(t *testing.T) {
	for _, body := range []string{
		`{"error_msg":"No","task_count":0,"tasks":[],"kind":"List"}`, `{"kind":"Status","message":"No"}`, `{"kind":"List","apiVersion":"v3.1","metadata":{},"items":[],"message":"No","tasks":null}`,
		`{"error_code":"DWS.0000","errCode":"DWS.0015","error_msg":"No","tasks":[],"kind":"List"}`, `{"message":"No","items":[],"task_count":0}`, `{"externalMessage":"No","job_id":"` + jobID + `","status":"SUCCESS","progress":1,"items":[],"tasks":[]}`,
	} {
		for _, a := range apis() {
			_, err := a.respond(t, fakecloud.Response{Body: body}, nil)
			got := fault(t, err)
			diff(t, a.name+body, transport.KindStatus, got.Kind)
			diff(t, "message", "No", got.Message)
		}
	}
}
