// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
)

// listArguments names the arguments of a list of tasks.
type listArguments struct {
	task    string   // names one task: "task_id"
	after   string   // bounds its creation: "start_time"
	before  string   // bounds it as well: "end_time"; "" if there is none
	filters []string // all arguments that select tasks, those included
}

func latestAttribute() schema.Attribute {
	return schema.BoolAttribute{
		MarkdownDescription: "Whether to select only the task created last. If a newer one appears during a wait, the wait still requires that the earlier one finishes. Default: `false`.",
		Optional:            true,
	}
}

// which names the arguments that say which task is meant, each in quotes.
func (l *listArguments) which(quote string) string {
	return quote + l.task + quote + " or " + quote + l.after + quote
}

// WhichTask returns the arguments of a list that say which task is meant: its ID,
// and a bound of its creation.
func (s Source) WhichTask() (id, after string) { return s.list.task, s.list.after }

// validate applies the rule of freshness: a wait for a task needs to know which
// one is meant, or an earlier success would pass; and idle is about all tasks.
// Unknown values are skipped.
func (l *listArguments) validate(ctx context.Context, config tfsdk.Config, caller Caller) diag.Diagnostics {
	var waitFor types.String
	diags := config.GetAttribute(ctx, path.Root("wait_for"), &waitFor)
	set := func(name string) bool {
		var value attr.Value
		diags.Append(config.GetAttribute(ctx, path.Root(name), &value)...)
		return value != nil && !value.IsNull()
	}
	switch gate.WaitFor(waitFor.ValueString()) {
	case gate.Success, gate.Completion:
		if !set(l.task) && !set(l.after) {
			diags.Append(diagnostics.WhichTask(caller.Form, l.task, l.after))
		}
	case gate.Idle:
		for _, filter := range l.filters {
			var value attr.Value
			diags.Append(config.GetAttribute(ctx, path.Root(filter), &value)...)
			if value != nil && !value.IsNull() && !value.IsUnknown() {
				diags.Append(diagnostics.FilteredIdle(filter))
			}
		}
	}
	return diags
}

// checkBounds rejects a bound that stands for no time. It is not part of validate:
// in Terraform 1.5, plantimestamp() is the zero time while a configuration is
// validated.
func (l *listArguments) checkBounds(ctx context.Context, config tfsdk.Config) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, name := range []string{l.after, l.before} {
		if name == "" {
			continue
		}
		var bound types.String
		diags.Append(config.GetAttribute(ctx, path.Root(name), &bound)...)
		if bound.IsNull() {
			continue
		}
		if err := client.CheckBound(window(bound)); err != nil {
			diags.Append(diagnostics.InvalidArgument(path.Root(name), err.Error(), "Set it to a time, or remove it."))
		}
	}
	return diags
}
