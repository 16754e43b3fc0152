// SPDX-License-Identifier: MPL-2.0

package resources_test

import (
	"context"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// notOfAGate are the attributes of a data source that a gate does not have.
var notOfAGate = strings.Fields("wait_for offset limit state completed succeeded failed found percent reason idle")

// TestCreate_storesTheTaskAsItPassed compares the whole state with that of the
// data source, whose own tests compare it with the response.
func TestCreate_storesTheTaskAsItPassed(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				serve(cloud, s, s.In("running"), from(time.Minute, s.In("succeeded")))
				server := connect(t, cloud, providertest.Settings())
				begin := time.Now()
				got := server.Apply(t.Context(), t, "gate_"+s.Name, arguments(s))
				waited := time.Since(begin)
				if waited < time.Minute || waited > time.Minute+20*time.Second {
					t.Errorf("the wait takes %s", waited)
				}
				want := server.Read(t, s.Name, s.Task()).State
				maps.DeleteFunc(want, func(name string, _ any) bool {
					for _, other := range notOfAGate {
						if name == other {
							return true
						}
					}
					return false
				})
				passed := begin.Add(waited).UTC().Format("2006-01-02T15:04:05.000Z")
				maps.Copy(want, map[string]any{
					"id": s.ID + "@" + passed, "passed_at": passed, "api_status": s.Status("succeeded"),
					"poll_interval": "10s", "timeouts": map[string]any{"create": "2m"}, "triggers": nil,
				})
				if s.Name == "dcs_task_progress" {
					want["api_status"] = nil // only its steps have one
				}
				if s.Shape == providertest.Traced {
					want["triggers"] = map[string]any{"operation": "1"}
				}
				testkit.Diff(t, "gate", providertest.ReadResult{State: want}, got)
			})
		})
	}
}

// TestCreate_storesNothingUnlessTheTaskSucceeds, so that Terraform taints nothing.
func TestCreate_storesNothingUnlessTheTaskSucceeds(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		unable := "Unable to read " + s.Noun
		for _, tc := range []struct {
			name   string
			end    fakecloud.Response
			faults []fakecloud.Fault
			args   args
			want   string
		}{
			{"failed", s.In("failed"), nil, nil, s.Noun + " failed"},
			{"unknown", s.In("unknown"), nil, nil, "Unrecognized status of " + s.Noun},
			{"disappeared", s.In("missing"), nil, args{"on_missing": "error"}, s.Noun + " disappeared"},
			{"timeout", s.In("running"), nil, nil, "Timed out waiting for " + s.Noun},
			{"refused", providertest.Refused(403, "APIGW.0302"), nil, nil, unable},
			{"lost connection", s.In("succeeded"), []fakecloud.Fault{{Kind: fakecloud.Reset, Times: -1}}, nil, unable},
			{"malformed", fakecloud.Response{Body: "<html>"}, nil, nil, unable},
		} {
			t.Run(s.Name+"/"+tc.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					cloud := newCloud()
					cloud.Serve(s.Path(), s.In("running"), from(time.Minute, tc.end))
					cloud.Fail(s.Path(), tc.faults...)
					got := connect(t, cloud, providertest.Settings()).Apply(t.Context(), t, "gate_"+s.Name, arguments(s).With(tc.args))
					testkit.Diff(t, "state", map[string]any(nil), got.State)
					testkit.Diff(t, "summaries", []string{tc.want}, summaries(got.Diagnostics))
				})
			})
		}
	}
}

// TestCreate_waitsForATaskOfAList that is not there yet: the operation may have
// been started a moment ago. A single task that is missing is an error.
func TestCreate_waitsForATaskOfAList(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				serve(cloud, s, s.In("missing"), from(time.Minute, s.In("succeeded")))
				got := connect(t, cloud, providertest.Settings()).Apply(t.Context(), t, "gate_"+s.Name, arguments(s))
				var want []string
				if s.Shape != providertest.List {
					want = []string{s.Noun + " not found"}
				}
				testkit.Diff(t, "summaries", want, summaries(got.Diagnostics))
				testkit.Diff(t, "passed", want == nil, got.State != nil)
			})
		})
	}
}

func TestCreate_acceptsAMissingActionIfToldTo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := providertest.SourceNamed("dws_cluster_action")
		cloud := newCloud()
		cloud.Serve(fakecloud.ClusterPath(providertest.ProjectID, providertest.ClusterID), fakecloud.Response{Body: `{"cluster":{"id":"` + providertest.ClusterID + `","task_status":null}}`})
		got := connect(t, cloud, providertest.Settings()).Apply(t.Context(), t, "gate_"+s.Name, arguments(s).With(args{"on_missing": "succeeded"}))
		testkit.Diff(t, "diagnostics", []providertest.Diagnostic(nil), got.Diagnostics)
		testkit.Diff(t, "api_status", any(nil), got.State["api_status"])
		testkit.Diff(t, "items", any([]any{}), got.State["items"])
	})
}

// TestCreate_endsAtOnceIfItIsInterrupted, and the next apply waits again.
func TestCreate_endsAtOnceIfItIsInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := providertest.SourceNamed("dcs_job")
		cloud := newCloud()
		cloud.Serve(s.Path(), s.In("running"), from(time.Hour, s.In("succeeded")))
		gate := connect(t, cloud, providertest.Settings()).Resource("gate_dcs_job")
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(45*time.Second, cancel)
		begin := time.Now()
		got := gate.Apply(ctx, t, arguments(s))
		testkit.Diff(t, "duration", 45*time.Second, time.Since(begin))
		testkit.Diff(t, "summaries", []string{"Interrupted while reading DCS job"}, summaries(got.Diagnostics))
		testkit.Diff(t, "state", map[string]any(nil), got.State)

		got = gate.Apply(t.Context(), t, arguments(s).With(args{"timeouts": args{"create": "2h"}}))
		testkit.Diff(t, "diagnostics", []providertest.Diagnostic(nil), got.Diagnostics)
	})
}

// TestCreate_saysWhatAnErrorMeansForTheNextApply, and the data source mentions the gate.
func TestCreate_saysWhatAnErrorMeansForTheNextApply(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_job")
	cloud := newCloud()
	cloud.Serve(s.Path(), s.In("failed"))
	server := connect(t, cloud, providertest.Settings())
	for form, tc := range map[string]struct {
		diagnostics []providertest.Diagnostic
		want        string
	}{
		"gate":        {server.Apply(t.Context(), t, "gate_dcs_job", s.Args).Diagnostics, "Terraform stored nothing"},
		"data source": {server.Read(t, "dcs_job", s.Args.With(args{"wait_for": "success"})).Diagnostics, "hwtasks_gate_dcs_job"},
	} {
		if len(tc.diagnostics) != 1 || !strings.Contains(tc.diagnostics[0].Detail, tc.want) {
			t.Errorf("%s: %q is missing in %+v", form, tc.want, tc.diagnostics)
		}
	}
}
