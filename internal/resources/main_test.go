// SPDX-License-Identifier: MPL-2.0

package resources_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/terraformtest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// TestMain serves the provider if Terraform has started this program as one.
func TestMain(m *testing.M) {
	if !terraformtest.IsProvider() {
		testkit.Main(m)
		return
	}
	if err := tf6server.Serve("registry.terraform.io/hwtasks/hwtasks", provider.Server(provider.New("test"))); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type args = providertest.Args

func newCloud() *fakecloud.Cloud { return fakecloud.New(providertest.Keys()) }

// connect returns a provider that reaches the cloud.
func connect(t *testing.T, cloud *fakecloud.Cloud, settings args) *providertest.Server {
	t.Helper()
	return providertest.MustConnect(t, provider.NewWithTransport("test", cloud.Transport()), settings)
}

// unconfigured returns a provider whose block is empty: without credentials and
// region.
func unconfigured(t *testing.T, cloud *fakecloud.Cloud) *providertest.Server {
	t.Helper()
	return connect(t, cloud, nil)
}

// arguments are those of a gate for the task of s.Body.
func arguments(s providertest.Source) args {
	a := s.Task().With(args{"poll_interval": "10s", "timeouts": args{"create": "2m"}})
	if s.Shape == providertest.Traced {
		a["triggers"] = args{"operation": "1"}
	}
	return a
}

// gate returns a gate that has passed, and the number of requests that took.
func gate(t *testing.T, cloud *fakecloud.Cloud, s providertest.Source, a args) (*providertest.Resource, int) {
	t.Helper()
	serve(cloud, s, s.In("succeeded"))
	gate := connect(t, cloud, providertest.Settings()).Resource("gate_" + s.Name)
	if got := gate.Apply(t.Context(), t, a); got.Diagnostics != nil {
		t.Fatalf("%s: %+v", s.Name, got.Diagnostics)
	}
	return gate, len(cloud.Requests())
}

// serve serves the responses of a source. A list of DCS has pages, of which a wait
// also reads the one past the end.
func serve(cloud *fakecloud.Cloud, s providertest.Source, responses ...fakecloud.Response) {
	if s.Name != "dcs_background_tasks" {
		cloud.Serve(s.Path(), responses...)
		return
	}
	var list fakecloud.TaskList
	for _, r := range responses {
		var body struct {
			Tasks []json.RawMessage `json:"tasks"`
		}
		if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
			panic(err)
		}
		step := fakecloud.TaskListStep{After: r.After}
		for _, task := range body.Tasks {
			step.Tasks = append(step.Tasks, string(task))
		}
		list.Steps = append(list.Steps, step)
	}
	cloud.ServeTasks(providertest.ProjectID, providertest.InstanceID, list)
}

// from is a response from some time on.
func from(after time.Duration, response fakecloud.Response) fakecloud.Response {
	response.After = after
	return response
}

func summaries(diagnostics []providertest.Diagnostic) []string {
	var all []string
	for _, d := range diagnostics {
		all = append(all, d.Summary)
	}
	return all
}
