// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"crypto/tls"
	"errors"
	"net"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// requestCase is a request without a usable response.
type requestCase struct {
	name string
	err  *transport.Error
}

func requestOutcomes() []outcome {
	var all []outcome
	for _, c := range requestErrors() {
		c.err.Method, c.err.URL = "GET", jobURL
		if c.err.Kind != transport.KindNetwork {
			c.err.RequestID = "6a"
		}
		all = append(all, outcome{"Request: " + c.name, UnableToRead("DCS job", "DCS job ff80", c.err)})
	}
	return append(all,
		outcome{"Request: incomplete list", UnableToRead("DCS background tasks", "DCS background tasks of instance 5560", errIncomplete)},
		outcome{"Request: another error", UnableToRead("DCS job", "DCS job ff80", errors.New("signing a request: the key is empty"))},
	)
}

func requestErrors() []requestCase {
	network := func(err error) *transport.Error { return &transport.Error{Kind: transport.KindNetwork, Err: err} }
	status := func(status int, code, message string) *transport.Error {
		return &transport.Error{Kind: transport.KindStatus, Status: status, Code: code, Message: message}
	}
	malformed := func(problem, body string) *transport.Error {
		return &transport.Error{Kind: transport.KindMalformed, Status: 200, Problem: problem, Body: body}
	}
	here := time.Date(2021, time.December, 17, 6, 43, 3, 250e6, time.UTC)
	skewed := func(server time.Time) *transport.Error {
		e := status(401, "APIGW.0301", "Incorrect IAM authentication information: signature expired, signature time:20211217T064303Z")
		e.LocalTime, e.ServerTime = here, server
		return e
	}
	permission := status(403, "APIGW.0302", "No permission")
	permission.IAMAction = "dcs:job:get"
	retryAfter := status(503, "", "")
	retryAfter.RetryAfter = 90 * time.Second
	page := status(502, "", "")
	page.Body = "<html> <h1>502 Bad Gateway</h1> </html>"
	return []requestCase{
		{"connection refused", network(errors.New("dial tcp 192.0.2.1:443: connect: connection refused"))},
		{"truncated response", network(errors.New("unexpected EOF"))},
		{"unknown host", network(&net.DNSError{Err: "no such host", Name: "dcs.cn-noth-4.myhuaweicloud.com", IsNotFound: true})},
		{"TLS alert", network(&net.OpError{Op: "remote error", Err: errors.New("tls: internal error")})},
		{"TLS alert, cipher suites", network(&net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")})},
		{"TLS alert, client certificate", network(&net.OpError{Op: "remote error", Err: errors.New("tls: certificate required")})},
		{"TLS version", network(errors.New("tls: server selected unsupported protocol version 301"))},
		{"header with a control character", network(&transport.HeaderError{Name: "User-Agent"})},
		{"untrusted certificate", network(&tls.CertificateVerificationError{Err: errors.New("x509: certificate signed by unknown authority")})},
		{"empty body", malformed("the body is empty", "")},
		{"login page", malformed("the body is not a JSON object", "<html> <title>Log in</title> </html>")},
		{"another job", malformed(`its job_id is "ab12", not "ff80"`, "")},
		{"redirect", status(302, "", "")},
		{"error with status 200", status(200, "DWS.6000", "The reason.")},
		{"bad request", status(400, "DCS.4062", "Invalid {0} parameter in the request.")},
		{"unauthorized", status(401, "DCS.1002", "The reason.")},
		{"forbidden", status(403, "DCS.2003", "The reason.")},
		{"not found without a code", status(404, "", "API not found")},
		{"conflict", status(409, "DCS.4083", "The reason.")},
		{"throttled", status(429, "CCE.01429003", "The reason.")},
		{"internal error", status(500, "111500000", "The reason.")},
		{"load balancer's page", page},
		{"unavailable, with Retry-After", retryAfter},
		{"status without a name", status(599, "", "")},
		{"no such API", status(404, "DCS.4001", "The URL does not exist.")},
		{"no such instance", status(404, "DCS.3022", "The reason.")},
		{"no such cluster", status(404, "CCE.01404001", "The reason.")},
		{"no such DWS cluster, or no access", status(403, "DWS.0015", "The reason.")},
		{"gateway 0101, no such API", status(404, "APIGW.0101", "The API does not exist")},
		{"gateway 0301, clock is behind", skewed(here.Add(15*time.Minute + 750*time.Millisecond))},
		{"gateway 0301, clock is ahead", skewed(here.Add(-2*time.Hour - 250*time.Millisecond))},
		{"gateway 0301, clock is right", skewed(here.Add(-250 * time.Millisecond))},
		{"gateway 0301, no Date", skewed(time.Time{})},
		{"gateway 0301, wrong keys", status(401, "APIG.0301", "Incorrect IAM authentication information: verify aksk signature fail")},
		{"gateway 0301, expired token", status(401, "APIG.0301", "Incorrect IAM authentication information: token expired")},
		{"expired security token without a known code", status(403, "x", "The security token has expired.")},
		{"token that cannot be decrypted", status(401, "APIGW.0301", "Incorrect IAM authentication information: decrypt token fail")},
		{"gateway 0302, with the IAM action", permission},
		{"gateway 0306", status(401, "APIG.0306", "API access denied")},
		{"gateway 0307", status(401, "APIGW.0307", "The token must be updated.")},
		{"gateway 0308", status(503, "APIG.0308", "The throttling threshold has been reached")},
		{"gateway 0602", status(401, "APIG.0602", "The security token has expired")},
	}
}
