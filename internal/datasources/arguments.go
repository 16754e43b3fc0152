// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// commonArguments are the arguments of all sources.
type commonArguments struct {
	Region       types.String `tfsdk:"region"`
	ProjectID    types.String `tfsdk:"project_id"`
	WaitFor      types.String `tfsdk:"wait_for"`
	PollInterval types.String `tfsdk:"poll_interval"`
	Timeouts     types.Object `tfsdk:"timeouts"`
	OnMissing    types.String `tfsdk:"on_missing"`
	StatusMap    types.Map    `tfsdk:"status_map"`
}

func (a *commonArguments) arguments() *commonArguments { return a }

// commonAttributes describes commonArguments.
func commonAttributes(s Source) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"region": schema.StringAttribute{
			MarkdownDescription: "Region to query. Defaults to the provider's region.",
			Optional:            true, Computed: true, Validators: []validator.String{orEmpty(hostPart)},
		},
		"project_id": schema.StringAttribute{
			MarkdownDescription: "ID of the project to query. Defaults to the provider's project in the provider's region, and to the project named after the region in any other region.",
			Optional:            true, Computed: true, Validators: []validator.String{orEmpty(identifier)},
		},
		"wait_for": waitForAttribute(s),
		"poll_interval": schema.StringAttribute{
			MarkdownDescription: "Fixed interval between polls, at least `1s`. If unset, a tenth of the time waited so far, between 1 and 15 seconds, minus up to 25% jitter.",
			Optional:            true, Validators: []validator.String{interval},
		},
		"timeouts": schema.SingleNestedAttribute{
			MarkdownDescription: "Time limits.", Optional: true,
			Attributes: map[string]schema.Attribute{
				"read": schema.StringAttribute{
					MarkdownDescription: fmt.Sprintf("Maximum duration of the read, such as `2h45m`. Must be longer than `poll_interval`. Default: `%s` with `wait_for`, otherwise `%s`.",
						task.FormatDuration(gate.DefaultWaitTimeout), task.FormatDuration(gate.DefaultReadTimeout)),
					Optional: true, Validators: []validator.String{timeLimit},
				},
			},
		},
		"on_missing": onMissingAttribute(s),
		"status_map": schema.MapAttribute{
			MarkdownDescription: fmt.Sprintf("Maps API statuses to task states (`%s`, `%s`, `%s`, `%s`). Use it for statuses that this provider version does not recognize, or to override a mapping. "+
				"Case-insensitive. `\"%s\"` matches every other unrecognized status, but not an absent one.",
				task.Pending, task.Running, task.Succeeded, task.Failed, task.AnyStatus),
			ElementType: types.StringType, Optional: true,
		},
	}
}

func waitForAttribute(s Source) schema.Attribute {
	values := []string{string(gate.Completion), string(gate.Success)}
	text := fmt.Sprintf("Condition to wait for. If unset, the task is read once. `%s`: poll until the task finishes, successfully or not. "+
		"`%s`: poll until the task finishes, and fail unless it succeeded.", gate.Completion, gate.Success)
	if s.list != nil {
		values = append(values, string(gate.Idle))
		text += fmt.Sprintf(" Both need %s, so that an earlier task cannot pass. `%s`: poll until no task is pending, running, or unknown; no filter may be set with it.", s.list.which("`"), gate.Idle)
	}
	return schema.StringAttribute{MarkdownDescription: text, Optional: true, Validators: []validator.String{oneOf(values...)}}
}

func onMissingAttribute(s Source) schema.Attribute {
	values := []string{string(gate.MissingIsError), string(gate.MissingIsPending)}
	if s.traces() {
		values = append(values, string(gate.MissingIsSucceeded))
	}
	return schema.StringAttribute{MarkdownDescription: s.DescribeOnMissing(gate.DataSource), Optional: true, Validators: []validator.String{oneOf(values...)}}
}

// DescribeOnMissing describes the argument on_missing of one form of the source.
func (s Source) DescribeOnMissing(form gate.Form) string {
	missing, isError, isPending := "Meaning of a task that the API does not return.", "`%s` (default): an error.", "`%s`: the task is not there yet; this is not an error, and a wait continues."
	switch {
	case s.list == nil:
	case form == gate.Resource:
		missing, isError, isPending = "Meaning of a list in which no task matches.", "`%s`: an error.", "`%s` (default): the task is not listed yet, and the wait continues."
	default:
		missing, isPending = "Meaning of a list in which no task matches.", "`%s`: the task is not listed yet; this is not an error, and a wait continues."
	}
	text := fmt.Sprintf(missing+" "+isError+" "+isPending, gate.MissingIsError, gate.MissingIsPending)
	if s.list != nil && form == gate.DataSource {
		text += fmt.Sprintf(" Neither applies to `%s`, for which an empty list is idle, or to a single read without `%s`, whose `state` is then `%s`.", gate.Idle, s.list.task, task.Missing)
	}
	if !s.traces() {
		return text
	}
	only := ""
	if form == gate.DataSource {
		only = ", only with `wait_for`"
	}
	return text + fmt.Sprintf(" `%s`%s: the task has succeeded, if it stays missing for at least %s, there is no failure record, and the cluster names no such task. It is not valid with the name of a failed task.",
		gate.MissingIsSucceeded, only, task.FormatDuration(gate.MinAbsence))
}

// traces reports whether a task of the source leaves traces when it is missing.
func (s Source) traces() bool {
	_, ok := s.model().(traceable)
	return ok
}

// options returns what the gate needs. Unknown values are skipped, and invalid
// ones have been rejected. A gate resource is created together with the operation,
// so a list may not have its task yet.
func (a *commonArguments) options(s Source, caller Caller) (gate.Options, diag.Diagnostics) {
	o := gate.Options{
		WaitFor:      gate.WaitFor(a.WaitFor.ValueString()),
		OnMissing:    gate.MissingIsError,
		PollInterval: duration(a.PollInterval),
		Timeout:      gate.DefaultReadTimeout,
		TimeoutName:  caller.Timeout.String(),
		Form:         caller.Form,
		Report:       caller.Report,
	}
	if o.WaitFor != gate.ReadOnce {
		o.Timeout = gate.DefaultWaitTimeout
	}
	if s.list != nil && caller.Form == gate.Resource {
		o.OnMissing = gate.MissingIsPending
	}
	if text := a.OnMissing.ValueString(); text != "" {
		o.OnMissing = gate.OnMissing(text)
	}
	limit, _ := a.Timeouts.Attributes()["read"].(types.String) // null if timeouts is
	if d := duration(limit); d > 0 {
		o.Timeout = d
	}
	diags := a.checkStatusMap()
	short, why := o.Timeout <= o.PollInterval, "is not longer than"
	if !short && s.list != nil && o.WaitFor != gate.ReadOnce { // a second poll must confirm the first one
		short, why = o.Timeout-task.Reserve(o.Timeout) <= o.PollInterval, "leaves no time for a second poll after"
	}
	if short && !a.Timeouts.IsUnknown() && !limit.IsUnknown() && !a.WaitFor.IsUnknown() {
		diags.Append(diagnostics.InvalidArgument(caller.Timeout,
			fmt.Sprintf("%s %s poll_interval (%s)", task.FormatDuration(o.Timeout), why, task.FormatDuration(o.PollInterval)), "Increase the timeout, or decrease poll_interval."))
	}
	if o.OnMissing == gate.MissingIsSucceeded && a.WaitFor.IsNull() {
		diags.Append(diagnostics.InvalidArgument(path.Root("on_missing"), "\"succeeded\" needs wait_for: a single read cannot show that a task has finished", "Set wait_for, or set on_missing to \"pending\"."))
	}
	return o, diags
}

// duration parses a duration; 0 if it is null, unknown, or invalid.
func duration(text types.String) time.Duration {
	d, err := time.ParseDuration(text.ValueString())
	if err != nil {
		return 0
	}
	return d
}

// checkStatusMap checks status_map.
func (a *commonArguments) checkStatusMap() diag.Diagnostics {
	var diags diag.Diagnostics
	keys := make(map[string]string)
	states := []task.State{task.Pending, task.Running, task.Succeeded, task.Failed}
	for _, status := range slices.Sorted(maps.Keys(a.StatusMap.Elements())) {
		at := path.Root("status_map").AtMapKey(status)
		folded := task.Fold(status)
		other, twice := keys[folded]
		keys[folded] = status
		switch {
		case status == "":
			diags.Append(diagnostics.InvalidArgument(path.Root("status_map"), "a key is empty", "An absent status cannot be mapped. Remove the key."))
		case twice:
			diags.Append(diagnostics.InvalidArgument(at, fmt.Sprintf("the keys %q and %q differ only in case", other, status), "Statuses are case-insensitive: keep one of the keys."))
		}
		value, ok := a.StatusMap.Elements()[status].(types.String)
		if ok && !value.IsUnknown() && !slices.Contains(states, task.State(value.ValueString())) {
			diags.Append(diagnostics.InvalidArgument(at, fmt.Sprintf("%s is not a task state that a status can have", value), "Use pending, running, succeeded, or failed."))
		}
	}
	return diags
}

// statusMap returns status_map, which has been checked.
func (a *commonArguments) statusMap() map[string]task.State {
	statuses := make(map[string]task.State)
	for status, value := range a.StatusMap.Elements() {
		if text, ok := value.(types.String); ok {
			statuses[status] = task.State(text.ValueString())
		}
	}
	return statuses
}
