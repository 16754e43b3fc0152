// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Args are the arguments of a block: strings, numbers, booleans, Args again for
// an object or a map, []Args for blocks, and, in process, tftypes.UnknownValue.
type Args map[string]any

// Expression is an argument of a block that is not a literal: "terraform_data.a.id".
type Expression string

// With returns the arguments with others added or replaced. A nil removes one.
func (a Args) With(others Args) Args {
	all := Args{}
	maps.Copy(all, a)
	maps.Copy(all, others)
	maps.DeleteFunc(all, func(_ string, value any) bool { return value == nil })
	return all
}

// HCL returns the arguments as a block.
func (a Args) HCL() string {
	var b strings.Builder
	b.WriteString("{\n")
	for _, name := range slices.Sorted(maps.Keys(a)) {
		switch value := a[name].(type) {
		case Args:
			fmt.Fprintf(&b, "%s = %s\n", name, value.hclObject())
		case []Args:
			for _, block := range value {
				fmt.Fprintf(&b, "%s %s\n", name, block.HCL())
			}
		case Expression:
			fmt.Fprintf(&b, "%s = %s\n", name, string(value))
		default:
			fmt.Fprintf(&b, "%s = %#v\n", name, value)
		}
	}
	b.WriteString("}")
	return b.String()
}

// hclObject quotes the keys: those of a map need not be identifiers.
func (a Args) hclObject() string {
	var members []string
	for _, key := range slices.Sorted(maps.Keys(a)) {
		members = append(members, fmt.Sprintf("%q = %#v", key, a[key]))
	}
	return "{ " + strings.Join(members, ", ") + " }"
}
