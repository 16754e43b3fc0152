// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"slices"
	"time"
)

// State is the true state of a scripted task, in the words of the provider.
type State string

// The states of a task.
const (
	Pending   State = "pending"
	Running   State = "running"
	Succeeded State = "succeeded"
	Failed    State = "failed"
	Unknown   State = "unknown" // no status, or one that is not documented
)

// Moment is a moment of a script. It is reached once both conditions hold; the
// zero Moment is the first request.
type Moment struct {
	After    time.Duration // since the first request for the script
	Requests int           // responses that the path has sent before
}

// Span is a part of a script. A zero Until means that it never ends.
type Span struct {
	From, Until Moment
}

// Step is a change of a task's state.
type Step struct {
	At    Moment
	State State

	// Status is the raw status; "" stands for the one that the API uses for State,
	// "-" leaves the field out.
	Status string
}

// position is how far a script has advanced.
type position struct {
	elapsed  time.Duration
	requests int
}

func (m Moment) reached(p position) bool { return m.After <= p.elapsed && m.Requests <= p.requests }

// contains reports whether the span contains the position.
func (s Span) contains(p position) bool {
	return s.From.reached(p) && (s.Until == Moment{} || !s.Until.reached(p))
}

func anyContains(spans []Span, p position) bool {
	return slices.ContainsFunc(spans, func(s Span) bool { return s.contains(p) })
}

// currentStep returns the last step that is reached; false before the first one.
func currentStep(steps []Step, p position) (Step, bool) {
	for _, step := range slices.Backward(steps) {
		if step.At.reached(p) {
			return step, true
		}
	}
	return Step{}, false
}

// clock starts with the first request for a script, which may have several paths.
type clock struct {
	start time.Time
}

// history counts the responses that one path of a script has sent.
type history struct {
	clock *clock
	sent  []time.Time
}

// next returns the position of the next response and counts it.
func (h *history) next() position {
	now := time.Now()
	if h.clock.start.IsZero() {
		h.clock.start = now
	}
	p := h.at(now)
	h.sent = append(h.sent, now)
	return p
}

// at returns the position at a time, after all responses sent by then.
func (h *history) at(t time.Time) position {
	if h.clock.start.IsZero() {
		return position{}
	}
	p := position{elapsed: t.Sub(h.clock.start)}
	for _, sent := range h.sent {
		if !sent.After(t) {
			p.requests++
		}
	}
	return p
}
