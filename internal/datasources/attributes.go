// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// shared holds the arguments that all sources have.
type shared struct {
	Region       types.String         `tfsdk:"region"`
	ProjectID    types.String         `tfsdk:"project_id"`
	WaitFor      types.String         `tfsdk:"wait_for"`
	PollInterval timetypes.GoDuration `tfsdk:"poll_interval"`
	Timeouts     timeouts.Value       `tfsdk:"timeouts"`
	OnMissing    types.String         `tfsdk:"on_missing"`
	StatusMap    types.Map            `tfsdk:"status_map"`
}

func (s *shared) arguments() *shared { return s }

// sharedAttributes describes the arguments of shared.
func sharedAttributes(ctx context.Context, s source) map[string]schema.Attribute {
	waits := []string{string(gate.Completion), string(gate.Success)}
	waitText := fmt.Sprintf("What to wait for. Unset: look once. `%s`: look until the task has ended, whatever the end. "+
		"`%s`: the same, and an end other than success is an error.", gate.Completion, gate.Success)
	if s.list {
		waits = append(waits, string(gate.Idle))
		waitText += fmt.Sprintf(" `%s`: look until none of the tasks is pending, running or unknown; an empty list is idle.", gate.Idle)
	}
	return map[string]schema.Attribute{
		"region": schema.StringAttribute{
			MarkdownDescription: "Region to read in. Default: the provider's.",
			Optional:            true, Computed: true, Validators: []validator.String{hostPart},
		},
		"project_id": schema.StringAttribute{
			MarkdownDescription: "Id of the project to read in. Default: the provider's in the provider's region; in another region the id of the project that bears the region's name.",
			Optional:            true, Computed: true, Validators: []validator.String{identifier},
		},
		"wait_for": schema.StringAttribute{
			MarkdownDescription: waitText,
			Optional:            true, Validators: []validator.String{stringvalidator.OneOf(waits...)},
		},
		"poll_interval": schema.StringAttribute{
			MarkdownDescription: "Fixed pause between two looks of a wait, a duration of at least `\"1s\"`. " +
				"Unset: a tenth of the time waited so far, at least 1 s, at most 15 s, shortened at random by up to a quarter.",
			CustomType: timetypes.GoDurationType{}, Optional: true,
		},
		"timeouts": limits(ctx),
		"on_missing": schema.StringAttribute{
			MarkdownDescription: fmt.Sprintf("What it means that there is no such task. `%s` (default): it is an error. "+
				"`%s`: the task is not there yet, which is no error, and a wait goes on. `%s`: it is gone because it is done.",
				gate.MissingIsError, gate.MissingIsPending, gate.MissingIsSucceeded),
			Optional: true,
			Validators: []validator.String{stringvalidator.OneOf(
				string(gate.MissingIsError), string(gate.MissingIsPending), string(gate.MissingIsSucceeded))},
		},
		"status_map": schema.MapAttribute{
			MarkdownDescription: fmt.Sprintf("State of each status word that the provider does not know or shall judge otherwise: "+
				"`%s`, `%s`, `%s` or `%s`. The words are compared without regard to case; the key `\"%s\"` stands for every unknown word, but not for an absent one.",
				task.Pending, task.Running, task.Succeeded, task.Failed, task.AnyWord),
			ElementType: types.StringType, Optional: true,
		},
	}
}

// limits describes timeouts, which the library leaves without a description of its own.
func limits(ctx context.Context) schema.Attribute {
	attribute := timeouts.AttributesWithOpts(ctx, timeouts.Opts{ReadDescription: fmt.Sprintf(
		"Time limit of the read, a duration such as `\"2h45m\"`, above zero and longer than `poll_interval`. Default: `%s` when waiting, `%s` when not.",
		shortDuration(gate.DefaultWaitTimeout), shortDuration(gate.DefaultLookTimeout))})
	if nested, ok := attribute.(schema.SingleNestedAttribute); ok {
		nested.MarkdownDescription = "Time limits."
		return nested
	}
	return attribute
}

// terms reads the arguments as the gate wants them. What is not known yet is
// passed over; it is checked again when it is.
func (s *shared) terms(ctx context.Context) (gate.Terms, diag.Diagnostics) {
	t := gate.Terms{
		WaitFor:     gate.WaitFor(s.WaitFor.ValueString()),
		OnMissing:   gate.OnMissing(s.OnMissing.ValueString()),
		Timeout:     gate.DefaultLookTimeout,
		TimeoutName: "timeouts.read",
	}
	var diags diag.Diagnostics
	if t.WaitFor != gate.Nothing {
		t.Timeout = gate.DefaultWaitTimeout
	}
	timeout, limitDiags := s.Timeouts.Read(ctx, t.Timeout)
	diags.Append(limitDiags...)
	if timeout <= 0 && !limitDiags.HasError() {
		diags.Append(gate.InvalidArgument(path.Root("timeouts").AtName("read"), fmt.Sprintf("%s is no time to read in", timeout), "Use a duration above zero, for example \"30m\"."))
	}
	t.Timeout = timeout
	if !s.PollInterval.IsNull() && !s.PollInterval.IsUnknown() {
		interval, intervalDiags := s.PollInterval.ValueGoDuration()
		diags.Append(intervalDiags...)
		t.PollInterval = interval
		switch {
		case intervalDiags.HasError():
		case interval < gate.MinPollInterval:
			diags.Append(gate.InvalidArgument(path.Root("poll_interval"), fmt.Sprintf("%s is too short", interval), fmt.Sprintf("Use a duration of at least %q.", gate.MinPollInterval)))
		case timeout > 0 && timeout <= interval && !s.Timeouts.IsUnknown():
			diags.Append(gate.InvalidArgument(path.Root("timeouts").AtName("read"), fmt.Sprintf("%s is not longer than poll_interval, %s", timeout, interval), "Allow more time, or look more often."))
		}
	}
	diags.Append(s.checkWords()...)
	return t, diags
}

// checkWords checks status_map.
func (s *shared) checkWords() diag.Diagnostics {
	var diags diag.Diagnostics
	spelt := make(map[string]string)
	states := []task.State{task.Pending, task.Running, task.Succeeded, task.Failed}
	for _, word := range sortedKeys(s.StatusMap) {
		at := path.Root("status_map").AtMapKey(word)
		folded := strings.ToLower(word)
		other, twice := spelt[folded]
		spelt[folded] = word
		switch {
		case word == "":
			diags.Append(gate.InvalidArgument(path.Root("status_map"), "a key is empty", "An absent status cannot be classified."))
		case twice:
			diags.Append(gate.InvalidArgument(at, fmt.Sprintf("the keys %q and %q differ only in case", other, word), "Keep one of them: words are compared without regard to case."))
		}
		value, ok := s.StatusMap.Elements()[word].(types.String)
		if ok && !value.IsUnknown() && !slices.Contains(states, task.State(value.ValueString())) {
			diags.Append(gate.InvalidArgument(at, fmt.Sprintf("%s is not a state that a word can have", value), "Use pending, running, succeeded or failed."))
		}
	}
	return diags
}

// words returns status_map, which has been checked.
func (s *shared) words() map[string]task.State {
	words := make(map[string]task.State)
	for word, value := range s.StatusMap.Elements() {
		if text, ok := value.(types.String); ok {
			words[word] = task.State(text.ValueString())
		}
	}
	return words
}

func sortedKeys(m types.Map) []string {
	var keys []string
	for key := range m.Elements() {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// shortDuration writes 30m0s as 30m.
func shortDuration(d time.Duration) string {
	return strings.TrimSuffix(d.String(), "0s")
}
