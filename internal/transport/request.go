// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"unicode"
)

// Request is a request before it is authorized.
type Request struct {
	Service      Service
	Region       string
	Method       string      // "" for GET
	Path         string      // below the endpoint, made by Path, which puts identifiers in braces
	URL          string      // absolute, instead of Service and Path
	Query        url.Values  //
	Header       http.Header // covered by the signature
	Unsigned     http.Header // headers that must stay out of the signature
	Body         []byte      // JSON, nil for none
	ProjectID    string      // for X-Project-Id, "" for none
	Once         bool        // one attempt only: the response is optional
	Direct       bool        // to an agent on this host or its hypervisor, never through a proxy
	Confidential bool        // the response holds secrets: no error shows any of its body
	IAMAction    string      // that the caller must be allowed, "" if it is not documented
}

// Path joins a format with identifiers that it escapes. It puts each in braces,
// as in "/v2/{05f2}/jobs/{ff80}", so that the API of a request can be derived from
// its path. Escaped identifiers contain no braces.
func Path(format string, identifiers ...string) string {
	escaped := make([]any, len(identifiers))
	for i, id := range identifiers {
		escaped[i] = "{" + url.PathEscape(id) + "}"
	}
	return fmt.Sprintf(format, escaped...)
}

var bracedIdentifier = pattern(`\{[^}]*\}`)

// api names the API that a request calls: its path without the identifiers.
func (r Request) api() string { return bracedIdentifier().ReplaceAllString(r.Path, "{}") }

// path returns the path as it is sent.
func (r Request) path() string { return strings.NewReplacer("{", "", "}", "").Replace(r.Path) }

// query returns the query as it is sent: a plus sign means a space in forms
// only; the signature uses %20.
func (r Request) query() string { return strings.ReplaceAll(r.Query.Encode(), "+", "%20") }

var identifier = pattern(`^[A-Za-z0-9._-]+$`)

// CheckIdentifier returns an error unless the text can be an identifier of the
// cloud, which becomes part of a URL's path.
func CheckIdentifier(text string) error {
	switch {
	case text == "":
		return errors.New("it is empty")
	case text == "." || text == "..":
		return fmt.Errorf("%q is a path, not an identifier", text)
	case !identifier().MatchString(text):
		return fmt.Errorf("%q contains a character that is not a letter, a digit, a hyphen, an underscore, or a dot", text)
	}
	return nil
}

const headerProjectID = "X-Project-Id"

// build makes the request as far as it does not depend on credentials.
func (r Request) build(ctx context.Context, target string) (*http.Request, error) {
	method := r.Method
	if method == "" {
		method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader(r.Body))
	if err != nil {
		return nil, fmt.Errorf("building a request: %w", err)
	}
	req.URL.RawQuery = r.query()
	maps.Copy(req.Header, r.Header)
	if r.Body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.ProjectID != "" {
		req.Header.Set(headerProjectID, r.ProjectID)
	}
	return req, nil
}

// authorize authorizes the request and then adds what a signature need not cover:
// a cache must not respond in place of the service.
func (r Request) authorize(req *http.Request, credentials Credentials) error {
	if credentials != nil {
		if err := credentials.Authorize(req, r.Body); err != nil {
			return err
		}
	}
	maps.Copy(req.Header, r.Unsigned)
	req.Header.Set("Cache-Control", "no-cache")
	return nil
}

// HeaderError is the error of a header that cannot be sent. The standard library
// reports it only as a text.
type HeaderError struct{ Name string }

func (e *HeaderError) Error() string {
	return "the value of the header " + e.Name + " contains a line break or another control character"
}

func checkHeaders(headers http.Header) error {
	for name, values := range headers {
		for _, value := range values {
			if strings.ContainsFunc(value, unicode.IsControl) {
				return &HeaderError{name}
			}
		}
	}
	return nil
}
