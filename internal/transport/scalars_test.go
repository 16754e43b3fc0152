// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"
)

// field is a response with one field.
type field[T any] struct {
	ErrorBody
	Value T `json:"value"`
}

// decodeField decodes one field, "" for an absent one. It returns what is wrong
// with it, or what was logged about it.
func decodeField[T any](t *testing.T, text string) (value T, problem, logged string) {
	t.Helper()
	body := `{}`
	if text != "" {
		body = `{"value":` + text + `}`
	}
	n := &Network{Log: func(_ context.Context, _ string, fields map[string]any) {
		logged += fields["field"].(string) + " is " + fields["found"].(string)
	}}
	var response field[T]
	err := n.evaluate(t.Context(), rawOf(200, body), &response)
	if err != nil {
		problem = strings.TrimSuffix(requestError(t, err).Problem, ", where the API documents another type")
	}
	return response.Value, strings.TrimPrefix(problem, "the field "), logged
}

// decoded is what becomes of a field.
type decoded struct {
	text    string // of the field, "" for an absent one
	want    string // "" for null
	problem string // why it counts as null, or is malformed
}

// check decodes each field into a lenient type and into the strict one. get
// returns what was read.
func check[T, S any](t *testing.T, tests []decoded, get func(T) *string, getStrict func(S) *string) {
	t.Helper()
	text := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	for _, test := range tests {
		want := ""
		if test.problem != "" {
			want = "value is " + test.problem
		}
		lenient, problem, logged := decodeField[T](t, test.text)
		diff(t, test.text, []string{test.want, "", want}, []string{text(get(lenient)), problem, logged})
		if getStrict == nil {
			continue
		}
		strict, problem, logged := decodeField[S](t, test.text)
		diff(t, "strict "+test.text, []string{test.want, want, ""}, []string{text(getStrict(strict)), problem, logged})
	}
}

func TestText(t *testing.T) {
	check(t, []decoded{
		{"", "", ""},
		{`null`, "", ""},
		{`""`, "", ""},
		{`" "`, " ", ""},
		{`"SUCCESS"`, "SUCCESS", ""},
		{`"\u6267\u884c\n"`, "执行\n", ""},
		{`"null"`, "null", ""},
		{`1684191545379`, "1684191545379", ""},
		{`12345678901234567890123`, "12345678901234567890123", ""},
		{`-0.50`, "-0.50", ""},
		{`1E3`, "1E3", ""},
		{strings.Repeat("7", 400), strings.Repeat("7", 400), ""},
		{strings.Repeat("7", 401), "", "a number of more than 400 characters"},
		{`true`, "", "a boolean"},
		{`false`, "", "a boolean"},
		{`{"a":1}`, "", "an object"},
		{`["a"]`, "", "an array"},
	}, Text.Pointer, StrictText.Pointer)
	empty, _, _ := decodeField[Text](t, `""`)
	if p := empty.Pointer(); p == nil || *p != "" {
		t.Error("an empty text is null")
	}
	for text, want := range map[string][2]bool{"": {false, true}, `null`: {true, true}, `""`: {true, false}, `1`: {true, false}, `{}`: {true, false}} {
		got, _, _ := decodeField[Text](t, text)
		diff(t, "presence and blankness of "+text, want, [2]bool{got.Present(), got.Empty()})
	}
}

func TestNumber(t *testing.T) {
	const none, large = "a string without a number", "a number out of range"
	decimal := func(f *big.Float) *string {
		if f == nil {
			return nil
		}
		return pointer(f.Text('f', -1))
	}
	check(t, []decoded{
		{"", "", ""},
		{`null`, "", ""},
		{`0`, "0", ""},
		{`30`, "30", ""},
		{`"30"`, "30", ""},
		{`" 12\n"`, "12", ""},
		{`-1`, "-1", ""},
		{`"33.25"`, "33.25", ""},
		{`1e3`, "1000", ""},
		{`"1.5E3"`, "1500", ""},
		{`9007199254740993`, "9007199254740993", ""},
		{`"123456789012345678901234567890.5"`, "123456789012345678901234567890.5", ""},
		{`""`, "", none},
		{`" "`, "", none},
		{`"half"`, "", none},
		{`"67%"`, "", none},
		{`"0x1F"`, "", none},
		{`"1_000"`, "", none},
		{`"+5"`, "", none},
		{`".5"`, "", none},
		{`"Infinity"`, "", none},
		{`"NaN"`, "", none},
		{`"null"`, "", none},
		{`"[1]"`, "", none},
		{`"\"5\""`, "", none},
		{`1e400`, "", large},
		{`"-1e400"`, "", large},
		{`1e-400000`, "", large}, // in decimal it takes minutes to write
		{`1` + strings.Repeat("0", 400), "", "a number of more than 400 characters"},
		{`"1` + strings.Repeat("0", 400) + `"`, "", "a number of more than 400 characters"},
		{`true`, "", "a boolean"},
		{`{}`, "", "an object"},
		{`[30]`, "", "an array"},
	}, func(n Number) *string { return decimal(n.Float()) }, func(n StrictNumber) *string { return decimal(n.Float()) })
	for text, want := range map[string]*int{
		"": nil, `null`: nil, `"many"`: nil, `0`: pointer(0), `"11"`: pointer(11), `" 7 "`: pointer(7), `-1`: nil, `1.5`: nil, `1e3`: nil, `"1.0"`: nil, `99999999999999999999`: nil,
	} {
		got, _, _ := decodeField[Number](t, text)
		diff(t, "count "+text, want, got.Count())
		diff(t, "presence of "+text, text != "", got.Present())
	}
}

func TestPercent(t *testing.T) {
	for text, want := range map[string]*float64{
		"": nil, "0": pointer(0.0), "30": pointer(30.0), "67.5": pointer(67.5), "100": pointer(100.0), "100.00": pointer(100.0),
		"-1": nil, "100.1": nil, "1e300": nil,
		"67%": pointer(67.0), " 67.5% ": pointer(67.5), "NaN": nil, "Inf": nil, "half": nil, "%": nil, "6 7": nil,
	} {
		asText, _, _ := decodeField[Text](t, quoted(text))
		diff(t, "text "+text, want, asText.Percent())
		if !strings.Contains(text, "%") {
			asNumber, _, _ := decodeField[Number](t, quoted(text))
			diff(t, "number "+text, want, asNumber.Percent())
		}
	}
}

func TestFlag(t *testing.T) {
	check[Flag, Flag](t, []decoded{
		{"", "", ""},
		{`null`, "", ""},
		{`true`, "true", ""},
		{`false`, "false", ""},
		{`"true"`, "true", ""},
		{`"False"`, "false", ""},
		{`""`, "", "a string without a boolean"},
		{`"yes"`, "", "a string without a boolean"},
		{`1`, "", "a number"},
		{`{}`, "", "an object"},
		{`[true]`, "", "an array"},
	}, func(f Flag) *string {
		if f.Pointer() == nil {
			return nil
		}
		return pointer(map[bool]string{true: "true", false: "false"}[*f.Pointer()])
	}, nil)
}

// TestFlag_inAConfigurationFile names its field there.
func TestFlag_inAConfigurationFile(t *testing.T) {
	var file struct {
		Flag Flag `json:"flag"`
	}
	if err := json.Unmarshal([]byte(`{"flag":"TRUE"}`), &file); err != nil || !*file.Flag.Pointer() {
		t.Errorf("the flag is %v (%v)", file.Flag.Pointer(), err)
	}
	var wrongType *json.UnmarshalTypeError
	err := json.Unmarshal([]byte(`{"flag":"yes"}`), &file)
	if !errors.As(err, &wrongType) || wrongType.Field != "flag" {
		t.Errorf("the error is %v", err)
	}
}
