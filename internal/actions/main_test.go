// SPDX-License-Identifier: MPL-2.0

package actions_test

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

type args = providertest.Args

// connect returns a provider, and the cloud that it reaches.
func connect(t *testing.T) (*providertest.Server, *fakecloud.Cloud) {
	t.Helper()
	cloud := fakecloud.New(providertest.Keys())
	return providertest.MustConnect(t, provider.NewWithTransport("test", cloud.Transport()), providertest.Settings().With(args{"max_retries": 5})), cloud
}

// summaries are those of the errors.
func summaries(got providertest.Invocation) []string {
	var all []string
	for _, d := range got.Diagnostics {
		all = append(all, d.Summary)
	}
	return all
}
