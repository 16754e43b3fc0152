// SPDX-License-Identifier: MPL-2.0

// Command baseline is a minimal provider on terraform-plugin-framework: no
// arguments, one data source that returns a constant, and one resource that only
// keeps its argument. Every provider costs at least as much; "make bench" compares
// ours with it. It is not shipped.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	managed "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return minimal{} }, providerserver.ServeOpts{
		Address: "registry.terraform.io/hwtasks/baseline",
	})
	if err != nil {
		log.Fatal(err)
	}
}

// minimal is the provider.
type minimal struct{}

// Metadata implements provider.Provider.
func (minimal) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "baseline"
}

// Schema implements provider.Provider.
func (minimal) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

// Configure implements provider.Provider.
func (minimal) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

// DataSources implements provider.Provider.
func (minimal) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return constant{} }}
}

// Resources implements provider.Provider.
func (minimal) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return kept{} }}
}

// constant is the data source.
type constant struct{}

// Metadata implements datasource.DataSource.
func (constant) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "baseline_constant"
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

// kept is the resource.
type kept struct{}

// Metadata implements resource.Resource.
func (kept) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "baseline_kept"
}

// Schema implements resource.Resource.
func (kept) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = managed.Schema{Attributes: map[string]managed.Attribute{"value": managed.StringAttribute{Required: true}}}
}

// Create implements resource.Resource.
func (kept) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
}

// Read implements resource.Resource.
func (kept) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

// Update implements resource.Resource.
func (kept) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

// Delete implements resource.Resource.
func (kept) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
