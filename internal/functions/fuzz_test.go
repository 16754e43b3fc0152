// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"encoding/json"
	"maps"
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

// FuzzDecodeDetail: whatever the text is, the answer is one sentence in one
// line or a value that Terraform can read. JSON becomes what Terraform's own
// jsondecode makes of it, and of the notation of DCS not a character is lost.
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
			return // Terraform has no such strings
		}
		detail = cty.StringVal(detail).AsString() // and normalizes those that it has
		got := decodeDetail(t, text(detail))
		body := strings.Trim(detail, " \t\r\n")
		isJSON := json.Valid([]byte(detail)) && strings.ContainsAny(body[:1], "{[")
		switch {
		case got.Error != "":
			inOneLine(t, got.Error)
			if isJSON && !strings.HasSuffix(got.Error, "already") && !strings.HasSuffix(got.Error, "exactly") && !strings.HasSuffix(got.Error, "another") {
				t.Errorf("JSON is refused: %s", got.Error)
			}
		case detail == "" || body == "null":
			diff(t, returns(null), got)
		case isJSON:
			agreesWithJSONDecode(t, detail, got.Value)
		default:
			losesNothing(t, body, got.Value)
		}
	})
}

// inOneLine checks that Terraform can print a sentence as it is.
func inOneLine(t *testing.T, sentence string) {
	t.Helper()
	odd := func(r rune) bool { return !unicode.IsPrint(r) }
	if !utf8.ValidString(sentence) || strings.ContainsFunc(sentence, odd) || strings.HasSuffix(sentence, ".") {
		t.Errorf("the sentence cannot be printed as it is: %q", sentence)
	}
}

func agreesWithJSONDecode(t *testing.T, detail string, value attr.Value) {
	t.Helper()
	want, err := jsonDecoded(cty.StringVal(detail))
	if err != nil {
		t.Fatal(err)
	}
	got, err := received(t, value)
	if err != nil && strings.Contains(err.Error(), "attributes is required") {
		return // two keys whose escapes are one once Terraform has normalized them
	}
	if err != nil {
		t.Fatalf("Terraform cannot read %s: %v", value, err)
	}
	if !got.RawEquals(want) {
		t.Errorf("got %#v, jsondecode makes %#v", got, want)
	}
}

// jsonDecoded is what jsondecode makes of a text and again of the strings in it
// that hold an object or an array.
func jsonDecoded(text cty.Value) (cty.Value, error) {
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
		return jsonDecoded(v)
	})
}

// received is a value as it reaches Terraform over the wire.
func received(t *testing.T, value attr.Value) (cty.Value, error) {
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

// losesNothing checks that the members of an object are all that its text has.
func losesNothing(t *testing.T, body string, value attr.Value) {
	t.Helper()
	if _, err := received(t, value); err != nil {
		t.Fatalf("Terraform cannot read %s: %v", value, err)
	}
	written := map[string]bool{}
	for key, member := range value.(types.Dynamic).UnderlyingValue().(types.Object).Attributes() {
		switch member := member.(type) {
		case types.String:
			written[key+":"+member.ValueString()] = true
		case types.List:
			var items []string
			for _, item := range member.Elements() {
				items = append(items, item.(types.String).ValueString())
			}
			written[key+":["+strings.Join(items, " ")+"]"] = true
		default:
			t.Fatalf("%s is %s", key, member)
		}
	}
	if got := slices.Sorted(maps.Keys(written)); !slices.Equal(got, slices.Sorted(slices.Values(strings.Split(body[1:len(body)-1], ",")))) {
		t.Errorf("%s becomes %q", body, got)
	}
}
