// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// overEveryTransport runs a test over HTTP, over TLS, and in process: a client
// must see the same fault on all of them. ask sends a request without
// credentials, because faults come first.
func overEveryTransport(t *testing.T, fault fakecloud.Fault, test func(t *testing.T, cloud *fakecloud.Cloud, ask func(context.Context) (*http.Response, error))) {
	t.Helper()
	run := func(t *testing.T, cloud *fakecloud.Cloud, client *http.Client, base string) {
		t.Helper()
		cloud.Fail("", fault)
		test(t, cloud, func(ctx context.Context) (*http.Response, error) {
			return client.Do(anonymous(t, http.MethodGet, base+"/any", "").WithContext(ctx)) //nolint:contextcheck // WithContext passes it
		})
	}
	for name, start := range map[string]func(http.Handler) *httptest.Server{
		"HTTP":  httptest.NewServer,
		"HTTPS": httptest.NewTLSServer,
	} {
		t.Run(name, func(t *testing.T) {
			cloud := fakecloud.New()
			server := start(cloud)
			defer server.Close() // waits for every handler, so none may hang
			run(t, cloud, server.Client(), server.URL)
		})
	}
	t.Run("in process", func(t *testing.T) {
		cloud := fakecloud.New()
		run(t, cloud, &http.Client{Transport: cloud.Transport()}, host)
	})
}

func TestFail_replies(t *testing.T) {
	fault := fakecloud.Fault{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"56.818"}}, Body: "later"}
	overEveryTransport(t, fault, func(t *testing.T, _ *fakecloud.Cloud, ask func(context.Context) (*http.Response, error)) {
		response, err := ask(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		diff(t, "reply", []any{http.StatusTooManyRequests, "56.818", "later", nil},
			[]any{response.StatusCode, response.Header.Get("Retry-After"), string(body), err})
	})
}

// Faults after which there is no response, with the error that the client sees.
func TestFail_sendsNoResponse(t *testing.T) {
	for kind, want := range map[fakecloud.Kind]error{fakecloud.Reset: syscall.ECONNRESET, fakecloud.Hang: context.DeadlineExceeded} {
		overEveryTransport(t, fakecloud.Fault{Kind: kind}, func(t *testing.T, cloud *fakecloud.Cloud, ask func(context.Context) (*http.Response, error)) {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			response, err := ask(ctx)
			if err == nil {
				response.Body.Close()
			}
			if !errors.Is(err, want) {
				t.Errorf("error is %v, want %v", err, want)
			}
			diff(t, "logged statuses", []int{0}, statuses(cloud))
		})
	}
}

func TestFail_truncatesTheBody(t *testing.T) {
	for _, sent := range []string{`{"status":`, ""} {
		fault := fakecloud.Fault{Kind: fakecloud.Truncate, Body: sent}
		overEveryTransport(t, fault, func(t *testing.T, cloud *fakecloud.Cloud, ask func(context.Context) (*http.Response, error)) {
			response, err := ask(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, err := io.ReadAll(response.Body)
			diff(t, "body", sent, string(body))
			if !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("error is %v, want an unexpected end", err)
			}
			diff(t, "logged statuses", []int{http.StatusOK}, statuses(cloud))
		})
	}
}

func TestFail_hangsInTheBody(t *testing.T) {
	fault := fakecloud.Fault{Kind: fakecloud.HangInBody, Body: `{"status":`}
	overEveryTransport(t, fault, func(t *testing.T, _ *fakecloud.Cloud, ask func(context.Context) (*http.Response, error)) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		response, err := ask(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		begin := make([]byte, len(fault.Body))
		_, err = io.ReadFull(response.Body, begin)
		diff(t, "beginning", []any{fault.Body, nil}, []any{string(begin), err})
		cancel()
		if _, err = io.ReadAll(response.Body); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v, want the cancellation", err)
		}
	})
}

func TestFail_sendsAnEndlessBody(t *testing.T) {
	fault := fakecloud.Fault{Kind: fakecloud.Endless, Body: "{"}
	overEveryTransport(t, fault, func(t *testing.T, _ *fakecloud.Cloud, ask func(context.Context) (*http.Response, error)) {
		response, err := ask(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		begin := make([]byte, 1<<20)
		_, err = io.ReadFull(response.Body, begin)
		diff(t, "errors", []error{nil, nil}, []error{err, response.Body.Close()})
		diff(t, "body", "{"+strings.Repeat(" ", len(begin)-1), string(begin))
	})
}

func TestFail_happensInOrderUntilCleared(t *testing.T) {
	cloud, path := jobCloud("{}")
	var got []int
	ask := func(times int) {
		for range times {
			got = append(got, get(t, cloud, path).Status)
		}
	}
	cloud.Fail("", fakecloud.Fault{Status: 500}, fakecloud.Fault{Body: "<html>"})
	cloud.Fail(path, fakecloud.Fault{}, fakecloud.Fault{Status: 502, Times: 2})
	cloud.Fail(path, fakecloud.Fault{Status: 503})
	ask(5)
	diff(t, "a body alone", ok("<html>"), get(t, cloud, path))
	ask(1)
	cloud.Fail(path, fakecloud.Fault{Status: 504, Times: -1})
	ask(3)
	diff(t, "another path", http.StatusOK, get(t, cloud, fakecloud.ProjectsPath).Status)
	cloud.Fail(path)
	ask(1)
	diff(t, "statuses", []int{200, 502, 502, 503, 500, 200, 504, 504, 504, 200}, got)
}

func TestFail_delays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud, path := jobCloud("{}")
		cloud.Fail(path, fakecloud.Fault{Delay: time.Minute}, fakecloud.Fault{Delay: time.Hour, Status: 504})
		start := time.Now()
		diff(t, "normal response", ok("{}"), get(t, cloud, path))
		diff(t, "first delay", time.Minute, time.Since(start))
		diff(t, "reply", http.StatusGatewayTimeout, get(t, cloud, path).Status)
		diff(t, "both delays", time.Hour+time.Minute, time.Since(start))
	})
}
