// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"net/http"
	"net/url"
)

// proxyError is the error of a proxy that does not connect to a host. The
// standard library keeps only the text of its status.
type proxyError struct {
	status int
	text   string // "407 Proxy Authentication Required"
}

func (e *proxyError) Error() string { return "the proxy responded " + e.text }

// permanent reports whether the proxy will refuse the next time, too.
func (e *proxyError) permanent() bool {
	return e.status/100 == 4 && e.status != http.StatusTooManyRequests && e.status != http.StatusRequestTimeout
}

// checkProxyResponse implements http.Transport.OnProxyConnectResponse.
func checkProxyResponse(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyError{status: resp.StatusCode, text: resp.Status}
}
