// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

func TestWait_endsAtOnceWhenItIsCancelled(t *testing.T) {
	for _, test := range []struct {
		name   string
		script script
		limit  time.Duration
		want   ended
	}{
		{
			"in the first look",
			script{finds: []any{running}, takes: time.Hour},
			0,
			ended{After: 10 * time.Second, At: seconds(0), Watch: task.Progress{Polls: 1, Waited: 10 * time.Second}, Err: context.Canceled},
		},
		{
			"in a later look",
			script{finds: []any{running}, takes: 2 * time.Second},
			0,
			ended{After: 10 * time.Second, At: seconds(0, 9), Watch: seen(running, 2, 10, nil), Err: context.Canceled},
		},
		{
			"in a pause",
			script{finds: []any{running}},
			0,
			ended{After: 10 * time.Second, At: seconds(0, 7), Watch: seen(running, 2, 10, nil), Err: context.Canceled},
		},
		{
			"in a pause after a fault",
			script{finds: []any{running, throttled}},
			0,
			ended{After: 10 * time.Second, At: seconds(0, 7), Watch: seen(running, 2, 10, throttled), Err: errors.Join(context.Canceled, throttled)},
		},
		{
			"with a deadline far away",
			script{finds: []any{running}},
			time.Hour,
			ended{After: 10 * time.Second, At: seconds(0, 7), Watch: seen(running, 2, 10, nil), Err: context.Canceled},
		},
	} {
		t.Run(test.name, func(t *testing.T) { diff(t, "end", test.want, test.script.wait(t, test.limit, 10*time.Second)) })
	}
}

func TestSleep_endsWithTheContext(t *testing.T) {
	for _, test := range []struct {
		name          string
		pause, cancel time.Duration
		after         time.Duration
		want          error
	}{
		{"the pause", 5 * time.Second, 0, 5 * time.Second, nil},
		{"no pause", 0, 0, 0, nil},
		{"a cancel", time.Hour, 5 * time.Second, 5 * time.Second, context.Canceled},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, cancel)
				}
				begin := time.Now()
				diff(t, "error", test.want, task.Sleep(ctx, test.pause))
				diff(t, "duration", test.after, time.Since(begin))
			})
		})
	}
}

func TestSleep_putsTheEndOfTheContextFirst(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 { // each time one of two ready channels is chosen by chance
		diff(t, "error", context.Canceled, task.Sleep(ended, 0))
	}
}
