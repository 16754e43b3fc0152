// SPDX-License-Identifier: MPL-2.0

package resources

import (
	"fmt"

	read "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// omitted are the attributes of a data source that a gate does not have: what
// controls a read or only shows a part of it, and results that are always the
// same once a gate has passed.
var omitted = map[string]bool{
	"wait_for": true, "offset": true, "limit": true,
	"state": true, "completed": true, "succeeded": true, "failed": true, "found": true, "percent": true, "reason": true, "idle": true,
}

// settings are the arguments that change in place: they say how to wait, not for
// what.
var settings = map[string]bool{"poll_interval": true, "status_map": true, "on_missing": true, "language": true}

// schemaOf derives the schema of a gate from that of the data source.
func schemaOf(source datasources.Source) schema.Schema {
	attributes := map[string]schema.Attribute{
		"id":         computedText("ID of the task and the time at which the gate passed. New whenever the gate passes."),
		"passed_at":  computedText("Time at which the gate passed, in RFC 3339."),
		"api_status": computedText("Status of the task when the gate passed, as the API returned it. Null if it returned none, or several."),
		"summary":    computedText("One-line description of the task state when the gate passed."),
		"triggers":   triggers(source),
		"timeouts": schema.SingleNestedAttribute{
			MarkdownDescription: "Time limits.", Optional: true,
			Attributes: map[string]schema.Attribute{
				"create": schema.StringAttribute{
					MarkdownDescription: fmt.Sprintf("Maximum duration of the wait, such as `2h45m`. Must be longer than `poll_interval`. Default: `%s`.", task.FormatDuration(gate.DefaultWaitTimeout)),
					Optional:            true,
				},
			},
		},
	}
	for name, attribute := range source.Schema().Attributes {
		if _, own := attributes[name]; !own && !omitted[name] {
			attributes[name] = convert(name, attribute)
		}
	}
	adapt(source, attributes)
	return schema.Schema{
		Version:             1,
		MarkdownDescription: fmt.Sprintf("Gate that waits once, when it is created, for the success of %s. Later plans make no request, even after the record of the task has expired.", source.WithArticle()),
		Attributes:          attributes,
	}
}

// adapt changes the descriptions that are different for a gate.
func adapt(source datasources.Source, attributes map[string]schema.Attribute) {
	edit := func(name string, change func(string) string) {
		if a, ok := attributes[name].(schema.StringAttribute); ok {
			a.MarkdownDescription = change(a.MarkdownDescription)
			attributes[name] = a
		}
	}
	edit("on_missing", func(string) string { return source.DescribeOnMissing(gate.Resource) })
	if !source.IsList() {
		return
	}
	id, after := source.WhichTask()
	edit(after, func(text string) string {
		return fmt.Sprintf("%s Required unless `%s` is set, so that an earlier task cannot pass. It must not move with each apply, or a retry would not find the task of the first try: "+
			"use the output of a resource that remembers a time, such as `terraform_data` with `ignore_changes`.", text, id)
	})
}

// triggers describes the values that replace a gate.
func triggers(source datasources.Source) schema.Attribute {
	text := "Arbitrary values. A change replaces the gate, so that it waits again."
	if source.Reusable() {
		text = "Required, and not empty: the other arguments are the same for each operation, so a value that changes with the operation must replace the gate, " +
			"such as the ID of the resource that starts it."
	}
	return schema.MapAttribute{
		MarkdownDescription: text, ElementType: types.StringType, Optional: true,
		PlanModifiers: []planmodifier.Map{mapplanmodifier.RequiresReplace()},
	}
}

// convert turns an attribute of a data source into one of a gate. An argument
// that names or filters the task replaces the gate when it changes. Its validators
// run with those of the source, once.
func convert(name string, attribute read.Attribute) schema.Attribute {
	replace := (attribute.IsRequired() || attribute.IsOptional()) && !settings[name]
	switch a := attribute.(type) {
	case read.StringAttribute:
		s := schema.StringAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed}
		switch {
		case replace && a.Computed:
			s.PlanModifiers = []planmodifier.String{replaceIfSet{}}
		case replace:
			s.PlanModifiers = []planmodifier.String{stringplanmodifier.RequiresReplace()}
		}
		return s
	case read.BoolAttribute:
		b := schema.BoolAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed}
		if replace {
			b.PlanModifiers = []planmodifier.Bool{boolplanmodifier.RequiresReplace()}
		}
		return b
	case read.MapAttribute:
		return schema.MapAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed, ElementType: a.ElementType}
	case read.NumberAttribute:
		return schema.NumberAttribute{MarkdownDescription: a.MarkdownDescription, Computed: true}
	case read.Float64Attribute:
		return schema.Float64Attribute{MarkdownDescription: a.MarkdownDescription, Computed: true}
	case read.ListAttribute:
		return schema.ListAttribute{MarkdownDescription: a.MarkdownDescription, Computed: true, ElementType: a.ElementType}
	case read.SingleNestedAttribute:
		return schema.SingleNestedAttribute{MarkdownDescription: a.MarkdownDescription, Computed: true, Attributes: convertAll(a.Attributes)}
	case read.ListNestedAttribute:
		return schema.ListNestedAttribute{
			MarkdownDescription: a.MarkdownDescription, Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: convertAll(a.NestedObject.Attributes)},
		}
	default:
		panic(fmt.Sprintf("no gate attribute for %s, a %T", name, attribute)) // the tests convert every attribute of every source
	}
}

func convertAll(attributes map[string]read.Attribute) map[string]schema.Attribute {
	converted := make(map[string]schema.Attribute, len(attributes))
	for name, a := range attributes {
		converted[name] = convert(name, a)
	}
	return converted
}

func computedText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}
