// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Diagnostic is an error or a warning, whose summary then begins with WARNING.
// At is the path of the attribute that it points to.
type Diagnostic struct{ Summary, Detail, At string }

// diagnosticsOf returns nil if there are none.
func diagnosticsOf(diagnostics []*tfprotov6.Diagnostic) []Diagnostic {
	var all []Diagnostic
	for _, d := range diagnostics {
		one := Diagnostic{Summary: d.Summary, Detail: d.Detail}
		if d.Attribute != nil {
			one.At = atOf(d.Attribute)
		}
		if d.Severity != tfprotov6.DiagnosticSeverityError {
			one.Summary = d.Severity.String() + ": " + one.Summary
		}
		all = append(all, one)
	}
	return all
}

// atOf writes the path of an attribute: "status_map.FROZEN".
func atOf(path *tftypes.AttributePath) string {
	at := ""
	for _, step := range path.Steps() {
		at = strings.TrimPrefix(fmt.Sprintf("%s.%v", at, step), ".")
	}
	return at
}

func encode(t *testing.T, schema *tfprotov6.Schema, a Args) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(schema.ValueType(), Typed(schema.ValueType(), a))
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

// Typed gives Args, or a value of theirs, a Terraform type. Attributes that are
// not set are null.
func Typed(t tftypes.Type, value any) tftypes.Value {
	switch value := value.(type) {
	case Args:
		return tftypes.NewValue(t, value.typed(t))
	case []Args:
		list, _ := t.(tftypes.List) // NewValue panics if it is another type
		blocks := make([]tftypes.Value, len(value))
		for i, block := range value {
			blocks[i] = Typed(list.ElementType, block)
		}
		return tftypes.NewValue(t, blocks)
	default:
		return tftypes.NewValue(t, value)
	}
}

func (a Args) typed(t tftypes.Type) map[string]tftypes.Value {
	values := map[string]tftypes.Value{}
	switch t := t.(type) {
	case tftypes.Object:
		for name, attribute := range t.AttributeTypes {
			values[name] = Typed(attribute, a[name])
		}
	case tftypes.Map:
		for key, member := range a {
			values[key] = Typed(t.ElementType, member)
		}
	}
	return values
}

// untyped is the reverse of Typed.
func untyped(v tftypes.Value) any {
	if v.IsNull() {
		return nil
	}
	var (
		text    string
		boolean bool
		number  big.Float
		values  []tftypes.Value
		members map[string]tftypes.Value
	)
	switch {
	case v.As(&text) == nil:
		return text
	case v.As(&boolean) == nil:
		return boolean
	case v.As(&number) == nil:
		f, _ := number.Float64()
		return f
	case v.As(&values) == nil:
		elements := make([]any, len(values))
		for i, each := range values {
			elements[i] = untyped(each)
		}
		return elements
	case v.As(&members) == nil:
		object := map[string]any{}
		for name, each := range members {
			object[name] = untyped(each)
		}
		return object
	}
	return fmt.Sprintf("unknown, or of an unexpected type: %s", v)
}
