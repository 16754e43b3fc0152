// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

func TestDecisive(t *testing.T) {
	for _, test := range []struct {
		states []task.State
		want   int
	}{
		{nil, -1},
		{[]task.State{missing}, -1},
		{[]task.State{succeeded, succeeded}, 0},
		{[]task.State{succeeded, failed, failed}, 1},
		{[]task.State{failed, succeeded, unknown, unknown}, 2},
		{[]task.State{unknown, failed, pending}, 2},
		{[]task.State{pending, running}, 1},
	} {
		diff(t, fmt.Sprint(test.states), test.want, task.Decisive(test.states))
	}
}

func TestFoldTasks(t *testing.T) {
	for _, test := range []struct {
		tasks []task.State
		want  task.State
	}{
		{nil, missing},
		{[]task.State{succeeded, succeeded}, succeeded},
		{[]task.State{succeeded, failed, succeeded}, failed},
		{[]task.State{failed, unknown, succeeded}, unknown},
		{[]task.State{failed, unknown, running}, running},
		{[]task.State{failed, unknown, pending}, running},
		{[]task.State{pending, pending}, running},
	} {
		diff(t, fmt.Sprint(test.tasks), test.want, task.FoldTasks(test.tasks))
	}
}

func TestFoldSteps(t *testing.T) {
	for _, test := range []struct {
		name  string
		steps []task.State
		done  bool
		want  task.State
	}{
		{"no step", nil, false, pending},
		{"no step, whatever the progress", nil, true, pending},
		{"all pending", []task.State{pending, pending}, false, pending},
		{"one running", []task.State{succeeded, running, pending}, false, running},
		{"running beside failed and unknown", []task.State{failed, unknown, running}, false, running},
		{"pending behind failed", []task.State{succeeded, failed, pending}, false, failed},
		{"failed before unknown", []task.State{unknown, failed}, false, failed},
		{"unknown before pending", []task.State{unknown, pending}, false, unknown},
		{"unknown, 100 %", []task.State{succeeded, unknown}, true, unknown},
		{"between two steps", []task.State{succeeded, pending}, false, running},
		{"all succeeded, 100 %", []task.State{succeeded, succeeded}, true, succeeded},
		{"all succeeded, not 100 %", []task.State{succeeded}, false, running},
	} {
		t.Run(test.name, func(t *testing.T) { diff(t, "state", test.want, task.FoldSteps(test.steps, test.done)) })
	}
}

// TestFold_everySequence checks the properties that keep a gate closed, for every
// sequence of up to four states.
func TestFold_everySequence(t *testing.T) {
	for _, parts := range sequences(4) {
		all := len(parts) > 0 && !slices.ContainsFunc(parts, func(s task.State) bool { return s != succeeded })
		sorted := slices.Sorted(slices.Values(parts)) // no API documents an order
		for _, fold := range []struct {
			name    string
			fold    func([]task.State) task.State
			success bool
			busy    func(task.State) bool // a part that keeps the whole from being finished
		}{
			{"FoldTasks", task.FoldTasks, all, task.State.Busy},
			{"FoldSteps below 100 %", steps(false), false, isRunning},
			{"FoldSteps at 100 %", steps(true), all, isRunning},
		} {
			state := fold.fold(parts)
			if (state == succeeded) != fold.success {
				t.Errorf("%s of %v is %s", fold.name, parts, state)
			}
			if state.Finished() && slices.ContainsFunc(parts, fold.busy) {
				t.Errorf("%s of %v is finished: %s", fold.name, parts, state)
			}
			if other := fold.fold(sorted); other != state {
				t.Errorf("%s of %v is %s, but %s in another order", fold.name, parts, state, other)
			}
		}
	}
}

func steps(done bool) func([]task.State) task.State {
	return func(states []task.State) task.State { return task.FoldSteps(states, done) }
}

// isRunning, and not Busy: steps that are pending behind a failed one never start.
func isRunning(s task.State) bool { return s == running }

// sequences returns all sequences of states up to a length.
func sequences(length int) [][]task.State {
	all := [][]task.State{{}}
	longest := all
	for range length {
		var longer [][]task.State
		for _, parts := range longest {
			for _, s := range []task.State{pending, running, succeeded, failed, unknown} {
				longer = append(longer, append(slices.Clone(parts), s))
			}
		}
		all, longest = append(all, longer...), longer
	}
	return all
}
