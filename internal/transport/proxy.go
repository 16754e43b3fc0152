// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// ProxyVariable is an environment variable with a proxy that cannot be used.
type ProxyVariable struct {
	Name    string
	Problem error
}

// InvalidProxies returns the proxy variables that cannot be parsed. The standard
// library ignores them and connects directly, which a network may forbid for good
// reasons. lookup returns an environment variable.
func InvalidProxies(lookup func(string) (string, bool)) []ProxyVariable {
	var invalid []ProxyVariable
	for _, names := range [][]string{{"HTTPS_PROXY", "https_proxy"}, {"HTTP_PROXY", "http_proxy"}} {
		for _, name := range names {
			text, _ := lookup(name)
			if text == "" {
				continue
			}
			if err := checkProxy(text); err != nil {
				invalid = append(invalid, ProxyVariable{name, err})
			}
			break // the first one that is set applies
		}
	}
	return invalid
}

// checkProxy does not repeat the text, which may contain a password. A proxy
// without a scheme is one of HTTP.
func checkProxy(text string) error {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return errors.New("it is not a valid URL")
	case !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme):
		return errors.New("it does not begin with http://, https://, socks5://, or socks5h://")
	default:
		return checkAddress(u)
	}
}

// checkAddress checks the host and port of a URL beyond what url.Parse does.
func checkAddress(u *url.URL) error {
	host, port := u.Hostname(), u.Port()
	switch {
	case host == "":
		return errors.New("it has no host")
	case strings.Contains(u.Path, "://"), strings.HasSuffix(u.Host, ":") && strings.HasPrefix(u.Path, "//"):
		return errors.New("it contains a scheme twice")
	case strings.HasSuffix(u.Host, ":"):
		return errors.New("its port is empty")
	case port != "" && !isPort(port):
		return fmt.Errorf("its port is not between 1 and %d", maxPort)
	}
	return nil
}

const maxPort = 1<<16 - 1

func isPort(text string) bool {
	port, err := strconv.ParseUint(text, 10, 16)
	return err == nil && port > 0
}

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
