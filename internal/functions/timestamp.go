// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// Regular expressions, because layouts of package time accept more than they show:
// an hour of one digit, a comma before the fraction.
var (
	digits    = pattern(`^\d+$`)
	compact   = pattern(`^(\d{4})(\d\d)(\d\d)(_?)(\d\d)(\d\d)(\d\d)$`)
	separated = pattern(`^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d+)?` +
		`(?:` +
		`([Zz]|[+-]\d\d:\d\d)` + // RFC 3339, which allows lower case, and a space instead of T
		`|` +
		// time.Time.String in Go: the offset, the name of the zone or the offset again, and
		// the monotonic clock. The name is missing if a service uses a layout of its own.
		` ?([+-]\d{4})(?: (?:[A-Za-z][\w+:/-]*|[+-]\d\d(?:\d\d)?))?(?: m=[+-]\d+(?:\.\d+)?)?` +
		`)?$`)
	offset = pattern(`^(?:Z|[+-]\d\d:\d\d)$`)
)

// Numbers of digits with one meaning each. From 2001 to 2286, milliseconds have 13
// digits, so they cannot be confused with a date.
const (
	epochDigits   = 13
	compactDigits = 14
)

// civilTime is a time as written in a text.
type civilTime struct {
	clock    string // in the layout time.DateTime
	fraction string // with its point; may be ""
	zone     string // "Z", "+08:00", or "+0800"; "" if the text has none
}

// toUTC converts a time in any format. zone applies if the format has none.
func toUTC(text, zone string) (string, error) {
	t, err := parse(text)
	if err != nil {
		return "", err
	}
	if t.zone == "" {
		t.zone = zone
	}
	if t.zone == "" {
		return "", errNoZone(text)
	}
	east, ok := parseOffset(t.zone)
	if !ok {
		return "", errRange(text, "offset out of range")
	}
	clock, err := time.Parse(time.DateTime, t.clock)
	if err != nil {
		return "", errRange(text, reason(err))
	}
	utc := clock.Add(-east)
	if utc.Year() < 0 || utc.Year() > 9999 {
		return "", errRange(text, "year out of range in UTC")
	}
	// Offsets are whole minutes, so they do not change the fraction.
	return utc.Format("2006-01-02T15:04:05") + t.fraction + "Z", nil
}

func parse(text string) (civilTime, error) {
	if digits().MatchString(text) && len(text) != compactDigits {
		return parseEpoch(text)
	}
	if m := compact().FindStringSubmatch(text); m != nil {
		t := civilTime{clock: m[1] + "-" + m[2] + "-" + m[3] + " " + m[5] + ":" + m[6] + ":" + m[7]}
		if m[4] == "" {
			t.zone = "Z" // documented, but not for the format with the underscore
		}
		return t, nil
	}
	if m := separated().FindStringSubmatch(text); m != nil {
		return civilTime{clock: m[1] + " " + m[2], fraction: m[3], zone: m[4] + m[5]}, nil
	}
	return civilTime{}, errFormat(text)
}

func parseEpoch(text string) (civilTime, error) {
	ms, err := strconv.ParseInt(text, 10, 64)
	if err != nil || len(text) != epochDigits {
		return civilTime{}, errDigits(text)
	}
	t := time.UnixMilli(ms).UTC()
	return civilTime{clock: t.Format(time.DateTime), fraction: t.Format(".000"), zone: "Z"}, nil
}

// parseOffset parses an offset in one of the notations of civilTime. It returns
// false if hour or minute are out of range, the only limit in RFC 3339.
func parseOffset(zone string) (time.Duration, bool) {
	if strings.EqualFold(zone, "Z") {
		return 0, true
	}
	clock, err := time.Parse("1504", strings.ReplaceAll(zone[1:], ":", ""))
	if err != nil {
		return 0, false
	}
	east := time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute
	if zone[0] == '-' {
		east = -east
	}
	return east, true
}

// validateOffset validates an offset in the configuration. It is stricter than
// parseOffset: no time zone is outside this range, but a typo may be.
func validateOffset(zone string) error {
	if !offset().MatchString(zone) {
		return errOffset(zone)
	}
	switch east, ok := parseOffset(zone); {
	case !ok:
		return errOffset(zone)
	case east < -12*time.Hour || east > 14*time.Hour:
		return errOffsetRange(zone)
	}
	return nil
}

// reason returns what is out of range, in the words of package time.
func reason(err error) string {
	var parseError *time.ParseError
	if errors.As(err, &parseError) {
		return strings.TrimPrefix(parseError.Message, ": ")
	}
	return err.Error()
}
