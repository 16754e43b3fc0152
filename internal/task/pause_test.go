// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

func TestPause_isATenthOfTheTimeWaited(t *testing.T) {
	for waited, want := range map[time.Duration]time.Duration{
		0:                        time.Second,
		time.Nanosecond:          time.Second,
		9 * time.Second:          time.Second,
		10 * time.Second:         time.Second,
		10*time.Second + 1e6:     time.Second + 1e5,
		30 * time.Second:         3 * time.Second,
		2 * time.Minute:          12 * time.Second,
		150 * time.Second:        15 * time.Second,
		151 * time.Second:        15 * time.Second,
		24 * 365 * 9 * time.Hour: 15 * time.Second,
	} {
		diff(t, waited.String(), want, task.Interval(waited, 0))
	}
}

func TestPause_isShortenedByUpToAQuarter(t *testing.T) {
	for _, waited := range []time.Duration{0, 10 * time.Second, 47 * time.Second, time.Minute, 150 * time.Second, time.Hour} {
		full := task.Interval(waited, 0)
		previous := full
		for i := range 1000 {
			pause := task.Interval(waited, float64(i)/1000)
			if pause > previous || pause < full*3/4 {
				t.Fatalf("after %s and with a random %d/1000 the pause is %s of %s", waited, i, pause, full)
			}
			previous = pause
		}
		if short := full * 76 / 100; previous > short {
			t.Errorf("after %s no pause is below %s of %s", waited, previous, full)
		}
	}
}

// lengths of tasks, from a switchover to the growth of a warehouse.
var lengths = []time.Duration{3 * time.Second, 30 * time.Second, 5 * time.Minute, time.Hour, 6 * time.Hour}

// TestWait_noticesAnEndInGoodTime waits in virtual time, some jitter each time.
func TestWait_noticesAnEndInGoodTime(t *testing.T) {
	for _, length := range lengths {
		t.Run(length.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				for range 10 {
					begin := time.Now()
					w, err := task.Wait(t.Context(), 0, endsAfter(length), task.Observation.Completed, ignore)
					lag := time.Since(begin) - length
					if err != nil || w.Last.State != succeeded || lag < 0 {
						t.Fatalf("the wait ended after %s with %+v, %v", time.Since(begin), w, err)
					}
					if most := min(time.Second+length/10, 16*time.Second); lag > most {
						t.Errorf("the end was noticed after %s, want at most %s", lag, most)
					}
				}
			})
		})
	}
}

// TestPause_asksLessOftenThanAFixedIntervalAndNoticesSooner compares the law
// with a look every 10 s. The lengths vary by up to one interval: otherwise four
// of the five tasks would end at the very moment of a look.
func TestPause_asksLessOftenThanAFixedIntervalAndNoticesSooner(t *testing.T) {
	const (
		interval = 10 * time.Second
		runs     = 400
	)
	type cost struct {
		looks int
		lag   time.Duration
	}
	var law, fixed cost
	random := rand.New(rand.NewPCG(1, 2)) // the same numbers every time
	t.Logf("%8s | %21s | %21s", "length", "law: looks, mean lag", "10 s: looks, mean lag")
	for _, length := range lengths {
		var l, f cost
		for range runs {
			exact := length + time.Duration(random.Int64N(int64(interval)))
			looks, lag := watch(exact, func(waited time.Duration) time.Duration { return task.Interval(waited, random.Float64()) })
			l = cost{l.looks + looks, l.lag + lag}
			looks, lag = watch(exact, func(time.Duration) time.Duration { return interval })
			f = cost{f.looks + looks, f.lag + lag}
		}
		t.Logf("%8s | %12.1f %8s | %12.1f %8s", length,
			float64(l.looks)/runs, task.Rounded(l.lag/runs), float64(f.looks)/runs, task.Rounded(f.lag/runs))
		law = cost{law.looks + l.looks, law.lag + l.lag}
		fixed = cost{fixed.looks + f.looks, fixed.lag + f.lag}
	}
	if law.looks >= fixed.looks {
		t.Errorf("%d looks, %d with a fixed interval", law.looks, fixed.looks)
	}
	if law.lag > fixed.lag {
		t.Errorf("mean lag %s, %s with a fixed interval", law.lag/runs/5, fixed.lag/runs/5)
	}
}

// watch counts the looks at a task of some length, and how long after its end
// the last of them was.
func watch(length time.Duration, pause func(time.Duration) time.Duration) (looks int, lag time.Duration) {
	at := time.Duration(0)
	for looks = 1; at < length; looks++ {
		at += pause(at)
	}
	return looks, at - length
}

// endsAfter is a look at a task that runs for some time from the first look on.
func endsAfter(length time.Duration) task.Poll {
	var begin time.Time
	return func(context.Context) (task.Observation, error) {
		if begin.IsZero() {
			begin = time.Now()
		}
		if time.Since(begin) < length {
			return task.Observation{State: running}, nil
		}
		return task.Observation{State: succeeded}, nil
	}
}

func ignore(task.Progress, error) {}
