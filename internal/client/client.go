// SPDX-License-Identifier: MPL-2.0

// Package client is Huawei Cloud's side of the provider: it signs a request,
// sends it, judges the answer and decodes it into the types of the five task
// APIs. It knows nothing of Terraform.
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
	Keys        Keys
	MaxRetries  int // of one request, 0 for none
	UserAgent   string
	Transport   http.RoundTripper

	// Unknown holds the provider arguments whose values Terraform does not know yet.
	Unknown []string
}

// Client talks to the task APIs. It is safe for concurrent use.
type Client struct {
	config   Config
	http     *http.Client
	limits   limiters
	projects projectCache
}

// New returns a client and makes no network call.
func New(config Config) *Client {
	return &Client{
		config: config,
		http: &http.Client{
			Transport: config.Transport,
			// A redirect would carry the signature of one URL to another.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
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
	}
	if insecure {
		t.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} //nolint:gosec // the user's explicit choice, warned about
	}
	return t
}

// get makes a GET request and decodes its answer, a JSON object, into answer.
// Transient faults are retried as retry.go says.
func (c *Client) get(ctx context.Context, r request, answer answer) error {
	if err := c.needs("access_key", "secret_key", "security_token", "max_retries", "insecure"); err != nil {
		return err
	}
	if c.config.Keys.empty() {
		return ErrNoCredentials
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
	for {
		err := c.attempt(ctx, r, answer)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return errors.Join(err, met)
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
