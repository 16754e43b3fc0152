// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Kind says what went wrong with a request.
type Kind int

// The kinds of an Error.
const (
	KindNetwork   Kind = iota // no response came, or not all of it: Err says why
	KindStatus                // the service responded with an error: Status, Code, and Message say which
	KindMalformed             // a successful response that cannot be read: Problem says why
	KindNotFound              // the service responded that there is no such task
)

// Error is a request without a usable response. What the response did not hold
// is empty. It contains no secret. It has no Unwrap: the timeout of a connection
// must not be taken for the end of the caller's context.
type Error struct {
	Kind      Kind
	Method    string
	URL       string
	Status    int    // of the response, 0 if none came
	Code      string // the service's own, such as "DCS.4022" or "APIGW.0301"
	Message   string // the most specific one of the response
	RequestID string
	IAMAction string // that allows the request, "" if it is not documented
	Body      string // clipped, if the response is not JSON
	Problem   string // of KindMalformed, and of KindNotFound without a code
	Err       error  // of KindNetwork
	KnownHost bool   // of KindNetwork: the host has responded before

	RetryAfter time.Duration // that the service asked for, 0 for none
	ServerTime time.Time     // the response's Date, zero for none
	LocalTime  time.Time     // when the response came
}

// Error says in one line what went wrong.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: ", e.Method, e.URL)
	switch e.Kind {
	case KindNetwork:
		b.WriteString(e.Err.Error())
	case KindMalformed:
		b.WriteString("malformed response: " + e.Problem)
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

// Transient reports whether the same request may succeed a little later.
func (e *Error) Transient() bool {
	switch e.Kind {
	case KindNetwork:
		return !permanent(e.Err, e.KnownHost)
	case KindStatus:
		return e.Throttled() || transientStatus(e.Status)
	case KindMalformed, KindNotFound:
	}
	return false
}

func transientStatus(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	default:
		return status >= http.StatusInternalServerError
	}
}

// throttleCodes are the codes of an exceeded request rate, which come with status
// 429 and with others. Sources: the error codes of API Gateway, CCE, and IAM.
var throttleCodes = []string{"APIGW.0308", "APIG.0308", "CCE.02429001", "IAM.0012"}

// otherLimits are the codes under status 429 that are not about the request rate,
// and that no retry resolves: the account's balance.
var otherLimits = []string{"CCE.01429004"}

// busyCodes are the codes under status 429 that are not about the request rate
// either, but that a retry may resolve: a resource is locked by another request,
// or too many tasks are running. Source: the error codes of CCE.
var busyCodes = []string{"CCE.01429002", "CCE.01429003"}

// exceedsRate reports whether requests are refused because there were too many.
func (e *Error) exceedsRate() bool { return e.Throttled() && !slices.Contains(busyCodes, e.Code) }

// Throttled reports whether the service limits the rate of requests.
func (e *Error) Throttled() bool {
	if e.Kind != KindStatus || slices.Contains(otherLimits, e.Code) {
		return false
	}
	return e.Status == http.StatusTooManyRequests || slices.Contains(throttleCodes, e.Code)
}

var errTooLarge = errors.New("the body is larger than 32 MiB")

// permanent reports whether an error of the network will occur the next time, too.
// The name of a host that has responded before is not wrong.
func permanent(err error, knownHost bool) bool {
	var (
		dns       *net.DNSError
		verify    *tls.CertificateVerificationError
		authority x509.UnknownAuthorityError
		record    tls.RecordHeaderError
		alert     *net.OpError
		proxy     *proxyError
		header    *HeaderError
	)
	switch {
	case errors.As(err, &dns):
		return dns.IsNotFound && !knownHost // any other error of a name server is transient
	case errors.As(err, &proxy):
		return proxy.permanent()
	case errors.As(err, &alert) && alert.Op == "remote error": // how crypto/tls reports an alert of the server
		return true
	case errors.Is(err, errTooLarge), errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &header):
		return true
	default:
		return errors.As(err, &verify) || errors.As(err, &authority) || errors.As(err, &record) || handshake(err)
	}
}

// handshake reports whether this side stopped a TLS handshake, for example because
// of the version that the server chose. Such an error has no type of its own.
func handshake(err error) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.HasPrefix(err.Error(), "tls: ") {
			return true
		}
	}
	return false
}

// Clip shortens a text for an error to its beginning, in one line.
func Clip(text string) string {
	const limit = 500
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " ")
	if utf8.RuneCountInString(text) > limit {
		return string([]rune(text)[:limit]) + "…"
	}
	return text
}
