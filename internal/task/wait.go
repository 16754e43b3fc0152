// SPDX-License-Identifier: MPL-2.0

package task

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// Poll reads the state of a task once. An error with a method Transient() bool
// that returns true may go away by itself.
type Poll func(context.Context) (Observation, error)

// Progress is how a wait is going, and in the end how it went.
type Progress struct {
	Polls   int
	Waited  time.Duration // since the first poll started
	Last    Observation   // of the last successful poll
	Seen    bool          // whether any poll was successful
	LastErr error         // the last transient error, nil if there was none
}

// Wait polls a task until done returns true, the context ends, or a poll fails
// with a permanent error. It is the only polling loop of the provider.
//
// The first poll is immediate. A fixed interval of 0 means [Interval]. Before the
// first successful poll every error ends the wait, since the configuration may
// be wrong; after it, transient errors do not. report is called after each poll.
//
// A later poll is called as soon as the interval may end, with a context that
// holds when it is due ([Due]): within these limits a poll may share its request
// with other waits.
//
// The error is that of the poll, or that of the context joined with the last
// transient error. Progress holds the last observation in either case.
func Wait(ctx context.Context, fixed time.Duration, poll Poll, done func(Observation) bool, report func(Progress, error)) (Progress, error) {
	var p Progress
	s := newSchedule(ctx, fixed)
	for turn := ctx; ; {
		o, err := poll(turn)
		p.add(o, err, time.Since(s.start))
		report(p, err)
		switch {
		case err == nil && done(o):
			return p, nil
		case err == nil:
		case ctx.Err() != nil:
			return p, errors.Join(ctx.Err(), p.LastErr)
		case !p.Seen || !transient(err):
			return p, err
		}
		shortest, delay, ok := s.next(p.Waited)
		if !ok {
			return p, errors.Join(context.DeadlineExceeded, p.LastErr)
		}
		turn = WithDue(ctx, time.Now().Add(delay))
		if err := Sleep(ctx, shortest); err != nil {
			p.Waited = time.Since(s.start)
			return p, errors.Join(err, p.LastErr)
		}
	}
}

func (p *Progress) add(o Observation, err error, waited time.Duration) {
	p.Polls++
	p.Waited = waited
	if err == nil {
		p.Last, p.Seen = o, true
	}
	if transient(err) {
		p.LastErr = err
	}
}

func transient(err error) bool {
	var e interface{ Transient() bool }
	return errors.As(err, &e) && e.Transient()
}

// The bounds of the interval between two polls.
const (
	minInterval = time.Second
	maxInterval = 15 * time.Second
)

// Interval is the time between two polls of a wait without a fixed interval: a
// tenth of the time waited so far, between 1 s and 15 s. A short task is noticed
// soon, a long one costs few requests, and either is noticed within a tenth of
// its duration. Up to a quarter is subtracted as jitter, so that many waits do
// not poll in step. random is between 0 and 1.
func Interval(waited time.Duration, random float64) time.Duration {
	interval := min(max(waited/10, minInterval), maxInterval)
	return interval - time.Duration(random*float64(interval)/4)
}

type dueKey struct{}

// WithDue marks the context of a later poll of a wait with the time at which it
// is due.
func WithDue(ctx context.Context, due time.Time) context.Context {
	return context.WithValue(ctx, dueKey{}, due)
}

// Due returns when a later poll of a wait is due; false for the first poll, and
// for a read that does not wait.
func Due(ctx context.Context) (time.Time, bool) {
	due, ok := ctx.Value(dueKey{}).(time.Time)
	return due, ok
}

// schedule decides when a wait polls.
type schedule struct {
	start time.Time
	fixed time.Duration // interval, 0 for Interval
	last  time.Time     // when the last poll starts at the latest, zero without a deadline
}

func newSchedule(ctx context.Context, fixed time.Duration) schedule {
	s := schedule{start: time.Now(), fixed: fixed}
	if deadline, ok := ctx.Deadline(); ok {
		s.last = deadline.Add(-Reserve(time.Until(deadline)))
	}
	return s
}

// Reserve is the part of a time limit that is kept for a last poll before the
// deadline: a second, or a tenth of a short limit.
func Reserve(limit time.Duration) time.Duration { return min(limit/10, time.Second) }

// next returns the delay before the next poll, and the shortest one that jitter
// allows. Both are cut so that the last poll still fits before the deadline; ok
// is false if that has been made.
func (s schedule) next(waited time.Duration) (shortest, delay time.Duration, ok bool) {
	shortest, delay = s.fixed, s.fixed
	if s.fixed == 0 {
		shortest, delay = Interval(waited, 1), Interval(waited, rand.Float64())
	}
	if s.last.IsZero() {
		return shortest, delay, true
	}
	left := time.Until(s.last)
	return min(shortest, left), min(delay, left), left > 0
}

// Sleep waits for a time, unless the context ends first: then it returns the
// context's error.
func Sleep(ctx context.Context, delay time.Duration) error {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return ctx.Err() // select picks at random if both are ready; the context's end takes precedence
}
