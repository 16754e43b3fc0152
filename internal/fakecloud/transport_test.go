// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestTransport_reachesTheCloudUnderEveryHost(t *testing.T) {
	cloud := open()
	var hosts []string
	for _, host := range []string{"https://dcs.cn-north-4.myhuaweicloud.com", "http://127.0.0.1:1"} {
		diff(t, host, http.StatusOK, send(t, cloud, request(t, http.MethodGet, host+fakecloud.ProjectsPath)).Status)
	}
	for _, r := range cloud.Requests() {
		hosts = append(hosts, r.Host)
	}
	diff(t, "hosts", []string{"dcs.cn-north-4.myhuaweicloud.com", "127.0.0.1:1"}, hosts)
}

func TestTransport_answersLikeAServer(t *testing.T) {
	r := request(t, http.MethodGet, anywhere+fakecloud.ProjectsPath)
	response, err := open().Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	diff(t, "response", []any{"200 OK", "HTTP/1.1", int64(len(body)), true, nil},
		[]any{response.Status, response.Proto, response.ContentLength, response.Request == r, err})
}

func TestTransport_doesNotBeginOnceTheContextHasEnded(t *testing.T) {
	cloud := open()
	gone := errors.New("gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	resp, err := cloud.Transport().RoundTrip(request(t, http.MethodGet, anywhere+"/any").WithContext(ctx))
	if err == nil {
		resp.Body.Close()
	}
	if !errors.Is(err, gone) {
		t.Errorf("error is %v, want the context's cause", err)
	}
	diff(t, "log", 0, len(cloud.Requests()))
}

// Each phase of a request in which a client may lose its patience.
func TestTransport_endsWithTheContextInEveryPhase(t *testing.T) {
	for name, fault := range map[string]fakecloud.Fault{
		"delay":       {Delay: time.Hour},
		"header":      {Kind: fakecloud.Hang},
		"body":        {Kind: fakecloud.HangInBody, Body: "{"},
		"no body yet": {Kind: fakecloud.HangInBody},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := open()
				cloud.Fail("", fault)
				start := time.Now()
				client := &http.Client{Transport: cloud.Transport(), Timeout: time.Minute}
				response, err := client.Do(request(t, http.MethodGet, anywhere+"/any"))
				if err == nil {
					_, err = io.ReadAll(response.Body)
					response.Body.Close()
				}
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("error is %v, want the deadline", err)
				}
				diff(t, "patience", time.Minute, time.Since(start))
			})
		})
	}
}

func TestTransport_freesTheHandlerOfABodyThatNobodyReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // the bubble bursts unless every goroutine ends
		cloud := open()
		cloud.Fail("",
			fakecloud.Fault{Kind: fakecloud.HangInBody},
			fakecloud.Fault{Kind: fakecloud.Endless},
			fakecloud.Fault{Status: 500, Body: "{}"})
		for range 3 {
			response, err := cloud.Transport().RoundTrip(request(t, http.MethodGet, anywhere+"/any"))
			if err != nil {
				t.Fatal(err)
			}
			diff(t, "closing", error(nil), response.Body.Close())
		}
	})
}

func TestTransport_freesTheHandlerOfABodyThatNobodyCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := open()
		cloud.Fail("", fakecloud.Fault{Kind: fakecloud.Endless})
		ctx, cancel := context.WithCancel(t.Context())
		_, err := cloud.Transport().RoundTrip(request(t, http.MethodGet, anywhere+"/any").WithContext(ctx)) //nolint:bodyclose // the point
		diff(t, "answer", error(nil), err)
		cancel()
	})
}

func TestTransport_closesTheRequestBodyAndLeavesTheRequestAlone(t *testing.T) {
	body := &closeable{Reader: strings.NewReader("{}")}
	r, err := http.NewRequest(http.MethodPost, anywhere+"/any", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header["x-odd"] = []string{"1"}
	before := r.Clone(t.Context())
	send(t, open(), r)
	diff(t, "closed", true, body.closed)
	diff(t, "request", []any{before.URL.String(), before.Header, before.RequestURI}, []any{r.URL.String(), r.Header, r.RequestURI})
}

type closeable struct {
	io.Reader
	closed bool
}

func (c *closeable) Close() error {
	c.closed = true
	return nil
}
