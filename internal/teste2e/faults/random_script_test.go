// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// seconds is a random moment in the given range.
func (tl *timeline) seconds(from, until int) fakecloud.Moment {
	return fakecloud.Moment{After: time.Duration(from+tl.IntN(until-from+1)) * time.Second}
}

// life is a random sequence of states, from some moment on. A task that has
// finished stays finished.
func (tl *timeline) life(begin fakecloud.Moment, end fakecloud.State) []fakecloud.Step {
	var steps []fakecloud.Step
	at := begin
	states := []fakecloud.State{fakecloud.Pending, fakecloud.Running, fakecloud.Running, fakecloud.Running, fakecloud.Unknown}
	n := tl.IntN(3)
	if tl.benign {
		states = states[:4]
		n = min(n, 2)
	}
	for range n {
		state := states[tl.IntN(len(states))]
		status := ""
		if state == fakecloud.Unknown {
			status = tl.oneOf("", "SUCCESS ", "done") // not absent: a quirk adds a second status
		}
		steps = append(steps, fakecloud.Step{At: at, State: state, Status: status})
		at.After += time.Duration(1+tl.IntN(tl.IntN(60)+1)) * time.Second
	}
	if end != "" {
		steps = append(steps, fakecloud.Step{At: at, State: end})
	}
	if len(steps) == 0 {
		steps = append(steps, fakecloud.Step{At: begin, State: fakecloud.Running})
	}
	return steps
}

// end is the last state of a task, "" for one that does not finish.
func (tl *timeline) end() fakecloud.State {
	if tl.benign {
		return fakecloud.Succeeded
	}
	return []fakecloud.State{fakecloud.Succeeded, fakecloud.Succeeded, fakecloud.Failed, ""}[tl.IntN(4)]
}

// quirks deviate from the documents for a while.
func (tl *timeline) quirks(path string) []fakecloud.QuirkSpan {
	all := fakecloud.Quirks(path)
	var spans []fakecloud.QuirkSpan
	for range tl.IntN(3) {
		quirk := all[tl.IntN(len(all))]
		if tl.benign && !quirk.Believable {
			continue
		}
		spans = append(spans, fakecloud.QuirkSpan{Span: tl.span(), Quirk: quirk})
	}
	return spans
}

// span is a random part of a script, in time or in responses.
func (tl *timeline) span() fakecloud.Span {
	if tl.IntN(2) == 0 {
		from := tl.IntN(8)
		return fakecloud.Span{From: fakecloud.Moment{Requests: from}, Until: fakecloud.Moment{Requests: from + 1 + tl.IntN(3)}}
	}
	from := tl.seconds(0, 90)
	span := fakecloud.Span{From: from, Until: fakecloud.Moment{After: from.After + tl.seconds(5, 60).After}}
	if tl.IntN(4) == 0 {
		span.Until = fakecloud.Moment{}
	}
	return span
}

// paths are those of the requests of a wait.
func (tl *timeline) paths() []string {
	if tl.Shape != providertest.Traced {
		return []string{tl.Path()}
	}
	return []string{tl.Path(), tl.PathOf(args{"action_name": "SNAPSHOTTING_FAILED"}), fakecloud.ClusterPath(providertest.ProjectID, providertest.ClusterID)}
}

// serveTask serves a single task.
func (tl *timeline) serveTask() {
	script := fakecloud.Script{Steps: tl.life(fakecloud.Moment{}, tl.end()), Quirks: tl.quirks(tl.Path())}
	if tl.args["on_missing"] == "pending" && tl.IntN(3) == 0 {
		script.Steps = tl.life(tl.seconds(1, 40), tl.end())
	}
	if !tl.benign && tl.IntN(3) == 0 {
		script.Hidden = append(script.Hidden, tl.span())
	}
	if tl.IntN(2) == 0 {
		script.Missing = &tl.Missing[tl.IntN(len(tl.Missing))]
	}
	served := tl.cloud.ServeScript(tl.Path(), script)
	tl.script = script
	tl.single(served)
}

// single is the truth about a single task, which is always meant.
func (tl *timeline) single(served *fakecloud.ScriptedTask) {
	tl.truth = func(at time.Time) fakecloud.ListTruth {
		if task := served.Truth(at); task.State != "" {
			return fakecloud.ListTruth{task}
		}
		return nil
	}
	tl.meant = func(string) (time.Time, bool) { return time.Time{}, true }
}

// serveAction serves a DWS action, which the service lists while it runs. What no
// client can find out is not drawn: an action that is hidden for long while it
// runs, or of which the responses are empty, is named by the cluster, and a failure
// leaves a record within 20 seconds.
func (tl *timeline) serveAction() {
	const yesterday, today, later = "2026-03-03 12:00:00.0", "2026-03-04 12:00:00.0", "2026-03-04 12:00:01.0"
	if tl.IntN(3) > 0 {
		tl.args["on_missing"] = "succeeded"
		if tl.waitFor == "" {
			tl.waitFor = "success"
		}
	}
	end := tl.end()
	script := fakecloud.ActionScript{SubmitTime: today}
	script.Steps = tl.life(fakecloud.Moment{}, end)
	script.Quirks = tl.quirks(tl.Path())
	if !tl.benign && tl.args["on_missing"] != "error" && tl.IntN(4) == 0 {
		script.Steps = tl.life(tl.seconds(1, 20), end)
	}
	if tl.IntN(2) == 0 {
		script.Missing = &tl.Missing[tl.IntN(len(tl.Missing))]
	}
	last := script.Steps[len(script.Steps)-1].At
	hidden := !tl.benign && tl.IntN(3) == 0
	if hidden {
		script.Hidden = append(script.Hidden, tl.span())
	}
	empty := len(tl.believable(script.Quirks)) < len(script.Quirks)
	another := !tl.benign && !hidden && len(script.Quirks) == 0 && script.Steps[0].At.After == 0 && tl.IntN(3) == 0
	if another {
		tl.reliable = true // without the first response, the other run is that of this wait
		from := fakecloud.Moment{Requests: 1 + tl.IntN(5)}
		script.Quirks = []fakecloud.QuirkSpan{{Span: fakecloud.Span{From: from}, Quirk: fakecloud.AnotherRun(tl.oneOf(yesterday, later))}}
		if tl.IntN(2) == 0 {
			script.Quirks[0].Until.Requests = from.Requests + 1 + tl.IntN(4)
		}
	}
	if hidden || empty || another || script.Steps[0].At.After > 0 {
		script.Cluster.Steps = []fakecloud.ClusterStep{tl.busy(fakecloud.Moment{})}
	} else if tl.IntN(2) == 0 {
		script.Cluster.Steps = []fakecloud.ClusterStep{tl.busy(tl.seconds(0, 20))}
	}
	gone := end == fakecloud.Failed && tl.IntN(4) > 0 ||
		end == fakecloud.Succeeded && tl.IntN(2) == 0 && (tl.args["on_missing"] == "succeeded" || !tl.benign)
	if gone {
		script.Hidden = append(script.Hidden, fakecloud.Span{From: last})
	}
	idle := last
	switch {
	case end == fakecloud.Failed:
		recorded := fakecloud.Moment{After: last.After + tl.seconds(0, 20).After}
		idle = recorded
		script.Failure.Steps = []fakecloud.Step{{At: recorded, State: fakecloud.Failed, Status: tl.oneOf("", "", "ROLLBACK_SUCCESS", "SUCCESS", "RUNNING", "-")}}
		script.Failure.SubmitTime = tl.oneOf(today, later)
		if tl.IntN(3) == 0 { // for one response
			n := tl.IntN(4)
			script.Failure.Hidden = []fakecloud.Span{{From: fakecloud.Moment{Requests: n}, Until: fakecloud.Moment{Requests: n + 1}}}
		}
	case tl.IntN(3) == 0 && (!tl.benign || last.After > 0): // of an earlier run, or without a readable time
		tl.stale = true
		script.Failure.Steps = []fakecloud.Step{{State: fakecloud.Failed}}
		script.Failure.SubmitTime = yesterday
		if !tl.benign {
			script.Failure.SubmitTime = tl.oneOf(yesterday, later, "yesterday")
		}
	}
	if len(script.Cluster.Steps) > 0 && end != "" {
		script.Cluster.Steps = append(script.Cluster.Steps, fakecloud.ClusterStep{At: idle, Task: tl.oneOf("", "", "REBOOTING")})
	}
	if !tl.benign && tl.IntN(4) == 0 {
		script.Cluster.ID = tl.oneOf("", "another")
		script.Cluster.Missing = tl.IntN(3) == 0
		script.Cluster.Quirks = tl.quirks(fakecloud.ClusterPath(providertest.ProjectID, providertest.ClusterID))
		script.Failure.Quirks = tl.believable(tl.quirks(tl.Path()))
	}
	tl.script = script
	tl.single(tl.cloud.ServeAction(providertest.ProjectID, providertest.ClusterID, "SNAPSHOTTING", script))
}

// busy is a cluster that names the action.
func (tl *timeline) busy(at fakecloud.Moment) fakecloud.ClusterStep {
	if tl.IntN(2) == 0 {
		return fakecloud.ClusterStep{At: at, Task: tl.oneOf("SNAPSHOTTING", "Snapshotting")}
	}
	return fakecloud.ClusterStep{At: at, Task: tl.oneOf("", "REBOOTING"), Progress: tl.oneOf("SNAPSHOTTING", "SNAPSHOTTING_FAILED")}
}

// believable leaves out the quirks that make a response empty, as if there were
// no action: no client could find a failure record behind it.
func (tl *timeline) believable(quirks []fakecloud.QuirkSpan) []fakecloud.QuirkSpan {
	var kept []fakecloud.QuirkSpan
	for _, q := range quirks {
		if q.Quirk.Name != "empty object" && q.Quirk.Name != "null fields" {
			kept = append(kept, q)
		}
	}
	return kept
}
