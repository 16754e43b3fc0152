// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// IDs that all reads use.
const (
	projectID  = "05f2cff45100d5112f4bc00b794ea08e"
	instanceID = "5560df16-cebf-4473-95c4-d1b573c16e79"
	taskID     = "8abf6e1e72c12e7c0172c15b508500aa"
	jobID      = "ff8080818822bbf70188235afc24141a"
	clusterID  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
)

// network responds at once, depending on the request.
type network func(*http.Request) []byte

// RoundTrip implements http.RoundTripper.
func (n network) RoundTrip(req *http.Request) (*http.Response, error) {
	body := n(req)
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{
			"Content-Type": {"application/json"},
			"Date":         {"Sat, 21 Nov 2026 12:00:00 GMT"},
			"X-Request-Id": {"00000000000000000000000000000001"},
		},
		ContentLength: int64(len(body)), Body: io.NopCloser(bytes.NewReader(body)), Request: req,
	}, nil
}

// server is a provider in this process.
type server struct {
	protocol tfprotov6.ProviderServer
	schema   *tfprotov6.GetProviderSchemaResponse
}

func serve(b *testing.B, constructor func() provider.Provider, settings map[string]any) server {
	b.Helper()
	s := server{protocol: providerserver.NewProtocol6(constructor())()}
	var err error
	if s.schema, err = s.protocol.GetProviderSchema(b.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		b.Fatal(err)
	}
	resp, err := s.protocol.ConfigureProvider(b.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0", Config: encode(b, s.schema.Provider, settings),
	})
	if err != nil || len(resp.Diagnostics) > 0 {
		b.Fatal(err, resp.Diagnostics)
	}
	return s
}

// reader returns a function that reads a data source, each time with the next of
// the arguments.
func (s server) reader(b *testing.B, source string, arguments ...map[string]any) func() {
	b.Helper()
	var requests []*tfprotov6.ReadDataSourceRequest
	for _, a := range arguments {
		requests = append(requests, &tfprotov6.ReadDataSourceRequest{
			TypeName: source, Config: encode(b, s.schema.DataSourceSchemas[source], a),
		})
	}
	ctx, next := b.Context(), 0
	return func() {
		resp, err := s.protocol.ReadDataSource(ctx, requests[next])
		if err != nil || len(resp.Diagnostics) > 0 {
			panic(fmt.Sprintf("%v %+v", err, resp.Diagnostics[0]))
		}
		next = (next + 1) % len(requests)
	}
}

// encode converts values to Terraform types. Missing attributes are null.
func encode(b *testing.B, schema *tfprotov6.Schema, values map[string]any) *tfprotov6.DynamicValue {
	b.Helper()
	encoded, err := tfprotov6.NewDynamicValue(schema.ValueType(), typed(schema.ValueType(), values))
	if err != nil {
		b.Fatal(err)
	}
	return &encoded
}

func typed(t tftypes.Type, value any) tftypes.Value {
	fields, ok := value.(map[string]any)
	if !ok {
		return tftypes.NewValue(t, value)
	}
	values := map[string]tftypes.Value{}
	switch t := t.(type) {
	case tftypes.Object:
		for name, attribute := range t.AttributeTypes {
			values[name] = typed(attribute, fields[name])
		}
	case tftypes.Map:
		for key, element := range fields {
			values[key] = typed(t.ElementType, element)
		}
	}
	return tftypes.NewValue(t, values)
}

// regions is large enough that the request limit, which applies per host, never
// delays a read.
const regions = 512

// settings give each region its own host.
func settings() map[string]any {
	endpoints := map[string]any{}
	for _, service := range []string{"dcs", "dws", "cce"} {
		endpoints[service] = "https://" + service + ".{region}.example.com"
	}
	return map[string]any{
		"region": "r0", "access_key": "FAKEACCESSKEY", "secret_key": "fake-secret-key", "endpoints": endpoints,
	}
}

// inEveryRegion repeats arguments for each region.
func inEveryRegion(arguments map[string]any) []map[string]any {
	all := make([]map[string]any, regions)
	for i := range all {
		all[i] = map[string]any{"region": fmt.Sprintf("r%d", i), "project_id": projectID}
		for name, value := range arguments {
			all[i][name] = value
		}
	}
	return all
}
