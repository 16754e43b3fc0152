// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

const (
	pending   = task.Pending
	running   = task.Running
	succeeded = task.Succeeded
	failed    = task.Failed
	unknown   = task.Unknown
	missing   = task.Missing
)

// states that a part of a task can be in.
var states = []task.State{pending, running, succeeded, failed, unknown}

func TestFoldTasks_letsTheUnfinishedDecide(t *testing.T) {
	for _, test := range []struct {
		name  string
		tasks []task.State
		want  task.State
	}{
		{"none is missing", nil, missing},
		{"one that succeeded", []task.State{succeeded}, succeeded},
		{"all that succeeded", []task.State{succeeded, succeeded, succeeded}, succeeded},
		{"a failure among successes", []task.State{succeeded, failed, succeeded}, failed},
		{"an unknown before a failure", []task.State{failed, unknown, succeeded}, unknown},
		{"a running one before all", []task.State{failed, unknown, running}, running},
		{"a pending one makes the whole run", []task.State{failed, unknown, pending}, running},
		{"only pending ones run as well", []task.State{pending, pending}, running},
	} {
		t.Run(test.name, func(t *testing.T) { diff(t, "state", test.want, task.FoldTasks(test.tasks)) })
	}
}

func TestDecisive_pointsAtTheFirstThatDecides(t *testing.T) {
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

func TestFoldSteps_followsTheOrderOfTheSteps(t *testing.T) {
	for _, test := range []struct {
		name    string
		steps   []task.State
		percent *float64
		want    task.State
	}{
		{"no step", nil, nil, pending},
		{"no step, whatever the percentage", nil, pointer(100.0), pending},
		{"all waiting", []task.State{pending, pending}, pointer(0.0), pending},
		{"one running", []task.State{succeeded, running, pending}, pointer(30.0), running},
		{"one running beside a failure", []task.State{failed, running}, nil, running},
		{"one running beside an unknown", []task.State{unknown, running}, nil, running},
		{"waiting behind a failure", []task.State{succeeded, failed, pending}, pointer(30.0), failed},
		{"a failure before an unknown", []task.State{unknown, failed}, nil, failed},
		{"an unknown among successes", []task.State{succeeded, unknown}, pointer(100.0), unknown},
		{"an unknown before those that wait", []task.State{unknown, pending}, nil, unknown},
		{"between two steps", []task.State{succeeded, pending}, nil, running},
		{"all done", []task.State{succeeded, succeeded}, pointer(100.0), succeeded},
		{"all done, no percentage", []task.State{succeeded}, nil, succeeded},
		{"all done, not quite 100 %", []task.State{succeeded}, pointer(99.9), running},
		{"all done, 0 %", []task.State{succeeded}, pointer(0.0), running},
		{"all done, more than 100 %", []task.State{succeeded}, pointer(101.0), running},
	} {
		t.Run(test.name, func(t *testing.T) { diff(t, "state", test.want, task.FoldSteps(test.steps, test.percent)) })
	}
}

// TestFold_opensTheGateOnlyIfAllHaveSucceeded goes through all multisets of up
// to four states, in every order.
func TestFold_opensTheGateOnlyIfAllHaveSucceeded(t *testing.T) {
	for _, parts := range sequences(4) {
		all := len(parts) > 0 && !slices.ContainsFunc(parts, func(s task.State) bool { return s != succeeded })
		for name, fold := range map[string]struct {
			state task.State
			may   bool
		}{
			"FoldTasks":              {task.FoldTasks(parts), all},
			"FoldSteps":              {task.FoldSteps(parts, nil), all},
			"FoldSteps with 100 %":   {task.FoldSteps(parts, pointer(100.0)), all},
			"FoldSteps with 99.99 %": {task.FoldSteps(parts, pointer(99.99)), false},
		} {
			if (fold.state == succeeded) != fold.may {
				t.Errorf("%s of %v is %s", name, parts, fold.state)
			}
		}
	}
}

// TestFold_doesNotDependOnTheOrder holds because no API documents one.
func TestFold_doesNotDependOnTheOrder(t *testing.T) {
	for _, parts := range sequences(4) {
		sorted := slices.Sorted(slices.Values(parts))
		diff(t, fmt.Sprintf("FoldTasks of %v", parts), task.FoldTasks(sorted), task.FoldTasks(parts))
		diff(t, fmt.Sprintf("FoldSteps of %v", parts), task.FoldSteps(sorted, nil), task.FoldSteps(parts, nil))
	}
}

// TestFold_endsOnlyWhenNothingIsAtWork keeps a wait from ending while a task
// runs; steps that wait behind a failed one will never start.
func TestFold_endsOnlyWhenNothingIsAtWork(t *testing.T) {
	for _, parts := range sequences(4) {
		if state := task.FoldTasks(parts); state.Finished() && slices.ContainsFunc(parts, task.State.Busy) {
			t.Errorf("FoldTasks of %v is %s", parts, state)
		}
		if state := task.FoldSteps(parts, nil); state.Finished() && slices.Contains(parts, running) {
			t.Errorf("FoldSteps of %v is %s", parts, state)
		}
	}
}

// sequences returns all sequences of states up to a length, the empty one first.
func sequences(most int) [][]task.State {
	all := [][]task.State{{}}
	longest := all
	for range most {
		var longer [][]task.State
		for _, parts := range longest {
			for _, s := range states {
				longer = append(longer, append(slices.Clone(parts), s))
			}
		}
		all, longest = append(all, longer...), longer
	}
	return all
}
