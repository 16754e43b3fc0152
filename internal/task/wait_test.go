// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// fault is an error of a look.
type fault struct {
	text      string
	transient bool
}

func (f *fault) Error() string   { return f.text }
func (f *fault) Transient() bool { return f.transient }

var (
	throttled = &fault{"throttled", true}
	forbidden = &fault{"forbidden", false}
	errPlain  = errors.New("a fault that does not say whether it passes")
)

// script is a task that is looked at: what each look finds, the last one for
// ever, and when the looks were.
type script struct {
	finds []any // a task.State or an error
	takes time.Duration
	at    []time.Duration
	begin time.Time
}

func (s *script) look(ctx context.Context) (task.Observation, error) {
	if s.begin.IsZero() {
		s.begin = time.Now()
	}
	s.at = append(s.at, time.Since(s.begin))
	if s.takes > 0 {
		if err := task.Sleep(ctx, s.takes); err != nil {
			return task.Observation{}, err
		}
	}
	switch found := s.finds[min(len(s.at), len(s.finds))-1].(type) {
	case error:
		return task.Observation{}, found
	case task.State:
		return task.Observation{State: found}, nil
	default:
		return task.Observation{}, fmt.Errorf("a script cannot find a %T", found)
	}
}

// ended is what a wait came to.
type ended struct {
	After time.Duration
	At    []time.Duration // of the looks
	Watch task.Progress
	Err   error
}

// wait runs the script in virtual time: for at most limit, looking every 7 s.
func (s script) wait(t *testing.T, limit time.Duration, cancel time.Duration) (got ended) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		if limit > 0 {
			limited, stop := context.WithTimeout(ctx, limit)
			defer stop()
			ctx = limited
		}
		if cancel > 0 {
			cancelled, stop := context.WithCancel(ctx)
			time.AfterFunc(cancel, stop)
			ctx = cancelled
		}
		begin := time.Now()
		got.Watch, got.Err = task.Wait(ctx, 7*time.Second, s.look, task.Observation.Completed, ignore)
		got.After = time.Since(begin)
		got.At = s.at
	})
	return got
}

func seconds(all ...float64) []time.Duration {
	durations := make([]time.Duration, len(all))
	for i, s := range all {
		durations[i] = time.Duration(s * float64(time.Second))
	}
	return durations
}

func seen(state task.State, looks int, waited float64, fault error) task.Progress {
	return task.Progress{Polls: looks, Waited: seconds(waited)[0], Last: task.Observation{State: state}, Seen: true, LastErr: fault}
}

func TestWait_looksAtOnceAndThenAtTheInterval(t *testing.T) {
	for _, test := range []struct {
		name   string
		script script
		want   ended
	}{
		{
			"a task that has ended costs no pause",
			script{finds: []any{succeeded}},
			ended{After: 0, At: seconds(0), Watch: seen(succeeded, 1, 0, nil)},
		},
		{
			"a failure is an end",
			script{finds: []any{running, failed}},
			ended{After: 7 * time.Second, At: seconds(0, 7), Watch: seen(failed, 2, 7, nil)},
		},
		{
			"a task that goes on",
			script{finds: []any{pending, running, running, succeeded}},
			ended{After: 21 * time.Second, At: seconds(0, 7, 14, 21), Watch: seen(succeeded, 4, 21, nil)},
		},
		{
			"the interval is between the looks, however long they take",
			script{finds: []any{running, running, succeeded}, takes: 2 * time.Second},
			ended{After: 20 * time.Second, At: seconds(0, 9, 18), Watch: seen(succeeded, 3, 20, nil)},
		},
	} {
		t.Run(test.name, func(t *testing.T) { diff(t, "end", test.want, test.script.wait(t, 0, 0)) })
	}
}

func TestWait_survivesATransientFaultOnceTheTaskWasSeen(t *testing.T) {
	wrapped := fmt.Errorf("looking: %w", throttled)
	for _, test := range []struct {
		name   string
		script script
		want   ended
	}{
		{
			"a transient fault before the first success ends it",
			script{finds: []any{throttled, succeeded}},
			ended{At: seconds(0), Watch: task.Progress{Polls: 1, LastErr: throttled}, Err: throttled},
		},
		{
			"after the first success it does not",
			script{finds: []any{running, throttled, throttled, succeeded}},
			ended{After: 21 * time.Second, At: seconds(0, 7, 14, 21), Watch: seen(succeeded, 4, 21, throttled)},
		},
		{
			"wrapped, it is the same",
			script{finds: []any{running, wrapped, succeeded}},
			ended{After: 14 * time.Second, At: seconds(0, 7, 14), Watch: seen(succeeded, 3, 14, wrapped)},
		},
		{
			"a lasting fault ends it at once",
			script{finds: []any{running, forbidden, succeeded}},
			ended{After: 7 * time.Second, At: seconds(0, 7), Watch: seen(running, 2, 7, nil), Err: forbidden},
		},
		{
			"and so does a fault that says nothing of passing",
			script{finds: []any{running, errPlain, succeeded}},
			ended{After: 7 * time.Second, At: seconds(0, 7), Watch: seen(running, 2, 7, nil), Err: errPlain},
		},
	} {
		t.Run(test.name, func(t *testing.T) { diff(t, "end", test.want, test.script.wait(t, 0, 0)) })
	}
}

func TestWait_makesALastLookBeforeTheDeadline(t *testing.T) {
	for _, test := range []struct {
		name   string
		script script
		limit  time.Duration
		want   ended
	}{
		{
			"a second before it",
			script{finds: []any{running}},
			20 * time.Second,
			ended{After: 19 * time.Second, At: seconds(0, 7, 14, 19), Watch: seen(running, 4, 19, nil), Err: context.DeadlineExceeded},
		},
		{
			"of a short limit a tenth before it",
			script{finds: []any{running}},
			5 * time.Second,
			ended{After: 4500 * time.Millisecond, At: seconds(0, 4.5), Watch: seen(running, 2, 4.5, nil), Err: context.DeadlineExceeded},
		},
		{
			"which may find the end",
			script{finds: []any{running, running, running, succeeded}},
			20 * time.Second,
			ended{After: 19 * time.Second, At: seconds(0, 7, 14, 19), Watch: seen(succeeded, 4, 19, nil)},
		},
		{
			"a look that falls on it is the last",
			script{finds: []any{running}},
			15 * time.Second,
			ended{After: 14 * time.Second, At: seconds(0, 7, 14), Watch: seen(running, 3, 14, nil), Err: context.DeadlineExceeded},
		},
		{
			"with the fault that it met",
			script{finds: []any{running, running, running, throttled}},
			20 * time.Second,
			ended{After: 19 * time.Second, At: seconds(0, 7, 14, 19), Watch: seen(running, 4, 19, throttled), Err: errors.Join(context.DeadlineExceeded, throttled)},
		},
		{
			"and it is cut off where it takes too long",
			script{finds: []any{running}, takes: 5 * time.Second},
			14 * time.Second,
			ended{After: 14 * time.Second, At: seconds(0, 12), Watch: seen(running, 2, 14, nil), Err: context.DeadlineExceeded},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "end", test.want, test.script.wait(t, test.limit, 0))
		})
	}
}

// TestWait_keepsTheLastFaultWhenTheDeadlineCutsALookOff lest the user never
// learn of the throttling that came before.
func TestWait_keepsTheLastFaultWhenTheDeadlineCutsALookOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		looks := 0
		_, err := task.Wait(ctx, 7*time.Second, func(ctx context.Context) (task.Observation, error) {
			looks++
			switch looks {
			case 1:
				return task.Observation{State: running}, nil
			case 2, 3:
				return task.Observation{}, throttled
			default:
				<-ctx.Done()
				return task.Observation{}, ctx.Err()
			}
		}, task.Observation.Completed, ignore)
		diff(t, "error", errors.Join(context.DeadlineExceeded, throttled), err)
	})
}

func TestWait_tellsEachLook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script{finds: []any{pending, throttled, running, succeeded}}
		var told []task.Progress
		var errs []error
		last, err := task.Wait(t.Context(), 7*time.Second, s.look, task.Observation.Completed, func(w task.Progress, err error) {
			told = append(told, w)
			errs = append(errs, err)
		})
		if err != nil {
			t.Fatal(err)
		}
		diff(t, "watches", []task.Progress{
			seen(pending, 1, 0, nil), seen(pending, 2, 7, throttled), seen(running, 3, 14, throttled), seen(succeeded, 4, 21, throttled),
		}, told)
		diff(t, "errors", []error{nil, throttled, nil, nil}, errs)
		diff(t, "last watch", told[3], last)
	})
}

func TestWait_leavesItToTheCallerWhatEndsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script{finds: []any{succeeded, failed, missing}}
		done := func(o task.Observation) bool { return o.State == missing }
		w, err := task.Wait(t.Context(), 7*time.Second, s.look, done, ignore)
		diff(t, "watch", seen(missing, 3, 14, nil), w)
		diff(t, "error", nil, err)
	})
}
