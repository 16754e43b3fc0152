// SPDX-License-Identifier: MPL-2.0

package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	requestTimeout   = 60 * time.Second
	directTimeout    = 3 * time.Second // of an agent on this very host, if there is one
	maxBodyBytes     = 32 << 20
	requestsPerHost  = 50 // a second
	headerProjectID  = "X-Project-Id"
	headerRequestID  = "X-Request-Id"
	headerIAMTraceID = "X-Iam-Trace-Id"
)

// request is a request before it is signed.
type request struct {
	service      Service
	region       string
	method       string      // "" for GET
	projectID    string      // for X-Project-Id, "" where there is none yet
	path         string      // below the endpoint, made by path
	query        url.Values  //
	header       http.Header // of its own
	unsigned     http.Header // headers that must stay out of the signature
	body         []byte      // JSON, nil for none
	once         bool        // one attempt only: nobody depends on the answer
	direct       bool        // to an agent on this host or its hypervisor, past any proxy
	confidential bool        // the answer holds secrets: none of it is shown
	action       string      // of IAM, that the caller needs

	url string // endpoint and path, set by get
}

// answer is what a successful answer is decoded into. It embeds refusal.
type response interface{ isError() bool }

// verifiable is an answer that can be read and still tell nothing. verify
// returns the kind of fault that this is, and what is wrong, "" for nothing.
type verifier interface{ verify() (Kind, string) }

// path joins a format with identifiers that it escapes.
func path(format string, identifiers ...string) string {
	escaped := make([]any, len(identifiers))
	for i, id := range identifiers {
		escaped[i] = url.PathEscape(id)
	}
	return fmt.Sprintf(format, escaped...)
}

// attempt is the one path of every request: build, sign, send, read, judge.
func (c *Client) attempt(ctx context.Context, r request, credentials Credentials, answer response) error {
	got, err := c.exchange(ctx, r, credentials)
	if err != nil {
		return err
	}
	if got.fault.Status != http.StatusOK && (r.method != http.MethodPost || got.fault.Status != http.StatusCreated) {
		err = got.fault.refused(got.body, got.redact)
	} else {
		err = decode(got.body, answer, got.fault, got.redact)
	}
	if err != nil && r.confidential {
		got.fault.Body = ""
	}
	return err
}

// reply is the answer to a request, of whatever status.
type rawResponse struct {
	body   []byte
	fault  *Error // what identifies the reply, to be completed if it is a fault
	redact *strings.Replacer
}

// exchange builds, signs and sends a request and reads its answer to the end.
func (c *Client) exchange(ctx context.Context, r request, credentials Credentials) (rawResponse, error) {
	limit, network := requestTimeout, c.http
	if r.direct {
		limit, network = directTimeout, c.direct
	}
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	req, err := r.build(timed)
	if err != nil {
		return rawResponse{}, err
	}
	if err := c.limits.wait(ctx, req.URL.Host); err != nil {
		return rawResponse{}, err
	}
	if err := credentials.authorize(req, r.body); err != nil {
		return rawResponse{}, err
	}
	for name, values := range r.unsigned {
		req.Header[name] = values
	}
	req.Header.Set("User-Agent", c.config.UserAgent)

	fault := &Error{Method: req.Method, URL: req.URL.String(), Action: r.action}
	body, err := send(network, req, fault)
	switch {
	case err != nil && ctx.Err() != nil:
		return rawResponse{}, ctx.Err() // the caller has gone or its time is up, which is no fault of the network
	case err != nil && timed.Err() != nil:
		return rawResponse{}, fault.noAnswer(fmt.Errorf("no complete answer within %s", limit))
	case err != nil:
		return rawResponse{}, fault.noAnswer(err)
	}
	return rawResponse{body, fault, credentials.redactor(req)}, nil
}

// build makes the request as far as it does not depend on credentials.
func (r request) build(ctx context.Context) (*http.Request, error) {
	method := r.method
	if method == "" {
		method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(ctx, method, r.url, bytes.NewReader(r.body))
	if err != nil {
		return nil, fmt.Errorf("building a request: %w", err)
	}
	// A plus sign means a space in forms only; the signature knows %20.
	req.URL.RawQuery = strings.ReplaceAll(r.query.Encode(), "+", "%20")
	maps.Copy(req.Header, r.header)
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.projectID != "" {
		req.Header.Set(headerProjectID, r.projectID)
	}
	return req, nil
}

// send sends the request, notes in fault what identifies the answer, and
// returns its body.
func send(network *http.Client, req *http.Request, fault *Error) ([]byte, error) {
	resp, err := network.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // read to its end below, or given up
	fault.note(resp)
	var body bytes.Buffer
	body.Grow(int(min(max(resp.ContentLength, 0), maxBodyBytes)) + bytes.MinRead)
	_, err = body.ReadFrom(io.LimitReader(resp.Body, maxBodyBytes+1))
	switch {
	case err != nil:
		return nil, err
	case body.Len() > maxBodyBytes:
		return nil, errTooLarge
	}
	return body.Bytes(), nil
}

// decode reads the JSON object of a successful answer. A service may refuse
// with status 200 as well: then the answer holds an error code.
func decode(body []byte, answer response, fault *Error, redact *strings.Replacer) error {
	trimmed := bytes.TrimLeft(body, " \t\r\n")
	if len(trimmed) == 0 {
		return fault.malformed("the body is empty")
	}
	if trimmed[0] != '{' {
		fault.Body = clip(redact.Replace(string(body)))
		return fault.malformed("the body is not a JSON object")
	}
	if err := json.Unmarshal(body, answer); err != nil {
		var shape *json.UnmarshalTypeError
		if errors.As(err, &shape) {
			if refusal := parseRefusal(body); refusal.isError() {
				return fault.refused(body, redact) // a refusal has shapes of its own
			}
			return fault.malformed(fmt.Sprintf("its member %s is a JSON %s where the API documents another type", shape.Field, shape.Value))
		}
		fault.Body = clip(redact.Replace(string(body)))
		return fault.malformed("the body is not valid JSON: " + err.Error())
	}
	if answer.isError() {
		return fault.refused(body, redact)
	}
	if a, ok := answer.(verifier); ok {
		if kind, problem := a.verify(); problem != "" {
			fault.Kind, fault.Problem = kind, problem
			return fault
		}
	}
	return nil
}

// limiters hold each host to its rate of requests.
type limiters struct {
	mu    sync.Mutex
	hosts map[string]*rate.Limiter
}

func (l *limiters) wait(ctx context.Context, host string) error {
	l.mu.Lock()
	if l.hosts == nil {
		l.hosts = make(map[string]*rate.Limiter)
	}
	limiter, ok := l.hosts[host]
	if !ok {
		limiter = rate.NewLimiter(requestsPerHost, 1)
		l.hosts[host] = limiter
	}
	l.mu.Unlock()
	err := limiter.Wait(ctx)
	if err != nil && ctx.Err() == nil {
		return context.DeadlineExceeded // the turn would come after the deadline
	}
	return err
}
