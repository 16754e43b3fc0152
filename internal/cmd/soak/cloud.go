// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

const (
	region    = "cn-north-4"
	projectID = "05f2cff45100d5112f4bc00b794ea08e"
)

var keys = fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}

// services has one host for each service, and behind them a fake cloud for each
// task, which exists until its wait ends.
type services struct {
	servers     map[transport.Service]*httptest.Server
	network     *http.Transport
	clouds      sync.Map // of *fakecloud.Cloud, by an ID in the path
	connections atomic.Int64
	quota       *quota
}

func start(q *quota) *services {
	s := &services{quota: q, servers: make(map[transport.Service]*httptest.Server), network: transport.NewTransport(false)}
	for _, service := range []transport.Service{transport.DCS, transport.DWS, transport.CCE} {
		server := httptest.NewUnstartedServer(s)
		server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				s.connections.Add(1)
			case http.StateClosed, http.StateHijacked:
				s.connections.Add(-1)
			case http.StateActive, http.StateIdle:
			}
		}
		server.Start()
		s.servers[service] = server
	}
	return s
}

func (s *services) close() {
	s.network.CloseIdleConnections()
	for _, server := range s.servers {
		server.Close()
	}
}

// client returns the client that all waits share, as in a provider.
func (s *services) client(t *tally) *client.Client {
	endpoints := make(map[transport.Service]string)
	for service, server := range s.servers {
		endpoints[service] = server.URL
	}
	return client.New(client.Config{
		Region: region, ProjectID: projectID, Endpoints: endpoints,
		Credentials: credentials.Static(credentials.Credentials{AccessKey: keys.AccessKey, SecretKey: keys.SecretKey}),
		Network:     &transport.Network{Transport: counting{s.network, t}, UserAgent: "soak", MaxRetries: 5},
	})
}

// ServeHTTP passes a request to the cloud of its task, unless it exceeds the quota.
func (s *services) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for segment := range strings.SplitSeq(r.URL.Path, "/") {
		if cloud, ok := s.clouds.Load(segment); ok {
			if s.quota.refuses(w, strings.NewReplacer(segment, "", projectID, "").Replace(r.URL.Path)) {
				return
			}
			if offset := r.URL.Query().Get("offset"); offset != "" && offset != "0" {
				w.Header().Set(pollHeader, "1")
				_, _ = io.WriteString(w, `{"task_count":1,"tasks":[]}`) // the page past the end; an error means that the client has disconnected
				return
			}
			cloud.(http.Handler).ServeHTTP(w, r) //nolint:errcheck // nothing else is stored
			return
		}
	}
	http.NotFound(w, r) // the wait is over
}

// pollHeader marks a response without an injected error.
const pollHeader = "X-Soak-Poll"

// transientErrors returns errors in bursts, between which a few polls succeed.
// The first poll succeeds. Only the quota throttles, since each refusal slows all
// waits down.
func transientErrors(random *rand.Rand) []fakecloud.Fault {
	queue := []fakecloud.Fault{{}}
	for range 1 + random.IntN(5) {
		fault := transientError(random)
		fault.Times = 1 + random.IntN(4)
		if fault.Kind == fakecloud.Hang || fault.Kind == fakecloud.HangInBody {
			fault.Times = 1 // it takes a minute
		}
		queue = append(queue, fault, fakecloud.Fault{Times: 1 + random.IntN(3), Delay: time.Duration(random.IntN(2000)) * time.Millisecond})
	}
	return queue
}

func transientError(random *rand.Rand) fakecloud.Fault {
	const success = `{"status":"SUCCESS"}`
	after := func(seconds string) http.Header { return http.Header{"Retry-After": {seconds}} }
	if random.IntN(20) == 0 {
		return []fakecloud.Fault{{Kind: fakecloud.Hang}, {Kind: fakecloud.HangInBody, Body: success}}[random.IntN(2)]
	}
	return []fakecloud.Fault{
		{Status: http.StatusInternalServerError, Body: success},
		{Status: http.StatusBadGateway, Body: "<html>502 Bad Gateway</html>"},
		{Status: http.StatusServiceUnavailable},
		{Status: http.StatusServiceUnavailable, Header: after("2")},
		{Status: http.StatusGatewayTimeout, Body: `{"error_code":"APIGW.0201","error_msg":"timed out"}`},
		{Kind: fakecloud.Reset},
		{Kind: fakecloud.Truncate, Body: success},
	}[random.IntN(7)]
}
