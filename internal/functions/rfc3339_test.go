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

// rfc3339 calls the function. The offset "null" stands for the null value.
func rfc3339(t *testing.T, timestamp attr.Value, offsets ...string) result {
	t.Helper()
	elementTypes, values := []attr.Type{}, []attr.Value{}
	for _, offset := range offsets {
		value := types.StringValue(offset)
		if offset == "null" {
			value = types.StringNull()
		}
		elementTypes, values = append(elementTypes, types.StringType), append(values, value)
	}
	return call(t, "rfc3339", timestamp, types.TupleValueMust(elementTypes, values))
}

func TestRFC3339_formats(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, timestamp, want string }{
		{"DCS background task", "2020-06-17T08:18:06.597Z", "2020-06-17T08:18:06.597Z"},
		{"DCS filter", "20200609160000", "2020-06-09T16:00:00Z"},
		{"DCS job", "1684191545379", "2023-05-15T22:59:05.379Z"},
		{"DCS job, whole second", "1684191545000", "2023-05-15T22:59:05.000Z"},
		{"CCE task", "2023-11-25 17:03:46.739012 +0800 CST", "2023-11-25T09:03:46.739012Z"},
		{"CCE task, same zone name in Chicago", "2023-11-25 17:03:46.739012 -0600 CST", "2023-11-25T23:03:46.739012Z"},
		{"CCE task, nine digits", "2020-02-02 08:12:40.672772389 +0000 UTC", "2020-02-02T08:12:40.672772389Z"},
		{"CCE task, monotonic clock", "2023-11-25 17:03:46.739012 +0800 CST m=+0.123456789", "2023-11-25T09:03:46.739012Z"},
		{"CCE task, negative monotonic clock", "2023-11-25 17:03:46.739012 +0800 CST m=-3.5", "2023-11-25T09:03:46.739012Z"},
		{"CCE task, zone without a name", "2023-11-25 17:03:46.739012 +0530 +0530", "2023-11-25T11:33:46.739012Z"},
		{"CCE task, zone with a short number", "2023-11-25 17:03:46.739012 -0300 -03", "2023-11-25T20:03:46.739012Z"},
		{"CCE task, zero time of Go", "0001-01-01 00:00:00 +0000 UTC", "0001-01-01T00:00:00Z"},
		{"RFC 3339 with an offset", "2023-11-25T17:03:46.739012+08:00", "2023-11-25T09:03:46.739012Z"},
		{"RFC 3339 in lower case", "2023-11-25t17:03:46z", "2023-11-25T17:03:46Z"},
		{"RFC 3339 with a space", "2023-11-25 17:03:46-03:30", "2023-11-25T20:33:46Z"},
		{"ISO 8601 without a colon", "2023-11-25T17:03:46+0800", "2023-11-25T09:03:46Z"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			diff(t, result{Value: text(tc.want)}, rfc3339(t, text(tc.timestamp)))
			diff(t, result{Value: text(tc.want)}, rfc3339(t, text(tc.timestamp), "-05:00")) // ignored
			diff(t, result{Value: text(tc.want)}, rfc3339(t, text(tc.timestamp), "null"))
		})
	}
}

func TestRFC3339_formatsWithoutZone(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, timestamp, offset, want string }{
		{"DCS step", "2022-09-01 11:52:24", "+08:00", "2022-09-01T03:52:24Z"},
		{"DWS action", "2025-05-19 09:05:10.0", "+08:00", "2025-05-19T01:05:10.0Z"},
		{"DWS detail, key", "20250519_090729", "+08:00", "2025-05-19T01:07:29Z"},
		{"DWS job", "2022-11-09T20:25:00", "+08:00", "2022-11-09T12:25:00Z"},
		{"UTC as a letter", "2022-09-01 11:52:24", "Z", "2022-09-01T11:52:24Z"},
		{"westernmost offset", "2022-09-01 11:52:24", "-12:00", "2022-09-01T23:52:24Z"},
		{"easternmost offset", "2022-09-01 11:52:24", "+14:00", "2022-08-31T21:52:24Z"},
		{"half an hour", "2022-09-01 11:52:24", "-03:30", "2022-09-01T15:22:24Z"},
		{"leap day", "2024-03-01 07:59:59.9", "+08:00", "2024-02-29T23:59:59.9Z"},
		{"end of the year", "2023-12-31 23:59:59", "-01:00", "2024-01-01T00:59:59Z"},
		{"no rounding", "2023-12-31 23:59:59.9999999999999", "Z", "2023-12-31T23:59:59.9999999999999Z"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			diff(t, result{Value: text(tc.want)}, rfc3339(t, text(tc.timestamp), tc.offset))
			missing := result{Error: fmt.Sprintf("%[1]q has no time zone, and the API documents do not specify it; "+
				"pass its offset from UTC, for example provider::hwtasks::rfc3339(%[1]q, \"+08:00\")", tc.timestamp)}
			diff(t, missing, rfc3339(t, text(tc.timestamp)))
			diff(t, missing, rfc3339(t, text(tc.timestamp), "null"))
		})
	}
}

func TestRFC3339_null(t *testing.T) {
	t.Parallel()
	for _, timestamp := range []attr.Value{types.StringNull(), text("")} {
		for _, offsets := range [][]string{nil, {"null"}, {"+08:00"}} {
			diff(t, result{Value: types.StringNull()}, rfc3339(t, timestamp, offsets...))
		}
	}
}

func TestRFC3339_invalidTimestamps(t *testing.T) {
	t.Parallel()
	test := func(timestamp, want string) {
		t.Helper()
		diff(t, result{Error: want}, rfc3339(t, text(timestamp), "Z"))
	}
	const ambiguous = " digits, which is ambiguous: expected 13 digits (milliseconds since 1970) or 14 digits (yyyyMMddHHmmss in UTC)"
	test("1684191545", `"1684191545" has 10`+ambiguous) // seconds, or an hour of a day
	test("1684191545379123456", `"1684191545379123456" has 19`+ambiguous)
	test(strings.Repeat("9", 41), `"`+strings.Repeat("9", 40)+`…" has 41`+ambiguous)

	for timestamp, reason := range map[string]string{
		"2023-02-29 00:00:00":           "day out of range",
		"2023-13-01T00:00:00Z":          "month out of range",
		"20230101250000":                "hour out of range",
		"2023-01-01 23:60:00 +0000 UTC": "minute out of range",
		"2016-12-31T23:59:60Z":          "second out of range",
		"2023-01-01T00:00:00+24:00":     "offset out of range",
		"2023-01-01 00:00:00 +0860 CST": "offset out of range",
		"0000-01-01T00:00:00+08:00":     "year out of range in UTC",
		"9999-12-31T23:59:59-01:00":     "year out of range in UTC",
	} {
		test(timestamp, fmt.Sprintf("%q is not a valid time: %s", timestamp, reason))
	}

	for _, timestamp := range []string{
		"yesterday", " ", " 2022-09-01 11:52:24", "2022-09-01", "2022-09-01 11:52", "2022-09-01 1:52:24", "2022-09-01 11:52:24,5", "2022-09-01 11:52:24.",
		"2022-09-01 11:52:24 CST", "2022-09-01 11:52:24 +08:00 CST", "2023-11-25 17:03:46 +0800 CST m=0.1", "20250519-090729", "-1", "1.684191545379e12",
		"二〇二二年九月一日", "12\n34",
	} {
		test(timestamp, fmt.Sprintf("%q is not in a time format of the APIs, such as %q, %q, %q, or %q", timestamp,
			"2020-06-17T08:18:06.597Z", "2022-09-01 11:52:24", "2023-11-25 17:03:46.739012 +0800 CST", "1684191545379"))
	}
}

func TestRFC3339_invalidOffsets(t *testing.T) {
	t.Parallel()
	const (
		form  = ` is not a valid offset from UTC; write hours and minutes, such as "+08:00" or "-03:30", or "Z" for UTC`
		limit = ` is not a valid offset from UTC: offsets range from "-12:00" to "+14:00"`
	)
	timestamps := []string{"2022-09-01 11:52:24", "1684191545379", ""} // it is validated even if it is not needed
	for offset, want := range map[string]string{
		"": form, "8": form, "+8:00": form, "+0800": form, "08:00": form, "+08:60": form, "z": form, "CST": form, "Asia/Shanghai": form,
		"+14:01": limit, "-12:01": limit, "+18:00": limit,
	} {
		for _, timestamp := range timestamps {
			diff(t, result{Argument: 1, Error: fmt.Sprintf("%q", offset) + want}, rfc3339(t, text(timestamp), offset))
		}
	}
	for _, timestamp := range timestamps {
		diff(t, result{Argument: 2, Error: "expected at most one offset, got 3"}, rfc3339(t, text(timestamp), "+08:00", "Z", "null"))
	}
}

// FuzzRFC3339 checks that the result is a one-line error or a time that Terraform
// can parse, that it agrees with package time if that parses the text too, and that
// converting it again does not change it.
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
			checkPrintable(t, got.Error)
			return
		}
		if timestamp == "" {
			diff(t, result{Value: types.StringNull()}, got)
			return
		}
		utc := got.Value.(types.String).ValueString()
		instant, err := time.Parse(time.RFC3339, utc)
		if err != nil || !inUTC.MatchString(utc) {
			t.Fatalf("%q becomes %q: %v", timestamp, utc, err)
		}
		diff(t, got, rfc3339(t, got.Value, offset))
		timestamp = strings.Replace(timestamp, " UTC", " CST", 1) // package time ignores the offset if the name is UTC
		for _, layout := range layouts {
			if want, err := time.ParseInLocation(layout, timestamp, location(offset)); err == nil && !want.Equal(instant) {
				t.Errorf("%q becomes %q, but %s with the layout %s", timestamp, utc, want, layout)
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

// location converts an offset that the function accepted.
func location(offset string) *time.Location {
	zoned, err := time.Parse("Z07:00", offset)
	if err != nil {
		return time.UTC // "null"
	}
	return zoned.Location()
}
