// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// rule is something that every read must keep.
type rule struct {
	text   string
	broken bool
}

func (r *random) rules() []rule {
	interval := 750 * time.Millisecond // the shortest, unless one is set
	if text, ok := r.args["poll_interval"].(string); ok {
		interval, _ = time.ParseDuration(text)
	}
	polls := 1
	if r.waitFor != "" {
		polls = 2 + int(r.limit/interval)
	}
	each := map[providertest.Shape]int{providertest.Single: 1, providertest.List: maxRequests, providertest.Traced: 3}[r.Shape]
	rules := []rule{
		{"a read keeps its timeout", r.took > r.limit},
		{"there are no more requests than polls and faults ask for", len(r.recorder.exchanges) > polls*each+r.recorder.failures()},
		{"only time keeps the wait from success", r.benign && r.got.State["succeeded"] != true},
	}
	if r.got.Diagnostics != nil {
		return append(rules, rule{"there is one error and no state", len(r.got.Diagnostics) != 1 || r.got.State != nil})
	}
	return append(rules, r.resultRules()...)
}

// resultRules compare a state with what the script says about the last complete
// response: it must be neither better nor worse.
func (r *random) resultRules() []rule {
	last, polled := r.last()
	is := func(name string) bool { return r.got.State[name] == true }
	exchanges := r.recorder.exchanges
	traced := r.Shape == providertest.Traced && last.state == "missing"
	rules := []rule{
		{"a state follows a poll", !polled},
		{"the last response is complete, except for that of a reason", exchanges[len(exchanges)-1].lost && r.got.State["reason"] == nil},
		{"only an idle list is idle", is("idle") && !last.idle},
		{"a wait for idle ends in idle", r.waitFor == "idle" && !is("idle")},
	}
	if r.waitFor == "idle" { // which is not about one task
		return rules
	}
	return append(rules,
		rule{"success is that of the task, or of a task that may be missing", is("succeeded") && last.state != "succeeded" && !r.mayBeMissing(last)},
		rule{"success of the task is success", last.state == "succeeded" && !is("succeeded")},
		rule{"failure is that of the task", is("failed") && last.state != "failed" && !traced},
		rule{"only a task that exists is found", is("found") && last.state == "missing" && !traced},
		rule{"a wait for success ends in success", r.waitFor == "success" && !is("succeeded")},
		rule{"a wait for completion ends in completion", r.waitFor == "completion" && !is("completed")})
}

// last is what the script says about the last complete poll, false if there was none.
func (r *random) last() (meaning, bool) {
	responses := slices.DeleteFunc(r.recorder.responses(r.Path()), func(x exchange) bool {
		return x.status != http.StatusOK && x.status != http.StatusNotFound
	})
	if len(responses) == 0 {
		return meaning{}, false
	}
	if r.Name == "dcs_background_tasks" {
		return r.together(responses), true
	}
	return r.script[responses[len(responses)-1].body], true
}

// together are the pages of the last poll.
func (r *random) together(pages []exchange) meaning {
	states := map[string]bool{}
	for _, page := range slices.Backward(pages) {
		var list struct {
			Tasks []json.RawMessage `json:"tasks"`
		}
		if json.Unmarshal([]byte(page.body), &list) != nil {
			return meaning{}
		}
		for _, task := range list.Tasks {
			if m := r.script[string(task)]; !m.other {
				states[m.state] = true
			}
		}
		if page.query.Get("offset") == "0" {
			break
		}
	}
	switch {
	case states["pending"], states["running"]:
		return meaning{state: "running"}
	case states["unknown"]:
		return meaning{state: "unknown"}
	case states["failed"]:
		return meaning{state: "failed", idle: true}
	case states["succeeded"]:
		return meaning{state: "succeeded", idle: true}
	default:
		return meaning{state: "missing", idle: true}
	}
}

// mayBeMissing reports whether a missing task may count as succeeded.
func (r *random) mayBeMissing(last meaning) bool {
	if r.args["on_missing"] != "succeeded" || last.state != "missing" {
		return false
	}
	return r.Shape != providertest.Traced || r.leftNoTrace()
}

// leftNoTrace checks the rules of DWS: last of all, after its record was missing,
// the cluster does not name the action. One that this wait has never seen was
// missing for three polls and thirty seconds. What has failed stays failed.
func (r *random) leftNoTrace() bool {
	exchanges := r.recorder.exchanges
	cluster := exchanges[len(exchanges)-1]
	if cluster.path != clusterPath() || cluster.lost || cluster.status != http.StatusOK || strings.Contains(cluster.body, `"SNAPSHOTTING`) {
		return false
	}
	seen, failed := false, false
	var absent []time.Time
	for _, x := range exchanges {
		m, scripted := r.script[x.body]
		exists := !x.lost && x.status == http.StatusOK && scripted && m.state != "missing"
		switch {
		case x.path == r.Path() && exists:
			seen, failed, absent = true, false, nil
		case x.path == r.Path() && scripted && m.state == "missing":
			absent = append(absent, x.at)
		case x.path == recordPath() && exists:
			failed = true
		}
	}
	records := r.recorder.responses(recordPath())
	if failed || len(records) == 0 || len(absent) == 0 || records[len(records)-1].at.Before(absent[len(absent)-1]) {
		return false
	}
	return seen || r.waitFor == "" || len(absent) >= 3 && absent[len(absent)-1].Sub(absent[0]) >= 30*time.Second
}
