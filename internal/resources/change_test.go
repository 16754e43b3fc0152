// SPDX-License-Identifier: MPL-2.0

package resources_test

import (
	"maps"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// inPlace are the arguments that say how to wait. All others say for what.
var inPlace = []string{"poll_interval", "status_map", "on_missing", "timeouts", "language"}

// another is a valid value of an argument that no test has set it to.
func another(a *tfprotov6.SchemaAttribute) any {
	switch a.Name {
	case "action_name":
		return "GROWING"
	case "start_time", "end_time", "created_after":
		return "2000-01-02T00:00:00Z"
	case "on_missing":
		return "pending"
	case "poll_interval":
		return "20s"
	case "language":
		return "zh_cn"
	case "status_map":
		return args{"FROZEN": "running"}
	case "timeouts":
		return args{"create": "3m"}
	case "triggers":
		return args{"operation": "2"}
	}
	if a.Type.Is(tftypes.Bool) {
		return true
	}
	return "another"
}

// TestPlan_replacesOnlyForAnotherTask ranges over all arguments of all gates: a
// change of what names the task replaces the gate; a change of how to wait is
// stored without a request, and leaves everything else as it was.
func TestPlan_replacesOnlyForAnotherTask(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		cloud := newCloud()
		synctest.Test(t, func(t *testing.T) {
			passed, requests := gate(t, cloud, s, arguments(s))
			server := unconfigured(t, cloud)
			for _, a := range server.ResourceSchema("hwtasks_gate_" + s.Name).Block.Attributes {
				if !a.Required && !a.Optional {
					continue
				}
				gate := passed.On(server)
				before := gate.Stored()
				changed := arguments(s).With(args{a.Name: another(a)})
				plan := gate.Plan(t.Context(), t, changed)
				testkit.Diff(t, s.Name+"."+a.Name+": diagnostics", []providertest.Diagnostic(nil), plan.Diagnostics)
				if !slices.Contains(inPlace, a.Name) {
					testkit.Diff(t, s.Name+"."+a.Name, []any{"replace", []string{a.Name}}, []any{plan.Action, plan.Replaces})
					continue
				}
				testkit.Diff(t, s.Name+"."+a.Name, []any{"update", []string(nil)}, []any{plan.Action, plan.Replaces})
				got := gate.ApplyPlan(t.Context(), t, plan, changed)
				delete(before, a.Name)
				maps.DeleteFunc(got.State, func(name string, _ any) bool { return name == a.Name })
				testkit.Diff(t, s.Name+"."+a.Name+": gate", providertest.ReadResult{State: before}, got)
				testkit.Diff(t, s.Name+"."+a.Name+": next plan", "none", gate.Plan(t.Context(), t, changed).Action)
			}
			testkit.Diff(t, s.Name+": requests", requests, len(cloud.Requests()))
		})
	}
}

// TestPlan_takesAnEmptyRegionForNone: it must neither change a gate nor differ
// from the plan after an apply.
func TestPlan_takesAnEmptyRegionForNone(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_job")
	empty := s.Args.With(args{"region": "", "project_id": ""})
	own := s.Args.With(args{"region": providertest.Region, "project_id": providertest.ProjectID})
	for _, tc := range []struct {
		name          string
		before, after args
		want          string
	}{
		{"empty, then unset", empty, s.Args, "none"},
		{"unset, then empty", s.Args, empty, "none"},
		{"unset, then that of the provider", s.Args, own, "none"},
		{"that of the provider, then empty", own, empty, "none"},
		{"empty, with another setting", s.Args, empty.With(args{"poll_interval": "3s"}), "update"},
		{"unset, with another setting", s.Args, s.Args.With(args{"poll_interval": "3s"}), "update"},
		{"another region", s.Args, own.With(args{"region": "cn-east-3"}), "replace"},
	} {
		gate, _ := gate(t, newCloud(), s, tc.before)
		plan := gate.Plan(t.Context(), t, tc.after)
		testkit.Diff(t, tc.name, tc.want, plan.Action)
		gate.ApplyPlan(t.Context(), t, plan, tc.after)
		testkit.Diff(t, tc.name+": next plan", "none", gate.Plan(t.Context(), t, tc.after).Action)
	}
}

// TestPlan_replacesForAnUnknownRegion, since it may turn out to be another one.
func TestPlan_replacesForAnUnknownRegion(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_job")
	gate, _ := gate(t, newCloud(), s, arguments(s))
	for _, name := range []string{"region", "project_id"} {
		plan := gate.Plan(t.Context(), t, arguments(s).With(args{name: tftypes.UnknownValue}))
		testkit.Diff(t, name, []any{"replace", []string{name}}, []any{plan.Action, plan.Replaces})
	}
}

// TestApply_replacesAGate, also one that is to be replaced although nothing has
// changed, and leaves none if the next task fails.
func TestApply_replacesAGate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := providertest.SourceNamed("dws_cluster_action")
		cloud := newCloud()
		gate, requests := gate(t, cloud, s, arguments(s))
		first := gate.Stored()["id"]
		got := gate.ApplyPlan(t.Context(), t, gate.PlanReplacement(t.Context(), t, arguments(s)), arguments(s))
		testkit.Diff(t, "diagnostics", []providertest.Diagnostic(nil), got.Diagnostics)
		testkit.Diff(t, "polled again", true, len(cloud.Requests()) > requests)
		if got.State["id"] == nil || got.State["id"] == first {
			t.Errorf("the ID is %v, after %v", got.State["id"], first)
		}

		cloud.Serve(s.Path(), s.In("failed"))
		next := arguments(s).With(args{"triggers": args{"operation": "2"}})
		got = gate.Apply(t.Context(), t, next)
		testkit.Diff(t, "summaries", []string{s.Noun + " failed"}, summaries(got.Diagnostics))
		testkit.Diff(t, "state", map[string]any(nil), got.State)
		testkit.Diff(t, "next plan", "create", gate.Plan(t.Context(), t, next).Action)
	})
}

// TestUpdate_rejectsAnInvalidSetting that becomes known during the apply, and
// keeps the gate as it was.
func TestUpdate_rejectsAnInvalidSetting(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_job")
	gate, _ := gate(t, newCloud(), s, arguments(s))
	before := gate.Stored()
	plan := gate.Plan(t.Context(), t, arguments(s).With(args{"on_missing": tftypes.UnknownValue}))
	testkit.Diff(t, "plan", "update", plan.Action)
	got := gate.ApplyWithoutValidation(t.Context(), t, plan, arguments(s).With(args{"on_missing": "ok"}))
	testkit.Diff(t, "summaries", []string{"Invalid value for on_missing"}, summaries(got.Diagnostics))
	testkit.Diff(t, "gate", before, got.State)
}
