// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"encoding/json"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// dcsDetail is the detail of one of the two sub-steps in the API's document
// that have one.
func dcsDetail(t *testing.T, subStep int) string {
	t.Helper()
	var progress struct {
		Steps []struct {
			SubSteps []struct {
				Detail string `json:"detail"`
			} `json:"sub_step_details"`
		} `json:"step_details"`
	}
	if err := json.Unmarshal([]byte(fakecloud.ExampleDCSTaskProgress), &progress); err != nil {
		t.Fatal(err)
	}
	return progress.Steps[1].SubSteps[subStep].Detail
}

func TestDecodeDetail_readsTheNotationOfDCS(t *testing.T) {
	t.Parallel()
	decode(t, []decoding{
		{"the document's first example", dcsDetail(t, 0), object(members{
			"node_id": text("9996c3376318417281fb5e611f3fb1a0"), "slot_range": list("0", "5460"), "full_migration": text("迁移中"), "inc_migration": text("迁移中"),
		})},
		{"the document's second example", dcsDetail(t, 1), object(members{
			"node_id": text("5b70f440ccc94789b34a5c98c2ba05ea"), "slot_range": list("5461", "10921"), "full_migration": text("待开始"), "inc_migration": text("待开始"),
		})},
		{
			"strings, whatever they look like", "{number:1,bool:true,null:null,empty:,float:1.50}",
			object(members{"number": text("1"), "bool": text("true"), "null": text("null"), "empty": text(""), "float": text("1.50")}),
		},
		{
			"strings, colons and blanks included", "{begin:2022-09-01 11:52:24,ip:fe80::1,url:http://10.0.0.1:6379/0?a=b,step: 迁移 中 }",
			object(members{"begin": text("2022-09-01 11:52:24"), "ip": text("fe80::1"), "url": text("http://10.0.0.1:6379/0?a=b"), "step": text(" 迁移 中 ")}),
		},
		{
			"lists, however long", "{none:[],one:[0],three:[迁移中 a:b 10.5%]}",
			object(members{"none": list(), "one": list("0"), "three": list("迁移中", "a:b", "10.5%")}),
		},
		{
			"lists within lists", "{ranges:[[0 5460] [10923 16383]],deeper:[[[0 1] 2] 迁移中],none:[[]],odd:[[0  1]]}",
			object(members{"ranges": list("[0 5460]", "[10923 16383]"), "deeper": list("[[0 1] 2]", "迁移中"), "none": list("[]"), "odd": list("[0  1]")}),
		},
		{"keys", "{_a.b-c9:1,A:2,a:3}", object(members{"_a.b-c9": text("1"), "A": text("2"), "a": text("3")})},
		{"blanks around it", " \n{a:b}\t", object(members{"a": text("b")})},

		// Guesses that nothing can tell from a fact.
		{"a comma that a key follows", "{error:lost a,b:c}", object(members{"error": text("lost a"), "b": text("c")})},
	})
}

func TestDecodeDetail_refusesWhatDCSWasNotSeenToWrite(t *testing.T) {
	t.Parallel()
	const (
		early = ": the text ends too early"
		more  = ": the text goes on after its end"
		twice = ": the object has this key already"
		key   = ": a key and a colon are expected, as in {key:value,range:[0 5460]}"
		value = ": a comma or a closing brace is expected after the value; what this means in a value is not known"
		list  = ": a list holds words with one blank between two of them; what this means in a list is not known"
	)
	refuse(t, []refusal{
		{
			"{node_id:9996c3376318417281fb5e611f3fb1a0,slot_range:[0 5460]",
			"at character 62, after `…417281fb5e611f3fb1a0,slot_range:[0 5460]`" + early,
		},
		{"{迁移中", "at character 2, between `{` and `迁移中`" + key},
		{"{a:b", "at character 5, after `{a:b`" + early},
		{"{a:b,", "at character 6, after `{a:b,`" + early},
		{"{a:[", "at character 5, after `{a:[`" + early},
		{"{a:[0", "at character 6, after `{a:[0`" + early},
		{"{a:[0 ", "at character 7, after `{a:[0 `" + early},
		{"{a:[[0 1]", "at character 10, after `{a:[[0 1]`" + early},
		{"{a:[[0 1", "at character 9, after `{a:[[0 1`" + early},
		{"{a:b}迁移中", "at character 6, between `{a:b}` and `迁移中`" + more},
		{"{a:b} {c:d}", "at character 7, between `{a:b} ` and `{c:d}`" + more},
		{"{a:b}}", "at character 6, between `{a:b}` and `}`" + more},
		{"{a:1,b:2,a:1}", "at character 10, between `{a:1,b:2,` and `a:1}`" + twice},

		{"{a}", "at character 2, between `{` and `a}`" + key},
		{"{9996 [0 5460]}", "at character 2, between `{` and `9996 [0 5460]}`" + key},
		{"{:b}", "at character 2, between `{` and `:b}`" + key},
		{"{a b:c}", "at character 2, between `{` and `a b:c}`" + key},
		{"{a :b}", "at character 2, between `{` and `a :b}`" + key},
		{"{9a:b}", "at character 2, between `{` and `9a:b}`" + key},
		{"{步骤:b}", "at character 2, between `{` and `步骤:b}`" + key},
		{"{ a:b}", "at character 2, between `{` and ` a:b}`" + key},
		{"{a:b,}", "at character 6, between `{a:b,` and `}`" + key},
		{"{a:b, c:d}", "at character 6, between `{a:b,` and ` c:d}`" + key},
		{"{a:b,,c:d}", "at character 6, between `{a:b,` and `,c:d}`" + key},
		{"{a:lost,迁移中}", "at character 9, between `{a:lost,` and `迁移中}`" + key},
		{"{a:12:30,13:00}", "at character 10, between `{a:12:30,` and `13:00}`" + key},
		{"{'a':'b'}", "at character 2, between `{` and `'a':'b'}`" + key},
		{`{a:b,"c":"d"}`, "at character 6, between `{a:b,` and `\"c\":\"d\"}`" + key},

		{`{a:"b"}`, "at character 4, between `{a:` and `\"b\"}`" + value},
		{"{a:{b:c}}", "at character 4, between `{a:` and `{b:c}}`" + value},
		{"{a:map[b:c]}", "at character 7, between `{a:map` and `[b:c]}`" + value},
		{"{a: [0 1]}", "at character 5, between `{a: ` and `[0 1]}`" + value},
		{"{a:b]}", "at character 5, between `{a:b` and `]}`" + value},
		{"{a:[0 1]b}", "at character 9, between `{a:[0 1]` and `b}`" + value},
		{"{a:[0 1] }", "at character 9, between `{a:[0 1]` and ` }`" + value},
		{"{a:[0 1][2 3]}", "at character 9, between `{a:[0 1]` and `[2 3]}`" + value},

		{"{a:[0  1]}", "at character 7, between `{a:[0 ` and ` 1]}`" + list},
		{"{a:[ 0]}", "at character 5, between `{a:[` and ` 0]}`" + list},
		{"{a:[0 ]}", "at character 7, between `{a:[0 ` and `]}`" + list},
		{"{a:[ ]}", "at character 5, between `{a:[` and ` ]}`" + list},
		{"{a:[0,1]}", "at character 6, between `{a:[0` and `,1]}`" + list},
		{"{a:[0 1}", "at character 8, between `{a:[0 1` and `}`" + list},
		{`{a:["b"]}`, "at character 5, between `{a:[` and `\"b\"]}`" + list},
		{"{a:[{b:c}]}", "at character 5, between `{a:[` and `{b:c}]}`" + list},
		{"{a:[b[0 1]]}", "at character 6, between `{a:[b` and `[0 1]]}`" + list},
		{"{a:[[0 1]b]}", "at character 10, between `{a:[[0 1]` and `b]}`" + list},
		{"{a:[[0 1][2 3]]}", "at character 10, between `{a:[[0 1]` and `[2 3]]}`" + list},
		{"{a:[[0,1]]}", "at character 7, between `{a:[[0` and `,1]]}`" + list},
		{"{a:[[0 1}", "at character 9, between `{a:[[0 1` and `}`" + list},
	})
}
