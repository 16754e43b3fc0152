// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Response is what a successful response is decoded into. It embeds ErrorBody.
type Response interface {
	// IsError reports whether the service refused the request with a status of success.
	IsError() bool
	// PlainMessage is a text that is an error unless there is a task beside it:
	// Verify decides that.
	PlainMessage() string
}

// Verifier is a Response that can be decoded without being what the API
// documents. Verify returns what is wrong with it: NotFound or Malformed.
type Verifier interface {
	Verify() error
}

// HeaderReader is a Response part of which is in the headers. It reads them
// before it is verified.
type HeaderReader interface {
	ReadHeader(http.Header)
}

// verification is what a Verifier returns.
type verification struct {
	kind    Kind
	problem string
}

func (v *verification) Error() string { return v.problem }

// Malformed is the result of a Verifier that lacks what the API documents.
func Malformed(problem string) error { return &verification{KindMalformed, problem} }

// NotFound is the result of a Verifier that says that there is no such task.
func NotFound(problem string) error { return &verification{KindNotFound, problem} }

// evaluate decodes a response, and returns what is wrong with it.
func (n *Network) evaluate(ctx context.Context, raw rawResponse, response Response) error {
	if age, old := raw.stale(); old {
		return newNetworkError(raw, fmt.Errorf("the response comes from a cache, and its Age is %s", Clip(raw.redact.text(age))))
	}
	if !raw.succeeded() {
		return newStatusError(raw)
	}
	if !raw.confidential { // what an issuer sends is not an echo
		raw.body = raw.redact.data(raw.body)
	}
	if err := n.decode(ctx, raw, response); err != nil {
		return err
	}
	if r, ok := response.(HeaderReader); ok {
		r.ReadHeader(raw.header)
	}
	if response.IsError() {
		return newStatusError(raw)
	}
	err := verify(raw, response)
	if err != nil && response.PlainMessage() != "" {
		return newStatusError(raw) // a text in place of a task
	}
	return err
}

// maxAge is the age from which on a response says too little about the present.
const maxAge = 30 * time.Second

// stale reports whether a cache has kept the response for too long, by its header
// Age in seconds. RFC 9111, section 5.1, lets a recipient use the first of several
// values and ignore one that cannot be read; here each must be a small number,
// since a gate must not pass on an old response.
func (r rawResponse) stale() (age string, old bool) {
	for _, values := range r.header.Values("Age") {
		for value := range strings.SplitSeq(values, ",") {
			value = strings.TrimSpace(value)
			if value == "" {
				continue
			}
			seconds, err := strconv.ParseUint(value, 10, 31)
			if err != nil || time.Duration(seconds)*time.Second > maxAge {
				return value, true
			}
		}
	}
	return "", false
}

var (
	errEmpty     = errors.New("the response has no body")
	errTruncated = errors.New("the body of the response is truncated")
	errNoID      = errors.New("an element of a list has no ID")

	errTooManyElements = fmt.Errorf("a list has more than %d elements", maxElements)
)

// decode reads the JSON object of a successful response. The names of its fields
// match exactly; a repeated field, or data behind the object, makes it malformed.
func (n *Network) decode(ctx context.Context, raw rawResponse, response Response) error {
	trimmed := bytes.TrimLeft(raw.body, " \t\r\n")
	if len(trimmed) == 0 {
		return newNetworkError(raw, errEmpty)
	}
	if trimmed[0] != '{' {
		if parseErrorBody(raw.body).IsError() { // in base64
			return newStatusError(raw)
		}
		return newUnreadable(raw, "the body is not a JSON object")
	}
	err := json.UnmarshalRead(&cancelableReader{ctx, bytes.NewReader(raw.body)}, response,
		json.WithUnmarshalers(n.unmarshalers(ctx, raw)), jsontext.AllowInvalidUTF8(true)) // of a text that the service has cut
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, io.ErrUnexpectedEOF):
		return newNetworkError(raw, errTruncated)
	case parseErrorBody(raw.body).replacesTask(): // the body of an error has a shape of its own
		return newStatusError(raw)
	default:
		return undecodable(raw, err)
	}
}

// undecodable returns what a decoding error says about a response.
func undecodable(raw rawResponse, err error) *Error {
	var (
		wrongType *wrongTypeError
		semantic  *json.SemanticError
	)
	switch {
	case errors.As(err, &wrongType):
		return newMalformed(raw, wrongType.Error())
	case errors.Is(err, errNoID):
		return newMalformed(raw, errNoID.Error())
	case errors.Is(err, errTooManyElements):
		return newMalformed(raw, errTooManyElements.Error())
	case errors.As(err, &semantic):
		return newMalformed(raw, (&wrongTypeError{string(semantic.JSONPointer), describe(semantic.JSONKind)}).Error())
	default:
		return newUnreadable(raw, "the body is not valid JSON: "+err.Error())
	}
}

// unmarshalers decode the types of scalars.go. What counts as null because of
// its type is logged once.
func (n *Network) unmarshalers(ctx context.Context, raw rawResponse) *json.Unmarshalers {
	return json.UnmarshalFromFunc(func(dec *jsontext.Decoder, v value) error {
		problem, err := v.decode(dec)
		if problem == "" || err != nil {
			return err
		}
		at := string(dec.StackPointer())
		if _, ok := v.(interface{ strict() }); ok {
			return &wrongTypeError{at, problem}
		}
		n.reportIgnored(ctx, raw, at, problem)
		return nil
	})
}

// wrongTypeError is a field that decides and cannot be read.
type wrongTypeError struct{ field, found string }

func (e *wrongTypeError) Error() string {
	field := strings.ReplaceAll(strings.TrimPrefix(e.field, "/"), "/", ".")
	return fmt.Sprintf("the field %s is %s, where the API documents another type", field, e.found)
}

// reportIgnored logs a field that counts as null, once for each name: the index
// in a list does not matter.
func (n *Network) reportIgnored(ctx context.Context, raw rawResponse, at, problem string) {
	if n.Log == nil {
		return
	}
	names := strings.FieldsFunc(at, func(r rune) bool { return r == '/' })
	for i, name := range names {
		if _, err := strconv.Atoi(name); err == nil {
			names[i] = "*"
		}
	}
	field := raw.redact.text(strings.Join(names, ".")) // a map has names of the response
	if _, known := n.ignored.LoadOrStore(field+" "+problem, true); !known {
		n.Log(ctx, "A field of a response has an unexpected type and counts as null", map[string]any{"field": field, "found": problem, "url": raw.url})
	}
}

// cancelableReader ends with its context, and so does the decoder.
type cancelableReader struct {
	ctx  context.Context //nolint:containedctx // io.Reader has no argument for it
	body *bytes.Reader
}

func (r *cancelableReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.body.Read(p[:min(len(p), 64<<10)])
}

func verify(raw rawResponse, response Response) error {
	v, ok := response.(Verifier)
	if !ok {
		return nil
	}
	var found *verification
	if !errors.As(v.Verify(), &found) {
		return nil
	}
	e := newError(raw, found.kind)
	e.Problem = raw.redact.text(found.problem)
	return e
}
