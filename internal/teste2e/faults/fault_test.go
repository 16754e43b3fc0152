// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// fault is one cause of an error.
type fault struct {
	name   string
	reply  fakecloud.Fault // what the cloud makes of a request, in whose body success stands for the fields of a response that reports success
	err    error           // or what the network makes of it
	at     []target        // where it is tried, nil for any source
	detail string          // a fact that the error includes
	delay  time.Duration   // that the service asks for, 0 for none
	when   moment          // at which it is tried

	readings int  // requests of one poll, which no retry follows; 0 for one request with retries
	variant  bool // another form of the same error: read once is enough
}

// moment is when a fault strikes.
type moment int

const (
	anyPoll moment = iota
	firstPoll
	laterPolls
)

const success = "<success>"

// from is the fault as a target meets it.
func (f fault) from(tg target) http.RoundTripper {
	if f.err != nil {
		return failingWith{f.err}
	}
	members := strings.TrimSuffix(strings.TrimPrefix(tg.In("succeeded").Body, "{"), "}")
	f.reply.Body = strings.ReplaceAll(f.reply.Body, success, members)
	f.reply.Times = -1
	cloud := fakecloud.New()
	cloud.Fail("", f.reply)
	return cloud.Transport()
}

type failingWith struct{ err error }

// RoundTrip implements http.RoundTripper.
func (f failingWith) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

// network is the path to the cloud. Some requests to one path fail on it.
type network struct {
	cloud   http.RoundTripper
	failing http.RoundTripper // where the requests go that fail
	path    string
	after   int // requests that arrive first
	times   int // requests that fail then, -1 for all

	mu       sync.Mutex // guards all below
	requests int        // to the path
	hosts    map[string]bool
}

// RoundTrip implements http.RoundTripper.
func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	if n.fails(r) {
		return n.failing.RoundTrip(r)
	}
	return n.cloud.RoundTrip(r)
}

func (n *network) fails(r *http.Request) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.hosts == nil {
		n.hosts = map[string]bool{}
	}
	n.hosts[r.URL.Host] = true
	if r.URL.Path != n.path {
		return false
	}
	n.requests++
	return n.requests > n.after && (n.times < 0 || n.requests <= n.after+n.times)
}
