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

func TestTransport_respondsLikeAServerUnderEveryHost(t *testing.T) {
	cloud := newCloud()
	for i, name := range []string{"dcs.cn-north-4.myhuaweicloud.com", "127.0.0.1:1"} {
		r := request(t, http.MethodGet, "http://"+name+fakecloud.ProjectsPath, "")
		response, err := cloud.Transport().RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		diff(t, name, []any{"200 OK", "HTTP/1.1", int64(len(body)), true, name, nil},
			[]any{response.Status, response.Proto, response.ContentLength, response.Request == r, cloud.Requests()[i].Host, err})
	}
}

func TestTransport_sendsNothingOnceTheContextHasEnded(t *testing.T) {
	cloud := newCloud()
	cause := errors.New("the cause")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	response, err := cloud.Transport().RoundTrip(request(t, http.MethodGet, host+"/any", "").WithContext(ctx))
	if err == nil {
		response.Body.Close()
	}
	if !errors.Is(err, cause) {
		t.Errorf("error is %v, want the context's cause", err)
	}
	diff(t, "requests", 0, len(cloud.Requests()))
}

func TestTransport_endsWithTheContextInEveryPhase(t *testing.T) {
	for name, fault := range map[string]fakecloud.Fault{
		"delay":       {Delay: time.Hour},
		"header":      {Kind: fakecloud.Hang},
		"body":        {Kind: fakecloud.HangInBody, Body: "{"},
		"no body yet": {Kind: fakecloud.HangInBody},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				cloud.Fail("", fault)
				start := time.Now()
				client := &http.Client{Transport: cloud.Transport(), Timeout: time.Minute}
				response, err := client.Do(request(t, http.MethodGet, host+"/any", ""))
				if err == nil {
					_, err = io.ReadAll(response.Body)
					response.Body.Close()
				}
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("error is %v, want the deadline", err)
				}
				diff(t, "duration", time.Minute, time.Since(start))
			})
		})
	}
}

// synctest fails unless every goroutine ends.
func TestTransport_leavesNoHandlerBehindAnUnreadBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Fail("",
			fakecloud.Fault{Kind: fakecloud.HangInBody},
			fakecloud.Fault{Kind: fakecloud.Endless},
			fakecloud.Fault{Status: 500, Body: "{}"},
			fakecloud.Fault{Kind: fakecloud.Endless})
		for range 3 {
			response, err := cloud.Transport().RoundTrip(request(t, http.MethodGet, host+"/any", ""))
			if err != nil {
				t.Fatal(err)
			}
			diff(t, "closing", error(nil), response.Body.Close())
		}
		ctx, cancel := context.WithCancel(t.Context())
		_, err := cloud.Transport().RoundTrip(request(t, http.MethodGet, host+"/any", "").WithContext(ctx)) //nolint:bodyclose // the context alone must end it
		diff(t, "a body that is never closed", error(nil), err)
		cancel()
	})
}

func TestTransport_closesTheRequestBodyAndKeepsTheRequest(t *testing.T) {
	body := &closeRecorder{Reader: strings.NewReader("{}")}
	r, err := http.NewRequest(http.MethodPost, host+"/any", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header["x-odd"] = []string{"1"}
	before := r.Clone(t.Context())
	send(t, newCloud(), r)
	diff(t, "closed", true, body.closed)
	diff(t, "request", []any{before.URL.String(), before.Header, before.RequestURI}, []any{r.URL.String(), r.Header, r.RequestURI})
}

type closeRecorder struct {
	io.Reader
	closed bool
}

func (c *closeRecorder) Close() error {
	c.closed = true
	return nil
}
