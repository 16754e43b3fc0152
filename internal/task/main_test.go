// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	pending   = task.Pending
	running   = task.Running
	succeeded = task.Succeeded
	failed    = task.Failed
	unknown   = task.Unknown
	missing   = task.Missing
)

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	sameErrors := cmp.Comparer(func(x, y error) bool { return slices.EqualFunc(leaves(x), leaves(y), errors.Is) })
	if d := cmp.Diff(want, got, sameErrors); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// leaves returns the errors that are joined in one.
func leaves(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, leaves(e)...)
	}
	return all
}

func pointer[T any](v T) *T { return &v }
