// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// decodeDetail is the function decode_detail, which converts the detail of a
// sub-item or sub-step to a value.
type decodeDetail struct{}

const decodeDetailDescription = "Decodes the `detail` of a sub-item or sub-step into a value for use in expressions. DWS and DCS use different notations.\n\n" +
	"**DWS sends JSON.** The result is that of `jsondecode`, except that a string that contains a JSON object or array, such as `progressInfo`, is decoded too. " +
	"The fields depend on the data: use `try` for a field that may be missing.\n\n" +
	"**DCS sends text** such as `{node_id:9996c337,slot_range:[0 5460],full_migration:迁移中}`. The result is an object. " +
	"Each field is a string, or a list of strings if the text has brackets. Types do not depend on the values.\n\n" +
	"Any other text is an error that shows the position.\n\n" +
	"Do not gate on a detail alone: in the API's own example, the action failed, but its detail contains the `progress` `100.00%`. Use `succeeded` and `failed` of the data source.\n\n" +
	"The DCS notation is not documented. These rules are derived from the two examples in the API document; what the examples do not show is marked as a guess:\n\n" +
	"```text\n" +
	"detail = \"{\" field { \",\" field } \"}\"\n" +
	"field  = key \":\" ( list | string )\n" +
	"key    = an ASCII letter or \"_\", then ASCII letters, digits, \"_\", \"-\", and \".\"\n" +
	"string = any characters except , { } [ ] \"    guess: may be empty\n" +
	"list   = \"[\" [ item { \" \" item } ] \"]\"       guess: may be empty\n" +
	"item   = characters of a string except space\n" +
	"       | list                                guess: kept as one string\n" +
	"```\n\n" +
	"A string keeps its spaces and colons: `11:52:24`. Ambiguous text is an error: a comma without a key after it, " +
	"a duplicate key, two spaces in a list, or a brace or quotation mark in a value. One ambiguity cannot be detected: " +
	"`{error:lost a,b:c}` has two fields, although the comma may belong to the message.\n\n" +
	requirements

// Metadata implements function.Function.
func (decodeDetail) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "decode_detail"
}

// Definition implements function.Function.
func (decodeDetail) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Decode the detail of a DWS sub-item or DCS sub-step",
		MarkdownDescription: decodeDetailDescription,
		Parameters: []function.Parameter{function.StringParameter{
			Name:           "detail",
			AllowNullValue: true,
			MarkdownDescription: "The `detail` of a sub-item of `hwtasks_dws_cluster_action` or of a sub-step of `hwtasks_dcs_task_progress`. " +
				"If it is null, empty, or the JSON text `null`, the result is null.",
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
	if text := detail.ValueString(); text != "" && strings.Trim(text, whitespace) != "null" {
		value, err := decode(ctx, text)
		if err != nil {
			resp.Error = function.NewArgumentFuncError(0, err.Error())
			return
		}
		result = types.DynamicValue(value)
	}
	resp.Error = resp.Result.Set(ctx, result)
}

// whitespace has the characters that JSON allows between tokens.
const whitespace = " \t\r\n"

// The first characters decide the notation: a key of JSON begins with a quotation
// mark, a key of DCS never does. So a mistake in JSON is reported as such.
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
		begin := len(text) - len(strings.TrimLeft(text, whitespace))
		return nil, &syntaxError{text: text, offset: begin, problem: problemNotation}
	}
}
