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

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// tempting is a body that claims success in the words of every source, for
// faults that must not let it through.
const tempting = `{"status":"SUCCESS","progress":100,"step_details":[{"step_status":"FINISH"}],"task_count":1,"tasks":[{"id":"t","status":"SUCCESS"}],` +
	`"kind":"List","items":[{"metadata":{"uid":"` + snapshotID + `"},"status":{"phase":"Success"}}]}`

// networkMishaps are those in which no answer comes, or not all of one.
func networkMishaps() []mishap {
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	call := func(name string, code syscall.Errno) error { return dial(os.NewSyscallError(name, code)) }
	certificate := func(err error) error { return &tls.CertificateVerificationError{Err: err} }
	return []mishap{
		{"The connection is refused, or nothing leads there", passes, []fault{
			{name: "refused", err: call("connect", syscall.ECONNREFUSED), tells: "the request failed: dial tcp: connect: connection refused."},
			{name: "unreachable", err: call("connect", syscall.ENETUNREACH), tells: "the request failed: dial tcp: connect: network is unreachable."},
			{name: "timed out", err: dial(os.ErrDeadlineExceeded), tells: "the request failed: dial tcp: i/o timeout."},
		}},
		{"The proxy has no way to the host", passes, []fault{
			proxied(http.StatusBadGateway), proxied(http.StatusServiceUnavailable), proxied(http.StatusGatewayTimeout),
		}},
		{"The proxy refuses", lasts, []fault{proxied(http.StatusProxyAuthRequired), proxied(http.StatusForbidden)}},
		{"The name server is in trouble", passes, []fault{
			{name: "misbehaving", err: dial(&net.DNSError{Err: "server misbehaving", Name: "dcs", IsTemporary: true}), tells: "lookup dcs: server misbehaving."},
			{name: "silent", err: dial(&net.DNSError{Err: "i/o timeout", Name: "dcs", IsTimeout: true}), tells: "lookup dcs: i/o timeout."},
		}},
		{"The connection breaks before the answer", passes, []fault{
			{name: "reset", reply: fakecloud.Fault{Kind: fakecloud.Reset}, tells: "the request failed: read tcp: read: connection reset by peer."},
			{name: "reset after a while", reply: fakecloud.Fault{Kind: fakecloud.Reset, Delay: 5e9}, tells: "connection reset by peer."},
			{name: "closed", err: errors.New("http: server closed idle connection"), tells: "the request failed: http: server closed idle connection."},
		}},
		{"The answer breaks off", passes, []fault{
			{name: "truncated", reply: fakecloud.Fault{Kind: fakecloud.Truncate, Body: tempting[:len(tempting)/2]}, tells: "the request failed: unexpected EOF."},
			{name: "truncated at the end", reply: fakecloud.Fault{Kind: fakecloud.Truncate, Body: tempting}, tells: "unexpected EOF."},
			{name: "truncated before the beginning", reply: fakecloud.Fault{Kind: fakecloud.Truncate}, tells: "unexpected EOF."},
			{name: "a truncated refusal", reply: fakecloud.Fault{Kind: fakecloud.Truncate, Status: http.StatusForbidden, Body: `{"error_code":"DCS`}, tells: "Status: 403 Forbidden"},
		}},
		{"No answer within a minute, or not all of it", passes, []fault{
			{name: "no header", reply: fakecloud.Fault{Kind: fakecloud.Hang}, tells: "the request failed: no complete response within 1m0s."},
			{name: "no body", reply: fakecloud.Fault{Kind: fakecloud.HangInBody}, tells: "no complete response within 1m0s."},
			{name: "no end of the body", reply: fakecloud.Fault{Kind: fakecloud.HangInBody, Body: tempting}, tells: "no complete response within 1m0s."},
		}},
		{"The answer has no end", lasts, []fault{
			{name: "blanks for ever", reply: fakecloud.Fault{Kind: fakecloud.Endless, Body: tempting}, at: []place{jobs(), tasks()}, tells: "the request failed: the body is larger than 32 MiB."},
		}},
		{"The host is unknown", lasts, []fault{
			{name: "no such host", err: dial(&net.DNSError{Err: "no such host", Name: "dcs", IsNotFound: true}), tells: "lookup dcs: no such host."},
		}},
		{"The certificate is not to be trusted", lasts, []fault{
			{name: "of nobody knows whom", err: certificate(x509.UnknownAuthorityError{}), tells: "x509: certificate signed by unknown authority."},
			{name: "of another host", err: certificate(x509.HostnameError{Certificate: &x509.Certificate{}, Host: "dcs"}), tells: "x509: certificate is not valid for any names, but wanted to match dcs."},
			{name: "out of date", err: certificate(x509.CertificateInvalidError{Reason: x509.Expired}), tells: "x509: certificate has expired or is not yet valid"},
		}},
		{"The endpoint does not speak TLS", lasts, []fault{
			{name: "something else", err: tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, tells: "first record does not look like a TLS handshake."},
			{name: "HTTP", err: http.ErrSchemeMismatch, tells: "server gave HTTP response to HTTPS client."},
		}},
		{"The answer is a redirect", lasts, redirects()},
	}
}

// proxied is the answer of a proxy that is to lead to a host.
func proxied(status int) fault {
	answer := http.Response{StatusCode: status, Status: fmt.Sprint(status, " ", http.StatusText(status))}
	err := transport.NewTransport(false).OnProxyConnectResponse(context.Background(), nil, nil, &answer)
	return fault{
		name: answer.Status, err: &net.OpError{Op: "proxyconnect", Net: "tcp", Err: err},
		tells: "the request failed: proxyconnect tcp: the proxy responded " + answer.Status + ".",
	}
}

func redirects() []fault {
	var faults []fault
	for _, status := range []int{301, 302, 303, 307, 308} {
		faults = append(faults, fault{
			name:  http.StatusText(status),
			reply: fakecloud.Fault{Status: status, Header: http.Header{"Location": {"https://example.com/"}}, Body: tempting},
			tells: "the answer redirects elsewhere, which is refused: a signed request must not wander.",
		})
	}
	return faults
}
