// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// timelines is how many are read of each source: more take longer than a test
// should.
var timelines = flag.Int("timelines", 250, "random timelines of each data source")

// maxRequests is how many requests the first poll makes at most: a list has pages
// of one task, an end, and the reason of a failure.
const maxRequests = maxTasks + 2

// random is a read of a task whose state changes at random, with random
// arguments, and through random faults.
type random struct {
	*rand.Rand
	providertest.Source
	args    args
	waitFor string
	limit   time.Duration
	benign  bool // only time keeps this wait from success

	script   script
	recorder *recorder
	got      providertest.ReadResult
	took     time.Duration
}

// TestRandomTimelines_haveNoBetterResultThanTheirScript prints the number of a
// timeline that breaks a rule. The number repeats it.
func TestRandomTimelines_haveNoBetterResultThanTheirScript(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { readTimelines(t, s) })
		})
	}
}

// readTimelines reads them through providers that differ in max_retries.
func readTimelines(t *testing.T, s providertest.Source) {
	t.Helper()
	rec := &recorder{}
	var servers []*providertest.Server
	for _, retries := range []int{0, 1, 5} {
		servers = append(servers, connect(t, rec, args{"access_key": nil, "secret_key": nil, "token": "FAKETOKEN", "max_retries": retries}))
	}
	states, errors := 0, 0
	for number := range uint64(*timelines) {
		r := &random{Rand: rand.New(rand.NewPCG(3, number)), Source: s, recorder: rec, script: script{}}
		r.draw()
		begin := time.Now()
		r.got = servers[r.IntN(len(servers))].Read(t, r.Name, r.args)
		r.took = time.Since(begin)
		if r.got.Diagnostics == nil {
			states++
		} else {
			errors++
		}
		for _, rule := range r.rules() {
			if rule.broken {
				t.Fatalf("timeline %d breaks the rule: %s\narguments: %+v\nresult: %+v\nexchanges:%s", number, rule.text, r.args, r.got, rec.print(begin))
			}
		}
	}
	if min(states, errors) < *timelines/4 {
		t.Errorf("%d reads returned a state and %d an error, which proves little", states, errors)
	}
}

// draw makes up a task, faults, and arguments.
func (r *random) draw() {
	r.benign = r.IntN(4) == 0
	r.drawArguments()
	cloud := fakecloud.New()
	cloud.AcceptToken("FAKETOKEN")
	r.serve(cloud)
	for _, path := range []string{r.Path(), recordPath(), clusterPath()} {
		if r.IntN(3) > 0 {
			cloud.Fail(path, r.faults()...)
		}
	}
	*r.recorder = recorder{cloud: cloud.Transport(), down: r.outage()}
}

func (r *random) drawArguments() {
	waits := []string{"", "completion", "success", "success"}
	if r.Shape == providertest.List {
		waits = append(waits, "idle")
	}
	r.waitFor = waits[r.IntN(len(waits))]
	r.limit = time.Duration(10+r.IntN(600)) * time.Second
	more := args{"on_missing": []string{"error", "pending", "succeeded", "succeeded"}[r.IntN(4)], "poll_interval": fmt.Sprintf("%ds", 1+r.IntN(9))}
	if r.IntN(3) == 0 {
		more["poll_interval"] = nil
	}
	if r.benign {
		r.waitFor, r.limit = "success", 1000*time.Hour // since each fault may ask for an hour
		more["poll_interval"] = "20s"
	}
	more["timeouts"] = args{"read": r.limit.String()}
	if r.waitFor != "" {
		more["wait_for"] = r.waitFor
	}
	r.args = r.Args.With(more)
	switch {
	case r.waitFor == "idle": // which is about all tasks
	case r.IntN(2) == 0:
		r.args = r.args.With(r.OneTask)
	case r.Name == "dcs_background_tasks":
		r.args = r.args.With(args{"start_time": cutoff})
	case r.Shape == providertest.List:
		r.args = r.args.With(args{"created_after": cutoff})
	}
}

// outage reports for each request whether the network is down.
func (r *random) outage() func() bool {
	request, up := 0, r.IntN(40)
	if r.benign {
		up += maxRequests
	}
	down := up + r.IntN(12)*r.IntN(2)
	return func() bool {
		request++
		return request > up && request <= down
	}
}

// faults strike the requests of a path. Most are transient, and some have a body
// that claims success.
func (r *random) faults() []fakecloud.Fault {
	var faults []fakecloud.Fault
	for range r.IntN(6) {
		faults = append(faults, fakecloud.Fault{Times: 1 + r.IntN(8), Delay: time.Duration(r.IntN(2)*r.IntN(4000)) * time.Millisecond})
		f := r.fault()
		f.Times = 1 + r.IntN(4)*r.IntN(4)
		faults = append(faults, f)
	}
	switch {
	case len(faults) == 0:
	case r.benign:
		faults[0].Times += maxRequests
	case r.IntN(4) == 0:
		faults = faults[1:] // from the first request on
	}
	return faults
}

func (r *random) fault() fakecloud.Fault {
	body := r.In("succeeded").Body
	if !r.benign && r.IntN(12) == 0 {
		return []fakecloud.Fault{
			{Status: http.StatusForbidden, Body: body},
			{Status: http.StatusNotFound, Body: "<html>" + body},
			{Status: http.StatusNotFound, Body: `{"error_code":"APIGW.0101","error_msg":"x"}`},
			{Body: "<html>" + body},
			{Body: "[" + body + "]"},
			{Body: `{"error_code":"DWS.6000",` + body[1:]},
			{Status: http.StatusAccepted, Body: body},
		}[r.IntN(7)]
	}
	return []fakecloud.Fault{
		{Kind: fakecloud.Reset},
		{Kind: fakecloud.Truncate, Body: body},
		{Kind: fakecloud.Hang},
		{Kind: fakecloud.HangInBody, Body: body},
		{Status: http.StatusInternalServerError, Body: body},
		{Status: http.StatusBadGateway, Body: "<html>502</html>"},
		{Status: http.StatusServiceUnavailable},
		{Status: http.StatusGatewayTimeout, Body: `{"error_code":"APIGW.0201","error_msg":"x"}`},
		{Status: http.StatusTooManyRequests, Body: body},
		{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {[]string{"0.02", "7", "56.818", "3600", "soon"}[r.IntN(5)]}}},
	}[r.IntN(10)]
}
