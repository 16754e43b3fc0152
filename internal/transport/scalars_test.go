// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"encoding/json"
	"testing"
)

// decodeField decodes one field, "" for an absent one, and returns what is wrong with it.
func decodeField[T any](field string) (value T, problem string) {
	body := `{}`
	if field != "" {
		body = `{"value":` + field + `}`
	}
	var response struct {
		ErrorBody
		Value T `json:"value"`
	}
	err := evaluate(rawOf(200, body), &response)
	if e, ok := err.(*Error); ok { //nolint:errorlint // evaluate returns it unwrapped
		return response.Value, e.Problem
	}
	return response.Value, ""
}

// wrong is the problem of a field of an unexpected kind.
func wrong(kind string) string {
	return "the field value is a JSON " + kind + " where the API documents another type"
}

func TestText_stringOrNumber(t *testing.T) {
	for _, test := range []struct {
		field   string
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
		t.Run(test.field, func(t *testing.T) {
			got, problem := decodeField[Text](test.field)
			diff(t, "problem", test.problem, problem)
			diff(t, "pointer", test.want, got.Pointer())
			if test.want != nil {
				diff(t, "text", *test.want, got.String())
			}
		})
	}
}

func TestNumber_numberOrString(t *testing.T) {
	for _, test := range []struct {
		field   string
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
		{`""`, "", wrong("string without a number")},
		{`" "`, "", wrong("string without a number")},
		{`"half"`, "", wrong("string without a number")},
		{`"67%"`, "", wrong("string without a number")},
		{`"0x1F"`, "", wrong("string without a number")},
		{`"1_000"`, "", wrong("string without a number")},
		{`"+5"`, "", wrong("string without a number")},
		{`".5"`, "", wrong("string without a number")},
		{`"Infinity"`, "", wrong("string without a number")},
		{`"NaN"`, "", wrong("string without a number")},
		{`"null"`, "", wrong("string without a number")},
		{`"true"`, "", wrong("string without a number")},
		{`"[1]"`, "", wrong("string without a number")},
		{`"\"5\""`, "", wrong("string without a number")},
		{`1e400`, "", wrong("number out of range")},
		{`-1e400`, "", wrong("number out of range")},
		{`"1e400"`, "", wrong("string with a number out of range")},
		{`1e-400000`, "", wrong("number out of range")}, // in decimal it takes minutes to write
		{`true`, "", wrong("boolean")},
		{`{}`, "", wrong("object")},
		{`[30]`, "", wrong("array")},
	} {
		t.Run(test.field, func(t *testing.T) {
			got, problem := decodeField[Number](test.field)
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

func TestNumber_percent(t *testing.T) {
	for field, want := range map[string]*float64{
		"": nil, `null`: nil, `0`: pointer(0.0), `"30"`: pointer(30.0), `33.5`: pointer(33.5), `100`: pointer(100.0),
		`-1`: nil, `100.1`: nil, `1e300`: nil,
	} {
		got, _ := decodeField[Number](field)
		diff(t, field, want, got.Percent())
	}
}

func TestText_percent(t *testing.T) {
	for text, want := range map[string]*float64{
		"": nil, "67": pointer(67.0), "67%": pointer(67.0), " 67.5% ": pointer(67.5), "0": pointer(0.0), "100.00%": pointer(100.0),
		"-1": nil, "101": nil, "NaN": nil, "Inf": nil, "half": nil, "%": nil, "6 7": nil,
	} {
		field, _ := decodeField[Text](quoted(text))
		diff(t, text, want, field.Percent())
	}
}

func TestFlag_booleanOrString(t *testing.T) {
	for _, test := range []struct {
		field   string
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
		t.Run(test.field, func(t *testing.T) {
			got, problem := decodeField[Flag](test.field)
			diff(t, "problem", test.problem, problem)
			diff(t, "pointer", test.want, got.Pointer())
		})
	}
}

// TestList_presence: only an absent field is not present.
func TestList_presence(t *testing.T) {
	for _, test := range []struct {
		field   string
		want    int // elements
		present bool
		problem string
	}{
		{"", 0, false, ""},
		{`null`, 0, true, ""},
		{`[]`, 0, true, ""},
		{`["a","b"]`, 2, true, ""},
		{`{}`, 0, false, wrong("object")},
		{`"a"`, 0, false, wrong("string")},
	} {
		got, problem := decodeField[List[Text]](test.field)
		diff(t, "problem of "+test.field, test.problem, problem)
		diff(t, "elements of "+test.field, test.want, len(got))
		diff(t, "presence of "+test.field, test.present, got.Present())
	}
}

func TestScalars_presence(t *testing.T) {
	for field, want := range map[string]bool{"": false, `null`: true, `1`: true, `"1"`: true} {
		text, _ := decodeField[Text](field)
		number, _ := decodeField[Number](field)
		diff(t, "text "+field, want, text.Present())
		diff(t, "number "+field, want, number.Present())
	}
}

func TestScalars_nameTheFieldByItsPath(t *testing.T) {
	type task struct {
		Status  Text `json:"status"`
		Details *struct {
			Port     Number `json:"port"`
			Commands []Text `json:"commands"`
		} `json:"details"`
	}
	var response struct {
		ErrorBody
		Tasks List[task] `json:"tasks"`
	}
	for body, want := range map[string]string{
		`{"tasks":{}}`:                              "the field tasks is a JSON object",
		`{"tasks":[{},{"status":true}]}`:            "the field tasks.status is a JSON boolean",
		`{"tasks":[{"details":{"port":"none"}}]}`:   "the field tasks.details.port is a JSON string without a number",
		`{"tasks":[{"details":{"commands":[{}]}}]}`: "the field tasks.details.commands is a JSON object",
	} {
		err := evaluate(rawOf(200, body), &response)
		diff(t, body, want+" where the API documents another type", requestError(t, err).Problem)
	}
}

// TestScalars_forgetTheValueBefore because a decoder may reuse a variable.
func TestScalars_forgetTheValueBefore(t *testing.T) {
	var response struct {
		Text   Text         `json:"text"`
		Number Number       `json:"number"`
		Flag   Flag         `json:"flag"`
		List   List[string] `json:"list"`
	}
	for _, body := range []string{`{"text":"a","number":1,"flag":true,"list":["a"]}`, `{"text":null,"number":null,"flag":null,"list":null}`} {
		if err := json.Unmarshal([]byte(body), &response); err != nil {
			t.Fatal(err)
		}
	}
	if response.Text.Pointer() != nil || response.Number.Float() != nil || response.Flag.Pointer() != nil || len(response.List) > 0 {
		t.Errorf("null left %+v", response)
	}
}
