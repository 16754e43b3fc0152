// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"os"
	"strings"
	"testing"
)

// TestMain takes away what could configure the provider: the functions must do
// without.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"HW_", "HUAWEICLOUD_SDK_", "CLOUD_SDK_"} {
			if strings.HasPrefix(name, prefix) {
				_ = os.Unsetenv(name) // fails for names that no variable has
			}
		}
	}
	_ = os.Setenv("CHECKPOINT_DISABLE", "1") // Terraform asks nobody for news
	os.Exit(m.Run())
}
