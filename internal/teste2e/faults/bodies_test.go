// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// words are those by which each API says a state.
var words = map[string]map[string][]string{
	"dws_cluster_action": {
		"pending": {"WAITING"}, "running": {"RUNNING", "ROLLBACK_RUNNING"}, "succeeded": {"SUCCESS"}, "failed": {"FAILED", "ROLLBACK_SUCCESS", "ROLLBACK_FAIL"},
	},
	"dcs_background_tasks": {
		"pending": {"CREATED"}, "running": {"EXECUTING", "RUNNING"}, "succeeded": {"SUCCESS"}, "failed": {"FAILED", "FAIL", "CANCELLED", "DELETED"},
	},
	"dcs_task_progress":            {"pending": {"WAITING"}, "running": {"EXECUTING", "SUSPEND"}, "succeeded": {"FINISH"}, "failed": {"FAILED", "CANCELED"}},
	"dcs_job":                      {"pending": {"INIT"}, "running": {"RUNNING"}, "succeeded": {"SUCCESS"}, "failed": {"FAIL", "FAILED"}},
	"cce_snapshot_tasks":           snapshotWords,
	"cce_autopilot_snapshot_tasks": snapshotWords,
}

var snapshotWords = map[string][]string{"pending": {"Init", "Queuing"}, "running": {"Running", "Pause"}, "succeeded": {"Success"}, "failed": {"Failed"}}

// word is a state in the words of the source, in any case; a word that nobody
// knows for any other.
func (g *gamble) word(state string) string {
	known := words[g.source][state]
	if known == nil {
		return []string{"FROZEN", "SUCCEEDED", "DONE", ""}[g.IntN(4)]
	}
	word := known[g.IntN(len(known))]
	if g.IntN(4) == 0 {
		word = strings.ToLower(word)
	}
	return word
}

// body is what a path answers in a state.
func (g *gamble) body(state string) fakecloud.Response {
	switch {
	case strings.HasPrefix(g.source, "cce_"):
		return fakecloud.Response{Body: g.snapshots(state)}
	case state == "missing" && g.source == "dws_cluster_action":
		return fakecloud.Response{Status: http.StatusNotFound, Body: dwsFamilies("DWS.0025")["DWS, twins"]}
	case state == "missing":
		return fakecloud.Response{Status: http.StatusNotFound, Body: dcs("DCS.4070")}
	case g.source == "dcs_task_progress":
		return fakecloud.Response{Body: g.progress(state)}
	default:
		return fakecloud.Response{Body: fmt.Sprintf(`{"id":"x","status":%q}`, g.word(state))}
	}
}

// progress lists steps, among which those that are done hide the one that says
// the state.
func (g *gamble) progress(state string) string {
	var all struct {
		Progress *float64 `json:"progress,omitempty"`
		Steps    []any    `json:"step_details"`
	}
	step := func(word string, parts ...any) any {
		return map[string]any{"step_status": word, "sub_step_details": parts}
	}
	part := func(word string) any { return map[string]any{"sub_step_status": word} }
	for range g.IntN(3) {
		if state != "pending" {
			all.Steps = append(all.Steps, step(g.word("succeeded"), part(g.word("succeeded"))))
		}
	}
	percent := []float64{0, 42, 99.9, 100}[g.IntN(4)]
	switch {
	case state == "succeeded":
		percent = 100
		all.Steps = append(all.Steps, step(g.word(state)))
	case state == "running" && g.IntN(3) == 0: // all is done but for the last percent
		percent = 99
		all.Steps = append(all.Steps, step(g.word("succeeded")))
	case g.IntN(2) == 0:
		all.Steps = append(all.Steps, step(g.word(state)))
	default:
		outer := "succeeded"
		if state == "pending" {
			outer = state
		}
		all.Steps = append(all.Steps, step(g.word(outer), part(g.word(state))))
	}
	if g.IntN(2) == 0 || percent == 99 {
		all.Progress = &percent
	}
	text, err := json.Marshal(all)
	if err != nil {
		panic(err) // strings and such numbers always encode
	}
	return string(text)
}

// createdAt is the time of the n-th second as CCE writes it.
func createdAt(n int) string { return fmt.Sprintf("2023-11-25 17:00:%02d.000000 +0800 CST", n) }

// snapshots lists the backup that says the state, if there is any, between
// older ones in no order.
func (g *gamble) snapshots(state string) string {
	item := func(uid string, second int, phase string) string {
		return fmt.Sprintf(`{"metadata":{"uid":%q,"creationTimestamp":%q},"status":{"phase":%q}}`, uid, createdAt(second), phase)
	}
	states := []string{"pending", "running", "succeeded", "succeeded", "failed"}
	var items []string
	for n := range g.IntN(4) {
		items = append(items, item(fmt.Sprint("older-", n), n, g.word(states[g.IntN(len(states))])))
	}
	if state != "missing" {
		items = append(items, item(snapshotID, 5+g.IntN(20), g.word(state)))
	}
	g.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	return `{"kind":"List","items":[` + strings.Join(items, ",") + `]}`
}

// mostTasks is the length of the longest list.
const mostTasks = 6

// tasks is a list in small pages, in which others stand before those that are
// asked for.
func (g *gamble) tasks() fakecloud.TaskList {
	list := fakecloud.TaskList{CapLimit: g.IntN(4), TaskCount: []string{"", "", "-", "null"}[g.IntN(4)]}
	others, wanted := g.IntN(3), 1+g.IntN(3)
	filtered := g.uid != "" || g.name != ""
	if g.uid != "" {
		wanted = 1
	}
	states, at := g.moments()
	for i, state := range states {
		step := fakecloud.TaskListStep{After: at[i]}
		for n := range others {
			if filtered { // otherwise they would be meant as well
				step.Tasks = append(step.Tasks, g.task(fmt.Sprint("other-", n), "BindEip", []string{"running", "succeeded", "failed", "unknown"}[g.IntN(4)]))
			}
		}
		for n := range wanted {
			switch {
			case state == "missing":
			case n == 0 || g.IntN(2) == 0 || state == "pending":
				step.Tasks = append(step.Tasks, g.task(fmt.Sprint("wanted-", n+1), "EXTEND", state))
			default:
				step.Tasks = append(step.Tasks, g.task(fmt.Sprint("wanted-", n+1), "EXTEND", "succeeded"))
			}
		}
		list.Steps = append(list.Steps, step)
	}
	return list
}

func (g *gamble) task(id, name, state string) string {
	return fmt.Sprintf(`{"id":%q,"name":%q,"status":%q}`, id, name, g.word(state))
}
