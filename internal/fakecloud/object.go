// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// object is a JSON object whose fields are ordered and may have the same name.
type object []field

// field is a field of an object. Its value is a string, a number, a boolean, nil,
// JSON as a json.RawMessage, an object, or a list of objects.
type field struct {
	name  string
	value any
}

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	fields := make([]string, len(o))
	for i, f := range o {
		fields[i] = encode(f.name) + ":" + encode(f.value)
	}
	return []byte("{" + strings.Join(fields, ",") + "}"), nil
}

// parseFields parses fields written as JSON text without braces. A malformed text
// is a bug of the test.
func parseFields(text string) []field {
	decoder := json.NewDecoder(strings.NewReader("{" + text + "}"))
	_, err := decoder.Token() // the brace
	var fields []field
	for err == nil && decoder.More() {
		var name json.Token
		var value json.RawMessage
		if name, err = decoder.Token(); err == nil {
			err = decoder.Decode(&value)
		}
		fields = append(fields, field{fmt.Sprint(name), value})
	}
	if err != nil {
		panic(fmt.Errorf("fields %s: %w", text, err))
	}
	return fields
}

// edit returns a copy of the object in which change has replaced the object, or
// each object of a list, that contains the last name of the path.
func (o object) edit(path []string, change func(parent object, name string) object) object {
	edited := slices.Clone(o)
	if len(path) == 1 {
		return change(edited, path[0])
	}
	for i, f := range edited {
		if f.name != path[0] {
			continue
		}
		switch inner := f.value.(type) {
		case object:
			edited[i].value = inner.edit(path[1:], change)
		case []object:
			list := slices.Clone(inner)
			for j, element := range list {
				list[j] = element.edit(path[1:], change)
			}
			edited[i].value = list
		}
	}
	return edited
}

// with replaces the field at the path, or adds it.
func (o object) with(path []string, value any) object {
	return o.edit(path, func(parent object, name string) object {
		i := slices.IndexFunc(parent, func(f field) bool { return f.name == name })
		if i < 0 {
			return append(parent, field{name, value})
		}
		parent[i].value = value
		return parent
	})
}

// withNull adds the field at the path as null, unless it is there.
func (o object) withNull(path []string) object {
	return o.edit(path, func(parent object, name string) object {
		if slices.ContainsFunc(parent, func(f field) bool { return f.name == name }) {
			return parent
		}
		return append(parent, field{name, nil})
	})
}

// without removes the field at the path.
func (o object) without(path []string) object {
	return o.edit(path, func(parent object, name string) object {
		return slices.DeleteFunc(parent, func(f field) bool { return f.name == name })
	})
}

// rename gives the field at the path another name.
func (o object) rename(path []string, to string) object {
	return o.edit(path, func(parent object, name string) object {
		for i := range parent {
			if parent[i].name == name {
				parent[i].name = to
			}
		}
		return parent
	})
}

// before and after add a field to the object that contains the path, whatever
// names it has already.
func (o object) before(path []string, f field) object {
	return o.edit(path, func(parent object, _ string) object { return append(object{f}, parent...) })
}

func (o object) after(path []string, f field) object {
	return o.edit(path, func(parent object, _ string) object { return append(parent, f) })
}
