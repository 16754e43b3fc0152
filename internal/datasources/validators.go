// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// textCheck is a validator: a check, and what to use instead of a value that
// does not pass it.
type textCheck struct {
	check  func(string) error
	remedy string
}

var (
	identifier = textCheck{transport.CheckIdentifier, "Use the ID as the API or the console shows it: letters, digits, hyphens, underscores, and dots."}
	hostPart   = textCheck{transport.CheckHost, "Use the ID of a region, for example cn-north-4."}
	interval   = textCheck{atLeast(gate.MinPollInterval), fmt.Sprintf("Use a duration of at least %q.", gate.MinPollInterval)}
	timeLimit  = textCheck{atLeast(time.Nanosecond), "Use a duration above zero, for example \"30m\" or \"2h45m\"."}
	timestamp  = textCheck{isTimestamp, "Use RFC 3339, for example 2023-11-25T09:00:00Z."}
	notEmpty   = textCheck{isNotEmpty, "Set a value, or remove the argument."}
)

func atLeast(least time.Duration) func(string) error {
	return func(text string) error {
		switch d, err := time.ParseDuration(text); {
		case err != nil:
			return fmt.Errorf("%q is not a valid duration", text)
		case d < least:
			return fmt.Errorf("%q is too short", text)
		default:
			return nil
		}
	}
}

func isTimestamp(text string) error {
	if _, err := time.Parse(time.RFC3339, text); err != nil {
		return fmt.Errorf("%q is not a valid time", text)
	}
	return nil
}

func isNotEmpty(text string) error {
	if text == "" {
		return fmt.Errorf("%q selects nothing", text)
	}
	return nil
}

// oneOf accepts the given values only.
func oneOf(values ...string) textCheck {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = fmt.Sprintf("%q", v)
	}
	return textCheck{
		func(text string) error {
			if !slices.Contains(values, text) {
				return fmt.Errorf("%q is not a valid value", text)
			}
			return nil
		},
		"Use one of " + strings.Join(quoted, ", ") + ".",
	}
}

// orEmpty accepts an empty string as well, which counts as unset.
func orEmpty(c textCheck) textCheck {
	return textCheck{func(text string) error {
		if text == "" {
			return nil
		}
		return c.check(text)
	}, c.remedy}
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
		resp.Diagnostics.Append(diagnostics.InvalidArgument(req.Path, err.Error(), c.remedy))
	}
}

// checkAttributes does what the framework does while Terraform validates: it
// rejects a required argument that is null, and runs the validators. The time
// limit is reported under the caller's name for it.
func checkAttributes(ctx context.Context, s schema.Schema, config tfsdk.Config, caller Caller) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
		at := path.Root(name)
		switch a := s.Attributes[name].(type) {
		case schema.StringAttribute:
			var value types.String
			diags.Append(config.GetAttribute(ctx, at, &value)...)
			if a.Required && value.IsNull() {
				diags.Append(diagnostics.InvalidArgument(at, "it is required, but null", "Set a value."))
			}
			diags.Append(checkText(ctx, a.Validators, at, value)...)
		case schema.Int64Attribute:
			var value types.Int64
			diags.Append(config.GetAttribute(ctx, at, &value)...)
			for _, v := range a.Validators {
				var resp validator.Int64Response
				v.ValidateInt64(ctx, validator.Int64Request{Path: at, PathExpression: at.Expression(), Config: config, ConfigValue: value}, &resp)
				diags.Append(resp.Diagnostics...)
			}
		case schema.SingleNestedAttribute:
			if limit, ok := a.Attributes["read"].(schema.StringAttribute); ok && name == "timeouts" {
				var value types.String
				diags.Append(config.GetAttribute(ctx, at.AtName("read"), &value)...)
				diags.Append(checkText(ctx, limit.Validators, caller.Timeout, value)...)
			}
		}
	}
	return diags
}

// checkKnown rejects unknown values, which Validate skips: a filter without its
// value would select an earlier task. Terraform does not read with any.
func checkKnown(config tfsdk.Config) diag.Diagnostics {
	var values map[string]tftypes.Value
	if err := config.Raw.As(&values); err != nil {
		return diag.Diagnostics{diagnostics.Bug(err)}
	}
	var diags diag.Diagnostics
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !values[name].IsFullyKnown() {
			diags.Append(diagnostics.InvalidArgument(path.Root(name), "its value is still unknown", "Set a value that is known by now."))
		}
	}
	return diags
}

func checkText(ctx context.Context, validators []validator.String, at path.Path, value types.String) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, v := range validators {
		var resp validator.StringResponse
		v.ValidateString(ctx, validator.StringRequest{Path: at, PathExpression: at.Expression(), ConfigValue: value}, &resp)
		diags.Append(resp.Diagnostics...)
	}
	return diags
}
