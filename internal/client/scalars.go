// SPDX-License-Identifier: MPL-2.0

package client

import (
	"bytes"
	"encoding/json"
	"math/big"
	"reflect" //nolint:depguard // json.UnmarshalTypeError holds a reflect.Type
	"strconv"
	"strings"
	"unicode/utf8"
)

// The services do not keep to their documents: a documented string comes as a
// number (task_count), a number as a string (progress), a member as null or
// not at all. Text, Number and Flag read them either way and remember whether
// anything was sent, and whether the member was there at all, if only as null.
// Any other JSON type is an error that names the member.

// Text is a string that may also be sent as a number.
type Text struct {
	text   string
	sent   bool
	listed bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(data []byte) error {
	*t = Text{listed: true}
	switch kind := jsonKind(data); kind {
	case "null":
		return nil
	case "string":
		var err error
		t.text, err = unquote(data)
		t.sent = true
		return err
	case "number":
		t.text, t.sent = string(data), true
		return nil
	default:
		return wrongType[Text](kind)
	}
}

// String returns the text, "" where none was sent.
func (t Text) String() string { return t.text }

// Pointer returns the text, nil where none was sent.
func (t Text) Pointer() *string {
	if !t.sent {
		return nil
	}
	return &t.text
}

// Number is a number of any size that may also be sent as a string.
type Number struct {
	literal string
	listed  bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *Number) UnmarshalJSON(data []byte) error {
	*n = Number{listed: true}
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
			return wrongType[Number]("string that holds no number")
		}
		kind = "string that holds a number"
	case "number":
	default:
		return wrongType[Number](kind)
	}
	// Terraform keeps numbers of any size, but writes them out digit by digit.
	f, err := strconv.ParseFloat(literal, 64)
	vanished := f == 0 && strings.ContainsAny(strings.FieldsFunc(literal, isExponent)[0], "123456789")
	if err != nil || vanished {
		return wrongType[Number](kind + " out of range")
	}
	n.literal = literal
	return nil
}

func isExponent(r rune) bool { return r == 'e' || r == 'E' }

// Float returns the number without loss, nil where none was sent.
func (n Number) Float() *big.Float {
	if n.literal == "" {
		return nil
	}
	f, _, err := big.ParseFloat(n.literal, 10, 512, big.ToNearestEven) // the precision that Terraform works with
	if err != nil {
		return nil // impossible: UnmarshalJSON has parsed it
	}
	return f
}

// Percent returns the number as a percentage, nil where none was sent or it is
// not between 0 and 100.
func (n Number) Percent() *float64 { return percent(n.literal) }

// exact returns the number as it was sent, nil where none was.
func (n Number) exact() *float64 {
	f, err := strconv.ParseFloat(n.literal, 64)
	if err != nil {
		return nil
	}
	return &f
}

// percent reads "67" and "67%".
func percent(text string) *float64 {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(text), "%"), 64)
	if err != nil || !(f >= 0 && f <= 100) {
		return nil
	}
	return &f
}

// Flag is a boolean that may also be sent as a string.
type Flag struct{ set, sent bool }

// UnmarshalJSON implements json.Unmarshaler.
func (f *Flag) UnmarshalJSON(data []byte) error {
	*f = Flag{}
	switch strings.ToLower(strings.Trim(string(data), `"`)) {
	case "null":
		return nil
	case "true":
		*f = Flag{set: true, sent: true}
		return nil
	case "false":
		*f = Flag{sent: true}
		return nil
	default:
		return wrongType[Flag](jsonKind(data))
	}
}

// Pointer returns the boolean, nil where none was sent.
func (f Flag) Pointer() *bool {
	if !f.sent {
		return nil
	}
	return &f.set
}

// unsent returns the value of a list before its answer is decoded. Decoding
// replaces it if the member is there at all, be it as null or as [].
func unsent[T any]() []T { return make([]T, 0, 1) }

// sent reports whether a list that was unsent before has been in the answer.
func sent[T any](list []T) bool { return list == nil || len(list) > 0 || cap(list) == 0 }

// unquote returns what a JSON string stands for. Most hold nothing to decode:
// to take them as they are saves a third of the time that a whole answer takes.
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

// wrongType returns the error to which the decoder adds the member's name.
func wrongType[T any](kind string) error {
	return &json.UnmarshalTypeError{Value: kind, Type: reflect.TypeFor[T]()}
}

// count returns the number as a count, nil if it is not a whole number from 0 on.
func (n Number) count() *int {
	i, err := strconv.Atoi(n.literal)
	if err != nil || i < 0 {
		return nil
	}
	return &i
}
