// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const (
	elsewhere        = "eu-west-101"
	elsewhereProject = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
	ownIAM           = "iam.cn-north-4.myhuaweicloud.com"
	ownDCS           = "dcs.cn-north-4.myhuaweicloud.com"
)

// visited are the host and path of each request, in their order.
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

func TestAll_readInTheProjectOfTheRegion(t *testing.T) {
	t.Parallel()
	ownJob, otherJob := fakecloud.JobPath(projectID, jobID), fakecloud.JobPath(elsewhereProject, jobID)
	for _, tc := range []struct {
		name            string
		settings, ask   args
		region, project string
		visited         []string
	}{
		{"the provider's own", args{}, args{}, region, projectID, []string{ownDCS + ownJob}},
		{"the provider's own, by name", args{}, args{"region": region}, region, projectID, []string{ownDCS + ownJob}},
		{"another project", args{}, args{"project_id": elsewhereProject}, region, elsewhereProject, []string{ownDCS + otherJob}},
		{
			"another region",
			args{},
			args{"region": elsewhere},
			elsewhere, elsewhereProject,
			[]string{"iam.eu-west-101.myhuaweicloud.eu/v3/projects?name=eu-west-101", "dcs.eu-west-101.myhuaweicloud.eu" + otherJob},
		},
		{
			"another region and its project",
			args{},
			args{"region": elsewhere, "project_id": elsewhereProject},
			elsewhere, elsewhereProject,
			[]string{"dcs.eu-west-101.myhuaweicloud.eu" + otherJob},
		},
		{
			"no project configured",
			args{"project_id": nil},
			args{},
			region, projectID,
			[]string{ownIAM + "/v3/projects?name=cn-north-4", ownDCS + ownJob},
		},
		{
			"a sub-project",
			args{"project_id": nil, "project_name": "cn-north-4_dev"},
			args{},
			region, elsewhereProject,
			[]string{ownIAM + "/v3/projects?name=cn-north-4_dev", ownDCS + otherJob},
		},
		{
			"another region is not a sub-project's",
			args{"project_id": nil, "project_name": "cn-north-4_dev"},
			args{"region": elsewhere},
			elsewhere, elsewhereProject,
			[]string{"iam.eu-west-101.myhuaweicloud.eu/v3/projects?name=eu-west-101", "dcs.eu-west-101.myhuaweicloud.eu" + otherJob},
		},
		{
			"no region configured",
			args{"region": nil},
			args{"region": elsewhere},
			elsewhere, elsewhereProject,
			[]string{"iam.eu-west-101.myhuaweicloud.eu/v3/projects?name=eu-west-101", "dcs.eu-west-101.myhuaweicloud.eu" + otherJob},
		},
		{
			"an endpoint with the region in it",
			args{"endpoints": args{"dcs": "https://{region}.dcs.example.com/api/", "iam": "https://iam.example.com/v3/"}},
			args{"region": elsewhere},
			elsewhere, elsewhereProject,
			[]string{"iam.example.com/v3/projects?name=eu-west-101", "eu-west-101.dcs.example.com/api" + otherJob},
		},
		{
			"a fixed endpoint in its own region",
			args{"endpoints": args{"dcs": "https://dcs.example.com"}},
			args{"region": region},
			region, projectID,
			[]string{"dcs.example.com" + ownJob},
		},
		{
			"another cloud",
			args{"cloud": "example.com"},
			args{"region": elsewhere},
			elsewhere, elsewhereProject,
			[]string{"iam.eu-west-101.example.com/v3/projects?name=eu-west-101", "dcs.eu-west-101.example.com" + otherJob},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud := fakecloud.New(keys)
			cloud.AddProject(region, projectID)
			cloud.AddProject(elsewhere, elsewhereProject)
			cloud.AddProject("cn-north-4_dev", elsewhereProject)
			for _, path := range []string{ownJob, otherJob, "/api" + otherJob} {
				cloud.Serve(path, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
			}
			got := read(t, cloud, settings().With(tc.settings), "dcs_job", args{"job_id": jobID}.With(tc.ask))
			if got.Diagnostics != nil {
				t.Fatal(got.Diagnostics)
			}
			diff(t, "region and project", []any{tc.region, tc.project}, []any{got.State["region"], got.State["project_id"]})
			diff(t, "requests", tc.visited, visited(cloud))
		})
	}
}

func TestAll_lookAProjectUpOnceForAllReads(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New(keys)
		cloud.AddProject(region, projectID)
		cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{Delay: time.Second}) // so that the reads meet
		for _, s := range subjects() {
			cloud.Serve(s.path, fakecloud.Response{Body: `{"status":"SUCCESS"}`})
		}
		cloud.Serve(fakecloud.TasksPath(projectID, instanceID), fakecloud.Response{Body: fakecloud.ExampleDCSBackgroundTasks})
		for _, s := range backups() {
			cloud.Serve(s.path, fakecloud.Response{Body: fakecloud.ExampleCCESnapshotTasks})
		}
		s, wrong := connect(t, cloud, settings().With(args{"project_id": nil}))
		if wrong != nil {
			t.Fatal(wrong)
		}
		var reads sync.WaitGroup
		for range 4 {
			for _, subject := range subjects() {
				reads.Go(func() {
					if got := s.Read(t, subject.source, subject.ids); got.Diagnostics != nil || got.State["project_id"] != projectID {
						t.Errorf("%s: %+v", subject.source, got)
					}
				})
			}
		}
		reads.Wait()
		lookups := 0
		for _, target := range visited(cloud) {
			if strings.Contains(target, fakecloud.ProjectsPath) {
				lookups++
			}
		}
		diff(t, "look-ups", 1, lookups)
		diff(t, "requests", 1+4*len(subjects()), len(cloud.Requests()))
	})
}

func TestAll_tellWhyThereIsNoProject(t *testing.T) {
	t.Parallel()
	const remedy = "\n\nSet project_id, in the data source or, for the provider's own region, in the provider block: then nothing is looked up."
	for _, tc := range []struct {
		name     string
		projects []string
		want     string
	}{
		{"none", nil, `IAM lists no project of the name "cn-north-4" in region cn-north-4. The region may be misspelt, or the project may have another name (project_name).`},
		{"two", []string{projectID, elsewhereProject}, `IAM lists 2 projects of the name "cn-north-4" in region cn-north-4: ` + projectID + ", " + elsewhereProject + "."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud := fakecloud.New(keys)
			for _, id := range tc.projects {
				cloud.AddProject(region, id)
			}
			got := read(t, cloud, settings().With(args{"project_id": nil}), "dcs_job", args{"job_id": jobID})
			diff(t, "error", dataSourceCaller{Diagnostics: []fault{{Summary: "Unable to find the project", Detail: tc.want + remedy}}}, got)
			diff(t, "requests", []string{ownIAM + "/v3/projects?name=cn-north-4"}, visited(cloud))
		})
	}
}

// A fixed endpoint of the provider's region would answer for the wrong region.
func TestAll_refuseAForeignRegionThroughAFixedEndpoint(t *testing.T) {
	t.Parallel()
	for _, s := range subjects() {
		service, _, _ := strings.Cut(s.source, "_")
		for name, ask := range map[string]args{"with its project": {"project_id": elsewhereProject}, "with a project to look up": {}} {
			t.Run(s.source+" "+name, func(t *testing.T) {
				t.Parallel()
				endpoint := "https://" + service + ".example.com"
				cloud := fakecloud.New(keys)
				got := read(t, cloud, settings().With(args{"endpoints": args{service: endpoint}}), s.source, s.ids.With(ask).With(args{"region": elsewhere}))
				diff(t, "error", dataSourceCaller{Diagnostics: []fault{{
					Summary: "Endpoint of another region",
					Detail: "The endpoint " + endpoint + " of the service " + service + " belongs to the provider's region cn-north-4, but region eu-west-101 is to be read. " +
						"Write {region} in the endpoint where the region's name stands, or use a provider of its own (alias) for the other region.",
				}}}, got)
				diff(t, "requests", 0, len(visited(cloud)))
			})
		}
	}
}

func TestAll_readAnotherRegionThroughTerraform(t *testing.T) {
	t.Parallel()
	cloud, settings := serve(t)
	cloud.AddProject(elsewhere, elsewhereProject)
	cloud.Serve("/eu-west-101"+fakecloud.JobPath(elsewhereProject, jobID), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	endpoints := settings["endpoints"].(args)
	ask := args{"job_id": jobID, "region": elsewhere}
	check(t, settings.With(args{"endpoints": endpoints.With(args{"dcs": endpoints["dcs"].(string) + "/{region}"})}), "dcs_job", ask,
		readAt().With(result(jobID, "succeeded", "DCS job "+jobID+" (masterStandbySwapJob): succeeded after 2.9s"), attributes{
			"region": is(elsewhere), "project_id": is(elsewhereProject), "job_id": is(jobID), "job_type": is("masterStandbySwapJob"),
			"status": is("SUCCESS"), "begin_time": is("1684191545379"), "end_time": is("1684191548248"), "fail_reason": null,
		}))
	refuse(t, settings, "dcs_job", ask, "Error: Endpoint of another region", "belongs to the provider's region cn-north-4, but region eu-west-101 is to be read.")
}
