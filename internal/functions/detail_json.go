// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// maxDepth limits objects and arrays within one another, strings that hold
// some included: what Terraform and the framework take for a value grows with
// the square of its depth, and those seen have a depth of three.
const maxDepth = 32

// jsonText is JSON on its way to a value. Tokens are read one by one, since a
// decoder into maps would drop a key that occurs twice.
type jsonText struct {
	text   string
	tokens *json.Decoder
	depth  int // objects and arrays around the next token, also those outside of the text
}

// decodeJSON decodes the text of an object or an array.
func decodeJSON(ctx context.Context, text string) (attr.Value, error) {
	if err := checkJSON(text); err != nil {
		return nil, err
	}
	return readJSON(ctx, text, 0)
}

// checkJSON finds what is wrong with a text before any of it is read: a decoder
// that reads tokens lets more pass than JSON.
func checkJSON(text string) error {
	d := json.NewDecoder(strings.NewReader(text))
	var all json.RawMessage
	err := d.Decode(&all)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return &fault{text: text, at: int(syntax.Offset) - 1, problem: problemJSON} // it counts the character itself
	case err != nil: // io.ErrUnexpectedEOF
		return &fault{text: text, at: len(text), problem: problemEnd}
	}
	if rest := strings.TrimLeft(text[d.InputOffset():], blanks); rest != "" {
		return &fault{text: text, at: len(text) - len(rest), problem: problemMore}
	}
	return nil
}

// next returns where the token begins that follows the one that ended at offset.
func next(text string, offset int64) int {
	return len(text) - len(strings.TrimLeft(text[offset:], blanks+",:"))
}

// readJSON reads a text that is JSON and has that many objects and arrays
// around it.
func readJSON(ctx context.Context, text string, depth int) (attr.Value, error) {
	tokens := json.NewDecoder(strings.NewReader(text))
	tokens.UseNumber()
	return (&jsonText{text, tokens, depth}).value(ctx)
}

func (j *jsonText) value(ctx context.Context) (attr.Value, error) {
	begin := next(j.text, j.tokens.InputOffset())
	token, err := j.tokens.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Delim:
		return j.container(ctx, token, begin)
	case string:
		return j.inner(ctx, token)
	case json.Number:
		n, ok := number(token.String())
		if !ok {
			return nil, j.fault(begin, problemNumber)
		}
		return types.NumberValue(n), nil
	case bool:
		return types.BoolValue(token), nil
	default:
		return types.DynamicNull(), nil
	}
}

// container reads what follows the bracket that stands at begin.
func (j *jsonText) container(ctx context.Context, open json.Delim, begin int) (attr.Value, error) {
	if j.depth == maxDepth {
		return nil, j.fault(begin, problemDepth)
	}
	read := j.array
	if open == '{' {
		read = j.object
	}
	j.depth++
	v, err := read(ctx)
	if err != nil {
		return nil, err
	}
	j.depth--
	_, err = j.tokens.Token() // the bracket that closes it
	return v, err
}

func (j *jsonText) object(ctx context.Context) (attr.Value, error) {
	members, kinds := map[string]attr.Value{}, map[string]attr.Type{}
	for j.tokens.More() {
		begin := next(j.text, j.tokens.InputOffset())
		token, err := j.tokens.Token()
		if err != nil {
			return nil, err
		}
		key, _ := token.(string) // JSON has no other keys
		if _, twice := members[key]; twice {
			return nil, j.fault(begin, problemTwice)
		}
		v, err := j.value(ctx)
		if err != nil {
			return nil, err
		}
		members[key], kinds[key] = v, v.Type(ctx)
	}
	return types.ObjectValueMust(kinds, members), nil
}

func (j *jsonText) array(ctx context.Context) (attr.Value, error) {
	elements, kinds := []attr.Value{}, []attr.Type{}
	for j.tokens.More() {
		v, err := j.value(ctx)
		if err != nil {
			return nil, err
		}
		elements, kinds = append(elements, v), append(kinds, v.Type(ctx))
	}
	return types.TupleValueMust(kinds, elements), nil
}

// inner decodes a string that holds an object or an array. Anything else stays
// a string, also what begins like one: "[INFO] done".
func (j *jsonText) inner(ctx context.Context, text string) (attr.Value, error) {
	body := strings.TrimLeft(text, blanks)
	if !strings.HasPrefix(body, "{") && !strings.HasPrefix(body, "[") || !json.Valid([]byte(text)) {
		return types.StringValue(text), nil
	}
	v, err := readJSON(ctx, text, j.depth)
	var f *fault
	if errors.As(err, &f) {
		f.inner = true
	}
	return v, err
}

func (j *jsonText) fault(at int, problem string) error {
	return &fault{text: j.text, at: at, problem: problem}
}

// What Terraform can hold: it keeps the bits of a mantissa. So many digits fit
// in them for certain; the exponent is beyond that of any double, and keeps a
// few characters from becoming a gigabyte of zeros on the way to Terraform.
const (
	mantissaBits = 512
	maxDigits    = 150
	maxExponent  = 400
)

// number reads a number as Terraform does, and refuses what Terraform would
// round.
func number(literal string) (*big.Float, bool) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(literal), "e")
	if len(mantissa) > maxDigits {
		return nil, false
	}
	if e, err := strconv.Atoi(exponent); exponent != "" && (err != nil || e < -maxExponent || e > maxExponent) {
		return nil, false
	}
	n, _, err := big.ParseFloat(literal, 10, mantissaBits, big.ToNearestEven)
	return n, err == nil
}
