// SPDX-License-Identifier: MPL-2.0

// Package testkit holds what the tests of every package need: an environment
// without the developer's own settings, a check for leaked goroutines, and one
// comparison. It imports no package of this module, so that every test may use it.
package testkit

import (
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

// Main runs the tests of a package. First it removes the environment variables
// that configure the provider: tests run in parallel and so cannot set them one
// by one.
func Main(m *testing.M, options ...goleak.Option) {
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); configures(name) {
			_ = os.Unsetenv(name) // only fails for a name that no variable can have
		}
	}
	_ = os.Setenv("CHECKPOINT_DISABLE", "1") // or Terraform asks for its latest version

	// Tests allocate much and keep little, as does each run of Terraform that they
	// start: fewer collections save a quarter of their time.
	const percent = 400
	debug.SetGCPercent(percent)
	_ = os.Setenv("GOGC", strconv.Itoa(percent))

	// Package os/signal starts its one goroutine when it is first used. Started in
	// a bubble of testing/synctest, that goroutine would never let the bubble end.
	first := make(chan os.Signal, 1)
	signal.Notify(first, os.Interrupt)
	signal.Stop(first)

	// A provider that ran under Terraform leaves a pipe open until it is collected.
	pipe := goleak.IgnoreAnyFunction("github.com/hashicorp/go-plugin.copyChan")
	goleak.VerifyTestMain(m, append(options, pipe)...)
}

func configures(variable string) bool {
	for _, prefix := range []string{"HW_", "HWTASKS_", "OS_", "HUAWEICLOUD_SDK_", "CLOUD_SDK_", "HC_CONTAINER_", "TF_APPEND_USER_AGENT"} {
		if strings.HasPrefix(variable, prefix) {
			return true
		}
	}
	return false
}

// Diff fails the test if two values differ, and shows how.
func Diff(t testing.TB, what string, want, got any, options ...cmp.Option) {
	t.Helper()
	if difference := cmp.Diff(want, got, options...); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}
