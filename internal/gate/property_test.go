// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// place is where a look has looked.
type place string

const (
	atTask    place = "task"
	atRecord  place = "record"
	atCluster place = "cluster"
)

// sight is what one look has found: the truth, as far as anybody can know it.
type sight struct {
	place place
	at    time.Duration // when the look ended
	state task.State
	fault error // instead of a state
}

// missing reports whether there was nothing at the place.
func (s sight) missing(p place) bool { return s.place == p && s.fault == nil && s.state == missing }

// there reports whether there was something at the place.
func (s sight) there(p place) bool { return s.place == p && s.fault == nil && s.state != missing }

// gamble is a trial by chance.
type gamble struct {
	*rand.Rand
	subject gate.Target
	terms   gate.Options

	begin   time.Time
	sights  []sight
	verdict gate.Result
	diags   diag.Diagnostics
	length  time.Duration
}

// TestPass_isNeverBetterThanTheTruth whatever the looks find. Each script has a
// number that repeats it.
func TestPass_isNeverBetterThanTheTruth(t *testing.T) {
	const scripts = 20_000
	opened := make(map[gate.WaitFor]int)
	synctest.Test(t, func(t *testing.T) {
		for number := range uint64(scripts) {
			g := &gamble{Rand: rand.New(rand.NewPCG(1, number)), begin: time.Now()}
			g.draw()
			g.verdict, g.diags = gate.Check(t.Context(), g.subject, g.terms)
			g.length = time.Since(g.begin)
			if g.diags == nil {
				opened[g.terms.WaitFor]++
			}
			for _, rule := range slices.Concat(g.course(), g.outcome(), g.absence()) {
				if rule.broken {
					t.Fatalf("script %d: it is not true that %s\nterms: %+v\nopen: %t, traced: %t\nsights: %+v\nverdict: %+v\ndiagnostics: %v",
						number, rule.text, g.terms, g.subject.EmptyOK, g.subject.FailureRecord != nil, g.sights, g.verdict, g.diags)
				}
			}
		}
	})
	for _, waitFor := range []gate.WaitFor{gate.ReadOnce, gate.Completion, gate.Success, gate.Idle} {
		if opened[waitFor] < scripts/50 {
			t.Errorf("only %d of %d scripts have opened the gate for %q", opened[waitFor], scripts, waitFor)
		}
	}
}

// draw makes up a subject and terms.
func (g *gamble) draw() {
	weights := make([]int, 7) // of what a look finds, which differ from script to script
	for i := range weights {
		weights[i] = g.IntN(10)
	}
	weights[2] += 10 // to run is what tasks do
	waits := []gate.WaitFor{gate.ReadOnce, gate.Completion, gate.Success}
	g.subject = gate.Target{Noun: "task", Name: "task 1", Poll: g.look(atTask, weights)}
	switch g.IntN(4) {
	case 0: // a job
	case 1: // a list
		g.subject.EmptyOK = true
		waits = append(waits, gate.Idle)
	case 2: // one task of a list
		waits = append(waits, gate.Idle)
	default: // an action
		weights[0] += 10
		rare := slices.Clone(weights)
		rare[0] += 60 // a trace is mostly not there
		g.subject.FailureRecord, g.subject.StillBusy = g.look(atRecord, rare), g.look(atCluster, rare)
	}
	g.terms = gate.Options{
		WaitFor:     waits[g.IntN(len(waits))],
		OnMissing:   []gate.OnMissing{gate.MissingIsError, gate.MissingIsPending, gate.MissingIsSucceeded}[g.IntN(3)],
		Timeout:     time.Duration(10+g.IntN(300)) * time.Second,
		TimeoutName: "timeouts.read",
	}
	if g.IntN(3) > 0 {
		g.terms.PollInterval = time.Duration(1+g.IntN(20)) * time.Second
	}
}

// look finds something by chance, often the same as before, and takes its time.
func (g *gamble) look(p place, weights []int) task.Poll {
	var finds *sight
	return func(ctx context.Context) (task.Observation, error) {
		if finds == nil || finds.fault != nil || g.IntN(3) == 0 {
			finds = g.find(weights)
		}
		s := *finds
		if g.IntN(5) == 0 {
			if err := task.Sleep(ctx, time.Duration(g.IntN(3000))*time.Millisecond); err != nil {
				s.fault = err
			}
		}
		s.place, s.at = p, time.Since(g.begin)
		g.sights = append(g.sights, s)
		o := task.Observation{State: s.state, Busy: s.state.Busy()}
		switch {
		case s.fault != nil:
			return task.Observation{}, s.fault
		case s.missing(atTask) && !g.subject.EmptyOK:
			return task.Observation{}, errNoJob
		case s.state == unknown:
			o.SetUnknown("status", "FROZEN")
		}
		return o, nil
	}
}

func (g *gamble) find(weights []int) *sight {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	chance, which := g.IntN(sum), 0
	for chance >= weights[which] {
		chance -= weights[which]
		which++
	}
	switch {
	case which < 6:
		return &sight{state: []task.State{missing, pending, running, succeeded, failed, unknown}[which]}
	case g.IntN(4) == 0:
		return &sight{fault: errForbidden}
	default:
		return &sight{fault: errAway}
	}
}

// rule is something that every script must keep.
type rule struct {
	text   string
	broken bool
}

func (g *gamble) last() sight { return g.sights[len(g.sights)-1] }

// looks are the sights of the task itself.
func (g *gamble) looks() []sight {
	return slices.DeleteFunc(slices.Clone(g.sights), func(s sight) bool { return s.place != atTask })
}

// course are the rules of when to look, and when to stop.
func (g *gamble) course() []rule {
	looks := g.looks()
	before := looks[:len(looks)-1]
	lasting := slices.IndexFunc(g.sights, func(s sight) bool { return errors.Is(s.fault, errForbidden) })
	ends := func(s sight) bool {
		if g.terms.WaitFor == gate.Idle {
			return s.there(atTask) && !s.state.Busy()
		}
		return s.there(atTask) && (s.state.Finished() || s.state == unknown)
	}
	return []rule{
		{"the time is kept", g.length > g.terms.Timeout},
		{"who waits for nothing looks once", g.terms.WaitFor == gate.ReadOnce && len(looks) != 1},
		{"a fault that lasts ends a wait", lasting >= 0 && (lasting != len(g.sights)-1 || g.diags == nil)},
		{"a fault of the first look ends a wait", g.sights[0].fault != nil && (len(g.sights) > 1 || g.diags == nil)},
		{"nobody looks again after the end", slices.ContainsFunc(before, ends)},
	}
}

// outcome are the rules of what a verdict may say.
func (g *gamble) outcome() []rule {
	v, last := g.verdict, g.last()
	if g.diags != nil {
		blank := cmp.Equal(v, gate.Result{}, cmpopts.EquateErrors())
		return []rule{{"there is one error and no verdict", len(g.diags) != 1 || !g.diags.HasError() || !blank}}
	}
	allowed := g.terms.OnMissing == gate.MissingIsSucceeded
	return []rule{
		{"a fault is no verdict", last.fault != nil},
		{"the verdict is what was found last", v.State != last.state},
		{"success was found, or is missing as the user allows", v.Succeeded() && last.state != succeeded && (last.state != missing || !allowed)},
		{"only what is missing is excused", v.AssumedSucceeded && (last.state != missing || !allowed)},
		{"who waits for success gets it", g.terms.WaitFor == gate.Success && !v.Succeeded()},
		{"who waits for the end gets it", g.terms.WaitFor == gate.Completion && !v.Completed()},
		{"who waits for rest gets it", g.terms.WaitFor == gate.Idle && (!v.Idle || last.state.Busy())},
		{"an unknown word opens no wait", g.terms.WaitFor != gate.ReadOnce && last.state == unknown},
	}
}

// absence are the rules of what a missing task may mean.
func (g *gamble) absence() []rule {
	looks := g.looks()
	traced, waits := g.subject.FailureRecord != nil, g.terms.WaitFor != gate.ReadOnce
	normal := g.subject.EmptyOK && (!waits || g.terms.WaitFor == gate.Idle)
	found := func(s sight) bool { return s.there(atTask) }
	gone := func(s sight) bool { return s.missing(atTask) }
	first := slices.IndexFunc(looks, gone)
	strict := g.terms.OnMissing == gate.MissingIsError && !normal && first >= 0 // a missing task is an error
	strict = strict && (!traced || !slices.ContainsFunc(g.sights, func(s sight) bool { return s.place == atRecord }))

	rules := []rule{
		{"the one that waits is told of a missing task", strict && (first != len(looks)-1 || g.diags == nil)},
		{"an empty list is a normal answer", normal && !waits && first == 0 && g.diags != nil},
		{"a task that is still to come is no error", g.terms.OnMissing == gate.MissingIsPending && !waits && first == 0 && g.diags != nil},
		{"a task that is still to come is not at rest", g.terms.OnMissing == gate.MissingIsPending && !normal && g.diags == nil && g.verdict.State == missing && g.verdict.Idle},
	}
	for i, s := range g.sights {
		rules = append(rules,
			rule{"a record is looked for only when the task is missing", s.place == atRecord && !g.sights[max(i-1, 0)].missing(atTask)},
			rule{"the cluster is looked at only when there is no record", s.place == atCluster && !g.sights[max(i-1, 0)].missing(atRecord)})
	}
	if !traced || !g.verdict.AssumedSucceeded {
		return rules
	}
	lastFound := -1
	for i, s := range g.sights {
		if found(s) {
			lastFound = i
		}
	}
	since := g.sights[lastFound+1:]
	absences := slices.DeleteFunc(slices.Clone(since), func(s sight) bool { return !gone(s) })
	patient := len(absences) >= 3 && absences[len(absences)-1].at-absences[0].at >= 30*time.Second
	return append(rules,
		rule{"an action is excused only if nothing names it", !g.last().missing(atCluster)},
		rule{"an action is excused only if its failure was never recorded", slices.ContainsFunc(since, func(s sight) bool { return s.there(atRecord) })},
		rule{"an action that was never seen is waited for", waits && lastFound < 0 && !patient})
}
