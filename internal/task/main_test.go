// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	sameErrors := cmp.Comparer(func(x, y error) bool {
		return slices.EqualFunc(parts(x), parts(y), errors.Is)
	})
	if difference := cmp.Diff(want, got, sameErrors); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}

// parts takes a joined error apart; one that is there twice counts once.
func parts(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return slices.Compact(slices.Concat(apply(parts, joined.Unwrap())...))
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

func apply[T, U any](f func(T) U, all []T) []U {
	var results []U
	for _, v := range all {
		results = append(results, f(v))
	}
	return results
}

func pointer[T any](v T) *T { return &v }
