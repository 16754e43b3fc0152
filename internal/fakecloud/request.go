// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"net/http"
	"net/url"
	"time"
)

// Request is the log entry of one request: everything except the secrets in its
// headers.
type Request struct {
	Time   time.Time
	Method string
	Host   string
	Path   string // escaped, as in the request line
	Query  url.Values
	Header http.Header // without Authorization and the headers that carry tokens
	Signed []string    // the signed headers, in lowercase and sorted; nil if unsigned
	Body   string

	AccessKey string // of the signature, "" if unsigned
	ByToken   bool   // whether it carries an IAM token

	Status int // of the response; 0 until it is sent, or if the connection was closed before
}

// record logs a request on arrival, so that the log includes one that hangs, and
// returns its index there.
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

// recorder adds the status to the log before the client receives it, so that a
// client that has a response always finds it there.
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
