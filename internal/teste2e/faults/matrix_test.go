// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// What each read of the matrix is configured with.
const (
	maxRetries = 2
	interval   = 10 * time.Second
	limit      = 290 * time.Second
	maxPolls   = int(limit/interval) + 1
)

// handling is how the provider handles an error, by its name in the guide.
type handling string

const (
	transient  handling = "transient"
	throttled  handling = "throttled"
	permanent  handling = "permanent"
	noSuchTask handling = "missing task" // on_missing decides
	refreshed  handling = "refreshed"    // credentials: see credentials_test.go
)

// expectation is what a read does that meets a fault.
type expectation struct {
	name    string
	waits   bool // for success, which comes between the first poll and the second
	after   int  // requests that succeed before the fault
	times   int  // requests that fail then, -1 for all
	noRetry bool // max_retries = 0

	requests int    // to the failing path
	most     int    // or at most, if it is random
	summary  string // of the error, "" for none; unable, or %s for the noun
}

const unable = "unable" // stands for the summary of the target

const timedOut, waitTimedOut = "Timed out reading %s", "Timed out waiting for %s"

func (h handling) expectations(f fault) []expectation {
	switch {
	case h == transient && f.readings > 0:
		return []expectation{
			{name: "read once", times: -1, requests: f.readings, summary: unable},
			{name: "read once, until the last reading", times: f.readings - 1, requests: f.readings},
			{name: "wait, first poll", waits: true, times: -1, requests: f.readings, summary: unable},
			{name: "wait, later poll", waits: true, after: 1, times: f.readings, requests: 1 + f.readings + 1},
			{name: "wait, for good", waits: true, after: 1, times: -1, most: 1 + maxPolls*f.readings, summary: waitTimedOut},
		}
	case h == transient:
		return []expectation{
			{name: "read once, for good", times: -1, requests: 1 + maxRetries, summary: unable},
			{name: "read once, for good, without retries", times: -1, noRetry: true, requests: 1, summary: unable},
			{name: "read once, until the last retry", times: maxRetries, requests: 1 + maxRetries},
			{name: "wait, first poll", waits: true, times: -1, requests: 1 + maxRetries, summary: unable},
			{name: "wait, later poll", waits: true, after: 1, times: maxRetries, requests: 1 + maxRetries + 1},
			{name: "wait, longer than all retries of a poll", waits: true, after: 1, times: 1 + maxRetries, requests: 1 + 1 + maxRetries + 1},
			{name: "wait, later poll, without retries", waits: true, after: 1, times: 1, noRetry: true, requests: 3},
			{name: "wait, for good", waits: true, after: 1, times: -1, most: 1 + maxPolls*(1+maxRetries), summary: waitTimedOut},
		}
	case h == throttled:
		return []expectation{
			{name: "read once, more often than max_retries", times: 2 * maxRetries, requests: 1 + 2*maxRetries},
			{name: "read once, for good", times: -1, requests: f.attempts(), summary: timedOut},
			{name: "read once, without retries", times: -1, noRetry: true, requests: 1, summary: unable},
			{name: "wait, first poll", waits: true, times: 2, requests: 3 + 1},
			{name: "wait, later poll", waits: true, after: 1, times: 2, requests: 1 + 3},
			{name: "wait, later poll, without retries", waits: true, after: 1, times: 1, noRetry: true, requests: 3},
			{name: "wait, for good", waits: true, after: 1, times: -1, most: 1 + f.attempts(), summary: waitTimedOut},
		}
	case h == permanent:
		return threeMoments(unable, unable, unable)
	case h == noSuchTask:
		return threeMoments("%s not found", "%s not found", "")
	default:
		return nil
	}
}

// attempts is how often a throttled request is sent before the time limit: each
// time as soon as the service asks for, else every five seconds, and a last time.
func (f fault) attempts() int {
	delay := f.delay
	if delay == 0 {
		delay = 5 * time.Second
	}
	return 1 + int(math.Ceil(float64(limit-time.Second)/float64(delay)))
}

// threeMoments are the expectations of an error that no retry follows.
func threeMoments(once, first, later string) []expectation {
	all := []expectation{
		{name: "read once", times: 1, requests: 1, summary: once},
		{name: "wait, first poll", waits: true, times: 1, requests: 1, summary: first},
		{name: "wait, later poll", waits: true, after: 1, times: 1, requests: 2, summary: later},
	}
	if later == "" {
		all[2].requests++ // the next poll finds the task again
	}
	return all
}

// meets reports whether the expectation is about a moment at which the fault strikes.
func (e expectation) meets(f fault, tg target) bool {
	switch {
	case tg.lookup && e.after > 0:
		return false // the lookup is over
	case f.when == firstPoll:
		return e.after == 0
	case f.when == laterPolls:
		return e.after > 0
	default:
		return true
	}
}

// row is a line of the matrix, and of the guide.
type row struct {
	what     string // in the guide's words
	handling handling
	faults   []fault
}

// matrix is all that may go wrong with a request.
func matrix() []row {
	return slices.Concat(networkRows(), serviceRows(), refusalRows(), responseRows())
}

// TestMatrix tries the first fault of each row at one source of each shape, and
// in its first expectation at all of them.
func TestMatrix(t *testing.T) {
	t.Parallel()
	quotes := quotesOf(t)
	for _, r := range matrix() {
		t.Run(r.what, func(t *testing.T) {
			t.Parallel()
			q := quotes[r.what]
			for i, f := range r.faults {
				targets := f.at
				switch {
				case targets == nil && i == 0:
					targets = oneOfEachShape()
					r.tryOthers(t, f, q)
				case targets == nil:
					targets = at("dcs_job")
				}
				for _, tg := range targets {
					r.try(t, f, tg, q)
				}
			}
			q.check(t)
		})
	}
}

// tryOthers tries a fault at the sources that share their code with one of each
// shape.
func (r row) tryOthers(t *testing.T, f fault, q *quotes) {
	t.Helper()
	f.variant = true
	for _, tg := range everywhere() {
		r.try(t, f, tg, q)
	}
}

func (r row) try(t *testing.T, f fault, tg target, q *quotes) {
	t.Helper()
	for _, e := range r.handling.expectations(f) {
		if !e.meets(f, tg) {
			continue
		}
		t.Run(f.name+"/"+tg.Name+"/"+e.name, func(t *testing.T) {
			n := &network{failing: f.from(tg), path: tg.path, after: e.after, times: e.times}
			got := e.read(t, tg, n, r.handling)
			e.compare(t, tg, n, got)
			if e.summary != "" && len(got.Diagnostics) == 1 {
				checkDetail(t, f, got.Diagnostics[0].Detail)
				q.find(t, got.Diagnostics[0].Detail)
			}
		})
		if f.variant {
			return
		}
	}
}

// read reads a task that runs at first, and succeeds before the second poll.
func (e expectation) read(t *testing.T, tg target, n *network, h handling) (got providertest.ReadResult) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New(providertest.Keys())
		cloud.AddProject(providertest.Region, providertest.ProjectID)
		done := tg.In("succeeded")
		done.After = interval / 2
		cloud.Serve(tg.Path(), tg.In("running"), done)
		n.cloud = cloud.Transport()

		settings := args{"max_retries": maxRetries}
		if e.noRetry {
			settings["max_retries"] = 0
		}
		if tg.lookup {
			settings["project_id"] = nil
		}
		a := tg.Task().With(args{"timeouts": args{"read": limit.String()}})
		if h != noSuchTask {
			a["on_missing"] = "pending" // which must not turn an error into a missing task
		}
		if e.waits {
			a["wait_for"], a["poll_interval"] = "success", interval.String()
		}
		begin := time.Now()
		got = connect(t, n, settings).Read(t, tg.Name, a)
		if took := time.Since(begin); took > limit {
			t.Errorf("the read takes %s, longer than its timeout", took)
		}
	})
	return got
}

func (e expectation) compare(t *testing.T, tg target, n *network, got providertest.ReadResult) {
	t.Helper()
	want := e.requests
	if e.summary == "" {
		want += tg.confirmation(e.waits)
	}
	switch {
	case want > 0 || e.most == 0:
		testkit.Diff(t, "requests", want, n.requests)
	case n.requests > e.most || n.requests < 2:
		t.Errorf("there are %d requests, want 2 to %d", n.requests, e.most)
	}
	for host := range n.hosts {
		if !strings.HasSuffix(host, "."+providertest.Region+".myhuaweicloud.com") {
			t.Errorf("a request goes to %s", host)
		}
	}
	if e.summary == "" {
		testkit.Diff(t, "diagnostics", 0, len(got.Diagnostics))
		testkit.Diff(t, "succeeded", e.waits, e.waits && got.State["succeeded"] == true)
		return
	}
	if len(got.Diagnostics) != 1 {
		t.Fatalf("there are %d errors, want one: %+v\n%v", len(got.Diagnostics), got.Diagnostics, got.State)
	}
	summary := strings.Replace(e.summary, "%s", tg.Noun, 1)
	if summary == unable {
		summary = tg.unable
	}
	testkit.Diff(t, "summary", summary, got.Diagnostics[0].Summary)
}

func checkDetail(t *testing.T, f fault, detail string) {
	t.Helper()
	if !strings.Contains(detail, f.detail) {
		t.Errorf("%q is missing in:\n%s", f.detail, detail)
	}
	for _, secret := range []string{providertest.Keys().SecretKey, providertest.Keys().AccessKey, "Signature="} {
		if strings.Contains(detail, secret) {
			t.Errorf("%s is in:\n%s", secret, detail)
		}
	}
}
