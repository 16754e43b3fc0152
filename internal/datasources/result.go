// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// result holds the computed attributes of all sources.
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

func (r *result) computed() *result { return r }

// set sets what the gate found. A failed task without a reason has its raw
// status as the reason.
func (r *result) set(t target, found gate.Result) {
	*r = result{
		ID:        types.StringValue(t.id),
		State:     types.StringValue(string(found.State)),
		Completed: types.BoolValue(found.Completed()),
		Succeeded: types.BoolValue(found.Succeeded()),
		Failed:    types.BoolValue(found.State == task.Failed),
		Found:     types.BoolValue(found.Found()),
		Percent:   types.Float64PointerValue(found.Percent),
		Summary:   types.StringValue(found.Summary),
	}
	if found.State != task.Failed {
		return
	}
	for _, reason := range []string{found.Reason, found.Status} {
		if reason != "" {
			r.Reason = types.StringValue(reason)
			return
		}
	}
}

// idleness is the computed attribute that only lists have.
type idleness struct {
	Idle types.Bool `tfsdk:"idle"`
}

func (i *idleness) setIdle(idle bool) { i.Idle = types.BoolValue(idle) }

// resultAttributes describes result and, for a list, idleness.
func resultAttributes(s Source) map[string]schema.Attribute {
	assumed := ""
	if s.traces() {
		assumed = fmt.Sprintf(" Also true for a missing task that counts as succeeded (`on_missing = \"%s\"`).", gate.MissingIsSucceeded)
	}
	attributes := map[string]schema.Attribute{
		"id": computedText(describeID(s)),
		"state": computedText(fmt.Sprintf("Task state: `%s`, `%s`, `%s`, `%s`, `%s` (no status, or one that the provider does not recognize; refer to `status_map`), or `%s` (the API returned no such task).",
			task.Pending, task.Running, task.Succeeded, task.Failed, task.Unknown, task.Missing)),
		"completed": computedFlag("Whether the task has finished, successfully or not." + assumed),
		"succeeded": computedFlag("Whether the task has succeeded." + assumed),
		"failed":    computedFlag("Whether the task has failed."),
		"found":     computedFlag("Whether the API returned the task, or at least one task."),
		"percent":   schema.Float64Attribute{MarkdownDescription: describePercent(s), Computed: true},
		"reason":    computedText("Failure reason returned by the API, or the raw status if it returns none. Null unless the task failed."),
		"summary":   computedText("One-line description of the task state, suitable for outputs and `error_message`."),
	}
	if s.list != nil {
		attributes["idle"] = computedFlag("Whether no task is pending, running, or unknown. True for an empty list.")
	}
	return attributes
}

// describeID describes the attribute id: the arguments in the path of the API.
func describeID(s Source) string {
	var arguments []string
	for segment := range strings.SplitSeq(s.api.Path, "/") {
		if name := strings.Trim(segment, "{}"); name != segment && name != "project_id" {
			arguments = append(arguments, name)
		}
	}
	if len(arguments) == 1 {
		return fmt.Sprintf("Identifier of what was read: the `%s`.", arguments[0])
	}
	return fmt.Sprintf("Identifier of what was read, in the form `%s`.", strings.Join(arguments, "/"))
}

// describePercent describes the attribute percent.
func describePercent(s Source) string {
	switch {
	case s.progress == "":
		return "Always null: the API does not report the progress in percent."
	case s.list != nil:
		return fmt.Sprintf("Progress in percent, from `%s`, if exactly one task matches. Otherwise null.", s.progress)
	default:
		return fmt.Sprintf("Progress in percent, from `%s`. Null if the API does not return it.", s.progress)
	}
}
