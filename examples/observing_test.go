// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const requirements = `
terraform {
  required_providers {
    hwtasks = { source = "hwtasks/hwtasks" }
  }
}

provider "hwtasks" {
  region = "cn-north-4"
}
`

// failing is a stage on which a job has failed.
func failing(t *testing.T, config string) *stage {
	t.Helper()
	s := set(t, "", nil)
	s.write(t, "main.tf", requirements+config)
	s.cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: strings.Replace(fakecloud.ExampleDCSJob, "SUCCESS", "FAIL", 1)})
	return s
}

const (
	jobData   = "data \"hwtasks_dcs_job\" \"it\" {\n  job_id = %q\n  %s\n}\n"
	jobCheck  = "check \"job\" {\n%s\n  assert {\n    condition     = %sdata.hwtasks_dcs_job.it.failed\n    error_message = \"It has failed.\"\n  }\n}\n"
	jobOutput = "output \"state\" {\n  value = data.hwtasks_dcs_job.it.state\n}\n"
)

// TestTerraform_endsAPlanAsTheGuideSays pins what the guide "Monitor in CI"
// says of Terraform itself: the exit code with -detailed-exitcode, and how the
// check block stands in the plan.
func TestTerraform_endsAPlanAsTheGuideSays(t *testing.T) {
	t.Parallel()
	data := fmt.Sprintf(jobData, jobID, "")
	missing := fmt.Sprintf(jobData, "none", "")
	for name, c := range map[string]struct {
		config string
		code   int
		status string // of the check block, "" where there is none
	}{
		"an assertion that holds":               {data + fmt.Sprintf(jobCheck, "", ""), 0, "pass"},
		"an assertion that fails":               {data + fmt.Sprintf(jobCheck, "", "!"), 0, "fail"},
		"an assertion that holds, data nested":  {fmt.Sprintf(jobCheck, data, ""), 2, "pass"},
		"an assertion that fails, data nested":  {fmt.Sprintf(jobCheck, data, "!"), 2, "fail"},
		"a read that fails":                     {missing + fmt.Sprintf(jobCheck, "", ""), 1, ""},
		"a read that fails, data nested":        {fmt.Sprintf(jobCheck, missing, ""), 2, "fail"},
		"a postcondition that fails":            {fmt.Sprintf(jobData, jobID, postcondition), 1, ""},
		"an output that is new":                 {data + jobOutput, 2, ""},
		"an assertion about what is read later": {"resource \"terraform_data\" \"it\" {}\n" + fmt.Sprintf(jobData, jobID, "depends_on = [terraform_data.it]") + fmt.Sprintf(jobCheck, "", "!"), 2, "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := failing(t, c.config)
			out, code := s.run(t, "plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=tfplan")
			if code != c.code {
				t.Fatalf("the plan exited with %d, not %d:\n%s", code, c.code, out)
			}
			if c.status != "" && s.checked(t)["check.job"] != c.status {
				t.Errorf("the check is %v, not %s", s.checked(t), c.status)
			}
		})
	}
}

// TestTerraform_destroysWithoutRegardToAGate pins what the guide "Gate a plan
// or apply" says of Terraform itself.
func TestTerraform_destroysWithoutRegardToAGate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lifecycle string
		left      []string
	}{
		"destroyed first":       {"", []string{"terraform_data.start"}},
		"removed":               {"count = 2 - var.release", []string{"terraform_data.start"}},
		"create_before_destroy": {"lifecycle {\n    create_before_destroy = true\n  }", []string{"terraform_data.rollout", "terraform_data.start"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := failing(t, "variable \"release\" {\n  type = number\n}\n\nresource \"terraform_data\" \"start\" {\n  input = var.release\n}\n"+
				fmt.Sprintf(jobData, jobID, "wait_for = \"success\"\n  count = var.release - 1\n  depends_on = [terraform_data.start]")+
				"resource \"terraform_data\" \"rollout\" {\n  triggers_replace = var.release\n  depends_on = [data.hwtasks_dcs_job.it]\n  "+c.lifecycle+"\n}\n")
			s.apply(t, "", "-var=release=1")
			s.apply(t, "Error: DCS job failed", "-var=release=2")
			s.has(t, c.left...)
		})
	}
}
