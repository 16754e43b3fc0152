// SPDX-License-Identifier: MPL-2.0

// Package provider is the provider itself: its arguments, the client that it
// configures from them, the environment, and a profile, and the lists of what it
// offers. Configuring makes no network call and rejects malformed values only. A
// missing value is an error of the first read that needs it, since a provider
// block that nothing uses must not fail.
package provider

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/actions"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/functions"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/resources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// TypeName is the prefix of all data sources, without the underscore.
const TypeName = "hwtasks"

// hwtasks is the provider.
type hwtasks struct {
	version   string
	transport func(insecure bool) http.RoundTripper
	direct    func() http.RoundTripper
}

// New returns a constructor of the provider in the given version.
func New(version string) func() provider.Provider {
	return func() provider.Provider {
		return &hwtasks{
			version:   version,
			transport: func(insecure bool) http.RoundTripper { return transport.NewTransport(insecure) },
			direct:    func() http.RoundTripper { return transport.NewDirectTransport() },
		}
	}
}

// NewWithTransport is New with a transport that replaces the network, for tests
// that run the whole provider in one process.
func NewWithTransport(version string, network http.RoundTripper) func() provider.Provider {
	return func() provider.Provider {
		return &hwtasks{
			version:   version,
			transport: func(bool) http.RoundTripper { return network },
			direct:    func() http.RoundTripper { return network },
		}
	}
}

// Metadata implements provider.Provider.
func (p *hwtasks) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = TypeName
	resp.Version = p.version
}

// Schema implements provider.Provider. It has no validators: an error of one of
// them would keep Configure from reporting all errors at once.
func (p *hwtasks) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Gates an apply on the asynchronous tasks of Huawei Cloud's DWS, DCS, and CCE: reads them, waits until they finish, and fails with the reason that they return.",
		Attributes:          attributes(),
		Blocks:              blocks(),
	}
}

// Configure implements provider.Provider.
func (p *hwtasks) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var m providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	s := readSettings(m, os.LookupEnv)
	config := s.config(&transport.Network{
		Transport:  p.transport(s.insecure()),
		Direct:     p.direct(),
		UserAgent:  userAgent(p.version, req.TerraformVersion),
		MaxRetries: s.maxRetries(),
		Log: func(ctx context.Context, message string, fields map[string]any) {
			tflog.Warn(ctx, message, fields)
		},
		Debug: func(ctx context.Context, message string, fields map[string]any) {
			tflog.Debug(ctx, message, fields)
		},
	})
	resp.Diagnostics.Append(s.diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	c := client.New(config)
	resp.DataSourceData = c
	resp.ActionData = c
	resp.ResourceData = c
}

// DataSources implements provider.Provider.
func (p *hwtasks) DataSources(context.Context) []func() datasource.DataSource {
	return datasources.All()
}

// Functions implements provider.ProviderWithFunctions.
func (p *hwtasks) Functions(context.Context) []func() function.Function {
	return functions.All()
}

// Actions implements provider.ProviderWithActions.
func (p *hwtasks) Actions(context.Context) []func() action.Action { return actions.All() }

// Resources implements provider.Provider.
func (p *hwtasks) Resources(context.Context) []func() resource.Resource { return resources.All() }

// userAgent names the provider, Terraform, and what TF_APPEND_USER_AGENT adds.
func userAgent(version, terraform string) string {
	agent := fmt.Sprintf("terraform-provider-hwtasks/%s Terraform/%s", version, terraform)
	if more := strings.Join(strings.Fields(os.Getenv("TF_APPEND_USER_AGENT")), " "); more != "" { // a header has one line
		agent += " " + more
	}
	return agent
}
