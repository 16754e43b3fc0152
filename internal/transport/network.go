// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	requestTimeout = 60 * time.Second
	directTimeout  = 3 * time.Second // an agent on this host responds at once, if there is one
	maxBodyBytes   = 32 << 20
)

// Network is what all clients of a provider configuration share: the
// connections, the rate limits of the hosts, and how requests are sent.
type Network struct {
	Transport  http.RoundTripper
	Direct     http.RoundTripper // to the agents of an ECS host or a pod, never through a proxy
	UserAgent  string
	MaxRetries int // of one request, 0 for none

	// Log and Debug receive what is worth a warning in the provider's log, and each
	// request and its response. nil for none.
	Log, Debug func(ctx context.Context, message string, fields map[string]any)

	limits  limiters
	pacers  pacers
	ignored sync.Map // the fields that were logged, by name and type
	known   sync.Map // the hosts that have responded
}

// NewTransport returns the transport for Network.Transport. It takes proxies
// from the environment, and keeps a connection for each read that Terraform may
// run in parallel.
func NewTransport(insecure bool) *http.Transport {
	t := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 256,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second,

		OnProxyConnectResponse: checkProxyResponse,
	}
	if insecure {
		t.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} //nolint:gosec // the user's explicit choice, which warns
	}
	return t
}

// NewDirectTransport returns the transport for Network.Direct. It gives up soon,
// because what it connects to is near or absent.
func NewDirectTransport() *http.Transport {
	return &http.Transport{
		DialContext:     (&net.Dialer{Timeout: directTimeout}).DialContext,
		IdleConnTimeout: 90 * time.Second,
	}
}

// client returns the HTTP client and the timeout of a request.
func (n *Network) client(direct bool) (*http.Client, time.Duration) {
	transport, timeout := n.Transport, requestTimeout
	if direct {
		transport, timeout = n.Direct, directTimeout
	}
	return &http.Client{
		Transport: transport,
		// A redirect would send the signature for one URL to another.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, timeout
}

// send sends a request and reads its response to the end, whatever its status.
func (n *Network) send(ctx context.Context, r Request, req *http.Request, credentials Credentials) (rawResponse, error) {
	client, timeout := n.client(r.Direct)
	timed, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req.Header.Set("User-Agent", n.UserAgent)
	raw := newRawResponse(r, req, credentials)
	begin := time.Now()
	err := checkHeaders(req.Header)
	if err == nil {
		err = raw.receive(client, req.WithContext(timed))
	}
	if raw.status != 0 {
		n.known.Store(req.URL.Host, true)
	}
	n.logRequest(ctx, raw, time.Since(begin), err)
	switch {
	case err == nil:
		return raw, nil
	case ctx.Err() != nil:
		return rawResponse{}, ctx.Err() // the caller was canceled or has run out of time: not an error of the network
	case timed.Err() != nil:
		return rawResponse{}, newNetworkError(raw, fmt.Errorf("no complete response within %s", timeout))
	default:
		e := newNetworkError(raw, err)
		_, e.KnownHost = n.known.Load(req.URL.Host)
		return rawResponse{}, e
	}
}

// logRequest logs a request without anything that may be a secret: no header but
// the request ID, and no body.
func (n *Network) logRequest(ctx context.Context, raw rawResponse, took time.Duration, err error) {
	if n.Debug == nil {
		return
	}
	fields := map[string]any{"method": raw.method, "url": raw.url, "duration_ms": took.Milliseconds()}
	if err != nil {
		fields["error"] = newNetworkError(raw, err).Err.Error()
		n.Debug(ctx, "Request to Huawei Cloud without a response", fields)
		return
	}
	fields["status"], fields["request_id"] = raw.status, raw.requestID()
	n.Debug(ctx, "Request to Huawei Cloud", fields)
}

// receive sends the request and reads its response, which remains incomplete
// after an error.
func (r *rawResponse) receive(client *http.Client, req *http.Request) error {
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // read to its end below, or given up
	r.status, r.header, r.received = resp.StatusCode, resp.Header, time.Now()
	var body bytes.Buffer
	body.Grow(int(min(max(resp.ContentLength, 0), maxBodyBytes)) + bytes.MinRead)
	if _, err = body.ReadFrom(io.LimitReader(resp.Body, maxBodyBytes+1)); err != nil {
		return err
	}
	if body.Len() > maxBodyBytes {
		return errTooLarge
	}
	r.body = body.Bytes()
	return nil
}
