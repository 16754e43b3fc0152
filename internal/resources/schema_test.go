// SPDX-License-Identifier: MPL-2.0

package resources_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

type attribute struct {
	Name                         string
	Type                         tftypes.Type
	Required, Optional, Computed bool
}

func attributes(block *tfprotov6.SchemaBlock, without ...string) []attribute {
	var all []attribute
	for _, a := range block.Attributes {
		if !slices.Contains(without, a.Name) {
			all = append(all, attribute{a.Name, a.ValueType(), a.Required, a.Optional, a.Computed})
		}
	}
	return all
}

// TestSchema_isThatOfTheDataSource, less what controls or only shows a read, with
// what a gate has of its own.
func TestSchema_isThatOfTheDataSource(t *testing.T) {
	t.Parallel()
	server := unconfigured(t, newCloud())
	var names []string
	for _, s := range providertest.Sources() {
		name := "hwtasks_gate_" + s.Name
		names = append(names, name)
		own := []string{"triggers", "passed_at", "api_status", "timeouts"}
		gate, source := server.ResourceSchema(name).Block, server.DataSourceSchema("hwtasks_"+s.Name).Block
		testkit.Diff(t, name, attributes(source, append(notOfAGate, "timeouts")...), attributes(gate, own...))
		testkit.Diff(t, name+": own", []attribute{
			{"api_status", tftypes.String, false, false, true},
			{"passed_at", tftypes.String, false, false, true},
			{"timeouts", tftypes.Object{AttributeTypes: map[string]tftypes.Type{"create": tftypes.String}}, false, true, false},
			{"triggers", tftypes.Map{ElementType: tftypes.String}, false, true, false},
		}, slices.DeleteFunc(attributes(gate), func(a attribute) bool { return !slices.Contains(own, a.Name) }))
	}
	slices.Sort(names)
	testkit.Diff(t, "resources", names, server.Resources())
}

func TestSchema_isDescribed(t *testing.T) {
	t.Parallel()
	server := unconfigured(t, newCloud())
	for _, s := range providertest.Sources() {
		schema := server.ResourceSchema("hwtasks_gate_" + s.Name)
		for _, a := range schema.Block.Attributes {
			if !strings.HasSuffix(a.Description, ".") {
				t.Errorf("%s.%s is described as %q", s.Name, a.Name, a.Description)
			}
			standard := "`error` (default)"
			if s.Shape == providertest.List {
				standard = "`pending` (default)"
			}
			if strings.Contains(a.Description, "wait_for") {
				t.Errorf("%s.%s refers to wait_for: %s", s.Name, a.Name, a.Description)
			}
			if a.Name == "on_missing" && (strings.Count(a.Description, "(default)") != 1 || !strings.Contains(a.Description, standard)) {
				t.Errorf("%s.on_missing is described as %q", s.Name, a.Description)
			}
		}
	}
}
