// SPDX-License-Identifier: MPL-2.0

package actions_test

import (
	"os"
	"os/signal"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// TestMain keeps the developer's own keys out of the tests.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"HW_", "HUAWEICLOUD_SDK_", "CLOUD_SDK_"} {
			if strings.HasPrefix(name, prefix) {
				_ = os.Unsetenv(name) // fails for names that no variable has
			}
		}
	}

	// Package os/signal starts its one goroutine at its first use, which must not
	// be inside a bubble of testing/synctest.
	first := make(chan os.Signal, 1)
	signal.Notify(first, os.Interrupt)
	signal.Stop(first)

	goleak.VerifyTestMain(m)
}
