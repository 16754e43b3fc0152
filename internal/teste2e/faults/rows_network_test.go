// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// networkRows are those in which no response arrives, or not all of one.
func networkRows() []row {
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	call := func(code syscall.Errno) error { return dial(os.NewSyscallError("connect", code)) }
	dns := func(e net.DNSError) error { e.Name = "dcs"; return dial(&e) }
	certificate := func(err error) error { return &tls.CertificateVerificationError{Err: err} }
	unknownHost := dns(net.DNSError{Err: "no such host", IsNotFound: true})
	const body = "{" + success + "}"
	return []row{
		{"Connection refused, or network unreachable", transient, []fault{
			{name: "refused", err: call(syscall.ECONNREFUSED), detail: "connection refused"},
			{name: "unreachable", err: call(syscall.ENETUNREACH), detail: "network is unreachable"},
			{name: "timed out", err: dial(os.ErrDeadlineExceeded), detail: "i/o timeout"},
		}},
		{"The proxy cannot reach the host", transient, []fault{
			byProxy(http.StatusBadGateway), byProxy(http.StatusServiceUnavailable), byProxy(http.StatusGatewayTimeout),
		}},
		{"The proxy refuses the connection", permanent, []fault{byProxy(http.StatusProxyAuthRequired), byProxy(http.StatusForbidden)}},
		{"The name server fails", transient, []fault{
			{name: "misbehaving", err: dns(net.DNSError{Err: "server misbehaving", IsTemporary: true}), detail: "server misbehaving"},
			{name: "silent", err: dns(net.DNSError{Err: "i/o timeout", IsTimeout: true}), detail: "lookup dcs: i/o timeout"},
		}},
		{"The connection breaks before the response", transient, []fault{
			{name: "reset", reply: fakecloud.Fault{Kind: fakecloud.Reset}, detail: "connection reset by peer"},
			{name: "reset later", reply: fakecloud.Fault{Kind: fakecloud.Reset, Delay: 5 * time.Second}, detail: "connection reset by peer"},
			{name: "closed", err: errors.New("http: server closed idle connection"), detail: "server closed idle connection"},
		}},
		{"The connection breaks during the response", transient, []fault{
			{name: "at the end", reply: fakecloud.Fault{Kind: fakecloud.Truncate, Body: body}, detail: "unexpected EOF"},
			{name: "in the middle", reply: fakecloud.Fault{Kind: fakecloud.Truncate, Body: "{" + success}, detail: "unexpected EOF"},
			{name: "before the body", reply: fakecloud.Fault{Kind: fakecloud.Truncate}, detail: "unexpected EOF"},
			{name: "an error", reply: fakecloud.Fault{Kind: fakecloud.Truncate, Status: http.StatusForbidden, Body: `{"error_code":"DCS`}, detail: "Status: 403 Forbidden"},
		}},
		{"No complete response within a minute", transient, []fault{
			{name: "no header", reply: fakecloud.Fault{Kind: fakecloud.Hang}, detail: "1m0s"},
			{name: "no body", reply: fakecloud.Fault{Kind: fakecloud.HangInBody}, detail: "1m0s"},
			{name: "no end of the body", reply: fakecloud.Fault{Kind: fakecloud.HangInBody, Body: body}, detail: "1m0s"},
		}},
		{"The response does not end", permanent, []fault{
			{name: "spaces", reply: fakecloud.Fault{Kind: fakecloud.Endless, Body: body}, at: at("dcs_job", "dcs_background_tasks"), detail: "32 MiB"},
		}},
		{"Unknown host", permanent, []fault{
			{name: "no such host", err: unknownHost, detail: "lookup dcs: no such host", when: firstPoll},
		}},
		{"Unknown host that has responded before", transient, []fault{
			{name: "no such host", err: unknownHost, detail: "lookup dcs: no such host", when: laterPolls},
		}},
		{"The certificate is not trusted", permanent, []fault{
			{name: "of an unknown authority", err: certificate(x509.UnknownAuthorityError{}), detail: "signed by unknown authority"},
			{name: "of another host", err: certificate(x509.HostnameError{Certificate: &x509.Certificate{}, Host: "dcs"}), detail: "wanted to match dcs"},
			{name: "expired", err: certificate(x509.CertificateInvalidError{Reason: x509.Expired}), detail: "has expired or is not yet valid"},
		}},
		{"A TLS alert", permanent, []fault{
			{name: "handshake failure", err: &net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")}, detail: "remote error: tls: handshake failure"},
		}},
		{"The endpoint does not use TLS", permanent, []fault{
			{name: "something else", err: tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, detail: "TLS handshake"},
			{name: "HTTP", err: http.ErrSchemeMismatch, detail: "server gave HTTP response to HTTPS client"},
		}},
		{"A redirect", permanent, redirects()},
	}
}

// byProxy is a response of the proxy on the way to the host.
func byProxy(status int) fault {
	response := http.Response{StatusCode: status, Status: fmt.Sprint(status, " ", http.StatusText(status))}
	err := transport.NewTransport(false).OnProxyConnectResponse(context.Background(), nil, nil, &response)
	return fault{name: response.Status, err: &net.OpError{Op: "proxyconnect", Net: "tcp", Err: err}, detail: response.Status}
}

func redirects() []fault {
	var faults []fault
	for _, status := range []int{301, 302, 303, 307, 308} {
		faults = append(faults, fault{
			name:  http.StatusText(status),
			reply: fakecloud.Fault{Status: status, Header: http.Header{"Location": {"https://example.com/"}}, Body: "{" + success + "}"},
		})
	}
	return faults
}
