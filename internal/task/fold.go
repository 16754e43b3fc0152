// SPDX-License-Identifier: MPL-2.0

package task

import "slices"

// Decisive returns the index of the state that decides for independent tasks
// taken together: a task that may be running comes first, an unknown one before
// a failed one, and a single failure before all successes. -1 means no task.
func Decisive(states []State) int {
	for _, decisive := range []State{Running, Pending, Unknown, Failed, Succeeded} {
		if i := slices.Index(states, decisive); i >= 0 {
			return i
		}
	}
	return -1
}

// FoldTasks folds the states of independent tasks into one. A pending task
// makes the result Running; without any task it is Missing.
func FoldTasks(states []State) State {
	switch i := Decisive(states); {
	case i < 0:
		return Missing
	case states[i] == Pending:
		return Running
	default:
		return states[i]
	}
}

// FoldSteps folds the states of the steps and sub-steps of one task. Steps run
// one after another, so those that are pending behind a failed one never start.
// The task has succeeded only if every step has and the API reports that all is
// done: a progress of exactly 100 percent.
func FoldSteps(states []State, done bool) State {
	count := make(map[State]int, 6)
	for _, s := range states {
		count[s]++
	}
	switch {
	case count[Running] > 0:
		return Running
	case count[Failed] > 0:
		return Failed
	case count[Unknown] > 0:
		return Unknown
	case count[Pending] == len(states):
		return Pending
	case count[Succeeded] == len(states) && done:
		return Succeeded
	default:
		return Running
	}
}
