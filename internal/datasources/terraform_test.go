// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

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

// serve starts a cloud on loopback and returns it with a provider block that
// reaches it.
func serve(t *testing.T) (*fakecloud.Cloud, string) {
	t.Helper()
	cloud := fakecloud.New(keys)
	server := httptest.NewServer(cloud)
	t.Cleanup(server.Close)
	return cloud, fmt.Sprintf(`
provider "hwtasks" {
  region     = %[1]q
  project_id = %[2]q
  access_key = %[3]q
  secret_key = %[4]q
  endpoints  = { for service in ["dcs", "dws", "cce", "iam"] : service => %[5]q }
}
`, region, projectID, keys.AccessKey, keys.SecretKey, server.URL)
}

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
