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
		name     string
		steps    []task.State
		progress *float64
		want     task.State
	}{
		{"no step", nil, nil, pending},
		{"no step, whatever the progress", nil, pointer(100.0), pending},
		{"all pending", []task.State{pending, pending}, pointer(0.0), pending},
		{"one running", []task.State{succeeded, running, pending}, pointer(30.0), running},
		{"running beside failed and unknown", []task.State{failed, unknown, running}, nil, running},
		{"pending behind failed", []task.State{succeeded, failed, pending}, pointer(30.0), failed},
		{"failed before unknown", []task.State{unknown, failed}, nil, failed},
		{"unknown before pending", []task.State{unknown, pending}, nil, unknown},
		{"unknown, 100 %", []task.State{succeeded, unknown}, pointer(100.0), unknown},
		{"between two steps", []task.State{succeeded, pending}, nil, running},
		{"all succeeded, 100 %", []task.State{succeeded, succeeded}, pointer(100.0), succeeded},
		{"all succeeded, no progress", []task.State{succeeded}, nil, running},
		{"all succeeded, 99.9 %", []task.State{succeeded}, pointer(99.9), running},
		{"all succeeded, 101 %", []task.State{succeeded}, pointer(101.0), running},
	} {
		t.Run(test.name, func(t *testing.T) { diff(t, "state", test.want, task.FoldSteps(test.steps, test.progress)) })
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
			{"FoldSteps without progress", steps(nil), false, isRunning},
			{"FoldSteps at 99.99 %", steps(pointer(99.99)), false, isRunning},
			{"FoldSteps at 100 %", steps(pointer(100.0)), all, isRunning},
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

func steps(progress *float64) func([]task.State) task.State {
	return func(states []task.State) task.State { return task.FoldSteps(states, progress) }
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
