// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestCallCache: concurrent calls share one result, which is kept unless it is an error.
func TestCallCache(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var cache callCache[string, int]
		calls, failed := 0, errors.New("no")
		fetch := func(ctx context.Context) (int, error) {
			calls++
			select {
			case <-time.After(10 * time.Second):
			case <-ctx.Done():
				return 0, ctx.Err()
			}
			if calls == 2 {
				return 0, failed
			}
			return calls, nil
		}
		results := make(chan error, 3)
		call := func(timeout time.Duration) {
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			go func() {
				defer cancel()
				_, err := cache.do(ctx, "a", fetch)
				results <- err
			}()
			synctest.Wait()
		}
		call(time.Second) // its timeout is not a result for the next caller, which joins it and then calls again
		call(time.Minute)
		diff(t, "error of the first caller", context.DeadlineExceeded, <-results)
		synctest.Wait()
		call(time.Second) // joins the second one, but does not wait for its error
		diff(t, "error of an impatient caller", context.DeadlineExceeded, <-results)
		diff(t, "error of the call", failed, <-results)
		for range 2 { // the error is forgotten, the value is kept
			got, err := cache.do(t.Context(), "a", fetch)
			diff(t, "value", 3, got)
			diff(t, "error", nil, err)
		}
		got, err := cache.do(t.Context(), "b", fetch)
		diff(t, "value of another key", 4, got)
		diff(t, "error", nil, err)
		diff(t, "calls", 4, calls)
	})
}
