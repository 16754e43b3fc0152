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

// maxDepth limits nested objects and arrays, including those in strings: the time
// that Terraform and the framework need for a value grows with the square of its
// depth. Known details have a depth of three.
const maxDepth = 32

// jsonText converts JSON to a value. It reads single tokens, because decoding into
// maps would lose duplicate keys.
type jsonText struct {
	text   string
	tokens *json.Decoder
	depth  int // of the next token, including the nesting of text itself
}

// decodeJSON decodes the text of an object or an array.
func decodeJSON(ctx context.Context, text string) (attr.Value, error) {
	if err := checkJSON(text); err != nil {
		return nil, err
	}
	return readJSON(ctx, text, 0)
}

// checkJSON validates the text first, because reading tokens accepts more than
// valid JSON.
func checkJSON(text string) error {
	d := json.NewDecoder(strings.NewReader(text))
	var raw json.RawMessage
	err := d.Decode(&raw)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return &syntaxError{text: text, offset: int(syntax.Offset) - 1, problem: problemJSON} // Offset is after the character
	case err != nil: // io.ErrUnexpectedEOF
		return &syntaxError{text: text, offset: len(text), problem: problemEnd}
	}
	if rest := strings.TrimLeft(text[d.InputOffset():], whitespace); rest != "" {
		return &syntaxError{text: text, offset: len(text) - len(rest), problem: problemTrailing}
	}
	return nil
}

// next returns the offset of the first token at or after offset.
func next(text string, offset int64) int {
	return len(text) - len(strings.TrimLeft(text[offset:], whitespace+",:"))
}

// readJSON converts valid JSON that is nested depth levels deep.
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
		return j.nested(ctx, token)
	case json.Number:
		n, ok := number(token.String())
		if !ok {
			return nil, j.fail(begin, problemNumber)
		}
		return types.NumberValue(n), nil
	case bool:
		return types.BoolValue(token), nil
	default:
		return types.DynamicNull(), nil
	}
}

// container converts an object or array. The bracket at begin is already read.
func (j *jsonText) container(ctx context.Context, open json.Delim, begin int) (attr.Value, error) {
	if j.depth == maxDepth {
		return nil, j.fail(begin, problemDepth)
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
	_, err = j.tokens.Token() // the closing bracket
	return v, err
}

func (j *jsonText) object(ctx context.Context) (attr.Value, error) {
	values, attributeTypes := map[string]attr.Value{}, map[string]attr.Type{}
	for j.tokens.More() {
		begin := next(j.text, j.tokens.InputOffset())
		token, err := j.tokens.Token()
		if err != nil {
			return nil, err
		}
		key, _ := token.(string) // all keys of JSON are strings
		if _, duplicate := values[key]; duplicate {
			return nil, j.fail(begin, problemDuplicate)
		}
		v, err := j.value(ctx)
		if err != nil {
			return nil, err
		}
		values[key], attributeTypes[key] = v, v.Type(ctx)
	}
	return types.ObjectValueMust(attributeTypes, values), nil
}

func (j *jsonText) array(ctx context.Context) (attr.Value, error) {
	elements, elementTypes := []attr.Value{}, []attr.Type{}
	for j.tokens.More() {
		v, err := j.value(ctx)
		if err != nil {
			return nil, err
		}
		elements, elementTypes = append(elements, v), append(elementTypes, v.Type(ctx))
	}
	return types.TupleValueMust(elementTypes, elements), nil
}

// nested decodes a string that contains an object or array. Other strings are
// kept, such as "[INFO] done".
func (j *jsonText) nested(ctx context.Context, text string) (attr.Value, error) {
	body := strings.TrimLeft(text, whitespace)
	if !strings.HasPrefix(body, "{") && !strings.HasPrefix(body, "[") || !json.Valid([]byte(text)) {
		return types.StringValue(text), nil
	}
	v, err := readJSON(ctx, text, j.depth)
	var syntax *syntaxError
	if errors.As(err, &syntax) {
		syntax.nested = true
	}
	return v, err
}

func (j *jsonText) fail(offset int, problem string) error {
	return &syntaxError{text: j.text, offset: offset, problem: problem}
}

// Terraform keeps numbers with a mantissa of 512 bits, which is enough for 150
// digits. The limit of the exponent exceeds that of any double; without it, a few
// characters would become a gigabyte of zeros on the wire to Terraform.
const (
	mantissaBits = 512
	maxDigits    = 150
	maxExponent  = 400
)

// number parses a number as Terraform does. It returns false if Terraform would
// round the number.
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
