// SPDX-License-Identifier: MPL-2.0

package actions

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	read "github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// schemaOf derives the schema of an action from that of the data source: its
// arguments without wait_for, and nothing computed.
func schemaOf(source datasources.Source) schema.Schema {
	read := source.Schema().Attributes
	attributes := make(map[string]schema.Attribute, len(read))
	for name, attribute := range read {
		if argument := argumentOf(attribute); argument != nil && name != "wait_for" && name != "timeouts" {
			attributes[name] = argument
		}
	}
	attributes["timeouts"] = timeoutsOf(read["timeouts"])
	if a, ok := attributes["on_missing"].(schema.StringAttribute); ok {
		a.MarkdownDescription = source.DescribeOnMissing(gate.Action)
		attributes["on_missing"] = a
	}
	return schema.Schema{
		MarkdownDescription: fmt.Sprintf("Action that waits for the success of %s when it is invoked, as the data source `hwtasks_%s` does with `wait_for = \"%s\"`, and reports the progress. Requires Terraform 1.14.",
			source.WithArticle(), source.Name(), gate.Success),
		Attributes: attributes,
	}
}

// argumentOf returns an attribute as an action has it, nil if it is only computed.
func argumentOf(attribute read.Attribute) schema.Attribute {
	if !attribute.IsRequired() && !attribute.IsOptional() {
		return nil
	}
	switch a := attribute.(type) {
	case read.StringAttribute:
		return schema.StringAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Validators: a.Validators}
	case read.Int64Attribute:
		return schema.Int64Attribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Validators: a.Validators}
	case read.BoolAttribute:
		return schema.BoolAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Validators: a.Validators}
	case read.MapAttribute:
		return schema.MapAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Validators: a.Validators, ElementType: a.ElementType}
	default:
		return nil // timeouts, the only nested one, is handled apart; a test compares every argument with its counterpart
	}
}

// timeoutsOf renames the time limit after what it limits.
func timeoutsOf(attribute read.Attribute) schema.Attribute {
	timeouts, _ := attribute.(read.SingleNestedAttribute)
	limit, _ := timeouts.Attributes["read"].(read.StringAttribute)
	return schema.SingleNestedAttribute{
		MarkdownDescription: timeouts.MarkdownDescription, Optional: true,
		Attributes: map[string]schema.Attribute{
			"invoke": schema.StringAttribute{
				MarkdownDescription: fmt.Sprintf("Maximum duration of the wait, such as `2h45m`. Must be longer than `poll_interval`. Default: `%s`.",
					task.FormatDuration(gate.DefaultWaitTimeout)),
				Optional: true, Validators: limit.Validators,
			},
		},
	}
}
