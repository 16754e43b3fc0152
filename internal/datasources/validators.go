// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
)

// textCheck is a validator made of a check and of what to tell who fails it.
type textCheck struct {
	check  func(string) error
	remedy string
}

var (
	identifier = textCheck{client.CheckIdentifier, "Use the id as the API or the console shows it: letters, digits, hyphens, underscores and dots."}
	hostPart   = textCheck{client.CheckHost, "Use a region's id, for example cn-north-4."}
)

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
