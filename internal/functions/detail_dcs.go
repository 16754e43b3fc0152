// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// dcsText parses a detail of DCS. The notation is not documented; the API document
// has two examples, of which this is one:
//
//	{node_id:9996c3376318417281fb5e611f3fb1a0,slot_range:[0 5460],full_migration:迁移中,inc_migration:迁移中}
//
// The list has the format in which Go prints a slice; no known encoder writes the
// rest. The grammar is derived from the examples and rejects ambiguous text:
//
//	detail = "{" field { "," field } "}"
//	field  = key ":" ( list | string )
//	key    = ASCII letter or "_", then ASCII letters, digits, "_", "-", "."
//	string = any characters except , { } [ ] "  - may be empty; includes spaces and colons
//	list   = "[" [ item { " " item } ] "]"
//	item   = word | list, which is kept as one string
//	word   = one or more characters of a string except space
//
// The rule for keys separates a field from the rest of a value with a comma, unless
// a word and a colon follow the comma: "12:30,13:00" is rejected, "lost a,b:c" is not.
type dcsText struct {
	text   string
	offset int // in bytes
}

// dcsSpecial has the characters that end a value or are invalid in one.
const dcsSpecial = `,{}[]"`

var dcsKey = pattern(`^([A-Za-z_][A-Za-z0-9_.-]*):`)

// decodeDCS decodes a text that begins with a brace.
func decodeDCS(ctx context.Context, text string) (attr.Value, error) {
	d := &dcsText{text: text, offset: strings.IndexByte(text, '{')}
	values, attributeTypes := map[string]attr.Value{}, map[string]attr.Type{}
	for more := true; more; more = d.at(',') {
		d.offset++ // the brace or the comma
		match := dcsKey().FindStringSubmatch(text[d.offset:])
		if match == nil {
			return nil, d.fail(problemKey)
		}
		key := match[1]
		if _, duplicate := values[key]; duplicate {
			return nil, d.fail(problemDuplicate)
		}
		d.offset += len(match[0])
		v, err := d.value()
		if err != nil {
			return nil, err
		}
		values[key], attributeTypes[key] = v, v.Type(ctx)
	}
	d.offset++
	if rest := strings.TrimLeft(text[d.offset:], whitespace); rest != "" {
		d.offset = len(text) - len(rest)
		return nil, d.fail(problemTrailing)
	}
	return types.ObjectValueMust(attributeTypes, values), nil
}

// value parses a value up to the comma or the brace after it.
func (d *dcsText) value() (attr.Value, error) {
	var v attr.Value
	if d.at('[') {
		items, err := d.list()
		if err != nil {
			return nil, err
		}
		v = types.ListValueMust(types.StringType, items)
	} else {
		v = types.StringValue(d.until(dcsSpecial))
	}
	if !d.at(',') && !d.at('}') {
		return nil, d.fail(problemValue)
	}
	return v, nil
}

// list parses from bracket to bracket. A second space is an error, because Go
// prints an empty string as nothing: it could be an empty item.
func (d *dcsText) list() ([]attr.Value, error) {
	items := []attr.Value{}
	d.offset++
	if d.at(']') {
		d.offset++
		return items, nil
	}
	for {
		begin := d.offset
		if err := d.skipItem(); err != nil {
			return nil, err
		}
		items = append(items, types.StringValue(d.text[begin:d.offset]))
		if d.at(']') {
			d.offset++
			return items, nil
		}
		if !d.at(' ') {
			return nil, d.fail(problemList)
		}
		d.offset++
	}
}

// skipItem skips a word, or a nested list up to its last bracket.
func (d *dcsText) skipItem() error {
	if !d.at('[') {
		if d.until(dcsSpecial+" ") == "" {
			return d.fail(problemList)
		}
		return nil
	}
	for depth := 0; ; {
		switch {
		case d.at('['):
			depth++
		case d.at(']'):
			depth--
		default:
			return d.fail(problemList)
		}
		d.offset++
		if depth == 0 {
			return nil
		}
		d.until(dcsSpecial)
	}
}

// until advances to the next of the characters, or to the end, and returns the
// text before it.
func (d *dcsText) until(characters string) string {
	rest := d.text[d.offset:]
	if end := strings.IndexAny(rest, characters); end >= 0 {
		rest = rest[:end]
	}
	d.offset += len(rest)
	return rest
}

// at returns whether c is the next character.
func (d *dcsText) at(c byte) bool { return d.offset < len(d.text) && d.text[d.offset] == c }

// fail reports a problem with the next character, or the end of the text.
func (d *dcsText) fail(problem string) error {
	if d.offset == len(d.text) {
		problem = problemEnd
	}
	return &syntaxError{text: d.text, offset: d.offset, problem: problem}
}
