// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

var jobStatuses = task.StatusMap{"init": pending, "running": running, "success": succeeded, "fail": failed}

func TestStatusMap_State(t *testing.T) {
	for status, want := range map[string]task.State{
		"INIT": pending, "Running": running, "success": succeeded, "fAIL": failed,
		"FROZEN": unknown, "": unknown, " ": unknown, " SUCCESS ": unknown, "SUCCESSFUL": unknown,
		"succeeded":    unknown, // a task state is not a status of the API
		task.AnyStatus: unknown,
		"ſuccess":      unknown, // U+017F: Unicode folding would take it for an s
	} {
		diff(t, status, want, jobStatuses.State(status))
	}
	diff(t, "no map", unknown, task.StatusMap(nil).State("SUCCESS"))
}

func TestStatusMap_Merge(t *testing.T) {
	for _, test := range []struct {
		name  string
		other map[string]task.State
		want  map[string]task.State
	}{
		{"nothing", nil, map[string]task.State{"RUNNING": running, "FROZEN": unknown, "": unknown}},
		{
			"a new status",
			map[string]task.State{"Frozen": running},
			map[string]task.State{"FROZEN": running, "frozen": running, "SUCCESS": succeeded},
		},
		{"a known status", map[string]task.State{"SUCCESS": running}, map[string]task.State{"success": running, "FAIL": failed}},
		{
			"a status that only looks like a known one",
			map[string]task.State{"ſuccess": running},
			map[string]task.State{"ſuccess": running, "SUCCESS": succeeded},
		},
		{
			"any status, but neither a known nor an absent one",
			map[string]task.State{task.AnyStatus: failed},
			map[string]task.State{"FROZEN": failed, " ": failed, "*": failed, "SUCCESS": succeeded, "INIT": pending, "": unknown},
		},
		{
			"any status beside one of its own",
			map[string]task.State{task.AnyStatus: failed, "FROZEN": pending},
			map[string]task.State{"FROZEN": pending, "MOLTEN": failed},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			merged, got := jobStatuses.Merge(test.other), make(map[string]task.State)
			for status := range test.want {
				got[status] = merged.State(status)
			}
			diff(t, "states", test.want, got)
		})
	}
}

func TestStatusMap_Merge_leavesTheOriginalUnchanged(t *testing.T) {
	original := task.StatusMap{"running": running}
	original.Merge(map[string]task.State{"RUNNING": succeeded, "new": failed})
	diff(t, "original", task.StatusMap{"running": running}, original)
}

func TestState(t *testing.T) {
	type properties struct{ Finished, Busy bool }
	for state, want := range map[task.State]properties{
		pending:   {Busy: true},
		running:   {Busy: true},
		succeeded: {Finished: true},
		failed:    {Finished: true},
		unknown:   {Busy: true},
		missing:   {},
	} {
		diff(t, string(state), want, properties{state.Finished(), state.Busy()})
	}
}
