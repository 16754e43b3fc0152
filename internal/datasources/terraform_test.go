// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
)

// The ids of the documents' examples.
const (
	region     = "cn-north-4"
	projectID  = "05f2cff45100d5112f4bc00b794ea08e"
	instanceID = "5560df16-cebf-4473-95c4-d1b573c16e79"
	taskID     = "8abf6e1e72c12e7c0172c15b508500aa"
	jobID      = "ff8080818822bbf70188235afc24141a"
	clusterID  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
	snapshotID = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
)

var keys = fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}

// settings are the provider's arguments without its endpoints: in process
// every host is the cloud. Nothing is tried twice, so that no test sleeps.
func settings() args {
	return args{"region": region, "project_id": projectID, "access_key": keys.AccessKey, "secret_key": keys.SecretKey, "max_retries": 0}
}

// serve starts a cloud on loopback and returns it with the settings of a
// provider that reaches it.
func serve(t *testing.T) (*fakecloud.Cloud, args) {
	t.Helper()
	cloud := fakecloud.New(keys)
	server := httptest.NewServer(cloud)
	t.Cleanup(server.Close)
	endpoints := args{}
	for _, service := range []string{"dcs", "dws", "cce", "iam"} {
		endpoints[service] = server.URL
	}
	return cloud, settings().With(args{"endpoints": endpoints})
}

// provided is the block of the provider.
func provided(settings args) string {
	return "provider \"hwtasks\" " + settings.HCL() + "\n"
}

// data is the block of a data source, and address where its state stands.
func data(source string, a args) string {
	return fmt.Sprintf("data \"hwtasks_%s\" \"this\" %s\n", source, a.HCL())
}

func address(source string) string { return "data.hwtasks_" + source + ".this" }

// run runs the steps through Terraform.
func run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"hwtasks": providerserver.NewProtocol6WithError(provider.New("test")()),
		},
		Steps: steps,
	})
}

// check reads one data source through Terraform and compares its whole state.
func check(t *testing.T, settings args, source string, a args, want attributes) {
	t.Helper()
	run(t, resource.TestStep{
		Config:            provided(settings) + data(source, a),
		ConfigStateChecks: []statecheck.StateCheck{expectState(address(source), want)},
	})
}

// refuse reads one data source through Terraform and expects these words of it,
// in this order and with anything between them.
func refuse(t *testing.T, settings args, source string, a args, words ...string) {
	t.Helper()
	run(t, resource.TestStep{
		Config:      provided(settings) + data(source, a),
		ExpectError: wrapped(words...),
	})
}
