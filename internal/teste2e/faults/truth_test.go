// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// The truth is judged here from the raw bodies, without any code of the
// provider: by what each API calls success, failure and not yet.

// truth is what the last complete look has found.
type truth struct {
	found  bool
	words  []string // in lower case, of the task and its parts, or of the tasks that a verdict is about
	listed []string // and of all that are listed
	full   bool     // whether nothing but the words keeps it from success
}

func (tr truth) all(words ...string) bool {
	return tr.found && len(tr.words) > 0 && !slices.ContainsFunc(tr.words, func(w string) bool { return !slices.Contains(words, w) })
}

func (tr truth) any(words ...string) bool {
	return slices.ContainsFunc(tr.words, func(w string) bool { return slices.Contains(words, w) })
}

// The words by which each API says that something has ended.
var (
	wellWords = map[string][]string{
		"dws_cluster_action": {"success"}, "dcs_background_tasks": {"success"}, "dcs_task_progress": {"finish"}, "dcs_job": {"success"}, "cce_snapshot_tasks": {"success"}, "cce_autopilot_snapshot_tasks": {"success"},
	}
	badWords = map[string][]string{
		"dws_cluster_action":   {"failed", "rollback_success", "rollback_fail"},
		"dcs_background_tasks": {"failed", "fail", "cancelled", "deleted"},
		"dcs_task_progress":    {"failed", "canceled"},
		"dcs_job":              {"fail", "failed"},
		"cce_snapshot_tasks":   {"failed"}, "cce_autopilot_snapshot_tasks": {"failed"},
	}
)

func (g *gamble) isWell(tr truth) bool { return tr.full && tr.all(wellWords[g.source]...) }

func (g *gamble) isBad(tr truth) bool { return tr.any(badWords[g.source]...) }

// isIdle reports whether every word of a list is one of an end.
func (g *gamble) isIdle(tr truth) bool {
	ends := slices.Concat(wellWords[g.source], badWords[g.source])
	return !slices.ContainsFunc(tr.listed, func(w string) bool { return !slices.Contains(ends, w) })
}

// lastLook judges what the last complete look at the task itself has found;
// false if there was none.
func (g *gamble) lastLook() (truth, bool) {
	answers := g.wire.answers(g.path)
	answers = slices.DeleteFunc(answers, func(x exchange) bool { return x.status != http.StatusOK && x.status != http.StatusNotFound })
	if len(answers) == 0 {
		return truth{}, false
	}
	last := answers[len(answers)-1]
	switch {
	case last.status == http.StatusNotFound:
		return truth{}, true
	case g.source == "dcs_background_tasks":
		return g.list(answers), true
	default:
		return g.look(last.body), true
	}
}

// list puts the pages of the last look together.
func (g *gamble) list(pages []exchange) truth {
	first := 0
	for i, page := range pages {
		if page.query.Get("offset") == "0" {
			first = i
		}
	}
	words := map[string]string{}
	for _, page := range pages[first:] {
		var body answer
		if json.Unmarshal([]byte(page.body), &body) != nil {
			return truth{}
		}
		for _, t := range body.Tasks {
			if (g.uid == "" || t.ID == g.uid) && (g.name == "" || strings.EqualFold(t.Name, g.name)) {
				words[t.ID] = strings.ToLower(t.Status)
			}
		}
	}
	all := slices.Collect(maps.Values(words))
	return truth{found: len(words) > 0, full: true, words: all, listed: all}
}

// look judges a body of the other sources.
func (g *gamble) look(body string) truth {
	var all answer
	if json.Unmarshal([]byte(body), &all) != nil {
		return truth{}
	}
	switch g.source {
	case "dcs_task_progress":
		tr := truth{found: true, full: all.Progress == nil || *all.Progress == 100}
		for _, s := range all.Steps {
			tr.add(s.Status)
			for _, part := range s.Parts {
				tr.add(part.Status)
			}
		}
		return tr
	case "cce_snapshot_tasks", "cce_autopilot_snapshot_tasks":
		return g.newest(all.Items)
	default:
		tr := truth{full: true}
		if all.ID != nil {
			word, _ := all.Status.(string)
			tr.add(word)
		}
		return tr
	}
}

// answer has what counts of all sources.
type answer struct {
	Tasks    []listedTask `json:"tasks"`
	ID       *string      `json:"id"`
	Status   any          `json:"status"` // an object in a list
	Steps    []step       `json:"step_details"`
	Progress *float64     `json:"progress"`
	Items    []snapshot   `json:"items"`
}

type listedTask struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Status string `json:"status"`
}

type step struct {
	Status string `json:"step_status"`
	Parts  []part `json:"sub_step_details"`
}

type part struct {
	Status string `json:"sub_step_status"`
}

type snapshot struct {
	Metadata struct {
		UID     string `json:"uid"`
		Created string `json:"creationTimestamp"`
	} `json:"metadata"`
	Status struct {
		Phase string `json:"phase"`
	} `json:"status"`
}

func (tr *truth) add(word string) {
	tr.found, tr.words = true, append(tr.words, strings.ToLower(word))
}

// newest judges the one of the id, or the newest: the times that a script uses
// sort as text.
func (g *gamble) newest(items []snapshot) truth {
	tr := truth{full: true}
	newest := ""
	for _, item := range items {
		created := item.Metadata.Created
		if g.uid != "" && item.Metadata.UID != g.uid || g.uid == "" && created <= g.after {
			continue
		}
		tr.listed = append(tr.listed, strings.ToLower(item.Status.Phase))
		if created > newest {
			newest, tr.words = created, nil
			tr.add(item.Status.Phase)
		}
	}
	return tr
}

// isExcused reports whether the rules for a missing task allow it to count as
// succeeded.
func (g *gamble) isExcused() bool {
	last, looked := g.lastLook()
	if g.ask["on_missing"] != "succeeded" || !looked || last.found {
		return false
	}
	return g.source != "dws_cluster_action" || g.leftNoTrace()
}

// leftNoTrace checks the rules for an action: its record is missing, and then
// the cluster does not name it; what this wait has never seen has been missing
// for three looks and thirty seconds; what has failed since stays failed.
func (g *gamble) leftNoTrace() bool {
	cluster, record := fakecloud.ClusterPath(projectID, clusterID), fakecloud.ActionPath(projectID, clusterID, record)
	detail := g.wire.exchanges[len(g.wire.exchanges)-1]
	if detail.path != cluster || detail.lost || detail.status != http.StatusOK || strings.Contains(strings.ToUpper(detail.body), action) {
		return false
	}
	seen, recorded := false, false
	var absent []time.Time
	for _, x := range g.wire.exchanges {
		there := !x.lost && x.status == http.StatusOK && g.look(x.body).found
		switch {
		case x.path == g.path && there:
			seen, recorded, absent = true, false, nil
		case x.path == g.path && !x.lost && x.status == http.StatusNotFound:
			absent = append(absent, x.at)
		case x.path == record && there:
			recorded = true
		}
	}
	records := g.wire.answers(record)
	if recorded || len(records) == 0 || records[len(records)-1].status != http.StatusNotFound || records[len(records)-1].at.Before(absent[len(absent)-1]) {
		return false
	}
	return seen || g.ask["wait_for"] == nil || len(absent) >= 3 && absent[len(absent)-1].Sub(absent[0]) >= 30*time.Second
}
