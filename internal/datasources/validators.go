// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// textCheck is a validator made of a check and of what to tell who fails it.
type textCheck struct {
	check  func(string) error
	remedy string
}

var (
	identifier = textCheck{transport.CheckIdentifier, "Use the id as the API or the console shows it: letters, digits, hyphens, underscores and dots."}
	hostPart   = textCheck{transport.CheckHost, "Use a region's id, for example cn-north-4."}
	interval   = textCheck{atLeast(gate.MinPollInterval), fmt.Sprintf("Use a duration of at least %q.", gate.MinPollInterval)}
	limit      = textCheck{atLeast(time.Nanosecond), "Use a duration above zero, for example \"30m\" or \"2h45m\"."}
	timestamp  = textCheck{isTimestamp, "Use RFC 3339, for example 2023-11-25T09:00:00Z."}
)

func atLeast(least time.Duration) func(string) error {
	return func(text string) error {
		switch d, err := time.ParseDuration(text); {
		case err != nil:
			return fmt.Errorf("%q is no duration", text)
		case d < least:
			return fmt.Errorf("%q is too short", text)
		default:
			return nil
		}
	}
}

func isTimestamp(text string) error {
	if _, err := time.Parse(time.RFC3339, text); err != nil {
		return fmt.Errorf("%q is no time", text)
	}
	return nil
}

// Description implements validator.String.
func (c textCheck) Description(context.Context) string { return c.remedy }

// MarkdownDescription implements validator.String.
func (c textCheck) MarkdownDescription(ctx context.Context) string { return c.Description(ctx) }

// ValidateString implements validator.String.
func (c textCheck) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := c.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.Append(gate.InvalidArgument(req.Path, err.Error(), c.remedy))
	}
}
