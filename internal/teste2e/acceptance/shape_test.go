// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// shapes are what was met in the answers of one API: of each member its JSON
// types, and of texts with a form of their own the forms.
type shapes struct {
	answers tally // outcomes
	types   map[string]tally
	forms   map[string]tally
}

// tally counts.
type tally map[string]int

func (t tally) String() string {
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(t)) {
		parts = append(parts, fmt.Sprintf("%s (%d)", what, t[what]))
	}
	return strings.Join(parts, ", ")
}

func count(in map[string]tally, key, what string) {
	if in[key] == nil {
		in[key] = tally{}
	}
	in[key][what]++
}

func (s *shapes) note(e exchange) {
	if e.status == 200 {
		s.answers[e.outcome()]++
		s.walk(e.api, "", e.body)
		return
	}
	s.answers[e.outcome()+": "+members(e.body)]++
}

// walk descends into documented objects and arrays alone: in others the names
// of members might be somebody's own words.
func (s *shapes) walk(a *api, path string, value any) {
	if !a.knows(path) {
		return
	}
	if path != "" {
		count(s.types, path, typeOf(value))
	}
	s.descend(a, path, value)
}

func (s *shapes) descend(a *api, path string, value any) {
	documented := a.members[path]
	switch value := value.(type) {
	case map[string]any:
		if documented != "object" {
			return
		}
		for _, name := range a.membersOf(path) {
			if _, sent := value[name]; !sent {
				count(s.types, join(path, name), "absent")
			}
		}
		for name, each := range value {
			if !memberForm.MatchString(name) {
				name = "(a name of another form)"
			}
			s.walk(a, join(path, name), each)
		}
	case []any:
		if documented != "array" {
			return
		}
		for _, each := range value {
			if _, ok := each.(map[string]any); ok { // goes without saying
				s.descend(a, path+"[]", each)
			} else {
				s.walk(a, path+"[]", each)
			}
		}
	case string:
		if form := formOf(documented, value); form != "" {
			count(s.forms, path, form)
		}
	}
}

func join(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }

var (
	memberForm = regexp.MustCompile(`^[A-Za-z_]{1,40}$`)
	numberForm = regexp.MustCompile(`^-?\d+(\.\d+)?%?$`)
	wordForm   = regexp.MustCompile(`^[A-Za-z]([A-Za-z_-]{0,30}[A-Za-z])?$`)
	zoneForm   = regexp.MustCompile(` [+-]\d\d(00|30|45) ([A-Z]{1,5}|[+-]\d{2,4})$`)
	timeForm   = regexp.MustCompile(`^9999-?99-?99[T ]?99:?99:?99(\.9{1,9})?Z?$`)
	digits     = regexp.MustCompile(`\d`)
)

// members are the names and types of an object's members.
func members(value any) string {
	object, ok := value.(map[string]any)
	if !ok {
		return "no object"
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if memberForm.MatchString(name) {
			parts = append(parts, name+" "+typeOf(object[name]))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// typeOf is the type of a JSON value, and of a text whether it is a number.
func typeOf(value any) string {
	empty := func(length int, kind string) string {
		if length == 0 {
			return "empty " + kind
		}
		return kind
	}
	switch value := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case json.Number:
		return "number"
	case []any:
		return empty(len(value), "array")
	case map[string]any:
		return empty(len(value), "object")
	case string:
		if numberForm.MatchString(value) {
			return "numeric string"
		}
		return empty(len(value), "string")
	default:
		return "nothing that JSON knows"
	}
}

// formOf is the form of a text that is documented as a word, a time or a
// detail, "" for any other.
func formOf(documented, text string) string {
	const other = "(of another form)"
	if text == "" {
		return ""
	}
	switch documented {
	case "word":
		if wordForm.MatchString(text) {
			return text
		}
		return other
	case "time":
		return timeFormOf(text, other)
	case "detail":
		return detailFormOf(text, other)
	default:
		return ""
	}
}

// timeFormOf writes a 9 for each digit of a time, and keeps its zone.
func timeFormOf(text, other string) string {
	if strings.Trim(text, "0123456789") == "" {
		return fmt.Sprintf("%d digits", len(text))
	}
	zone := zoneForm.FindString(text)
	form := digits.ReplaceAllString(strings.TrimSuffix(text, zone), "9")
	if !timeForm.MatchString(form) {
		return other
	}
	return form + zone
}

func detailFormOf(text, other string) string {
	object, ok := decode([]byte(text)).(map[string]any)
	if !ok {
		if strings.HasPrefix(text, "{") && strings.HasSuffix(text, "}") {
			return "braces that are no JSON"
		}
		return other
	}
	for _, value := range object {
		if within, ok := value.(string); ok && decode([]byte(within)) != nil && strings.HasPrefix(within, "{") {
			return "JSON with JSON in it"
		}
	}
	return "JSON"
}
