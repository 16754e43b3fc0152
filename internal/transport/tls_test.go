// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"crypto/tls"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestNewTransport_tlsAlerts: no retry changes what the two sides support. The
// server of each case is a real one, because crypto/tls exports no alerts.
func TestNewTransport_tlsAlerts(t *testing.T) {
	for _, test := range []struct {
		name   string
		config *tls.Config
		text   string
	}{
		{"old versions", &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}, "protocol version"},
		{"old cipher suites", &tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_RC4_128_SHA}}, "handshake failure"},
		{"client certificate", &tls.Config{ClientAuth: tls.RequireAnyClientCert}, "certificate required"},
		{"client certificate under TLS 1.2", &tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}, "handshake failure"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for range 5 { // the alert may arrive before or after the request was sent
				cloud := newCloud()
				c, _ := serve(t, cloud, NewTransport(true), func(s *httptest.Server) {
					s.TLS = test.config.Clone()
					s.StartTLS()
				})
				err := readJob(t.Context(), c)
				e := requestError(t, err)
				diff(t, "transient", false, e.Transient())
				if !strings.Contains(e.Error(), test.text) {
					t.Errorf("the error is %v, want %q in it", err, test.text)
				}
				diff(t, "requests", 0, len(cloud.Requests()))
			}
		})
	}
}
