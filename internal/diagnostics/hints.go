// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// remedy says what to do next.
func remedy(e *transport.Error) string {
	text := hint(e)
	switch {
	case text != "":
		return text
	case e.Transient():
		return "This error may go away by itself: run Terraform again later, or increase max_retries."
	default:
		return "If the error persists, send the following lines to the service's support."
	}
}

// hint returns the advice of the first row of the table that applies, "" if
// none does.
func hint(e *transport.Error) string {
	for _, row := range hints() {
		if row.applies(e) {
			return row.advice(e)
		}
	}
	return ""
}

// hintRow is advice for one kind of error.
type hintRow struct {
	applies func(*transport.Error) bool
	advice  func(*transport.Error) string
}

// hints is the table of all advice; the first row that applies is used.
func hints() []hintRow {
	return []hintRow{
		{unknownHost, text("Check region, cloud, and endpoints, which determine the host name, and the name server.")},
		{unsendable, text("Check the credentials and the environment variable TF_APPEND_USER_AGENT, whose values become headers.")},
		{handshake("certificate required", "bad certificate"), text("The server requires a client certificate, which this provider cannot send. Check the endpoint, and any proxy that inspects TLS.")},
		{handshake("handshake failure", "protocol version", "insufficient security"), text("The server and this provider have no TLS version or no cipher suite in common. " +
			"The server must support TLS 1.3, or TLS 1.2 with a current cipher suite, and must not require a client certificate. Check the endpoint, and any proxy that inspects TLS.")},
		{tlsAlert, text("The server stopped the TLS handshake. Check the endpoint, and any proxy that inspects TLS.")},
		{certificate, text("The server's certificate is not trusted. Check the endpoint. If a private authority signs it, set SSL_CERT_FILE or SSL_CERT_DIR.")},
		{kind(transport.KindNetwork), text("Check the region, cloud, and endpoints, the network, and the proxy variables HTTPS_PROXY and NO_PROXY.")},
		{kind(transport.KindMalformed), text("Something other than the service may have responded: check the endpoint and the proxy. If both are right, please report it: " + issues)},
		{missing(client.URL), text("The region or the endpoint is wrong. This response says nothing about the task.")},
		{expiredSignature, skew},
		{gateway("0307"), text("The token has expired or belongs to another region. Use a new token that was issued for this region.")},
		{(*transport.Error).ExpiredCredentials, text("The token or the temporary access keys have expired or are invalid, and the provider could not get others from their source. " +
			"If they are set in token, or in access_key, secret_key, and security_token, replace them.")},
		{gateway("0301"), text("Check access_key and secret_key, and security_token if the keys are temporary.")},
		{either(gateway("0308"), status(http.StatusTooManyRequests)), text("The service limits requests per minute. Read fewer tasks at once (terraform apply -parallelism=2), or poll less often (poll_interval).")},
		{code("DWS.0015"), text("Check the ID, the region, and the project, and whether the user or agency may read the cluster.")},
		{exists, text("Check the ID, the region, and the project.")},
		{either(gateway("0302"), either(gateway("0306"), status(http.StatusForbidden))), permission},
		{status(http.StatusBadRequest), text("Check the IDs and the other arguments: the service does not accept one of them.")},
		{status(http.StatusUnauthorized), text("Check the credentials, and whether they belong to the project.")},
		{status(http.StatusNotFound), text("Check the region and the endpoint. This response says nothing about the task.")},
		{redirect, text("Check the scheme, host, and path of the endpoint.")},
	}
}

func text(advice string) func(*transport.Error) string {
	return func(*transport.Error) string { return advice }
}

func kind(k transport.Kind) func(*transport.Error) bool {
	return func(e *transport.Error) bool { return e.Kind == k }
}

func status(code int) func(*transport.Error) bool {
	return func(e *transport.Error) bool { return e.Status == code }
}

func code(code string) func(*transport.Error) bool {
	return func(e *transport.Error) bool { return e.Code == code }
}

// gateway matches a code of the API gateway, which uses either prefix.
func gateway(number string) func(*transport.Error) bool {
	return func(e *transport.Error) bool { return e.Code == "APIGW."+number || e.Code == "APIG."+number }
}

func missing(t client.Thing) func(*transport.Error) bool {
	return func(e *transport.Error) bool { return client.Missing(e) == t }
}

// exists matches every code that says that something does not exist.
func exists(e *transport.Error) bool { return client.Missing(e) != client.NoThing }

func redirect(e *transport.Error) bool { return e.Status/100 == 3 }

// expiredSignature is not an expired token, which has nothing to do with clocks.
func expiredSignature(e *transport.Error) bool {
	return strings.Contains(strings.ToLower(e.Message), "signature expired")
}

func unknownHost(e *transport.Error) bool {
	var dns *net.DNSError
	return errors.As(e.Err, &dns) && dns.IsNotFound
}

func tlsAlert(e *transport.Error) bool {
	var remote *net.OpError
	return errors.As(e.Err, &remote) && remote.Op == "remote error" // how crypto/tls reports an alert
}

// handshake matches a TLS handshake that failed, on either side, by a part of its
// error's text: crypto/tls does not export its alerts.
func handshake(parts ...string) func(*transport.Error) bool {
	return func(e *transport.Error) bool {
		if e.Err == nil || !strings.Contains(e.Err.Error(), "tls: ") {
			return false
		}
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(e.Err.Error(), part) })
	}
}

func unsendable(e *transport.Error) bool {
	var header *transport.HeaderError
	return errors.As(e.Err, &header)
}

func certificate(e *transport.Error) bool {
	var invalid *tls.CertificateVerificationError
	return errors.As(e.Err, &invalid)
}

func either(a, b func(*transport.Error) bool) func(*transport.Error) bool {
	return func(e *transport.Error) bool { return a(e) || b(e) }
}

// skew explains an expired signature: a wrong clock, unless the clocks agree.
func skew(e *transport.Error) string {
	const text = "A signature is valid for 15 minutes"
	ahead := e.LocalTime.Sub(e.ServerTime).Round(time.Second)
	switch {
	case e.ServerTime.IsZero():
		return text + ": check this machine's clock."
	case ahead.Abs() < time.Minute:
		return text + ", and this machine's clock agrees with the server's: something delays the requests on their way."
	case ahead > 0:
		return fmt.Sprintf("%s, and this machine's clock is %s ahead of the server's. Correct the clock.", text, task.FormatDuration(ahead))
	default:
		return fmt.Sprintf("%s, and this machine's clock is %s behind the server's. Correct the clock.", text, task.FormatDuration(-ahead))
	}
}

func permission(e *transport.Error) string {
	if e.IAMAction == "" {
		return "The user or agency lacks the permission for this request. Grant it in IAM."
	}
	return fmt.Sprintf("The user or agency lacks the permission for this request. Grant it the IAM action %s.", e.IAMAction)
}
