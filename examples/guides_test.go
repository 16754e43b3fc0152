// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
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

// shown are the blocks of output in the guide: the recipe that prints it, a text that
// finds the block, and the command.
var shown = []struct{ recipe, text, command string }{
	{"block-the-plan", "Still reading... [00m10s elapsed]", "plan"},
	{"gate-once", "Error: DCS job failed", "apply -auto-approve"},
	{"gate-the-apply", "will be read during apply", "apply -auto-approve"},
	{"monitor", "Warning: Check block assertion failed", "plan"},
}

// TestRecipes_printWhatTheGuideShows compares the recorded output with that of a
// shorter wait.
func TestRecipes_printWhatTheGuideShows(t *testing.T) {
	t.Parallel()
	blocks := pages(t)["docs/guides/gate-a-plan-or-apply.md"].blocks
	for _, tc := range shown {
		t.Run(tc.recipe, func(t *testing.T) {
			t.Parallel()
			w := newRecipe(t, tc.recipe)
			w.serveSwitchover(tc.recipe == "gate-once")
			w.cloud.Serve(fakecloud.ProgressPath(projectID, instanceID, taskID),
				fakecloud.Response{Body: `{"progress":40,"step_details":[{"step_name":"数据迁移","step_status":"FAILED","error_code":"DCS.4065"}]}`})
			out, _ := w.run(t, append(strings.Fields(tc.command), "-input=false", "-no-color")...)
			out = oneLine(out)
			i := slices.IndexFunc(blocks, func(b codeBlock) bool { return b.language == "text" && strings.Contains(b.text, tc.text) })
			if i < 0 {
				t.Fatalf("the guide shows no output with %q", tc.text)
			}
			for line := range strings.Lines(blocks[i].text) {
				if strings.ContainsAny(line, "…├│") || strings.Contains(line, "s elapsed]") {
					continue // left out, not the same in all versions of Terraform, or printed only in a longer wait
				}
				if !strings.Contains(out, oneLine(line)) {
					t.Errorf("the guide shows %q, but Terraform prints:\n%s", line, out)
				}
			}
		})
	}
}

// newRecipe is a workspace with a recipe of the guide.
func newRecipe(t *testing.T, recipe string) *workspace {
	t.Helper()
	w := newWorkspace(t, recipeFolder+"/"+recipe, nil)
	w.write(t, "providers.tf", requiredProviders+"provider \"hwtasks\" {\n  region = \"cn-north-4\"\n}\n")
	return w
}

// serveSwitchover serves a job that runs for a second, with the times of the recorded
// one.
func (w *workspace) serveSwitchover(fails bool) {
	running := `{"job_id":"` + jobID + `","job_type":"masterStandbySwapJob","status":"RUNNING","begin_time":"1684191545379","end_time":null,"fail_reason":null}`
	finished := strings.NewReplacer(`"RUNNING"`, `"SUCCESS"`, `"end_time":null`, `"end_time":"1684191558310"`).Replace(running)
	if fails {
		finished = strings.NewReplacer(`"SUCCESS"`, `"FAIL"`, `"fail_reason":null`, `"fail_reason":"the standby node 192.168.0.12 is not in sync"`).Replace(finished)
	}
	w.cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: running}, fakecloud.Response{After: time.Second, Body: finished})
}

// TestRecipe_blocksADestroy while the instance is busy, except with -refresh=false.
func TestRecipe_blocksADestroy(t *testing.T) {
	t.Parallel()
	w := newRecipe(t, "block-a-destroy")
	w.serveTasks(instanceID, dcsTask("EXTEND", "SUCCESS", time.Hour))
	w.apply(t, "")

	w.setTimeout(t, "instance", "1s")
	w.serveTasks(instanceID, dcsTask("EXTEND", "EXECUTING", 0))
	w.apply(t, "Error: Timed out waiting for DCS background tasks", "-destroy")
	w.checkResources(t, "terraform_data.instance")
	w.apply(t, "", "-destroy", "-refresh=false")
	w.checkResources(t)
}

// TestRecipe_isDisabledWithCount after the record has expired.
func TestRecipe_isDisabledWithCount(t *testing.T) {
	t.Parallel()
	w := newRecipe(t, "with-count")
	w.apply(t, "Error: DCS job not found")
	w.apply(t, "", "-var=gate=false")
	w.checkResources(t, "terraform_data.rollout")
}
