// SPDX-License-Identifier: MPL-2.0

// Package providertest is the test bench of the provider: what the tests of its
// data sources and actions, the error matrix, and the live checks share.
//
//   - A Server runs the provider in the process of the test and speaks to it as
//     Terraform does: for tables with many rows, for virtual time, and for
//     actions, which only a recent Terraform knows. One file per form of a
//     source: data_sources.go, actions.go.
//   - Sources is the one table of sources. A new source needs one row there.
//
// The package imports no shipped package, so that the tests of each of them may
// import it. Package terraformtest runs the provider under Terraform itself;
// package testkit isolates and compares.
package providertest

import (
	"context"
	"reflect"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Server is a provider that runs in this process.
type Server struct {
	protocol protocol
	schema   *tfprotov6.GetProviderSchemaResponse
	within   func(context.Context) context.Context
}

// protocol is what the framework's server implements. The newer parts of the
// protocol are interfaces of their own, so that older servers still compile.
type protocol interface {
	tfprotov6.ProviderServer
	tfprotov6.ActionServer
}

// Connect configures a provider. It returns the diagnostics about the
// provider's arguments, nil if there are none.
func Connect(t *testing.T, constructor func() provider.Provider, settings Args) (*Server, []Diagnostic) {
	t.Helper()
	return ConnectWithin(t, func(ctx context.Context) context.Context { return ctx }, constructor, settings)
}

// ConnectWithin is Connect with a function that prepares the context of each
// call, for example with a logger.
func ConnectWithin(t *testing.T, within func(context.Context) context.Context, constructor func() provider.Provider, settings Args) (*Server, []Diagnostic) {
	t.Helper()
	p := constructor()
	server, ok := providerserver.NewProtocol6(p)().(protocol)
	if !ok {
		t.Fatal("the framework's server does not implement actions")
	}
	s := &Server{protocol: server, within: within}
	s.schema = s.schemaOf(t, p)
	resp, err := s.protocol.ConfigureProvider(s.within(t.Context()), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0", Config: encode(t, s.schema.Provider, settings),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, diagnosticsOf(resp.Diagnostics)
}

// schemas has the schema of each type of provider. It takes longer to build than
// most reads, and it is the same for all providers of a type.
var schemas sync.Map

func (s *Server) schemaOf(t *testing.T, p provider.Provider) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	if known, ok := schemas.Load(reflect.TypeOf(p)); ok {
		schema, _ := known.(*tfprotov6.GetProviderSchemaResponse)
		return schema
	}
	schema, err := s.protocol.GetProviderSchema(s.within(t.Context()), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	schemas.Store(reflect.TypeOf(p), schema)
	return schema
}

// MustConnect is Connect for settings that are right.
func MustConnect(t *testing.T, constructor func() provider.Provider, settings Args) *Server {
	t.Helper()
	s, diagnostics := Connect(t, constructor, settings)
	if diagnostics != nil {
		t.Fatalf("the provider is not configured: %+v", diagnostics)
	}
	return s
}
