// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// Source is one task API: what distinguishes it from the others.
type Source struct {
	name        string         // "dcs_job": its type without the provider's prefix
	noun        string         // "DCS job": in sentences
	description string         // Markdown, whole sentences
	list        bool           // it tells of several tasks and can be waited for until all are idle
	service     transport.Service // that it is read through
	statuses       task.StatusMap
	attributes  map[string]schema.Attribute // its own, beside the shared ones
	model       func() model                // a fresh one
}

// model holds the arguments and the fields of one read. Its type embeds shared
// and verdict, and bears the tfsdk tag of every attribute.
type model interface {
	arguments() *commonArguments
	outcome() *result

	// subject names the task by the arguments.
	subject() target
	// look reads the task once and sets every field that the API sends: an
	// answer that is not there sets them to null and empty.
	look(context.Context, client.Project, task.StatusMap) (task.Observation, error)
}

// subject is how the user would call a task.
type target struct {
	id   string // of the data source, unless the API has one of its own
	name string // "DCS job ff80…"
	emptyOK bool   // a list that is not asked for one thing
}

// validated is a model whose arguments depend on one another. Unknown values
// are passed over: they are checked again when they are known.
type validated interface {
	validate(Caller) diag.Diagnostics
}

// traceable is a model whose task may be listed elsewhere when it is missing.
type traceable interface {
	failureRecord(context.Context, client.Project, task.StatusMap) (task.Observation, error)
	stillBusy(context.Context, client.Project) (task.Observation, error)
}

// idling is a model of a list.
type idling interface{ setIdle(types.Bool) }

// dataSource is the engine that all sources run on.
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
	resp.Diagnostics.Append(d.Validate(ctx, req.Config, dataSourceCaller())...)
}

// Read implements datasource.DataSource.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	m, v, diags := d.check(ctx, d.client, req.Config, dataSourceCaller())
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

// Use is a way to use a source: to read it as a data source does, or to await
// it as an action does.
type Caller struct {
	Limit    path.Path         // of the attribute that limits the time
	WaitFor  path.Path         // of the attribute to blame for a wait that cannot be meant
	Progress func(line string) // is told how a wait goes, nil for nobody
	Invoked  bool              // once and by an action, rather than at every plan
}

// reading is how a data source uses its source.
func dataSourceCaller() Caller {
	return Caller{Limit: path.Root("timeouts").AtName("read"), WaitFor: path.Root("wait_for")}
}

// Name is the type of the data source without the provider's prefix: "dcs_job".
func (s Source) Name() string { return s.name }

// Noun is what a sentence calls a task of the source: "DCS job".
func (s Source) Noun() string { return s.noun }

// Schema describes all attributes of the data source.
func (s Source) Schema() schema.Schema {
	attributes := commonAttributes(s)
	maps.Copy(attributes, resultAttributes(s))
	maps.Copy(attributes, s.attributes)
	return schema.Schema{MarkdownDescription: s.description, Attributes: attributes}
}

// Validate checks the arguments that depend on one another.
func (s Source) Validate(ctx context.Context, config tfsdk.Config, use Caller) diag.Diagnostics {
	m := s.model()
	diags := config.Get(ctx, m)
	if diags.HasError() {
		return diags
	}
	_, faults := m.arguments().options(use)
	diags.Append(faults...)
	if v, ok := m.(validated); ok {
		diags.Append(v.validate(use)...)
	}
	return diags
}

// Await reads the task of a configuration, which has the shape of Schema, on
// its terms, and returns the verdict.
func (s Source) Await(ctx context.Context, c *client.Client, config tfsdk.Config, use Caller) (gate.Result, diag.Diagnostics) {
	_, v, diags := s.check(ctx, c, config, use)
	return v, diags
}

// pass is Await that also returns the model with every field that was read.
func (s Source) check(ctx context.Context, c *client.Client, config tfsdk.Config, use Caller) (model, gate.Result, diag.Diagnostics) {
	m := s.model()
	diags := config.Get(ctx, m)
	if diags.HasError() {
		return m, gate.Result{}, diags
	}
	terms, faults := m.arguments().options(use)
	diags.Append(faults...)
	if diags.HasError() {
		return m, gate.Result{}, diags
	}
	v, faults := gate.Check(ctx, s.gateTarget(c, m), terms)
	diags.Append(faults...)
	return m, v, diags
}

// gateSubject tells the gate how to look at the task of a model. The project is
// found inside a look, so that its look-up is under the same limit of time.
func (s Source) gateTarget(c *client.Client, m model) gate.Target {
	args := m.arguments()
	words := s.statuses.Merge(args.statusMap())
	region, id := args.Region.ValueString(), args.ProjectID.ValueString()
	at := func(look func(context.Context, client.Project) (task.Observation, error)) task.Poll {
		return func(ctx context.Context) (task.Observation, error) {
			p, err := c.Project(ctx, s.service, region, id)
			if err != nil {
				return task.Observation{}, err
			}
			args.Region, args.ProjectID = types.StringValue(p.Region), types.StringValue(p.ID)
			return look(ctx, p)
		}
	}
	g := gate.Target{Noun: s.noun, Name: m.subject().name, EmptyOK: m.subject().emptyOK}
	g.Poll = at(func(ctx context.Context, p client.Project) (task.Observation, error) { return m.look(ctx, p, words) })
	if t, ok := m.(traceable); ok {
		g.StillBusy = at(t.stillBusy)
		g.FailureRecord = at(func(ctx context.Context, p client.Project) (task.Observation, error) {
			return t.failureRecord(ctx, p, words)
		})
	}
	return g
}
