// SPDX-License-Identifier: MPL-2.0

package resources_test

import (
	"maps"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// TestGate_needsNothingOnceItHasPassed: no record, no request, no credentials,
// and no region.
func TestGate_needsNothingOnceItHasPassed(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		synctest.Test(t, func(t *testing.T) {
			cloud := newCloud()
			passed, requests := gate(t, cloud, s, arguments(s))
			cloud.Serve(s.Path(), s.In("missing"))
			gate := passed.On(unconfigured(t, cloud))
			before := gate.Stored()
			plan := gate.Plan(t.Context(), t, arguments(s))
			testkit.Diff(t, s.Name+": plan", "none", plan.Action)
			testkit.Diff(t, s.Name+": gate", providertest.ReadResult{State: before}, gate.ApplyPlan(t.Context(), t, plan, arguments(s)))
			testkit.Diff(t, s.Name+": destroy", []providertest.Diagnostic(nil), gate.Destroy(t.Context(), t))
			testkit.Diff(t, s.Name+": state", map[string]any(nil), gate.Stored())
			testkit.Diff(t, s.Name+": requests", requests, len(cloud.Requests()))
		})
	}
}

// TestGate_keepsTheStateOfAnotherVersion, one that has written fewer attributes
// and one more: they stay null, whatever else changes.
func TestGate_keepsTheStateOfAnotherVersion(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		synctest.Test(t, func(t *testing.T) {
			cloud := newCloud()
			passed, requests := gate(t, cloud, s, arguments(s))
			server := unconfigured(t, cloud)
			schema := server.ResourceSchema("hwtasks_gate_" + s.Name)
			testkit.Diff(t, s.Name+": schema version", int64(1), schema.Version)
			old := passed.Stored()
			for _, a := range schema.Block.Attributes {
				if a.Computed {
					delete(old, a.Name)
				}
			}
			old["id"], old["former"] = "x", "y"
			gate := passed.On(server)
			gate.Store(old)
			testkit.Diff(t, s.Name+": plan", "none", gate.Plan(t.Context(), t, arguments(s)).Action)

			changed := arguments(s).With(args{"poll_interval": "20s"})
			plan := gate.Plan(t.Context(), t, changed)
			testkit.Diff(t, s.Name+": plan of a setting", "update", plan.Action)
			want := maps.Clone(old)
			delete(want, "former")
			want["poll_interval"] = "20s"
			got := gate.ApplyPlan(t.Context(), t, plan, changed)
			maps.DeleteFunc(got.State, func(name string, value any) bool { _, ok := want[name]; return !ok && value == nil })
			testkit.Diff(t, s.Name+": gate", providertest.ReadResult{State: want}, got)
			testkit.Diff(t, s.Name+": requests", requests, len(cloud.Requests()))
		})
	}
}

// TestGate_cannotBeImported: a state without a passage would be an open gate.
func TestGate_cannotBeImported(t *testing.T) {
	t.Parallel()
	server := unconfigured(t, newCloud())
	for _, name := range server.Resources() {
		testkit.Diff(t, name, []string{"Resource Import Not Implemented"}, summaries(server.Import(t, name, "x")))
	}
}
