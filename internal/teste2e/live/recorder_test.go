// SPDX-License-Identifier: MPL-2.0

package live_test

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

// recorder is a network that remembers the responses of the task APIs, and none
// of IAM and the other places that issue credentials.
type recorder struct {
	next      http.RoundTripper
	exchanges []exchange
}

// exchange is a request to one of the APIs, and its response. It holds values,
// and is never written anywhere.
type exchange struct {
	api    string
	path   string
	status int
	date   time.Time // by the server's clock
	body   any       // nil if it is not JSON
}

// RoundTrip implements http.RoundTripper.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	for _, a := range apis() {
		if !a.pattern.MatchString(req.URL.Path) {
			continue
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close() // read to its end
		if err != nil {
			return nil, err
		}
		resp.Body = io.NopCloser(bytes.NewReader(body))
		date, err := http.ParseTime(resp.Header.Get("Date"))
		if err != nil {
			date = time.Now()
		}
		r.exchanges = append(r.exchanges, exchange{a.name, req.URL.Path, resp.StatusCode, date, decode(body)})
		break
	}
	return resp, nil
}

// decode returns a JSON value with its numbers as they were written, nil if it is
// not JSON.
func decode(body []byte) any {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return nil
	}
	return value
}

// last is the last exchange whose path ends like this. There is one if a read
// succeeded.
func last(met []exchange, end string) exchange {
	for _, e := range slices.Backward(met) {
		if strings.HasSuffix(e.path, end) {
			return e
		}
	}
	return exchange{}
}

// outcome is the status of a response and, of an error, its code.
func (e exchange) outcome() string {
	name, code := errorCode(e.body)
	if name == "" {
		return fmt.Sprintf("status %d", e.status)
	}
	return fmt.Sprintf("status %d, %s %s", e.status, name, code)
}

// forbidden reports whether a response is about the credentials.
func (e exchange) forbidden() bool {
	return e.status == http.StatusUnauthorized || e.status == http.StatusForbidden
}

var (
	codeForm       = regexp.MustCompile(`^([A-Za-z]{1,8}(_[A-Za-z]{1,8})?(\.[A-Z]{1,6})?\.\d{3,9}|\d{3,9})$`)
	httpStatusForm = regexp.MustCompile(`^\d{3} [A-Za-z ]+$`)
)

// errorCode returns the first field that has the code of an error, and the code
// if it looks like one.
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

// field follows a path into objects, to nil if there is no such field.
func member(value any, path ...string) any {
	for _, name := range path {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return value
}

// elements is the array in a field of an object.
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
