// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// source is one data source: what distinguishes it from the others.
type source struct {
	name        string         // "dcs_job": its type without the provider's prefix
	noun        string         // "DCS job": in sentences
	description string         // Markdown, whole sentences
	list        bool           // it tells of several tasks and can be waited for until all are idle
	service     client.Service // that it is read through
	words       task.Words
	attributes  map[string]schema.Attribute // its own, beside the shared ones
	model       func() model                // a fresh one
}

// model holds the arguments and the fields of one read. Its type embeds shared
// and verdict, and bears the tfsdk tag of every attribute.
type model interface {
	arguments() *shared
	outcome() *verdict

	// subject names the task by the arguments.
	subject() subject
	// look reads the task once and sets every field that the API sends: an
	// answer that is not there sets them to null and empty.
	look(context.Context, client.Project, task.Words) (task.Observation, error)
}

// subject is how the user would call a task.
type subject struct {
	id   string // of the data source, unless the API has one of its own
	name string // "DCS job ff80…"
	open bool   // a list that is not asked for one thing
}

// validated is a model whose arguments depend on one another. Unknown values
// are passed over: they are checked again when they are known.
type validated interface {
	validate() diag.Diagnostics
}

// traceable is a model whose task may be listed elsewhere when it is missing.
type traceable interface {
	failureRecord(context.Context, client.Project, task.Words) (task.Observation, error)
	stillBusy(context.Context, client.Project) (task.Observation, error)
}

// idling is a model of a list.
type idling interface{ setIdle(types.Bool) }

// dataSource is the engine that all sources run on.
type dataSource struct {
	source
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
	attributes := sharedAttributes(d.source)
	maps.Copy(attributes, verdictAttributes(d.source))
	maps.Copy(attributes, d.attributes)
	resp.Schema = schema.Schema{MarkdownDescription: d.description, Attributes: attributes}
}

// Configure implements datasource.DataSourceWithConfigure.
func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if req.ProviderData == nil { // Terraform validates before it configures the provider
		return
	}
	c, ok := req.ProviderData.(*client.Client)
	if !ok {
		resp.Diagnostics.AddError("Faulty provider", fmt.Sprintf("A data source was configured with a %T. This is a defect of the provider; please report it.", req.ProviderData))
		return
	}
	d.client = c
}

// ValidateConfig implements datasource.DataSourceWithValidateConfig.
func (d *dataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	m := d.model()
	resp.Diagnostics.Append(req.Config.Get(ctx, m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	_, diags := m.arguments().terms()
	resp.Diagnostics.Append(diags...)
	if v, ok := m.(validated); ok {
		resp.Diagnostics.Append(v.validate()...)
	}
}

// Read implements datasource.DataSource.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	m := d.model()
	resp.Diagnostics.Append(req.Config.Get(ctx, m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	terms, diags := m.arguments().terms()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	v, diags := gate.Pass(ctx, d.gateSubject(m), terms)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	m.outcome().set(m.subject(), v)
	if l, ok := m.(idling); ok {
		l.setIdle(types.BoolValue(v.Idle))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// gateSubject tells the gate how to look at the task of a model. The project is
// found inside a look, so that its look-up is under the same limit of time.
func (d *dataSource) gateSubject(m model) gate.Subject {
	args := m.arguments()
	words := d.words.With(args.words())
	region, id := args.Region.ValueString(), args.ProjectID.ValueString()
	at := func(look func(context.Context, client.Project) (task.Observation, error)) task.Look {
		return func(ctx context.Context) (task.Observation, error) {
			p, err := d.client.Project(ctx, d.service, region, id)
			if err != nil {
				return task.Observation{}, err
			}
			args.Region, args.ProjectID = types.StringValue(p.Region), types.StringValue(p.ID)
			return look(ctx, p)
		}
	}
	s := gate.Subject{Noun: d.noun, Name: m.subject().name, Open: m.subject().open}
	s.Look = at(func(ctx context.Context, p client.Project) (task.Observation, error) { return m.look(ctx, p, words) })
	if t, ok := m.(traceable); ok {
		s.StillBusy = at(t.stillBusy)
		s.FailureRecord = at(func(ctx context.Context, p client.Project) (task.Observation, error) {
			return t.failureRecord(ctx, p, words)
		})
	}
	return s
}
