// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"strings"
	"testing"
)

func TestList(t *testing.T) {
	joined := func(list List[Text]) *string {
		var all []string
		for _, element := range list {
			all = append(all, element.String())
		}
		return pointer(strings.Join(all, ","))
	}
	check(t, []decoded{
		{"", "", ""},
		{`null`, "", ""},
		{`[]`, "", ""},
		{`["a",2,null]`, "a,2,", ""},
		{`{}`, "", "an object"},
		{`"a"`, "", "a string"},
		{`true`, "", "a boolean"},
		{`0`, "", "a number"},
	}, joined, func(list StrictList[Text]) *string { return joined(list.List) })
	for text, want := range map[string]bool{"": false, `null`: true, `[]`: true, `["a"]`: true} {
		got, _, _ := decodeField[List[Text]](t, text)
		diff(t, "presence of "+text, want, got.Present())
	}
	type part struct {
		Port Number `json:"port"`
	}
	parts := func(list List[part]) *string { return pointer(strings.Repeat("x", len(list))) }
	check(t, []decoded{
		{`[{},null,{"port":1,"x":2}]`, "xxx", ""},
		{`[{"port":1},7,{}]`, "xxx", "an array with a number"},
		{`[[]]`, "x", "an array with an array"},
	}, parts, func(list StrictList[part]) *string { return parts(list.List) })
	for _, elements := range []string{`{}`, `null`, `7`, `{"id":"a"},{"id":""}`, `{"ID":"a"}`, `{"id":null}`} {
		_, problem, _ := decodeField[List[record]](t, `[`+elements+`]`)
		diff(t, "problem of "+elements, errNoID.Error(), problem)
	}
}

func TestObject(t *testing.T) {
	type inner struct {
		Port Number `json:"port"`
	}
	for text, want := range map[string]struct {
		value  *inner
		logged string
	}{
		"": {}, `null`: {}, `{}`: {&inner{}, ""}, `{"port":"6379"}`: {&inner{Number{"6379", true}}, ""},
		`{"port":""}`: {&inner{Number{"", true}}, "value.port is a string without a number"},
		`""`:          {nil, "value is a string"}, `[{}]`: {nil, "value is an array"}, `0`: {nil, "value is a number"},
	} {
		got, problem, logged := decodeField[Object[inner]](t, text)
		diff(t, "problem of "+text, "", problem)
		diff(t, "log of "+text, want.logged, logged)
		if (got.Pointer() == nil) != (want.value == nil) || want.value != nil && *got.Pointer() != *want.value {
			t.Errorf("%s was read as %v", text, got.Pointer())
		}
	}
}

// TestEvaluate_logsOnce what counts as null, whatever the element and the response.
func TestEvaluate_logsOnce(t *testing.T) {
	var logged []string
	n := &Network{Log: func(_ context.Context, _ string, fields map[string]any) {
		logged = append(logged, fields["field"].(string)+" is "+fields["found"].(string)+" at "+fields["url"].(string))
	}}
	for range 2 {
		diff(t, "error", nil, n.evaluate(t.Context(), rawOf(200, `{"parts":[{"port":[]},7,{"port":[]},{"port":{}}],"note":true}`), &job{}))
	}
	diff(t, "logged", []string{
		"parts.*.port is an array at " + jobURL, "parts.* is a number at " + jobURL, "parts.*.port is an object at " + jobURL, "note is a boolean at " + jobURL,
	}, logged)
}

// TestScalars_forgetTheValueBefore because a decoder may reuse a variable.
func TestScalars_forgetTheValueBefore(t *testing.T) {
	var response job
	for _, body := range []string{
		`{"status":"a","total":1,"count":1,"note":"a","parts":[{}],"records":[{"id":"a"}]}`,
		`{"status":null,"total":null,"count":"","note":[],"parts":{},"records":null}`,
	} {
		diff(t, "error", nil, evaluate(t, body, &response))
	}
	if response.Status.Pointer() != nil || response.Total.Float() != nil || response.Count.Float() != nil || response.Note.Pointer() != nil ||
		len(response.Parts) > 0 || len(response.Records.List) > 0 {
		t.Errorf("null left %+v", response)
	}
}
