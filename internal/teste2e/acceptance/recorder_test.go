// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// recorder is a network that remembers what the task APIs have answered, and
// nothing of IAM and the other places that hand out keys.
type recorder struct {
	next      http.RoundTripper
	exchanges []exchange
}

// exchange is a request to one of the APIs with its answer. It holds values, and
// is never written anywhere.
type exchange struct {
	api     *api
	request *http.Request
	status  int
	date    time.Time // by the server's clock
	body    any       // as JSON with its numbers, nil for a body that is none
}

// RoundTrip implements http.RoundTripper.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	for _, api := range apis {
		if !api.pattern.MatchString(req.URL.Path) {
			continue
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close() // read to its end
		if err != nil {
			return nil, err
		}
		resp.Body = io.NopCloser(bytes.NewReader(body))
		r.exchanges = append(r.exchanges, newExchange(api, req, resp, body))
		break
	}
	return resp, nil
}

func newExchange(api *api, req *http.Request, resp *http.Response, body []byte) exchange {
	e := exchange{api: api, request: req, status: resp.StatusCode, body: decode(body)}
	var err error
	if e.date, err = http.ParseTime(resp.Header.Get("Date")); err != nil {
		e.date = time.Now()
	}
	return e
}

// decode returns a JSON value with its numbers as they were written, nil for
// what is no JSON.
func decode(body []byte) any {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return nil
	}
	return value
}

// last is the last answer to a request whose path ends like this; there is one
// wherever a read has succeeded.
func last(met []exchange, end string) exchange {
	for _, e := range slices.Backward(met) {
		if strings.HasSuffix(e.request.URL.Path, end) {
			return e
		}
	}
	return exchange{}
}

// outcome is the status of an answer and, of an error, its code.
func (e exchange) outcome() string {
	name, code := errorCode(e.body)
	if name == "" {
		return fmt.Sprintf("status %d", e.status)
	}
	return fmt.Sprintf("status %d, %s %s", e.status, name, code)
}

// forbidden reports whether an answer tells of the keys rather than of a task.
func (e exchange) forbidden() bool {
	return e.status == http.StatusUnauthorized || e.status == http.StatusForbidden
}

var (
	codeForm   = regexp.MustCompile(`^([A-Za-z]{1,8}(_[A-Za-z]{1,8})?(\.[A-Z]{1,6})?\.\d{3,9}|\d{3,9})$`)
	statusForm = regexp.MustCompile(`^\d{3} [A-Za-z ]+$`)
)

// errorCode returns the first of the members that bear the code of an error, as
// the services name them, and the code if it looks like one.
func errorCode(body any) (name, code string) {
	for _, path := range [][]string{{"errorCode"}, {"error_code"}, {"errCode"}, {"error", "code"}, {"code"}} {
		value := text(member(body, path...))
		switch {
		case value == "":
			continue
		case codeForm.MatchString(value):
			return path[0], value
		default:
			return path[0], "of another form"
		}
	}
	return "", ""
}

// member walks into objects; nil where there is no such member.
func member(value any, path ...string) any {
	for _, name := range path {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return value
}

// elements is the array that an object has under a name.
func elements(value any, path ...string) []any {
	list, _ := member(value, path...).([]any)
	return list
}

// text is a string or a number as it was sent, "" for anything else.
func text(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case json.Number:
		return value.String()
	default:
		return ""
	}
}
