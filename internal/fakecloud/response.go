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

// Response is one step of a timeline.
type Response struct {
	After  time.Duration // since the first request for the path
	Status int           // 0 stands for 200
	Header http.Header   // replaces the cloud's own headers of the same names
	Body   string

	// NextPage is the body if the request has an offset above 0; "" stands for Body.
	// ServeTasks pages a whole list.
	NextPage string
}

// Serve sets the responses to a GET of exactly this path. For another method,
// put it before the path: "POST /v3.0/OS-CREDENTIAL/securitytokens".
//
// The steps form a timeline: the response is the last step whose After has
// passed. Before the first step, the task does not exist. The clock starts with
// the first request for the path that gets past faults, authentication, and the
// quota. Serving a path again replaces its timeline and resets its clock.
func (c *Cloud) Serve(path string, steps ...Response) {
	c.serve(path, timeline(slices.Clone(steps)))
}

func (c *Cloud) serve(path string, what content) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.served[routeKey(path)] = &served{content: what}
}

// content responds to requests for a path, given the time since the first one;
// false means that nothing is there yet.
type content interface {
	respond(r *http.Request, elapsed time.Duration) (Response, bool)
}

// handlerFunc is content that does not change with time.
type handlerFunc func(r *http.Request) Response

func (f handlerFunc) respond(r *http.Request, _ time.Duration) (Response, bool) { return f(r), true }

// served is content with its clock.
type served struct {
	content content
	first   time.Time
}

func (s *served) respond(r *http.Request, now time.Time) (Response, bool) {
	if s.first.IsZero() {
		s.first = now
	}
	return s.content.respond(r, now.Sub(s.first))
}

type timeline []Response

func (t timeline) respond(r *http.Request, elapsed time.Duration) (Response, bool) {
	for _, step := range slices.Backward(t) {
		if step.After > elapsed {
			continue
		}
		if offset := r.URL.Query().Get("offset"); step.NextPage != "" && offset != "" && offset != "0" {
			step.Body = step.NextPage
		}
		return step, true
	}
	return Response{}, false
}

func (rs Response) write(w http.ResponseWriter) {
	rs.writeHeader(w, int64(len(rs.Body)))
	_, _ = io.WriteString(w, rs.Body) // an error means that the client has disconnected
}

// writeHeader sends the status and headers. A negative length sends no
// Content-Length.
func (rs Response) writeHeader(w http.ResponseWriter, length int64) {
	header := w.Header()
	if length >= 0 {
		header.Set("Content-Length", strconv.FormatInt(length, 10))
	}
	for name, values := range rs.Header {
		header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
	w.WriteHeader(cmp.Or(rs.Status, http.StatusOK))
}

// plain is a response in plain text.
func plain(status int, text string) Response {
	return Response{Status: status, Header: http.Header{"Content-Type": {"text/plain"}}, Body: text}
}

// encode returns a body as JSON.
func encode(body any) string {
	text, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Errorf("encode a body: %w", err)) // impossible: bodies hold only strings, numbers, booleans, and lists
	}
	return string(text)
}

// routeKey returns the method and path under which content is stored.
func routeKey(path string) string {
	if strings.Contains(path, " ") {
		return path
	}
	return http.MethodGet + " " + path
}
