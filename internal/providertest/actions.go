// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Invocation is what an invoked action reported.
type Invocation struct {
	Progress    []string
	Diagnostics []Diagnostic
}

// Actions are the types of all actions, sorted.
func (s *Server) Actions() []string { return slices.Sorted(maps.Keys(s.schema.ActionSchemas)) }

// ActionSchema is the schema of an action.
func (s *Server) ActionSchema(name string) *tfprotov6.Schema {
	return s.schema.ActionSchemas[name].Schema
}

// Invoke invokes an action, and does not validate its configuration: Terraform
// validates an action only while its values are unknown, and not again when they
// are known. The name has no prefix: "await_dcs_job".
func (s *Server) Invoke(ctx context.Context, t *testing.T, action string, a Args) Invocation {
	t.Helper()
	name := "hwtasks_" + action
	stream, err := s.protocol.InvokeAction(s.within(ctx), &tfprotov6.InvokeActionRequest{
		ActionType: name, Config: encode(t, s.ActionSchema(name), a),
	})
	if err != nil {
		t.Fatal(err)
	}
	var got Invocation
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			got.Progress = append(got.Progress, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			got.Diagnostics = diagnosticsOf(e.Diagnostics)
		}
	}
	return got
}

// ValidateAction validates the configuration of an action, in which values may
// be unknown.
func (s *Server) ValidateAction(t *testing.T, action string, a Args) []Diagnostic {
	t.Helper()
	name := "hwtasks_" + action
	validated, err := s.protocol.ValidateActionConfig(s.within(t.Context()), &tfprotov6.ValidateActionConfigRequest{
		ActionType: name, Config: encode(t, s.ActionSchema(name), a),
	})
	if err != nil {
		t.Fatal(err)
	}
	return diagnosticsOf(validated.Diagnostics)
}
