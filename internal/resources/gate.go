// SPDX-License-Identifier: MPL-2.0

package resources

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
)

// gateResource is the gate of a source.
type gateResource struct {
	source datasources.Source
	client *client.Client
}

var (
	_ resource.ResourceWithConfigure      = (*gateResource)(nil)
	_ resource.ResourceWithValidateConfig = (*gateResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*gateResource)(nil)
)

// Metadata implements resource.Resource.
func (g *gateResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_gate_" + g.source.Name()
}

// Schema implements resource.Resource.
func (g *gateResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schemaOf(g.source)
}

// Configure implements resource.ResourceWithConfigure.
func (g *gateResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	var err error
	if g.client, err = datasources.ClientOf(req.ProviderData); err != nil {
		resp.Diagnostics.Append(diagnostics.Bug(err))
	}
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (g *gateResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	_, diags := g.validate(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
}

// validate returns the configuration as that of the data source.
func (g *gateResource) validate(ctx context.Context, config tfsdk.Config) (tfsdk.Config, diag.Diagnostics) {
	read, err := g.source.ConfigOf(ctx, config.Raw, "create")
	if err != nil {
		return read, diag.Diagnostics{diagnostics.Bug(err)}
	}
	diags := g.source.Validate(ctx, read, caller())
	diags.Append(g.checkTriggers(ctx, config)...)
	return read, diags
}

// checkTriggers requires triggers where nothing else distinguishes one operation
// from the next. The schema does not, since Terraform's own error would not say what
// to put there.
func (g *gateResource) checkTriggers(ctx context.Context, config tfsdk.Config) diag.Diagnostics {
	var triggers types.Map
	diags := config.GetAttribute(ctx, path.Root("triggers"), &triggers)
	if g.source.Reusable() && !triggers.IsUnknown() && len(triggers.Elements()) == 0 {
		diags.Append(diagnostics.MissingTriggers())
	}
	return diags
}

// ModifyPlan keeps every computed attribute when only settings change, nulls
// included: an attribute that a later version adds stays null in an old state.
// Terraform plans a replacement once more, without a prior state.
func (g *gateResource) ModifyPlan(_ context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}
	var state, plan, config map[string]tftypes.Value
	if err := errors.Join(req.State.Raw.As(&state), req.Plan.Raw.As(&plan), req.Config.Raw.As(&config)); err != nil {
		resp.Diagnostics.Append(diagnostics.Bug(err))
		return
	}
	for name, attribute := range req.Plan.Schema.GetAttributes() {
		if attribute.IsComputed() && config[name].IsNull() {
			plan[name] = state[name]
		}
	}
	resp.Plan.Raw = tftypes.NewValue(req.Plan.Raw.Type(), plan)
}

// Create waits until the task has succeeded. Only that writes a state: after an
// error nothing is tainted, and the next apply waits again without starting the
// operation again.
func (g *gateResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	config, diags := g.validate(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	read := tfsdk.State{Schema: config.Schema, Raw: tftypes.NewValue(config.Schema.Type().TerraformType(ctx), nil)}
	result, diags := g.source.Read(ctx, g.client, config, caller(), &read)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	state, err := passed(req.Plan.Raw, read.Raw, result, time.Now())
	if err != nil {
		resp.Diagnostics.Append(diagnostics.Bug(err))
		return
	}
	resp.State.Raw = state
}

// milliseconds is RFC 3339 with a fraction that distinguishes one passing from the next.
const milliseconds = "2006-01-02T15:04:05.000Z07:00"

// passed is the state of a gate that has passed: the planned arguments, and the
// task as it was read.
func passed(planned, read tftypes.Value, result gate.Result, at time.Time) (tftypes.Value, error) {
	var state, fields map[string]tftypes.Value
	if err := errors.Join(planned.As(&state), read.As(&fields)); err != nil {
		return tftypes.Value{}, err
	}
	var id string
	if err := fields["id"].As(&id); err != nil {
		return tftypes.Value{}, err
	}
	for name, value := range state {
		if field, ok := fields[name]; ok && !value.IsFullyKnown() {
			state[name] = field
		}
	}
	moment := at.UTC().Format(milliseconds)
	state["id"] = tftypes.NewValue(tftypes.String, id+"@"+moment)
	state["passed_at"] = tftypes.NewValue(tftypes.String, moment)
	state["api_status"] = tftypes.NewValue(tftypes.String, nil)
	if result.Status != "" {
		state["api_status"] = tftypes.NewValue(tftypes.String, result.Status)
	}
	return tftypes.NewValue(planned.Type(), state), nil
}

// Read implements resource.Resource. The state stays as it is, without a request.
func (g *gateResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

// Update takes the new settings, without a request.
func (g *gateResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	_, diags := g.validate(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if !resp.Diagnostics.HasError() {
		resp.State.Raw = req.Plan.Raw
	}
}

// Delete implements resource.Resource. There is nothing to delete.
func (g *gateResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

func caller() datasources.Caller {
	return datasources.Caller{Form: gate.Resource, Timeout: path.Root("timeouts").AtName("create")}
}
