// SPDX-License-Identifier: MPL-2.0

package task

import "slices"

// Decisive returns the index of the state that decides over the others where
// tasks stand side by side: while any may go on, so does the whole; what is not
// known comes before a failure, and one failure spoils all successes. -1 stands
// for no task at all.
func Decisive(states []State) int {
	for _, decisive := range []State{Running, Pending, Unknown, Failed, Succeeded} {
		if i := slices.Index(states, decisive); i >= 0 {
			return i
		}
	}
	return -1
}

// FoldTasks judges tasks that stand side by side as one. A task that has not
// begun makes the whole Running; no task at all is Missing.
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

// FoldSteps judges a task by its steps and sub-steps, which follow one another:
// those still pending behind a failed one will never start. percent, where the
// API sends it, must be 100 before the task has succeeded.
func FoldSteps(states []State, percent *float64) State {
	t := make(map[State]int, 6)
	for _, s := range states {
		t[s]++
	}
	switch {
	case t[Running] > 0:
		return Running
	case t[Failed] > 0:
		return Failed
	case t[Unknown] > 0:
		return Unknown
	case t[Pending] == len(states):
		return Pending
	case t[Succeeded] == len(states) && (percent == nil || *percent == 100):
		return Succeeded
	default:
		return Running
	}
}
