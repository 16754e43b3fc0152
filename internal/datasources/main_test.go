// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"os"
	"os/signal"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// TestMain keeps the developer's own keys and regions out of the tests, which
// run side by side and so cannot set variables of their own.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"HW_", "HUAWEICLOUD_SDK_", "CLOUD_SDK_", "TF_APPEND_USER_AGENT"} {
			if strings.HasPrefix(name, prefix) {
				_ = os.Unsetenv(name) // fails for names that no variable has
			}
		}
	}
	_ = os.Setenv("CHECKPOINT_DISABLE", "1") // Terraform asks nobody for news

	// Package os/signal starts its one goroutine at its first use, which must not
	// be inside a bubble of testing/synctest.
	first := make(chan os.Signal, 1)
	signal.Notify(first, os.Interrupt)
	signal.Stop(first)

	// A provider that Terraform has tested leaves a pipe open, until it is collected.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/hashicorp/go-plugin.copyChan"))
}
