// SPDX-License-Identifier: MPL-2.0

package client

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
)

// refusal holds the error members of every family of bodies at once; a real
// body of CCE has those of three. Each answer type embeds it, since a service
// may refuse with status 200 too.
type errorBody struct {
	ErrorCodeCamel looseString `json:"errorCode"`  // CCE
	ErrorCode      looseString `json:"error_code"` // DCS, DWS, the gateway, newer IAM
	ErrCode        looseString `json:"errCode"`    // DWS, older
	Code           looseString `json:"code"`       // DCS, older; an integer in CCE
	ErrorMessage   looseString `json:"errorMessage"`
	ErrorMsg       looseString `json:"error_msg"`
	ErrorExtMsg    looseString `json:"error_ext_msg"`
	ExternalMsg    looseString `json:"externalMessage"`
	Message        looseString `json:"message"`
	ExtMessage     looseString `json:"ext_message"`
	RequestID      looseString `json:"request_id"`
	Nested         struct {
		Code       looseString `json:"code"` // an integer in IAM
		Message    looseString `json:"message"`
		ExtMessage looseString `json:"ext_message"`
		Title      looseString `json:"title"`
	} `json:"error"`
}

// successCode is how DWS says that all is well where it sends a code at all.
const successCode = "DWS.0000"

// refuses reports whether an answer of status 200 is an error all the same.
func (r *errorBody) isError() bool {
	code := r.code()
	return code != "" && code != successCode
}

// code prefers the service's own code to an integer that repeats the status.
func (r *errorBody) code() string {
	return first(r.ErrorCodeCamel, r.ErrorCode, r.ErrCode, r.Nested.Code, r.Code)
}

// message prefers the member that is most specific: in CCE, message says what
// the general errorMessage and error_msg do not.
func (r *errorBody) message() string {
	text := first(r.Message, r.ErrorMsg, r.ErrorMessage, r.ExternalMsg, r.Nested.Message, r.Nested.Title)
	if more := first(r.ErrorExtMsg, r.ExtMessage, r.Nested.ExtMessage); more != "" && more != text {
		return strings.TrimSpace(text + " (" + more + ")")
	}
	return text
}

// parseRefusal reads an error's body. Some regions of DWS send the JSON in
// base64.
func parseRefusal(body []byte) errorBody {
	var parsed errorBody
	body = bytes.TrimSpace(body)
	if plain, ok := fromBase64(body); ok {
		body = plain
	}
	if len(body) == 0 || body[0] != '{' {
		return parsed
	}
	// A member of an unexpected type must not cost the others: those are decoded all the same.
	if err := json.Unmarshal(body, &parsed); err != nil && !json.Valid(body) {
		return errorBody{}
	}
	return parsed
}

func fromBase64(body []byte) ([]byte, bool) {
	text := strings.Trim(string(body), `"`)
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
		if plain, err := encoding.DecodeString(text); err == nil && len(plain) > 0 && plain[0] == '{' {
			return plain, true
		}
	}
	return nil, false
}

// loose is a member of an error's body, of any JSON type: a string as it is,
// null as "", anything else as its JSON.
type looseString string

// UnmarshalJSON implements json.Unmarshaler and never fails.
func (l *looseString) UnmarshalJSON(data []byte) error {
	var text string
	switch err := json.Unmarshal(data, &text); {
	case err == nil: // null leaves the text empty
		*l = looseString(text)
	default:
		*l = looseString(data)
	}
	return nil
}

func (l looseString) String() string { return string(l) }

// first returns the first text that is not empty, "" if all are.
func first[T fmt.Stringer](texts ...T) string {
	for _, t := range texts {
		if text := t.String(); text != "" {
			return text
		}
	}
	return ""
}
