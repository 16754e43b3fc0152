// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"strings"
	"testing"
)

// lenient decodes one member, "" for an absent one, into each of the lenient
// types, and tells what became of it.
func lenient[T any](member string) (value T, problem string) {
	body := `{}`
	if member != "" {
		body = `{"value":` + member + `}`
	}
	var answer struct {
		errorBody
		Value T `json:"value"`
	}
	err := decode([]byte(body), &answer, &Error{}, strings.NewReplacer())
	if e, ok := err.(*Error); ok { //nolint:errorlint // decode returns it unwrapped
		return answer.Value, e.Problem
	}
	return answer.Value, ""
}

// wrong is the problem of a member of an unexpected kind.
func wrong(kind string) string {
	return "its member value is a JSON " + kind + " where the API documents another type"
}

func TestText_isAStringOrANumber(t *testing.T) {
	for _, test := range []struct {
		member  string
		want    *string
		problem string
	}{
		{"", nil, ""},
		{`null`, nil, ""},
		{`""`, pointer(""), ""},
		{`" "`, pointer(" "), ""},
		{`"SUCCESS"`, pointer("SUCCESS"), ""},
		{`"\u6267\u884c\n"`, pointer("执行\n"), ""},
		{`"null"`, pointer("null"), ""},
		{`1684191545379`, pointer("1684191545379"), ""},
		{`12345678901234567890123`, pointer("12345678901234567890123"), ""},
		{`-0.50`, pointer("-0.50"), ""},
		{`1E3`, pointer("1E3"), ""},
		{`true`, nil, wrong("boolean")},
		{`false`, nil, wrong("boolean")},
		{`{}`, nil, wrong("object")},
		{`["a"]`, nil, wrong("array")},
	} {
		t.Run(test.member, func(t *testing.T) {
			got, problem := lenient[Text](test.member)
			diff(t, "problem", test.problem, problem)
			diff(t, "pointer", test.want, got.Pointer())
			if test.want != nil {
				diff(t, "text", *test.want, got.String())
			}
		})
	}
}

func TestNumber_isANumberOrAStringThatHoldsOne(t *testing.T) {
	for _, test := range []struct {
		member  string
		want    string // in decimal, "" for none
		problem string
	}{
		{"", "", ""},
		{`null`, "", ""},
		{`0`, "0", ""},
		{`30`, "30", ""},
		{`"30"`, "30", ""},
		{`"12 "`, "12", ""},
		{`" 12\n"`, "12", ""},
		{`-1`, "-1", ""},
		{`33.25`, "33.25", ""},
		{`"33.25"`, "33.25", ""},
		{`1e3`, "1000", ""},
		{`"1.5E3"`, "1500", ""},
		{`9007199254740993`, "9007199254740993", ""},
		{`123456789012345678901234567890`, "123456789012345678901234567890", ""},
		{`"123456789012345678901234567890.5"`, "123456789012345678901234567890.5", ""},
		{`""`, "", wrong("string that holds no number")},
		{`" "`, "", wrong("string that holds no number")},
		{`"half"`, "", wrong("string that holds no number")},
		{`"67%"`, "", wrong("string that holds no number")},
		{`"0x1F"`, "", wrong("string that holds no number")},
		{`"1_000"`, "", wrong("string that holds no number")},
		{`"+5"`, "", wrong("string that holds no number")},
		{`".5"`, "", wrong("string that holds no number")},
		{`"Infinity"`, "", wrong("string that holds no number")},
		{`"NaN"`, "", wrong("string that holds no number")},
		{`"null"`, "", wrong("string that holds no number")},
		{`"true"`, "", wrong("string that holds no number")},
		{`"[1]"`, "", wrong("string that holds no number")},
		{`"\"5\""`, "", wrong("string that holds no number")},
		{`1e400`, "", wrong("number out of range")},
		{`-1e400`, "", wrong("number out of range")},
		{`"1e400"`, "", wrong("string that holds a number out of range")},
		{`1e-400000`, "", wrong("number out of range")}, // in decimal it takes minutes to write
		{`true`, "", wrong("boolean")},
		{`{}`, "", wrong("object")},
		{`[30]`, "", wrong("array")},
	} {
		t.Run(test.member, func(t *testing.T) {
			got, problem := lenient[Number](test.member)
			diff(t, "problem", test.problem, problem)
			if problem != test.problem {
				return
			}
			text := ""
			if f := got.Float(); f != nil {
				text = f.Text('f', -1)
			}
			diff(t, "number", test.want, text)
		})
	}
}

func TestNumber_isAPercentageFrom0To100(t *testing.T) {
	for member, want := range map[string]*float64{
		"": nil, `null`: nil, `0`: pointer(0.0), `"30"`: pointer(30.0), `33.5`: pointer(33.5), `100`: pointer(100.0),
		`-1`: nil, `100.1`: nil, `1e300`: nil,
	} {
		got, _ := lenient[Number](member)
		diff(t, member, want, got.Percent())
	}
}

func TestPercent_readsTextWithOrWithoutASign(t *testing.T) {
	for text, want := range map[string]*float64{
		"": nil, "67": pointer(67.0), "67%": pointer(67.0), " 67.5% ": pointer(67.5), "0": pointer(0.0), "100.00%": pointer(100.0),
		"-1": nil, "101": nil, "NaN": nil, "Inf": nil, "half": nil, "%": nil, "6 7": nil,
	} {
		diff(t, text, want, percent(text))
	}
}

func TestFlag_isABooleanOrItsName(t *testing.T) {
	for _, test := range []struct {
		member  string
		want    *bool
		problem string
	}{
		{"", nil, ""},
		{`null`, nil, ""},
		{`true`, pointer(true), ""},
		{`false`, pointer(false), ""},
		{`"true"`, pointer(true), ""},
		{`"False"`, pointer(false), ""},
		{`""`, nil, wrong("string")},
		{`"yes"`, nil, wrong("string")},
		{`1`, nil, wrong("number")},
		{`{}`, nil, wrong("object")},
		{`[true]`, nil, wrong("array")},
	} {
		t.Run(test.member, func(t *testing.T) {
			got, problem := lenient[Flag](test.member)
			diff(t, "problem", test.problem, problem)
			diff(t, "pointer", test.want, got.Pointer())
		})
	}
}

func TestLenient_namesTheMemberByItsWholePath(t *testing.T) {
	for problem, body := range map[string]string{
		"its member task_count is a JSON object where the API documents another type":                                  `{"task_count":{}}`,
		"its member tasks is a JSON object where the API documents another type":                                       `{"tasks":{}}`,
		"its member tasks.status is a JSON boolean where the API documents another type":                               `{"tasks":[{},{"status":true}]}`,
		"its member tasks.details.old_port is a JSON string that holds no number where the API documents another type": `{"tasks":[{"details":{"old_port":"none"}}]}`,
		"its member tasks.details.rename_commands is a JSON object where the API documents another type":               `{"tasks":[{"details":{"rename_commands":[{}]}}]}`,
	} {
		var page dcsBackgroundTasksPage
		err := decode([]byte(body), &page, &Error{}, strings.NewReplacer())
		diff(t, body, problem, fault(t, err).Problem)
	}
}

// TestLenient_forgetsTheValueBefore because a decoder may reuse a variable.
func TestLenient_forgetsTheValueBefore(t *testing.T) {
	var answer struct {
		Text   Text   `json:"text"`
		Number Number `json:"number"`
		Flag   Flag   `json:"flag"`
	}
	for _, body := range []string{`{"text":"a","number":1,"flag":true}`, `{"text":null,"number":null,"flag":null}`} {
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatal(err)
		}
	}
	if answer.Text.Pointer() != nil || answer.Number.Float() != nil || answer.Flag.Pointer() != nil {
		t.Errorf("null left %+v", answer)
	}
}
