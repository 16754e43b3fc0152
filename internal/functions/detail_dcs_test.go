// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"encoding/json"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// dcsDetail returns the detail of a sub-step in the example of the API document.
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

func TestDecodeDetail_dcs(t *testing.T) {
	t.Parallel()
	testValid(t, []valid{
		{"first documented example", dcsDetail(t, 0), object(fields{
			"node_id": text("9996c3376318417281fb5e611f3fb1a0"), "slot_range": list("0", "5460"), "full_migration": text("迁移中"), "inc_migration": text("迁移中"),
		})},
		{"second documented example", dcsDetail(t, 1), object(fields{
			"node_id": text("5b70f440ccc94789b34a5c98c2ba05ea"), "slot_range": list("5461", "10921"), "full_migration": text("待开始"), "inc_migration": text("待开始"),
		})},
		{
			"scalars are strings", "{number:1,bool:true,null:null,empty:,float:1.50}",
			object(fields{"number": text("1"), "bool": text("true"), "null": text("null"), "empty": text(""), "float": text("1.50")}),
		},
		{
			"colons and spaces in strings", "{begin:2022-09-01 11:52:24,ip:fe80::1,url:http://10.0.0.1:6379/0?a=b,step: 迁移 中 }",
			object(fields{"begin": text("2022-09-01 11:52:24"), "ip": text("fe80::1"), "url": text("http://10.0.0.1:6379/0?a=b"), "step": text(" 迁移 中 ")}),
		},
		{
			"lists", "{none:[],one:[0],three:[迁移中 a:b 10.5%]}",
			object(fields{"none": list(), "one": list("0"), "three": list("迁移中", "a:b", "10.5%")}),
		},
		{
			"nested lists", "{ranges:[[0 5460] [10923 16383]],deeper:[[[0 1] 2] 迁移中],none:[[]],odd:[[0  1]]}",
			object(fields{"ranges": list("[0 5460]", "[10923 16383]"), "deeper": list("[[0 1] 2]", "迁移中"), "none": list("[]"), "odd": list("[0  1]")}),
		},
		{"keys", "{_a.b-c9:1,A:2,a:3}", object(fields{"_a.b-c9": text("1"), "A": text("2"), "a": text("3")})},
		{"white space around the object", " \n{a:b}\t", object(fields{"a": text("b")})},
		{"a comma before a key, which is ambiguous", "{error:lost a,b:c}", object(fields{"error": text("lost a"), "b": text("c")})},
	})
}

func TestDecodeDetail_invalidDCS(t *testing.T) {
	t.Parallel()
	testInvalid(t, "unexpected end of text", positions{
		"{node_id:9996c3376318417281fb5e611f3fb1a0,slot_range:[0 5460]": 62,
		"{a:b,": 6, "{a:[": 5, "{a:[0": 6, "{a:[0 ": 7, "{a:[[0 1": 9, "{a:[[0 1]": 10,
	})
	testInvalid(t, "unexpected text after the end of the value", positions{"{a:b}迁移中": 6, "{a:b} {c:d}": 7, "{a:b}}": 6})
	testInvalid(t, "duplicate key", positions{"{a:1,b:2,a:1}": 10})
	testInvalid(t, "expected a key and a colon, as in {key:value,range:[0 5460]}", positions{
		"{a}": 2, "{9996 [0 5460]}": 2, "{:b}": 2, "{a b:c}": 2, "{a :b}": 2, "{9a:b}": 2, "{步骤:b}": 2, "{ a:b}": 2, "{'a':'b'}": 2,
		"{a:b,}": 6, "{a:b, c:d}": 6, "{a:b,,c:d}": 6, "{a:lost,迁移中}": 9, "{a:12:30,13:00}": 10, `{a:b,"c":"d"}`: 6,
	})
	testInvalid(t, "expected a comma or a closing brace after the value", positions{
		`{a:"b"}`: 4, "{a:{b:c}}": 4, "{a:map[b:c]}": 7, "{a: [0 1]}": 5, "{a:b]}": 5, "{a:[0 1]b}": 9, "{a:[0 1] }": 9, "{a:[0 1][2 3]}": 9,
	})
	testInvalid(t, "expected list items with a single space between them", positions{
		"{a:[0  1]}": 7, "{a:[ 0]}": 5, "{a:[0 ]}": 7, "{a:[ ]}": 5, "{a:[0,1]}": 6, "{a:[0 1}": 8, `{a:["b"]}`: 5, "{a:[{b:c}]}": 5,
		"{a:[b[0 1]]}": 6, "{a:[[0 1]b]}": 10, "{a:[[0 1][2 3]]}": 10, "{a:[[0,1]]}": 7, "{a:[[0 1}": 9,
	})
}
