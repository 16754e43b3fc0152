// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"
)

func TestError_text(t *testing.T) {
	for want, e := range map[string]Error{
		"GET https://x/y: connection refused":                    {Kind: KindNetwork, Err: errors.New("connection refused")},
		"GET https://x/y: malformed response: the body is empty": {Kind: KindMalformed, Status: 200, Problem: "the body is empty"},
		"GET https://x/y: status 502":                            {Kind: KindStatus, Status: 502},
		"GET https://x/y: status 400: DCS.4062: Invalid limit":   {Kind: KindStatus, Status: 400, Code: "DCS.4062", Message: "Invalid limit"},
		"GET https://x/y: status 404: API not found":             {Kind: KindStatus, Status: 404, Message: "API not found"},
		"GET https://x/y: status 200: each field is absent":      {Kind: KindNotFound, Status: 200, Problem: "each field is absent"},
		"GET https://x/y: status 404: DCS.4070: no such task":    {Kind: KindNotFound, Status: 404, Code: "DCS.4070", Message: "no such task"},
	} {
		e.Method, e.URL = http.MethodGet, "https://x/y"
		diff(t, "text", want, e.Error())
	}
}

func TestError_transientStatuses(t *testing.T) {
	for status := 100; status < 600; status++ {
		want := status == 429 || status == 500 || status == 502 || status == 503 || status == 504
		diff(t, http.StatusText(status), want, (&Error{Kind: KindStatus, Status: status}).Transient())
		for _, kind := range []Kind{KindNotFound, KindMalformed} {
			diff(t, http.StatusText(status), false, (&Error{Kind: kind, Status: status}).Transient())
		}
	}
}

func TestError_transientNetworkErrors(t *testing.T) {
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	for _, test := range []struct {
		name string
		err  error
		want bool
	}{
		{"connection refused", dial(os.NewSyscallError("connect", syscall.ECONNREFUSED)), true},
		{"connection reset", dial(os.NewSyscallError("read", syscall.ECONNRESET)), true},
		{"network unreachable", dial(os.NewSyscallError("connect", syscall.ENETUNREACH)), true},
		{"no response from the name server", dial(&net.DNSError{Err: "i/o timeout", Name: "x", IsTimeout: true}), true},
		{"an error of the name server", dial(&net.DNSError{Err: "server misbehaving", Name: "x", IsTemporary: true}), true},
		{"the connection's own timeout", dial(os.ErrDeadlineExceeded), true},
		{"closed early", io.ErrUnexpectedEOF, true},
		{"unknown host", dial(&net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}), false},
		{"certificate for another host", &tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "x"}}, false},
		{"expired certificate", &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}, false},
		{"unknown authority", x509.UnknownAuthorityError{}, false},
		{"no TLS", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, false},
		{"HTTP at an HTTPS endpoint", http.ErrSchemeMismatch, false},
		{"too large", errTooLarge, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			network := roundTripper(func(*http.Request) (*http.Response, error) { return nil, test.err })
			err := readJob(t.Context(), newClient(network, 0))
			want := Error{Kind: KindNetwork, Method: http.MethodGet, URL: jobURL, IAMAction: "dcs:job:get", Err: test.err}
			diff(t, "error", want, *requestError(t, err))
			diff(t, "transient", test.want, requestError(t, err).Transient())
		})
	}
}

// TestError_isNotTheEndOfTheContext: the timeout of a connection must not be
// taken for that of the read.
func TestError_isNotTheEndOfTheContext(t *testing.T) {
	for _, inner := range []error{os.ErrDeadlineExceeded, context.DeadlineExceeded, context.Canceled} {
		network := roundTripper(func(*http.Request) (*http.Response, error) { return nil, inner })
		err := readJob(t.Context(), newClient(network, 0))
		if errors.Is(err, inner) {
			t.Errorf("%v unwraps to %v", err, inner)
		}
	}
}
