// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

type (
	args             = providertest.Args
	dataSourceCaller = providertest.ReadResult
	fault            = providertest.Diagnostic
)

// connect configures a provider that reaches the cloud.
func connect(t *testing.T, cloud *fakecloud.Cloud, settings args) (*providertest.Server, []fault) {
	t.Helper()
	return providertest.Connect(t, provider.NewWithTransport("test", cloud.Transport()), settings)
}

// read connects and reads a data source.
func read(t *testing.T, cloud *fakecloud.Cloud, settings args, source string, a args) dataSourceCaller {
	t.Helper()
	s, wrong := connect(t, cloud, settings)
	if wrong != nil {
		return dataSourceCaller{Diagnostics: wrong}
	}
	return s.Read(t, source, a)
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}
