// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// dcsText is a detail of DCS on its way to a value. Its notation is documented
// nowhere; two examples are known, of which this is one:
//
//	{node_id:9996c3376318417281fb5e611f3fb1a0,slot_range:[0 5460],full_migration:迁移中,inc_migration:迁移中}
//
// The list is how Go prints a slice, the rest resembles no printer. Read from
// them, and narrow on purpose, since what could mean two things is refused:
//
//	detail = "{" member { "," member } "}"
//	member = key ":" ( list | string )
//	key    = ASCII letter or "_", then ASCII letters, digits, "_", "-", "."
//	string = any characters but , { } [ ] "  - also none, blanks and colons
//	list   = "[" [ item { " " item } ] "]"
//	item   = word | list, which is kept as one string
//	word   = one or more of a string's characters but the blank
//
// The rule for keys tells a member from the rest of a value with a comma in it,
// at least where that is no word with a colon: "12:30,13:00", "a, b: c".
type dcsText struct {
	text string
	at   int // byte
}

// Characters that end a value or must not be in one.
const dcsSpecial = `,{}[]"`

var dcsKey = pattern(`^([A-Za-z_][A-Za-z0-9_.-]*):`)

// decodeDCS decodes a text that begins with a brace.
func decodeDCS(ctx context.Context, text string) (attr.Value, error) {
	d := &dcsText{text: text, at: strings.IndexByte(text, '{')}
	members, kinds := map[string]attr.Value{}, map[string]attr.Type{}
	for more := true; more; more = d.is(',') {
		d.at++ // the brace or the comma
		found := dcsKey().FindStringSubmatch(text[d.at:])
		if found == nil {
			return nil, d.fault(problemKey)
		}
		key := found[1]
		if _, twice := members[key]; twice {
			return nil, d.fault(problemTwice)
		}
		d.at += len(found[0])
		v, err := d.value()
		if err != nil {
			return nil, err
		}
		members[key], kinds[key] = v, v.Type(ctx)
	}
	d.at++
	if rest := strings.TrimLeft(text[d.at:], blanks); rest != "" {
		d.at = len(text) - len(rest)
		return nil, d.fault(problemMore)
	}
	return types.ObjectValueMust(kinds, members), nil
}

// value reads up to the comma or the brace behind a value.
func (d *dcsText) value() (attr.Value, error) {
	var v attr.Value
	if d.is('[') {
		items, err := d.list()
		if err != nil {
			return nil, err
		}
		v = types.ListValueMust(types.StringType, items)
	} else {
		v = types.StringValue(d.plain(dcsSpecial))
	}
	if !d.is(',') && !d.is('}') {
		return nil, d.fault(problemValue)
	}
	return v, nil
}

// list reads from bracket to bracket. Go prints an empty string as nothing, so
// what a blank too many means is not known: it may be an item.
func (d *dcsText) list() ([]attr.Value, error) {
	items := []attr.Value{}
	d.at++
	if d.is(']') {
		d.at++
		return items, nil
	}
	for {
		begin := d.at
		if err := d.item(); err != nil {
			return nil, err
		}
		items = append(items, types.StringValue(d.text[begin:d.at]))
		if d.is(']') {
			d.at++
			return items, nil
		}
		if !d.is(' ') {
			return nil, d.fault(problemList)
		}
		d.at++
	}
}

// item passes over a word, or over a list as far as its last bracket.
func (d *dcsText) item() error {
	if !d.is('[') {
		if d.plain(dcsSpecial+" ") == "" {
			return d.fault(problemList)
		}
		return nil
	}
	for depth := 0; ; {
		switch {
		case d.is('['):
			depth++
		case d.is(']'):
			depth--
		default:
			return d.fault(problemList)
		}
		d.at++
		if depth == 0 {
			return nil
		}
		d.plain(dcsSpecial)
	}
}

// plain reads up to the next of the ends, or to the end of the text.
func (d *dcsText) plain(ends string) string {
	rest := d.text[d.at:]
	if end := strings.IndexAny(rest, ends); end >= 0 {
		rest = rest[:end]
	}
	d.at += len(rest)
	return rest
}

// is tells whether this character comes next.
func (d *dcsText) is(c byte) bool { return d.at < len(d.text) && d.text[d.at] == c }

// fault tells a problem with the next character, or that there is none.
func (d *dcsText) fault(problem string) error {
	if d.at == len(d.text) {
		problem = problemEnd
	}
	return &fault{text: d.text, at: d.at, problem: problem}
}
