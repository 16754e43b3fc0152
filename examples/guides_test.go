// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

const recipeFolder = "guides/gate-a-plan-or-apply"

// recipe is an example of the guide "Gate a plan or apply".
type recipe struct {
	data     string // address of the data source or gate resource
	deferred bool   // Terraform reads it during the apply
	gated    string // address of the gated resource, "" if there is none
	input    string // part of the input of that resource
	inCheck  bool   // Terraform reads it again during each apply

	versions []tfversion.TerraformVersionCheck
}

var recipes = map[string]recipe{
	"block-the-plan":  {data: "data.hwtasks_dcs_job.switchover", gated: "terraform_data.rollout", input: "1684191548248"},
	"gate-the-apply":  {data: "data.hwtasks_dcs_job.switchover", deferred: true, gated: "terraform_data.rollout", input: ": succeeded"},
	"with-count":      {data: "data.hwtasks_dcs_job.switchover[0]", gated: "terraform_data.rollout", input: "v2"},
	"block-a-destroy": {data: "data.hwtasks_dcs_background_tasks.instance", gated: "terraform_data.instance", input: "cache"},
	"gate-once":       {data: "hwtasks_gate_dcs_job.switchover", deferred: true, gated: "terraform_data.rollout", input: ": succeeded"},
	"instance-idle":   {data: "data.hwtasks_dcs_background_tasks.instance", gated: "terraform_data.resize", input: "redis.ha.xu1.large.r2.4"},
	"fresh": {
		data: "data.hwtasks_dcs_job.switchover", gated: "terraform_data.rollout", input: ": succeeded",
		versions: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_8_0)},
	},
	"monitor": {data: "data.hwtasks_dcs_task_progress.migration", inCheck: true},
}

// TestRecipes ranges over the folders, so that each recipe has a test.
func TestRecipes(t *testing.T) {
	t.Parallel()
	folders, err := os.ReadDir(recipeFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			t.Parallel()
			r, ok := recipes[folder.Name()]
			if !ok {
				t.Fatal("the recipe has no test")
			}
			step := resource.TestStep{
				Config:             read(t, recipeFolder+"/"+folder.Name()+"/main.tf"),
				ConfigPlanChecks:   resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{readDuring(r.data, r.deferred)}},
				ExpectNonEmptyPlan: r.inCheck,
			}
			if r.gated != "" {
				step.ConfigStateChecks = []statecheck.StateCheck{statecheck.ExpectKnownValue(r.gated, tfjsonpath.New("input"), contains(r.input))}
			}
			run(t, step, r.versions...)
		})
	}
}

// TestTerraform_readsDataSources confirms the table "When Terraform reads" of that
// guide.
func TestTerraform_readsDataSources(t *testing.T) {
	t.Parallel()
	const start = `
resource "terraform_data" "start" {
  input = "cn-north-4"
}
locals {
  region = terraform_data.start.input
}
`
	for name, tc := range map[string]struct {
		arguments string
		deferred  bool
	}{
		"known arguments":                     {"", false},
		"reference to a resource":             {"region = terraform_data.start.input", true},
		"reference to a local":                {"region = local.region", false},
		"depends_on":                          {"depends_on = [terraform_data.start]", true},
		"value known only after apply":        {"region = terraform_data.start.output", true},
		"reference to a local, postcondition": {"region = local.region\n" + postcondition, true},
		"only a postcondition":                {postcondition, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, resource.TestStep{
				Config:           start + fmt.Sprintf("data \"hwtasks_dcs_job\" \"it\" {\n  job_id = %q\n  %s\n}\n", jobID, tc.arguments),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{readDuring("data.hwtasks_dcs_job.it", tc.deferred)}},
			})
		})
	}
}

const postcondition = `
  lifecycle {
    postcondition {
      condition     = self.succeeded
      error_message = self.summary
    }
  }
`

// readDuring checks whether Terraform reads a data source during the plan or defers
// the read to the apply.
func readDuring(address string, deferred bool) plancheck.PlanCheck {
	switch {
	case strings.HasPrefix(address, "hwtasks_gate_"):
		return plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate)
	case deferred:
		return plancheck.ExpectResourceAction(address, plancheck.ResourceActionRead)
	default:
		return notDeferred{address}
	}
}

type notDeferred struct{ address string }

func (n notDeferred) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		// Terraform reads a data source in a check block while planning, and again during the apply.
		if change.Address == n.address && change.ActionReason != "read_because_check_nested" {
			resp.Error = fmt.Errorf("%s is deferred to the apply (%s)", n.address, change.ActionReason)
		}
	}
}
