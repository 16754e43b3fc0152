// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// dwsDetail returns the detail in the example of the API document.
func dwsDetail(t *testing.T) string {
	t.Helper()
	var action struct {
		Items []struct {
			SubItems []struct {
				Detail string `json:"detail"`
			} `json:"sub_items"`
		} `json:"items"`
	}
	if err := json.Unmarshal([]byte(fakecloud.ExampleDWSClusterAction), &action); err != nil {
		t.Fatal(err)
	}
	return action.Items[0].SubItems[0].Detail
}

// dwsFields are the fields of progressInfo in that detail.
var dwsFields = fields{
	"actionType":      text("Backup"),
	"actionStartTime": text("2025-05-19 09:07:28"),
	"actionEndTime":   text("2025-05-19 09:07:42"),
	"updateTime":      text("2025-05-19 09:07:43"),
	"currentStep":     text("FINISH"),
	"failedStep":      text("INIT"),
	"progress":        text("100.00%"),
	"errorCode":       text(""),
	"errorMsg":        text("host-172-16-13-211 SUCCESS host-172-16-47-24 SUCCESS host-172-16-19-132 SUCCESS "),
	"backupSize":      number("157661926"),
	"backupRate":      object(fields{"compressRate": text("0MB/s"), "consumerRate": text("0MB/s"), "producerRate": text("0MB/s")}),
	"partialPassKeys": text("N/A"),
	"unrestoreKeys":   text("N/A"),
	"priorKey":        text("N/A"),
	"key":             text("20250519_090729"),
}

func TestDecodeDetail_json(t *testing.T) {
	t.Parallel()
	testValid(t, []valid{
		{"documented example", dwsDetail(t), object(fields{"progressInfo": object(dwsFields)})},
		{"every type", `{"s":"x","n":1,"t":true,"f":false,"z":null,"o":{"k":"v"},"a":[1,"x"]}`, object(fields{
			"s": text("x"), "n": number("1"), "t": types.BoolValue(true), "f": types.BoolValue(false), "z": null,
			"o": object(fields{"k": text("v")}), "a": tuple(number("1"), text("x")),
		})},
		{"array", ` [null, [], {"a": [{}]}] `, tuple(null, tuple(), object(fields{"a": tuple(object(nil))}))},
		{"empty object", " {\t} ", object(nil)},
		{"numbers digit by digit", `[9007199254740993,12345678901234567890.0123456789,-0.5,1e3,1E-7,0,1e400]`, tuple(
			number("9007199254740993"), number("12345678901234567890.0123456789"), number("-0.5"), number("1000"), number("0.0000001"), number("0"), number("1e400"),
		)},
		{"150 digits", "[" + strings.Repeat("9", 150) + "]", tuple(number(strings.Repeat("9", 150)))},
		{"Chinese text and escapes", `{"步骤":"\u8fc1移中","e":"\"\\\/\n\ud83d\ude00"}`, object(fields{"步骤": text("迁移中"), "e": text("\"\\/\n😀")})},
		{"unusual keys", `{"":1,"a.b":2,"a":3,"A":4}`, object(fields{"": number("1"), "a.b": number("2"), "a": number("3"), "A": number("4")})},
		{"the same key in two objects", `{"a":{"a":1},"b":{"a":2}}`, object(fields{"a": object(fields{"a": number("1")}), "b": object(fields{"a": number("2")})})},
	})
}

func TestDecodeDetail_jsonInStrings(t *testing.T) {
	t.Parallel()
	testValid(t, []valid{
		{"object", `{"a":"{\"b\":\"c\"}"}`, object(fields{"a": object(fields{"b": text("c")})})},
		{"array in an array", `["[1,\"x\"]"]`, tuple(tuple(number("1"), text("x")))},
		{"with white space", `{"a":" \n{ \"b\" : 1 }\t"}`, object(fields{"a": object(fields{"b": number("1")})})},
		{"several levels", `["[\"[\\\"[\\\\\\\"x\\\\\\\"]\\\"]\"]"]`, tuple(tuple(tuple(tuple(text("x")))))},
		{"no other JSON", `["","12","null","\"x\"","迁移中"," "]`, tuple(text(""), text("12"), text("null"), text(`"x"`), text("迁移中"), text(" "))},
		{
			"no text that only begins like JSON", `["[INFO] done","{0}","[0 5460]","{a:b}","[1]]","{\"a\":1"]`,
			tuple(text("[INFO] done"), text("{0}"), text("[0 5460]"), text("{a:b}"), text("[1]]"), text(`{"a":1`)),
		},
	})
}

func TestDecodeDetail_invalidJSON(t *testing.T) {
	t.Parallel()
	brackets := func(n int, within string) string { return strings.Repeat("[", n) + within + strings.Repeat("]", n) }
	testInvalid(t, "unexpected end of text", positions{`{`: 2, `[`: 2, `{"进度":"100`: 11, `{"a":1`: 7, `{"a":tru`: 9})
	testInvalid(t, "invalid JSON", positions{
		`{"a":1,}`: 8, `[1,]`: 4, `[0 5460]`: 4, `{"进度":迁移中}`: 7, `{"a":'b'}`: 6, `{"a" "b"}`: 6, `{"a":01}`: 7, `{"a":NaN}`: 6, "{\"a\":\"\t\"}": 7,
	})
	testInvalid(t, "unexpected text after the end of the value", positions{`[]迁移中`: 3, `{"a":1}}`: 8, `{"a":1} {"b":2}`: 9, `{"a":1},`: 8})
	testInvalid(t, "duplicate key", positions{
		`{"a":1,"a":1}`: 8, `{"a":1, "\u0061":2}`: 9, `{"a":{"b":1,"b":2}}`: 13, `{"progressInfo":"{\"a\":1,\"a\":2}"}`: 8,
	})
	testInvalid(t, "Terraform cannot represent this number exactly", positions{
		`{"a": 1e401}`: 7, `[1e-99999999999999999999]`: 2, "[" + strings.Repeat("9", 151) + "]": 2, `{"progressInfo":"[1e999]"}`: 2,
	})
	testInvalid(t, "more than 32 nested objects and arrays", positions{brackets(33, ""): 33, brackets(20, `"`+brackets(13, "")+`"`): 13})
}

func TestDecodeDetail_maximumDepth(t *testing.T) {
	t.Parallel()
	want := tuple()
	for range 31 {
		want = tuple(want)
	}
	half, end := strings.Repeat("[", 16), strings.Repeat("]", 16)
	testValid(t, []valid{
		{"in one text", half + half + end + end, want},
		{"half of it in a string", half + `"` + half + end + `"` + end, want},
	})
}
