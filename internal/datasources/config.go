// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
)

// ConfigOf converts the configuration of a gate resource or an action into that
// of the data source, waiting for success. timeout is the name of its time limit.
func (s Source) ConfigOf(ctx context.Context, raw tftypes.Value, timeout string) (tfsdk.Config, error) {
	var given map[string]tftypes.Value
	if err := raw.As(&given); err != nil {
		return tfsdk.Config{}, err
	}
	schema := s.Schema()
	object, _ := schema.Type().TerraformType(ctx).(tftypes.Object)
	values := make(map[string]tftypes.Value, len(object.AttributeTypes))
	for name, t := range object.AttributeTypes {
		values[name] = tftypes.NewValue(t, nil)
		attribute := schema.Attributes[name]
		if value, ok := given[name]; ok && (attribute.IsRequired() || attribute.IsOptional()) && name != "timeouts" {
			values[name] = value
		}
	}
	values["wait_for"] = tftypes.NewValue(tftypes.String, string(gate.Success))
	limits, err := timeoutsOf(given["timeouts"], object.AttributeTypes["timeouts"], timeout)
	if err != nil {
		return tfsdk.Config{}, err
	}
	values["timeouts"] = limits
	return tfsdk.Config{Raw: tftypes.NewValue(object, values), Schema: schema}, nil
}

// timeoutsOf renames the time limit to read.
func timeoutsOf(timeouts tftypes.Value, t tftypes.Type, name string) (tftypes.Value, error) {
	switch {
	case timeouts.IsNull():
		return tftypes.NewValue(t, nil), nil
	case !timeouts.IsKnown():
		return tftypes.NewValue(t, tftypes.UnknownValue), nil
	}
	var limits map[string]tftypes.Value
	if err := timeouts.As(&limits); err != nil {
		return tftypes.Value{}, err
	}
	return tftypes.NewValue(t, map[string]tftypes.Value{"read": limits[name]}), nil
}
