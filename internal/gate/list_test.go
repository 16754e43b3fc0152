// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// list is what a poll of a list returns; each task is an ID and a status.
func list(tasks ...string) task.Observation {
	statuses := task.StatusMap{"created": task.Pending, "executing": task.Running, "success": task.Succeeded, "failed": task.Failed}
	var (
		o      task.Observation
		states []task.State
	)
	for _, text := range tasks {
		id, status, _ := strings.Cut(text, " ")
		p := task.Part{ID: id, Name: "task " + id, Status: status, State: statuses.State(status)}
		o.Tasks, states = append(o.Tasks, p), append(states, p.State)
		if p.State == task.Unknown {
			o.UnknownReason, o.UnknownStatus = "status "+status, status
		}
	}
	o.State = task.FoldTasks(states)
	o.Busy = o.State.Busy()
	return o
}

// What a poll of a list returns.
var (
	executing = list("a EXECUTING", "b SUCCESS")
	done      = list("a SUCCESS", "b SUCCESS")
	broken    = list("a FAILED", "b SUCCESS")
	more      = list("a SUCCESS", "b SUCCESS", "c EXECUTING")
	all       = list("a SUCCESS", "b SUCCESS", "c SUCCESS")
)

func listBench(waitFor gate.WaitFor, onMissing gate.OnMissing, s script) bench {
	return bench{target: tasks, options: waits(waitFor, onMissing), task: s}
}

// TestCheck_confirmed is the rule of confirmation: two reads in a row, one
// interval apart, the second one past the end of the list.
func TestCheck_confirmed(t *testing.T) {
	for _, waitFor := range []gate.WaitFor{gate.Completion, gate.Success, gate.Idle} {
		wait := func(s script) bench { return listBench(waitFor, gate.MissingIsError, s) }
		confirm := func(task, confirm script) bench {
			b := wait(task)
			b.confirm = confirm
			return b
		}
		t.Run(string(waitFor), func(t *testing.T) {
			check(t, []row{
				{"finished before", wait(always(done)), "0 10c: passed, succeeded"},
				{"finishes", wait(each(executing, executing, done)), "0 10 20 30c: passed, succeeded"},
				{"second read differs", wait(each(done, executing, done)), "0 10c 20 30c: passed, succeeded"},
				{"more past the end", confirm(script{{0, done}, {20, more}, {40, all}}, script{{0, more}, {40, all}}), "0 10c 20 30 40 50c: passed, succeeded"},
				{"transient error between", wait(each(executing, done, errAway, done)), "0 10 20c 30 40c: passed, succeeded"},
				{"permanent error between", wait(each(executing, done, errForbidden)), "0 10 20c: " + forbidden},
				{"first at the last poll", wait(script{{0, executing}, {115, done}}), everyTen + "timed out, succeeded, unconfirmed"},
				{"second less than an interval later", wait(script{{0, executing}, {105, done}}), everyTen + "timed out, succeeded, unconfirmed"},
				{"second in time", wait(script{{0, executing}, {95, done}}), "0 10 20 30 40 50 60 70 80 90 100 110c: passed, succeeded"},
				{"error at the last poll", wait(script{{0, executing}, {105, done}, {112, errAway}}), everyTen + "timed out, succeeded, unconfirmed"},
				{"cut off at the last poll", wait(script{{0, executing}, {105, done}, {112, hangs{}}}), everyTen + "timed out, succeeded, unconfirmed"},
			})
		})
	}
	check(t, []row{
		{"more past the end of a failed list", bench{
			target: tasks, options: waits(gate.Completion, gate.MissingIsError), task: script{{0, broken}, {20, all}},
			confirm: script{{0, list("a FAILED", "b SUCCESS", "c EXECUTING")}, {20, all}},
		}, "0 10c 20 30c: passed, succeeded"},
		{"one task of a list", bench{target: one, options: waits(gate.Success, gate.MissingIsError), task: always(done)}, "0 10c: passed, succeeded"},
		{"failed is complete", listBench(gate.Completion, gate.MissingIsError, each(executing, broken)), "0 10 20c: passed, failed"},
		{"failed is idle", listBench(gate.Idle, gate.MissingIsError, each(executing, broken)), "0 10 20c: passed, failed"},
		{"failed is not success, at once", listBench(gate.Success, gate.MissingIsError, each(executing, broken)), "0 10: failed task, failed"},
		{"unknown ends a wait at once", listBench(gate.Success, gate.MissingIsError, each(executing, list("a FROZEN"))), "0 10: unknown state, status FROZEN"},
		{"unknown is busy", listBench(gate.Idle, gate.MissingIsError, each(executing, list("a FROZEN"), done)), "0 10 20 30c: passed, succeeded"},
		{"unknown stays busy", listBench(gate.Idle, gate.MissingIsError, always(list("a FROZEN"))), everyTen + "timed out, unknown"},
	})
}

// TestCheck_continuous is the rule of continuity: every task that was seen
// unfinished must be seen finished.
func TestCheck_continuous(t *testing.T) {
	onlyB := list("b SUCCESS")
	for _, waitFor := range []gate.WaitFor{gate.Completion, gate.Success, gate.Idle} {
		wait := func(onMissing gate.OnMissing, s script) bench { return listBench(waitFor, onMissing, s) }
		t.Run(string(waitFor), func(t *testing.T) {
			check(t, []row{
				{"gone", wait(gate.MissingIsError, each(executing, onlyB)), "0 10 20 30 40: disappeared, task a was running (EXECUTING)"},
				{"gone with its last status", wait(gate.MissingIsError, each(list("a CREATED", "b SUCCESS"), executing, onlyB)), "0 10 20 30 40 50: disappeared, task a was running (EXECUTING)"},
				{"pending and gone", wait(gate.MissingIsError, each(list("a CREATED", "b SUCCESS"), onlyB)), "0 10 20 30 40: disappeared, task a was pending (CREATED)"},
				{"the first of two", wait(gate.MissingIsError, each(list("a EXECUTING", "c EXECUTING"), list("c EXECUTING"), onlyB)), "0 10 20 30 40: disappeared, task a was running (EXECUTING)"},
				{"the whole list is gone", wait(gate.MissingIsError, each(executing, missing)), "0 10 20 30 40: disappeared, task a was running (EXECUTING)"},
				{"returns finished", wait(gate.MissingIsError, each(executing, onlyB, onlyB, onlyB, done)), "0 10 20 30 40 50c: passed, succeeded"},
				{"returns unfinished", wait(gate.MissingIsError, each(executing, onlyB, onlyB, onlyB, executing, onlyB, onlyB, onlyB, done)), "0 10 20 30 40 50 60 70 80 90c: passed, succeeded"},
				{"errors do not count", wait(gate.MissingIsError, each(executing, onlyB, errAway, errAway, errAway, onlyB, done)), "0 10 20 30 40 50 60 70c: passed, succeeded"},
				{"gone between two passing reads", wait(gate.MissingIsError, each(executing, done, list("a EXECUTING"), onlyB, done)), "0 10 20c 30 40 50c: passed, succeeded"},
				{"pending keeps waiting", wait(gate.MissingIsPending, each(executing, onlyB)), everyTen + "timed out, running (task a is no longer returned)"},
				{"pending keeps waiting for the whole list", wait(gate.MissingIsPending, each(executing, missing)), everyTen + "timed out, missing"},
				{"pending, until it returns", wait(gate.MissingIsPending, script{{0, executing}, {10, onlyB}, {80, done}}), "0 10 20 30 40 50 60 70 80 90c: passed, succeeded"},
				{"seen finished, then gone", wait(gate.MissingIsError, each(executing, done, onlyB)), "0 10 20c: passed, succeeded"},
			})
		})
	}
	failedB, older := list("b FAILED"), list("a FAILED", "b EXECUTING")
	older.Tasks[0].Older = true
	// latest selects the last task only: the others are older.
	latest := func(tasks ...string) task.Observation {
		o, all := list(tasks[len(tasks)-1]), list(tasks...)
		for i := range tasks[1:] {
			all.Tasks[i].Older = true
		}
		o.Tasks = all.Tasks
		return o
	}
	discarded := func(o task.Observation, tasks ...string) task.Observation {
		for _, t := range list(tasks...).Tasks {
			t.Discarded = true
			o.Tasks = append(slices.Clone(o.Tasks), t)
		}
		return o
	}
	check(t, []row{
		{"completion beside a failed task", listBench(gate.Completion, gate.MissingIsError, each(list("a EXECUTING", "b FAILED"), failedB)), "0 10 20 30 40: disappeared, task a was running (EXECUTING)"},
		{"idle beside a failed task", listBench(gate.Idle, gate.MissingIsError, each(list("a EXECUTING", "b FAILED"), failedB)), "0 10 20 30 40: disappeared, task a was running (EXECUTING)"},
		{"a failed task is gone before the others finish, success", listBench(gate.Success, gate.MissingIsError, each(list("a FAILED", "b EXECUTING"), list("b EXECUTING"), onlyB)), "0 10 20 30 40: disappeared, task a was failed (FAILED)"},
		{"a failed task is gone before the others finish, completion", listBench(gate.Completion, gate.MissingIsError, each(list("a FAILED", "b EXECUTING"), onlyB)), "0 10 20 30 40: disappeared, task a was failed (FAILED)"},
		{"a failed task is gone before the others finish, idle", listBench(gate.Idle, gate.MissingIsError, each(list("a FAILED", "b EXECUTING"), onlyB)), "0 10 20c: passed, succeeded"},
		{"an older failed task is gone", listBench(gate.Success, gate.MissingIsError, each(older, onlyB)), "0 10 20c: passed, succeeded"},
		{"the latest runs while a newer one succeeds", listBench(gate.Success, gate.MissingIsError, each(latest("a EXECUTING"), latest("a EXECUTING", "b SUCCESS"), latest("a EXECUTING", "b SUCCESS"), latest("a SUCCESS", "b SUCCESS"))), "0 10 20 30 40c: passed, succeeded"},
		{"the latest runs on while a newer one succeeds", listBench(gate.Success, gate.MissingIsError, each(latest("a EXECUTING"), latest("a EXECUTING", "b SUCCESS"))), everyTen + "timed out, running (task a has not finished)"},
		{"the latest fails after a newer one was created", listBench(gate.Success, gate.MissingIsError, each(latest("a EXECUTING"), latest("a FAILED", "b SUCCESS"))), "0 10 20c: passed, succeeded"},
		{"one runs that never was the latest", listBench(gate.Success, gate.MissingIsError, always(latest("a EXECUTING", "b SUCCESS"))), "0 10c: passed, succeeded"},
		{"only an incomplete reading has it", listBench(gate.Success, gate.MissingIsError, each(onlyB, discarded(onlyB, "a EXECUTING"), onlyB)), "0 10c 20 30 40: disappeared, task a was running (EXECUTING)"},
		{"only an incomplete reading has it, idle", listBench(gate.Idle, gate.MissingIsError, each(missing, discarded(missing, "a EXECUTING"), missing)), "0 10c 20 30 40: disappeared, task a was running (EXECUTING)"},
		{"only an incomplete reading has it, finished", listBench(gate.Success, gate.MissingIsError, each(onlyB, discarded(onlyB, "a SUCCESS"))), "0 10c: passed, succeeded"},
		{"only an incomplete reading has it, and once more", listBench(gate.Success, gate.MissingIsError, each(onlyB, discarded(onlyB, "a EXECUTING"), done)), "0 10c 20 30c: passed, succeeded"},
		{"a single read in which only an incomplete reading has it", listBench(gate.ReadOnce, gate.MissingIsError, always(discarded(onlyB, "a EXECUTING"))), "0c: passed, running (task a is no longer returned)"},
		{"a single read in which only an incomplete reading has it, failed", listBench(gate.ReadOnce, gate.MissingIsError, always(discarded(onlyB, "a FAILED"))), "0c: passed, succeeded"},
		{"a failure is final for success", listBench(gate.Success, gate.MissingIsError, each(executing, failedB)), "0 10: failed task, failed"},
		{"idle, unknown and gone", listBench(gate.Idle, gate.MissingIsError, each(list("a FROZEN"), onlyB)), "0 10 20 30 40: disappeared, task a was unknown (FROZEN)"},
		{"a single read does not know of earlier ones", listBench(gate.ReadOnce, gate.MissingIsError, always(onlyB)), "0c: passed, succeeded"},
	})
}

// TestCheck_emptyList is a normal result of a single read and to idle only.
func TestCheck_emptyList(t *testing.T) {
	single := func(waitFor gate.WaitFor, onMissing gate.OnMissing, s script) bench {
		b := listBench(waitFor, onMissing, s)
		b.target = one
		return b
	}
	check(t, []row{
		{"read once", listBench(gate.ReadOnce, gate.MissingIsError, always(missing)), "0c: passed, missing"},
		{"idle", listBench(gate.Idle, gate.MissingIsError, always(missing)), "0 10c: passed, missing"},
		{"idle after finished tasks", listBench(gate.Idle, gate.MissingIsError, each(done, missing)), "0 10c: passed, missing"},
		{"success", listBench(gate.Success, gate.MissingIsError, always(missing)), "0: missing task"},
		{"completion", listBench(gate.Completion, gate.MissingIsError, always(missing)), "0: missing task"},
		{"success, pending", listBench(gate.Success, gate.MissingIsPending, always(missing)), everyTen + "timed out, missing"},
		{"success, pending, listed late", listBench(gate.Success, gate.MissingIsPending, each(missing, executing, done)), "0 10 20 30c: passed, succeeded"},
		{"success, finished and gone before it is confirmed", listBench(gate.Success, gate.MissingIsError, each(done, missing)), "0 10c 20 30 40: disappeared, was succeeded"},
		{"read once, one task", single(gate.ReadOnce, gate.MissingIsError, always(missing)), "0c: missing task"},
		{"read once, one task, pending", single(gate.ReadOnce, gate.MissingIsPending, always(missing)), "0c: passed, missing"},
		{"success, one task", single(gate.Success, gate.MissingIsError, always(missing)), "0: missing task"},
		{"success, one task, gone", single(gate.Success, gate.MissingIsError, each(executing, missing)), "0 10 20 30 40: disappeared, task a was running (EXECUTING)"},
	})
}

// TestCheck_pendingListIsBusy because its task may still appear.
func TestCheck_pendingListIsBusy(t *testing.T) {
	b := listBench(gate.ReadOnce, gate.MissingIsPending, always(missing))
	b.target, b.options.Timeout = one, time.Minute
	if result, _, _ := b.run(t); result.Idle {
		t.Error("a list whose task may still appear is idle")
	}
}
