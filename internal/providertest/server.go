// SPDX-License-Identifier: MPL-2.0

// Package providertest speaks to the provider as Terraform does, but within the
// process of a test: for tables with many rows, for virtual time, and for what
// only a newer Terraform can ask for. It is imported by tests alone.
package providertest

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Server is a provider that runs in this process.
type Server struct {
	protocol protocol
	schema   *tfprotov6.GetProviderSchemaResponse
	within   func(context.Context) context.Context
}

// protocol is all that the framework's server speaks. What is newer than the
// oldest of its clients stands in interfaces of its own.
type protocol interface {
	tfprotov6.ProviderServer
	tfprotov6.ActionServer
}

// Reading is what a read has come to: the state, or what is wrong.
type ReadResult struct {
	State       map[string]any // by attribute: string, bool, float64, []any, map[string]any or nil
	Diagnostics []Diagnostic
}

// Fault is a diagnostic; At is the path of the attribute that it points to. The
// summary of a warning begins with WARNING.
type Diagnostic struct{ Summary, Detail, At string }

// Args are the arguments of a block: strings, numbers, booleans, Args again for
// an object or a map, []Args for blocks, and in process tftypes.UnknownValue.
type Args map[string]any

// With returns the arguments with others added or replaced; nil takes one away.
func (a Args) With(others Args) Args {
	all := Args{}
	maps.Copy(all, a)
	maps.Copy(all, others)
	maps.DeleteFunc(all, func(_ string, value any) bool { return value == nil })
	return all
}

// HCL returns the arguments as a block.
func (a Args) HCL() string {
	var b strings.Builder
	b.WriteString("{\n")
	for _, name := range slices.Sorted(maps.Keys(a)) {
		switch value := a[name].(type) {
		case Args:
			fmt.Fprintf(&b, "%s = %s\n", name, value.hclObject())
		case []Args:
			for _, block := range value {
				fmt.Fprintf(&b, "%s %s\n", name, block.HCL())
			}
		default:
			fmt.Fprintf(&b, "%s = %#v\n", name, value)
		}
	}
	b.WriteString("}")
	return b.String()
}

// hclObject quotes the keys: those of a map need not be names.
func (a Args) hclObject() string {
	var members []string
	for _, key := range slices.Sorted(maps.Keys(a)) {
		members = append(members, fmt.Sprintf("%q = %#v", key, a[key]))
	}
	return "{ " + strings.Join(members, ", ") + " }"
}

// Connect configures a provider. It returns what is wrong with its arguments,
// nil if nothing is.
func Connect(t *testing.T, constructor func() provider.Provider, settings Args) (*Server, []Diagnostic) {
	t.Helper()
	return ConnectWithin(t, func(ctx context.Context) context.Context { return ctx }, constructor, settings)
}

// ConnectWithin is Connect with a function that prepares the context of each
// call, for example by a logger.
func ConnectWithin(t *testing.T, within func(context.Context) context.Context, constructor func() provider.Provider, settings Args) (*Server, []Diagnostic) {
	t.Helper()
	speaks, ok := providerserver.NewProtocol6(constructor())().(protocol)
	if !ok {
		t.Fatal("the framework's server does not speak of actions")
	}
	s := &Server{protocol: speaks, within: within}
	var err error
	if s.schema, err = s.protocol.GetProviderSchema(s.within(t.Context()), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	resp, err := s.protocol.ConfigureProvider(s.within(t.Context()), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0", Config: encode(t, s.schema.Provider, settings),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, faults(resp.Diagnostics)
}

// Read reads a data source, named without its prefix, and validates it first as
// Terraform does.
func (s *Server) Read(t *testing.T, source string, a Args) ReadResult {
	t.Helper()
	name := "hwtasks_" + source
	schema := s.schema.DataSourceSchemas[name]
	config := encode(t, schema, a)
	valid, err := s.protocol.ValidateDataResourceConfig(s.within(t.Context()), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: name, Config: config})
	if err != nil {
		t.Error(err)
		return ReadResult{}
	}
	if wrong := faults(valid.Diagnostics); wrong != nil {
		return ReadResult{Diagnostics: wrong}
	}
	resp, err := s.protocol.ReadDataSource(s.within(t.Context()), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: config})
	if err != nil {
		t.Error(err)
		return ReadResult{}
	}
	if wrong := faults(resp.Diagnostics); wrong != nil {
		return ReadResult{Diagnostics: wrong}
	}
	state, err := resp.State.Unmarshal(schema.ValueType())
	if err != nil {
		t.Error(err)
		return ReadResult{}
	}
	attributes, _ := plain(state).(map[string]any) // nil for a state that is none
	return ReadResult{State: attributes}
}

func encode(t *testing.T, schema *tfprotov6.Schema, a Args) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(schema.ValueType(), Typed(schema.ValueType(), a))
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

// Typed gives a value, Args or what may be in them, its Terraform type. What an
// object lacks is null.
func Typed(t tftypes.Type, value any) tftypes.Value {
	switch value := value.(type) {
	case Args:
		return tftypes.NewValue(t, value.typed(t))
	case []Args:
		list, _ := t.(tftypes.List) // what is none is told by NewValue
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

// plain takes the types away again.
func plain(v tftypes.Value) any {
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
			elements[i] = plain(each)
		}
		return elements
	case v.As(&members) == nil:
		object := map[string]any{}
		for name, each := range members {
			object[name] = plain(each)
		}
		return object
	}
	return fmt.Sprintf("unknown or of a strange type: %s", v)
}

// faults are the errors and warnings among diagnostics, nil if there are none.
func faults(diagnostics []*tfprotov6.Diagnostic) []Diagnostic {
	var all []Diagnostic
	for _, d := range diagnostics {
		f := Diagnostic{Summary: d.Summary, Detail: d.Detail}
		if d.Attribute != nil {
			for _, step := range d.Attribute.Steps() {
				f.At = strings.TrimPrefix(fmt.Sprintf("%s.%v", f.At, step), ".")
			}
		}
		if d.Severity != tfprotov6.DiagnosticSeverityError {
			f.Summary = d.Severity.String() + ": " + f.Summary
		}
		all = append(all, f)
	}
	return all
}
