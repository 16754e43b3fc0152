// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// What the user is told of a job that is not there, or not any more.
var (
	notFound = says("DCS job not found",
		"There is no DCS job ff80: it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success.",
		`If it is still to appear, set on_missing = "pending". If it disappears once it is done, set on_missing = "succeeded".`, lockedOut, noJobEvidence)
	goneJob = says("DCS job disappeared",
		"DCS job ff80 was running at the last look that found it, and is gone now. That is no proof of success.",
		`If its record is removed once it is done, set on_missing = "succeeded".`, lockedOut, noJobEvidence)
)

// noneOf is what a look finds of a job that is not there, as the user says.
func noneOf(change func(*task.Observation)) task.Observation {
	o := task.Observation{State: missing, MissingErr: errNoJob}
	if change != nil {
		change(&o)
	}
	return o
}

func excuse(o *task.Observation) { o.AssumedSucceeded = true }
func expect(o *task.Observation) { o.Busy = true }

const excused = "missing, which counts as succeeded"

func TestMissing_meansToASingleLookWhatTheUserSays(t *testing.T) {
	once := func(means gate.OnMissing) trial {
		return trial{subject: job, terms: onMissing(waits(gate.ReadOnce), means), task: always(errNoJob)}
	}
	follow(t, []course{
		{"an error", once(gate.MissingIsError), shut(notFound, "0", 0)},
		{"an error where nothing is said", once(""), shut(notFound, "0", 0)},
		{"pending", once(gate.MissingIsPending), open(noneOf(expect), "missing", "0", 0)},
		{"succeeded", once(gate.MissingIsSucceeded), open(noneOf(excuse), excused, "0", 0)},
	})
}

func TestMissing_meansToAWaitWhatTheUserSays(t *testing.T) {
	for _, waitFor := range []gate.WaitFor{gate.Completion, gate.Success} {
		through := func(means gate.OnMissing, finds ...any) trial {
			return trial{subject: job, terms: onMissing(waits(waitFor), means), task: at(finds...)}
		}
		done := task.Observation{State: succeeded}
		t.Run(string(waitFor), func(t *testing.T) {
			follow(t, []course{
				{"an error", through(gate.MissingIsError, errNoJob, succeeded), shut(notFound, "0", 0)},
				{"an error, once it was seen", through(gate.MissingIsError, running, errNoJob, succeeded), shut(goneJob, "0 10", 10)},
				{"pending until it is there", through(gate.MissingIsPending, errNoJob, errNoJob, running, succeeded), open(done, "succeeded", "0 10 20 30", 30)},
				{"pending, once it was seen", through(gate.MissingIsPending, running, errNoJob, succeeded), open(done, "succeeded", "0 10 20", 20)},
				{"succeeded", through(gate.MissingIsSucceeded, errNoJob, running), open(noneOf(excuse), excused, "0", 0)},
				{"succeeded, once it was seen", through(gate.MissingIsSucceeded, running, errNoJob, running), open(noneOf(excuse), excused, "0 10", 10)},
				{"but a task that is there means what it is", through(gate.MissingIsSucceeded, running, errForbidden), shut(isForbidden, "0 10", 10)},
			})
		})
	}
}

// TestMissing_isANormalAnswerOfAList that nobody has asked for one thing.
func TestMissing_isANormalAnswerOfAList(t *testing.T) {
	empty := task.Observation{State: missing, Breakdown: "no task"}
	busy := task.Observation{State: running, Busy: true, Breakdown: "1 task: 1 running"}
	done := task.Observation{State: succeeded, Breakdown: "1 task: 1 succeeded"}
	of := func(waitFor gate.WaitFor, means gate.OnMissing, finds ...any) trial {
		return trial{subject: tasks, terms: onMissing(waits(waitFor), means), task: at(finds...)}
	}
	found := func(o task.Observation, summary, looks string, second int) ending {
		e := open(o, "", looks, second)
		e.Verdict.Summary = tasks.Name + ": " + summary
		return e
	}
	pardoned := empty
	pardoned.AssumedSucceeded = true
	none := says("DCS background tasks not found",
		"There are no DCS background tasks of instance 5560: none was started or matches the filters, or the records have expired. That is no proof of success.",
		`If one is still to appear, set on_missing = "pending". If they disappear once they are done, set on_missing = "succeeded".`, lockedOut)
	var courses []course
	for _, quiet := range []gate.WaitFor{gate.ReadOnce, gate.Idle} {
		courses = append(courses, []course{
			{"no error, " + string(quiet), of(quiet, gate.MissingIsError, empty), found(empty, "missing (no task)", "0", 0)},
			{"nothing to wait for, " + string(quiet), of(quiet, gate.MissingIsPending, empty), found(empty, "missing (no task)", "0", 0)},
			{"success, if the user says so, " + string(quiet), of(quiet, gate.MissingIsSucceeded, empty), found(pardoned, excused+" (no task)", "0", 0)},
		}...)
	}
	for _, end := range []gate.WaitFor{gate.Completion, gate.Success} {
		courses = append(courses, []course{
			{"but an end of none is an error, " + string(end), of(end, gate.MissingIsError, empty, done), shut(none, "0", 0)},
			{"unless one is still to come, " + string(end), of(end, gate.MissingIsPending, empty, busy, empty, done), found(done, "succeeded (1 task: 1 succeeded)", "0 10 20 30", 30)},
			{"or none means that all are done, " + string(end), of(end, gate.MissingIsSucceeded, busy, empty), found(pardoned, excused+" (no task)", "0 10", 10)},
		}...)
	}
	courses = append(courses, course{"idle again", of(gate.Idle, gate.MissingIsError, busy, empty), found(empty, "missing (no task)", "0 10", 10)})
	follow(t, courses)
}

// TestMissing_isNoNormalAnswerToWhoAsksForOneTaskOfAList even by a single look.
func TestMissing_isNoNormalAnswerToWhoAsksForOneTaskOfAList(t *testing.T) {
	empty := task.Observation{State: missing}
	busy := task.Observation{State: running, Busy: true}
	none := says("DCS background tasks not found",
		"There is no DCS background task 8abf of instance 5560: it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success.",
		`If it is still to appear, set on_missing = "pending". If it disappears once it is done, set on_missing = "succeeded".`, lockedOut)
	gone := says("DCS background tasks disappeared",
		"DCS background task 8abf of instance 5560 was running at the last look that found it, and is gone now. That is no proof of success.",
		`If its record is removed once it is done, set on_missing = "succeeded".`, lockedOut)
	of := func(waitFor gate.WaitFor, means gate.OnMissing, finds ...any) trial {
		return trial{subject: one, terms: onMissing(waits(waitFor), means), task: at(finds...)}
	}
	found := func(change func(*task.Observation), summary, looks string, second int) ending {
		o := empty
		change(&o)
		e := open(o, "", looks, second)
		e.Verdict.Summary = one.Name + ": " + summary
		return e
	}
	done := func(o *task.Observation) { o.State = succeeded }
	var courses []course
	for _, waitFor := range []gate.WaitFor{gate.ReadOnce, gate.Completion, gate.Success, gate.Idle} {
		courses = append(courses, []course{
			{"an error, " + string(waitFor), of(waitFor, gate.MissingIsError, empty, succeeded), shut(none, "0", 0)},
			{"succeeded, " + string(waitFor), of(waitFor, gate.MissingIsSucceeded, empty), found(excuse, excused, "0", 0)},
		}...)
		if waitFor != gate.ReadOnce {
			courses = append(courses, []course{
				{"pending until it is there, " + string(waitFor), of(waitFor, gate.MissingIsPending, empty, busy, succeeded), found(done, "succeeded", "0 10 20", 20)},
				{"an error, once it was seen, " + string(waitFor), of(waitFor, gate.MissingIsError, busy, empty), shut(gone, "0 10", 10)},
			}...)
		}
	}
	courses = append(courses, course{"pending for a single look", of(gate.ReadOnce, gate.MissingIsPending, empty), found(expect, "missing", "0", 0)})
	follow(t, courses)
}
