// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// dwsDetail is the detail in the API's document.
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

func TestDecodeDetail_readsJSON(t *testing.T) {
	t.Parallel()
	decode(t, []decoding{
		{"the document's example", dwsDetail(t), object(members{"progressInfo": object(members{
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
			"backupRate":      object(members{"compressRate": text("0MB/s"), "consumerRate": text("0MB/s"), "producerRate": text("0MB/s")}),
			"partialPassKeys": text("N/A"),
			"unrestoreKeys":   text("N/A"),
			"priorKey":        text("N/A"),
			"key":             text("20250519_090729"),
		})})},
		{"every type", `{"s":"x","n":1,"t":true,"f":false,"z":null,"o":{"k":"v"},"a":[1,"x"]}`, object(members{
			"s": text("x"), "n": number("1"), "t": types.BoolValue(true), "f": types.BoolValue(false), "z": null,
			"o": object(members{"k": text("v")}), "a": tuple(number("1"), text("x")),
		})},
		{"an array", ` [null, [], {"a": [{}]}] `, tuple(null, tuple(), object(members{"a": tuple(object(nil))}))},
		{"nothing in an object", " {\t} ", object(nil)},
		{"nothing in an array", "[\r\n]", tuple()},
		{"numbers digit by digit", `[9007199254740993,12345678901234567890.0123456789,-0.5,1e3,1E-7,0,1e400]`, tuple(
			number("9007199254740993"), number("12345678901234567890.0123456789"), number("-0.5"), number("1000"), number("0.0000001"), number("0"), number("1e400"),
		)},
		{"as many digits as fit", "[" + strings.Repeat("9", 150) + "]", tuple(number(strings.Repeat("9", 150)))},
		{"Chinese text, and escapes", `{"步骤":"\u8fc1移中","e":"\"\\\/\n\ud83d\ude00"}`, object(members{"步骤": text("迁移中"), "e": text("\"\\/\n😀")})},
		{"keys that no expression can name", `{"":1,"a b":2,"a.b":3}`, object(members{"": number("1"), "a b": number("2"), "a.b": number("3")})},
		{"keys that differ in case", `{"a":1,"A":2}`, object(members{"a": number("1"), "A": number("2")})},
		{"the same key in two objects", `{"a":{"a":1},"b":{"a":2}}`, object(members{"a": object(members{"a": number("1")}), "b": object(members{"a": number("2")})})},
	})
}

func TestDecodeDetail_readsJSONWithinStrings(t *testing.T) {
	t.Parallel()
	decode(t, []decoding{
		{"an object", `{"a":"{\"b\":\"c\"}"}`, object(members{"a": object(members{"b": text("c")})})},
		{"an array", `{"a":"[1,\"x\"]"}`, object(members{"a": tuple(number("1"), text("x"))})},
		{"in an array", `["{\"a\":1}"]`, tuple(object(members{"a": number("1")}))},
		{"in blanks", `{"a":" \n{ \"b\" : 1 }\t"}`, object(members{"a": object(members{"b": number("1")})})},
		{"down to the last", `["[\"[\\\"[\\\\\\\"x\\\\\\\"]\\\"]\"]"]`, tuple(tuple(tuple(tuple(text("x")))))},
		{
			"but nothing else that JSON may be", `["","12","true","null","\"x\"","迁移中"," "]`,
			tuple(text(""), text("12"), text("true"), text("null"), text(`"x"`), text("迁移中"), text(" ")),
		},
		{
			"nor what only begins like it", `["[INFO] done","{0}","[0 5460]","{a:b}","[1]]","{\"a\":1"]`,
			tuple(text("[INFO] done"), text("{0}"), text("[0 5460]"), text("{a:b}"), text("[1]]"), text(`{"a":1`)),
		},
	})
}

func TestDecodeDetail_refusesWhatIsNotQuiteJSON(t *testing.T) {
	t.Parallel()
	const (
		notJSON = ": from here on this is not JSON"
		early   = ": the text ends too early"
		more    = ": the text goes on after its end"
		twice   = ": the object has this key already"
		inexact = ": Terraform cannot hold this number exactly"
		deep    = ": more than 32 objects and arrays lie within one another"
	)
	brackets := func(n int, within string) string { return strings.Repeat("[", n) + within + strings.Repeat("]", n) }
	refuse(t, []refusal{
		{`{`, "at character 2, after `{`" + early},
		{`[`, "at character 2, after `[`" + early},
		{`{"进度":"100`, "at character 11, after `{\"进度\":\"100`" + early},
		{`{"a":1`, "at character 7, after `{\"a\":1`" + early},
		{`{"a":tru`, "at character 9, after `{\"a\":tru`" + early},
		{`{"a":1,}`, "at character 8, between `{\"a\":1,` and `}`" + notJSON},
		{`[1,]`, "at character 4, between `[1,` and `]`" + notJSON},
		{`[0 5460]`, "at character 4, between `[0 ` and `5460]`" + notJSON},
		{`[]迁移中`, "at character 3, between `[]` and `迁移中`" + more},
		{`{"进度":迁移中}`, "at character 7, between `{\"进度\":` and `迁移中}`" + notJSON},
		{`{"a":'b'}`, "at character 6, between `{\"a\":` and `'b'}`" + notJSON},
		{`{"a" "b"}`, "at character 6, between `{\"a\" ` and `\"b\"}`" + notJSON},
		{`{"a":01}`, "at character 7, between `{\"a\":0` and `1}`" + notJSON},
		{`{"a":NaN}`, "at character 6, between `{\"a\":` and `NaN}`" + notJSON},
		{"{\"a\":\"\t\"}", "at character 7, between `{\"a\":\"` and ` \"}`" + notJSON},
		{"{\"a\":\u202e1}", "at character 6, between `{\"a\":` and `\ufffd1}`" + notJSON},
		{`{"a":1}}`, "at character 8, between `{\"a\":1}` and `}`" + more},
		{`{"a":1} {"b":2}`, "at character 9, between `{\"a\":1} ` and `{\"b\":2}`" + more},
		{`{"a":1},`, "at character 8, between `{\"a\":1}` and `,`" + more},
		{`{"a":1,"a":1}`, "at character 8, between `{\"a\":1,` and `\"a\":1}`" + twice},
		{`{"a":1, "\u0061":2}`, "at character 9, between `{\"a\":1, ` and `\"\\u0061\":2}`" + twice},
		{`{"a":{"b":1,"b":2}}`, "at character 13, between `{\"a\":{\"b\":1,` and `\"b\":2}}`" + twice},
		{`{"a": 1e401}`, "at character 7, between `{\"a\": ` and `1e401}`" + inexact},
		{`[1e-99999999999999999999]`, "at character 2, between `[` and `1e-99999999999999999999]`" + inexact},
		{"[" + strings.Repeat("9", 151) + "]", "at character 2, between `[` and `" + strings.Repeat("9", 40) + "…`" + inexact},
		{brackets(33, ""), "at character 33, between `" + strings.Repeat("[", 32) + "` and `[" + strings.Repeat("]", 33) + "`" + deep},
		{
			`{"progressInfo":"` + strings.Repeat("迁", 50) + `","b":x,"` + strings.Repeat("移", 50) + `":1}`,
			"at character 74, between `…" + strings.Repeat("迁", 34) + "\",\"b\":` and `x,\"" + strings.Repeat("移", 37) + "…`" + notJSON,
		},

		// The place is one in the string that holds JSON again.
		{`{"progressInfo":"{\"a\":1,\"a\":2}"}`, "at character 8 of a text within the detail, between `{\"a\":1,` and `\"a\":2}`" + twice},
		{`{"progressInfo":"[1e999]"}`, "at character 2 of a text within the detail, between `[` and `1e999]`" + inexact},
		{brackets(20, `"`+brackets(13, "")+`"`), "at character 13 of a text within the detail, between `" + strings.Repeat("[", 12) + "` and `[" + strings.Repeat("]", 13) + "`" + deep},
		{`["[\"{\\\"a\\\":1,\\\"a\\\":2}\"]"]`, "at character 8 of a text within the detail, between `{\"a\":1,` and `\"a\":2}`" + twice},
	})
}

// A depth that is allowed, half of it within a string.
func TestDecodeDetail_readsThirtyTwoLevels(t *testing.T) {
	t.Parallel()
	want := tuple()
	for range 31 {
		want = tuple(want)
	}
	half, end := strings.Repeat("[", 16), strings.Repeat("]", 16)
	decode(t, []decoding{
		{"in one piece", half + half + end + end, want},
		{"half of them within a string", half + `"` + half + end + `"` + end, want},
	})
}
