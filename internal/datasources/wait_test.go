// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// TestWait_endsWhereItsConditionSays follows a task that runs for ten minutes.
func TestWait_endsWhereItsConditionSays(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		for _, tc := range []struct{ waitFor, end, want string }{
			{"completion", "succeeded", "succeeded"},
			{"completion", "failed", "failed"},
			{"completion", "unknown", "Unrecognized status of " + s.Noun},
			{"success", "succeeded", "succeeded"},
			{"success", "failed", s.Noun + " failed"},
			{"success", "unknown", "Unrecognized status of " + s.Noun},
			{"success", "running", "Timed out waiting for " + s.Noun},
			{"idle", "failed", "failed"},
			{"idle", "unknown", "Timed out waiting for " + s.Noun},
		} {
			if tc.waitFor == "idle" && s.Shape != providertest.List {
				continue
			}
			t.Run(s.Name+"/"+tc.waitFor+"/"+tc.end, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					cloud := newCloud()
					end := s.In(tc.end)
					end.After = 10 * time.Minute
					cloud.Serve(s.Path(), s.In("running"), end)
					a := s.Args.With(args{"wait_for": tc.waitFor})
					if tc.waitFor != "idle" {
						a = a.With(s.Recent)
					}
					begin := time.Now()
					got := read(t, cloud, s, a)
					testkit.Diff(t, "end", tc.want, summary(got))
					limit := 10*time.Minute + 20*time.Second
					if s.Shape == providertest.List {
						limit += 15 * time.Second // a second read confirms it
					}
					if strings.HasPrefix(tc.want, "Timed out") {
						limit = 30 * time.Minute
					}
					if waited := time.Since(begin); waited < 10*time.Minute || waited > limit {
						t.Errorf("the wait takes %s", waited)
					}
					if tc.want == s.Noun+" failed" && !strings.Contains(got.Diagnostics[0].Detail, s.Reason) {
						t.Errorf("the reason is missing: %s", got.Diagnostics[0].Detail)
					}
				})
			})
		}
	}
}

func TestDCSTaskProgress_refersToTheListIfThereAreNoSteps(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := providertest.SourceNamed("dcs_task_progress")
		cloud := newCloud()
		empty := s.In("running")
		empty.Body = `{"progress":100}`
		cloud.Serve(s.Path(), empty)
		got := read(t, cloud, s, waiting(s.Args))
		testkit.Diff(t, "summary", "Timed out waiting for DCS task progress", summary(got))
		if !strings.Contains(got.Diagnostics[0].Detail, "hwtasks_dcs_background_tasks") {
			t.Errorf("the list is not mentioned: %s", got.Diagnostics[0].Detail)
		}
	})
}

// TestRead_endsAfterItsDefaultTimeout, which is shorter than that of a wait.
func TestRead_endsAfterItsDefaultTimeout(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_job")
	for waitFor, want := range map[any]time.Duration{nil: 5 * time.Minute, "success": 30 * time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			cloud := newCloud()
			cloud.Serve(s.Path(), s.In("running"))
			if waitFor == nil {
				cloud.Fail(s.Path(), fakecloud.Fault{Status: http.StatusTooManyRequests, Times: -1})
			}
			begin := time.Now()
			connect(t, cloud, args{"max_retries": 1}).Read(t, s.Name, s.Args.With(args{"wait_for": waitFor}))
			if took := time.Since(begin); took < want*9/10 || took > want {
				t.Errorf("wait_for %v: the read takes %s, want %s", waitFor, took, want)
			}
		})
	}
}
