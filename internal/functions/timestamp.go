// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// The shapes of the forms. Layouts of package time would let more pass than
// they show: an hour of one digit, a comma before the fraction.
var (
	digits    = pattern(`^\d+$`)
	compact   = pattern(`^(\d{4})(\d\d)(\d\d)(_?)(\d\d)(\d\d)(\d\d)$`)
	separated = pattern(`^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d+)?` +
		`(?:` +
		`([Zz]|[+-]\d\d:\d\d)` + // RFC 3339, which allows small letters and a blank for the T
		`|` +
		// Go's time.Time.String: offset, name or once more offset of the zone, and
		// the monotonic clock. The name is missing where only a layout was meant.
		` ?([+-]\d{4})(?: (?:[A-Za-z][\w+:/-]*|[+-]\d\d(?:\d\d)?))?(?: m=[+-]\d+(?:\.\d+)?)?` +
		`)?$`)
	offset = pattern(`^(?:Z|[+-]\d\d:\d\d)$`)
)

// Numbers of digits that have one meaning each. From 2001 to 2286 milliseconds
// have 13, so they cannot be taken for a date.
const (
	epochDigits   = 13
	compactDigits = 14
)

// reading is a time as the text tells it.
type reading struct {
	wall     string // time.DateTime
	fraction string // with its point; "" if there is none
	zone     string // "Z", "+08:00" or "+0800"; "" if there is none
}

// toUTC reads a time in any form. zone is used where the form has none.
func toUTC(text, zone string) (string, error) {
	r, err := read(text)
	if err != nil {
		return "", err
	}
	if r.zone == "" {
		r.zone = zone
	}
	if r.zone == "" {
		return "", errNoZone(text)
	}
	east, ok := eastOfUTC(r.zone)
	if !ok {
		return "", errImpossible(text, "offset out of range")
	}
	wall, err := time.Parse(time.DateTime, r.wall)
	if err != nil {
		return "", errImpossible(text, reason(err))
	}
	utc := wall.Add(-east)
	if utc.Year() < 0 || utc.Year() > 9999 {
		return "", errImpossible(text, "year out of range in UTC")
	}
	// Offsets are whole minutes: the fraction is the same in every zone.
	return utc.Format("2006-01-02T15:04:05") + r.fraction + "Z", nil
}

func read(text string) (reading, error) {
	if digits().MatchString(text) && len(text) != compactDigits {
		return readEpoch(text)
	}
	if m := compact().FindStringSubmatch(text); m != nil {
		r := reading{wall: m[1] + "-" + m[2] + "-" + m[3] + " " + m[5] + ":" + m[6] + ":" + m[7]}
		if m[4] == "" {
			r.zone = "Z" // by document; the key with the underscore has no such luck
		}
		return r, nil
	}
	if m := separated().FindStringSubmatch(text); m != nil {
		return reading{wall: m[1] + " " + m[2], fraction: m[3], zone: m[4] + m[5]}, nil
	}
	return reading{}, errForm(text)
}

func readEpoch(text string) (reading, error) {
	ms, err := strconv.ParseInt(text, 10, 64)
	if err != nil || len(text) != epochDigits {
		return reading{}, errDigits(text)
	}
	t := time.UnixMilli(ms).UTC()
	return reading{wall: t.Format(time.DateTime), fraction: t.Format(".000"), zone: "Z"}, nil
}

// eastOfUTC returns an offset that has the shape of one, and whether its hour
// and minute are those of a clock, which is all that RFC 3339 asks.
func eastOfUTC(zone string) (time.Duration, bool) {
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

// checkOffset checks an offset that a user wrote. No place on earth is farther
// from UTC than this; a slip of the finger soon is.
func checkOffset(zone string) error {
	if !offset().MatchString(zone) {
		return errOffset(zone)
	}
	switch east, ok := eastOfUTC(zone); {
	case !ok:
		return errOffset(zone)
	case east < -12*time.Hour || east > 14*time.Hour:
		return errOffsetRange(zone)
	}
	return nil
}

// reason returns what package time says is out of range, in its own words.
func reason(err error) string {
	var wrong *time.ParseError
	if errors.As(err, &wrong) {
		return strings.TrimPrefix(wrong.Message, ": ")
	}
	return err.Error()
}
