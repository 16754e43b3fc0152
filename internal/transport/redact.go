// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"sync"
)

const (
	redacted = "(redacted)"

	// minEchoed is the length of a secret from which on the data of a successful
	// response is searched for it: the cloud issues no shorter ones, and a short
	// text may be part of a task by chance.
	minEchoed = 8
)

// redactor removes the secrets of a request from what comes back. A response may
// echo them, the gateway does so with what was signed, and something on the way
// may have encoded them: percent-encoded, escaped for HTML or JSON, in base64, in
// another case, or with line breaks. The file encoding.go says how they are found.
type redactor struct {
	secrets []string
	once    sync.Once // several readers may share a response
	found   *needles  // of the secrets, nil until they are needed
}

// newRedactor returns the redactor for the secrets of a request.
func newRedactor(req *http.Request, credentials Credentials) *redactor {
	authorization := req.Header.Get("Authorization")
	_, signature, _ := strings.Cut(authorization, "Signature=")
	secrets := []string{authorization, signature}
	if credentials != nil {
		secrets = append(secrets, credentials.Secrets()...)
	}
	return &redactor{secrets: slices.DeleteFunc(secrets, func(s string) bool { return s == "" })}
}

func (r *redactor) needles() *needles {
	r.once.Do(func() { r.found = newNeedles(r.secrets) })
	return r.found
}

// text replaces the secrets in a text that is shown or logged.
func (r *redactor) text(text string) string {
	if text == "" {
		return ""
	}
	return replaceSpans(text, r.needles().find(text))
}

// holds reports whether there is a secret in the text.
func (r *redactor) holds(text string) bool {
	return text != "" && len(r.needles().find(text)) > 0
}

// data replaces the secrets in the body of a successful response, which becomes
// part of the state. The body remains valid JSON: an echo is part of a string.
func (r *redactor) data(body []byte) []byte {
	found := r.needles()
	isShort := func(s string) bool { return len(s) < minEchoed }
	if slices.ContainsFunc(r.secrets, isShort) {
		found = newNeedles(slices.DeleteFunc(slices.Clone(r.secrets), isShort))
	}
	text := string(body)
	spans := found.find(text)
	if len(spans) == 0 {
		return body
	}
	return []byte(replaceSpans(text, spans))
}

// span is a part of a text, from one offset to before another.
type span struct{ from, to int }

func replaceSpans(text string, spans []span) string {
	if len(spans) == 0 {
		return text
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	end := 0 // of the last span
	for _, s := range spans {
		if s.from >= end && (s.from > end || end == 0) {
			b.WriteString(text[end:s.from])
			b.WriteString(redacted)
		}
		end = max(end, s.to)
	}
	b.WriteString(text[end:])
	return b.String()
}
