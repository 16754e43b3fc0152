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

type pollError struct {
	text      string
	transient bool
}

func (e *pollError) Error() string   { return e.text }
func (e *pollError) Transient() bool { return e.transient }

var (
	errThrottled = &pollError{"throttled", true}
	errWrapped   = fmt.Errorf("reading: %w", errThrottled)
	errForbidden = &pollError{"forbidden", false}
	errPlain     = errors.New("an error that does not say whether it is transient")
)

// hangs is a poll that takes until the context ends.
type hangs struct{}

// wait is one call of Wait in virtual time, with an interval of 7 s.
type wait struct {
	polls   []any         // what each poll returns: a task.State, an error, or hangs; the last one is repeated
	takes   time.Duration // how long a poll takes
	timeout time.Duration // 0 for none
	cancel  time.Duration // when the context is canceled, 0 for never
}

// outcome is how a wait went. At holds the start of each poll in seconds.
type outcome struct {
	At       []float64
	Progress task.Progress
	Err      error
}

func (w wait) run(t *testing.T, report func(task.Progress, error)) (got outcome) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if w.timeout > 0 {
			var stop func()
			ctx, stop = context.WithTimeout(ctx, w.timeout)
			defer stop()
		}
		if w.cancel > 0 {
			time.AfterFunc(w.cancel, cancel)
		}
		start := time.Now()
		poll := func(ctx context.Context) (task.Observation, error) {
			got.At = append(got.At, time.Since(start).Seconds())
			if err := task.Sleep(ctx, w.takes); err != nil {
				return task.Observation{}, err
			}
			switch result := w.polls[min(len(got.At), len(w.polls))-1].(type) {
			case task.State:
				return task.Observation{State: result}, nil
			case error:
				return task.Observation{}, result
			default: // hangs
				<-ctx.Done()
				return task.Observation{}, ctx.Err()
			}
		}
		got.Progress, got.Err = task.Wait(ctx, 7*time.Second, poll, task.Observation.Completed, report)
	})
	return got
}

// seen is the progress of a wait with a successful poll.
func seen(last task.State, polls int, waited float64, lastErr error) task.Progress {
	return task.Progress{
		Polls: polls, Waited: time.Duration(waited * float64(time.Second)),
		Last: task.Observation{State: last}, Seen: true, LastErr: lastErr,
	}
}

func TestWait(t *testing.T) {
	const deadline, canceled = 20 * time.Second, 10 * time.Second
	for _, test := range []struct {
		name string
		wait wait
		want outcome
	}{
		{"first poll is immediate", wait{polls: []any{succeeded}}, outcome{[]float64{0}, seen(succeeded, 1, 0, nil), nil}},
		{"failed is done", wait{polls: []any{running, failed}}, outcome{[]float64{0, 7}, seen(failed, 2, 7, nil), nil}},
		{"interval", wait{polls: []any{pending, running, running, succeeded}}, outcome{[]float64{0, 7, 14, 21}, seen(succeeded, 4, 21, nil), nil}},
		{
			"interval from the end of a poll",
			wait{polls: []any{running, running, succeeded}, takes: 2 * time.Second},
			outcome{[]float64{0, 9, 18}, seen(succeeded, 3, 20, nil), nil},
		},

		{
			"transient error before the first success",
			wait{polls: []any{errThrottled, succeeded}},
			outcome{[]float64{0}, task.Progress{Polls: 1, LastErr: errThrottled}, errThrottled},
		},
		{
			"transient errors after it",
			wait{polls: []any{running, errThrottled, errThrottled, succeeded}},
			outcome{[]float64{0, 7, 14, 21}, seen(succeeded, 4, 21, errThrottled), nil},
		},
		{
			"wrapped transient error",
			wait{polls: []any{running, errWrapped, succeeded}},
			outcome{[]float64{0, 7, 14}, seen(succeeded, 3, 14, errWrapped), nil},
		},
		{
			"permanent error",
			wait{polls: []any{running, errThrottled, errForbidden, succeeded}},
			outcome{[]float64{0, 7, 14}, seen(running, 3, 14, errThrottled), errForbidden},
		},
		{
			"error that does not say",
			wait{polls: []any{running, errPlain, succeeded}},
			outcome{[]float64{0, 7}, seen(running, 2, 7, nil), errPlain},
		},

		{
			"last poll a second before the deadline",
			wait{polls: []any{running}, timeout: deadline},
			outcome{[]float64{0, 7, 14, 19}, seen(running, 4, 19, nil), context.DeadlineExceeded},
		},
		{
			"a tenth before a short one",
			wait{polls: []any{running}, timeout: 5 * time.Second},
			outcome{[]float64{0, 4.5}, seen(running, 2, 4.5, nil), context.DeadlineExceeded},
		},
		{
			"which is not doubled",
			wait{polls: []any{running}, timeout: 15 * time.Second},
			outcome{[]float64{0, 7, 14}, seen(running, 3, 14, nil), context.DeadlineExceeded},
		},
		{
			"last poll succeeds",
			wait{polls: []any{running, running, running, succeeded}, timeout: deadline},
			outcome{[]float64{0, 7, 14, 19}, seen(succeeded, 4, 19, nil), nil},
		},
		{
			"last poll has an error",
			wait{polls: []any{running, running, running, errThrottled}, timeout: deadline},
			outcome{[]float64{0, 7, 14, 19}, seen(running, 4, 19, errThrottled), errors.Join(context.DeadlineExceeded, errThrottled)},
		},
		{
			"last poll takes too long",
			wait{polls: []any{running}, takes: 5 * time.Second, timeout: 14 * time.Second},
			outcome{[]float64{0, 12}, seen(running, 2, 14, nil), context.DeadlineExceeded},
		},
		{
			"last error is kept when the deadline ends a poll",
			wait{polls: []any{running, errThrottled, hangs{}}, timeout: deadline},
			outcome{[]float64{0, 7, 14}, seen(running, 3, 20, errThrottled), errors.Join(context.DeadlineExceeded, errThrottled)},
		},

		{
			"canceled during the first poll",
			wait{polls: []any{hangs{}}, cancel: canceled},
			outcome{[]float64{0}, task.Progress{Polls: 1, Waited: canceled}, context.Canceled},
		},
		{
			"canceled during a later poll",
			wait{polls: []any{running, hangs{}}, cancel: canceled},
			outcome{[]float64{0, 7}, seen(running, 2, 10, nil), context.Canceled},
		},
		{
			"canceled during an interval",
			wait{polls: []any{running}, cancel: canceled, timeout: time.Hour},
			outcome{[]float64{0, 7}, seen(running, 2, 10, nil), context.Canceled},
		},
		{
			"canceled after an error",
			wait{polls: []any{running, errThrottled}, cancel: canceled},
			outcome{[]float64{0, 7}, seen(running, 2, 10, errThrottled), errors.Join(context.Canceled, errThrottled)},
		},
	} {
		t.Run(test.name, func(t *testing.T) { diff(t, "outcome", test.want, test.wait.run(t, func(task.Progress, error) {})) })
	}
}

func TestWait_reportsEachPoll(t *testing.T) {
	var progress []task.Progress
	var errs []error
	wait{polls: []any{pending, errThrottled, running, succeeded}}.run(t, func(p task.Progress, err error) {
		progress, errs = append(progress, p), append(errs, err)
	})
	diff(t, "progress", []task.Progress{
		seen(pending, 1, 0, nil), seen(pending, 2, 7, errThrottled), seen(running, 3, 14, errThrottled), seen(succeeded, 4, 21, errThrottled),
	}, progress)
	diff(t, "errors", []error{nil, errThrottled, nil, nil}, errs)
}

func TestSleep(t *testing.T) {
	for _, test := range []struct {
		name                 string
		delay, cancel, after time.Duration
		want                 error
	}{
		{"a delay", 5 * time.Second, 0, 5 * time.Second, nil},
		{"no delay", 0, 0, 0, nil},
		{"canceled", time.Hour, 5 * time.Second, 5 * time.Second, context.Canceled},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, cancel)
				}
				start := time.Now()
				diff(t, "error", test.want, task.Sleep(ctx, test.delay))
				diff(t, "duration", test.after, time.Since(start))
			})
		})
	}
}

func TestSleep_prefersTheEndOfTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 { // select picks one of two ready channels at random
		diff(t, "error", context.Canceled, task.Sleep(ctx, 0))
	}
}
