// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Credentials are what authorizes a request: a key pair that signs it, which is
// temporary where it has a security token, or an IAM token that goes along.
type Credentials struct {
	AccessKey, SecretKey, SecurityToken string

	Token   string    // of IAM, instead of keys
	Expires time.Time // zero where nobody tells
}

// String keeps credentials out of logs and messages.
func (Credentials) String() string { return redacted }

// GoString keeps credentials out of %#v.
func (Credentials) GoString() string { return redacted }

func (c Credentials) empty() bool {
	return c.Token == "" && (c.AccessKey == "" || c.SecretKey == "")
}

// valid reports whether the credentials are there and will be for a while.
func (c Credentials) valid(spare time.Duration) bool {
	return !c.empty() && (c.Expires.IsZero() || time.Until(c.Expires) > spare)
}

// same reports whether two credentials are the same to a service: their end may
// have been put off.
func (c Credentials) same(other Credentials) bool {
	c.Expires, other.Expires = time.Time{}, time.Time{}
	return c == other
}

// Source fetches credentials. It is asked again when those that it gave are
// about to expire or were refused, by one caller at a time. The region is that
// in which to ask IAM or STS.
type Source func(ctx context.Context, c *Client, region string) (Credentials, error)

// Static is the source of credentials that nobody can renew.
func Static(credentials Credentials) Source {
	return func(context.Context, *Client, string) (Credentials, error) {
		if credentials.empty() {
			return Credentials{}, &NoCredentialsError{}
		}
		return credentials, nil
	}
}

const (
	// renewBefore is how long before their end credentials are renewed: a
	// request signed in the last moment would arrive too late.
	renewBefore = 5 * time.Minute
	// renewPause spares a source that fails while the old credentials still serve.
	renewPause = 30 * time.Second
)

// holder keeps the credentials of a source for all requests.
type holder struct {
	source  Source
	fetches callCache[Credentials, Credentials] // by the credentials that they replace

	mu      sync.Mutex // guards all below
	last    Credentials
	resting time.Time // until then a source that has failed is let alone
}

// current returns credentials that are valid as far as anybody knows.
func (h *holder) current(ctx context.Context, c *Client, region string) (Credentials, error) {
	h.mu.Lock()
	last, resting := h.last, time.Now().Before(h.resting)
	h.mu.Unlock()
	if last.valid(renewBefore) || resting && last.valid(0) {
		return last, nil
	}
	fresh, err := h.replace(ctx, c, region, last)
	if err != nil && ctx.Err() == nil && last.valid(0) {
		h.mu.Lock()
		h.resting = time.Now().Add(renewPause)
		h.mu.Unlock()
		return last, nil
	}
	return fresh, err
}

// replace fetches credentials in place of others, which have been refused or
// are about to expire. Concurrent callers share one fetch. What it returns may
// be the same again, where the source has no other.
func (h *holder) replace(ctx context.Context, c *Client, region string, stale Credentials) (Credentials, error) {
	fresh, err := h.fetches.do(ctx, stale, func(ctx context.Context) (Credentials, error) {
		fetched, err := h.source(ctx, c, region)
		if err == nil {
			h.mu.Lock()
			h.last = fetched
			h.mu.Unlock()
		}
		return fetched, err
	})
	if fresh.same(stale) {
		h.fetches.forget(stale) // the source may have others later
	}
	return fresh, err
}

const (
	headerAuthorization = "Authorization"
	headerAuthToken     = "X-Auth-Token" //nolint:gosec // the name of a header
	headerSecurityToken = "X-Security-Token"
	headerMetadataToken = "X-Metadata-Token" //nolint:gosec // the name of a header
	redacted            = "(redacted)"
)

// authorize adds the token, or a signature of the request as it is by now.
func (c Credentials) authorize(req *http.Request, body []byte) error {
	switch {
	case c.Token != "":
		req.Header.Set(headerAuthToken, c.Token)
		return nil
	case c.AccessKey != "":
		return c.sign(req, body)
	default:
		return nil // a request that needs none
	}
}

// redactor replaces the secrets of a request, which an answer may echo.
func (c Credentials) redactor(req *http.Request) *strings.Replacer {
	authorization := req.Header.Get(headerAuthorization)
	_, signature, _ := strings.Cut(authorization, "Signature=")
	var pairs []string
	for _, secret := range []string{
		authorization, signature, req.Header.Get(headerMetadataToken),
		c.Token, c.SecurityToken, c.SecretKey, c.AccessKey,
	} {
		if secret != "" {
			pairs = append(pairs, secret, redacted)
		}
	}
	return strings.NewReplacer(pairs...)
}
