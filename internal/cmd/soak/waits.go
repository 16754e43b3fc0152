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

// worker waits for one task after the other.
type worker struct {
	number uint64
	site   *site
	client *client.Client
	tally  *tally
}

func (w worker) work(ctx context.Context) {
	for turn := uint64(0); ctx.Err() == nil; turn++ {
		next := draw(rand.New(rand.NewPCG(w.number, turn)), fmt.Sprintf("soak-%d-%d", w.number, turn))
		w.site.clouds.Store(next.id, next.cloud)
		w.tally.begun.Add(1)
		got := next.wait(ctx, w.client)
		w.site.clouds.Delete(next.id)
		w.tally.end(next, got, ctx.Err() != nil)
	}
}

// wait is a wait for a task whose end is known.
type wait struct {
	id     string
	source datasources.Source
	ask    map[string]string
	limit  time.Duration
	cloud  *fakecloud.Cloud
	want   string // the state, or the summary of the error
}

// draw makes up a task, its end and what comes in between. Of the ends, two
// thirds are well.
func draw(chance *rand.Rand, id string) wait {
	all := datasources.Sources()
	source := all[chance.IntN(len(all))]
	api := apis()[source.Name()]
	w := wait{id: id, source: source, ask: map[string]string{"wait_for": "success"}, limit: 15 * time.Minute, cloud: fakecloud.New(keys), want: "succeeded"}
	maps.Copy(w.ask, api.ask(id))
	word := api.well
	switch chance.IntN(15) {
	case 0, 1:
		word, w.want = api.bad, source.Noun()+" failed"
	case 2:
		word, w.want = "FROZEN", "Unknown state of "+source.Noun()
	case 3:
		word, w.want = api.running, "Timed out waiting for "+source.Noun()
		w.limit = time.Duration(20+chance.IntN(40)) * time.Second
	case 4:
		word, w.want = "", "Unable to read "+source.Noun()
	}
	answer := func(word string) fakecloud.Response {
		a := fakecloud.Response{Body: strings.Replace(api.body(id), "%s", word, 1), Header: http.Header{lookHeader: {"1"}}}
		if word == "" {
			a.Status, a.Body = http.StatusForbidden, `{"error_code":"APIGW.0302","error_msg":"no permission any more"}`
		}
		return a
	}
	end := answer(word)
	end.After = time.Duration(5+chance.IntN(60)) * time.Second
	w.cloud.Serve(api.path(id), answer(api.running), end)
	w.cloud.Fail(api.path(id), faults(chance)...)
	return w
}

// wait returns the state in which the task has ended, or the summary of the error.
func (w wait) wait(ctx context.Context, c *client.Client) string {
	schema := w.source.Schema()
	object, ok := schema.Type().TerraformType(ctx).(tftypes.Object)
	if !ok {
		return "a schema that is no object"
	}
	values := make(map[string]tftypes.Value)
	for name, t := range object.AttributeTypes {
		values[name] = tftypes.NewValue(t, nil)
	}
	for name, text := range w.ask {
		values[name] = tftypes.NewValue(tftypes.String, text)
	}
	values["timeouts"] = tftypes.NewValue(object.AttributeTypes["timeouts"], map[string]tftypes.Value{"read": tftypes.NewValue(tftypes.String, w.limit.String())})
	verdict, diags := w.source.Read(ctx, c, tfsdk.Config{Schema: schema, Raw: tftypes.NewValue(object, values)},
		datasources.Caller{Timeout: path.Root("timeouts").AtName("read")}, nil)
	if len(diags) > 0 {
		return diags[0].Summary()
	}
	return string(verdict.State)
}

// api is what a data source asks for and is told.
type api struct {
	ask                func(id string) map[string]string
	path, body         func(id string) string // the body has %s where the word stands
	running, well, bad string
}

// apis are those of all data sources.
func apis() map[string]api {
	ask := func(id string, names ...string) map[string]string {
		asked := make(map[string]string)
		for _, name := range names {
			asked[name] = id
		}
		return asked
	}
	same := func(body string) func(string) string { return func(string) string { return body } }
	snapshot := func(id string) string {
		return `{"kind":"List","items":[{"metadata":{"uid":"` + id + `"},"status":{"phase":"%s"}}]}`
	}
	snapshots := func(path func(project, cluster string) string) api {
		return api{
			ask:  func(id string) map[string]string { return ask(id, "cluster_id", "uid") },
			path: func(id string) string { return path(projectID, id) }, body: snapshot, running: "Running", well: "Success", bad: "Failed",
		}
	}
	return map[string]api{
		"dws_cluster_action": {
			ask: func(id string) map[string]string {
				return map[string]string{"cluster_id": id, "action_name": "GROWING"}
			},
			path: func(id string) string { return fakecloud.ActionPath(projectID, id, "GROWING") },
			body: same(`{"id":"x","status":"%s"}`), running: "RUNNING", well: "SUCCESS", bad: "FAILED",
		},
		"dcs_background_tasks": {
			ask:  func(id string) map[string]string { return ask(id, "instance_id") },
			path: func(id string) string { return fakecloud.TasksPath(projectID, id) },
			body: same(`{"task_count":1,"tasks":[{"id":"a","status":"%s"}]}`), running: "EXECUTING", well: "SUCCESS", bad: "FAILED",
		},
		"dcs_task_progress": {
			ask:  func(id string) map[string]string { return ask(id, "instance_id", "task_id") },
			path: func(id string) string { return fakecloud.ProgressPath(projectID, id, id) },
			body: same(`{"step_details":[{"step_status":"%s"}]}`), running: "EXECUTING", well: "FINISH", bad: "FAILED",
		},
		"dcs_job": {
			ask:  func(id string) map[string]string { return ask(id, "job_id") },
			path: func(id string) string { return fakecloud.JobPath(projectID, id) },
			body: same(`{"status":"%s"}`), running: "RUNNING", well: "SUCCESS", bad: "FAIL",
		},
		"cce_snapshot_tasks":           snapshots(fakecloud.SnapshotTasksPath),
		"cce_autopilot_snapshot_tasks": snapshots(fakecloud.AutopilotSnapshotTasksPath),
	}
}
