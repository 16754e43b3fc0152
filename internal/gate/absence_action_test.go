// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

const actionURL = "https://dws.cn-north-4.myhuaweicloud.com/v1/05f2/clusters/9f76/actions/SNAPSHOTTING"

// An action of a DWS cluster that is missing may be listed as failed under
// another name, or be named by the cluster.
var (
	snapshotting = gate.Target{Noun: "DWS cluster action", Name: "DWS action SNAPSHOTTING of cluster 9f76"}
	errNoAction  = &transport.Error{Kind: transport.KindNotFound, Method: "GET", URL: actionURL, Status: 404, Code: "DWS.0025", RequestID: "5f"}

	rollback = task.Observation{State: running, Label: "listed as SNAPSHOTTING_FAILED"}
	broken   = task.Observation{State: failed, Label: "listed as SNAPSHOTTING_FAILED", Reason: "disk full"}
	busy     = task.Observation{State: running, Label: "task_status of the cluster", Inferred: true}
	told     = task.Observation{State: failed, Inferred: true, Reason: "the cluster's task_status is SNAPSHOTTING_FAILED"}
)

const noActionEvidence = "Status: 404 Not Found\nCode: DWS.0025\nRequest ID: 5f\nRequest: GET " + actionURL

// action is a course of an action, whose traces are the same all the time
// unless a story tells otherwise: nil stands for nothing.
type action struct {
	name                  string
	waitFor               gate.WaitFor
	means                 gate.OnMissing
	task, record, cluster any
	want                  ending
}

func followActions(t *testing.T, actions []action) {
	t.Helper()
	told := func(finds any) story {
		switch finds := finds.(type) {
		case nil:
			return always(missing)
		case story:
			return finds
		default:
			return always(finds)
		}
	}
	var courses []course
	for _, a := range actions {
		courses = append(courses, course{a.name, trial{
			subject: snapshotting, terms: onMissing(waits(a.waitFor), a.means),
			task: told(a.task), record: told(a.record), cluster: told(a.cluster),
		}, a.want})
	}
	follow(t, courses)
}

// opened is the verdict on the action; kind is what stands behind its name.
func opened(o task.Observation, kind, summary, looks string, second int) ending {
	e := open(o, "", looks, second)
	e.Verdict.Summary = snapshotting.Name + kind + ": " + summary
	return e
}

// without is what a look finds of an action that is not there, as the user says.
func without(change func(*task.Observation)) task.Observation {
	o := task.Observation{State: missing, MissingErr: errNoAction}
	change(&o)
	return o
}

var (
	noSuchAction = says("DWS cluster action not found",
		"There is no DWS action SNAPSHOTTING of cluster 9f76: it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success.",
		`If it is still to appear, set on_missing = "pending". If it disappears once it is done, set on_missing = "succeeded".`, lockedOut, noActionEvidence)
	goneAction = says("DWS cluster action disappeared",
		"DWS action SNAPSHOTTING of cluster 9f76 was running at the last look that found it, and is gone now without a record of a failure. That is no proof of success.",
		`If its record is removed once it is done, set on_missing = "succeeded".`, lockedOut, noActionEvidence)
	goneFailure = says("DWS cluster action disappeared",
		"DWS action SNAPSHOTTING of cluster 9f76 (listed as SNAPSHOTTING_FAILED) was running at the last look that found it, and is gone now. That is no proof of success.",
		"A failure is not excused by its record being gone, whatever on_missing says. See in the console how it ended.", lockedOut, noActionEvidence)
	brokenAction = says("DWS cluster action failed", "DWS action SNAPSHOTTING of cluster 9f76 (listed as SNAPSHOTTING_FAILED) has failed: disk full.", goesOn, everyPlan)
	toldAction   = says("DWS cluster action failed", "DWS action SNAPSHOTTING of cluster 9f76 has failed: the cluster's task_status is SNAPSHOTTING_FAILED.", goesOn, everyPlan)
	secretAction = says("Unable to read DWS cluster action", "DWS action SNAPSHOTTING of cluster 9f76 could not be read: the service answered with status 403.", grant, forbiddenEvidence)
	awayAction   = says("Unable to read DWS cluster action", "DWS action SNAPSHOTTING of cluster 9f76 could not be read: the service answered with status 503.", later, awayEvidence)
)

// To a single look an action has never been seen before, and there is no time
// to lose.
func TestMissingAction_isLookedForByASingleLookAsTheUserSays(t *testing.T) {
	const sought, soughtTwice = "0 0:record", "0 0:record 0:cluster"
	followActions(t, []action{
		{name: "an error", means: gate.MissingIsError, task: errNoAction, record: broken, want: shut(noSuchAction, "0", 0)},
		{name: "pending", means: gate.MissingIsPending, task: errNoAction, record: broken, want: opened(without(expect), "", "missing", "0", 0)},
		{name: "succeeded", means: gate.MissingIsSucceeded, task: errNoAction, want: opened(without(excuse), "", excused, soughtTwice, 0)},
		{name: "succeeded, but failed", means: gate.MissingIsSucceeded, task: errNoAction, record: broken, want: opened(broken, " (listed as SNAPSHOTTING_FAILED)", "failed: disk full", sought, 0)},
		{name: "succeeded, but being rolled back", means: gate.MissingIsSucceeded, task: errNoAction, record: rollback, want: opened(rollback, " (listed as SNAPSHOTTING_FAILED)", "running", sought, 0)},
		{name: "succeeded, but listed with a word", means: gate.MissingIsSucceeded, task: errNoAction, record: frozen, want: opened(frozen, "", `unknown: the status "FROZEN"`, sought, 0)},
		{name: "succeeded, but the record is away", means: gate.MissingIsSucceeded, task: errNoAction, record: errAway, want: shut(awayAction, sought, 0)},
		{name: "succeeded, but the record is secret", means: gate.MissingIsSucceeded, task: errNoAction, record: errForbidden, want: shut(secretAction, sought, 0)},
		{name: "succeeded, but the cluster is busy", means: gate.MissingIsSucceeded, task: errNoAction, cluster: busy, want: opened(busy, " (task_status of the cluster)", "running", soughtTwice, 0)},
		{name: "succeeded, but the cluster tells of a failure", means: gate.MissingIsSucceeded, task: errNoAction, cluster: told, want: opened(told, "", "failed: the cluster's task_status is SNAPSHOTTING_FAILED", soughtTwice, 0)},
		{name: "succeeded, but the cluster is away", means: gate.MissingIsSucceeded, task: errNoAction, cluster: errAway, want: shut(awayAction, soughtTwice, 0)},
		{name: "succeeded, but the cluster is secret", means: gate.MissingIsSucceeded, task: errNoAction, cluster: errForbidden, want: shut(secretAction, soughtTwice, 0)},
		{name: "succeeded, and there all the same", means: gate.MissingIsSucceeded, task: running, record: broken, want: opened(task.Observation{State: running}, "", "running", "0", 0)},
	})
}

// TestMissingAction_neverSeenInAWait is the first step: an action that may not
// be there yet is not yet looked for elsewhere.
func TestMissingAction_neverSeenInAWait(t *testing.T) {
	const patience = "0 10 20 30 30:record"
	followActions(t, []action{
		{name: "is an error at once", waitFor: gate.Success, means: gate.MissingIsError, task: errNoAction, record: broken, want: shut(noSuchAction, "0", 0)},
		{
			name: "is pending", waitFor: gate.Success, means: gate.MissingIsPending, task: story{{0, errNoAction}, {25, running}, {45, succeeded}}, record: broken,
			want: opened(task.Observation{State: succeeded}, "", "succeeded", "0 10 20 30 40 50", 50),
		},
		{name: "has succeeded after half a minute", waitFor: gate.Success, means: gate.MissingIsSucceeded, task: errNoAction, want: opened(without(excuse), "", excused, patience+" 30:cluster", 30)},
		{name: "has ended after half a minute", waitFor: gate.Completion, means: gate.MissingIsSucceeded, task: errNoAction, want: opened(without(excuse), "", excused, patience+" 30:cluster", 30)},
		{name: "has failed after half a minute", waitFor: gate.Success, means: gate.MissingIsSucceeded, task: errNoAction, record: broken, want: shut(brokenAction, patience, 30)},
		{name: "has failed after half a minute, which is an end", waitFor: gate.Completion, means: gate.MissingIsSucceeded, task: errNoAction, record: broken, want: opened(broken, " (listed as SNAPSHOTTING_FAILED)", "failed: disk full", patience, 30)},
		{
			name: "is awaited while looks fail, which do not count", waitFor: gate.Success, means: gate.MissingIsSucceeded, task: story{{0, errNoAction}, {10, errAway}, {35, errNoAction}},
			want: opened(without(excuse), "", excused, "0 10 20 30 40 50 50:record 50:cluster", 50),
		},
		{
			name: "appears late", waitFor: gate.Success, means: gate.MissingIsSucceeded, task: story{{0, errNoAction}, {25, running}, {45, succeeded}}, record: broken,
			want: opened(task.Observation{State: succeeded}, "", "succeeded", "0 10 20 30 40 50", 50),
		},
	})
}

func TestMissingAction_neverSeenNeedsThreeLooksAsWellAsTime(t *testing.T) {
	for name, test := range map[string]struct {
		interval time.Duration
		looks    string
	}{
		"many looks":              {5 * time.Second, "0 5 10 15 20 25 30 30:record 30:cluster"},
		"three looks":             {15 * time.Second, "0 15 30 30:record 30:cluster"},
		"a little less than time": {29 * time.Second, "0 29 58 58:record 58:cluster"},
		"much time":               {40 * time.Second, "0 40 80 80:record 80:cluster"},
	} {
		t.Run(name, func(t *testing.T) {
			terms := onMissing(waits(gate.Success), gate.MissingIsSucceeded)
			terms.PollInterval = test.interval
			got := trial{subject: snapshotting, terms: terms, task: always(errNoAction), record: always(missing), cluster: always(missing)}.run(t)
			diff(t, "ending", opened(without(excuse), "", excused, test.looks, int(got.After.Seconds())), got)
		})
	}
}

// TestMissingAction_seenBeforeIsLookedForElsewhere goes through the other steps.
func TestMissingAction_seenBeforeIsLookedForElsewhere(t *testing.T) {
	seen := at(running, errNoAction)
	const record, cluster = "0 10 10:record", "0 10 10:record 10:cluster"
	failedBy := func(looks string) ending { return shut(brokenAction, looks, 10) }
	for _, means := range []gate.OnMissing{gate.MissingIsError, gate.MissingIsPending, gate.MissingIsSucceeded} {
		t.Run(string(means), func(t *testing.T) {
			followActions(t, []action{
				{name: "and has failed", waitFor: gate.Success, means: means, task: seen, record: broken, cluster: busy, want: failedBy(record)},
				{name: "and has ended in failure", waitFor: gate.Completion, means: means, task: seen, record: broken, want: opened(broken, " (listed as SNAPSHOTTING_FAILED)", "failed: disk full", record, 10)},
				{name: "and its record tells a word", waitFor: gate.Success, means: means, task: seen, record: frozen, want: shut(says("Unknown state of DWS cluster action",
					`DWS action SNAPSHOTTING of cluster 9f76 cannot be judged because of the status "FROZEN".`, classifyIt, `  status_map = { "FROZEN" = "running" }`), record, 10)},
				{
					name: "and is being rolled back", waitFor: gate.Success, means: means, task: seen, record: story{{0, rollback}, {30, broken}},
					want: shut(brokenAction, "0 10 10:record 20 20:record 30 30:record", 30),
				},
				{
					name: "and the record of its failure is gone as well", waitFor: gate.Success, means: means, task: seen, record: story{{0, rollback}, {30, missing}},
					want: shut(goneFailure, "0 10 10:record 20 20:record 30 30:record", 30),
				},
				{
					name: "and is started again", waitFor: gate.Success, means: means, task: at(running, errNoAction, running, succeeded), record: rollback,
					want: opened(task.Observation{State: succeeded}, "", "succeeded", "0 10 10:record 20 30", 30),
				},
				{
					name: "and its record is away for a while", waitFor: gate.Success, means: means, task: seen, record: story{{0, errAway}, {30, broken}},
					want: shut(brokenAction, "0 10 10:record 20 20:record 30 30:record", 30),
				},
				{name: "and its record is secret", waitFor: gate.Success, means: means, task: seen, record: errForbidden, want: shut(secretAction, record, 10)},
			})
		})
	}
	followActions(t, []action{
		{name: "and is gone", waitFor: gate.Success, means: gate.MissingIsError, task: seen, want: shut(goneAction, record, 10)},
		{name: "and is gone, which is no end either", waitFor: gate.Completion, means: gate.MissingIsError, task: seen, want: shut(goneAction, record, 10)},
		{name: "and is not to appear again", waitFor: gate.Success, means: gate.MissingIsPending, task: at(errNoAction, running, errNoAction), want: shut(goneAction, "0 10 20 20:record", 20)},
		{name: "and is done", waitFor: gate.Success, means: gate.MissingIsSucceeded, task: seen, want: opened(without(excuse), "", excused, cluster, 10)},
		{
			name: "and the cluster is at it for a while", waitFor: gate.Success, means: gate.MissingIsSucceeded, task: seen, cluster: story{{0, busy}, {25, missing}},
			want: opened(without(excuse), "", excused, "0 10 10:record 10:cluster 20 20:record 20:cluster 30 30:record 30:cluster", 30),
		},
		{
			name: "and is started again and done", waitFor: gate.Success, means: gate.MissingIsSucceeded,
			task: at(running, errNoAction, running, errNoAction), record: story{{0, rollback}, {25, missing}},
			want: opened(without(excuse), "", excused, "0 10 10:record 20 30 30:record 30:cluster", 30),
		},
		{name: "and the cluster tells of a failure", waitFor: gate.Success, means: gate.MissingIsSucceeded, task: seen, cluster: told, want: shut(toldAction, cluster, 10)},
		{
			name: "and the cluster is away for a while", waitFor: gate.Success, means: gate.MissingIsSucceeded, task: seen, cluster: story{{0, errAway}, {25, missing}},
			want: opened(without(excuse), "", excused, "0 10 10:record 10:cluster 20 20:record 20:cluster 30 30:record 30:cluster", 30),
		},
		{name: "and the cluster is secret", waitFor: gate.Success, means: gate.MissingIsSucceeded, task: seen, cluster: errForbidden, want: shut(secretAction, cluster, 10)},
	})
}
