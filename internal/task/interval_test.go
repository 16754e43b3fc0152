// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

func TestInterval(t *testing.T) {
	for waited, want := range map[time.Duration]time.Duration{
		0:                        time.Second,
		10 * time.Second:         time.Second,
		10*time.Second + 1e6:     time.Second + 1e5,
		30 * time.Second:         3 * time.Second,
		150 * time.Second:        15 * time.Second,
		24 * 365 * 9 * time.Hour: 15 * time.Second,
	} {
		full := task.Interval(waited, 0)
		diff(t, waited.String(), want, full)
		diff(t, waited.String()+" with half the jitter", want-want/8, task.Interval(waited, 0.5))
		if short := task.Interval(waited, 0.999999); short < want*3/4 || short > want*76/100 {
			t.Errorf("after %s the shortest interval is %s of %s", waited, short, full)
		}
	}
}

func TestReserve(t *testing.T) {
	for limit, want := range map[time.Duration]time.Duration{
		time.Second: 100 * time.Millisecond, 5 * time.Second: 500 * time.Millisecond, 10 * time.Second: time.Second, time.Hour: time.Second,
	} {
		diff(t, limit.String(), want, task.Reserve(limit))
	}
}

// TestWait_withoutFixedInterval compares with a poll every 10 s, the default of
// other tools: the end is noticed within a tenth of the task's duration, and
// long tasks cost fewer polls.
func TestWait_withoutFixedInterval(t *testing.T) {
	for _, length := range []time.Duration{3 * time.Second, 30 * time.Second, 5 * time.Minute, time.Hour, 6 * time.Hour} {
		t.Run(length.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				for range 10 { // with other jitter
					start := time.Now()
					p, err := task.Wait(t.Context(), 0, func(context.Context) (task.Observation, error) {
						if time.Since(start) < length {
							return task.Observation{State: running}, nil
						}
						return task.Observation{State: succeeded}, nil
					}, task.Observation.Completed, func(task.Progress, error) {})
					lag := time.Since(start) - length
					if err != nil || p.Last.State != succeeded || lag < 0 {
						t.Fatalf("after %s: %+v, %v", time.Since(start), p, err)
					}
					if limit := min(time.Second+length/10, 15*time.Second); lag > limit {
						t.Errorf("the end was noticed after %s, want at most %s", lag, limit)
					}
					if fixed := int(length/(10*time.Second)) + 2; length >= time.Hour && p.Polls >= fixed {
						t.Errorf("%d polls, %d with a fixed interval", p.Polls, fixed)
					}
				}
			})
		})
	}
}
