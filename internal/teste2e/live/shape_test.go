// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// api is a request, with the documented fields of its response.
type api struct {
	name    string
	path    string
	pattern *regexp.Regexp
	fields  map[string]string // types by path; status, time, and detail are strings
	order   []string          // of the document
	partial bool              // the document has more fields, which the provider does not read
}

var placeholder = regexp.MustCompile(`\\\{\w+\\\}`)

// apis are those of the sources, and the cluster that a missing action may have left a trace in.
func apis() []*api {
	var all []*api
	add := func(name, path string, documented ...string) *api {
		pattern := regexp.MustCompile(placeholder.ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + "$")
		a := &api{name: name, path: path, pattern: pattern, fields: map[string]string{"": "object"}}
		for _, line := range documented {
			kind, paths, _ := strings.Cut(line, ": ")
			for path := range strings.FieldsSeq(paths) {
				a.fields[path] = kind
				a.order = append(a.order, path)
				if kind == "array" {
					a.fields[path+"[]"] = "object"
				}
			}
		}
		all = append(all, a)
		return a
	}
	for _, s := range providertest.Sources() {
		add(s.Name, s.API, s.Fields...)
	}
	cluster := add("dws_cluster", "/v1.0/{project_id}/clusters/{cluster_id}",
		"object: cluster", "status: cluster.status cluster.sub_status cluster.task_status", "object: cluster.action_progress")
	cluster.partial = true
	return all
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

// shapes are what the responses of one API had: the JSON types of each field,
// and the forms of its statuses and times.
type shapes struct {
	*api
	outcomes tally
	types    map[string]tally
	forms    map[string]tally
}

func newShapes(a *api) *shapes {
	return &shapes{api: a, outcomes: tally{}, types: map[string]tally{}, forms: map[string]tally{}}
}

func (s *shapes) note(e exchange) {
	if e.status == 200 {
		s.outcomes[e.outcome()]++
		s.walk("", e.body)
		return
	}
	s.outcomes[e.outcome()+": "+fieldsOf(e.body)]++
}

func count(in map[string]tally, path, what string) {
	if in[path] == nil {
		in[path] = tally{}
	}
	in[path][what]++
}

// walk descends into documented objects and arrays only: in others, the names of
// fields might be values of the account.
func (s *shapes) walk(path string, value any) {
	documented := s.fields[path]
	if s.partial && documented == "" {
		return
	}
	if path != "" && !strings.HasSuffix(path, "[]") {
		count(s.types, path, typeOf(value))
	}
	switch value := value.(type) {
	case map[string]any:
		if documented == "object" {
			s.walkObject(path, value)
		}
	case []any:
		for _, element := range value {
			if documented == "array" {
				s.walk(path+"[]", element)
			}
		}
	case string:
		if form := formOf(documented, value); form != "" {
			count(s.forms, path, form)
		}
	}
}

func (s *shapes) walkObject(path string, object map[string]any) {
	prefix := strings.TrimPrefix(path+".", ".")
	for _, documented := range s.order {
		name, below := strings.CutPrefix(documented, prefix)
		if _, sent := object[name]; below && !sent && !strings.ContainsAny(name, ".[") {
			count(s.types, documented, "absent")
		}
	}
	for name, value := range object {
		if !nameForm.MatchString(name) {
			name = "(a name of another form)"
		}
		s.walk(prefix+name, value)
	}
}

// asDocumented reports whether a field had its documented type in each response
// that had it.
func (s *shapes) asDocumented(path string) bool {
	for met := range s.types[path] {
		if met != "absent" && met != "null" && !strings.Contains(met, jsonType(s.fields[path])) {
			return false
		}
	}
	return s.fields[path] != ""
}

func jsonType(documented string) string {
	switch documented {
	case "status", "time", "detail":
		return "string"
	default:
		return documented
	}
}

// fieldsOf are the names and types of an object's fields.
func fieldsOf(value any) string {
	object, ok := value.(map[string]any)
	if !ok {
		return "not an object"
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if nameForm.MatchString(name) {
			parts = append(parts, name+" "+typeOf(object[name]))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// typeOf is the type of a JSON value, and of a string whether it is a number.
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
		return "not JSON"
	}
}

var (
	nameForm   = regexp.MustCompile(`^[A-Za-z_]{1,50}$`)
	numberForm = regexp.MustCompile(`^-?\d+(\.\d+)?%?$`)
	statusForm = regexp.MustCompile(`^[A-Za-z]([A-Za-z_-]{0,30}[A-Za-z])?$`)
	zoneForm   = regexp.MustCompile(` [+-]\d\d(00|30|45) ([A-Z]{1,5}|[+-]\d{2,4})$`)
	timeForm   = regexp.MustCompile(`^9999-?99-?99[T ]?99:?99:?99(\.9{1,9})?Z?$`)
	digits     = regexp.MustCompile(`\d`)
	bracesForm = regexp.MustCompile(`(?s)^\{.*\}$`)
	nestedForm = regexp.MustCompile(`":"\{\\"`)
)

// formOf is the form of a status, a time, or a detail, "" for any other text: a
// digit becomes a 9, and the zone of a time is kept.
func formOf(documented, text string) string {
	zone := zoneForm.FindString(text)
	nines := digits.ReplaceAllString(strings.TrimSuffix(text, zone), "9")
	switch {
	case text == "" || documented != "status" && documented != "time" && documented != "detail":
		return ""
	case documented == "status" && statusForm.MatchString(text):
		return text
	case documented == "time" && strings.Trim(text, "0123456789") == "":
		return fmt.Sprintf("%d digits", len(text))
	case documented == "time" && timeForm.MatchString(nines):
		return nines + zone
	case documented == "detail" && decode([]byte(text)) != nil && nestedForm.MatchString(text):
		return "JSON in JSON"
	case documented == "detail" && decode([]byte(text)) != nil:
		return "JSON"
	case documented == "detail" && bracesForm.MatchString(text):
		return "braces that are not JSON"
	default:
		return "(of another form)"
	}
}
