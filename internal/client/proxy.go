// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"net/http"
	"net/url"
)

// proxyError is the refusal of a proxy to lead a connection to a host. The
// library keeps no more of it than the words of its status.
type proxyError struct {
	status int
	text   string // "407 Proxy Authentication Required"
}

func (e *proxyError) Error() string { return "the proxy answered " + e.text }

// lasting reports whether the proxy will refuse the next time, too.
func (e *proxyError) lasting() bool {
	return e.status/100 == 4 && e.status != http.StatusTooManyRequests && e.status != http.StatusRequestTimeout
}

// refusedByProxy implements http.Transport.OnProxyConnectResponse.
func refusedByProxy(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyError{status: resp.StatusCode, text: resp.Status}
}
