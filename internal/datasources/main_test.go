// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

type (
	args       = providertest.Args
	diagnostic = providertest.Diagnostic
)

// newCloud is a cloud in which DWS clusters have no task.
func newCloud() *fakecloud.Cloud {
	cloud := fakecloud.New(providertest.Keys())
	cloud.Serve(fakecloud.ClusterPath(providertest.ProjectID, providertest.ClusterID), clusterWith(`"task_status":null`))
	return cloud
}

// clusterWith is the detail of a DWS cluster with these fields.
func clusterWith(fields string) fakecloud.Response {
	return fakecloud.Response{Body: `{"cluster":{"id":"` + providertest.ClusterID + `",` + fields + `}}`}
}

func connect(t *testing.T, cloud *fakecloud.Cloud, settings args) *providertest.Server {
	t.Helper()
	return providertest.MustConnect(t, provider.NewWithTransport("test", cloud.Transport()), providertest.Settings().With(settings))
}

// read reads a data source in process.
func read(t *testing.T, cloud *fakecloud.Cloud, s providertest.Source, a args) providertest.ReadResult {
	t.Helper()
	return connect(t, cloud, nil).Read(t, s.Name, a)
}

// waiting are arguments of a wait for success with a poll every ten seconds.
func waiting(a args) args {
	return args{"wait_for": "success", "poll_interval": "10s", "timeouts": args{"read": "2m"}}.With(a)
}

// summary is the state of a task, or the summaries of the errors.
func summary(got providertest.ReadResult) string {
	if got.State != nil {
		return got.State["state"].(string)
	}
	var text string
	for _, d := range got.Diagnostics {
		text += d.Summary
	}
	return text
}
