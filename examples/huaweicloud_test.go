// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// huaweicloud is a stub of the official provider. It has the resources and arguments
// that the examples use, with the names and types of version 1.97.1.
type huaweicloud struct{}

func newHuaweicloud() provider.Provider { return huaweicloud{} }

func (huaweicloud) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "huaweicloud"
}

func (huaweicloud) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema.Attributes = map[string]providerschema.Attribute{"region": providerschema.StringAttribute{Optional: true}}
}

func (huaweicloud) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (huaweicloud) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (huaweicloud) Resources(context.Context) []func() resource.Resource {
	text := schema.StringAttribute{Required: true}
	number := schema.NumberAttribute{Required: true}
	texts := schema.ListAttribute{Required: true, ElementType: types.StringType}
	var all []func() resource.Resource
	for name, resourceSchema := range map[string]schema.Schema{
		"dcs_master_standby_switch": {Attributes: map[string]schema.Attribute{"instance_id": text}},
		"dcs_instance": {
			Attributes: map[string]schema.Attribute{
				"name": text, "engine": text, "engine_version": schema.StringAttribute{Optional: true}, "capacity": number, "flavor": text,
				"availability_zones": texts, "vpc_id": text, "subnet_id": text,
			},
			Blocks: map[string]schema.Block{"whitelists": nested(map[string]schema.Attribute{"group_name": text, "ip_address": texts}, nil)},
		},
		"dcs_account": {Attributes: map[string]schema.Attribute{
			"instance_id": text, "account_name": text, "account_role": text,
			"account_password": schema.StringAttribute{Required: true, Sensitive: true},
		}},
		"dws_snapshot_copy": {Attributes: map[string]schema.Attribute{"snapshot_id": text, "name": text}},
		"dws_snapshot":      {Attributes: map[string]schema.Attribute{"cluster_id": text, "name": text}},
		"dws_cluster": {Attributes: map[string]schema.Attribute{
			"name": text, "version": text, "node_type": text, "number_of_node": number, "number_of_cn": number, "availability_zone": text,
			"vpc_id": text, "network_id": text, "security_group_id": text, "user_name": text,
			"user_pwd": schema.StringAttribute{Required: true, Sensitive: true},
		}},
		"cce_cluster_certificate_rotatecredentials": {Attributes: map[string]schema.Attribute{"cluster_id": text, "component": text}},
		"cce_cluster_upgrade":                       clusterUpgrade(),
		"cce_autopilot_cluster_upgrade":             clusterUpgrade(),
		"cce_release": {Attributes: map[string]schema.Attribute{
			"cluster_id": text, "chart_id": text, "name": text, "namespace": text, "version": text, "values_json": text,
		}},
	} {
		resourceSchema.Attributes["id"] = schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}}
		all = append(all, func() resource.Resource { return stub{name, resourceSchema} })
	}
	return all
}

func clusterUpgrade() schema.Schema {
	text := schema.StringAttribute{Required: true}
	return schema.Schema{
		Attributes: map[string]schema.Attribute{"cluster_id": text, "target_version": text},
		Blocks: map[string]schema.Block{"strategy": nested(map[string]schema.Attribute{"type": text}, map[string]schema.Block{
			"in_place_rolling_update": nested(map[string]schema.Attribute{"user_defined_step": schema.NumberAttribute{Optional: true}}, nil),
		})},
	}
}

func nested(attributes map[string]schema.Attribute, blocks map[string]schema.Block) schema.Block {
	return schema.ListNestedBlock{NestedObject: schema.NestedBlockObject{Attributes: attributes, Blocks: blocks}}
}

// stub is a resource that exists only in the state.
type stub struct {
	name   string
	schema schema.Schema
}

func (s stub) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + s.name
}

func (s stub) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = s.schema
}

func (s stub) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), s.name)...)
}

func (stub) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (stub) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (stub) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
