// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"strings"
	"testing"
)

func TestInvalidProxies(t *testing.T) {
	for _, test := range []struct {
		name      string
		variables map[string]string
		want      string // the variables and their problems
	}{
		{"none", nil, ""},
		{"empty", map[string]string{"HTTPS_PROXY": ""}, ""},
		{"URL", map[string]string{"HTTPS_PROXY": "http://user:secret@proxy.example.com:8080/"}, ""},
		{"host and port", map[string]string{"https_proxy": "proxy.example.com:8080"}, ""},
		{"host", map[string]string{"HTTP_PROXY": "proxy"}, ""},
		{"SOCKS", map[string]string{"HTTP_PROXY": "socks5h://127.0.0.1:1080"}, ""},
		{"IPv6", map[string]string{"HTTP_PROXY": "http://[::1]:3128"}, ""},
		{"space in the host", map[string]string{"HTTPS_PROXY": "http://proxy secret:8080"}, "HTTPS_PROXY: it is not a valid URL"},
		{"control character", map[string]string{"https_proxy": "http://secret\n:8080"}, "https_proxy: it is not a valid URL"},
		{"percent sign in a password", map[string]string{"HTTPS_PROXY": "http://user:100%secret@proxy:8080"}, "HTTPS_PROXY: it is not a valid URL"},
		{"text as a port", map[string]string{"HTTP_PROXY": "http://proxy:secret"}, "HTTP_PROXY: it is not a valid URL"},
		{"port that is too large", map[string]string{"HTTP_PROXY": "http://proxy:80800"}, "HTTP_PROXY: its port is not between 1 and 65535"},
		{"no port behind the colon", map[string]string{"HTTP_PROXY": "http://proxy:"}, "HTTP_PROXY: its port is empty"},
		{"scheme twice", map[string]string{"HTTPS_PROXY": "http://http://proxy:8080"}, "HTTPS_PROXY: it contains a scheme twice"},
		{"other scheme", map[string]string{"HTTPS_PROXY": "ftp://proxy:21"}, "HTTPS_PROXY: it does not begin with http://, https://, socks5://, or socks5h://"},
		{"no host", map[string]string{"HTTPS_PROXY": "http://"}, "HTTPS_PROXY: it has no host"},
		{"both", map[string]string{"HTTPS_PROXY": "http://a b", "HTTP_PROXY": "http://c d"}, "HTTPS_PROXY: it is not a valid URL; HTTP_PROXY: it is not a valid URL"},
		{"the other one applies", map[string]string{"HTTPS_PROXY": "http://proxy", "https_proxy": "http://a b"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, p := range InvalidProxies(func(name string) (string, bool) { v, ok := test.variables[name]; return v, ok }) {
				got = append(got, p.Name+": "+p.Problem.Error())
			}
			diff(t, "problems", test.want, strings.Join(got, "; "))
		})
	}
}
