// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"time"
)

const (
	headerRequestID  = "X-Request-Id"
	headerIAMTraceID = "X-Iam-Trace-Id"
)

// rawResponse is what came in response to a request, of whatever status. If the
// connection broke, it holds as much as came before.
type rawResponse struct {
	method, url  string // of the request
	iamAction    string
	confidential bool
	redact       *redactor // of the request's secrets

	status   int // 0 if nothing came
	header   http.Header
	received time.Time // when the headers came
	body     []byte
}

func newRawResponse(r Request, req *http.Request, credentials Credentials) rawResponse {
	return rawResponse{
		method: req.Method, url: req.URL.String(), iamAction: r.IAMAction, confidential: r.Confidential,
		redact: newRedactor(req, credentials),
	}
}

// succeeded reports whether the status is the one that an API documents.
func (r rawResponse) succeeded() bool {
	return r.status == http.StatusOK || r.method == http.MethodPost && r.status == http.StatusCreated
}

// shownBody returns the beginning of the body for an error.
func (r rawResponse) shownBody() string {
	if r.confidential {
		return ""
	}
	return Clip(r.redact.text(string(r.body)))
}

// requestID returns the ID under which the service knows the request. One that
// holds a secret is not an ID.
func (r rawResponse) requestID() string {
	return r.safeID(cmp.Or(r.header.Get(headerRequestID), r.header.Get(headerIAMTraceID)))
}

func (r rawResponse) safeID(id string) string {
	if r.redact.holds(id) {
		return ""
	}
	return Clip(id)
}

// newError returns an error with what identifies the request and its response.
func newError(raw rawResponse, kind Kind) *Error {
	e := &Error{
		Kind: kind, Method: raw.method, URL: raw.url, IAMAction: raw.iamAction, Status: raw.status,
		RequestID: raw.requestID(),
		LocalTime: raw.received,
	}
	e.ServerTime, _ = http.ParseTime(raw.header.Get("Date")) // zero if absent or unreadable
	now := e.ServerTime
	if now.IsZero() {
		now = e.LocalTime
	}
	e.RetryAfter = retryAfter(raw.header, now)
	return e
}

// newNetworkError returns the error of a response that did not come, or not completely.
func newNetworkError(raw rawResponse, err error) *Error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // an Error has method and URL already
	}
	e := newError(raw, KindNetwork)
	e.Err = err
	if text := err.Error(); raw.redact.holds(text) { // net/http quotes what is not HTTP
		e.Err = errors.New(raw.redact.text(text))
	}
	return e
}

// newStatusError returns the error that the body reports, in any of the shapes
// that the services, the gateway, and the load balancers use.
func newStatusError(raw rawResponse) *Error {
	e := newError(raw, KindStatus)
	body := parseErrorBody(raw.body) // empty if it is not JSON
	e.Code = raw.redact.text(body.code())
	e.Message = raw.redact.text(body.message())
	if e.Code == "" && e.Message == "" {
		e.Body = raw.shownBody()
	}
	if e.RequestID == "" {
		e.RequestID = raw.safeID(string(body.RequestID))
	}
	return e
}

// newMalformed returns the error of a successful response that cannot be read.
func newMalformed(raw rawResponse, problem string) *Error {
	e := newError(raw, KindMalformed)
	e.Problem = raw.redact.text(problem)
	return e
}

// newUnreadable is newMalformed that shows the body.
func newUnreadable(raw rawResponse, problem string) *Error {
	e := newMalformed(raw, problem)
	e.Body = raw.shownBody()
	return e
}
