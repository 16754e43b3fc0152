// SPDX-License-Identifier: MPL-2.0

package provider

import (
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

// server is the framework's server with a workaround for OpenTofu, which sends a
// null argument of a function as no value at all: the framework rejects that
// before it calls the function.
type server struct{ withActions }

// null is null in MessagePack.
var null = []byte{0xc0}

// CallFunction implements tfprotov6.FunctionServer.
func (s *server) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	for i, argument := range req.Arguments {
		if argument == nil || len(argument.MsgPack) == 0 && len(argument.JSON) == 0 {
			req.Arguments[i] = &tfprotov6.DynamicValue{MsgPack: null}
		}
	}
	return s.withActions.CallFunction(ctx, req)
}
