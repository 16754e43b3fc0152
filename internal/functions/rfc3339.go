// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// rfc3339 is the function rfc3339, which converts all time formats of the APIs.
type rfc3339 struct{}

// Positions of the arguments, for errors.
const (
	argTimestamp int64 = iota
	argOffset
	argSecondOffset
)

const rfc3339Description = "Converts a timestamp to [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) in UTC, " +
	"the format that `timecmp`, `timeadd`, and `formatdate` accept. It accepts every time format of the APIs:\n\n" +
	"| format | used in, for example | time zone |\n" +
	"|---|---|---|\n" +
	"| `2020-06-17T08:18:06.597Z`, or any other RFC 3339 | DCS background tasks | the one in the text |\n" +
	"| `2023-11-25 17:03:46.739012 +0800 CST`, optionally followed by ` m=+0.12` | CCE snapshot tasks | the numeric offset; the name is ignored, because `CST` is the name of several time zones |\n" +
	"| `1684191545379` (13 digits) | DCS jobs | not needed: milliseconds since 1970 |\n" +
	"| `20200609160000` (14 digits) | filters of DCS background tasks | UTC, as documented |\n" +
	"| `2022-09-01 11:52:24` | steps of DCS tasks | none |\n" +
	"| `2025-05-19 09:05:10.0` | DWS cluster actions | none |\n" +
	"| `2022-11-09T20:25:00` | DWS jobs | none |\n" +
	"| `20250519_090729` | keys in the detail of a DWS cluster action | none |\n\n" +
	"If the format has no time zone, the offset from UTC is required, because the API documents do not specify the time zone. " +
	"If the format has one, the offset is ignored, so the same call works for both.\n\n" +
	"The fraction of the second is kept digit by digit. Two results can differ although they are the same instant (`10.0Z` and `10Z`): compare them with `timecmp`. " +
	"Terraform itself cannot subtract times: `rfc3339_parse` of the provider `hashicorp/time` returns the seconds since 1970.\n\n" +
	"Other numbers of digits are an error, because ten digits could be seconds, or a day and an hour. Days and hours that do not exist are errors too, and so are leap seconds, which Terraform cannot parse.\n\n" +
	requirements

// Metadata implements function.Function.
func (rfc3339) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "rfc3339"
}

// Definition implements function.Function.
func (rfc3339) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Convert any time format of the task APIs to RFC 3339 in UTC",
		MarkdownDescription: rfc3339Description,
		Parameters: []function.Parameter{function.StringParameter{
			Name:                "timestamp",
			AllowNullValue:      true,
			MarkdownDescription: "Timestamp as an API returns it. If it is null or empty, which means \"not yet\" in the APIs, the result is null.",
		}},
		VariadicParameter: function.StringParameter{
			Name:           "utc_offset",
			AllowNullValue: true,
			MarkdownDescription: "Offset from UTC of a timestamp without a time zone: `\"+08:00\"`, or `\"Z\"` for UTC. At most one, from `\"-12:00\"` to `\"+14:00\"`; null means none. " +
				"It is validated in every call, even if the timestamp has a time zone.",
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
	zone, funcErr := defaultZone(offsets)
	if funcErr != nil {
		resp.Error = funcErr
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

// defaultZone returns the offset, or "" if there is none. It also validates an
// offset that the timestamp does not need: a mistake in the configuration should
// not depend on the format of today's data.
func defaultZone(offsets []types.String) (string, *function.FuncError) {
	if len(offsets) > 1 {
		return "", function.NewArgumentFuncError(argSecondOffset, errOffsetCount(len(offsets)).Error())
	}
	if len(offsets) == 0 || offsets[0].IsNull() {
		return "", nil
	}
	zone := offsets[0].ValueString()
	if err := validateOffset(zone); err != nil {
		return "", function.NewArgumentFuncError(argOffset, err.Error())
	}
	return zone, nil
}
