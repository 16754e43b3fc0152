// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"fmt"
	"strconv"
	"unicode"
)

// Every sentence of an error that a user may see stands here. Terraform puts
// `Invalid value for "detail" parameter: ` in front of it and a full stop
// behind, and breaks it into lines: so none ends with a stop, and none points
// with an arrow in a line of its own, which Chinese characters, two columns
// wide, would put beside the place anyway.

func errForm(text string) error {
	return fmt.Errorf("%s is in none of the forms in which the APIs tell a time, such as \"2020-06-17T08:18:06.597Z\", \"2022-09-01 11:52:24\", "+
		"\"2023-11-25 17:03:46.739012 +0800 CST\" or \"1684191545379\"", quoted(text))
}

func errDigits(text string) error {
	return fmt.Errorf("%s has %d digits, which could mean several things: only %d digits, milliseconds since 1970, and %d, yyyyMMddHHmmss in UTC, are read",
		quoted(text), len(text), epochDigits, compactDigits)
}

func errNoZone(text string) error {
	return fmt.Errorf("%[1]s names no time zone, and no document tells which is meant; give its offset from UTC, for example provider::hwtasks::rfc3339(%[1]s, \"+08:00\")",
		quoted(text))
}

func errImpossible(text, reason string) error {
	return fmt.Errorf("%s is no possible time: %s", quoted(text), reason)
}

func errOffset(text string) error {
	return fmt.Errorf("%s is no offset from UTC; write it with hours and minutes, as \"+08:00\" or \"-03:30\", or \"Z\" for UTC itself", quoted(text))
}

func errOffsetRange(text string) error {
	return fmt.Errorf("%s is no offset from UTC that is in use anywhere: they go from \"-12:00\" to \"+14:00\"", quoted(text))
}

func errOffsets(n int) error {
	return fmt.Errorf("the call gives %d offsets, but a time has at most one", n)
}

// What can be wrong at a place in a detail.
const (
	problemNotation = "this is neither a JSON object or array nor text like {key:value,range:[0 5460]}"
	problemJSON     = "from here on this is not JSON"
	problemEnd      = "the text ends too early"
	problemMore     = "the text goes on after its end"
	problemTwice    = "the object has this key already"
	problemNumber   = "Terraform cannot hold this number exactly"
	problemKey      = "a key and a colon are expected, as in {key:value,range:[0 5460]}"
	problemValue    = "a comma or a closing brace is expected after the value; what this means in a value is not known"
	problemList     = "a list holds words with one blank between two of them; what this means in a list is not known"
)

var problemDepth = fmt.Sprintf("more than %d objects and arrays lie within one another", maxDepth)

// fault is a place in a detail and what is wrong there.
type fault struct {
	text    string
	at      int // byte
	problem string
	inner   bool // the text is a string within the detail
}

// Error tells the place by its number and by what stands on either side.
func (f *fault) Error() string {
	before, after := []rune(f.text[:f.at]), []rune(f.text[f.at:])
	where := fmt.Sprintf("at character %d", len(before)+1)
	if f.inner {
		where += " of a text within the detail"
	}
	left, right := printable(before), printable(after)
	if len(left) > shown {
		left = append([]rune("…"), left[len(left)-shown:]...)
	}
	switch {
	case len(before) == 0:
		where += fmt.Sprintf(", before `%s`", clipped(right))
	case len(after) == 0:
		where += fmt.Sprintf(", after `%s`", string(left))
	default:
		where += fmt.Sprintf(", between `%s` and `%s`", string(left), clipped(right))
	}
	return where + ": " + f.problem
}

// shown is how many characters of a text are shown at most in one place.
const shown = 40

func quoted(text string) string { return strconv.Quote(clipped([]rune(text))) }

func clipped(text []rune) string {
	if len(text) > shown {
		return string(text[:shown]) + "…"
	}
	return string(text)
}

// printable keeps the characters that keep a sentence in its line.
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
