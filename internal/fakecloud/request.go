// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"net/http"
	"net/url"
	"time"
)

// Request is what the cloud remembers of one request: everything but the
// secrets.
type Request struct {
	Time   time.Time
	Method string
	Host   string
	Path   string // escaped, as it stood in the request line
	Query  url.Values
	Header http.Header // without Authorization and the three kinds of X-…-Token
	Signed []string    // the signed headers, in lower case and sorted; nil if not signed
	Body   string

	AccessKey string // that signed it, "" if not signed
	ByToken   bool   // whether it came with a token of IAM

	Status int // as answered; 0 until then, and for ever if the connection was cut before
}

// record logs a request on arrival, so that one that hangs is in the log too,
// and returns its place there.
func (c *Cloud) record(r *http.Request, body []byte) int {
	entry := Request{
		Time:   time.Now(),
		Method: r.Method,
		Host:   r.Host,
		Path:   r.URL.EscapedPath(),
		Query:  r.URL.Query(),
		Header: r.Header.Clone(),
		Body:   string(body),

		ByToken: r.Header.Get("X-Auth-Token") != "",
	}
	if s, err := parseSignature(r.Header.Get("Authorization")); err == nil {
		entry.Signed, entry.AccessKey = s.signedHeaders, s.accessKey
	}
	for _, secret := range []string{"Authorization", "X-Auth-Token", "X-Security-Token", "X-Metadata-Token"} {
		entry.Header.Del(secret)
	}

	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests = append(c.requests, entry)
	return len(c.requests) - 1
}

// recorder completes the log with the status. It does so before the client can
// see it: whoever holds an answer finds it in the log.
type recorder struct {
	http.ResponseWriter
	cloud  *Cloud
	number int
}

func (w *recorder) WriteHeader(status int) {
	w.cloud.mu.Lock()
	w.cloud.requests[w.number].Status = status
	w.cloud.mu.Unlock()
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach Flush and Hijack.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
