// SPDX-License-Identifier: MPL-2.0

package main

import (
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

// site is where the services are found: a host each, and behind them a cloud
// for each task, which goes when its wait has ended.
type site struct {
	servers     map[transport.Service]*httptest.Server
	network     *http.Transport
	clouds      sync.Map // of *fakecloud.Cloud, by an id in the path
	connections atomic.Int64
}

func open() *site {
	s := &site{servers: make(map[transport.Service]*httptest.Server), network: transport.NewTransport(false)}
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

func (s *site) close() {
	s.network.CloseIdleConnections()
	for _, server := range s.servers {
		server.Close()
	}
}

// client returns the client that all waits share, as those of a provider do.
func (s *site) client(t *tally) *client.Client {
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

// ServeHTTP hands a request to the cloud of its task.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for segment := range strings.SplitSeq(r.URL.Path, "/") {
		if cloud, ok := s.clouds.Load(segment); ok {
			cloud.(http.Handler).ServeHTTP(w, r) //nolint:errcheck // nothing else is stored
			return
		}
	}
	http.NotFound(w, r) // a request that came too late for its wait
}

// lookHeader marks an answer that is no fault.
const lookHeader = "X-Soak-Look"

// faults are those that may pass, in bursts between which a few looks succeed;
// the first one does.
func faults(chance *rand.Rand) []fakecloud.Fault {
	planned := []fakecloud.Fault{{}}
	for range 1 + chance.IntN(5) {
		fault := fault(chance)
		fault.Times = 1 + chance.IntN(4)
		if fault.Kind == fakecloud.Hang || fault.Kind == fakecloud.HangInBody {
			fault.Times = 1 // it takes a minute
		}
		planned = append(planned, fault, fakecloud.Fault{Times: 1 + chance.IntN(3), Delay: time.Duration(chance.IntN(2000)) * time.Millisecond})
	}
	return planned
}

func fault(chance *rand.Rand) fakecloud.Fault {
	const tempting = `{"status":"SUCCESS"}`
	after := func(seconds string) http.Header { return http.Header{"Retry-After": {seconds}} }
	if chance.IntN(20) == 0 {
		return []fakecloud.Fault{{Kind: fakecloud.Hang}, {Kind: fakecloud.HangInBody, Body: tempting}}[chance.IntN(2)]
	}
	return []fakecloud.Fault{
		{Status: http.StatusInternalServerError, Body: tempting},
		{Status: http.StatusBadGateway, Body: "<html>502 Bad Gateway</html>"},
		{Status: http.StatusServiceUnavailable},
		{Status: http.StatusServiceUnavailable, Header: after("2")},
		{Status: http.StatusGatewayTimeout, Body: `{"error_code":"APIGW.0201","error_msg":"timed out"}`},
		{Status: http.StatusTooManyRequests, Header: after("1.5")},
		{Status: http.StatusTooManyRequests},
		{Kind: fakecloud.Reset},
		{Kind: fakecloud.Truncate, Body: tempting},
	}[chance.IntN(9)]
}
