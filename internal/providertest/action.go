// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Invocation is what an invoked action has told, and what is wrong.
type Invocation struct {
	Progress    []string
	Diagnostics []Diagnostic
}

// Actions are the types of all actions in alphabetical order.
func (s *Server) Actions() []string { return slices.Sorted(maps.Keys(s.schema.ActionSchemas)) }

// ActionSchema is the schema of an action.
func (s *Server) ActionSchema(name string) *tfprotov6.Schema {
	return s.schema.ActionSchemas[name].Schema
}

// DataSourceSchema is the schema of a data source.
func (s *Server) DataSourceSchema(name string) *tfprotov6.Schema {
	return s.schema.DataSourceSchemas[name]
}

// Invoke invokes an action, named without its prefix, after it has validated
// and planned it as Terraform does.
func (s *Server) Invoke(ctx context.Context, t *testing.T, action string, a Args) Invocation {
	t.Helper()
	name := "hwtasks_" + action
	config := encode(t, s.schema.ActionSchemas[name].Schema, a)
	valid, err := s.protocol.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: name, Config: config})
	if err != nil {
		t.Fatal(err)
	}
	if wrong := faults(valid.Diagnostics); wrong != nil {
		return Invocation{Diagnostics: wrong}
	}
	planned, err := s.protocol.PlanAction(ctx, &tfprotov6.PlanActionRequest{ActionType: name, Config: config})
	if err != nil {
		t.Fatal(err)
	}
	if wrong := faults(planned.Diagnostics); wrong != nil {
		return Invocation{Diagnostics: wrong}
	}
	stream, err := s.protocol.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: name, Config: config})
	if err != nil {
		t.Fatal(err)
	}
	var told Invocation
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			told.Progress = append(told.Progress, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			told.Diagnostics = faults(e.Diagnostics)
		}
	}
	return told
}
