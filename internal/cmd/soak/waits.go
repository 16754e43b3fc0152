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
		next := newWait(rand.New(rand.NewPCG(w.number, turn)), fmt.Sprintf("soak-%d-%d", w.number, turn))
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

// newWait returns a random task: its result, and the errors before it. Two thirds
// of the tasks succeed.
func newWait(random *rand.Rand, id string) wait {
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
	w.cloud.Fail(api.path(id), transientErrors(random)...)
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
