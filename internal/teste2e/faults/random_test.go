// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// gamble is a read by chance: of a task whose state changes, on terms and
// through faults that are drawn as well.
type gamble struct {
	*rand.Rand
	place
	uid, name, after string // what a list is asked for
	benign           bool   // nothing but time keeps this wait from success

	wire  *wire
	got   reading
	took  time.Duration
	limit time.Duration
}

// firstLook is how many requests the longest look makes.
const firstLook = mostTasks + 2

// timelines is how many are tried of each source: more take longer than a test
// should.
var timelines = flag.Int("timelines", 500, "random timelines of each data source")

// TestRandomTimeline_isNeverJudgedBetterThanTheTruth reads random timelines
// through random faults. Each has a number that repeats it.
func TestRandomTimeline_isNeverJudgedBetterThanTheTruth(t *testing.T) {
	t.Parallel()
	for _, p := range sources() {
		t.Run(p.source, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { try(t, p) })
		})
	}
}

// try reads one timeline after the other, through providers that differ in
// max_retries.
func try(t *testing.T, p place) {
	t.Helper()
	w := &wire{}
	var servers []*providertest.Server
	for _, retries := range []int{0, 1, 5} {
		s := settings().With(args{"access_key": nil, "secret_key": nil, "token": "FAKETOKEN", "max_retries": retries})
		servers = append(servers, connect(t, w, s))
	}
	opened, closed := 0, 0
	for number := range uint64(*timelines) {
		g := &gamble{Rand: rand.New(rand.NewPCG(2, number)), place: p, wire: w}
		g.draw()
		begin := time.Now()
		g.got = servers[g.IntN(len(servers))].Read(t, g.source, g.ask)
		g.took = time.Since(begin)
		if g.got.Diagnostics == nil {
			opened++
		} else {
			closed++
		}
		for _, r := range g.rules() {
			if r.broken {
				t.Fatalf("timeline %d: it is not true that %s\nasked: %+v\nstate: %v\nerrors: %+v\nexchanges: %s", number, r.text, g.ask, g.verdict(), g.got.Diagnostics, g.story(begin))
			}
		}
	}
	if min(opened, closed) < *timelines/4 {
		t.Errorf("%d reads have had a verdict and %d an error: that proves little", opened, closed)
	}
}

// verdict is the part of the state that a gate depends on.
func (g *gamble) verdict() map[string]any {
	verdict := map[string]any{}
	for _, name := range []string{"state", "succeeded", "completed", "failed", "found", "idle"} {
		verdict[name] = g.got.State[name]
	}
	return verdict
}

func (g *gamble) story(begin time.Time) string {
	var text string
	for _, x := range g.wire.exchanges {
		text += fmt.Sprintf("\n%s %s?%s %d lost=%t %s", x.at.Sub(begin), x.path, x.query.Encode(), x.status, x.lost, x.body)
	}
	return text
}

// draw makes up a task, faults and terms.
func (g *gamble) draw() {
	g.benign = g.IntN(4) == 0
	g.terms()
	cloud := fakecloud.New()
	cloud.AcceptToken("FAKETOKEN")
	g.serve(cloud)
	for _, path := range []string{g.path, fakecloud.ClusterPath(projectID, clusterID), fakecloud.ActionPath(projectID, clusterID, record)} {
		if g.IntN(3) > 0 {
			cloud.Fail(path, g.strikes()...)
		}
	}
	*g.wire = wire{cloud: cloud.Transport(), down: g.outages()}
}

// outages tells of each request whether it finds the network down.
func (g *gamble) outages() func() bool {
	request, up := 0, g.IntN(40)
	if g.benign {
		up += firstLook
	}
	down := up + g.IntN(12)*g.IntN(2)
	return func() bool {
		request++
		return request > up && request <= down
	}
}

func (g *gamble) terms() {
	list := strings.HasSuffix(g.source, "_tasks")
	waits := []any{nil, "completion", "success", "success"}
	if list {
		waits = append(waits, "idle")
	}
	wait := waits[g.IntN(len(waits))]
	g.limit = time.Duration(10+g.IntN(600)) * time.Second
	more := args{"on_missing": []string{"error", "pending", "succeeded", "succeeded"}[g.IntN(4)], "poll_interval": fmt.Sprintf("%ds", 1+g.IntN(9))}
	if g.IntN(3) == 0 {
		more["poll_interval"] = nil
	}
	if g.benign {
		wait, g.limit = "success", 1000*time.Hour // for each fault may ask for an hour
		more["poll_interval"] = "20s"
	}
	more["wait_for"], more["timeouts"] = wait, args{"read": g.limit.String()}
	g.ask = g.ask.With(more)
	g.filter()
}

// filter draws what a list is asked for.
func (g *gamble) filter() {
	switch g.source {
	case "dcs_background_tasks":
		switch g.IntN(3) {
		case 0:
			g.uid = "wanted-1"
			g.ask = g.ask.With(args{"task_id": g.uid})
		case 1:
			g.name = "EXTEND"
			g.ask = g.ask.With(args{"name": "extend"})
		}
	case "cce_snapshot_tasks", "cce_autopilot_snapshot_tasks":
		g.uid = snapshotID
		if g.IntN(2) == 0 {
			g.uid, g.after = "", createdAt(1)
			g.ask = g.ask.With(args{"uid": nil, "created_after": "2023-11-25T17:00:01+08:00"})
		}
	}
}

// rule is something that every read must keep.
type rule struct {
	text   string
	broken bool
}

func (g *gamble) rules() []rule {
	rules := g.course()
	if g.got.Diagnostics != nil {
		return append(rules, rule{"there is one error and no state", len(g.got.Diagnostics) != 1 || g.got.State != nil})
	}
	return append(rules, g.outcome()...)
}

// course are the rules of time and of requests.
func (g *gamble) course() []rule {
	pause := 750 * time.Millisecond // the shortest, unless one is asked for
	if interval, ok := g.ask["poll_interval"].(string); ok {
		pause, _ = time.ParseDuration(interval)
	}
	looks := 1
	if g.ask["wait_for"] != nil {
		looks = 2 + int(g.limit/pause)
	}
	// A list has pages of one task at least, an end, and the reason of a failure.
	each := map[string]int{"dws_cluster_action": 3, "dcs_background_tasks": firstLook}[g.source]
	succeeded := g.got.State["succeeded"] == true
	return []rule{
		{"the time is kept", g.took > g.limit},
		{"no more requests are made than looks and faults ask for", len(g.wire.exchanges) > looks*max(each, 1)+g.wire.struck()},
		{"nothing but time keeps a wait from success", g.benign && !succeeded},
	}
}

// outcome are the rules of what a verdict may say: neither better nor worse
// than the truth.
func (g *gamble) outcome() []rule {
	last, looked := g.lastLook()
	succeeded, completed := g.got.State["succeeded"] == true, g.got.State["completed"] == true
	waits := g.ask["wait_for"]
	traced := g.source == "dws_cluster_action" && !last.found
	return []rule{
		{"a verdict follows a look", !looked},
		{"what is told has come in full", g.wire.exchanges[len(g.wire.exchanges)-1].lost && g.got.State["reason"] == nil},
		{"success was found last, or is missing by the rules", succeeded && !g.isWell(last) && !g.isExcused()},
		{"success that was found last is told", g.isWell(last) && !succeeded},
		{"failure was found last", g.got.State["failed"] == true && !g.isBad(last) && !traced},
		{"who waits for success gets it", waits == "success" && !succeeded},
		{"who waits for the end gets it", waits == "completion" && !completed},
		{"who waits for rest gets it", waits == "idle" && (g.got.State["idle"] != true || !g.isIdle(last))},
		{"what is found is told", g.got.State["found"] == true && !last.found && !traced},
		{"what is at rest is not at work", g.got.State["idle"] == true && !g.isIdle(last)},
	}
}

// moments are what a task does in the course of time.
func (g *gamble) moments() (states []string, at []time.Duration) {
	kinds := []string{"pending", "running", "running", "succeeded", "failed", "unknown", "missing"}
	if g.source == "dws_cluster_action" {
		kinds = append(kinds, "missing", "missing") // there the rules are many
	}
	var after time.Duration
	for range 1 + g.IntN(5) {
		kind := kinds[g.IntN(len(kinds))]
		if g.benign {
			kind = kinds[g.IntN(3)]
		}
		states, at = append(states, kind), append(at, after)
		after += time.Duration(g.IntN(g.IntN(120)+1)) * time.Second
	}
	if g.benign {
		states, at = append(states, "succeeded"), append(at, after)
	}
	if i := slices.Index(states, "failed"); i >= 0 && g.IntN(3) > 0 {
		states, at = states[:i+1], at[:i+1] // mostly, an end is one
	}
	return states, at
}

func (g *gamble) serve(cloud *fakecloud.Cloud) {
	if g.source == "dcs_background_tasks" {
		cloud.ServeTasks(projectID, instanceID, g.tasks())
		return
	}
	cloud.Serve(g.path, g.answers(g.body)...)
	if g.source == "dws_cluster_action" {
		if g.IntN(2) == 0 {
			cloud.Serve(fakecloud.ActionPath(projectID, clusterID, record), g.answers(g.failure)...)
		}
		cloud.Serve(fakecloud.ClusterPath(projectID, clusterID), g.answers(g.cluster)...)
	}
}

func (g *gamble) answers(body func(state string) fakecloud.Response) []fakecloud.Response {
	states, at := g.moments()
	answers := make([]fakecloud.Response, len(states))
	for i, state := range states {
		answers[i] = body(state)
		answers[i].After = at[i]
	}
	return answers
}

// failure is the record of one, which never says success, but may go.
func (g *gamble) failure(state string) fakecloud.Response {
	if state == "succeeded" {
		state = "missing"
	}
	return g.body(state)
}

// cluster is the detail of a cluster, which is at something in half of the cases.
func (g *gamble) cluster(string) fakecloud.Response {
	named := []string{"null", "null", "null", `"REBOOTING"`, `"` + action + `"`, `"` + record + `"`}[g.IntN(6)]
	return fakecloud.Response{Status: http.StatusOK, Body: `{"cluster":{"task_status":` + named + `}}`}
}
