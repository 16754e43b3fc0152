// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

const (
	otherRegion  = "eu-west-101"
	otherProject = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
)

// visited are the host and path of each request.
func visited(cloud *fakecloud.Cloud) []string {
	var all []string
	for _, r := range cloud.Requests() {
		target := r.Host + r.Path
		if name := r.Query.Get("name"); name != "" {
			target += "?name=" + name
		}
		all = append(all, target)
	}
	return all
}

// TestRead_usesTheProjectOfItsRegion sees that the arguments reach the client,
// whose choice is tested in package client, and that its choice reaches the state.
func TestRead_usesTheProjectOfItsRegion(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_job")
	own := s.Path()
	other := strings.Replace(own, providertest.ProjectID, otherProject, 1)
	for _, tc := range []struct {
		name            string
		settings, args  args
		region, project string
		visited         []string
	}{
		{"the provider's", nil, nil, providertest.Region, providertest.ProjectID, []string{"dcs.cn-north-4.myhuaweicloud.com" + own}},
		{"another project", nil, args{"project_id": otherProject}, providertest.Region, otherProject, []string{"dcs.cn-north-4.myhuaweicloud.com" + other}},
		{
			"another region", nil,
			args{"region": otherRegion},
			otherRegion, otherProject,
			[]string{"iam.eu-west-101.myhuaweicloud.eu/v3/projects?name=eu-west-101", "dcs.eu-west-101.myhuaweicloud.eu" + other},
		},
		{
			"another region and its project", nil,
			args{"region": otherRegion, "project_id": otherProject},
			otherRegion, otherProject,
			[]string{"dcs.eu-west-101.myhuaweicloud.eu" + other},
		},
		{
			"none configured",
			args{"project_id": nil, "region": nil},
			args{"region": providertest.Region},
			providertest.Region, providertest.ProjectID,
			[]string{"iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4", "dcs.cn-north-4.myhuaweicloud.com" + own},
		},
		{
			"an endpoint with the region in it",
			args{"endpoints": args{"dcs": "https://{region}.dcs.example.com", "iam": "https://iam.example.com/v3/"}},
			args{"region": otherRegion},
			otherRegion, otherProject,
			[]string{"iam.example.com/v3/projects?name=eu-west-101", "eu-west-101.dcs.example.com" + other},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud := newCloud()
			cloud.AddProject(providertest.Region, providertest.ProjectID)
			cloud.AddProject(otherRegion, otherProject)
			cloud.Serve(own, s.In("succeeded"))
			cloud.Serve(other, s.In("succeeded"))
			got := connect(t, cloud, tc.settings).Read(t, s.Name, s.Args.With(tc.args))
			testkit.Diff(t, "state", "succeeded", summary(got))
			testkit.Diff(t, "region and project", []any{tc.region, tc.project}, []any{got.State["region"], got.State["project_id"]})
			testkit.Diff(t, "requests", tc.visited, visited(cloud))
		})
	}
}

// TestRead_refusesAnotherRegionAtAFixedEndpoint, which would respond for its own
// region. Each source must name its service.
func TestRead_refusesAnotherRegionAtAFixedEndpoint(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		cloud := newCloud()
		endpoint := "https://" + s.Service + ".example.com"
		got := connect(t, cloud, args{"endpoints": args{s.Service: endpoint}}).Read(t, s.Name, s.Args.With(args{"region": otherRegion, "project_id": otherProject}))
		testkit.Diff(t, s.Name, "Endpoint for another region", summary(got))
		if !strings.Contains(got.Diagnostics[0].Detail, endpoint) {
			t.Errorf("%s: the endpoint is missing: %s", s.Name, got.Diagnostics[0].Detail)
		}
		testkit.Diff(t, "requests", 0, len(visited(cloud)))
	}
}

func TestRead_needsARegionAndItsProject(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_job")
	for want, settings := range map[string]args{"Missing region": {"region": nil}, "Unable to find the project": {"project_id": nil}} {
		testkit.Diff(t, "summary", want, summary(connect(t, newCloud(), settings).Read(t, s.Name, s.Args)))
	}
}
