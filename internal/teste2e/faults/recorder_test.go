// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"syscall"
	"time"
)

// recorder is a network that records what arrives over it, and that may be down.
// It serves one read at a time.
type recorder struct {
	cloud     http.RoundTripper
	down      func() bool // whether the next request finds it down
	exchanges []exchange
}

// exchange is a request and its response.
type exchange struct {
	at     time.Time // when it was over
	path   string
	query  url.Values
	status int    // 0 if nothing arrived
	body   string // "" unless all of it arrived
	lost   bool   // whether nothing or not all arrived
}

var errDown = &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}

// RoundTrip implements http.RoundTripper.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchange{path: req.URL.EscapedPath(), query: req.URL.Query(), lost: true}
	defer func() {
		x.at = time.Now()
		r.exchanges = append(r.exchanges, x)
	}()
	if r.down() {
		return nil, errDown
	}
	resp, err := r.cloud.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	err = errors.Join(err, resp.Body.Close())
	if err == nil {
		x.status, x.body, x.lost = resp.StatusCode, string(body), false
	}
	resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), endingWith{err}))
	return resp, nil
}

// endingWith ends a body with an error, or with none if that is nil.
type endingWith struct{ err error }

func (e endingWith) Read([]byte) (int, error) {
	if e.err == nil {
		return 0, io.EOF
	}
	return 0, e.err
}

// responses are the complete ones of a path, of any status.
func (r *recorder) responses(path string) []exchange {
	var all []exchange
	for _, x := range r.exchanges {
		if x.path == path && !x.lost {
			all = append(all, x)
		}
	}
	return all
}

// failures counts the requests that met a transient fault.
func (r *recorder) failures() int {
	failures := 0
	for _, x := range r.exchanges {
		if x.lost || x.status >= http.StatusInternalServerError || x.status == http.StatusTooManyRequests {
			failures++
		}
	}
	return failures
}

func (r *recorder) print(begin time.Time) string {
	var text string
	for _, x := range r.exchanges {
		text += fmt.Sprintf("\n%s %s?%s %d lost=%t %s", x.at.Sub(begin), x.path, x.query.Encode(), x.status, x.lost, x.body)
	}
	return text
}
