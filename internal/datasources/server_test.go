// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
)

// server is the provider in this process, spoken to as Terraform does, for
// tables with many rows and for virtual time.
type server struct {
	protocol tfprotov6.ProviderServer
	schema   *tfprotov6.GetProviderSchemaResponse
}

// reading is what a read has come to: the state, or what is wrong.
type reading struct {
	State  map[string]any // by attribute: string, bool, float64, []any, map[string]any or nil
	Faults []fault
}

// fault is a diagnostic; At is the path of the attribute that it points to.
type fault struct{ Summary, Detail, At string }

// connect configures a provider that reaches the cloud.
func connect(t *testing.T, cloud *fakecloud.Cloud, settings args) (*server, []fault) {
	t.Helper()
	s := &server{protocol: providerserver.NewProtocol6(provider.NewWithTransport("test", cloud.Transport())())()}
	var err error
	if s.schema, err = s.protocol.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	resp, err := s.protocol.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: encode(t, s.schema.Provider, settings)})
	if err != nil {
		t.Fatal(err)
	}
	return s, faults(resp.Diagnostics)
}

// read connects and reads a data source, validating it first as Terraform does.
func read(t *testing.T, cloud *fakecloud.Cloud, settings args, source string, a args) reading {
	t.Helper()
	s, wrong := connect(t, cloud, settings)
	if wrong != nil {
		return reading{Faults: wrong}
	}
	return s.read(t, source, a)
}

func (s *server) read(t *testing.T, source string, a args) reading {
	t.Helper()
	name := "hwtasks_" + source
	schema := s.schema.DataSourceSchemas[name]
	config := encode(t, schema, a)
	valid, err := s.protocol.ValidateDataResourceConfig(t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: name, Config: config})
	if err != nil {
		t.Error(err)
		return reading{}
	}
	if wrong := faults(valid.Diagnostics); wrong != nil {
		return reading{Faults: wrong}
	}
	resp, err := s.protocol.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: config})
	if err != nil {
		t.Error(err)
		return reading{}
	}
	if wrong := faults(resp.Diagnostics); wrong != nil {
		return reading{Faults: wrong}
	}
	state, err := resp.State.Unmarshal(schema.ValueType())
	if err != nil {
		t.Error(err)
		return reading{}
	}
	return reading{State: plain(state).(map[string]any)}
}

func encode(t *testing.T, schema *tfprotov6.Schema, a args) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(schema.ValueType(), typed(schema.ValueType(), a))
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

// typed gives a value its Terraform type; what an object lacks is null.
func typed(t tftypes.Type, value any) tftypes.Value {
	members, ok := value.(args)
	if !ok {
		return tftypes.NewValue(t, value)
	}
	values := map[string]tftypes.Value{}
	switch t := t.(type) {
	case tftypes.Object:
		for name, attribute := range t.AttributeTypes {
			values[name] = typed(attribute, members[name])
		}
	case tftypes.Map:
		for key, member := range members {
			values[key] = typed(t.ElementType, member)
		}
	}
	return tftypes.NewValue(t, values)
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
func faults(diagnostics []*tfprotov6.Diagnostic) []fault {
	var all []fault
	for _, d := range diagnostics {
		f := fault{Summary: d.Summary, Detail: d.Detail}
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

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}
