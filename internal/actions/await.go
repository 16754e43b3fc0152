// SPDX-License-Identifier: MPL-2.0

package actions

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
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
	var err error
	if a.client, err = datasources.ClientOf(req.ProviderData); err != nil {
		resp.Diagnostics.Append(diagnostics.Bug(err))
	}
}

// ValidateConfig implements action.ActionWithValidateConfig.
func (a *await) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	config, err := a.source.ConfigOf(ctx, req.Config.Raw, "invoke")
	if err != nil {
		resp.Diagnostics.Append(diagnostics.Bug(err))
		return
	}
	resp.Diagnostics.Append(a.source.Validate(ctx, config, actionCaller(nil))...)
}

// Invoke implements action.Action.
func (a *await) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	config, err := a.source.ConfigOf(ctx, req.Config.Raw, "invoke")
	if err != nil {
		resp.Diagnostics.Append(diagnostics.Bug(err))
		return
	}
	report := func(line string) { resp.SendProgress(action.InvokeProgressEvent{Message: line}) }
	_, diags := a.source.Read(ctx, a.client, config, actionCaller(report), nil)
	resp.Diagnostics.Append(diags...)
}

func actionCaller(report func(line string)) datasources.Caller {
	return datasources.Caller{Form: gate.Action, Timeout: path.Root("timeouts").AtName("invoke"), Report: report}
}
