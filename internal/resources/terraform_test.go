// SPDX-License-Identifier: MPL-2.0

package resources_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/terraformtest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// What only Terraform itself can show, with as many gates in one configuration as
// fit.

// planned are checks of a plan before it is applied.
func planned(checks ...plancheck.PlanCheck) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: checks}
}

func address(source, name string) string { return "hwtasks_gate_" + source + "." + name }

// TestTerraform_remembersThatGatesHavePassed: later plans, changes of settings,
// and the destroy at the end make no request, without credentials, region, and
// records.
func TestTerraform_remembersThatGatesHavePassed(t *testing.T) {
	t.Parallel()
	cloud, settings := terraformtest.Serve(t)
	operation := fmt.Sprintf("resource \"terraform_data\" \"job\" { input = %q }\n", providertest.JobID)
	gates := func(more args) string {
		config := operation
		for _, s := range providertest.Sources() {
			a := arguments(s).With(args{"poll_interval": "1s"}).With(more)
			if s.Name == "dcs_job" { // known only after apply, and in the region of the provider
				a = a.With(args{"job_id": providertest.Expression("terraform_data.job.output"), "region": "", "project_id": ""})
			}
			config += terraformtest.Gate(s.Name, "it", a)
		}
		return config
	}
	updates := []plancheck.PlanCheck{}
	for _, s := range providertest.Sources() {
		serve(cloud, s, s.In("succeeded"))
		updates = append(updates, plancheck.ExpectResourceAction(address(s.Name, "it"), plancheck.ResourceActionUpdate))
	}
	requests := 0
	nothing := terraformtest.Provider(nil)
	terraformtest.Run(t, provider.New("test"), resource.TestStep{
		Config: terraformtest.Provider(settings) + gates(nil) +
			terraformtest.DataSource("dcs_job", "it", args{"job_id": providertest.JobID, "region": "", "project_id": ""}),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(address("dcs_job", "it"), tfjsonpath.New("region"), knownvalue.StringExact("")),
			statecheck.ExpectKnownValue(terraformtest.Address("dcs_job", "it"), tfjsonpath.New("region"), knownvalue.StringExact(providertest.Region)),
			statecheck.ExpectKnownValue(address("dcs_job", "it"), tfjsonpath.New("api_status"), knownvalue.StringExact("SUCCESS")),
		},
	}, resource.TestStep{
		PreConfig: func() {
			requests = len(cloud.Requests())
			for _, s := range providertest.Sources() {
				serve(cloud, s, s.In("missing"))
			}
		},
		Config: nothing + gates(nil), ConfigPlanChecks: planned(plancheck.ExpectEmptyPlan()),
	}, resource.TestStep{
		Config: nothing + gates(args{"poll_interval": "2s", "status_map": args{"FROZEN": "running"}}), ConfigPlanChecks: planned(updates...),
	})
	testkit.Diff(t, "requests", requests, len(cloud.Requests()))
}

// TestTerraform_triesAFailedGateAgain: whatever the end, a failed gate leaves no
// state and taints nothing, so the next apply creates it, without the operation. A
// gate on a list then finds the task of the first try, and never an older one.
func TestTerraform_triesAFailedGateAgain(t *testing.T) {
	t.Parallel()
	cloud, settings := terraformtest.Serve(t)
	job, list := providertest.SourceNamed("dcs_job"), providertest.SourceNamed("dcs_background_tasks")
	ends := map[string]fakecloud.Response{
		"failed": job.In("failed"), "unknown": job.In("unknown"), "missing": job.In("missing"), "slow": job.In("running"),
		"refused": providertest.Refused(403, "APIGW.0302"),
	}
	config := terraformtest.Provider(settings) + `
		resource "terraform_data" "start" {
		  input = timestamp()
		  lifecycle { ignore_changes = [input] }
		}
		resource "terraform_data" "operation" { depends_on = [terraform_data.start] }
	` + terraformtest.Gate(list.Name, "it", list.Args.With(args{
		"start_time": providertest.Expression("terraform_data.start.output"), "name": "EXTEND", "poll_interval": "1s", "timeouts": args{"create": "2s"},
		"depends_on": providertest.Expression("[terraform_data.operation]"),
	})) + terraformtest.Gate(job.Name, "lost", args{"job_id": "lost"})
	again := []plancheck.PlanCheck{
		plancheck.ExpectResourceAction("terraform_data.start", plancheck.ResourceActionNoop),
		plancheck.ExpectResourceAction("terraform_data.operation", plancheck.ResourceActionNoop),
		plancheck.ExpectResourceAction(address(list.Name, "it"), plancheck.ResourceActionCreate),
		plancheck.ExpectResourceAction(address(job.Name, "lost"), plancheck.ResourceActionCreate),
	}
	named := func(id string, r fakecloud.Response) fakecloud.Response {
		r.Body = strings.ReplaceAll(r.Body, providertest.JobID, id)
		return r
	}
	for id, end := range ends {
		cloud.Serve(job.PathOf(args{"job_id": id}), named(id, end))
		config += terraformtest.Gate(job.Name, id, args{"job_id": id, "poll_interval": "1s", "timeouts": args{"create": "2s"}})
		again = append(again, plancheck.ExpectResourceAction(address(job.Name, id), plancheck.ResourceActionCreate))
	}
	cloud.Fail(job.PathOf(args{"job_id": "lost"}), fakecloud.Fault{Kind: fakecloud.Reset, Times: -1})
	old := `{"id":"old","name":"EXTEND","status":"SUCCESS","created_at":"2020-06-17T08:18:06.597Z"}`
	cloud.ServeTasks(providertest.ProjectID, providertest.InstanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: []string{old}}}, IgnoreWindow: true})

	terraformtest.Run(t, provider.New("test"), resource.TestStep{
		Config: config, ExpectError: regexp.MustCompile("Timed out waiting for DCS background tasks"),
	}, resource.TestStep{
		PreConfig: func() {
			for id := range ends {
				cloud.Serve(job.PathOf(args{"job_id": id}), named(id, job.In("succeeded")))
			}
			cloud.Serve(job.PathOf(args{"job_id": "lost"}), named("lost", job.In("succeeded")))
			cloud.Fail(job.PathOf(args{"job_id": "lost"}))
			task := fmt.Sprintf(`{"id":"new","name":"EXTEND","status":"SUCCESS","created_at":%q}`, firstStart(t, cloud).Format(time.RFC3339))
			cloud.ServeTasks(providertest.ProjectID, providertest.InstanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: []string{task, old}}}, IgnoreWindow: true})
		},
		Config: config, ConfigPlanChecks: planned(again...),
		ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address(list.Name, "it"),
			tfjsonpath.New("tasks").AtSliceIndex(0).AtMapKey("id"), knownvalue.StringExact("new"))},
	})
}

// firstStart is the start_time of the first request for background tasks, which
// was sent a second wider.
func firstStart(t *testing.T, cloud *fakecloud.Cloud) time.Time {
	t.Helper()
	for _, r := range cloud.Requests() {
		if text := r.Query.Get("start_time"); text != "" {
			start, err := time.Parse("20060102150405", text)
			if err != nil {
				t.Fatal(err)
			}
			return start.Add(time.Second)
		}
	}
	t.Fatal("no request has a start_time")
	return time.Time{}
}

// TestTerraform_replacesGates, before and after the old one is destroyed, and
// what depends on them.
func TestTerraform_replacesGates(t *testing.T) {
	t.Parallel()
	cloud, settings := terraformtest.Serve(t)
	job := providertest.SourceNamed("dcs_job")
	serveJob := func(id, state string) {
		r := job.In(state)
		r.Body = strings.ReplaceAll(r.Body, providertest.JobID, id)
		cloud.Serve(job.PathOf(args{"job_id": id}), r)
	}
	config := func(id string) string {
		return terraformtest.Provider(settings) + terraformtest.Gate(job.Name, "plain", args{"job_id": id}) +
			terraformtest.Gate(job.Name, "before", args{"job_id": id, "lifecycle": []args{{"create_before_destroy": true}}}) +
			"resource \"terraform_data\" \"rollout\" { triggers_replace = hwtasks_gate_dcs_job.plain.id }\n"
	}
	serveJob("first", "succeeded")
	serveJob("second", "failed")
	plain, before, rollout := address(job.Name, "plain"), address(job.Name, "before"), "terraform_data.rollout"
	terraformtest.Run(t, provider.New("test"), resource.TestStep{Config: config("first")}, resource.TestStep{
		Config: config("second"), ExpectError: regexp.MustCompile("DCS job failed"),
	}, resource.TestStep{ // the failure has left no gate in place of the old one, except the one that comes first
		Config: config("first"),
		ConfigPlanChecks: planned(plancheck.ExpectResourceAction(plain, plancheck.ResourceActionCreate),
			plancheck.ExpectResourceAction(before, plancheck.ResourceActionNoop)),
	}, resource.TestStep{ // the job is done only between the plan and its apply
		Config: config("third"),
		ConfigPlanChecks: planned(plancheck.ExpectResourceAction(plain, plancheck.ResourceActionDestroyBeforeCreate),
			plancheck.ExpectResourceAction(before, plancheck.ResourceActionCreateBeforeDestroy),
			plancheck.ExpectResourceAction(rollout, plancheck.ResourceActionDestroyBeforeCreate),
			later(func() { serveJob("third", "succeeded") })),
	})
}

// later is what happens between a plan and its apply.
type later func()

// CheckPlan implements plancheck.PlanCheck.
func (l later) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	l()
}
