// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxElements bounds a list, whose records cost more memory than their JSON.
const maxElements = 200_000

// List is an array. It is nil only if the field is absent: null is empty.
type List[T any] []T

func (l *List[T]) decode(dec *jsontext.Decoder) (problem string, err error) {
	*l = List[T]{}
	switch kind := dec.PeekKind(); kind {
	case 'n':
		return "", dec.SkipValue()
	case '[':
	default:
		return describe(kind), dec.SkipValue()
	}
	if _, err := dec.ReadToken(); err != nil {
		return "", err
	}
	for dec.PeekKind() != ']' {
		if len(*l) == maxElements {
			return "", errTooManyElements
		}
		var element T
		odd, err := decodeElement(dec, &element)
		if err != nil {
			return "", err
		}
		if odd != "" {
			problem = "an array with " + odd
		}
		*l = append(*l, element)
	}
	_, err = dec.ReadToken()
	return problem, err
}

// decodeElement decodes an element, an object unless it is a value. Of any other
// type, it counts as null.
func decodeElement[T any](dec *jsontext.Decoder, element *T) (problem string, err error) {
	if _, scalar := any(element).(value); !scalar && dec.PeekKind() != '{' {
		if kind := dec.PeekKind(); kind != 'n' {
			problem = describe(kind)
		}
		err = dec.SkipValue()
	} else {
		err = json.UnmarshalDecode(dec, element)
	}
	if record, ok := any(*element).(Record); err == nil && ok && record.RecordID() == "" {
		err = errNoID
	}
	return problem, err
}

// Record is an element that is useless without its ID: a list with such an
// element is malformed.
type Record interface{ RecordID() string }

// Present reports whether the response has the field, be it as null.
func (l List[T]) Present() bool { return l != nil }

// Object is an object that only explains. Any other JSON type counts as null.
type Object[T any] struct{ value *T }

func (o *Object[T]) decode(dec *jsontext.Decoder) (string, error) {
	*o = Object[T]{}
	switch kind := dec.PeekKind(); kind {
	case 'n':
		return "", dec.SkipValue()
	case '{':
		o.value = new(T)
		return "", json.UnmarshalDecode(dec, o.value)
	default:
		return describe(kind), dec.SkipValue()
	}
}

// Pointer returns the object, nil if the field is absent or null.
func (o Object[T]) Pointer() *T { return o.value }

// StrictList is a List that decides.
type StrictList[T any] struct{ List[T] }

func (*StrictList[T]) strict() {}
