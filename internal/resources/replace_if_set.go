// SPDX-License-Identifier: MPL-2.0

package resources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
)

// replaceIfSet is for region and project_id, which default to those of the
// provider: a gate is replaced when they are set to something else, and kept when
// they are unset or empty, which means the same. In a plan with any change, the
// framework marks an unset one as unknown, which RequiresReplace would take for a
// change.
type replaceIfSet struct{}

// Description implements planmodifier.String.
func (replaceIfSet) Description(context.Context) string {
	return "If it is set to another value, the gate is replaced."
}

// MarkdownDescription implements planmodifier.String.
func (m replaceIfSet) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString implements planmodifier.String.
func (replaceIfSet) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	switch {
	case req.State.Raw.IsNull():
		return // a gate to create
	case req.ConfigValue.IsNull(), !req.ConfigValue.IsUnknown() && req.ConfigValue.ValueString() == "":
		resp.PlanValue = req.StateValue
	default:
		resp.RequiresReplace = !req.PlanValue.Equal(req.StateValue)
	}
}
