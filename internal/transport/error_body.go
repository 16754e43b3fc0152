// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
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
	Nested         nestedError `json:"error"`
}

// nestedError is the error of older DCS and of IAM, which others send as a text.
type nestedError struct {
	Text       string      // its JSON, if it is neither
	Code       looseString `json:"code"` // an integer in IAM
	Message    looseString `json:"message"`
	ExtMessage looseString `json:"ext_message"`
	Title      looseString `json:"title"`
}

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (n *nestedError) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() != '{' {
		var text looseString
		err := text.UnmarshalJSONFrom(dec)
		n.Text = string(text)
		return err
	}
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	type fields nestedError
	if err := json.Unmarshal(value, (*fields)(n), dec.Options()); err != nil || n.Code+looseString(n.message()) != "" {
		return err
	}
	var unknown map[string]looseString
	err = json.Unmarshal(value, &unknown, dec.Options())
	for _, text := range unknown {
		if text != "" {
			n.Text = string(value)
		}
	}
	return err
}

func (n *nestedError) message() string {
	return string(cmp.Or(n.Message, n.Title, looseString(n.Text)))
}

// IsError implements Response: the body holds a code that is not one of success,
// be it the second one, or the message of an error without a code.
func (b *ErrorBody) IsError() bool {
	success := false
	for _, code := range b.codes() {
		switch {
		case code == "":
		case isSuccess(string(code)):
			success = true
		default:
			return true
		}
	}
	return !success && string(cmp.Or(b.ErrorMsg, b.ErrorMessage, b.ExternalMsg))+b.Nested.message() != ""
}

// PlainMessage is a text that is an error only if there is no task beside it.
func (b *ErrorBody) PlainMessage() string {
	return string(cmp.Or(b.Message, b.ErrorExtMsg, b.ExtMessage))
}

// replacesTask reports whether a body that is not a task is an error: one with a
// plain message too, such as a Status object of CCE without a code.
func (b *ErrorBody) replacesTask() bool { return b.IsError() || b.PlainMessage() != "" }

// isSuccess recognizes the codes that services send without an error.
func isSuccess(code string) bool {
	return code == "0" || code == "200" || strings.HasSuffix(code, ".0000")
}

func (b *ErrorBody) codes() []looseString {
	return []looseString{b.ErrorCodeCamel, b.ErrorCode, b.ErrCode, b.Nested.Code, b.Code}
}

// code prefers the service's own code to an integer that repeats the status, and
// a code of an error to one of success.
func (b *ErrorBody) code() string {
	first := ""
	for _, code := range b.codes() {
		switch text := string(code); {
		case text == "":
		case !isSuccess(text):
			return text
		case first == "":
			first = text
		}
	}
	return first
}

// message prefers the field that is most specific: in CCE, message says what
// the general errorMessage and error_msg do not.
func (b *ErrorBody) message() string {
	text := string(cmp.Or(b.Message, b.ErrorMsg, b.ErrorMessage, b.ExternalMsg, looseString(b.Nested.message())))
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
	err := json.Unmarshal(body, parsed, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
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

// UnmarshalJSONFrom implements json.UnmarshalerFrom. It fails for invalid JSON only.
func (l *looseString) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	switch dec.PeekKind() {
	case 'n':
		*l = ""
		return dec.SkipValue()
	case '"':
		token, err := dec.ReadToken()
		if err == nil {
			*l = looseString(token.String())
		}
		return err
	default:
		value, err := dec.ReadValue()
		*l = looseString(value)
		return err
	}
}
