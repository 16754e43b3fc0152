// SPDX-License-Identifier: MPL-2.0

// Package client is Huawei Cloud's side of the provider: it signs a request,
// sends it, judges the answer and decodes it into the types of the task APIs.
// It knows nothing of Terraform.
//
// [Client.Project] finds the project of a region; the APIs are methods of
// [Project], each of which tells its method, path and document. A fault is an
// [*Error], or one of the errors of setup.go where the configuration lacks
// something. How a task stands is told by the Observe methods of the answers.
package client

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// Config is what a Client must know. The zero values of Cloud and Endpoints
// stand for the defaults; what is missing is an error of the first read that
// needs it.
type Config struct {
	Region      string // of reads that name no region of their own
	ProjectID   string // of Region only, "" to look it up in IAM
	ProjectName string // the project to look up in Region, default: the region's name
	Cloud       string // domain of the cloud, default: see Domain
	Endpoints   map[Service]string
	Credentials Source      // nil for none
	AssumeRole  *AssumeRole // with these credentials, nil for none
	MaxRetries  int         // of one request, 0 for none
	UserAgent   string
	Transport   http.RoundTripper
	Direct      http.RoundTripper // to the agents of an ECS host or a pod, past any proxy

	// Unknown holds the provider arguments whose values Terraform does not know yet.
	Unknown []string
}

// Client talks to the task APIs. It is safe for concurrent use.
type Client struct {
	config       Config
	http, direct *http.Client
	limits       limiters
	projects     callCache[projectKey, string]
	credentials  *holder
}

// New returns a client and makes no network call.
func New(config Config) *Client {
	if config.Credentials == nil {
		config.Credentials = Static(Credentials{})
	}
	c := &Client{
		config:      config,
		http:        newHTTP(config.Transport),
		direct:      newHTTP(config.Direct),
		credentials: &holder{source: config.Credentials},
	}
	if config.AssumeRole != nil {
		c.credentials = &holder{source: config.AssumeRole.source(c.credentials)}
	}
	return c
}

func newHTTP(transport http.RoundTripper) *http.Client {
	return &http.Client{
		Transport: transport,
		// A redirect would carry the signature of one URL to another.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// NewTransport returns the transport for Config.Transport: proxies come from
// the environment, and connections are kept for as many reads as Terraform
// runs side by side.
func NewTransport(insecure bool) *http.Transport {
	t := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 256,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second,

		OnProxyConnectResponse: refusedByProxy,
	}
	if insecure {
		t.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} //nolint:gosec // the user's explicit choice, warned about
	}
	return t
}

// NewDirectTransport returns the transport for Config.Direct. What it reaches
// is near: it gives up soon where there is nothing.
func NewDirectTransport() *http.Transport {
	return &http.Transport{
		DialContext:     (&net.Dialer{Timeout: directTimeout}).DialContext,
		IdleConnTimeout: 90 * time.Second,
	}
}

// get makes a request to a service with the client's own credentials and
// decodes its answer, a JSON object, into answer.
func (c *Client) get(ctx context.Context, r request, answer response) error {
	return c.getAs(ctx, r, c.credentials, answer)
}

// getAs is get with the credentials of a holder. Transient faults are retried
// as retry.go says. Credentials that were refused are replaced once, if their
// source has others: the gateway locks out who repeats what it refused.
func (c *Client) getAs(ctx context.Context, r request, holder *holder, answer response) error {
	if err := c.needs(requestArguments...); err != nil {
		return err
	}
	base, err := c.endpoint(r.service, r.region)
	if err != nil {
		return err
	}
	r.url = base + r.path
	retries := backoff{budget: c.config.MaxRetries}
	if r.once {
		retries.budget = 0
	}
	var met error // the fault before, which must not be lost when the time runs out
	for replaced := false; ; {
		credentials, err := holder.current(ctx, c, c.home(r.region))
		if err == nil {
			err = c.checkToken(credentials, r.region)
		}
		switch {
		case err != nil && ctx.Err() != nil:
			return errors.Join(err, met)
		case err != nil:
			return err // not joined: what passed before would make a lasting error look transient
		}
		err = c.attempt(ctx, r, credentials, answer)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return errors.Join(err, met)
		case unauthorized(err) && !replaced:
			replaced = true
			fresh, failed := holder.replace(ctx, c, c.home(r.region), credentials)
			if failed != nil || fresh.same(credentials) {
				return errors.Join(err, ctx.Err())
			}
			continue
		}
		pause, again := retries.next(err)
		if !again {
			return err
		}
		met = err
		if ended := task.Sleep(ctx, pause); ended != nil {
			return errors.Join(ended, met)
		}
	}
}

// home returns the region in which to ask for credentials.
func (c *Client) home(region string) string {
	if c.config.Region != "" {
		return c.config.Region
	}
	return region
}

// checkToken refuses a token for another region than the one that it was
// issued for, which is taken to be the provider's.
func (c *Client) checkToken(credentials Credentials, region string) error {
	if own := c.config.Region; credentials.Token != "" && own != "" && own != region {
		return &ForeignTokenError{OwnRegion: own, Region: region}
	}
	return nil
}
