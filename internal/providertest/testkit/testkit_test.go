// SPDX-License-Identifier: MPL-2.0

package testkit_test

import (
	"os"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

var variables = []string{"HW_ACCESS_KEY", "HWTASKS_ACC_DCS_JOB_ID", "OS_REGION_NAME", "HUAWEICLOUD_SDK_AK", "CLOUD_SDK_SK", "TF_APPEND_USER_AGENT"}

func TestMain(m *testing.M) {
	for _, name := range variables {
		_ = os.Setenv(name, "the developer's own")
	}
	testkit.Main(m)
}

func TestMain_removesTheDevelopersSettings(t *testing.T) {
	t.Parallel()
	for _, name := range variables {
		if value, set := os.LookupEnv(name); set {
			t.Errorf("%s is %q", name, value)
		}
	}
	if os.Getenv("PATH") == "" {
		t.Error("PATH is gone, too")
	}
}
