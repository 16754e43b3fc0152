// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ReadResult is what a read returned: a state, or diagnostics.
type ReadResult struct {
	State       map[string]any // by attribute: string, bool, float64, []any, map[string]any, or nil
	Diagnostics []Diagnostic
}

// DataSourceSchema is the schema of a data source.
func (s *Server) DataSourceSchema(name string) *tfprotov6.Schema {
	return s.schema.DataSourceSchemas[name]
}

// Read validates and reads a data source, as Terraform does. The name has no
// prefix: "dcs_job".
func (s *Server) Read(t *testing.T, source string, a Args) ReadResult {
	t.Helper()
	name := "hwtasks_" + source
	schema := s.schema.DataSourceSchemas[name]
	config := encode(t, schema, a)
	validated, err := s.protocol.ValidateDataResourceConfig(s.within(t.Context()), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: name, Config: config})
	if err != nil {
		t.Error(err)
		return ReadResult{}
	}
	if diagnostics := diagnosticsOf(validated.Diagnostics); diagnostics != nil {
		return ReadResult{Diagnostics: diagnostics}
	}
	resp, err := s.protocol.ReadDataSource(s.within(t.Context()), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: config})
	if err != nil {
		t.Error(err)
		return ReadResult{}
	}
	if diagnostics := diagnosticsOf(resp.Diagnostics); diagnostics != nil {
		return ReadResult{Diagnostics: diagnostics}
	}
	state, err := resp.State.Unmarshal(schema.ValueType())
	if err != nil {
		t.Error(err)
		return ReadResult{}
	}
	attributes, _ := untyped(state).(map[string]any) // nil if there is no state
	return ReadResult{State: attributes}
}
