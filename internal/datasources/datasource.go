// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
)

// dataSource is the data source of a source.
type dataSource struct {
	Source
	client *client.Client
}

var (
	_ datasource.DataSourceWithConfigure      = (*dataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*dataSource)(nil)
)

// Metadata implements datasource.DataSource.
func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

// Schema implements datasource.DataSource.
func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.Source.Schema()
}

// Configure implements datasource.DataSourceWithConfigure.
func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	var err error
	if d.client, err = ClientOf(req.ProviderData); err != nil {
		resp.Diagnostics.Append(diagnostics.Bug(err))
	}
}

// ClientOf returns the client that the provider has configured, nil before that:
// Terraform validates before it configures.
func ClientOf(providerData any) (*client.Client, error) {
	if providerData == nil {
		return nil, nil //nolint:nilnil // no client yet is a valid state
	}
	c, ok := providerData.(*client.Client)
	if !ok {
		return nil, fmt.Errorf("the provider configured a %T instead of a client", providerData)
	}
	return c, nil
}

// ValidateConfig implements datasource.DataSourceWithValidateConfig.
func (d *dataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	resp.Diagnostics.Append(d.Validate(ctx, req.Config, dataSourceCaller())...)
}

// Read implements datasource.DataSource.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	_, diags := d.Source.Read(ctx, d.client, req.Config, dataSourceCaller(), &resp.State)
	resp.Diagnostics.Append(diags...)
}

func dataSourceCaller() Caller {
	return Caller{Form: gate.DataSource, Timeout: path.Root("timeouts").AtName("read")}
}
