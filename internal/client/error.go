// SPDX-License-Identifier: MPL-2.0

package client

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// Kind tells what went wrong with a request.
type Kind int

// The kinds of an Error.
const (
	KindNetwork   Kind = iota // nothing came, or not all of it: Err tells why
	KindStatus                // the service answered with an error: Status, Code and Message tell which
	KindMalformed             // a successful answer that cannot be read: Problem tells why
	KindNotFound              // the service answered that there is no such task
)

// Error is a request without a usable answer. What the answer did not hold is
// empty. No secret is in it. It has no Unwrap: the time-out of a connection
// must not be taken for the end of the caller's context.
type Error struct {
	Kind      Kind
	Method    string
	URL       string
	Status    int    // of the answer, 0 where none came
	Code      string // the service's own, e.g. "DCS.4022" or "APIGW.0301"
	Message   string // the most specific one of the answer
	RequestID string
	Action    string // of IAM, that allows the request, "" where it is not documented
	Body      string // clipped, where the answer was no JSON
	Problem   string // of an answer that could be read but is Malformed, or says NotFound without a code
	Err       error  // of NoAnswer

	RetryAfter time.Duration // that the service asked for, 0 where it did not
	ServerTime time.Time     // the answer's Date, zero where it had none
	LocalTime  time.Time     // when the answer came
}

// Error says in one line what went wrong.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: ", e.Method, e.URL)
	switch e.Kind {
	case KindNetwork:
		b.WriteString(e.Err.Error())
	case KindMalformed:
		b.WriteString("malformed answer: " + e.Problem)
	case KindStatus, KindNotFound:
		fmt.Fprintf(&b, "status %d", e.Status)
		for _, part := range []string{e.Code, e.Message, e.Problem} {
			if part != "" {
				b.WriteString(": " + part)
			}
		}
	}
	return b.String()
}

// IsNotFound reports whether an error says that there is no such task.
func IsNotFound(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == KindNotFound
}

// Transient reports whether the same request may well succeed a little later.
func (e *Error) Transient() bool {
	switch e.Kind {
	case KindNetwork:
		return !permanent(e.Err)
	case KindStatus:
		switch e.Status {
		case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
			http.StatusServiceUnavailable, http.StatusGatewayTimeout:
			return true
		}
	case KindMalformed, KindNotFound:
	}
	return false
}

// unauthorized reports whether an error says that the credentials are not
// accepted, or not any more.
func unauthorized(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == KindStatus && e.Status == http.StatusUnauthorized
}

var errTooLarge = errors.New("the body is larger than 32 MiB")

// lasting reports whether a fault of the network will be there next time too.
func permanent(err error) bool {
	var (
		dns       *net.DNSError
		verify    *tls.CertificateVerificationError
		authority x509.UnknownAuthorityError
		record    tls.RecordHeaderError
		proxy     *proxyError
	)
	switch {
	case errors.As(err, &dns):
		return dns.IsNotFound // any other failure of a name server may pass
	case errors.As(err, &proxy):
		return proxy.lasting()
	case errors.Is(err, errTooLarge), errors.Is(err, http.ErrSchemeMismatch):
		return true
	default:
		return errors.As(err, &verify) || errors.As(err, &authority) || errors.As(err, &record)
	}
}

func (e *Error) noAnswer(err error) *Error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // method and URL stand in e already
	}
	e.Kind, e.Err = KindNetwork, err
	return e
}

func (e *Error) malformed(problem string) *Error {
	e.Kind, e.Problem = KindMalformed, problem
	return e
}

// refused decodes the error that a body tells, in any of the shapes that the
// services, the gateway and the load balancers use.
func (e *Error) refused(body []byte, redact *strings.Replacer) *Error {
	e.Kind = KindStatus
	shape := parseRefusal(body) // no JSON says nothing
	e.Code = redact.Replace(shape.code())
	e.Message = redact.Replace(shape.message())
	if e.Code == "" && e.Message == "" {
		e.Body = clip(redact.Replace(string(body)))
	}
	if e.RequestID == "" {
		e.RequestID = redact.Replace(shape.RequestID.String())
	}
	return e
}

// note keeps what identifies an answer.
func (e *Error) note(resp *http.Response) {
	e.Status = resp.StatusCode
	e.LocalTime = time.Now()
	e.RequestID = resp.Header.Get(headerRequestID)
	if e.RequestID == "" {
		e.RequestID = resp.Header.Get(headerIAMTraceID)
	}
	e.ServerTime, _ = http.ParseTime(resp.Header.Get("Date")) // zero where absent or unreadable
	now := e.ServerTime
	if now.IsZero() {
		now = e.LocalTime
	}
	e.RetryAfter = retryAfter(resp.Header, now)
}

// clip keeps the beginning of a text that is no JSON, in one line.
func clip(text string) string {
	const most = 500
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " ")
	if utf8.RuneCountInString(text) > most {
		return string([]rune(text)[:most]) + "…"
	}
	return text
}
