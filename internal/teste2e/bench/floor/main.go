// SPDX-License-Identifier: MPL-2.0

// Command floor is the least that a provider on terraform-plugin-framework can
// be: no argument, and one data source that returns a constant. What it costs,
// every provider costs; "make bench" compares ours with it. It is not shipped.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return floor{} }, providerserver.ServeOpts{
		Address: "registry.terraform.io/hwtasks/floor",
	})
	if err != nil {
		log.Fatal(err)
	}
}

// floor is the provider.
type floor struct{}

// Metadata implements provider.Provider.
func (floor) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "floor"
}

// Schema implements provider.Provider.
func (floor) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

// Configure implements provider.Provider.
func (floor) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

// DataSources implements provider.Provider.
func (floor) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return constant{} }}
}

// Resources implements provider.Provider.
func (floor) Resources(context.Context) []func() resource.Resource { return nil }

// constant is the data source.
type constant struct{}

// Metadata implements datasource.DataSource.
func (constant) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "floor_constant"
}

// Schema implements datasource.DataSource.
func (constant) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{"value": schema.StringAttribute{Computed: true}}}
}

// Read implements datasource.DataSource.
func (constant) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	resp.Diagnostics.Append(resp.State.Set(ctx, &struct {
		Value types.String `tfsdk:"value"`
	}{types.StringValue("constant")})...)
}
