// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// shapes is a provider with every shape of schema. It does nothing.
type shapes struct{}

func (shapes) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "shapes"
}

func (shapes) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = providerschema.Schema{
		MarkdownDescription: "A provider with `<every>` shape & more.",
		Attributes: map[string]providerschema.Attribute{
			"secret": providerschema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: "Kept **secret**."},
			"old":    providerschema.BoolAttribute{Optional: true, DeprecationMessage: "Use secret.", Description: "Plain text."},
			"urls":   providerschema.MapAttribute{Optional: true, ElementType: types.StringType},
		},
		Blocks: map[string]providerschema.Block{
			"role": providerschema.ListNestedBlock{NestedObject: providerschema.NestedBlockObject{
				Attributes: map[string]providerschema.Attribute{
					"name": providerschema.StringAttribute{Required: true},
				},
			}},
		},
	}
}

func (shapes) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (shapes) Resources(context.Context) []func() resource.Resource { return nil }

func (shapes) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return shapesData{} }}
}

func (shapes) Functions(context.Context) []func() function.Function {
	return []func() function.Function{func() function.Function { return shapesFunction{} }}
}

func (shapes) Actions(context.Context) []func() action.Action {
	return []func() action.Action{func() action.Action { return shapesAction{} }}
}

type shapesData struct{}

func (shapesData) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "shapes_data"
}

func (shapesData) Read(context.Context, datasource.ReadRequest, *datasource.ReadResponse) {}

func (shapesData) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	deepest := map[string]schema.Attribute{
		"text": schema.StringAttribute{Computed: true, MarkdownDescription: "A `text`."},
	}
	nested := schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"inner": schema.ListNestedAttribute{Computed: true, NestedObject: schema.NestedAttributeObject{Attributes: deepest}},
	}}
	object := map[string]attr.Type{"a": types.StringType, "b": types.ListType{ElemType: types.NumberType}}

	resp.Schema = schema.Schema{
		Description: "Data in plain text.",
		Attributes: map[string]schema.Attribute{
			"string":  schema.StringAttribute{Required: true},
			"bool":    schema.BoolAttribute{Optional: true, Computed: true},
			"int64":   schema.Int64Attribute{Computed: true},
			"float64": schema.Float64Attribute{Computed: true},
			"number":  schema.NumberAttribute{Computed: true},
			"dynamic": schema.DynamicAttribute{Computed: true},
			"list":    schema.ListAttribute{Computed: true, ElementType: types.SetType{ElemType: types.BoolType}},
			"map":     schema.MapAttribute{Computed: true, ElementType: types.ObjectType{AttrTypes: object}},
			"set":     schema.SetAttribute{Computed: true, ElementType: types.StringType},
			"object":  schema.ObjectAttribute{Computed: true, AttributeTypes: object},
			"one":     schema.SingleNestedAttribute{Optional: true, Attributes: deepest, MarkdownDescription: "Just *one*."},
			"many":    schema.ListNestedAttribute{Computed: true, NestedObject: nested},
			"loose":   schema.SetNestedAttribute{Computed: true, NestedObject: nested},
			"keyed":   schema.MapNestedAttribute{Computed: true, Sensitive: true, NestedObject: nested},
		},
		Blocks: map[string]schema.Block{
			"single": schema.SingleNestedBlock{Attributes: deepest, DeprecationMessage: "No longer."},
			"row": schema.ListNestedBlock{MarkdownDescription: "A `row`.", NestedObject: schema.NestedBlockObject{
				Attributes: deepest,
				Blocks: map[string]schema.Block{
					"cell": schema.SetNestedBlock{NestedObject: schema.NestedBlockObject{Attributes: deepest}},
				},
			}},
		},
	}
}

type shapesFunction struct{}

func (shapesFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "shape"
}

func (shapesFunction) Run(context.Context, function.RunRequest, *function.RunResponse) {}

func (shapesFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Shape of a thing",
		MarkdownDescription: "Returns the `shape`.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "thing", AllowNullValue: true, MarkdownDescription: "The *thing*."},
			function.ObjectParameter{Name: "how", AllowUnknownValues: true, Description: "How.", AttributeTypes: map[string]attr.Type{"deep": types.BoolType}},
		},
		VariadicParameter: function.ListParameter{Name: "more", ElementType: types.NumberType, Description: "More."},
		Return:            function.DynamicReturn{},
	}
}

type shapesAction struct{}

func (shapesAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "shapes_act"
}

func (shapesAction) Invoke(context.Context, action.InvokeRequest, *action.InvokeResponse) {}

func (shapesAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = actionschema.Schema{
		MarkdownDescription: "Does `nothing`.",
		Attributes: map[string]actionschema.Attribute{
			"id":  actionschema.StringAttribute{Required: true, MarkdownDescription: "What to do it to."},
			"how": actionschema.SingleNestedAttribute{Optional: true, Attributes: map[string]actionschema.Attribute{"deep": actionschema.BoolAttribute{Optional: true}}},
		},
	}
}
