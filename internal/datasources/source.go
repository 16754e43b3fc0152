// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// Source is one task API: what distinguishes it from the others.
type Source struct {
	name        string            // "dcs_job": the data source's type without the provider's prefix
	noun        string            // "DCS job": in sentences
	description string            // Markdown, whole sentences
	service     transport.Service // that has the API
	api         API
	statuses    task.StatusMap
	progress    string                      // path of the field with the progress in percent, "" for none
	reusable    bool                        // its arguments are the same for each operation
	list        *listArguments              // of a list of tasks, nil for a single task
	attributes  map[string]schema.Attribute // its own, in addition to the common ones
	model       func() model                // returns a new one
}

// API describes the request of a source, for its page.
type API struct {
	Operation string // its name in API Explorer and the SDKs
	Path      string // with placeholders, as documented
	IAMAction string // that permits it
}

// model holds the arguments and the fields of one read. Its type embeds
// commonArguments and result, and has the tfsdk tag of every attribute.
type model interface {
	arguments() *commonArguments
	computed() *result
	// target names the task by the arguments.
	target() target
	// poll reads the task once. fill sets every field that the API returns; it is
	// called once, after the last poll. Without a response it sets them to null and
	// to empty lists.
	poll(ctx context.Context, r reading) (o task.Observation, fill func(), err error)
}

// target is how messages call a task, and how the state identifies it.
type target struct {
	id       string // the attribute id
	name     string // "DCS job ff80…"
	argument string // that names the task, "" if none does
	emptyOK  bool   // a list that is not asked for one task
}

// reading is how a model polls.
type reading struct {
	project  client.Project
	statuses task.StatusMap
	pastEnd  bool // of a list: ask past its end
}

// validated is a model with arguments that depend on one another. Unknown values
// are skipped: they are checked again once they are known.
type validated interface {
	validate(Caller) diag.Diagnostics
}

// traceable is a model whose task can be found elsewhere when it is missing.
type traceable interface {
	failureRecord(ctx context.Context, r reading) (task.Observation, func(), error)
	clusterTask(ctx context.Context, r reading) (task.Observation, error)
}

// Caller is one of the three forms of a source: a data source, a gate resource,
// or an action.
type Caller struct {
	Form    gate.Form
	Timeout path.Path         // of the attribute with the time limit
	Report  func(line string) // receives the progress of a wait, nil for none
}

// Name is the type of the data source without the provider's prefix: "dcs_job".
func (s Source) Name() string { return s.name }

// API describes the request of the source.
func (s Source) API() API { return s.api }

// Service is the service that has the API.
func (s Source) Service() transport.Service { return s.service }

// Statuses maps the statuses of the API, in lower case, to task states.
func (s Source) Statuses() task.StatusMap { return maps.Clone(s.statuses) }

// Noun is what a sentence calls a task of the source: "DCS job".
func (s Source) Noun() string { return s.noun }

// WithArticle is the noun as the object of a description: "a DCS job".
func (s Source) WithArticle() string {
	switch {
	case s.name == "dcs_task_progress":
		return "the steps of a DCS background task"
	case s.reusable:
		return "a DWS cluster task (`action_name`)" // an action is one of Terraform's, in prose
	case strings.HasSuffix(s.noun, "s"):
		return s.noun
	default:
		return "a " + s.noun
	}
}

// Reusable reports whether the arguments are the same for each operation, so
// that they cannot distinguish one from the next.
func (s Source) Reusable() bool { return s.reusable }

// IsList reports whether the source is a list of tasks.
func (s Source) IsList() bool { return s.list != nil }

// Schema describes all attributes of the data source.
func (s Source) Schema() schema.Schema {
	attributes := commonAttributes(s)
	maps.Copy(attributes, resultAttributes(s))
	maps.Copy(attributes, s.attributes)
	return schema.Schema{MarkdownDescription: s.description, Attributes: attributes}
}

// Validate checks every argument, alone and in combination, and skips unknown
// values. The three forms validate a configuration before they use it, since
// Terraform validates that of an action only while its values are unknown.
func (s Source) Validate(ctx context.Context, config tfsdk.Config, caller Caller) diag.Diagnostics {
	_, _, diags := s.parse(ctx, config, caller)
	return diags
}

func (s Source) parse(ctx context.Context, config tfsdk.Config, caller Caller) (model, gate.Options, diag.Diagnostics) {
	diags := checkAttributes(ctx, s.Schema(), config, caller)
	if diags.HasError() {
		return nil, gate.Options{}, diags
	}
	m := s.model()
	diags.Append(config.Get(ctx, m)...)
	if diags.HasError() {
		return nil, gate.Options{}, diags
	}
	options, invalid := m.arguments().options(s, caller)
	diags.Append(invalid...)
	if s.list != nil {
		diags.Append(s.list.validate(ctx, config, caller)...)
	}
	if v, ok := m.(validated); ok {
		diags.Append(v.validate(caller)...)
	}
	return m, options, diags
}

// Read reads the task of a configuration, which has the shape of Schema, and
// waits if that asks for it. On success it sets the whole state, if one is wanted.
func (s Source) Read(ctx context.Context, c *client.Client, config tfsdk.Config, caller Caller, state *tfsdk.State) (gate.Result, diag.Diagnostics) {
	if diags := checkKnown(config); diags.HasError() {
		return gate.Result{}, diags
	}
	m, options, diags := s.parse(ctx, config, caller)
	if s.list != nil && !diags.HasError() {
		diags.Append(s.list.checkBounds(ctx, config)...)
	}
	if diags.HasError() {
		return gate.Result{}, diags
	}
	p := &poller{source: s, client: c, model: m}
	found, failure := gate.Check(ctx, p.target(), options)
	if failure != nil {
		diags.Append(diagnostics.ClosedGate(failure))
		return found, diags
	}
	if state == nil {
		return found, diags
	}
	p.fill()
	m.computed().set(m.target(), found)
	if l, ok := m.(interface{ setIdle(bool) }); ok {
		l.setIdle(found.Idle)
	}
	diags.Append(state.Set(ctx, m)...)
	return found, diags
}

// poller connects a model to the gate and keeps what the last poll read.
type poller struct {
	source Source
	client *client.Client
	model  model
	fill   func()
}

func (p *poller) target() gate.Target {
	t := p.model.target()
	g := gate.Target{
		Source: p.source.name, Noun: p.source.noun, Name: t.name, Argument: t.argument, EmptyOK: t.emptyOK,
		Poll: p.poll(p.model.poll, false),
	}
	if p.source.list != nil {
		g.Confirm = p.poll(p.model.poll, true)
		g.Filters = p.source.list.which("")
	}
	if m, ok := p.model.(traceable); ok {
		g.Traces = &gate.Traces{
			FailureRecord: p.poll(m.failureRecord, false),
			Cluster: p.poll(func(ctx context.Context, r reading) (task.Observation, func(), error) {
				o, err := m.clusterTask(ctx, r)
				return o, p.fill, err
			}, false),
		}
	}
	return g
}

// poll returns a poll of the model. The project is looked up during the poll, so
// that the time limit covers the lookup.
func (p *poller) poll(read func(context.Context, reading) (task.Observation, func(), error), pastEnd bool) task.Poll {
	args := p.model.arguments()
	statuses := p.source.statuses.Merge(args.statusMap())
	return func(ctx context.Context) (task.Observation, error) {
		project, err := p.client.Project(ctx, p.source.service, args.Region.ValueString(), args.ProjectID.ValueString())
		if err != nil {
			return task.Observation{}, err
		}
		args.Region, args.ProjectID = types.StringValue(project.Region), types.StringValue(project.ID)
		o, fill, err := read(ctx, reading{project, statuses, pastEnd})
		if err == nil || transport.IsNotFound(err) {
			p.fill = fill
		}
		return o, err
	}
}
