// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestUserAgent_namesProviderAndTerraformAndWhatTheUserAppends(t *testing.T) {
	for more, want := range map[string]string{
		"":                "terraform-provider-hwtasks/test Terraform/1.14.0",
		" ":               "terraform-provider-hwtasks/test Terraform/1.14.0",
		"pipeline/7":      "terraform-provider-hwtasks/test Terraform/1.14.0 pipeline/7",
		" a/1 (b; c)\n\t": "terraform-provider-hwtasks/test Terraform/1.14.0 a/1 (b; c)",
	} {
		t.Run(more, func(t *testing.T) {
			t.Setenv("TF_APPEND_USER_AGENT", more)
			cloud := fakecloud.New(keys)
			cloud.AddProject(ownRegion, ownProject)
			cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
			got := readJob(t, cloud, args{"region": ownRegion, "access_key": keys.AccessKey, "secret_key": keys.SecretKey})
			diff(t, "faults", []fault(nil), got.Diagnostics)
			for _, r := range cloud.Requests() {
				diff(t, "agent of "+r.Path, want, r.Header.Get("User-Agent"))
			}
			diff(t, "requests", 2, len(cloud.Requests()))
		})
	}
}
