// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"context"
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func decodeDetail(t *testing.T, detail attr.Value) answer {
	t.Helper()
	return call(t, "decode_detail", detail)
}

var null = types.DynamicNull()

type members map[string]attr.Value

func object(m members) attr.Value {
	kinds := map[string]attr.Type{}
	for key, value := range m {
		kinds[key] = value.Type(context.Background())
	}
	return types.ObjectValueMust(kinds, m)
}

func tuple(elements ...attr.Value) attr.Value {
	kinds := []attr.Type{}
	for _, element := range elements {
		kinds = append(kinds, element.Type(context.Background()))
	}
	return types.TupleValueMust(kinds, elements)
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
		panic(err) // a slip in the table
	}
	return types.NumberValue(n)
}

// decoding is a detail and what becomes of it.
type decoding struct {
	name   string
	detail string
	want   attr.Value
}

func decode(t *testing.T, cases []decoding) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			diff(t, returns(types.DynamicValue(tc.want)), decodeDetail(t, text(tc.detail)))
		})
	}
}

// refusal is a detail and the sentence that tells what is wrong with it.
type refusal struct{ detail, want string }

func refuse(t *testing.T, cases []refusal) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.detail, func(t *testing.T) {
			t.Parallel()
			diff(t, refuses(0, tc.want), decodeDetail(t, text(tc.detail)))
		})
	}
}

func TestDecodeDetail_isNullForNothing(t *testing.T) {
	t.Parallel()
	for _, detail := range []attr.Value{types.StringNull(), text(""), text("null"), text(" null\n")} {
		diff(t, returns(null), decodeDetail(t, detail))
	}
}

func TestDecodeDetail_refusesWhatIsNeither(t *testing.T) {
	t.Parallel()
	const neither = ": this is neither a JSON object or array nor text like {key:value,range:[0 5460]}"
	refuse(t, []refusal{
		{"迁移中", "at character 1, before `迁移中`" + neither},
		{"  迁移中", "at character 3, between `  ` and `迁移中`" + neither},
		{" ", "at character 2, after ` `" + neither},
		{`"迁移中"`, "at character 1, before `\"迁移中\"`" + neither},
		{"12", "at character 1, before `12`" + neither},
		{"true", "at character 1, before `true`" + neither},
		{"NULL", "at character 1, before `NULL`" + neither},
		{"null,null", "at character 1, before `null,null`" + neither},
		{"map[node_id:9996 slot_range:[0 5460]]", "at character 1, before `map[node_id:9996 slot_range:[0 5460]]`" + neither},
		{"&{9996 [0 5460]}", "at character 1, before `&{9996 [0 5460]}`" + neither},
		{"node_id:9996,slot_range:[0 5460],full_migration:迁移中", "at character 1, before `node_id:9996,slot_range:[0 5460],full_mi…`" + neither},
	})
}
