// SPDX-License-Identifier: MPL-2.0

// Package transport sends one request to Huawei Cloud and returns its response
// as a typed value or as a typed error. It knows the services, their endpoints,
// and the shapes of their errors, but neither Terraform nor the task APIs.
//
// The path of a request is that of [Client.Do]: find the endpoint, then, for
// each attempt, wait for its turn, get credentials, build, authorize, send, read,
// and evaluate. Equal requests that wait for their turn are sent once. Transient
// errors are retried, and rejected credentials are refreshed once.
//
// Every error of a request is an [*Error]. An error that precedes the request,
// such as one of the credentials, is returned as it is.
package transport

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// Credentials authorize a request.
type Credentials interface {
	// Authorize adds a token to the request, or a signature of the request as it
	// is now. body is the request's body.
	Authorize(req *http.Request, body []byte) error
	// Secrets returns what must never appear in an error.
	Secrets() []string
}

// CredentialsProvider returns the credentials for requests in a region.
type CredentialsProvider interface {
	// Retrieve returns credentials that are valid as far as is known.
	Retrieve(ctx context.Context, region string) (Credentials, error)
	// Refresh replaces credentials that a service rejected. changed is false if
	// there are no others.
	Refresh(ctx context.Context, region string, rejected Credentials) (fresh Credentials, changed bool, err error)
}

// Client sends requests with one provider of credentials. Several clients may
// share a Network. It is safe for concurrent use.
type Client struct {
	Network     *Network
	Endpoints   Endpoints
	Credentials CredentialsProvider // nil if requests need no authorization
}

// Do sends a request and decodes its response, a JSON object, into response.
func (c *Client) Do(ctx context.Context, r Request, response Response) error {
	return c.do(ctx, r, func(raw rawResponse) error { return c.Network.evaluate(ctx, raw, response) })
}

// Text sends a request whose response is not JSON and returns its status and
// its body. No status is an error.
func (c *Client) Text(ctx context.Context, r Request) (status int, text string, err error) {
	err = c.do(ctx, r, func(raw rawResponse) error {
		status, text = raw.status, string(raw.body)
		return nil
	})
	return status, text, err
}

// do makes the attempts of a request. evaluate returns what is wrong with a
// response.
func (c *Client) do(ctx context.Context, r Request, evaluate func(rawResponse) error) error {
	target, err := c.target(r)
	if err != nil {
		return err
	}
	at, err := url.Parse(target)
	if err != nil {
		return fmt.Errorf("building a request: %w", err)
	}
	pacer := c.Network.pacers.of(pacerKey{at.Host, r.api()}, c.Network.limits.of(at.Host))
	last, refresh := lastAttempt(ctx), refresher{provider: c.Credentials, region: r.Region}
	return retry(ctx, c.backoff(r), last, func() error {
		return refresh.do(ctx, func() (Credentials, error) {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			x := pacer.join(ctx, c.exchangeKey(r, target), func(ctx context.Context, x *exchange) {
				x.response, x.credentials, x.err = c.attempt(ctx, r, target)
			})
			if err := pacer.await(ctx, x, last); err != nil {
				return nil, err
			}
			err := evaluate(x.response)
			pacer.learn(x, err)
			return x.credentials, err
		})
	})
}

// target returns the URL of a request without its query.
func (c *Client) target(r Request) (string, error) {
	if r.URL != "" {
		return r.URL, nil
	}
	endpoint, err := c.Endpoints.URL(r.Service, r.Region)
	return endpoint + r.path(), err
}

func (c *Client) backoff(r Request) *backoff {
	if r.Once {
		return &backoff{}
	}
	return &backoff{maxRetries: c.Network.MaxRetries}
}

// attempt sends a request once and reads its response to the end. It returns the
// credentials that it used, nil if the request needs none.
func (c *Client) attempt(ctx context.Context, r Request, target string) (raw rawResponse, used Credentials, err error) {
	if c.Credentials != nil {
		if used, err = c.Credentials.Retrieve(ctx, r.Region); err != nil {
			return rawResponse{}, nil, err
		}
	}
	req, err := r.build(ctx, target)
	if err != nil {
		return rawResponse{}, nil, err
	}
	if err := r.authorize(req, used); err != nil {
		return rawResponse{}, nil, err
	}
	raw, err = c.Network.send(ctx, r, req, used)
	return raw, used, err
}
