// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// recipe is an example of a guide: when Terraform reads its data source, and
// the input of the gated resource.
type recipe struct {
	data     string // address of the data source
	deferred bool   // to the apply
	gated    string // address of the resource behind the gate, "" where nothing is gated
	input    string // of that resource
	nested   bool   // the data source stands in a check block, which Terraform reads again during each apply

	versions []tfversion.TerraformVersionCheck // of Terraform that it is for
}

var recipes = map[string]recipe{
	"block-the-plan": {data: "data.hwtasks_dcs_job.switchover", gated: "terraform_data.rollout", input: "1684191548248"},
	"gate-the-apply": {
		data: "data.hwtasks_dcs_job.switchover", deferred: true, gated: "terraform_data.rollout",
		input: "DCS job " + jobID + " (masterStandbySwapJob): succeeded (SUCCESS) after 2.9s",
	},
	"instance-idle": {data: "data.hwtasks_dcs_background_tasks.instance", gated: "terraform_data.resize", input: "redis.ha.xu1.large.r2.4"},
	"fresh": {
		data: "data.hwtasks_dcs_job.switchover", gated: "terraform_data.rollout",
		input:    "DCS job " + jobID + " (masterStandbySwapJob): succeeded (SUCCESS) after 2.9s",
		versions: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_8_0)},
	},
	"gate-once": {
		data: "hwtasks_gate_dcs_job.switchover", deferred: true, gated: "terraform_data.rollout",
		input: "DCS job " + jobID + " (masterStandbySwapJob): succeeded (SUCCESS) after 2.9s",
	},
	"with-count":      {data: "data.hwtasks_dcs_job.switchover[0]", gated: "terraform_data.rollout", input: "v2"},
	"block-a-destroy": {data: "data.hwtasks_dcs_background_tasks.instance", gated: "terraform_data.instance", input: "cache"},
	"monitor":         {data: "data.hwtasks_dcs_task_progress.migration", nested: true},
}

// TestGatingApplies_recipesDoWhatTheGuideSays ranges over the folders, so that
// no recipe can be without a test.
func TestGatingApplies_recipesDoWhatTheGuideSays(t *testing.T) {
	t.Parallel()
	folders, err := os.ReadDir(filepath.Join("guides", "gate-a-plan-or-apply"))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			t.Parallel()
			config, err := os.ReadFile(filepath.Join("guides", "gate-a-plan-or-apply", folder.Name(), "main.tf"))
			if err != nil {
				t.Fatal(err)
			}
			want, ok := recipes[folder.Name()]
			if !ok {
				t.Fatal("the test expects nothing of this recipe")
			}
			step := resource.TestStep{Config: string(config), ExpectNonEmptyPlan: want.nested, ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{readDuring(want.data, want.deferred)},
			}}
			if want.gated != "" {
				step.ConfigStateChecks = []statecheck.StateCheck{
					statecheck.ExpectKnownValue(want.gated, tfjsonpath.New("input"), knownvalue.StringExact(want.input)),
				}
			}
			test(t, step, want.versions...)
		})
	}
}

// TestTerraform_defersAReadOnlyForDirectDependencies pins what the guide says
// of Terraform itself: when a data source is read during the plan, and when
// during the apply.
func TestTerraform_defersAReadOnlyForDirectDependencies(t *testing.T) {
	t.Parallel()
	const start = `
resource "terraform_data" "start" {
  input = "cn-north-4"
}
locals {
  region = terraform_data.start.input
}
`
	for name, c := range map[string]struct {
		arguments string
		deferred  bool
	}{
		"nothing in between":              {"", false},
		"a direct reference":              {"region = terraform_data.start.input", true},
		"a reference through a local":     {"region = local.region", false},
		"depends_on":                      {"depends_on = [terraform_data.start]", true},
		"a value known only after apply":  {"region = terraform_data.start.output", true},
		"a local, and a postcondition":    {"region = local.region\n" + postcondition, true},
		"nothing, although postcondition": {postcondition, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, resource.TestStep{
				Config: start + fmt.Sprintf("data \"hwtasks_dcs_job\" \"it\" {\n  job_id = %q\n  %s\n}\n", jobID, c.arguments),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{readDuring("data.hwtasks_dcs_job.it", c.deferred)},
				},
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

// test runs a step against a cloud of its own, with the versions of Terraform
// that it is for.
func test(t *testing.T, step resource.TestStep, versions ...tfversion.TerraformVersionCheck) {
	t.Helper()
	testOn(t, cloud(), step, versions...)
}

func testOn(t *testing.T, c *fakecloud.Cloud, step resource.TestStep, versions ...tfversion.TerraformVersionCheck) {
	t.Helper()
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	step.Config = block(server.URL) + step.Config
	resource.UnitTest(t, resource.TestCase{TerraformVersionChecks: versions, ProtoV6ProviderFactories: factories, Steps: []resource.TestStep{step}})
}

// readDuring checks whether a data source is read during the plan or deferred
// to the apply.
func readDuring(address string, deferred bool) plancheck.PlanCheck {
	if deferred && strings.HasPrefix(address, "hwtasks_gate_") {
		return plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate)
	}
	if deferred {
		return plancheck.ExpectResourceAction(address, plancheck.ResourceActionRead)
	}
	return notPlanned{address}
}

// notPlanned expects that a plan does nothing with an address any more.
type notPlanned struct{ address string }

func (n notPlanned) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		// What stands in a check block is read during the plan, and again during the apply.
		if change.Address == n.address && change.ActionReason != "read_because_check_nested" {
			resp.Error = fmt.Errorf("%s is deferred to the apply (%s)", n.address, change.ActionReason)
		}
	}
}
