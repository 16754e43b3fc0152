// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Resource is a resource of a configuration, and what Terraform stores of it. It
// can be used for several runs, each with a Server of its own.
type Resource struct {
	server  *Server
	name    string
	stored  map[string]any // as in JSON, nil for none
	private []byte
}

// Plan is what Terraform would do with a resource.
type Plan struct {
	Action      string   // create, update, replace, delete, or none
	Replaces    []string // the attributes whose changes make it a replacement
	Diagnostics []Diagnostic

	prior, planned tftypes.Value
	private        []byte
}

// Resources are the types of all resources, sorted.
func (s *Server) Resources() []string { return slices.Sorted(maps.Keys(s.schema.ResourceSchemas)) }

// ResourceSchema is the schema of a resource.
func (s *Server) ResourceSchema(name string) *tfprotov6.Schema { return s.schema.ResourceSchemas[name] }

// Resource is a resource without a state. The name has no prefix: "gate_dcs_job".
func (s *Server) Resource(name string) *Resource {
	return &Resource{server: s, name: "hwtasks_" + name}
}

// Apply creates a resource. It returns the state that Terraform would store, nil
// if there is none, or diagnostics; both if the resource would be tainted.
func (s *Server) Apply(ctx context.Context, t *testing.T, name string, a Args) ReadResult {
	t.Helper()
	return s.Resource(name).Apply(ctx, t, a)
}

// On continues with another provider, for example one without credentials.
func (r *Resource) On(s *Server) *Resource {
	return &Resource{server: s, name: r.name, stored: r.stored, private: r.private}
}

// Store replaces the stored state, nil for none.
func (r *Resource) Store(state map[string]any) { r.stored = state }

// Stored is a copy of the stored state, nil if there is none.
func (r *Resource) Stored() map[string]any { return maps.Clone(r.stored) }

// Apply refreshes, plans, and applies, like Terraform without a saved plan.
func (r *Resource) Apply(ctx context.Context, t *testing.T, a Args) ReadResult {
	t.Helper()
	return r.ApplyPlan(ctx, t, r.Plan(ctx, t, a), a)
}

// Plan validates the configuration, in which values may be unknown, refreshes the
// state, and plans.
func (r *Resource) Plan(ctx context.Context, t *testing.T, a Args) Plan {
	t.Helper()
	return r.planFrom(ctx, t, r.refresh(ctx, t), a, false)
}

// PlanReplacement is Plan with the option -replace.
func (r *Resource) PlanReplacement(ctx context.Context, t *testing.T, a Args) Plan {
	t.Helper()
	return r.planFrom(ctx, t, r.refresh(ctx, t), a, true)
}

// ApplyPlan applies a plan with the arguments as they are known by then. Terraform
// plans again with them, and rejects a result that differs from the plan. A
// replacement deletes first.
func (r *Resource) ApplyPlan(ctx context.Context, t *testing.T, p Plan, a Args) ReadResult {
	t.Helper()
	if p.Diagnostics != nil {
		return ReadResult{State: r.Stored(), Diagnostics: p.Diagnostics}
	}
	prior := p.prior
	if p.Action == "replace" {
		if diagnostics := r.delete(ctx, t, prior); diagnostics != nil {
			return ReadResult{State: r.Stored(), Diagnostics: diagnostics}
		}
		prior = r.null()
	}
	final := r.planFrom(ctx, t, prior, a, false)
	if final.Diagnostics != nil {
		return ReadResult{State: r.Stored(), Diagnostics: final.Diagnostics}
	}
	conform(t, "the final plan", p.planned, final.planned)
	if final.Action == "none" {
		return ReadResult{State: r.Stored()}
	}
	return r.change(ctx, t, final, a)
}

// ApplyWithoutValidation is ApplyPlan of anything but a replacement by a Terraform that does not
// validate and plan again once the arguments are known.
func (r *Resource) ApplyWithoutValidation(ctx context.Context, t *testing.T, p Plan, a Args) ReadResult {
	t.Helper()
	return r.change(ctx, t, p, a)
}

// Import returns the diagnostics of an import.
func (s *Server) Import(t *testing.T, name, id string) []Diagnostic {
	t.Helper()
	resp, err := s.protocol.ImportResourceState(s.within(t.Context()), &tfprotov6.ImportResourceStateRequest{TypeName: name, ID: id})
	if err != nil {
		t.Fatal(err)
	}
	return diagnosticsOf(resp.Diagnostics)
}

// Destroy plans and applies the deletion.
func (r *Resource) Destroy(ctx context.Context, t *testing.T) []Diagnostic {
	t.Helper()
	return r.delete(ctx, t, r.refresh(ctx, t))
}

// planFrom plans a change of prior. Like Terraform it plans a replacement a second
// time, as a creation.
func (r *Resource) planFrom(ctx context.Context, t *testing.T, prior tftypes.Value, a Args, force bool) Plan {
	t.Helper()
	config := encode(t, r.schema(), a)
	validated, err := r.server.protocol.ValidateResourceConfig(r.server.within(ctx), &tfprotov6.ValidateResourceConfigRequest{TypeName: r.name, Config: config})
	if err != nil {
		t.Fatal(err)
	}
	if diagnostics := diagnosticsOf(validated.Diagnostics); diagnostics != nil {
		return Plan{Diagnostics: diagnostics}
	}
	given := Typed(r.schema().ValueType(), a)
	resp, err := r.server.protocol.PlanResourceChange(r.server.within(ctx), &tfprotov6.PlanResourceChangeRequest{
		TypeName: r.name, PriorState: r.dynamic(t, prior), Config: config, PriorPrivate: r.private,
		ProposedNewState: r.dynamic(t, r.proposed(t, prior, given)),
	})
	if err != nil {
		t.Fatal(err)
	}
	p := Plan{prior: prior, planned: r.value(t, resp.PlannedState), private: resp.PlannedPrivate, Diagnostics: diagnosticsOf(resp.Diagnostics)}
	if p.Diagnostics != nil {
		return p
	}
	r.assertValid(t, prior, given, p.planned)
	for _, path := range resp.RequiresReplace {
		p.Replaces = append(p.Replaces, atOf(path))
	}
	switch {
	case prior.IsNull():
		p.Action = "create"
	case p.Replaces != nil || force:
		creation := r.planFrom(ctx, t, r.null(), a, false)
		creation.prior, creation.Action, creation.Replaces = prior, "replace", p.Replaces
		return creation
	case p.planned.Equal(prior):
		p.Action = "none"
	default:
		p.Action = "update"
	}
	return p
}

// change applies a plan and stores the new state.
func (r *Resource) change(ctx context.Context, t *testing.T, p Plan, a Args) ReadResult {
	t.Helper()
	resp, err := r.server.protocol.ApplyResourceChange(r.server.within(ctx), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: r.name, PriorState: r.dynamic(t, p.prior), PlannedState: r.dynamic(t, p.planned), PlannedPrivate: p.private,
		Config: encode(t, r.schema(), a),
	})
	if err != nil {
		t.Fatal(err)
	}
	diagnostics := diagnosticsOf(resp.Diagnostics)
	state := r.value(t, resp.NewState)
	if diagnostics == nil {
		conform(t, "the state", p.planned, state)
		if !state.IsFullyKnown() {
			t.Errorf("the state is not wholly known: %s", state)
		}
	}
	r.stored, _ = untyped(state).(map[string]any) // nil if there is none
	r.private = resp.Private
	return ReadResult{State: r.Stored(), Diagnostics: diagnostics}
}

// delete plans and applies the deletion of prior.
func (r *Resource) delete(ctx context.Context, t *testing.T, prior tftypes.Value) []Diagnostic {
	t.Helper()
	null := r.dynamic(t, r.null())
	planned, err := r.server.protocol.PlanResourceChange(r.server.within(ctx), &tfprotov6.PlanResourceChangeRequest{
		TypeName: r.name, PriorState: r.dynamic(t, prior), ProposedNewState: null, Config: null, PriorPrivate: r.private,
	})
	if err != nil {
		t.Fatal(err)
	}
	if diagnostics := diagnosticsOf(planned.Diagnostics); diagnostics != nil {
		return diagnostics
	}
	return r.change(ctx, t, Plan{prior: prior, planned: r.null(), private: planned.PlannedPrivate}, nil).Diagnostics
}

// refresh upgrades and reads the stored state.
func (r *Resource) refresh(ctx context.Context, t *testing.T) tftypes.Value {
	t.Helper()
	if r.stored == nil {
		return r.null()
	}
	stored, err := json.Marshal(r.stored)
	if err != nil {
		t.Fatal(err)
	}
	upgraded, err := r.server.protocol.UpgradeResourceState(r.server.within(ctx), &tfprotov6.UpgradeResourceStateRequest{
		TypeName: r.name, Version: r.schema().Version, RawState: &tfprotov6.RawState{JSON: stored},
	})
	if err != nil {
		t.Fatal(err)
	}
	read, err := r.server.protocol.ReadResource(r.server.within(ctx), &tfprotov6.ReadResourceRequest{
		TypeName: r.name, CurrentState: upgraded.UpgradedState, Private: r.private,
	})
	if err != nil {
		t.Fatal(err)
	}
	if diagnostics := diagnosticsOf(append(upgraded.Diagnostics, read.Diagnostics...)); diagnostics != nil {
		t.Fatalf("the state cannot be read: %+v", diagnostics)
	}
	return r.value(t, read.NewState)
}
