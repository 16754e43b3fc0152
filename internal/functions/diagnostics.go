// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"fmt"
	"strconv"
	"unicode"
)

// Terraform prints these messages between `Invalid value for "detail" parameter: `
// and a period, and wraps lines. So a message has no period at its end, and marks
// a position by its number and context rather than by an arrow on the next line.

func errFormat(text string) error {
	return fmt.Errorf("%s is not in a time format of the APIs, such as \"2020-06-17T08:18:06.597Z\", \"2022-09-01 11:52:24\", "+
		"\"2023-11-25 17:03:46.739012 +0800 CST\", or \"1684191545379\"", quote(text))
}

func errDigits(text string) error {
	return fmt.Errorf("%s has %d digits, which is ambiguous: expected %d digits (milliseconds since 1970) or %d digits (yyyyMMddHHmmss in UTC)",
		quote(text), len(text), epochDigits, compactDigits)
}

func errNoZone(text string) error {
	return fmt.Errorf("%[1]s has no time zone, and the API documents do not specify it; pass its offset from UTC, for example provider::hwtasks::rfc3339(%[1]s, \"+08:00\")",
		quote(text))
}

func errRange(text, reason string) error {
	return fmt.Errorf("%s is not a valid time: %s", quote(text), reason)
}

func errOffset(text string) error {
	return fmt.Errorf("%s is not a valid offset from UTC; write hours and minutes, such as \"+08:00\" or \"-03:30\", or \"Z\" for UTC", quote(text))
}

func errOffsetRange(text string) error {
	return fmt.Errorf("%s is not a valid offset from UTC: offsets range from \"-12:00\" to \"+14:00\"", quote(text))
}

func errOffsetCount(n int) error {
	return fmt.Errorf("expected at most one offset, got %d", n)
}

// Problems at a position in a detail.
const (
	problemNotation  = "expected a JSON object or array, or text such as {key:value,range:[0 5460]}"
	problemJSON      = "invalid JSON"
	problemEnd       = "unexpected end of text"
	problemTrailing  = "unexpected text after the end of the value"
	problemDuplicate = "duplicate key"
	problemNumber    = "Terraform cannot represent this number exactly"
	problemKey       = "expected a key and a colon, as in {key:value,range:[0 5460]}"
	problemValue     = "expected a comma or a closing brace after the value"
	problemList      = "expected list items with a single space between them"
)

var problemDepth = fmt.Sprintf("more than %d nested objects and arrays", maxDepth)

// syntaxError is a problem at a position in a detail.
type syntaxError struct {
	text    string
	offset  int // in bytes
	problem string
	nested  bool // text is a string within the detail
}

// Error shows the position as the number of the character, with the text on both
// sides.
func (e *syntaxError) Error() string {
	before, after := []rune(e.text[:e.offset]), []rune(e.text[e.offset:])
	where := fmt.Sprintf("at character %d", len(before)+1)
	if e.nested {
		where += " of a string within the detail"
	}
	left, right := printable(before), printable(after)
	if len(left) > maxShown {
		left = append([]rune("…"), left[len(left)-maxShown:]...)
	}
	switch {
	case len(before) == 0:
		where += fmt.Sprintf(", before `%s`", clip(right))
	case len(after) == 0:
		where += fmt.Sprintf(", after `%s`", string(left))
	default:
		where += fmt.Sprintf(", between `%s` and `%s`", string(left), clip(right))
	}
	return where + ": " + e.problem
}

// maxShown is the number of characters of the input that a message shows in one
// piece.
const maxShown = 40

func quote(text string) string { return strconv.Quote(clip([]rune(text))) }

func clip(text []rune) string {
	if len(text) > maxShown {
		return string(text[:maxShown]) + "…"
	}
	return string(text)
}

// printable replaces characters that would break the line or cannot be printed.
func printable(text []rune) []rune {
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			text[i] = ' '
		case !unicode.IsPrint(r):
			text[i] = unicode.ReplacementChar
		}
	}
	return text
}
