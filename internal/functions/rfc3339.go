// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// rfc3339 is the function of that name: any time form of the APIs as RFC 3339.
type rfc3339 struct{}

// Positions of its arguments, by which an error names the one at fault.
const (
	argTimestamp int64 = iota
	argOffset
	argSecondOffset
)

const rfc3339Description = "Returns the instant that a timestamp tells as [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) in UTC, " +
	"the form that `timecmp`, `timeadd` and `formatdate` take. It reads every form in which the APIs tell a time:\n\n" +
	"| form | for example in | zone |\n" +
	"|---|---|---|\n" +
	"| `2020-06-17T08:18:06.597Z`, or any other RFC 3339 | DCS background tasks | the one in the text |\n" +
	"| `2023-11-25 17:03:46.739012 +0800 CST`, also with ` m=+0.12` behind it | CCE snapshot tasks | the numeric offset; the name is ignored, since `CST` is the name of several zones |\n" +
	"| `1684191545379` (13 digits) | DCS jobs | none needed: milliseconds since 1970 |\n" +
	"| `20200609160000` (14 digits) | filters of DCS background tasks | UTC, as documented |\n" +
	"| `2022-09-01 11:52:24` | steps of DCS tasks | none |\n" +
	"| `2025-05-19 09:05:10.0` | DWS cluster actions | none |\n" +
	"| `2022-11-09T20:25:00` | DWS jobs | none |\n" +
	"| `20250519_090729` | keys in the detail of a DWS cluster action | none |\n\n" +
	"Where the form has no zone, the offset from UTC must be given, or the call fails: no document tells the zone of these times. " +
	"Where the form has one, the offset is ignored, so that one call serves both.\n\n" +
	"The fraction of the second is kept digit by digit. So two results may differ although they tell the same instant, `10.0Z` and `10Z`: compare them with `timecmp`. " +
	"Terraform itself cannot subtract them: the example shows how, for less than a day; for more, `rfc3339_parse` of the provider `hashicorp/time` counts the seconds since 1970.\n\n" +
	"Other numbers of digits are an error, since ten of them may be seconds as well as a day and an hour. So are days and hours that do not exist, and leap seconds, which Terraform cannot read.\n\n" +
	needs

// Metadata implements function.Function.
func (rfc3339) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "rfc3339"
}

// Definition implements function.Function.
func (rfc3339) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Any time form of the task APIs as RFC 3339 in UTC",
		MarkdownDescription: rfc3339Description,
		Parameters: []function.Parameter{function.StringParameter{
			Name:                "timestamp",
			AllowNullValue:      true,
			MarkdownDescription: "Time as an API tells it. The result is null if this is null or empty, which is how the APIs say \"not yet\".",
		}},
		VariadicParameter: function.StringParameter{
			Name:           "utc_offset",
			AllowNullValue: true,
			MarkdownDescription: "Offset from UTC of a timestamp without a zone: `\"+08:00\"`, or `\"Z\"` for UTC itself. At most one, from `\"-12:00\"` to `\"+14:00\"`; null counts as none. " +
				"It is checked in every call, also in one that does not need it.",
		},
		Return: function.StringReturn{},
	}
}

// Run implements function.Function.
func (rfc3339) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var timestamp types.String
	var offsets []types.String
	if resp.Error = req.Arguments.Get(ctx, &timestamp, &offsets); resp.Error != nil {
		return
	}
	zone, wrong := zoneOf(offsets)
	if wrong != nil {
		resp.Error = wrong
		return
	}
	result := types.StringNull()
	if text := timestamp.ValueString(); text != "" {
		utc, err := toUTC(text, zone)
		if err != nil {
			resp.Error = function.NewArgumentFuncError(argTimestamp, err.Error())
			return
		}
		result = types.StringValue(utc)
	}
	resp.Error = resp.Result.Set(ctx, result)
}

// zoneOf returns the offset, or "" if there is none. It checks one that may not
// be needed: a slip in it is a fault of the configuration, whatever form the
// time happens to have today.
func zoneOf(offsets []types.String) (string, *function.FuncError) {
	if len(offsets) > 1 {
		return "", function.NewArgumentFuncError(argSecondOffset, errOffsets(len(offsets)).Error())
	}
	if len(offsets) == 0 || offsets[0].IsNull() {
		return "", nil
	}
	zone := offsets[0].ValueString()
	if err := checkOffset(zone); err != nil {
		return "", function.NewArgumentFuncError(argOffset, err.Error())
	}
	return zone, nil
}
