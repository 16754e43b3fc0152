// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Answer is one step of a timeline.
type Response struct {
	After  time.Duration // since the first request for the path
	Status int           // 0 stands for 200
	Header http.Header   // replaces the cloud's own headers of the same names
	Body   string
}

// Serve sets what a GET of exactly this path answers. For another method, put
// it before the path: "POST /v3.0/OS-CREDENTIAL/securitytokens".
//
// The steps make a timeline, and the last step whose After has passed is
// answered; before the first one, the thing does not exist. The clock starts
// with the first request for the path that neither a fault nor the
// authentication has stopped. Serving a path again replaces its timeline and
// resets its clock.
func (c *Cloud) Serve(path string, steps ...Response) {
	c.serve(path, timeline(slices.Clone(steps)))
}

func (c *Cloud) serve(path string, what content) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.served[routeKey(path)] = &served{content: what}
}

// content is what a path has to say once some time has passed; false as long as
// there is nothing.
type content interface {
	answer(r *http.Request, elapsed time.Duration) (Response, bool)
}

// response is content that does not change with time.
type handlerFunc func(r *http.Request) Response

func (f handlerFunc) answer(r *http.Request, _ time.Duration) (Response, bool) { return f(r), true }

// served is content with its clock.
type served struct {
	content content
	first   time.Time
}

func (s *served) answer(r *http.Request, now time.Time) (Response, bool) {
	if s.first.IsZero() {
		s.first = now
	}
	return s.content.answer(r, now.Sub(s.first))
}

type timeline []Response

func (t timeline) answer(_ *http.Request, elapsed time.Duration) (Response, bool) {
	for _, step := range slices.Backward(t) {
		if step.After <= elapsed {
			return step, true
		}
	}
	return Response{}, false
}

func (a Response) write(w http.ResponseWriter) {
	a.writeHeader(w, int64(len(a.Body)))
	_, _ = io.WriteString(w, a.Body) // a client that has left misses it: its own choice
}

// writeHeader announces a body of the given length; negative for one of unknown
// length.
func (a Response) writeHeader(w http.ResponseWriter, length int64) {
	header := w.Header()
	if length >= 0 {
		header.Set("Content-Length", strconv.FormatInt(length, 10))
	}
	for name, values := range a.Header {
		header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
	w.WriteHeader(cmp.Or(a.Status, http.StatusOK))
}

// plain is an answer in words.
func plain(status int, text string) Response {
	return Response{Status: status, Header: http.Header{"Content-Type": {"text/plain"}}, Body: text}
}

// encode is a body made of strings, numbers, booleans and lists.
func encode(body any) string {
	text, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Errorf("encode a body: %w", err)) // such a body always encodes
	}
	return string(text)
}

// routeKey is the method and path under which served things are kept.
func routeKey(path string) string {
	if strings.Contains(path, " ") {
		return path
	}
	return http.MethodGet + " " + path
}
