// SPDX-License-Identifier: MPL-2.0

package actions_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

const jobName = "DCS job " + providertest.JobID

// from is a response from some time on.
func from(after time.Duration, response fakecloud.Response) fakecloud.Response {
	response.After = after
	return response
}

func TestAwait_waitsForTheTaskOfEachSource(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		for end, want := range map[string][]string{
			"succeeded": nil, "failed": {s.Noun + " failed"}, "unknown": {"Unrecognized status of " + s.Noun}, "missing": {s.Noun + " disappeared"},
		} {
			t.Run(s.Name+"/"+end, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					server, cloud := connect(t)
					cloud.Serve(s.Path(), s.In("running"), from(time.Minute, s.In(end)))
					begin := time.Now()
					got := server.Invoke(t.Context(), t, "await_"+s.Name, s.Task())
					testkit.Diff(t, "summaries", want, summaries(got))
					least, most := time.Minute, time.Minute+20*time.Second
					if end == "missing" { // which takes half a minute to be certain
						least, most = least+30*time.Second, most+30*time.Second
					}
					if waited := time.Since(begin); waited < least || waited > most {
						t.Errorf("the wait takes %s", waited)
					}
					if end == "failed" && !strings.Contains(got.Diagnostics[0].Detail, s.Reason) {
						t.Errorf("the reason is missing: %s", got.Diagnostics[0].Detail)
					}
				})
			})
		}
	}
}

func TestAwait_reportsEachChangeInOrder(t *testing.T) {
	t.Parallel()
	job, progress := providertest.SourceNamed("dcs_job"), providertest.SourceNamed("dcs_task_progress")
	percent := func(text string) fakecloud.Response {
		return fakecloud.Response{Body: `{"progress":` + text + `,"step_details":[{"step_status":"EXECUTING"}]}`}
	}
	task := "DCS task " + progress.ID
	for _, tc := range []struct {
		source    providertest.Source
		interval  string
		responses []fakecloud.Response
		want      []string
	}{
		{job, "3s", []fakecloud.Response{job.In("pending"), from(3*time.Second, job.In("running")), from(8*time.Second, job.In("succeeded"))}, []string{
			"Waiting for " + jobName, jobName + ": pending (INIT) (waited 0s)", jobName + ": running (RUNNING) (waited 3s)", jobName + ": succeeded (SUCCESS)",
		}},
		{progress, "2s", []fakecloud.Response{percent("10"), from(time.Second, percent("60")), from(5*time.Second, progress.In("succeeded"))}, []string{
			"Waiting for " + task, task + ": running, 10% (waited 0s)", task + ": running, 60% (waited 2s)", task + ": succeeded",
		}},
		// Even while the interval is longer, there is a sign of life every 30 seconds.
		{job, "1m40s", []fakecloud.Response{job.In("running"), from(80*time.Second, job.In("succeeded"))}, []string{
			"Waiting for " + jobName, jobName + ": running (RUNNING) (waited 0s)", jobName + ": running (RUNNING) (waited 30s)", jobName + ": running (RUNNING) (waited 1m)",
			jobName + ": running (RUNNING) (waited 1m30s)", jobName + ": succeeded (SUCCESS)",
		}},
	} {
		t.Run(tc.source.Name+" "+tc.interval, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server, cloud := connect(t)
				cloud.Serve(tc.source.Path(), tc.responses...)
				got := server.Invoke(t.Context(), t, "await_"+tc.source.Name, tc.source.Args.With(args{"poll_interval": tc.interval}))
				testkit.Diff(t, "invocation", providertest.Invocation{Progress: tc.want}, got)
			})
		})
	}
}

// TestAwait_namesItsOwnAttributes rather than those of the data source, and does
// not mention later plans, in which an action has no part.
func TestAwait_namesItsOwnAttributes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := providertest.SourceNamed("dcs_job")
		server, cloud := connect(t)
		cloud.Serve(s.Path(), s.In("running"))
		got := server.Invoke(t.Context(), t, "await_dcs_job", s.Args.With(args{"poll_interval": "4s", "timeouts": args{"invoke": "10s"}}))
		testkit.Diff(t, "summaries", []string{"Timed out waiting for DCS job"}, summaries(got))
		if detail := got.Diagnostics[0].Detail; !strings.Contains(detail, `timeouts.invoke (now "10s")`) {
			t.Errorf("the limit is missing: %s", detail)
		}

		cloud.Serve(s.Path(), s.In("missing"))
		got = server.Invoke(t.Context(), t, "await_dcs_job", s.Args)
		testkit.Diff(t, "summaries", []string{"DCS job not found"}, summaries(got))
		for _, word := range []string{"plan", "destroy", "count"} {
			if detail := got.Diagnostics[0].Detail; strings.Contains(detail, word) {
				t.Errorf("%q is in: %s", word, detail)
			}
		}
	})
}

func TestAwait_endsAtOnceIfItIsCanceled(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_job")
	for name, fault := range map[string]fakecloud.Fault{
		"between two polls": {},
		"in a request":      {Kind: fakecloud.Hang},
		"before a retry":    {Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"600"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server, cloud := connect(t)
				cloud.Serve(s.Path(), s.In("running"))
				cloud.Fail(s.Path(), fault)
				ctx, cancel := context.WithCancel(t.Context())
				begin := time.Now()
				time.AfterFunc(45*time.Second, cancel)
				got := server.Invoke(ctx, t, "await_dcs_job", s.Args.With(args{"poll_interval": "10m", "timeouts": args{"invoke": "1h"}}))
				testkit.Diff(t, "duration", 45*time.Second, time.Since(begin))
				testkit.Diff(t, "summaries", []string{"Interrupted while reading DCS job"}, summaries(got))
			})
		})
	}
}
