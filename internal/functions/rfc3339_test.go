// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// rfc3339 calls the function; "null" as an offset is the null value.
func rfc3339(t *testing.T, timestamp attr.Value, offsets ...string) answer {
	t.Helper()
	kinds, values := []attr.Type{}, []attr.Value{}
	for _, offset := range offsets {
		value := types.StringValue(offset)
		if offset == "null" {
			value = types.StringNull()
		}
		kinds, values = append(kinds, types.StringType), append(values, value)
	}
	return call(t, "rfc3339", timestamp, types.TupleValueMust(kinds, values))
}

func offsets(some ...string) []string { return some }

func TestRFC3339_readsEveryForm(t *testing.T) {
	t.Parallel()
	china := offsets("+08:00")
	for _, tc := range []struct {
		name      string
		timestamp string
		offsets   []string
		want      string
	}{
		{"DCS background task", "2020-06-17T08:18:06.597Z", nil, "2020-06-17T08:18:06.597Z"},
		{"DCS step, as documented", "2020-06-17T07:38:42.503Z", nil, "2020-06-17T07:38:42.503Z"},
		{"DCS step, as in the example", "2022-09-01 11:52:24", china, "2022-09-01T03:52:24Z"},
		{"DCS filter", "20200609160000", nil, "2020-06-09T16:00:00Z"},
		{"DCS job", "1684191545379", nil, "2023-05-15T22:59:05.379Z"},
		{"DCS job at a whole second", "1684191545000", nil, "2023-05-15T22:59:05.000Z"},
		{"DWS action", "2025-05-19 09:05:10.0", china, "2025-05-19T01:05:10.0Z"},
		{"DWS action to the nanosecond", "2025-05-19 09:05:10.123456789", china, "2025-05-19T01:05:10.123456789Z"},
		{"DWS action, inner time", "2025-05-19 09:07:28", china, "2025-05-19T01:07:28Z"},
		{"DWS action, inner key", "20250519_090729", china, "2025-05-19T01:07:29Z"},
		{"DWS job", "2022-11-09T20:25:00", china, "2022-11-09T12:25:00Z"},
		{"DWS cluster, as documented", "2018-02-02T22:06:06Z", nil, "2018-02-02T22:06:06Z"},
		{"CCE task in China", "2023-11-25 17:03:46.739012 +0800 CST", nil, "2023-11-25T09:03:46.739012Z"},
		{"CCE task in Chicago", "2023-11-25 17:03:46.739012 -0600 CST", nil, "2023-11-25T23:03:46.739012Z"},
		{"CCE task, nine digits", "2020-02-02 08:12:40.672772389 +0000 UTC", nil, "2020-02-02T08:12:40.672772389Z"},
		{"CCE task, six digits", "2025-09-02 10:23:38.987955 +0000 UTC", nil, "2025-09-02T10:23:38.987955Z"},
		{"CCE task, no fraction", "2025-09-02 10:23:38 +0000 UTC", nil, "2025-09-02T10:23:38Z"},
		{"CCE task with Go's clock", "2023-11-25 17:03:46.739012 +0800 CST m=+0.123456789", nil, "2023-11-25T09:03:46.739012Z"},
		{"CCE task with Go's clock before its start", "2023-11-25 17:03:46.739012 +0800 CST m=-3.5", nil, "2023-11-25T09:03:46.739012Z"},
		{"CCE task in a zone without a name", "2023-11-25 17:03:46.739012 +0530 +0530", nil, "2023-11-25T11:33:46.739012Z"},
		{"CCE task in a zone without a name, shortened", "2023-11-25 17:03:46.739012 -0300 -03", nil, "2023-11-25T20:03:46.739012Z"},
		{"CCE task whose offset contradicts the name", "2023-11-25 17:03:46 +0800 UTC", nil, "2023-11-25T09:03:46Z"},
		{"CCE task that was never touched", "0001-01-01 00:00:00 +0000 UTC", nil, "0001-01-01T00:00:00Z"},
		{"RFC 3339 with an offset", "2023-11-25T17:03:46.739012+08:00", nil, "2023-11-25T09:03:46.739012Z"},
		{"RFC 3339 in small letters", "2023-11-25t17:03:46z", nil, "2023-11-25T17:03:46Z"},
		{"RFC 3339 with a blank", "2023-11-25 17:03:46-03:30", nil, "2023-11-25T20:33:46Z"},
		{"RFC 3339 without a known offset", "2023-11-25T17:03:46-00:00", nil, "2023-11-25T17:03:46Z"},
		{"ISO 8601 without a colon", "2023-11-25T17:03:46+0800", nil, "2023-11-25T09:03:46Z"},

		{"an offset that RFC 3339 makes needless", "2020-06-17T08:18:06.597Z", china, "2020-06-17T08:18:06.597Z"},
		{"an offset that Go's form makes needless", "2023-11-25 17:03:46.739012 -0600 CST", china, "2023-11-25T23:03:46.739012Z"},
		{"an offset that milliseconds make needless", "1684191545379", china, "2023-05-15T22:59:05.379Z"},
		{"an offset that the document makes needless", "20200609160000", china, "2020-06-09T16:00:00Z"},
		{"no offset, as null", "1684191545379", offsets("null"), "2023-05-15T22:59:05.379Z"},

		{"UTC by its letter", "2022-09-01 11:52:24", offsets("Z"), "2022-09-01T11:52:24Z"},
		{"UTC by its number", "2022-09-01 11:52:24", offsets("+00:00"), "2022-09-01T11:52:24Z"},
		{"the last offset in the west", "2022-09-01 11:52:24", offsets("-12:00"), "2022-09-01T23:52:24Z"},
		{"the last offset in the east", "2022-09-01 11:52:24", offsets("+14:00"), "2022-08-31T21:52:24Z"},
		{"half an hour", "2022-09-01 11:52:24", offsets("-03:30"), "2022-09-01T15:22:24Z"},
		{"over the end of February, backwards", "2024-03-01 07:59:59.9", china, "2024-02-29T23:59:59.9Z"},
		{"over the end of the year, forwards", "2023-12-31 23:59:59", offsets("-01:00"), "2024-01-01T00:59:59Z"},
		{"nothing is rounded", "2023-12-31 23:59:59.9999999999999", offsets("Z"), "2023-12-31T23:59:59.9999999999999Z"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			diff(t, returns(text(tc.want)), rfc3339(t, text(tc.timestamp), tc.offsets...))
		})
	}
}

func TestRFC3339_isNullForWhatHasNotHappened(t *testing.T) {
	t.Parallel()
	for _, timestamp := range []attr.Value{types.StringNull(), text("")} {
		for _, offsets := range [][]string{nil, {"null"}, {"+08:00"}} {
			diff(t, returns(types.StringNull()), rfc3339(t, timestamp, offsets...))
		}
	}
}

func TestRFC3339_refuses(t *testing.T) {
	t.Parallel()
	const (
		zoneless = " names no time zone, and no document tells which is meant; give its offset from UTC, for example provider::hwtasks::rfc3339("
		formless = ` is in none of the forms in which the APIs tell a time, such as "2020-06-17T08:18:06.597Z", "2022-09-01 11:52:24", ` +
			`"2023-11-25 17:03:46.739012 +0800 CST" or "1684191545379"`
		ambiguous  = " digits, which could mean several things: only 13 digits, milliseconds since 1970, and 14, yyyyMMddHHmmss in UTC, are read"
		impossible = " is no possible time: "
		unwritten  = ` is no offset from UTC; write it with hours and minutes, as "+08:00" or "-03:30", or "Z" for UTC itself`
		unused     = ` is no offset from UTC that is in use anywhere: they go from "-12:00" to "+14:00"`
	)
	for _, tc := range []struct {
		timestamp string
		offsets   []string
		argument  int64
		want      string
	}{
		{"2022-09-01 11:52:24", nil, 0, `"2022-09-01 11:52:24"` + zoneless + `"2022-09-01 11:52:24", "+08:00")`},
		{"2022-09-01 11:52:24", offsets("null"), 0, `"2022-09-01 11:52:24"` + zoneless + `"2022-09-01 11:52:24", "+08:00")`},
		{"2025-05-19 09:05:10.0", nil, 0, `"2025-05-19 09:05:10.0"` + zoneless + `"2025-05-19 09:05:10.0", "+08:00")`},
		{"2022-11-09T20:25:00", nil, 0, `"2022-11-09T20:25:00"` + zoneless + `"2022-11-09T20:25:00", "+08:00")`},
		{"20250519_090729", nil, 0, `"20250519_090729"` + zoneless + `"20250519_090729", "+08:00")`},

		{"1684191545", nil, 0, `"1684191545" has 10` + ambiguous}, // seconds, or an hour of a day
		{"20250519", nil, 0, `"20250519" has 8` + ambiguous},
		{"0", nil, 0, `"0" has 1` + ambiguous},
		{"1684191545379123456", nil, 0, `"1684191545379123456" has 19` + ambiguous},
		{strings.Repeat("9", 41), nil, 0, `"` + strings.Repeat("9", 40) + `…" has 41` + ambiguous},

		{"2023-02-29 00:00:00", offsets("Z"), 0, `"2023-02-29 00:00:00"` + impossible + "day out of range"},
		{"2023-13-01T00:00:00Z", nil, 0, `"2023-13-01T00:00:00Z"` + impossible + "month out of range"},
		{"20230101250000", nil, 0, `"20230101250000"` + impossible + "hour out of range"},
		{"20230101_246000", offsets("Z"), 0, `"20230101_246000"` + impossible + "hour out of range"},
		{"2023-01-01 23:60:00 +0000 UTC", nil, 0, `"2023-01-01 23:60:00 +0000 UTC"` + impossible + "minute out of range"},
		{"2016-12-31T23:59:60Z", nil, 0, `"2016-12-31T23:59:60Z"` + impossible + "second out of range"},
		{"2023-01-01T00:00:00+24:00", nil, 0, `"2023-01-01T00:00:00+24:00"` + impossible + "offset out of range"},
		{"2023-01-01 00:00:00 +0860 CST", nil, 0, `"2023-01-01 00:00:00 +0860 CST"` + impossible + "offset out of range"},
		{"0000-01-01T00:00:00+08:00", nil, 0, `"0000-01-01T00:00:00+08:00"` + impossible + "year out of range in UTC"},
		{"9999-12-31 23:59:59", offsets("-01:00"), 0, `"9999-12-31 23:59:59"` + impossible + "year out of range in UTC"},

		{"yesterday", nil, 0, `"yesterday"` + formless},
		{" ", nil, 0, `" "` + formless},
		{" 2022-09-01 11:52:24", offsets("Z"), 0, `" 2022-09-01 11:52:24"` + formless},
		{"2022-09-01", offsets("Z"), 0, `"2022-09-01"` + formless},
		{"2022-09-01 11:52", offsets("Z"), 0, `"2022-09-01 11:52"` + formless},
		{"2022-09-01 1:52:24", offsets("Z"), 0, `"2022-09-01 1:52:24"` + formless},
		{"2022-09-01 11:52:24,5", offsets("Z"), 0, `"2022-09-01 11:52:24,5"` + formless},
		{"2022-09-01 11:52:24.", offsets("Z"), 0, `"2022-09-01 11:52:24."` + formless},
		{"2022-09-01 11:52:24 CST", offsets("Z"), 0, `"2022-09-01 11:52:24 CST"` + formless},
		{"2022-09-01 11:52:24 +08:00 CST", nil, 0, `"2022-09-01 11:52:24 +08:00 CST"` + formless},
		{"2023-11-25 17:03:46 +0800 CST m=0.1", nil, 0, `"2023-11-25 17:03:46 +0800 CST m=0.1"` + formless},
		{"20250519-090729", offsets("Z"), 0, `"20250519-090729"` + formless},
		{"-1", nil, 0, `"-1"` + formless},
		{"1.684191545379e12", nil, 0, `"1.684191545379e12"` + formless},
		{"二〇二二年九月一日", offsets("Z"), 0, `"二〇二二年九月一日"` + formless},
		{"12\n34", nil, 0, `"12\n34"` + formless},

		{"2022-09-01 11:52:24", offsets(""), 1, `""` + unwritten},
		{"2022-09-01 11:52:24", offsets("8"), 1, `"8"` + unwritten},
		{"2022-09-01 11:52:24", offsets("+8:00"), 1, `"+8:00"` + unwritten},
		{"2022-09-01 11:52:24", offsets("+0800"), 1, `"+0800"` + unwritten},
		{"2022-09-01 11:52:24", offsets("08:00"), 1, `"08:00"` + unwritten},
		{"2022-09-01 11:52:24", offsets("+08:60"), 1, `"+08:60"` + unwritten},
		{"2022-09-01 11:52:24", offsets("z"), 1, `"z"` + unwritten},
		{"2022-09-01 11:52:24", offsets("CST"), 1, `"CST"` + unwritten},
		{"2022-09-01 11:52:24", offsets("Asia/Shanghai"), 1, `"Asia/Shanghai"` + unwritten},
		{"2022-09-01 11:52:24", offsets("+14:01"), 1, `"+14:01"` + unused},
		{"2022-09-01 11:52:24", offsets("-12:01"), 1, `"-12:01"` + unused},
		{"2022-09-01 11:52:24", offsets("+18:00"), 1, `"+18:00"` + unused},

		// A slip in the offset is told of, needed or not.
		{"1684191545379", offsets("+8"), 1, `"+8"` + unwritten},
		{"", offsets("+8"), 1, `"+8"` + unwritten},
		{"2022-09-01 11:52:24", offsets("+08:00", "Z"), 2, "the call gives 2 offsets, but a time has at most one"},
		{"", offsets("null", "null", "null"), 2, "the call gives 3 offsets, but a time has at most one"},
	} {
		t.Run(fmt.Sprint(tc.timestamp, tc.offsets), func(t *testing.T) {
			t.Parallel()
			diff(t, refuses(tc.argument, tc.want), rfc3339(t, text(tc.timestamp), tc.offsets...))
		})
	}
}

// FuzzRFC3339: whatever the text is, the answer is one sentence in one line or
// an instant that Terraform can read; it agrees with package time wherever that
// reads the text as well, and is its own answer.
func FuzzRFC3339(f *testing.F) {
	for _, timestamp := range []string{
		"2020-06-17T08:18:06.597Z", "2022-09-01 11:52:24", "20200609160000", "1684191545379", "2025-05-19 09:05:10.0", "20250519_090729", "2022-11-09T20:25:00",
		"2023-11-25 17:03:46.739012 +0800 CST", "2020-02-02 08:12:40.672772389 +0000 UTC", "2023-11-25 17:03:46.739012 -0330 -0330 m=+0.1",
		"2024-02-29t23:59:60z", "9999-12-31T23:59:59-14:00", "0000-01-01 00:00:00+14:00", "1684191545", "", "\u202e1",
	} {
		for _, offset := range []string{"null", "+08:00", "-12:00", "Z", "+24:00"} {
			f.Add(timestamp, offset)
		}
	}
	f.Fuzz(func(t *testing.T, timestamp, offset string) {
		got := rfc3339(t, text(timestamp), offset)
		if got.Error != "" {
			inOneLine(t, got.Error)
			return
		}
		if timestamp == "" {
			diff(t, returns(types.StringNull()), got)
			return
		}
		utc := got.Value.(types.String).ValueString()
		instant, err := time.Parse(time.RFC3339, utc)
		if err != nil || !inUTC.MatchString(utc) {
			t.Fatalf("%q is read as %q: %v", timestamp, utc, err)
		}
		diff(t, got, rfc3339(t, got.Value, offset))
		timestamp = strings.Replace(timestamp, " UTC", " CST", 1) // package time takes UTC for zero, whatever the offset says
		for _, layout := range layouts {
			if want, err := time.ParseInLocation(layout, timestamp, location(offset)); err == nil && !want.Equal(instant) {
				t.Errorf("%q is read as %q, and as %s by the layout %s", timestamp, utc, want, layout)
			}
		}
	})
}

var (
	inUTC   = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`)
	layouts = []string{
		time.RFC3339, time.DateTime, "2006-01-02T15:04:05", "20060102_150405",
		"2006-01-02 15:04:05 -0700 MST", "2006-01-02 15:04:05 -0700 -0700", "2006-01-02 15:04:05Z07:00",
	}
)

// location is the zone of an offset that the function has found to be one.
func location(offset string) *time.Location {
	zoned, err := time.Parse("Z07:00", offset)
	if err != nil {
		return time.UTC // none was given, and none was needed
	}
	return zoned.Location()
}
