// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// worker waits for one task after another.
type worker struct {
	number   uint64
	services *services
	client   *client.Client
	tally    *tally
}

func (w worker) work(ctx context.Context) {
	for turn := uint64(0); ctx.Err() == nil; turn++ {
		next := newWait(rand.New(rand.NewPCG(w.number, turn)), fmt.Sprintf("soak-%d-%d", w.number, turn), w.services.quota.limit > 0)
		w.services.clouds.Store(next.id, next.cloud)
		w.tally.started.Add(1)
		got := next.wait(ctx, w.client)
		w.services.clouds.Delete(next.id)
		w.tally.end(next, got, ctx.Err() != nil)
	}
}

// wait is a wait for a task whose result is known.
type wait struct {
	id      string
	source  datasources.Source
	args    map[string]string
	timeout time.Duration
	cloud   *fakecloud.Cloud
	want    string // the state, or the summary of the error
}

// newWait returns a random task: its result, and the faults before it. Two thirds
// of the tasks succeed.
func newWait(random *rand.Rand, id string, quota bool) wait {
	all := datasources.Sources()
	source := all[random.IntN(len(all))]
	api := apis()[source.Name()]
	w := wait{id: id, source: source, args: map[string]string{"wait_for": "success"}, timeout: 15 * time.Minute, cloud: fakecloud.New(keys), want: "succeeded"}
	maps.Copy(w.args, api.args(id))
	status := api.succeeded
	switch random.IntN(15) {
	case 0, 1:
		status, w.want = api.failed, source.Noun()+" failed"
	case 2:
		status, w.want = "FROZEN", "Unrecognized status of "+source.Noun()
	case 3:
		status, w.want = api.running, "Timed out waiting for "+source.Noun()
		w.timeout = time.Duration(20+random.IntN(40)) * time.Second
	case 4:
		status, w.want = "", "Unable to read "+source.Noun()
	}
	response := func(status string) fakecloud.Response {
		r := fakecloud.Response{Body: strings.Replace(api.body(id), "%s", status, 1), Header: http.Header{pollHeader: {"1"}}}
		if status == "" {
			r.Status, r.Body = http.StatusForbidden, `{"error_code":"APIGW.0302","error_msg":"no permission"}`
		}
		return r
	}
	final := response(status)
	final.After = time.Duration(5+random.IntN(60)) * time.Second
	w.cloud.Serve(api.path(id), response(api.running), final)
	w.cloud.Fail(api.path(id), faults(random, quota)...)
	return w
}

// wait returns the final state of the task, or the summary of the error.
func (w wait) wait(ctx context.Context, c *client.Client) string {
	schema := w.source.Schema()
	object, ok := schema.Type().TerraformType(ctx).(tftypes.Object)
	if !ok {
		return "a schema that is not an object"
	}
	values := make(map[string]tftypes.Value)
	for name, t := range object.AttributeTypes {
		values[name] = tftypes.NewValue(t, nil)
	}
	for name, text := range w.args {
		values[name] = tftypes.NewValue(tftypes.String, text)
	}
	values["timeouts"] = tftypes.NewValue(object.AttributeTypes["timeouts"], map[string]tftypes.Value{"read": tftypes.NewValue(tftypes.String, w.timeout.String())})
	result, diags := w.source.Read(ctx, c, tfsdk.Config{Schema: schema, Raw: tftypes.NewValue(object, values)},
		datasources.Caller{Timeout: path.Root("timeouts").AtName("read")}, nil)
	if len(diags) > 0 {
		return diags[0].Summary()
	}
	return string(result.State)
}

// api is the arguments and the responses of a data source.
type api struct {
	args                       func(id string) map[string]string
	path, body                 func(id string) string // the body has %s in place of the status
	running, succeeded, failed string
}

// apis has the API of each data source.
func apis() map[string]api {
	named := func(id string, names ...string) map[string]string {
		args := make(map[string]string)
		for _, name := range names {
			args[name] = id
		}
		return args
	}
	body := func(before, after string) func(string) string {
		return func(id string) string { return before + id + after }
	}
	snapshots := func(path func(project, cluster string) string) api {
		return api{
			args: func(id string) map[string]string { return named(id, "cluster_id", "uid") },
			path: func(id string) string { return path(projectID, id) },
			body: body(`{"kind":"List","items":[{"metadata":{"uid":"`, `"},"status":{"phase":"%s"}}]}`), running: "Running", succeeded: "Success", failed: "Failed",
		}
	}
	return map[string]api{
		"dws_cluster_action": {
			args: func(id string) map[string]string {
				return map[string]string{"cluster_id": id, "action_name": "GROWING"}
			},
			path: func(id string) string { return fakecloud.ActionPath(projectID, id, "GROWING") },
			body: body(`{"id":"`, `","action_name":"GROWING","status":"%s"}`), running: "RUNNING", succeeded: "SUCCESS", failed: "FAILED",
		},
		"dcs_background_tasks": {
			args: func(id string) map[string]string { return named(id, "instance_id", "task_id") },
			path: func(id string) string { return fakecloud.TasksPath(projectID, id) },
			body: body(`{"task_count":1,"tasks":[{"id":"`, `","status":"%s"}]}`), running: "EXECUTING", succeeded: "SUCCESS", failed: "FAILED",
		},
		"dcs_task_progress": {
			args: func(id string) map[string]string { return named(id, "instance_id", "task_id") },
			path: func(id string) string { return fakecloud.ProgressPath(projectID, id, id) },
			body: body(`{"progress":100,"step_details":[{"step_id":"`, `","step_status":"%s"}]}`), running: "EXECUTING", succeeded: "FINISH", failed: "FAILED",
		},
		"dcs_job": {
			args: func(id string) map[string]string { return named(id, "job_id") },
			path: func(id string) string { return fakecloud.JobPath(projectID, id) },
			body: body(`{"job_id":"`, `","status":"%s"}`), running: "RUNNING", succeeded: "SUCCESS", failed: "FAIL",
		},
		"cce_snapshot_tasks":           snapshots(fakecloud.SnapshotTasksPath),
		"cce_autopilot_snapshot_tasks": snapshots(fakecloud.AutopilotSnapshotTasksPath),
	}
}
