// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/terraformtest"
)

// What only Terraform itself can show, with one configuration for all sources.

func TestTerraform_readsTheExamples(t *testing.T) {
	t.Parallel()
	cloud, settings := terraformtest.Serve(t)
	config := terraformtest.Provider(settings)
	var checks []statecheck.StateCheck
	for _, s := range providertest.Sources() {
		example := s.Samples[0]
		cloud.Serve(s.PathOf(example.Args), s.Response(fakecloud.Response{Body: example.Body}))
		config += terraformtest.DataSource(s.Name, "example", s.Args.With(example.Args))
		checks = append(checks, terraformtest.ExpectState(terraformtest.Address(s.Name, "example"), s.State(example)))
	}
	terraformtest.Run(t, provider.New("test"), resource.TestStep{Config: config, ConfigStateChecks: checks})
}

// TestTerraform_waits for success, for tasks that appear, and for idle lists, in
// real seconds.
func TestTerraform_waits(t *testing.T) {
	t.Parallel()
	cloud, settings := terraformtest.Serve(t)
	config := terraformtest.Provider(settings)
	var checks []statecheck.StateCheck
	for _, s := range providertest.Sources() {
		first, then := s.In("running"), s.In("succeeded")
		if s.Shape == providertest.Single {
			first = s.In("missing")
		}
		then.After = time.Second
		cloud.Serve(s.Path(), first, then)
		a := s.Task().With(args{"wait_for": "success", "poll_interval": "1s", "timeouts": args{"read": "30s"}, "on_missing": "pending"})
		config += terraformtest.DataSource(s.Name, "success", a)
		checks = append(checks, statecheck.ExpectKnownValue(terraformtest.Address(s.Name, "success"), tfjsonpath.New("succeeded"), knownvalue.Bool(true)))
		if s.Shape == providertest.List {
			config += terraformtest.DataSource(s.Name, "idle", s.Args.With(args{"wait_for": "idle"}))
			checks = append(checks, statecheck.ExpectKnownValue(terraformtest.Address(s.Name, "idle"), tfjsonpath.New("idle"), knownvalue.Bool(true)))
		}
	}
	begin := time.Now()
	terraformtest.Run(t, provider.New("test"), resource.TestStep{Config: config, ConfigStateChecks: checks})
	if waited := time.Since(begin); waited < time.Second {
		t.Errorf("the waits took %s in all", waited)
	}
}

// TestTerraform_showsWhyAGateStaysClosed, all errors of a plan at once.
func TestTerraform_showsWhyAGateStaysClosed(t *testing.T) {
	t.Parallel()
	cloud, settings := terraformtest.Serve(t)
	config := terraformtest.Provider(settings)
	var want []string
	wait := func(s providertest.Source, name string, more args) {
		config += terraformtest.DataSource(s.Name, name, s.Task().With(args{"wait_for": "success", "poll_interval": "1s"}).With(more))
	}
	for _, s := range providertest.Sources() {
		failed := s.In("failed")
		failed.After = time.Second
		cloud.Serve(s.Path(), s.In("running"), failed)
		wait(s, "failed", nil)
		want = append(want, "Error: "+s.Noun+" failed", s.Reason)
	}
	job := providertest.SourceNamed("dcs_job")
	for id, response := range map[string]fakecloud.Response{
		"missing": job.In("missing"), "forbidden": providertest.Refused(403, "DCS.2003"),
		"slow":   {Body: strings.ReplaceAll(job.In("running").Body, providertest.JobID, "slow")},
		"frozen": {Body: strings.ReplaceAll(job.In("unknown").Body, providertest.JobID, "frozen")},
	} {
		cloud.Serve(job.PathOf(args{"job_id": id}), response)
		wait(job, id, args{"job_id": id, "timeouts": args{"read": "2s"}})
	}
	want = append(want,
		"Error: DCS job not found", "Code: DCS.4133 Message: The job does not exist. Request ID: ", "/jobs/missing",
		"Error: Unable to read DCS job", "Status: 403 Forbidden Code: DCS.2003",
		"Error: Timed out waiting for DCS job", `increase timeouts.read (now "2s")`,
		"Error: Unrecognized status of DCS job", `status_map = { "FROZEN" = "running" }`)

	got := terraformtest.Errors(t, provider.New("test"), config)
	for _, text := range want {
		if !strings.Contains(got, text) {
			t.Errorf("Terraform does not show %q in:\n%s", text, got)
		}
	}
}

// TestTerraform_pointsAtInvalidArguments while it validates.
func TestTerraform_pointsAtInvalidArguments(t *testing.T) {
	t.Parallel()
	_, settings := terraformtest.Serve(t)
	got := terraformtest.Errors(t, provider.New("test"), terraformtest.Provider(settings)+
		terraformtest.DataSource("dcs_job", "id", args{"job_id": "a/b"})+
		terraformtest.DataSource("dcs_background_tasks", "limit", args{"instance_id": providertest.InstanceID, "limit": 0})+
		terraformtest.DataSource("cce_snapshot_tasks", "which", args{"cluster_id": providertest.ClusterID, "wait_for": "success"}))
	for _, text := range []string{`job_id = "a/b"`, "limit = 0", `wait_for = "success"`} {
		if !strings.Contains(got, text) {
			t.Errorf("Terraform does not show %q in:\n%s", text, got)
		}
	}
}
