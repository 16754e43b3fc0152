// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// reads are data sources of the guide "When Terraform reads data sources", by name,
// with their arguments and whether Terraform reads them during the apply.
var reads = map[string]struct {
	arguments string
	deferred  bool
}{
	"known_arguments":             {"", false},
	"resource":                    {"region = terraform_data.start.input", true},
	"local_value":                 {"region = local.region", false},
	"module_output":               {"region = module.start.region", false},
	"local_value_postcondition":   {"region = local.region\n" + postcondition, true},
	"module_output_postcondition": {"region = module.start.region\n" + postcondition, true},
	"local_value_precondition":    {"region = local.region\n lifecycle {\n precondition {\n condition = var.open\n error_message = \"closed\"\n }\n }", true},
	"depends_on":                  {"depends_on = [terraform_data.start]", true},
	"depends_on_module":           {"depends_on = [module.start]", true},
	"known_after_apply":           {"region = terraform_data.start.output", true},
	"only_a_postcondition":        {postcondition, false},
}

const start = `
resource "terraform_data" "start" {
  input = "cn-north-4"
}
`

const postcondition = `
  lifecycle {
    postcondition {
      condition     = self.succeeded
      error_message = self.summary
    }
  }
`

// TestTerraform_readsDataSources confirms the table of that guide.
func TestTerraform_readsDataSources(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "", nil)
	serveExamples(w.cloud, false)
	for _, module := range []string{"start", "gated"} {
		if err := os.Mkdir(filepath.Join(w.dir, module), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w.write(t, "start/main.tf", start+"output \"region\" {\n  value = terraform_data.start.input\n}\n")
	w.write(t, "gated/main.tf", requiredProviders+fmt.Sprintf("data \"hwtasks_dcs_job\" \"it\" {\n  job_id = %q\n}\n", jobID))
	config := requiredProviders + start + `
provider "hwtasks" {
  region = "cn-north-4"
}
variable "open" {
  default = true
}
locals {
  region = terraform_data.start.input
}
module "start" {
  source = "./start"
}
module "gated" {
  source     = "./gated"
  depends_on = [terraform_data.start]
}
`
	for name, read := range reads {
		config += fmt.Sprintf("data \"hwtasks_dcs_job\" %q {\n  job_id = %q\n  %s\n}\n", name, jobID, read.arguments)
	}
	w.write(t, "main.tf", config)
	if out, code := w.run(t, "get"); code != 0 {
		t.Fatalf("get: %s", out)
	}
	out := w.plan(t, 2)
	for name, read := range reads {
		if deferred := strings.Contains(out, "# data.hwtasks_dcs_job."+name+" will be read during apply"); deferred != read.deferred {
			t.Errorf("%s is deferred to the apply: %t", name, deferred)
		}
	}
	if !strings.Contains(out, "# module.gated.data.hwtasks_dcs_job.it will be read during apply") {
		t.Error("the data source of a module with depends_on is not deferred to the apply")
	}
	w.apply(t, "")
	w.plan(t, 0) // without pending changes, all are read while planning
}
