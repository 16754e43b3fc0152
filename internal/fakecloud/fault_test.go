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

// everyWay runs a test over plain HTTP, over TLS and in process: a fault must
// look the same to a client on all of them.
func everyWay(t *testing.T, test func(t *testing.T, cloud *fakecloud.Cloud, client *http.Client, base string)) {
	t.Helper()
	for name, start := range map[string]func(http.Handler) *httptest.Server{
		"HTTP":  httptest.NewServer,
		"HTTPS": httptest.NewTLSServer,
	} {
		t.Run(name, func(t *testing.T) {
			cloud := open()
			server := start(cloud)
			defer server.Close() // waits for every handler: none may hang for ever
			test(t, cloud, server.Client(), server.URL)
		})
	}
	t.Run("in process", func(t *testing.T) {
		cloud := open()
		test(t, cloud, &http.Client{Transport: cloud.Transport()}, anywhere)
	})
}

func statuses(cloud *fakecloud.Cloud) []int {
	var all []int
	for _, r := range cloud.Requests() {
		all = append(all, r.Status)
	}
	return all
}

func TestFail_repliesInPlaceOfTheAnswer(t *testing.T) {
	everyWay(t, func(t *testing.T, cloud *fakecloud.Cloud, client *http.Client, base string) {
		cloud.Fail("", fakecloud.Fault{
			Status: http.StatusTooManyRequests,
			Header: http.Header{"Retry-After": {"56.818"}},
			Body:   "later",
		})
		response, err := client.Get(base + "/any") // no credentials: faults come first
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		diff(t, "reply", []any{http.StatusTooManyRequests, "56.818", "later", nil},
			[]any{response.StatusCode, response.Header.Get("Retry-After"), string(body), err})
	})
}

func TestFail_resetsTheConnection(t *testing.T) {
	everyWay(t, func(t *testing.T, cloud *fakecloud.Cloud, client *http.Client, base string) {
		cloud.Fail("", fakecloud.Fault{Kind: fakecloud.Reset})
		response, err := client.Get(base + "/any")
		if err == nil {
			response.Body.Close()
		}
		if !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("error is %v, want a reset connection", err)
		}
		diff(t, "log", []int{0}, statuses(cloud))
	})
}

func TestFail_truncatesTheBody(t *testing.T) {
	everyWay(t, func(t *testing.T, cloud *fakecloud.Cloud, client *http.Client, base string) {
		for _, begun := range []string{`{"status":`, ""} {
			cloud.Fail("", fakecloud.Fault{Kind: fakecloud.Truncate, Body: begun})
			response, err := client.Get(base + "/any")
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(response.Body)
			response.Body.Close()
			diff(t, "body", begun, string(body))
			if !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("error is %v, want an unexpected end", err)
			}
		}
		diff(t, "log", []int{http.StatusOK, http.StatusOK}, statuses(cloud))
	})
}

func TestFail_hangsUntilTheClientLeaves(t *testing.T) {
	everyWay(t, func(t *testing.T, cloud *fakecloud.Cloud, client *http.Client, base string) {
		cloud.Fail("", fakecloud.Fault{Kind: fakecloud.Hang})
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		response, err := client.Do(request(t, http.MethodGet, base+"/any").WithContext(ctx))
		if err == nil {
			response.Body.Close()
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error is %v, want the deadline", err)
		}
		diff(t, "log", []int{0}, statuses(cloud))
	})
}

func TestFail_hangsInTheBodyUntilTheClientLeaves(t *testing.T) {
	everyWay(t, func(t *testing.T, cloud *fakecloud.Cloud, client *http.Client, base string) {
		cloud.Fail("", fakecloud.Fault{Kind: fakecloud.HangInBody, Body: `{"status":`})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		response, err := client.Do(request(t, http.MethodGet, base+"/any").WithContext(ctx))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		begun := make([]byte, len(`{"status":`))
		_, err = io.ReadFull(response.Body, begun)
		diff(t, "beginning", []any{`{"status":`, nil}, []any{string(begun), err})

		cancel()
		if _, err = io.ReadAll(response.Body); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v, want the cancellation", err)
		}
	})
}

func TestFail_sendsABodyWithoutEnd(t *testing.T) {
	everyWay(t, func(t *testing.T, cloud *fakecloud.Cloud, client *http.Client, base string) {
		cloud.Fail("", fakecloud.Fault{Kind: fakecloud.Endless, Body: "{"})
		response, err := client.Get(base + "/any")
		if err != nil {
			t.Fatal(err)
		}
		much := make([]byte, 1<<20)
		_, err = io.ReadFull(response.Body, much)
		diff(t, "reading", error(nil), err)
		diff(t, "body", "{"+strings.Repeat(" ", len(much)-1), string(much))
		diff(t, "closing", error(nil), response.Body.Close())
	})
}

func TestFail_strikesInOrderAndHeals(t *testing.T) {
	cloud := open()
	path := fakecloud.JobPath(project, "job")
	cloud.Serve(path, fakecloud.Response{Body: "{}"})
	cloud.Fail("", fakecloud.Fault{Status: 500})
	cloud.Fail(path, fakecloud.Fault{}, fakecloud.Fault{Status: 502, Times: 2})
	cloud.Fail(path, fakecloud.Fault{Status: 503})
	var got []int
	ask := func(times int) {
		for range times {
			got = append(got, get(t, cloud, path).Status)
		}
	}
	ask(6)
	cloud.Fail(path, fakecloud.Fault{Status: 504, Times: -1})
	ask(3)
	cloud.Fail(path)
	ask(1)
	diff(t, "statuses", []int{200, 502, 502, 503, 500, 200, 504, 504, 504, 200}, got)
}

func TestFail_repliesWithABodyAlone(t *testing.T) {
	cloud := open()
	cloud.Fail("", fakecloud.Fault{Body: "<html>"})
	diff(t, "reply", answered{http.StatusOK, "<html>"}, get(t, cloud, fakecloud.ProjectsPath))
}

func TestFail_leavesOtherPathsAlone(t *testing.T) {
	cloud := open()
	cloud.Fail(fakecloud.JobPath(project, "one"), fakecloud.Fault{Status: 503})
	diff(t, "another path", http.StatusNotFound, get(t, cloud, fakecloud.JobPath(project, "two")).Status)
}

func TestFail_delays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := open()
		path := fakecloud.JobPath(project, "job")
		cloud.Serve(path, fakecloud.Response{Body: "{}"})
		cloud.Fail(path, fakecloud.Fault{Delay: time.Minute}, fakecloud.Fault{Delay: time.Hour, Status: 504})

		start := time.Now()
		diff(t, "the normal answer", answered{http.StatusOK, "{}"}, get(t, cloud, path))
		diff(t, "later", time.Minute, time.Since(start))
		diff(t, "a reply", http.StatusGatewayTimeout, get(t, cloud, path).Status)
		diff(t, "later still", time.Hour+time.Minute, time.Since(start))
	})
}
