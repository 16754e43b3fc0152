// SPDX-License-Identifier: MPL-2.0

// Package fakecloud is Huawei Cloud as far as this provider can see it: one
// http.Handler that answers like the task APIs, like IAM's project look-up
// and like the sources of temporary keys, for tests and for a demonstration on
// loopback.
//
// Tell the cloud which keys it accepts and what it has, then point a client at
// it:
//
//	cloud := fakecloud.New(fakecloud.Keys{AccessKey: "AK", SecretKey: "SK"})
//	cloud.AddProject("cn-north-4", project)
//	cloud.Serve(fakecloud.JobPath(project, job),
//		fakecloud.Answer{Body: `{"status":"RUNNING"}`},
//		fakecloud.Answer{After: time.Minute, Body: fakecloud.ExampleDCSJob})
//
//	server := httptest.NewServer(cloud)                  // over a real socket
//	client := &http.Client{Transport: cloud.Transport()} // in virtual time
//
// Temporary keys come from four places: an agency, assumed through IAM v3 or STS
// v5 (AddAgency), the metadata service of an ECS (ServeMetadata) and the pod
// identity agent of a CCE node (ServePodIdentity). Each hands out the keys of its
// Issuer, and the gateway accepts them until they expire:
//
//	cloud.AddAgency(fakecloud.Agency{Name: "deployer", DomainName: "group", Issuer: fakecloud.Issuer{
//		Keys:     []fakecloud.Keys{{AccessKey: "TEMP", SecretKey: "SK", SecurityToken: "token"}},
//		Lifetime: time.Hour,
//	}})
//
// It is an independent witness: it shares no code with the provider, checks
// every signature by itself, and writes down each request it gets. Where nobody
// knows how the real cloud behaves, a comment here says that it is a guess.
//
// A request meets, in this order: the faults that Fail has planned, the
// gateway's "no such API", its authentication, and then what was served. Faults
// come first, as those of a load balancer would, so that a test of a 503 or of a
// cut connection needs neither keys nor bodies. Metadata and pod identity are not
// behind the gateway: they ask for tokens of their own, or for nothing where
// Serve has replaced them.
package fakecloud

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Keys is an access key pair that the cloud accepts. Temporary keys have a
// SecurityToken, without which the cloud does not know them.
type Keys struct {
	AccessKey, SecretKey, SecurityToken string
}

// Cloud is an http.Handler. Everything about it may be changed while requests
// are under way.
type Cloud struct {
	mu       sync.Mutex          // guards all below
	keys     map[string]accepted // by access key
	tokens   []string
	projects *projects
	agencies *agencies
	served   map[string]*served // by method and path
	faults   map[string][]Fault // by path, "" for any
	requests []Request
}

// New makes a cloud that has nothing and knows only these keys; without any, it
// accepts nobody.
func New(keys ...Keys) *Cloud {
	c := &Cloud{
		keys:     map[string]accepted{},
		projects: &projects{},
		agencies: &agencies{},
		faults:   map[string][]Fault{},
	}
	for _, k := range keys {
		c.keys[k.AccessKey] = accepted{Keys: k}
	}
	c.served = map[string]*served{
		http.MethodGet + " " + ProjectsPath:        {content: c.projects},
		http.MethodPost + " " + SecurityTokensPath: {content: handlerFunc(c.agencies.securityTokens)},
		http.MethodPost + " " + AssumeAgencyPath:   {content: handlerFunc(c.agencies.assumeAgency)},
	}
	return c
}

// AcceptToken makes the cloud accept an IAM token, as X-Auth-Token, beside the
// keys.
func (c *Cloud) AcceptToken(token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tokens = append(c.tokens, token)
}

// ServeHTTP answers as the package comment says.
func (c *Cloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // a request that breaks off has nobody to answer
	}
	r.Body = io.NopCloser(bytes.NewReader(body)) // for the content that wants it
	number := c.record(r, body)
	id := fmt.Sprintf("%032x", number+1)
	out := &recorder{ResponseWriter: w, cloud: c, number: number}
	out.Header().Set("X-Request-Id", id)
	out.Header().Set("Content-Type", "application/json;charset=utf8")

	fault, struck := c.strike(r.URL.EscapedPath())
	if struck {
		wait(r.Context(), fault.Delay)
	}
	if struck && !fault.harmless() {
		fault.happen(out, r)
		return
	}
	c.answer(r, body, id).write(out)
}

// answer is what the cloud says when no fault is in the way.
func (c *Cloud) answer(r *http.Request, body []byte, requestID string) Response {
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()

	absent, published := missingResponse(r)
	s, given := c.served[r.Method+" "+r.URL.EscapedPath()]
	if !published && !given {
		return notPublished(requestID)
	}
	if !ownGate(r.URL.EscapedPath()) {
		if err := c.authenticate(r, body, now); err != nil {
			return unauthenticated(requestID, err)
		}
	}
	if given {
		if a, ok := s.answer(r, now); ok {
			return a
		}
	}
	if !published { // served, but its first step is still to come
		return notPublished(requestID)
	}
	return absent
}

// Requests is the log of all requests so far, in the order of their arrival.
func (c *Cloud) Requests() []Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.requests)
}
