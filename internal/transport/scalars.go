// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// The services do not follow their documents: a documented string comes as a
// number (task_count), a number as a string (progress), a field as null or not
// at all. The types below read a field either way, and remember whether it was
// present.
//
// A field that decides, such as a status or an ID, is a StrictText, StrictNumber,
// or StrictList: any other JSON type makes the response malformed. All other
// fields are a Text, Number, Flag, List, or Object: another JSON type counts as
// null, so that a field that is only shown never fails a read.

// maxNumberLength bounds a number: the cost of parsing one is quadratic.
const maxNumberLength = 400

// value is a field of a response, decoded from its JSON. A problem says why it
// is not one of the expected types.
type value interface {
	decode(dec *jsontext.Decoder) (problem string, err error)
}

// Text is a string that may also be sent as a number.
type Text struct {
	text string
	form form
}

// form is how a field was sent.
type form int

const (
	absent form = iota
	null
	unread // another type, which counts as null
	set
)

func (t *Text) decode(dec *jsontext.Decoder) (string, error) {
	*t = Text{form: unread}
	switch kind := dec.PeekKind(); kind {
	case 'n':
		t.form = null
		return "", dec.SkipValue()
	case '"':
		token, err := dec.ReadToken()
		if err == nil {
			*t = Text{text: token.String(), form: set}
		}
		return "", err
	case '0':
		literal, err := dec.ReadValue()
		if err != nil {
			return "", err
		}
		if problem := tooLong(literal); problem != "" {
			return problem, nil
		}
		*t = Text{text: string(literal), form: set}
		return "", nil
	default:
		return describe(kind), dec.SkipValue()
	}
}

// String returns the text, "" if the field is absent or null.
func (t Text) String() string { return t.text }

// Pointer returns the text, nil if the field is absent or null.
func (t Text) Pointer() *string {
	if t.form != set {
		return nil
	}
	return &t.text
}

// Present reports whether the response has the field, be it as null.
func (t Text) Present() bool { return t.form != absent }

// Empty reports whether the field is absent or null. A field of another type
// is neither, although it counts as null.
func (t Text) Empty() bool { return t.form <= null }

// Percent reads "67" and "67%". It returns nil for anything else, and unless
// the number is between 0 and 100.
func (t Text) Percent() *float64 { return percent(t.text) }

// JSON is a field of any type, kept as JSON text.
type JSON struct{ Text }

func (j *JSON) decode(dec *jsontext.Decoder) (problem string, err error) { //nolint:unparam // as value.decode has it
	*j = JSON{Text{form: null}}
	if dec.PeekKind() == 'n' {
		return "", dec.SkipValue()
	}
	raw, err := dec.ReadValue()
	if err == nil {
		j.Text = Text{text: string(raw), form: set}
	}
	return "", err
}

// Number is a number of any size that may also be sent as a string.
type Number struct {
	literal string // "" if the field is absent or null
	present bool
}

func (n *Number) decode(dec *jsontext.Decoder) (string, error) {
	*n = Number{present: true}
	switch kind := dec.PeekKind(); kind {
	case 'n':
		return "", dec.SkipValue()
	case '"':
		token, err := dec.ReadToken()
		if err != nil {
			return "", err
		}
		text := strings.TrimSpace(token.String())
		if value := jsontext.Value(text); value.Kind() != '0' || !value.IsValid() { // ParseFloat knows more forms than JSON
			return "a string without a number", nil
		}
		return n.set(text), nil
	case '0':
		literal, err := dec.ReadValue()
		if err != nil {
			return "", err
		}
		return n.set(string(literal)), nil
	default:
		return describe(kind), dec.SkipValue()
	}
}

// set keeps a literal that Terraform can hold: it keeps numbers of any size, but
// writes them out digit by digit.
func (n *Number) set(literal string) (problem string) {
	if problem := tooLong(literal); problem != "" {
		return problem
	}
	f, err := strconv.ParseFloat(literal, 64)
	mantissa, _, _ := strings.Cut(strings.ToLower(literal), "e")
	if err != nil || f == 0 && strings.ContainsAny(mantissa, "123456789") {
		return "a number out of range"
	}
	n.literal = literal
	return ""
}

func tooLong[T string | jsontext.Value](literal T) (problem string) {
	if len(literal) > maxNumberLength {
		return fmt.Sprintf("a number of more than %d characters", maxNumberLength)
	}
	return ""
}

// Float returns the number without loss, nil if the field is absent or null.
func (n Number) Float() *big.Float {
	if n.literal == "" {
		return nil
	}
	f, _, err := big.ParseFloat(n.literal, 10, 512, big.ToNearestEven) // Terraform's own precision
	if err != nil {
		return nil // impossible: set has parsed it
	}
	return f
}

// Float64 returns the nearest float64, nil if the field is absent or null.
func (n Number) Float64() *float64 {
	f, err := strconv.ParseFloat(n.literal, 64)
	if err != nil {
		return nil
	}
	return &f
}

// Is reports whether the number is exactly this one: the nearest float64 of a
// fraction below it can be the same.
func (n Number) Is(whole int64) bool {
	f := n.Float()
	return f != nil && f.Cmp(new(big.Float).SetInt64(whole)) == 0
}

// Count returns the number as a count, nil unless it is a whole number that is
// not negative.
func (n Number) Count() *int {
	i, err := strconv.Atoi(n.literal)
	if err != nil || i < 0 {
		return nil
	}
	return &i
}

// Percent returns the number, nil unless it is between 0 and 100.
func (n Number) Percent() *float64 { return percent(n.literal) }

// Present reports whether the response has the field, be it as null.
func (n Number) Present() bool { return n.present }

func percent(text string) *float64 {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(text), "%"), 64)
	if err != nil || !(f >= 0 && f <= 100) {
		return nil
	}
	return &f
}

// Flag is a boolean that may also be sent as a string.
type Flag struct {
	value bool
	set   bool // not null
}

func (f *Flag) decode(dec *jsontext.Decoder) (string, error) {
	*f = Flag{}
	switch kind := dec.PeekKind(); kind {
	case 'n', 't', 'f', '"':
		token, err := dec.ReadToken()
		if err != nil || kind == 'n' {
			return "", err
		}
		switch strings.ToLower(token.String()) {
		case "true":
			*f = Flag{value: true, set: true}
		case "false":
			*f = Flag{set: true}
		default:
			return "a string without a boolean", nil
		}
		return "", nil
	default:
		return describe(kind), dec.SkipValue()
	}
}

// UnmarshalJSON reads a boolean outside of a response, in a configuration file.
func (f *Flag) UnmarshalJSON(data []byte) error {
	problem, err := f.decode(jsontext.NewDecoder(bytes.NewReader(data)))
	if err == nil && problem != "" {
		return stdjson.Unmarshal(data, new(bool)) // the error that names the field
	}
	return err
}

// Pointer returns the boolean, nil if the field is absent or null.
func (f Flag) Pointer() *bool {
	if !f.set {
		return nil
	}
	return &f.value
}

// StrictText is a Text that decides.
type StrictText struct{ Text }

// StrictNumber is a Number that decides.
type StrictNumber struct{ Number }

func (*StrictText) strict()   {}
func (*StrictNumber) strict() {}

// describe names a JSON type.
func describe(kind jsontext.Kind) string {
	switch kind {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case 't', 'f':
		return "a boolean"
	case '"':
		return "a string"
	case '0':
		return "a number"
	default:
		return "not JSON"
	}
}
