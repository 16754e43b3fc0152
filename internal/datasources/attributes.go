// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"fmt"
	"slices"
	"strings"
	"time"

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
type commonArguments struct {
	Region       types.String `tfsdk:"region"`
	ProjectID    types.String `tfsdk:"project_id"`
	WaitFor      types.String `tfsdk:"wait_for"`
	PollInterval types.String `tfsdk:"poll_interval"`
	Timeouts     types.Object `tfsdk:"timeouts"`
	OnMissing    types.String `tfsdk:"on_missing"`
	StatusMap    types.Map    `tfsdk:"status_map"`
}

func (s *commonArguments) arguments() *commonArguments { return s }

// sharedAttributes describes the arguments of shared.
func commonAttributes(s Source) map[string]schema.Attribute {
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
			Optional: true, Validators: []validator.String{interval},
		},
		"timeouts": schema.SingleNestedAttribute{
			MarkdownDescription: "Time limits.", Optional: true,
			Attributes: map[string]schema.Attribute{
				"read": schema.StringAttribute{
					MarkdownDescription: fmt.Sprintf("Time limit of the read, a duration such as `\"2h45m\"`, above zero and longer than `poll_interval`. "+
						"Default: `%s` when waiting, `%s` when not.", shortDuration(gate.DefaultWaitTimeout), shortDuration(gate.DefaultReadTimeout)),
					Optional: true, Validators: []validator.String{limit},
				},
			},
		},
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
				task.Pending, task.Running, task.Succeeded, task.Failed, task.AnyStatus),
			ElementType: types.StringType, Optional: true,
		},
	}
}

// terms reads the arguments as the gate wants them. What is not known yet, and
// what a validator has refused, is passed over.
func (s *commonArguments) options(use Caller) (gate.Options, diag.Diagnostics) {
	t := gate.Options{
		WaitFor:      gate.WaitFor(s.WaitFor.ValueString()),
		OnMissing:    gate.OnMissing(s.OnMissing.ValueString()),
		PollInterval: parsed(s.PollInterval),
		Timeout:      gate.DefaultReadTimeout,
		TimeoutName:  use.Limit.String(),
		Invoked:      use.Invoked,
		Progress:     use.Progress,
	}
	if t.WaitFor != gate.ReadOnce {
		t.Timeout = gate.DefaultWaitTimeout
	}
	limit, _ := s.Timeouts.Attributes()["read"].(types.String) // null where timeouts is
	if d := parsed(limit); d > 0 {
		t.Timeout = d
	}
	diags := s.checkStatusMap()
	if t.Timeout <= t.PollInterval && !s.Timeouts.IsUnknown() && !limit.IsUnknown() {
		diags.Append(gate.InvalidArgument(use.Limit, fmt.Sprintf("%s is not longer than poll_interval, %s", t.Timeout, t.PollInterval), "Allow more time, or look more often."))
	}
	return t, diags
}

// parsed returns a duration, 0 where it is null, not known or none.
func parsed(text types.String) time.Duration {
	d, err := time.ParseDuration(text.ValueString())
	if err != nil {
		return 0
	}
	return d
}

// checkWords checks status_map.
func (s *commonArguments) checkStatusMap() diag.Diagnostics {
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
func (s *commonArguments) statusMap() map[string]task.State {
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
