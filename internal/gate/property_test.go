// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// wrong says what is wrong with the gate's decision, "" if nothing is.
func (w *world) wrong(f *gate.Failure) string {
	now := w.now()
	if now > w.options.Timeout {
		return "the time limit is exceeded"
	}
	var exist, finished, succeeded, failed int
	for _, t := range w.tasks {
		if now < t.created {
			continue
		}
		exist++
		switch state := t.state(now); {
		case state == task.Succeeded:
			succeeded++
		case state == task.Failed:
			failed++
		}
	}
	finished = succeeded + failed
	switch {
	case f == nil && finished < exist:
		return "it passed although a task is unfinished"
	case f == nil && w.options.WaitFor != gate.Idle && exist == 0:
		return "it passed without a task"
	case f == nil && w.options.WaitFor == gate.Success && succeeded < exist:
		return "it passed although a task has failed"
	case f == nil:
		return ""
	case f.Kind == gate.FailedTask && failed == 0:
		return "it failed although no task has"
	case f.Kind == gate.Disappeared && !w.disappeared(now):
		return "it gave a task up too early"
	case f.Kind == gate.UnableToRead && !w.errors, f.Kind == gate.UnknownState, f.Kind == gate.Interrupted:
		return "it failed for no reason: " + describe(f)
	default:
		return ""
	}
}

// disappeared reports whether a task was missing in three reads and for 30 s.
func (w *world) disappeared(now time.Duration) bool {
	for _, t := range w.tasks {
		if t.absentReads >= 3 && now-t.absentSince >= 30*time.Second {
			return true
		}
	}
	return false
}

// TestCheck_neverPassesAgainstTheTruth runs random worlds. The number in a
// failure repeats its world.
func TestCheck_neverPassesAgainstTheTruth(t *testing.T) {
	const worlds = 10_000
	decisions := make(map[string]int)
	synctest.Test(t, func(t *testing.T) {
		for number := range uint64(worlds) {
			w := newWorld(number)
			_, f := gate.Check(t.Context(), w.target, w.options)
			decision := fmt.Sprintf("%s %s passed: %t", w.target.Noun, w.options.WaitFor, f == nil)
			decisions[decision]++
			if problem := w.wrong(f); problem != "" {
				t.Fatalf("world %d after %s: %s\n%+v\n%+v", number, w.now(), problem, w.options, w.facts())
			}
		}
	})
	for decision, count := range decisions {
		if count < worlds/100 {
			t.Errorf("only %d worlds have the decision %q", count, decision)
		}
	}
	t.Log(decisions)
}

func (w *world) facts() (facts []fact) {
	for _, f := range w.tasks {
		facts = append(facts, *f)
	}
	return facts
}
