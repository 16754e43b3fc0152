// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"syscall"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestNetworkFault_isRetriedOnlyIfItMayPass(t *testing.T) {
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	for _, test := range []struct {
		name    string
		err     error
		retried bool
	}{
		{"connection refused", dial(os.NewSyscallError("connect", syscall.ECONNREFUSED)), true},
		{"connection reset", dial(os.NewSyscallError("read", syscall.ECONNRESET)), true},
		{"network unreachable", dial(os.NewSyscallError("connect", syscall.ENETUNREACH)), true},
		{"no answer of the name server", dial(&net.DNSError{Err: "i/o timeout", Name: "x", IsTimeout: true}), true},
		{"name server in trouble", dial(&net.DNSError{Err: "server misbehaving", Name: "x", IsTemporary: true}), true},
		{"the connection's own time-out", dial(os.ErrDeadlineExceeded), true},
		{"closed early", io.ErrUnexpectedEOF, true},
		{"unknown host", dial(&net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}), false},
		{"certificate of another", &tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "x"}}, false},
		{"certificate that has expired", &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}, false},
		{"unknown authority", x509.UnknownAuthorityError{}, false},
		{"no TLS", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, false},
		{"HTTP at an HTTPS endpoint", http.ErrSchemeMismatch, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				requests := 0
				network := transport(func(*http.Request) (*http.Response, error) { requests++; return nil, test.err })
				_, err := project(t, newClient(network, retries(2))).DCSJob(t.Context(), jobID)
				want := 1
				if test.retried {
					want = 3
				}
				diff(t, "requests", want, requests)
				diff(t, "error", Error{Kind: NoAnswer, Method: http.MethodGet, URL: jobURL, Action: "dcs:job:get", Err: test.err}, fault(t, err))
			})
		})
	}
}

// TestNetworkFault_isNotTheEndOfTheContext: a time-out of the connection must
// not be taken for that of the read.
func TestNetworkFault_isNotTheEndOfTheContext(t *testing.T) {
	for _, inner := range []error{os.ErrDeadlineExceeded, context.DeadlineExceeded, context.Canceled} {
		network := transport(func(*http.Request) (*http.Response, error) { return nil, inner })
		_, err := project(t, newClient(network)).DCSJob(t.Context(), jobID)
		if errors.Is(err, inner) {
			t.Errorf("%v unwraps to %v", err, inner)
		}
	}
}

func TestNewTransport_trustsNoUnknownCertificate(t *testing.T) {
	cloud := newCloud()
	cloud.Serve(jobPath, fakecloud.Answer{Body: fakecloud.ExampleDCSJob})
	server := httptest.NewUnstartedServer(cloud)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of the handshake that this test wants to fail
	server.StartTLS()
	defer server.Close()

	for _, insecure := range []bool{false, true} {
		network := NewTransport(insecure)
		c := newClient(network, retries(5), func(c *Config) { c.Endpoints = map[Service]string{DCS: server.URL} })
		_, err := project(t, c).DCSJob(t.Context(), jobID)
		network.CloseIdleConnections()
		if insecure {
			diff(t, "error without verification", nil, err)
			continue
		}
		var unknown x509.UnknownAuthorityError
		if e := fault(t, err); !errors.As(e.Err, &unknown) || e.Transient() {
			t.Errorf("the error is %v, want a lasting one that names the authority", err)
		}
	}
	diff(t, "requests that got through", 1, len(cloud.Requests()))
}

func TestNewTransport_keepsToTheProxyOfTheEnvironment(t *testing.T) {
	network := NewTransport(false)
	if network.Proxy == nil {
		t.Error("there is no proxy function")
	}
	if network.TLSClientConfig != nil && network.TLSClientConfig.InsecureSkipVerify {
		t.Error("certificates are not verified")
	}
	if network == http.DefaultTransport {
		t.Error("the default transport is shared with everybody else")
	}
}
