// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// verdict holds the computed attributes that all sources have.
type result struct {
	ID        types.String  `tfsdk:"id"`
	State     types.String  `tfsdk:"state"`
	Completed types.Bool    `tfsdk:"completed"`
	Succeeded types.Bool    `tfsdk:"succeeded"`
	Failed    types.Bool    `tfsdk:"failed"`
	Found     types.Bool    `tfsdk:"found"`
	Percent   types.Float64 `tfsdk:"percent"`
	Reason    types.String  `tfsdk:"reason"`
	Summary   types.String  `tfsdk:"summary"`
}

func (v *result) outcome() *result { return v }

// set fills in what the gate has found.
func (v *result) set(s target, found gate.Result) {
	id := s.id
	if found.ID != "" {
		id = found.ID
	}
	*v = result{
		ID:        types.StringValue(id),
		State:     types.StringValue(string(found.State)),
		Completed: types.BoolValue(found.Completed()),
		Succeeded: types.BoolValue(found.Succeeded()),
		Failed:    types.BoolValue(found.State == task.Failed),
		Found:     types.BoolValue(found.Found()),
		Percent:   types.Float64PointerValue(found.Percent),
		Reason:    types.StringNull(),
		Summary:   types.StringValue(found.Summary),
	}
	if found.Reason != "" {
		v.Reason = types.StringValue(found.Reason)
	}
}

// idleness is the computed attribute that only lists have.
type idleness struct {
	Idle types.Bool `tfsdk:"idle"`
}

func (i *idleness) setIdle(idle types.Bool) { i.Idle = idle }

// verdictAttributes describes the attributes of verdict and, for a list, of idleness.
func resultAttributes(s Source) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"id": computedText("Readable and stable identifier of what was read."),
		"state": computedText(fmt.Sprintf("Where the task stands: `%s`, `%s`, `%s`, `%s`, `%s` (the API's word is absent, or nobody has classified it: see `status_map`) or `%s` (the API knows no such task).",
			task.Pending, task.Running, task.Succeeded, task.Failed, task.Unknown, task.Missing)),
		"completed": computedFlag(fmt.Sprintf("Whether the task has ended, well or not. For a missing task false, unless `on_missing = \"%s\"`.", gate.MissingIsSucceeded)),
		"succeeded": computedFlag(fmt.Sprintf("Whether the task has ended well. For a missing task false, unless `on_missing = \"%s\"`.", gate.MissingIsSucceeded)),
		"failed":    computedFlag("Whether the task has ended in failure."),
		"found":     computedFlag("Whether the API returned the task, or at least one task."),
		"percent":   schema.Float64Attribute{MarkdownDescription: "Progress from 0 to 100; null where the API does not tell it.", Computed: true},
		"reason":    computedText("Why the task failed, as the API tells it; null unless it failed and the API tells why."),
		"summary":   computedText("The verdict in one readable line, made from the API's answer alone."),
	}
	if s.list {
		attributes["idle"] = computedFlag("Whether no task is pending, running or unknown; true for an empty list.")
	}
	return attributes
}
