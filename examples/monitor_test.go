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

// failedJobWorkspace is a workspace in which a job failed.
func failedJobWorkspace(t *testing.T, config string) *workspace {
	t.Helper()
	w := newWorkspace(t, "", nil)
	w.write(t, "main.tf", requirements+config)
	w.cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: strings.Replace(fakecloud.ExampleDCSJob, "SUCCESS", "FAIL", 1)})
	return w
}

const (
	jobData   = "data \"hwtasks_dcs_job\" \"it\" {\n  job_id = %q\n  %s\n}\n"
	jobCheck  = "check \"job\" {\n%s\n  assert {\n    condition     = %sdata.hwtasks_dcs_job.it.failed\n    error_message = \"It failed.\"\n  }\n}\n"
	jobOutput = "output \"state\" {\n  value = data.hwtasks_dcs_job.it.state\n}\n"
)

// TestTerraform_exitCodesAndChecks confirms the table of the guide "Monitor in CI".
func TestTerraform_exitCodesAndChecks(t *testing.T) {
	t.Parallel()
	data := fmt.Sprintf(jobData, jobID, "")
	missing := fmt.Sprintf(jobData, "none", "")
	for name, tc := range map[string]struct {
		config string
		code   int
		status string // of the check block, "" if there is none
	}{
		"check passes":              {data + fmt.Sprintf(jobCheck, "", ""), 0, "pass"},
		"check fails":               {data + fmt.Sprintf(jobCheck, "", "!"), 0, "fail"},
		"check passes, data inside": {fmt.Sprintf(jobCheck, data, ""), 2, "pass"},
		"check fails, data inside":  {fmt.Sprintf(jobCheck, data, "!"), 2, "fail"},
		"read fails":                {missing + fmt.Sprintf(jobCheck, "", ""), 1, ""},
		"read fails, data inside":   {fmt.Sprintf(jobCheck, missing, ""), 2, "fail"},
		"postcondition fails":       {fmt.Sprintf(jobData, jobID, postcondition), 1, ""},
		"output is new":             {data + jobOutput, 2, ""},
		"read during the apply":     {"resource \"terraform_data\" \"it\" {}\n" + fmt.Sprintf(jobData, jobID, "depends_on = [terraform_data.it]") + fmt.Sprintf(jobCheck, "", "!"), 2, "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := failedJobWorkspace(t, tc.config)
			w.plan(t, tc.code)
			if tc.status != "" && w.statuses(t)["check.job"] != tc.status {
				t.Errorf("the check is %v, want %s", w.statuses(t), tc.status)
			}
		})
	}
}

// TestTerraform_destroysBeforeAGate confirms "What a gate does not block" of the
// guide "Gate a plan or apply".
func TestTerraform_destroysBeforeAGate(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		lifecycle string
		remaining []string
	}{
		"replaced":              {"", []string{"terraform_data.start"}},
		"removed":               {"count = 2 - var.release", []string{"terraform_data.start"}},
		"create_before_destroy": {"lifecycle {\n    create_before_destroy = true\n  }", []string{"terraform_data.rollout", "terraform_data.start"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := failedJobWorkspace(t, "variable \"release\" {\n  type = number\n}\n\nresource \"terraform_data\" \"start\" {\n  input = var.release\n}\n"+
				fmt.Sprintf(jobData, jobID, "wait_for = \"success\"\n  count = var.release - 1\n  depends_on = [terraform_data.start]")+
				"resource \"terraform_data\" \"rollout\" {\n  triggers_replace = var.release\n  depends_on = [data.hwtasks_dcs_job.it]\n  "+tc.lifecycle+"\n}\n")
			w.apply(t, "", "-var=release=1")
			w.apply(t, "Error: DCS job failed", "-var=release=2")
			w.checkResources(t, tc.remaining...)
		})
	}
}
