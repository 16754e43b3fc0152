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
	"strconv"
	"syscall"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestError_text(t *testing.T) {
	for want, e := range map[string]Error{
		"GET https://x/y: connection refused":                  {Kind: KindNetwork, Err: errors.New("connection refused")},
		"GET https://x/y: malformed response: it has no tasks": {Kind: KindMalformed, Status: 200, Problem: "it has no tasks"},
		"GET https://x/y: status 502":                          {Kind: KindStatus, Status: 502},
		"GET https://x/y: status 400: DCS.4062: Invalid limit": {Kind: KindStatus, Status: 400, Code: "DCS.4062", Message: "Invalid limit"},
		"GET https://x/y: status 404: API not found":           {Kind: KindStatus, Status: 404, Message: "API not found"},
		"GET https://x/y: status 200: each field is absent":    {Kind: KindNotFound, Status: 200, Problem: "each field is absent"},
		"GET https://x/y: status 404: DCS.4070: no such task":  {Kind: KindNotFound, Status: 404, Code: "DCS.4070", Message: "no such task"},
	} {
		e.Method, e.URL = http.MethodGet, "https://x/y"
		diff(t, "text", want, e.Error())
	}
}

func TestError_transientStatuses(t *testing.T) {
	for status := 100; status < 600; status++ {
		want := status == 408 || status == 425 || status == 429 || status >= 500 && status != 501 && status != 505
		diff(t, strconv.Itoa(status), want, (&Error{Kind: KindStatus, Status: status, Code: "DCS.5000"}).Transient())
		for _, kind := range []Kind{KindNotFound, KindMalformed} {
			diff(t, strconv.Itoa(status), false, (&Error{Kind: kind, Status: status}).Transient())
		}
	}
}

// TestError_throttled: a code says more than the status, both ways.
func TestError_throttled(t *testing.T) {
	for _, status := range []int{200, 400, 403, 429} {
		for _, code := range []string{"APIGW.0308", "APIG.0308", "CCE.02429001", "IAM.0012"} {
			e := &Error{Kind: KindStatus, Status: status, Code: code}
			diff(t, code+" under "+strconv.Itoa(status), [2]bool{true, true}, [2]bool{e.Throttled(), e.Transient()})
		}
		for code, want := range map[string]bool{"": status == 429, "CCE.01429002": status == 429, "APIGW.0307": status == 429, "CCE.01429004": false} {
			e := &Error{Kind: KindStatus, Status: status, Code: code}
			diff(t, code+" under "+strconv.Itoa(status), [2]bool{want, want}, [2]bool{e.Throttled(), e.Transient()})
		}
	}
	diff(t, "throttled at once", false, (&Error{Kind: KindMalformed, Status: 429}).Throttled())
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
		{"TLS alert", &net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")}, false},
		{"header", &HeaderError{"X-Auth-Token"}, false},
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

// TestError_unknownHost is a wrong name until the host has responded.
func TestError_unknownHost(t *testing.T) {
	cloud, gone := newCloud(), false
	c := newClient(roundTripper(func(r *http.Request) (*http.Response, error) {
		if gone || r.URL.Host != "dcs.cn-north-4.myhuaweicloud.com" {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: r.URL.Host, IsNotFound: true}}
		}
		return cloud.Transport().RoundTrip(r)
	}), 0)
	cloud.Fail(jobPath, fakecloud.Fault{Status: 503}) // which is a response
	diff(t, "status", 503, requestError(t, readJob(t.Context(), c)).Status)
	gone = true
	diff(t, "transient", true, requestError(t, readJob(t.Context(), c)).Transient())
	other := jobRequest()
	other.Region = "eu-de"
	diff(t, "transient for another host", false, requestError(t, c.Do(t.Context(), other, &job{})).Transient())
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
