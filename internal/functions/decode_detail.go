// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// decodeDetail is the function decode_detail: the detail of a part of a task as
// a value that expressions can look into.
type decodeDetail struct{}

const decodeDetailDescription = "Returns the `detail` of a part of a task as a value that expressions can look into. Each service has a notation of its own.\n\n" +
	"**DWS writes JSON.** It becomes what `jsondecode` makes of it, and a string that holds a JSON object or array again, as `progressInfo` does, is decoded as well. " +
	"What a member is depends on the data: read it with `try` where it may be missing.\n\n" +
	"**DCS writes text** such as `{node_id:9996c337,slot_range:[0 5460],full_migration:迁移中}`. It becomes an object. " +
	"Each of its members is a string, or a list of strings where the text has brackets, whatever they look like: types do not depend on the data.\n\n" +
	"Anything else is an error that shows the place.\n\n" +
	"Do not let a detail alone open a gate: in the API's own example an action has failed, and its detail tells a `progress` of `100.00%`. The verdict is in `succeeded` and `failed` of the data source.\n\n" +
	"The notation of DCS is documented nowhere. These rules are read from the two examples in the API's document; what the examples do not show is marked as a guess:\n\n" +
	"```text\n" +
	"detail = \"{\" member { \",\" member } \"}\"\n" +
	"member = key \":\" ( list | string )\n" +
	"key    = an ASCII letter or \"_\", then ASCII letters, digits, \"_\", \"-\" and \".\"\n" +
	"string = any characters but , { } [ ] \"       guess: that it may be empty\n" +
	"list   = \"[\" [ item { \" \" item } ] \"]\"       guess: that it may be empty\n" +
	"item   = characters of a string, but no blank\n" +
	"       | list                                guess: it is kept as one string\n" +
	"```\n\n" +
	"A string is kept whole, with its blanks and colons: `11:52:24`. What could mean two things is an error rather than a wrong value: a comma that no key follows, " +
	"a key that occurs twice, two blanks in a list, a brace or a quotation mark in a value. One guess cannot be told from a fact: " +
	"`{error:lost a,b:c}` is read as two members, although the comma may belong to the message.\n\n" +
	needs

// Metadata implements function.Function.
func (decodeDetail) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "decode_detail"
}

// Definition implements function.Function.
func (decodeDetail) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Decode the detail of a part of a DWS or DCS task",
		MarkdownDescription: decodeDetailDescription,
		Parameters: []function.Parameter{function.StringParameter{
			Name:           "detail",
			AllowNullValue: true,
			MarkdownDescription: "The `detail` of a sub-item of `hwtasks_dws_cluster_action` or of a sub-step of `hwtasks_dcs_task_progress`. " +
				"The result is null if this is null, empty or the JSON text `null`.",
		}},
		Return: function.DynamicReturn{},
	}
}

// Run implements function.Function.
func (decodeDetail) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var detail types.String
	if resp.Error = req.Arguments.Get(ctx, &detail); resp.Error != nil {
		return
	}
	result := types.DynamicNull()
	if text := detail.ValueString(); text != "" && strings.Trim(text, blanks) != "null" {
		value, err := decode(ctx, text)
		if err != nil {
			resp.Error = function.NewArgumentFuncError(0, err.Error())
			return
		}
		result = types.DynamicValue(value)
	}
	resp.Error = resp.Result.Set(ctx, result)
}

// blanks are what JSON allows between its tokens.
const blanks = " \t\r\n"

// The first characters tell the notation: no key of DCS begins like a key of
// JSON. So a slip in JSON is told as one, and never taken for the other notation.
var (
	beginsJSON = pattern(`^[ \t\r\n]*(?:\[|\{[ \t\r\n]*(?:["}]|$))`)
	beginsDCS  = pattern(`^[ \t\r\n]*\{`)
)

func decode(ctx context.Context, text string) (attr.Value, error) {
	switch {
	case beginsJSON().MatchString(text):
		return decodeJSON(ctx, text)
	case beginsDCS().MatchString(text):
		return decodeDCS(ctx, text)
	default:
		begin := len(text) - len(strings.TrimLeft(text, blanks))
		return nil, &fault{text: text, at: begin, problem: problemNotation}
	}
}
