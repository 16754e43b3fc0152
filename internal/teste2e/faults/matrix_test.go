// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// What each read of the matrix is configured with.
const (
	maxRetries = 2
	interval   = 10 * time.Second
	limit      = 290 * time.Second
)

// conduct is how the provider takes a fault, by the name that the guide uses.
type conduct string

const (
	passes    conduct = "may pass"         // 429 apart, what the contract calls transient
	throttles conduct = "throttled"        // 429
	outlasts  conduct = "beyond the limit" // a pause that the service asks for and the time does not allow
	lasts     conduct = "lasts"            // it would be there next time, too
	absent    conduct = "no such task"     // the service knows no such task, which is for on_missing to judge
	renews    conduct = "renewed"          // credentials: see credentials_test.go
)

// course is what a read does that meets faults.
type course struct {
	name  string
	waits bool // for success, which comes between the first look and the second
	after int  // so many requests get their answer before the faults strike
	times int  // so many are struck, -1 for all from then on
	off   bool // whether max_retries is 0

	requests int    // that it makes, to the path that is struck
	most     int    // or, where chance has a part in it, at most
	summary  string // of the error, "" for none; %s stands for the noun
}

const unable = "unable" // stands for the summary of the place

// looks is how many looks the limit allows at most, the first one apart.
const looks = int(limit/interval) + 1

func (c conduct) courses(f fault) []course {
	timedOut, waitedOut := "Timed out reading %s", "Timed out waiting for %s"
	switch c {
	case passes:
		return []course{
			{name: "a look that meets it for good", times: -1, requests: 1 + maxRetries, summary: unable},
			{name: "a look that meets it for good, with max_retries 0", times: -1, off: true, requests: 1, summary: unable},
			{name: "a look that meets it as often as it is retried", times: maxRetries, requests: 1 + maxRetries},
			{name: "a wait that begins with it", waits: true, times: -1, requests: 1 + maxRetries, summary: unable},
			{name: "a wait that meets it", waits: true, after: 1, times: maxRetries, requests: 1 + maxRetries + 1},
			{name: "a wait that meets it longer than one look lasts", waits: true, after: 1, times: 1 + maxRetries, requests: 1 + 1 + maxRetries + 1},
			{name: "a wait that meets it, with max_retries 0", waits: true, after: 1, times: 1, off: true, requests: 3},
			{name: "a wait that meets it for good", waits: true, after: 1, times: -1, most: 1 + looks*(1+maxRetries), summary: waitedOut},
		}
	case throttles:
		forGood, most := 0, 1+int(limit/time.Second)
		if f.pause > 0 {
			forGood, most = int(math.Ceil(float64(limit)/float64(f.pause))), 0
		}
		return []course{
			{name: "a look that meets it more often than others are retried", times: 2 * maxRetries, requests: 1 + 2*maxRetries},
			{name: "a look that meets it for good", times: -1, requests: forGood, most: most, summary: timedOut},
			{name: "a look that meets it, with max_retries 0", times: -1, off: true, requests: 1, summary: unable},
			{name: "a wait that begins with it", waits: true, times: 2, requests: 3 + 1},
			{name: "a wait that meets it", waits: true, after: 1, times: 2, requests: 1 + 3},
			{name: "a wait that meets it, with max_retries 0", waits: true, after: 1, times: 1, off: true, requests: 3},
			{name: "a wait that meets it for good", waits: true, after: 1, times: -1, most: 1 + int(limit/time.Second), summary: waitedOut},
		}
	case outlasts:
		return []course{
			{name: "a look that meets it", times: 1, requests: 1, summary: timedOut},
			{name: "a wait that begins with it", waits: true, times: 1, requests: 1, summary: waitedOut},
			{name: "a wait that meets it", waits: true, after: 1, times: 1, requests: 2, summary: waitedOut},
		}
	case lasts:
		return []course{
			{name: "a look that meets it", times: 1, requests: 1, summary: unable},
			{name: "a wait that begins with it", waits: true, times: 1, requests: 1, summary: unable},
			{name: "a wait that meets it", waits: true, after: 1, times: 1, requests: 2, summary: unable},
		}
	case absent:
		return []course{
			{name: "a look that meets it", times: 1, requests: 1, summary: "%s not found"},
			{name: "a wait that begins with it", waits: true, times: 1, requests: 1, summary: "%s not found"},
			{name: "a wait that meets it", waits: true, after: 1, times: 1, requests: 2, summary: "%s disappeared"},
		}
	case renews:
	}
	return nil
}

// mishap is a line of the guide.
type mishap struct {
	what    string // in the guide's words
	conduct conduct
	faults  []fault
}

// fault is one way in which a mishap comes about.
type fault struct {
	name  string
	reply fakecloud.Fault // what the cloud makes of a request
	err   error           // or what the network makes of it
	at    []place         // where it is tried, nil for anywhere
	tells string          // in the detail of the error
	pause time.Duration   // that the service asks for, 0 for none
}

// RoundTrip is the way of a request that the fault strikes.
func (f fault) RoundTrip(r *http.Request) (*http.Response, error) {
	if f.err != nil {
		return nil, f.err
	}
	f.reply.Times = -1
	cloud := fakecloud.New()
	cloud.Fail("", f.reply)
	return cloud.Transport().RoundTrip(r)
}

// matrix is all that may go wrong between a look and its answer.
func matrix() []mishap {
	return slices.Concat(networkMishaps(), serviceMishaps(), refusalMishaps(), answerMishaps())
}

func TestFault_takesTheCourseThatIsPromised(t *testing.T) {
	t.Parallel()
	for _, m := range matrix() {
		t.Run(m.what, func(t *testing.T) {
			t.Parallel()
			anywhere := sources() // for the first one, one source for the others like it
			for _, f := range m.faults {
				places := f.at
				if places == nil {
					places, anywhere = anywhere, []place{jobs()}
				}
				for _, p := range places {
					for _, c := range m.conduct.courses(f) {
						if p.lookUp && c.after > 0 {
							continue
						}
						t.Run(f.name+"/"+p.source+"/"+c.name, func(t *testing.T) { c.run(t, p, f) })
					}
				}
			}
		})
	}
}

func (c course) run(t *testing.T, p place, f fault) {
	t.Helper()
	n := &network{}
	c.compare(t, p, f, n, c.read(t, p, f, n))
}

// read reads through a network on which the fault strikes.
func (c course) read(t *testing.T, p place, f fault, n *network) (got reading) {
	t.Helper()
	n.grief, n.path, n.after, n.times = f, p.path, c.after, c.times
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New(keys)
		cloud.AddProject(region, projectID)
		for _, look := range sources() {
			cloud.Serve(look.path, fakecloud.Response{Body: look.running}, fakecloud.Response{After: interval / 2, Body: look.done})
		}
		n.cloud = cloud.Transport()
		ask := p.ask.With(args{"timeouts": args{"read": limit.String()}})
		if c.waits {
			ask = ask.With(args{"wait_for": "success", "poll_interval": interval.String()})
		}
		begin := time.Now()
		got = connect(t, n, c.settings(p)).Read(t, p.source, ask)
		if took := time.Since(begin); took > limit {
			t.Errorf("it takes %s, more than the limit", took)
		}
	})
	return got
}

func (c course) settings(p place) args {
	s := settings()
	if c.off {
		s["max_retries"] = 0
	}
	if p.lookUp {
		s["project_id"] = nil
	}
	return s.With(nil) // without what is nil
}

func (c course) compare(t *testing.T, p place, f fault, n *network, got reading) {
	t.Helper()
	want := c.requests
	if p.lookUp && c.waits && c.summary == "" {
		want-- // what was found is remembered
	}
	switch {
	case want > 0:
		diff(t, "requests", want, n.requests)
	case n.requests > c.most || n.requests < 2:
		t.Errorf("it makes %d requests, want 2 to %d", n.requests, c.most)
	}
	for host := range n.hosts {
		if !strings.HasSuffix(host, "."+region+".myhuaweicloud.com") {
			t.Errorf("a request goes to %s", host)
		}
	}
	if c.summary == "" {
		diff(t, "errors", 0, len(got.Diagnostics))
		if c.waits {
			diff(t, "succeeded", any(true), got.State["succeeded"])
		}
		return
	}
	if len(got.Diagnostics) != 1 {
		t.Fatalf("there are %d errors, want one: %+v\n%v", len(got.Diagnostics), got.Diagnostics, got.State)
	}
	told := got.Diagnostics[0]
	diff(t, "summary", c.wording(p), told.Summary)
	if !strings.Contains(told.Detail, f.tells) {
		t.Errorf("the error does not tell %q:\n%s", f.tells, told.Detail)
	}
	for _, secret := range []string{keys.SecretKey, keys.AccessKey, "Signature="} {
		if strings.Contains(told.Summary+told.Detail, secret) {
			t.Errorf("the error holds %s:\n%s", secret, told.Detail)
		}
	}
}

func (c course) wording(p place) string {
	if c.summary == unable {
		return p.unable
	}
	return strings.Replace(c.summary, "%s", p.noun, 1)
}
