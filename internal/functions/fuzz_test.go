// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	"github.com/zclconf/go-cty/cty/msgpack"
)

// FuzzDecodeDetail checks that the result is a one-line error or a value that
// Terraform can decode, that JSON has the value that Terraform's jsondecode returns,
// and that no character of a DCS detail is lost.
func FuzzDecodeDetail(f *testing.F) {
	for _, detail := range []string{
		`{"progressInfo":"{\"progress\":\"100.00%\",\"backupSize\":157661926,\"backupRate\":{\"compressRate\":\"0MB/s\"}}"}`,
		`[null,true,-0.5e-7,"x","[1,{}]","{\"a\":\"[\\\"b\\\"]\"}"," [ ] "]`, `{"a":1,"a":2}`, `{"a":"{\"b\":1,\"b\":2}"}`, `[1e401]`, `[-0]`, `{"":"\ud800"}`, `[0 5460]`, `{"a":1}}`, `{`,
		"{node_id:9996c3376318417281fb5e611f3fb1a0,slot_range:[0 5460],full_migration:迁移中,inc_migration:待开始}",
		"{a:[[0 1] [] 2],b:,c:11:52:24,_d.e-f: }", "{a:[0  1]}", "{a:b,c}", "{a:\u202e}", "{a:{b:c}}", "null", "", " ", "12",
	} {
		f.Add(detail)
	}
	f.Fuzz(func(t *testing.T, detail string) {
		if !utf8.ValidString(detail) {
			return // not a string in Terraform
		}
		detail = cty.StringVal(detail).AsString() // Terraform normalizes strings
		got := decodeDetail(t, text(detail))
		body := strings.Trim(detail, " \t\r\n")
		isJSON := json.Valid([]byte(detail)) && strings.ContainsAny(body[:1], "{[")
		switch {
		case got.Error != "":
			checkPrintable(t, got.Error)
			if isJSON && !strings.HasSuffix(got.Error, "duplicate key") && !strings.HasSuffix(got.Error, "exactly") && !strings.HasSuffix(got.Error, "nested objects and arrays") {
				t.Errorf("valid JSON is rejected: %s", got.Error)
			}
		case detail == "" || body == "null":
			diff(t, result{Value: null}, got)
		case isJSON:
			compareWithJSONDecode(t, detail, got.Value)
		default:
			compareWithText(t, body, got.Value)
		}
	})
}

// checkPrintable checks that a message is one line of printable text.
func checkPrintable(t *testing.T, message string) {
	t.Helper()
	unprintable := func(r rune) bool { return !unicode.IsPrint(r) }
	if !utf8.ValidString(message) || strings.ContainsFunc(message, unprintable) || strings.HasSuffix(message, ".") {
		t.Errorf("unprintable message: %q", message)
	}
}

func compareWithJSONDecode(t *testing.T, detail string, value attr.Value) {
	t.Helper()
	want, err := jsonDecode(cty.StringVal(detail))
	if err != nil {
		t.Fatal(err)
	}
	got, err := roundTrip(t, value)
	if err != nil && strings.Contains(err.Error(), "attributes is required") {
		return // two keys that are equal once Terraform normalizes them
	}
	if err != nil {
		t.Fatalf("Terraform cannot decode %s: %v", value, err)
	}
	if !got.RawEquals(want) {
		t.Errorf("got %#v, jsondecode returns %#v", got, want)
	}
}

// jsonDecode applies jsondecode to a text, and to the strings in it that contain an
// object or array.
func jsonDecode(text cty.Value) (cty.Value, error) {
	outer, err := stdlib.JSONDecode(text)
	if err != nil {
		return cty.NilVal, err
	}
	return cty.Transform(outer, func(_ cty.Path, v cty.Value) (cty.Value, error) {
		if v.IsNull() || v.Type() != cty.String || !json.Valid([]byte(v.AsString())) {
			return v, nil
		}
		if body := strings.TrimLeft(v.AsString(), " \t\r\n"); body[0] != '{' && body[0] != '[' {
			return v, nil
		}
		return jsonDecode(v)
	})
}

// roundTrip returns a value as Terraform receives it.
func roundTrip(t *testing.T, value attr.Value) (cty.Value, error) {
	t.Helper()
	raw, err := value.ToTerraformValue(t.Context())
	if err != nil {
		return cty.NilVal, err
	}
	wire, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, raw)
	if err != nil {
		return cty.NilVal, err
	}
	return msgpack.Unmarshal(wire.MsgPack, cty.DynamicPseudoType)
}

// compareWithText checks that the fields of an object are those of its text.
func compareWithText(t *testing.T, body string, value attr.Value) {
	t.Helper()
	if _, err := roundTrip(t, value); err != nil {
		t.Fatalf("Terraform cannot decode %s: %v", value, err)
	}
	var got []string
	for key, field := range value.(types.Dynamic).UnderlyingValue().(types.Object).Attributes() {
		switch field := field.(type) {
		case types.String:
			got = append(got, key+":"+field.ValueString())
		case types.List:
			var items []string
			for _, item := range field.Elements() {
				items = append(items, item.(types.String).ValueString())
			}
			got = append(got, key+":["+strings.Join(items, " ")+"]")
		default:
			t.Fatalf("%s is %s", key, field)
		}
	}
	want := strings.Split(body[1:len(body)-1], ",")
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s becomes %q", body, got)
	}
}
