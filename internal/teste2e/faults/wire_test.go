// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"syscall"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// wire is a network that writes down what really came over it, and that may be
// down. It is used by one read at a time.
type wire struct {
	cloud     http.RoundTripper
	down      func() bool // whether the next request finds it down
	exchanges []exchange
}

// exchange is a request and what came of it.
type exchange struct {
	at     time.Time // when all had come
	path   string
	query  url.Values
	status int    // 0 where nothing came
	body   string // "" unless all of it came
	lost   bool   // whether nothing or not all came
}

var errDown = &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	x := exchange{path: r.URL.EscapedPath(), query: r.URL.Query(), lost: true}
	defer func() {
		x.at = time.Now()
		w.exchanges = append(w.exchanges, x)
	}()
	if w.down() {
		return nil, errDown
	}
	resp, err := w.cloud.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	err = errors.Join(err, resp.Body.Close())
	if err == nil {
		x.status, x.body, x.lost = resp.StatusCode, string(body), false
	}
	resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), broken{err}))
	return resp, nil
}

// broken ends what is read with an error, or well if that is nil.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) {
	if b.err == nil {
		return 0, io.EOF
	}
	return 0, b.err
}

// answers are the exchanges of a path that have an answer, whatever its status.
func (w *wire) answers(path string) []exchange {
	var all []exchange
	for _, x := range w.exchanges {
		if x.path == path && !x.lost {
			all = append(all, x)
		}
	}
	return all
}

// struck is how many requests have not come to what the cloud would say.
func (w *wire) struck() int {
	struck := 0
	for _, x := range w.exchanges {
		if x.lost || x.status >= http.StatusInternalServerError || x.status == http.StatusTooManyRequests {
			struck++
		}
	}
	return struck
}

// strikes are faults by chance for the requests of a path, mostly those that
// may pass, some of them with a body that claims success.
func (g *gamble) strikes() []fakecloud.Fault {
	var faults []fakecloud.Fault
	for range g.IntN(6) {
		faults = append(faults, fakecloud.Fault{Times: 1 + g.IntN(8), Delay: time.Duration(g.IntN(2)*g.IntN(4000)) * time.Millisecond})
		f := g.strike()
		f.Times = 1 + g.IntN(4)*g.IntN(4)
		faults = append(faults, f)
	}
	switch {
	case len(faults) == 0:
	case g.benign:
		faults[0].Times += firstLook
	case g.IntN(4) == 0:
		faults = faults[1:] // from the first request on
	}
	return faults
}

func (g *gamble) strike() fakecloud.Fault {
	if !g.benign && g.IntN(12) == 0 {
		return []fakecloud.Fault{
			{Status: http.StatusForbidden, Body: tempting},
			{Status: http.StatusNotFound, Body: tempting},
			{Status: http.StatusNotFound, Body: `{"error_code":"APIGW.0101","error_msg":"x"}`},
			{Body: "<html>" + tempting},
			{Body: "[" + tempting + "]"},
			{Body: `{"error_code":"DWS.6000",` + tempting[1:]},
			{Status: http.StatusAccepted, Body: tempting},
		}[g.IntN(7)]
	}
	return []fakecloud.Fault{
		{Kind: fakecloud.Reset},
		{Kind: fakecloud.Truncate, Body: tempting},
		{Kind: fakecloud.Hang},
		{Kind: fakecloud.HangInBody, Body: tempting},
		{Status: http.StatusInternalServerError, Body: tempting},
		{Status: http.StatusBadGateway, Body: "<html>502</html>"},
		{Status: http.StatusServiceUnavailable},
		{Status: http.StatusGatewayTimeout, Body: `{"error_code":"APIGW.0201","error_msg":"x"}`},
		{Status: http.StatusTooManyRequests, Body: tempting},
		{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {[]string{"0.02", "7", "56.818", "3600", "soon"}[g.IntN(5)]}}},
	}[g.IntN(10)]
}
