// SPDX-License-Identifier: MPL-2.0

package task

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

const (
	minInterval = time.Second
	maxInterval = 15 * time.Second
	// lastLook is how long before the deadline the last look is made at most; of
	// a short time it is a tenth.
	lastPollReserve = time.Second
)

// Look looks at a task once. An error that has a method Transient() bool which
// returns true may pass by itself.
type Poll func(context.Context) (Observation, error)

// Watch tells how a wait goes, and in the end how it went.
type Progress struct {
	Polls  int
	Waited time.Duration // since the first look began
	Last   Observation   // what the last successful look found
	Seen   bool          // whether there was one
	LastErr  error         // the last transient fault that a look met, nil if none did
}

// Wait looks at a task until done says that the wait is over, or the context
// ends, or a look fails for good. It is the only polling loop of the provider.
//
// It looks at once, and then pauses as [Pause] says, or by a fixed interval
// that is not 0. The last pause is cut so that a last look comes before the
// context's deadline. Before the first successful look any error ends the wait,
// since the configuration may be wrong; after it a transient one does not.
// each is told every look, and its error.
//
// The error is the look's, or the context's joined with the last transient
// fault; Watch holds the last observation either way.
func Wait(ctx context.Context, interval time.Duration, look Poll, done func(Observation) bool, each func(Progress, error)) (Progress, error) {
	var w Progress
	begin := time.Now()
	deadline, limited := ctx.Deadline()
	reserve := min(time.Until(deadline)/10, lastPollReserve)
	for {
		o, err := look(ctx)
		w.Polls++
		w.Waited = time.Since(begin)
		if err == nil {
			w.Last, w.Seen = o, true
		}
		if transient(err) {
			w.LastErr = err
		}
		each(w, err)
		switch {
		case err == nil && done(o):
			return w, nil
		case err == nil:
		case ctx.Err() != nil:
			return w, errors.Join(ctx.Err(), w.LastErr)
		case !w.Seen || !transient(err):
			return w, err
		}
		pause := interval
		if pause == 0 {
			pause = Interval(w.Waited, rand.Float64())
		}
		if limited {
			left := time.Until(deadline) - reserve
			if left <= 0 { // this was the last look
				return w, errors.Join(context.DeadlineExceeded, w.LastErr)
			}
			pause = min(pause, left)
		}
		if err := Sleep(ctx, pause); err != nil {
			w.Waited = time.Since(begin)
			return w, errors.Join(err, w.LastErr)
		}
	}
}

// Pause is the law of the pauses: a tenth of the time waited so far, at least
// 1 s and at most 15 s. So a short task is noticed soon, a long one costs few
// looks, and the end of any is noticed within a tenth of its length. Jitter,
// which only shortens a pause, by up to a quarter, keeps many waits from
// looking in step; random is in [0, 1).
func Interval(waited time.Duration, random float64) time.Duration {
	pause := min(max(waited/10, minInterval), maxInterval)
	return pause - time.Duration(random*float64(pause)/4)
}

// Sleep pauses unless the context ends first; then it returns the context's error.
func Sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return ctx.Err() // also after the timer: select is unordered, and the end of the context comes first
}

func transient(err error) bool {
	var fault interface{ Transient() bool }
	return errors.As(err, &fault) && fault.Transient()
}
