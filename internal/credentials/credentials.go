// SPDX-License-Identifier: MPL-2.0

// Package credentials finds the credentials of requests: one file for each
// provider of credentials, the order in which they are tried in chain.go, and a
// cache that refreshes them. A provider reads files and environment variables,
// or sends requests through package transport.
package credentials

import (
	"context"
	"net/http"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// Credentials authorize a request: access keys that sign it, which are temporary
// if they have a security token, or an IAM token that is sent along.
type Credentials struct {
	AccessKey, SecretKey, SecurityToken string

	Token   string    // of IAM, instead of keys
	Expires time.Time // zero if it is not known
}

// Provider is a source of credentials.
type Provider interface {
	// Retrieve returns credentials, or a *NoCredentialsError if the source is not
	// set up. It is called again when those credentials are about to expire or
	// were rejected. The region is that of the read; a provider that asks IAM or
	// STS asks in the Terraform provider's own region, if that is configured.
	Retrieve(ctx context.Context, region string) (Credentials, error)
}

// Issuer is a Provider that requests credentials from services of the cloud, so
// that they depend on the endpoints of these.
type Issuer interface {
	Services() []transport.Service
}

// Services returns the services from which a provider requests credentials.
func Services(p Provider) []transport.Service {
	if issuer, ok := p.(Issuer); ok {
		return issuer.Services()
	}
	return nil
}

const (
	redacted            = "(redacted)"
	headerAuthToken     = "X-Auth-Token" //nolint:gosec // the name of a header
	headerSecurityToken = "X-Security-Token"
)

// String keeps credentials out of logs and messages.
func (Credentials) String() string { return redacted }

// GoString keeps credentials out of %#v.
func (Credentials) GoString() string { return redacted }

// Authorize implements transport.Credentials: it adds the token or a signature.
func (c Credentials) Authorize(req *http.Request, body []byte) error {
	if c.Token != "" {
		req.Header.Set(headerAuthToken, c.Token)
		return nil
	}
	return c.sign(req, body)
}

// Secrets implements transport.Credentials.
func (c Credentials) Secrets() []string {
	return []string{c.Token, c.SecurityToken, c.SecretKey, c.AccessKey}
}

func (c Credentials) empty() bool {
	return c.Token == "" && (c.AccessKey == "" || c.SecretKey == "")
}

// validFor reports whether the credentials exist and do not expire within d.
func (c Credentials) validFor(d time.Duration) bool {
	return !c.empty() && (c.Expires.IsZero() || time.Until(c.Expires) > d)
}

// same reports whether two credentials are the same to a service: the issuer may
// have extended their validity.
func (c Credentials) same(other Credentials) bool {
	c.Expires, other.Expires = time.Time{}, time.Time{}
	return c == other
}
