// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Response is what a successful response is decoded into. It embeds ErrorBody.
type Response interface {
	// IsError reports whether the service refused the request with a status of success.
	IsError() bool
}

// Verifier is a Response that can be decoded without being what the API
// documents. Verify returns what is wrong with it: NotFound or Malformed.
type Verifier interface {
	Verify() error
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
func evaluate(raw rawResponse, response Response) error {
	if !raw.succeeded() {
		return newStatusError(raw)
	}
	if err := decode(raw, response); err != nil {
		return err
	}
	if response.IsError() {
		return newStatusError(raw)
	}
	return verify(raw, response)
}

// decode reads the JSON object of a successful response.
func decode(raw rawResponse, response Response) error {
	trimmed := bytes.TrimLeft(raw.body, " \t\r\n")
	if len(trimmed) == 0 {
		return newMalformed(raw, "the body is empty")
	}
	if trimmed[0] != '{' {
		return newUnreadable(raw, "the body is not a JSON object")
	}
	err := json.Unmarshal(raw.body, response)
	if err == nil {
		return nil
	}
	var wrongType *json.UnmarshalTypeError
	switch {
	case !errors.As(err, &wrongType):
		return newUnreadable(raw, "the body is not valid JSON: "+err.Error())
	case parseErrorBody(raw.body).IsError(): // the body of an error has a shape of its own
		return newStatusError(raw)
	default:
		return newMalformed(raw, fmt.Sprintf("the field %s is a JSON %s where the API documents another type", wrongType.Field, wrongType.Value))
	}
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
	e.Problem = found.problem
	return e
}
