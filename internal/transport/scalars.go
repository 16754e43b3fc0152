// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"encoding/json"
	"math/big"
	"reflect" //nolint:depguard // json.UnmarshalTypeError holds a reflect.Type
	"strconv"
	"strings"
	"unicode/utf8"
)

// The services do not follow their documents: a documented string comes as a
// number (task_count), a number as a string (progress), a field as null or not
// at all. Text, Number, Flag, and List read them either way, and remember whether
// the field was present at all, be it as null. Any other JSON type is an error
// that names the field.

// Text is a string that may also be sent as a number.
type Text struct {
	text    string
	set     bool // not null
	present bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(data []byte) error {
	*t = Text{present: true}
	switch kind := jsonKind(data); kind {
	case "null":
		return nil
	case "string":
		var err error
		t.text, err = unquote(data)
		t.set = true
		return err
	case "number":
		t.text, t.set = string(data), true
		return nil
	default:
		return wrongType[Text](kind)
	}
}

// String returns the text, "" if the field is absent or null.
func (t Text) String() string { return t.text }

// Pointer returns the text, nil if the field is absent or null.
func (t Text) Pointer() *string {
	if !t.set {
		return nil
	}
	return &t.text
}

// Present reports whether the response has the field, be it as null.
func (t Text) Present() bool { return t.present }

// Percent reads "67" and "67%". It returns nil for anything else, and unless
// the number is between 0 and 100.
func (t Text) Percent() *float64 { return percent(t.text) }

// Number is a number of any size that may also be sent as a string.
type Number struct {
	literal string // "" if the field is absent or null
	present bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *Number) UnmarshalJSON(data []byte) error {
	*n = Number{present: true}
	literal := string(data)
	kind := jsonKind(data)
	switch kind {
	case "null":
		return nil
	case "string":
		var err error
		if literal, err = unquote(data); err != nil {
			return err
		}
		literal = strings.TrimSpace(literal)
		// ParseFloat knows more forms than JSON: hexadecimal, underscores, infinity.
		if literal == "" || !json.Valid([]byte(literal)) || jsonKind([]byte(literal)) != "number" {
			return wrongType[Number]("string without a number")
		}
		kind = "string with a number"
	case "number":
	default:
		return wrongType[Number](kind)
	}
	// Terraform keeps numbers of any size, but writes them out digit by digit.
	f, err := strconv.ParseFloat(literal, 64)
	underflow := f == 0 && strings.ContainsAny(strings.FieldsFunc(literal, isExponent)[0], "123456789")
	if err != nil || underflow {
		return wrongType[Number](kind + " out of range")
	}
	n.literal = literal
	return nil
}

func isExponent(r rune) bool { return r == 'e' || r == 'E' }

// Float returns the number without loss, nil if the field is absent or null.
func (n Number) Float() *big.Float {
	if n.literal == "" {
		return nil
	}
	f, _, err := big.ParseFloat(n.literal, 10, 512, big.ToNearestEven) // Terraform's own precision
	if err != nil {
		return nil // impossible: UnmarshalJSON has parsed it
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

// UnmarshalJSON implements json.Unmarshaler.
func (f *Flag) UnmarshalJSON(data []byte) error {
	*f = Flag{}
	switch strings.ToLower(strings.Trim(string(data), `"`)) {
	case "null":
		return nil
	case "true":
		*f = Flag{value: true, set: true}
		return nil
	case "false":
		*f = Flag{set: true}
		return nil
	default:
		return wrongType[Flag](jsonKind(data))
	}
}

// Pointer returns the boolean, nil if the field is absent or null.
func (f Flag) Pointer() *bool {
	if !f.set {
		return nil
	}
	return &f.value
}

// List is an array of which it is known whether the response has it: it is nil
// only if the field is absent. An empty array and null are empty.
type List[T any] []T

// UnmarshalJSON implements json.Unmarshaler.
func (l *List[T]) UnmarshalJSON(data []byte) error {
	values := []T{}
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	if values == nil { // null
		values = []T{}
	}
	*l = values
	return nil
}

// Present reports whether the response has the field, be it as null.
func (l List[T]) Present() bool { return l != nil }

// unquote decodes a JSON string. Most hold nothing to decode: to take them as
// they are saves a third of the time that a whole response takes.
func unquote(data []byte) (string, error) {
	inner := data[1 : len(data)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner), nil
	}
	var text string
	err := json.Unmarshal(data, &text)
	return text, err
}

func jsonKind(data []byte) string {
	switch bytes.TrimSpace(data)[0] {
	case '"':
		return "string"
	case '{':
		return "object"
	case '[':
		return "array"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	default:
		return "number"
	}
}

// wrongType returns an error to which the decoder adds the name of the field.
func wrongType[T any](kind string) error {
	return &json.UnmarshalTypeError{Value: kind, Type: reflect.TypeFor[T]()}
}
