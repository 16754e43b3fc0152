// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// local is a cloud on loopback and the arguments of a provider that reaches it.
type local struct {
	cloud *fakecloud.Cloud
	block args
}

// serve starts a cloud with a job and a project below the path of each region.
func serve(t *testing.T, accepted ...fakecloud.Keys) local {
	t.Helper()
	cloud := fakecloud.New(accepted...)
	cloud.AddProject(ownRegion, ownProject)
	cloud.AddProject(otherRegion, otherProject)
	cloud.Serve("/"+ownRegion+jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	cloud.Serve("/"+otherRegion+fakecloud.JobPath(otherProject, jobID), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	server := httptest.NewServer(cloud)
	t.Cleanup(server.Close)
	return local{cloud, args{
		"region": ownRegion, "max_retries": 0,
		"endpoints": args{"dcs": server.URL + "/{region}/", "dws": server.URL, "cce": server.URL, "iam": server.URL + "/v3", "sts": server.URL},
	}}
}

// run runs a step through Terraform.
func (s local) run(t *testing.T, step resource.TestStep) {
	t.Helper()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"hwtasks": providerserver.NewProtocol6WithError(New("test")()),
		},
		Steps: []resource.TestStep{step},
	})
}

// job returns a data source of the job.
func job(name string, more args) string {
	return "data \"hwtasks_dcs_job\" \"" + name + "\" " + args{"job_id": jobID}.With(more).HCL() + "\n"
}

// paths returns the different requests, without hosts.
func (s local) paths() []string {
	different := map[string]bool{}
	for _, r := range requests(s.cloud) {
		method, target, _ := strings.Cut(r, " ")
		_, path, _ := strings.Cut(target, "/")
		different[method+" /"+path] = true
	}
	return slices.Sorted(maps.Keys(different))
}

// TestTerraform_readsAnotherRegion through an endpoint with a placeholder, but not
// through one without.
func TestTerraform_readsAnotherRegion(t *testing.T) {
	t.Parallel()
	s := serve(t, keys)
	provider := "provider \"hwtasks\" " + s.block.With(permanentKeys).HCL() + "\n"
	s.run(t, resource.TestStep{
		Config: provider + job("own", nil) + job("other", args{"region": otherRegion}),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.own", tfjsonpath.New("project_id"), knownvalue.StringExact(ownProject)),
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.other", tfjsonpath.New("region"), knownvalue.StringExact(otherRegion)),
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.other", tfjsonpath.New("project_id"), knownvalue.StringExact(otherProject)),
		},
	})
	diff(t, "requests", []string{
		"GET /cn-north-4" + jobPath + " by " + keys.AccessKey,
		"GET /eu-de" + fakecloud.JobPath(otherProject, jobID) + " by " + keys.AccessKey,
		"GET /v3/projects by " + keys.AccessKey,
	}, s.paths())

	s = serve(t, keys)
	fixed := s.block["endpoints"].(args).With(args{"dcs": s.block["endpoints"].(args)["dws"]})
	provider = "provider \"hwtasks\" " + s.block.With(permanentKeys).With(args{"endpoints": fixed}).HCL() + "\n"
	s.run(t, resource.TestStep{
		Config:      provider + job("other", args{"region": otherRegion}),
		ExpectError: words("Error: Endpoint", "another region"),
	})
	diff(t, "requests through an endpoint without a placeholder", 0, len(s.cloud.Requests()))
}

// words matches texts in this order, which Terraform may wrap anywhere.
func words(texts ...string) *regexp.Regexp {
	var parts []string
	for _, text := range texts {
		var escaped []string
		for _, word := range strings.Fields(text) {
			escaped = append(escaped, regexp.QuoteMeta(word))
		}
		parts = append(parts, strings.Join(escaped, `\s+`))
	}
	return regexp.MustCompile(`(?s)` + strings.Join(parts, ".*"))
}

// TestTerraform_showsAllErrorsOfTheProviderAtOnce, although its schema could
// report some of them alone.
func TestTerraform_showsAllErrorsOfTheProviderAtOnce(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.run(t, resource.TestStep{
		Config: "provider \"hwtasks\" " + s.block.With(args{
			"region": "cn north", "max_retries": -1, "secret_key": keys.SecretKey, "endpoints": args{"ecs": "https://ecs.example.com"},
			"assume_role": []args{{"agency_name": "a", "domain_name": "b"}, {"domain_name": "b"}},
		}).HCL() + "\n" + job("own", nil),
		ExpectError: words(
			// Terraform sorts them by line.
			"Error: Incomplete credentials", "provider \"hwtasks\" {", "secret_key is set, but access_key is not.",
			"Error: Incomplete assume_role", "assume_role[1] requires agency_name",
			"Error: Unknown key in endpoints", "endpoints = {",
			"Error: Invalid provider argument max_retries", "max_retries = -1",
			"Error: Invalid provider argument region", "region = \"cn north\"",
		),
	})
	diff(t, "requests", 0, len(s.cloud.Requests()))
}

// TestTerraform_readsOnceArgumentsAreKnown: an argument that comes from a resource
// is unknown while planning.
func TestTerraform_readsOnceArgumentsAreKnown(t *testing.T) {
	t.Parallel()
	s := serve(t, keys)
	block := s.block.With(permanentKeys).With(args{"region": nil})
	start := "resource \"terraform_data\" \"region\" {\n  input = \"" + ownRegion + "\"\n}\n" +
		"provider \"hwtasks\" " + strings.TrimSuffix(block.HCL(), "}") + "region = terraform_data.region.output\n}\n"
	s.run(t, resource.TestStep{
		Config: start + strings.TrimSuffix(job("own", nil), "}\n") + "depends_on = [terraform_data.region]\n}\n",
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.own", tfjsonpath.New("region"), knownvalue.StringExact(ownRegion)),
		},
	})
	s = serve(t, keys)
	s.run(t, resource.TestStep{Config: start + job("own", nil), ExpectError: words("Error: Provider argument", "region")})
}
