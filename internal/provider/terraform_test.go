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

// site is a cloud on loopback and the arguments of a provider that reaches it.
type site struct {
	cloud *fakecloud.Cloud
	block args
}

// serve starts a cloud with a job and a project, below the path of each region.
func serve(t *testing.T, accepted ...fakecloud.Keys) site {
	t.Helper()
	cloud := fakecloud.New(accepted...)
	cloud.AddProject(ownRegion, ownProject)
	cloud.AddProject(elsewhere, elsewhereProject)
	cloud.Serve("/"+ownRegion+jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	cloud.Serve("/"+elsewhere+fakecloud.JobPath(elsewhereProject, jobID), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	server := httptest.NewServer(cloud)
	t.Cleanup(server.Close)
	return site{cloud, args{
		"region": ownRegion, "max_retries": 0,
		"endpoints": args{"dcs": server.URL + "/{region}/", "dws": server.URL, "cce": server.URL, "iam": server.URL + "/v3", "sts": server.URL},
	}}
}

// run runs a step through Terraform.
func (s site) run(t *testing.T, step resource.TestStep) {
	t.Helper()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"hwtasks": providerserver.NewProtocol6WithError(New("test")()),
		},
		Steps: []resource.TestStep{step},
	})
}

// job is a data source of the job.
func job(name string, ask args) string {
	return "data \"hwtasks_dcs_job\" \"" + name + "\" " + args{"job_id": jobID}.With(ask).HCL() + "\n"
}

// read reads the job by a provider with more arguments and returns the
// different requests that this took, without host.
func (s site) read(t *testing.T, more args) []string {
	t.Helper()
	s.run(t, resource.TestStep{
		Config: "provider \"hwtasks\" " + s.block.With(more).HCL() + "\n" + job("own", nil),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.own", tfjsonpath.New("state"), knownvalue.StringExact("succeeded")),
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.own", tfjsonpath.New("project_id"), knownvalue.StringExact(ownProject)),
		},
	})
	return s.visited()
}

func (s site) visited() []string {
	different := map[string]bool{}
	for _, r := range requests(s.cloud) {
		method, target, _ := strings.Cut(r, " ")
		_, path, _ := strings.Cut(target, "/")
		different[method+" /"+path] = true
	}
	return slices.Sorted(maps.Keys(different))
}

// TestTerraform_authenticates in the most usual ways.
func TestTerraform_authenticates(t *testing.T) {
	const read = "GET /" + ownRegion + "/v2/" + ownProject + "/jobs/" + jobID + " by "
	const lookUp = "GET " + fakecloud.ProjectsPath + " by "
	permanent := args{"access_key": keys.AccessKey, "secret_key": keys.SecretKey}
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		accept    func(*fakecloud.Cloud)
		want      []string
	}{
		{"by keys in the block", permanent, nil, accepts(keys), []string{read + keys.AccessKey, lookUp + keys.AccessKey}},
		{
			"by variables",
			args{"region": nil},
			variables{"HW_REGION_NAME": ownRegion, "HW_ACCESS_KEY": keys.AccessKey, "HW_SECRET_KEY": keys.SecretKey},
			accepts(keys),
			[]string{read + keys.AccessKey, lookUp + keys.AccessKey},
		},
		{
			"by a profile",
			args{"region": nil, "profile": "default", "shared_config_file": profileFile(t, map[string]any{
				"region": ownRegion, "projectId": ownProject, "accessKeyId": keys.AccessKey, "secretAccessKey": keys.SecretKey,
			})},
			nil, accepts(keys),
			[]string{read + keys.AccessKey},
		},
		{
			"by temporary keys",
			args{"access_key": temporary.AccessKey, "secret_key": temporary.SecretKey, "security_token": temporary.SecurityToken, "project_id": ownProject},
			nil, accepts(temporary),
			[]string{read + temporary.AccessKey},
		},
		{"by a token", args{"token": token}, nil, acceptsToken, []string{read + "a token", lookUp + "a token"}},
		{
			"by an agency through IAM", permanent.With(args{"assume_role": []args{{"agency_name": "lender", "domain_name": "other"}}}), nil, lends,
			[]string{read + issued.AccessKey, lookUp + issued.AccessKey, "POST " + fakecloud.SecurityTokensPath + " by " + keys.AccessKey},
		},
		{
			"by an agency through STS", permanent.With(args{"assume_role": []args{{"agency_name": "lender", "domain_id": "f0f0", "duration": 3600}}}), nil, lends,
			[]string{read + issued.AccessKey, lookUp + issued.AccessKey, "POST " + fakecloud.AssumeAgencyPath + " by " + keys.AccessKey},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			for name, value := range test.variables {
				t.Setenv(name, value)
			}
			s := serve(t)
			test.accept(s.cloud)
			diff(t, "requests", test.want, s.read(t, test.block))
		})
	}
}

// TestTerraform_readsAnotherRegion where the endpoint has a place for its name.
func TestTerraform_readsAnotherRegion(t *testing.T) {
	t.Parallel()
	s := serve(t, keys)
	provider := "provider \"hwtasks\" " + s.block.With(args{"access_key": keys.AccessKey, "secret_key": keys.SecretKey}).HCL() + "\n"
	s.run(t, resource.TestStep{
		Config: provider + job("own", nil) + job("elsewhere", args{"region": elsewhere}),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.own", tfjsonpath.New("project_id"), knownvalue.StringExact(ownProject)),
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.elsewhere", tfjsonpath.New("region"), knownvalue.StringExact(elsewhere)),
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.elsewhere", tfjsonpath.New("project_id"), knownvalue.StringExact(elsewhereProject)),
		},
	})
	diff(t, "requests", []string{
		"GET /cn-north-4" + jobPath + " by " + keys.AccessKey,
		"GET /eu-de" + fakecloud.JobPath(elsewhereProject, jobID) + " by " + keys.AccessKey,
		"GET /v3/projects by " + keys.AccessKey,
	}, s.visited())

	s = serve(t, keys)
	fixed := s.block["endpoints"].(args).With(args{"dcs": s.block["endpoints"].(args)["dws"]})
	provider = "provider \"hwtasks\" " + s.block.With(args{"access_key": keys.AccessKey, "secret_key": keys.SecretKey, "endpoints": fixed}).HCL() + "\n"
	s.run(t, resource.TestStep{
		Config:      provider + job("elsewhere", args{"region": elsewhere}),
		ExpectError: words("Error: Endpoint of another region", "belongs to the provider's region cn-north-4, but region eu-de is to be read."),
	})
	diff(t, "requests through a fixed endpoint", 0, len(s.cloud.Requests()))
}

// words matches texts in this order, which Terraform may have wrapped anywhere.
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

// TestTerraform_showsAllFaultsOfTheProviderAtOnce, although its schema could
// have told some of them alone.
func TestTerraform_showsAllFaultsOfTheProviderAtOnce(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.run(t, resource.TestStep{
		Config: "provider \"hwtasks\" " + s.block.With(args{
			"region": "cn north", "max_retries": -1, "secret_key": keys.SecretKey, "endpoints": args{"ecs": "https://ecs.example.com"},
			"assume_role": []args{{"agency_name": "a", "domain_name": "b"}, {}},
		}).HCL() + "\n" + job("own", nil),
		ExpectError: words(
			// Terraform sorts them by line.
			"Error: Incomplete credentials", "provider \"hwtasks\" {", "secret_key is set, but access_key is not.",
			"Error: More than one assume_role",
			"Error: Unknown key in endpoints", "endpoints = {", "The keys are dcs, dws, cce, iam, sts.",
			"Error: Invalid provider argument max_retries", "max_retries = -1",
			"Error: Invalid provider argument region", "region = \"cn north\"",
		),
	})
	diff(t, "requests", 0, len(s.cloud.Requests()))
}

// TestTerraform_readsWhenTheProviderIsKnown: arguments that come from a resource
// are missing while planning, and the read waits for the apply.
func TestTerraform_readsWhenTheProviderIsKnown(t *testing.T) {
	t.Parallel()
	s := serve(t, keys)
	block := s.block.With(args{"region": nil, "access_key": keys.AccessKey, "secret_key": keys.SecretKey})
	start := "resource \"terraform_data\" \"region\" {\n  input = \"" + ownRegion + "\"\n}\n" +
		"provider \"hwtasks\" " + strings.TrimSuffix(block.HCL(), "}") + "region = terraform_data.region.output\n}\n"
	s.run(t, resource.TestStep{
		Config: start + strings.TrimSuffix(job("own", nil), "}\n") + "depends_on = [terraform_data.region]\n}\n",
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.own", tfjsonpath.New("region"), knownvalue.StringExact(ownRegion)),
		},
	})
	s = serve(t, keys)
	s.run(t, resource.TestStep{Config: start + job("own", nil), ExpectError: words("Error: Provider argument not known yet", "This read needs the provider argument region,")})
}
