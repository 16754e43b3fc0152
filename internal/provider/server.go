// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Server returns a constructor of the server for Terraform and OpenTofu.
func Server(constructor func() provider.Provider) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		framework := providerserver.NewProtocol6(constructor())()
		if full, ok := framework.(withActions); ok {
			return &server{full}
		}
		return framework
	}
}

// withActions is what this provider needs of the framework's server.
type withActions interface {
	tfprotov6.ProviderServer
	tfprotov6.ActionServer
}

// server is the framework's server with a workaround for OpenTofu, and without the
// framework's work on gates that do not change: half of what they cost a plan.
type server struct{ withActions }

// ReadResource implements tfprotov6.ResourceServer. Every resource of this provider
// is a gate, which stays as it is.
func (s *server) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity}, nil
}

// PlanResourceChange implements tfprotov6.ResourceServer. A configuration that asks
// for no change is planned without one.
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if prior, proposed := req.PriorState, req.ProposedNewState; prior != nil && proposed != nil && len(prior.MsgPack) > 0 && bytes.Equal(prior.MsgPack, proposed.MsgPack) {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: proposed, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity}, nil
	}
	return s.withActions.PlanResourceChange(ctx, req)
}

// null is null in MessagePack.
var null = []byte{0xc0}

// CallFunction implements tfprotov6.FunctionServer. OpenTofu sends a null argument
// as no value at all, which the framework rejects before it calls the function.
func (s *server) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	for i, argument := range req.Arguments {
		if argument == nil || len(argument.MsgPack) == 0 && len(argument.JSON) == 0 {
			req.Arguments[i] = &tfprotov6.DynamicValue{MsgPack: null}
		}
	}
	return s.withActions.CallFunction(ctx, req)
}
