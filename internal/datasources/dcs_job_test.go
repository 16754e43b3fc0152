// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestDCSJob_mapsTheDocumentedExample(t *testing.T) {
	cloud, block := serve(t)
	cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Answer{Body: fakecloud.ExampleDCSJob})
	run(t, resource.TestStep{
		Config: block + `data "hwtasks_dcs_job" "this" { job_id = "` + jobID + `" }`,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.hwtasks_dcs_job.this", tfjsonpath.New("summary"), knownvalue.StringExact("DCS job "+jobID+" (masterStandbySwapJob): succeeded after 2.9s")),
		},
	})
}
