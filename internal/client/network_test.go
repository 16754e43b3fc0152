// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
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
				diff(t, "error", Error{Kind: KindNetwork, Method: http.MethodGet, URL: jobURL, Action: "dcs:job:get", Err: test.err}, fault(t, err))
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
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
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

// TestNewTransport_meetsFaultsAsTheyAreJudged: what the library makes of a
// fault on a real connection is what the judgement goes by.
func TestNewTransport_meetsFaultsAsTheyAreJudged(t *testing.T) {
	plain := func(s *httptest.Server) { s.Start() }
	secure := func(s *httptest.Server) { s.StartTLS() }
	second := func(s *httptest.Server) { s.EnableHTTP2 = true; s.StartTLS() }
	for _, test := range []struct {
		name      string
		start     func(*httptest.Server)
		scheme    string
		fault     fakecloud.Fault
		closed    bool
		transient bool
		text      string
	}{
		{name: "refused", start: plain, scheme: "http", closed: true, transient: true, text: "connection refused"},
		{name: "reset", start: plain, scheme: "http", fault: fakecloud.Fault{Kind: fakecloud.Reset}, transient: true, text: "connection reset by peer"},
		{name: "reset under TLS", start: secure, scheme: "https", fault: fakecloud.Fault{Kind: fakecloud.Reset}, transient: true, text: "connection reset by peer"},
		{name: "reset in HTTP/2", start: second, scheme: "https", fault: fakecloud.Fault{Kind: fakecloud.Reset}, transient: true, text: "INTERNAL_ERROR"},
		{name: "truncated", start: plain, scheme: "http", fault: fakecloud.Fault{Kind: fakecloud.Truncate, Body: `{"status":"SUCCESS"}`}, transient: true, text: "unexpected EOF"},
		{name: "truncated in HTTP/2", start: second, scheme: "https", fault: fakecloud.Fault{Kind: fakecloud.Truncate, Body: `{"status":"SUCCESS"}`}, transient: true, text: "INTERNAL_ERROR"},
		{name: "endless", start: plain, scheme: "http", fault: fakecloud.Fault{Kind: fakecloud.Endless, Body: `{"status":"SUCCESS"}`}, text: errTooLarge.Error()},
		{name: "no TLS at an HTTPS endpoint", start: plain, scheme: "https", text: http.ErrSchemeMismatch.Error()},
		{name: "TLS at an HTTP endpoint", start: secure, scheme: "http", text: "status 400"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cloud := newCloud()
			cloud.Fail(jobPath, fakecloud.Fault{Kind: test.fault.Kind, Body: test.fault.Body, Times: -1})
			server := httptest.NewUnstartedServer(cloud)
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			test.start(server)
			defer server.Close()
			if test.closed {
				server.Close()
			}
			network := NewTransport(true)
			defer network.CloseIdleConnections()
			c := newClient(network, func(c *Config) {
				c.Endpoints = map[Service]string{DCS: test.scheme + "://" + server.Listener.Addr().String()}
			})
			_, err := project(t, c).DCSJob(t.Context(), jobID)
			e := fault(t, err)
			diff(t, "transient", test.transient, e.Transient())
			if !strings.Contains(e.Error(), test.text) {
				t.Errorf("the error is %v, want %q in it", err, test.text)
			}
		})
	}
}

func TestNewTransport_tellsWhatAProxyAnswers(t *testing.T) {
	for status, transient := range map[int]bool{
		http.StatusProxyAuthRequired: false, http.StatusForbidden: false, http.StatusMethodNotAllowed: false,
		http.StatusTooManyRequests: true, http.StatusRequestTimeout: true, http.StatusBadGateway: true, http.StatusServiceUnavailable: true, http.StatusGatewayTimeout: true,
	} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
			defer proxy.Close()
			way, err := url.Parse(proxy.URL)
			if err != nil {
				t.Fatal(err)
			}
			network := NewTransport(false)
			network.Proxy = http.ProxyURL(way)
			_, err = project(t, newClient(network)).DCSJob(t.Context(), jobID)
			e := fault(t, err)
			diff(t, "transient", transient, e.Transient())
			if want := fmt.Sprintf("the proxy answered %d %s", status, http.StatusText(status)); !strings.HasSuffix(e.Error(), want) {
				t.Errorf("the error is %v, want %q", err, want)
			}
		})
	}
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
