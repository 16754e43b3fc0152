// SPDX-License-Identifier: MPL-2.0

package actions

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
)

// await is the action of a source.
type await struct {
	source datasources.Source
	client *client.Client
}

var (
	_ action.ActionWithConfigure      = (*await)(nil)
	_ action.ActionWithValidateConfig = (*await)(nil)
)

// Metadata implements action.Action.
func (a *await) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_await_" + a.source.Name()
}

// Schema implements action.Action.
func (a *await) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schemaOf(a.source)
}

// Configure implements action.ActionWithConfigure.
func (a *await) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	if req.ProviderData == nil { // Terraform validates before it configures the provider
		return
	}
	c, ok := req.ProviderData.(*client.Client)
	if !ok {
		resp.Diagnostics.AddError("Faulty provider", fmt.Sprintf("An action was configured with a %T. This is a defect of the provider; please report it.", req.ProviderData))
		return
	}
	a.client = c
}

// ValidateConfig implements action.ActionWithValidateConfig.
func (a *await) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	config, err := asRead(ctx, a.source, req.Config)
	if err != nil {
		resp.Diagnostics.Append(faulty(err))
		return
	}
	resp.Diagnostics.Append(a.source.Validate(ctx, config, invoking(nil))...)
}

// Invoke implements action.Action.
func (a *await) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	config, err := asRead(ctx, a.source, req.Config)
	if err != nil {
		resp.Diagnostics.Append(faulty(err))
		return
	}
	tell := func(line string) { resp.SendProgress(action.InvokeProgressEvent{Message: line}) }
	_, diags := a.source.Await(ctx, a.client, config, invoking(tell))
	resp.Diagnostics.Append(diags...)
}

// invoking is how an action uses its source.
func invoking(tell func(line string)) datasources.Caller {
	return datasources.Caller{Limit: path.Root("timeouts").AtName("invoke"), WaitFor: path.Root("uid"), Progress: tell, Invoked: true}
}
