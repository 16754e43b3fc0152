// SPDX-License-Identifier: MPL-2.0

// Package fakecloud is an http.Handler that responds like Huawei Cloud: like the
// task APIs, IAM's project lookup, and the issuers of temporary keys. It serves
// tests, and a demo on loopback.
//
// Set the keys that the cloud accepts and the tasks that it has, then point a
// client at it:
//
//	cloud := fakecloud.New(fakecloud.Keys{AccessKey: "AK", SecretKey: "SK"})
//	cloud.AddProject("cn-north-4", project)
//	cloud.Serve(fakecloud.JobPath(project, job),
//		fakecloud.Response{Body: `{"status":"RUNNING"}`},
//		fakecloud.Response{After: time.Minute, Body: fakecloud.ExampleDCSJob})
//
//	server := httptest.NewServer(cloud)                  // over a real socket
//	client := &http.Client{Transport: cloud.Transport()} // in virtual time
//
// Temporary keys have four sources: an agency, assumed through IAM v3 or STS v5
// (AddAgency), an OIDC identity provider (AddIdentityProvider), the metadata
// service of an ECS (ServeMetadata), and the pod identity agent of a CCE node
// (ServePodIdentity). Each issues the keys of its Issuer, and the gateway accepts
// them until they expire:
//
//	cloud.AddAgency(fakecloud.Agency{Name: "deployer", DomainName: "group", Issuer: fakecloud.Issuer{
//		Keys:     []fakecloud.Keys{{AccessKey: "TEMP", SecretKey: "SK", SecurityToken: "token"}},
//		Lifetime: time.Hour,
//	}})
//
// A script (ServeScript, ServeList, ServeAction) has the true life of a task beside
// the quirks of its responses. Tests compare results with its Truth, never with
// what was sent:
//
//	task := cloud.ServeScript(fakecloud.JobPath(project, job), fakecloud.Script{
//		Steps: []fakecloud.Step{
//			{State: fakecloud.Running},
//			{At: fakecloud.Moment{After: time.Minute}, State: fakecloud.Succeeded},
//		},
//		Quirks: []fakecloud.QuirkSpan{{Quirk: quirk}}, // one of Quirks(path)
//	})
//	... // read or wait
//	task.Truth(time.Now()).State
//
// The cloud is an independent witness: it shares no code with the provider,
// checks every signature itself, and logs each request. Where the behavior of
// the real cloud is unknown, a comment says that it is a guess.
//
// A request passes, in this order: the faults that Fail has queued, the gateway's
// check that the API exists, authentication, the quota of SetQuota, and the
// content. Faults come first, like those of a load balancer, so that a test of a 503 or of a closed
// connection needs neither keys nor bodies. Metadata and pod identity are not
// behind the gateway: they check tokens of their own, or none if Serve replaces
// them.
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
// SecurityToken, and every request must send it.
type Keys struct {
	AccessKey, SecretKey, SecurityToken string
}

// Cloud is an http.Handler. All methods may be called while it serves requests.
type Cloud struct {
	mu                sync.Mutex          // guards all below
	keys              map[string]accepted // by access key
	tokens            map[string]acceptedToken
	projects          *projects
	agencies          *agencies
	identityProviders map[string]*identityProvider
	served            map[string]*served // by method and path
	faults            map[string][]Fault // by path, "" for any
	quota             quota
	requests          []Request
}

// New returns a cloud without tasks that accepts only these keys; without keys,
// it accepts no request.
func New(keys ...Keys) *Cloud {
	c := &Cloud{
		keys:              map[string]accepted{},
		tokens:            map[string]acceptedToken{},
		identityProviders: map[string]*identityProvider{},
		projects:          &projects{},
		agencies:          &agencies{},
		faults:            map[string][]Fault{},
	}
	for _, k := range keys {
		c.keys[k.AccessKey] = accepted{Keys: k}
	}
	c.served = map[string]*served{
		http.MethodGet + " " + ProjectsPath:        {content: c.projects},
		http.MethodPost + " " + IDTokenPath:        {content: handlerFunc(c.idToken)},
		http.MethodPost + " " + SecurityTokensPath: {content: handlerFunc(c.securityTokens)},
		http.MethodPost + " " + AssumeAgencyPath:   {content: handlerFunc(c.agencies.assumeAgency)},
	}
	return c
}

// AcceptToken makes the cloud accept an IAM token, sent as X-Auth-Token.
func (c *Cloud) AcceptToken(token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tokens[token] = acceptedToken{}
}

// ServeHTTP responds as described in the package comment.
func (c *Cloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the client has disconnected
	}
	r.Body = io.NopCloser(bytes.NewReader(body)) // for content that reads it
	number := c.record(r, body)
	id := fmt.Sprintf("%032x", number+1)
	out := &recorder{ResponseWriter: w, cloud: c, number: number}
	out.Header().Set("X-Request-Id", id)
	out.Header().Set("Content-Type", "application/json;charset=utf8")

	fault, failed := c.nextFault(r.URL.EscapedPath())
	if failed {
		wait(r.Context(), fault.Delay)
	}
	if failed && !fault.onlyDelays() {
		fault.apply(out, r)
		return
	}
	c.respond(r, body, id).write(out)
}

// respond returns the response to a request without a fault.
func (c *Cloud) respond(r *http.Request, body []byte, requestID string) Response {
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()

	route, published := findRoute(r.Method, r.URL.EscapedPath())
	content, found := c.served[r.Method+" "+r.URL.EscapedPath()]
	if !published && !found {
		return notPublished(requestID)
	}
	if !authenticatesItself(r, body) {
		if err := c.authenticate(r, body, now); err != nil {
			return unauthenticated(requestID, err)
		}
	}
	if published {
		if refused, over := c.quota.check(route.pattern, requestID, now); over {
			return refused
		}
	}
	if found {
		if response, ok := content.respond(r, now); ok {
			return response
		}
	}
	if !published { // served, but before its first step
		return notPublished(requestID)
	}
	return route.missing
}

// Requests returns the log of all requests so far, in order of arrival.
func (c *Cloud) Requests() []Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.requests)
}
