// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// serve starts a cloud on loopback, and returns a client of it and its server.
func serve(t *testing.T, cloud http.Handler, network *http.Transport, start func(*httptest.Server)) (*Client, *httptest.Server) {
	t.Helper()
	server := httptest.NewUnstartedServer(cloud)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that are meant to fail
	start(server)
	t.Cleanup(server.Close)
	t.Cleanup(network.CloseIdleConnections)
	c := newClient(network, 0)
	c.Endpoints.Configured = map[Service]string{DCS: server.URL}
	return c, server
}

func TestNewTransport_verifiesCertificates(t *testing.T) {
	for _, insecure := range []bool{false, true} {
		cloud := newCloud()
		c, _ := serve(t, cloud, NewTransport(insecure), (*httptest.Server).StartTLS)
		err := readJob(t.Context(), c)
		if insecure {
			diff(t, "error without verification", nil, err)
			continue
		}
		var unknown x509.UnknownAuthorityError
		if e := requestError(t, err); !errors.As(e.Err, &unknown) || e.Transient() {
			t.Errorf("the error is %v, want a permanent one that names the authority", err)
		}
		diff(t, "requests", 0, len(cloud.Requests()))
	}
}

// TestNewTransport_alert: a server that rejects the handshake rejects the next one, too.
func TestNewTransport_alert(t *testing.T) {
	for name, change := range map[string]func(*tls.Config){
		"certificate required": func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert },
		"protocol version":     func(c *tls.Config) { c.MinVersion = tls.VersionTLS13 },
	} {
		t.Run(name, func(t *testing.T) {
			network := NewTransport(true)
			network.TLSClientConfig.MaxVersion = tls.VersionTLS12
			c, _ := serve(t, newCloud(), network, func(s *httptest.Server) {
				s.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
				change(s.TLS)
				s.StartTLS()
			})
			e := requestError(t, readJob(t.Context(), c))
			diff(t, "transient", false, e.Transient())
			if !strings.Contains(e.Error(), "remote error: tls: ") {
				t.Errorf("the error is %v", e)
			}
		})
	}
}

// TestNewTransport_errors: the errors of real connections are those on which
// Transient depends.
func TestNewTransport_errors(t *testing.T) {
	http2 := func(s *httptest.Server) { s.EnableHTTP2 = true; s.StartTLS() }
	const plain, secure = "http", "https"
	for _, test := range []struct {
		name      string
		start     func(*httptest.Server)
		scheme    string
		fault     fakecloud.Fault
		closed    bool
		transient bool
		text      string
	}{
		{name: "refused", start: (*httptest.Server).Start, scheme: plain, closed: true, transient: true, text: "connection refused"},
		{name: "reset", start: (*httptest.Server).Start, scheme: plain, fault: fakecloud.Fault{Kind: fakecloud.Reset}, transient: true, text: "connection reset by peer"},
		{name: "reset under TLS", start: (*httptest.Server).StartTLS, scheme: secure, fault: fakecloud.Fault{Kind: fakecloud.Reset}, transient: true, text: "connection reset by peer"},
		{name: "reset in HTTP/2", start: http2, scheme: secure, fault: fakecloud.Fault{Kind: fakecloud.Reset}, transient: true, text: "INTERNAL_ERROR"},
		{name: "truncated", start: (*httptest.Server).Start, scheme: plain, fault: fakecloud.Fault{Kind: fakecloud.Truncate, Body: `{"status":"SUCCESS"}`}, transient: true, text: "unexpected EOF"},
		{name: "truncated in HTTP/2", start: http2, scheme: secure, fault: fakecloud.Fault{Kind: fakecloud.Truncate, Body: `{"status":"SUCCESS"}`}, transient: true, text: "INTERNAL_ERROR"},
		{name: "endless", start: (*httptest.Server).Start, scheme: plain, fault: fakecloud.Fault{Kind: fakecloud.Endless, Body: `{"status":"SUCCESS"}`}, text: errTooLarge.Error()},
		{name: "no TLS at an HTTPS endpoint", start: (*httptest.Server).Start, scheme: secure, text: http.ErrSchemeMismatch.Error()},
		{name: "TLS at an HTTP endpoint", start: (*httptest.Server).StartTLS, scheme: plain, text: "status 400"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cloud := newCloud()
			test.fault.Times = -1
			cloud.Fail(jobPath, test.fault)
			c, server := serve(t, cloud, NewTransport(true), test.start)
			c.Endpoints.Configured[DCS] = test.scheme + "://" + server.Listener.Addr().String()
			if test.closed {
				server.Close()
			}
			err := readJob(t.Context(), c)
			e := requestError(t, err)
			diff(t, "transient", test.transient, e.Transient())
			if !strings.Contains(e.Error(), test.text) {
				t.Errorf("the error is %v, want %q in it", err, test.text)
			}
		})
	}
}

func TestNewTransport_errorsOfAProxy(t *testing.T) {
	for status, transient := range map[int]bool{
		http.StatusProxyAuthRequired: false, http.StatusForbidden: false, http.StatusMethodNotAllowed: false,
		http.StatusTooManyRequests: true, http.StatusRequestTimeout: true, http.StatusBadGateway: true, http.StatusServiceUnavailable: true, http.StatusGatewayTimeout: true,
	} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			network := NewTransport(false)
			proxy := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
			c, server := serve(t, proxy, network, (*httptest.Server).Start)
			address, err := url.Parse(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			network.Proxy, c.Endpoints = http.ProxyURL(address), Endpoints{}
			err = readJob(t.Context(), c)
			e := requestError(t, err)
			diff(t, "transient", transient, e.Transient())
			if want := fmt.Sprintf("the proxy responded %d %s", status, http.StatusText(status)); !strings.HasSuffix(e.Error(), want) {
				t.Errorf("the error is %v, want %q", err, want)
			}
		})
	}
}

// TestDo_headerThatCannotBeSent fails before anything is sent.
func TestDo_headerThatCannotBeSent(t *testing.T) {
	cloud := newCloud()
	c := newClient(cloud.Transport(), 5)
	c.Credentials = token("fake\ntoken")
	e := requestError(t, readJob(t.Context(), c))
	diff(t, "error", &HeaderError{"X-Auth-Token"}, e.Err)
	diff(t, "transient", false, e.Transient())
	diff(t, "requests", 0, len(cloud.Requests()))
}

func TestTransports_proxies(t *testing.T) {
	if NewTransport(false).Proxy == nil {
		t.Error("the proxies of the environment are ignored")
	}
	if NewDirectTransport().Proxy != nil {
		t.Error("the agents of this host are asked through a proxy")
	}
}

// TestNetwork_direct: a direct request does not pass the proxies, and gives up soon.
func TestNetwork_direct(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Fail(jobPath, fakecloud.Fault{Kind: fakecloud.Hang})
		c := newClient(roundTripper(func(*http.Request) (*http.Response, error) { return nil, errors.New("a proxy") }), 0)
		c.Network.Direct = cloud.Transport()
		r := jobRequest()
		r.Direct = true
		err := c.Do(t.Context(), r, &job{})
		diff(t, "error", "GET "+jobURL+": no complete response within 3s", err.Error())
	})
}
