// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"context"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func decodeDetail(t *testing.T, detail attr.Value) result {
	t.Helper()
	return call(t, "decode_detail", detail)
}

var null = types.DynamicNull()

type fields map[string]attr.Value

func object(f fields) attr.Value {
	attributeTypes := map[string]attr.Type{}
	for key, value := range f {
		attributeTypes[key] = value.Type(context.Background())
	}
	return types.ObjectValueMust(attributeTypes, f)
}

func tuple(elements ...attr.Value) attr.Value {
	elementTypes := []attr.Type{}
	for _, element := range elements {
		elementTypes = append(elementTypes, element.Type(context.Background()))
	}
	return types.TupleValueMust(elementTypes, elements)
}

func list(items ...string) attr.Value {
	values := []attr.Value{}
	for _, item := range items {
		values = append(values, text(item))
	}
	return types.ListValueMust(types.StringType, values)
}

func number(literal string) attr.Value {
	n, _, err := big.ParseFloat(literal, 10, 512, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	return types.NumberValue(n)
}

// valid is a detail and its value.
type valid struct {
	name   string
	detail string
	want   attr.Value
}

func testValid(t *testing.T, cases []valid) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			diff(t, result{Value: types.DynamicValue(tc.want)}, decodeDetail(t, text(tc.detail)))
		})
	}
}

// positions has invalid details, and the character at which each is invalid.
type positions map[string]int

// testInvalid decodes details that have the same problem.
func testInvalid(t *testing.T, problem string, cases positions) {
	t.Helper()
	for detail, character := range cases {
		t.Run(detail, func(t *testing.T) {
			t.Parallel()
			got, at := decodeDetail(t, text(detail)).Error, 0
			if _, err := fmt.Sscanf(got, "at character %d", &at); err != nil || at != character || !strings.HasSuffix(got, "`: "+problem) {
				t.Errorf("got %q, want %q at character %d", got, problem, character)
			}
		})
	}
}

func TestDecodeDetail_null(t *testing.T) {
	t.Parallel()
	for _, detail := range []attr.Value{types.StringNull(), text(""), text("null"), text(" null\n")} {
		diff(t, result{Value: null}, decodeDetail(t, detail))
	}
}

const problemNotation = "expected a JSON object or array, or text such as {key:value,range:[0 5460]}"

func TestDecodeDetail_unknownNotation(t *testing.T) {
	t.Parallel()
	testInvalid(t, problemNotation, positions{
		"迁移中": 1, "  迁移中": 3, " ": 2, `"迁移中"`: 1, "12": 1, "NULL": 1,
		"map[node_id:9996 slot_range:[0 5460]]": 1, "node_id:9996,slot_range:[0 5460],full_migration:迁移中": 1,
	})
}

func TestDecodeDetail_errorPosition(t *testing.T) {
	t.Parallel()
	for detail, want := range map[string]string{
		"迁移中":                                 "at character 1, before `迁移中`: " + problemNotation,
		"{a:b":                                "at character 5, after `{a:b`: unexpected end of text",
		"{迁移中":                                "at character 2, between `{` and `迁移中`: expected a key and a colon, as in {key:value,range:[0 5460]}",
		"{\"a\":\u202e\t1}":                   "at character 6, between `{\"a\":` and `\ufffd 1}`: invalid JSON",
		`["[\"{\\\"a\\\":1,\\\"a\\\":2}\"]"]`: "at character 8 of a string within the detail, between `{\"a\":1,` and `\"a\":2}`: duplicate key",
		`{"progressInfo":"` + strings.Repeat("迁", 50) + `","b":x,"` + strings.Repeat("移", 50) + `":1}`: "at character 74, between `…" +
			strings.Repeat("迁", 34) + "\",\"b\":` and `x,\"" + strings.Repeat("移", 37) + "…`: invalid JSON",
	} {
		diff(t, result{Error: want}, decodeDetail(t, text(detail)))
	}
}
