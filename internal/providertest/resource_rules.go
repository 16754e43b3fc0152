// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// What Terraform itself does with the values of a resource, and demands of a
// provider: package objchange in its source.

func (r *Resource) schema() *tfprotov6.Schema { return r.server.schema.ResourceSchemas[r.name] }

func (r *Resource) null() tftypes.Value { return tftypes.NewValue(r.schema().ValueType(), nil) }

func (r *Resource) dynamic(t *testing.T, v tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(r.schema().ValueType(), v)
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

func (r *Resource) value(t *testing.T, encoded *tfprotov6.DynamicValue) tftypes.Value {
	t.Helper()
	if encoded == nil {
		return r.null()
	}
	v, err := encoded.Unmarshal(r.schema().ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// attributes are the attributes of a value, nil if it is null.
func attributes(t *testing.T, v tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	if v.IsNull() {
		return nil
	}
	var all map[string]tftypes.Value
	if err := v.As(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// proposed is the configuration, with computed attributes that are not set as
// they were.
func (r *Resource) proposed(t *testing.T, prior, config tftypes.Value) tftypes.Value {
	t.Helper()
	before, after := attributes(t, prior), attributes(t, config)
	for _, a := range r.schema().Block.Attributes {
		if before != nil && a.Computed && after[a.Name].IsNull() {
			after[a.Name] = before[a.Name]
		}
	}
	return tftypes.NewValue(config.Type(), after)
}

// assertValid demands that a plan has the configured values, or the prior ones.
func (r *Resource) assertValid(t *testing.T, prior, config, planned tftypes.Value) {
	t.Helper()
	before, given, after := attributes(t, prior), attributes(t, config), attributes(t, planned)
	for _, a := range r.schema().Block.Attributes {
		kept := before != nil && after[a.Name].Equal(before[a.Name])
		if unset := a.Computed && given[a.Name].IsNull(); !unset && !kept && !after[a.Name].Equal(given[a.Name]) {
			t.Errorf("%s produced an invalid plan for %s: %s, configured as %s", r.name, a.Name, after[a.Name], given[a.Name])
		}
	}
}

// conform demands that a value has everything that was known of it before.
func conform(t *testing.T, what string, planned, got tftypes.Value) {
	t.Helper()
	after := attributes(t, got)
	for name, value := range attributes(t, planned) {
		if value.IsFullyKnown() && !value.Equal(after[name]) {
			t.Errorf("%s is not as planned: %s is %s instead of %s", what, name, after[name], value)
		}
	}
}
