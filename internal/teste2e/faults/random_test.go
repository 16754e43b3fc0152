// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// timelines is how many are read of each source in each form: more take longer
// than a test should.
var (
	timelines = flag.Int("timelines", 100, "random timelines of each source and form")
	seed      = flag.Uint64("seed", 1, "seed of the random timelines")
	only      = flag.Int("timeline", -1, "number of the only random timeline to read")
)

// form is a form of a source: how a wait is run.
type form string

const (
	dataSource   form = "data source"
	gateResource form = "gate resource"
	action       form = "action"
)

// timeline is a wait for a task whose true life, and the responses of the service,
// are drawn at random. What is true is what the script says.
type timeline struct {
	*rand.Rand
	providertest.Source
	form    form
	start   time.Time
	args    args
	waitFor string // success, completion, idle, or "" for a single read
	limit   time.Duration
	benign  bool // only time keeps this wait from success
	byID    bool // the arguments name one task of a list
	stale   bool // there is a failure record of an earlier run

	reliable bool // no fault strikes the requests for the task

	cloud   *fakecloud.Cloud
	script  any                                          // for the report of a failure
	failing string                                       // the same
	truth   func(at time.Time) fakecloud.ListTruth       // of the task, or of all tasks of the list
	meant   func(id string) (created time.Time, ok bool) // whether the arguments select a task

	got    providertest.ReadResult // without a state if an action has passed
	passed bool
}

// TestTimelines_passOnTheTruthOnly prints the number of a timeline that breaks a
// rule: -seed and -timeline repeat it.
func TestTimelines_passOnTheTruthOnly(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		for _, f := range []form{dataSource, gateResource, action} {
			t.Run(s.Name+"/"+string(f), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { readTimelines(t, s, f) })
			})
		}
	}
}

// current is the cloud of the timeline that is read.
type current struct {
	cloud atomic.Pointer[fakecloud.Cloud]
}

// RoundTrip implements http.RoundTripper.
func (c *current) RoundTrip(r *http.Request) (*http.Response, error) {
	return c.cloud.Load().Transport().RoundTrip(r)
}

// readTimelines reads them through providers that differ in max_retries.
func readTimelines(t *testing.T, s providertest.Source, f form) {
	t.Helper()
	network := &current{}
	var servers []*providertest.Server
	for _, retries := range []int{0, 1, 5} {
		servers = append(servers, connect(t, network, args{"access_key": nil, "secret_key": nil, "token": "FAKETOKEN", "max_retries": retries}))
	}
	passed := 0
	for number := range uint64(*timelines) {
		if *only >= 0 && number != uint64(*only) {
			continue
		}
		// No quota is remembered by then, and times are whole.
		time.Sleep(time.Until(time.Now().Truncate(time.Hour).Add(2 * time.Hour)))
		tl := &timeline{Rand: rand.New(rand.NewPCG(*seed, number)), Source: s, form: f, start: time.Now()}
		tl.draw()
		network.cloud.Store(tl.cloud)
		tl.run(t, servers[tl.IntN(len(servers))])
		if tl.passed {
			passed++
		}
		if broken := tl.referee(); broken != "" {
			t.Fatalf("timeline %d breaks a rule: %s\narguments: %+v\nbenign: %t\nresult: %+v\nscript: %+v\nfaults:%s\nrequests:%s", number, broken, tl.args, tl.benign, tl.got, tl.script, tl.failing, tl.requests())
		}
	}
	if *only < 0 && (passed < *timelines/8 || passed > *timelines*7/8) {
		t.Errorf("%d of %d waits pass, which proves little", passed, *timelines)
	}
}

// run runs the wait in its form.
func (tl *timeline) run(t *testing.T, server *providertest.Server) {
	t.Helper()
	a := tl.args
	limit := func(name string) args { return args{"timeouts": args{name: tl.limit.String()}} }
	switch tl.form {
	case dataSource:
		if tl.waitFor != "" {
			a = a.With(args{"wait_for": tl.waitFor})
		}
		tl.got = server.Read(t, tl.Name, a.With(limit("read")))
	case action:
		tl.got.Diagnostics = server.Invoke(context.Background(), t, "await_"+tl.Name, a.With(limit("invoke"))).Diagnostics
	case gateResource:
		if tl.Shape == providertest.Traced {
			a = a.With(args{"triggers": args{"operation": "1"}})
		}
		tl.got = server.Apply(context.Background(), t, "gate_"+tl.Name, a.With(limit("create")))
	}
	tl.passed = tl.got.Diagnostics == nil
}

// draw makes up a task, faults, and arguments.
func (tl *timeline) draw() {
	tl.benign = tl.IntN(4) == 0
	tl.waitFor = "success"
	if tl.form == dataSource {
		tl.waitFor = tl.oneOf("completion", "success", "success")
		switch {
		case tl.Shape == providertest.List && tl.IntN(3) == 0:
			tl.waitFor = "idle"
		case tl.Shape != providertest.List && !tl.benign && tl.IntN(6) == 0:
			tl.waitFor = ""
		}
	}
	tl.limit = time.Duration(20+tl.IntN(160)) * time.Second
	tl.args = tl.Args.With(args{"on_missing": tl.oneOf("error", "pending", "pending"), "poll_interval": fmt.Sprintf("%ds", 1+tl.IntN(9))})
	if tl.IntN(3) == 0 {
		tl.args["poll_interval"] = nil
	}
	if tl.benign {
		tl.limit = 3 * time.Hour
	}
	tl.args = tl.args.With(nil)
	tl.cloud = fakecloud.New()
	tl.cloud.AcceptToken("FAKETOKEN")
	switch tl.Shape {
	case providertest.List:
		tl.serveList()
	case providertest.Traced:
		tl.serveAction()
	case providertest.Single:
		tl.serveTask()
	}
	for _, path := range tl.paths() {
		if tl.IntN(3) == 0 && !(tl.reliable && path == tl.Path()) {
			faults := tl.faults()
			tl.cloud.Fail(path, faults...)
			tl.failing += fmt.Sprintf("\n%s: %+v", path, faults)
		}
	}
}

func (tl *timeline) oneOf(words ...string) string { return words[tl.IntN(len(words))] }

// requests are those of the wait, for the report of a failure.
func (tl *timeline) requests() string {
	var b strings.Builder
	for _, r := range tl.cloud.Requests() {
		fmt.Fprintf(&b, "\n%s %s?%s %d", r.Time.Sub(tl.start), r.Path, r.Query.Encode(), r.Status)
	}
	return b.String()
}
