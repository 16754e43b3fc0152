// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// ErrorBody holds the error fields of every family of bodies at once; a real
// body of CCE has those of three. Each response type embeds it, since a service
// may refuse a request with status 200, too.
type ErrorBody struct {
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

// successCode is what DWS sends as a code if there is no error.
const successCode = "DWS.0000"

// IsError implements Response: it reports whether the body holds an error code.
func (b *ErrorBody) IsError() bool {
	code := b.code()
	return code != "" && code != successCode
}

// code prefers the service's own code to an integer that repeats the status.
func (b *ErrorBody) code() string {
	return string(cmp.Or(b.ErrorCodeCamel, b.ErrorCode, b.ErrCode, b.Nested.Code, b.Code))
}

// message prefers the field that is most specific: in CCE, message says what
// the general errorMessage and error_msg do not.
func (b *ErrorBody) message() string {
	text := string(cmp.Or(b.Message, b.ErrorMsg, b.ErrorMessage, b.ExternalMsg, b.Nested.Message, b.Nested.Title))
	if more := string(cmp.Or(b.ErrorExtMsg, b.ExtMessage, b.Nested.ExtMessage)); more != "" && more != text {
		return strings.TrimSpace(text + " (" + more + ")")
	}
	return text
}

// parseErrorBody reads the body of an error, and returns an empty one if it is
// not JSON. Some regions of DWS send the JSON in base64.
func parseErrorBody(body []byte) *ErrorBody {
	parsed := new(ErrorBody)
	body = bytes.TrimSpace(body)
	if plain, ok := fromBase64(body); ok {
		body = plain
	}
	if len(body) == 0 || body[0] != '{' {
		return parsed
	}
	// A field of an unexpected type does not cost the others: they are decoded all the same.
	if err := json.Unmarshal(body, parsed); err != nil && !json.Valid(body) {
		return new(ErrorBody)
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

// looseString is a field of an error's body, of any JSON type: a string as it
// is, null as "", anything else as its JSON.
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
