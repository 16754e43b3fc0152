// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"net/http"
	"slices"
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

var (
	dcsJob = api{
		name: "DCSJob", host: "dcs", path: jobPath, action: "dcs:job:get", statuses: DCSJobStatuses,
		read: func(ctx context.Context, p Project, statuses task.StatusMap) (task.Observation, error) {
			job, err := p.DCSJob(ctx, jobID)
			return job.Observe(statuses), err
		},
	}
	dcsTaskProgress = api{
		name: "DCSTaskProgress", host: "dcs", path: fakecloud.ProgressPath(projectID, instanceID, taskID), action: "dcs:instance:getBackgroundTask", statuses: DCSStepStatuses,
		read: func(ctx context.Context, p Project, statuses task.StatusMap) (task.Observation, error) {
			progress, err := p.DCSTaskProgress(ctx, instanceID, taskID)
			return progress.Observe(statuses), err
		},
	}
	dwsClusterAction = api{
		name: "DWSClusterAction", host: "dws", path: fakecloud.ActionPath(projectID, clusterID, "GROWING"), action: "dws:cluster:getTaskDetail", statuses: DWSClusterActionStatuses,
		read: func(ctx context.Context, p Project, statuses task.StatusMap) (task.Observation, error) {
			action, err := p.DWSClusterAction(ctx, clusterID, "GROWING", "en_us")
			return action.Observe(statuses), err
		},
	}
	dwsFailureRecord = api{
		name: "DWSClusterAction, failed", host: "dws", path: fakecloud.ActionPath(projectID, clusterID, "RESIZE_FAILURE"), action: "dws:cluster:getTaskDetail", statuses: DWSClusterActionStatuses,
		read: func(ctx context.Context, p Project, statuses task.StatusMap) (task.Observation, error) {
			action, err := p.DWSClusterAction(ctx, clusterID, "RESIZE_FAILURE", "en_us")
			return action.Observe(statuses), err
		},
	}
	// The lists are read in the way of a wait's second read, with all tasks.
	dcsBackgroundTasks = api{
		name: "DCSBackgroundTasks", host: "dcs", path: fakecloud.TasksPath(projectID, instanceID), action: "dcs:instance:getBackgroundTask", statuses: DCSBackgroundTaskStatuses,
		read: func(ctx context.Context, p Project, statuses task.StatusMap) (task.Observation, error) {
			list, err := p.DCSBackgroundTasks(ctx, DCSBackgroundTaskQuery{InstanceID: instanceID, PastEnd: true})
			return list.Observe(statuses), err
		},
	}
	cceSnapshotTasks = api{
		name: "CCESnapshotTasks", host: "cce", path: fakecloud.SnapshotTasksPath(projectID, clusterID), action: "cce:cluster:getCluster", statuses: CCESnapshotStatuses,
		read: func(ctx context.Context, p Project, statuses task.StatusMap) (task.Observation, error) {
			list, err := p.CCESnapshotTasks(ctx, CCESnapshotQuery{ClusterID: clusterID})
			return list.Observe(statuses), err
		},
	}
	cceAutopilotSnapshotTasks = api{
		name: "CCEAutopilotSnapshotTasks", host: "cce", path: fakecloud.AutopilotSnapshotTasksPath(projectID, clusterID), action: "cce:cluster:getCluster", statuses: CCESnapshotStatuses,
		read: func(ctx context.Context, p Project, statuses task.StatusMap) (task.Observation, error) {
			list, err := p.CCEAutopilotSnapshotTasks(ctx, CCESnapshotQuery{ClusterID: clusterID})
			return list.Observe(statuses), err
		},
	}
)

func apis() []api {
	return []api{dcsJob, dcsTaskProgress, dwsClusterAction, dwsFailureRecord, dcsBackgroundTasks, cceSnapshotTasks, cceAutopilotSnapshotTasks}
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
			a.script(cloud, fakecloud.Running)
			o, err := a.read(t.Context(), project(t, newClient(cloud.Transport())), a.statuses)
			diff(t, "error", nil, err)
			diff(t, "state", task.Running, o.State)
			r := cloud.Requests()[0]
			diff(t, "request", "GET "+a.host+".cn-north-4.myhuaweicloud.com "+a.path, r.Method+" "+r.Host+" "+r.Path)
			diff(t, "project", projectID, r.Header.Get("X-Project-Id"))
			diff(t, "signed headers", []string{"x-project-id", "x-sdk-date"}, r.Signed)
			_, err = a.respond(t, fakecloud.Response{Status: 403, Body: `{"error_code":"APIGW.0302"}`}, nil)
			diff(t, "IAM action", a.action, fault(t, err).IAMAction)
		})
	}
}

// TestAPIs_quirks: a response that is no evidence of the task is an error, and
// one that deviates without harm is none. The script says which is which; most
// of the former claim success.
func TestAPIs_quirks(t *testing.T) {
	for _, a := range apis() {
		for _, quirk := range fakecloud.Quirks(a.path) {
			t.Run(a.name+", "+quirk.Name, func(t *testing.T) {
				for state, want := range map[fakecloud.State]task.State{fakecloud.Running: task.Running, fakecloud.Succeeded: task.Succeeded, fakecloud.Failed: task.Failed} {
					if a.name == dwsFailureRecord.name && state != fakecloud.Failed {
						want = map[fakecloud.State]task.State{fakecloud.Running: task.Running, fakecloud.Succeeded: task.Unknown}[state]
					}
					cloud := newCloud()
					a.script(cloud, state, fakecloud.QuirkSpan{Quirk: quirk})
					o, err := a.read(t.Context(), project(t, newClient(cloud.Transport())), a.statuses)
					switch blank := quirk.Name == "null fields" || quirk.Name == "empty object"; {
					case quirk.Believable:
						diff(t, "error", nil, err)
						diff(t, "state", want, o.State)
					case blank && strings.HasPrefix(a.name, "DWS"):
						diff(t, "missing", true, transport.IsNotFound(err))
					case quirk.Name == "null fields" && a.name == dcsTaskProgress.name:
						diff(t, "state", task.Pending, o.State) // it has no step yet
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
		{"its action_name is RESTORING, but GROWING was requested", dwsClusterAction, []string{`{"action_name":"RESTORING","status":"SUCCESS"}`}},
		{"its action_name is absent, but GROWING was requested", dwsClusterAction, []string{
			`{"status":"success","data":null}`, `{"id":""}`, `{"id":[]}`, `{"cluster_name":{}}`, `{"submit_time":false}`, `{"action_name":""}`, `{"items":[{}]}`,
		}},
		{"its action_name is GROWING, but RESIZE_FAILURE was requested", dwsFailureRecord, []string{`{"action_name":"GROWING","status":"FAILED"}`}},
		{"it has neither tasks nor task_count", dcsBackgroundTasks, []string{`{}`, `{"status":"success","data":null}`, `{"Tasks":[]}`, `{"items":[]}`}},
		{"it has none of the members of a task list", cceSnapshotTasks, []string{`{}`, `{"status":"success","data":null}`, `{"tasks":[]}`}},
		{`its kind is "SnapshotTask", not "List"`, cceAutopilotSnapshotTasks, []string{`{"kind":"SnapshotTask","status":{"phase":"Success"}}`}},
		{`its kind is "Status", not "List"`, cceSnapshotTasks, []string{`{"kind":"Status","apiVersion":"v1","metadata":{},"items":[]}`}},
		{"an element of a list has no ID", dcsBackgroundTasks, []string{`{"tasks":[{}]}`, `{"tasks":[null]}`, `{"tasks":[{"id":""}]}`}},
		{"an element of a list has no ID", cceSnapshotTasks, []string{`{"items":[{"metadata":{}}]}`, `{"items":[{"metadata":{"uid":{}}}]}`, `{"items":[{"status":{"phase":"Success"}}]}`}},
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

// TestStatuses are those of the documents.
func TestStatuses(t *testing.T) {
	for name, test := range map[string]struct {
		statuses                            task.StatusMap
		pending, running, succeeded, failed string
	}{
		"DWS action":          {DWSClusterActionStatuses, "WAITING", "RUNNING ROLLBACK_RUNNING", "SUCCESS", "FAILED ROLLBACK_SUCCESS ROLLBACK_FAIL"},
		"DCS background task": {DCSBackgroundTaskStatuses, "CREATED", "EXECUTING RUNNING", "SUCCESS", "FAILED FAIL CANCELLED DELETED"},
		"DCS step":            {DCSStepStatuses, "WAITING", "EXECUTING SUSPEND", "FINISH", "FAILED CANCELED"},
		"DCS job":             {DCSJobStatuses, "INIT", "RUNNING", "SUCCESS", "FAIL FAILED"},
		"CCE snapshot task":   {CCESnapshotStatuses, "Init Queuing", "Running Pause", "Success", "Failed"},
	} {
		count := 0
		for state, all := range map[task.State]string{task.Pending: test.pending, task.Running: test.running, task.Succeeded: test.succeeded, task.Failed: test.failed} {
			for status := range strings.FieldsSeq(all) {
				count++
				diff(t, name+" "+status, state, test.statuses.State(status))
			}
		}
		diff(t, "number of statuses of "+name, count, len(test.statuses))
	}
	names := DWSActionNames()
	diff(t, "sorted", true, slices.IsSorted(names))
	diff(t, "names", "FINE_GRAINED_RESTORING FINE_GRAINED_RESTORING_FAILED GROWING RESIZE_FAILURE RESTORING RESTORING_FAILED SNAPSHOTTING SNAPSHOTTING_FAILED", strings.Join(names, " "))
}

// refused is an error response, and whether it means that there is no such task.
type refused struct {
	status        int
	code, message string
	missing       bool
}

// TestDCS_missing is what says so in its text, under a code that fits.
func TestDCS_missing(t *testing.T) {
	const job, background, instance = "Instance job is not found.", "The background task does not exist.", "This DCS instance does not exist."
	for _, test := range []refused{
		{400, "DCS.4133", job, true},
		{404, "DCS.4133", job, true},
		{404, "DCS.4133", "No such TASK", true},
		{400, "DCS.4133", "Invalid capacity parameter", false}, // a documented reuse of the code
		{403, "DCS.4133", job, false},
		{500, "DCS.4133", job, false},
		{404, "DCS.4927", "The job does not exist.", true},
		{404, "111404070", background, true},
		{404, "111404070", "not found", false},
		{404, "111404070", "The jobless multitasker", false},
		{400, "DCS.4927", "The job does not exist.", false},
		{404, "DCS.4001", "The requested URL of the job does not exist", false},
		{404, "111404001", job, false},
		{404, "DCS.3022", instance, false},
		{404, "DCS.3022", job, false},
		{404, "111404022", job, false},
		{400, "DCS.4031", job, false},
		{400, "DCS.4119", job, false},
		{404, "DCS.4023", job, false},
		{404, "111404023", job, false},
		{404, "DCS.5101", job, false},
		{400, "DCS.4070", background, false},
		{404, "DCS.4070", background, false},
		{404, "DCS.4061", job, false},
		{404, "DCS.4094", job, false},
		{404, "", job, false},
		{404, "APIGW.0101", job, false},
		{404, "APIG.0101", job, false},
		{404, "DWS.0047", job, false},
		{404, "11140407", job, false},
		{404, "1114040700", job, false},
		{404, "222404070", job, false},
		{404, "XDCS.4070", job, false},
		{410, "DCS.4927", job, false},
		{200, "DCS.4133", job, false},
		{200, "DCS.4927", job, false},
	} {
		for _, a := range []api{dcsJob, dcsTaskProgress, dcsBackgroundTasks, cceSnapshotTasks} {
			test.check(t, a, test.missing && !a.isList()) // a list has no missing task
		}
	}
}

// TestDWS_missing is 404 with a code of DWS that is not about the cluster.
func TestDWS_missing(t *testing.T) {
	for _, test := range []refused{
		{404, "DWS.0025", "x", true},
		{404, "DWS.0047", "x", false},
		{404, "DWS.3027", "x", false},
		{404, "DWS.0015", "x", false},
		{404, "DWS.0001", "x", false},
		{401, "DWS.0047", "x", false},
		{403, "DWS.0015", "x", false},
		{400, "DWS.0001", "x", false},
		{200, "DWS.0047", "x", false},
		{200, "DWS.0025", "x", false},
		{404, "", "x", false},
		{404, "APIGW.0101", "x", false},
		{404, "DCS.4133", "job", false},
		{400, "DWS.0025", "x", false},
		{500, "DWS.0025", "x", false},
	} {
		test.check(t, dwsClusterAction, test.missing)
		test.check(t, dwsFailureRecord, test.missing)
	}
	for _, body := range []string{
		`{}`, `{"new_field":1}`, `{"error_code":"DWS.0000"}`, `{"error_code":null}`, `{"items":[]}`,
		`{"id":null,"action_name":null,"status":null,"cluster_name":null,"submit_time":null,"items":null}`,
	} {
		_, err := dwsClusterAction.respond(t, fakecloud.Response{Body: body}, nil)
		diff(t, body, true, transport.IsNotFound(err))
	}
}

func (r refused) check(t *testing.T, a api, missing bool) {
	t.Helper()
	_, err := a.respond(t, fakecloud.Response{Status: r.status, Body: `{"error_code":"` + r.code + `","error_msg":"` + r.message + `"}`}, nil)
	want := transport.KindStatus
	if missing {
		want = transport.KindNotFound
	}
	got := fault(t, err)
	diff(t, a.name+" "+http.StatusText(r.status)+" "+r.code+" "+r.message, want, got.Kind)
	diff(t, "not found", missing, transport.IsNotFound(err))
}

// TestMissing names what does not exist.
func TestMissing(t *testing.T) {
	for code, want := range map[string]Thing{
		"DWS.0047": Cluster, "DWS.3027": Cluster, "DWS.0015": Cluster, "CCE.01404001": Cluster, "CCE_CM.0003": Cluster, "DCS.3022": Instance, "111404022": Instance,
		"DCS.4001": URL, "111404001": URL, "APIGW.0101": URL, "APIG.0101": URL, "DCS.4023": Order, "DCS.5101": Agency, "DCS.4133": Job,
		"DWS.0001": NoThing, "DCS.4070": NoThing, "111400061": NoThing, "": NoThing, "DWS.0025": NoThing, "CCE.01403001": NoThing, "dws.0047": NoThing,
	} {
		for kind, want := range map[transport.Kind]Thing{transport.KindStatus: want, transport.KindNotFound: want, transport.KindMalformed: NoThing, transport.KindNetwork: NoThing} {
			diff(t, code, want, Missing(&transport.Error{Kind: kind, Status: 404, Code: code}))
		}
	}
}
