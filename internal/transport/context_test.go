// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// TestDo_endsWithItsContext also when it waits, and without losing the transient
// error before.
func TestDo_endsWithItsContext(t *testing.T) {
	hang, unavailable := fakecloud.Fault{Kind: fakecloud.Hang}, fakecloud.Fault{Status: 503, Header: retryAfterHeader("40")}
	for _, test := range []struct {
		name     string
		faults   []fakecloud.Fault
		requests []time.Duration
		status   int // of the transient error before, 0 for none
	}{
		{"in a request", []fakecloud.Fault{hang}, []time.Duration{0}, 0},
		{"in a body", []fakecloud.Fault{{Kind: fakecloud.HangInBody, Body: "{"}}, []time.Duration{0}, 0},
		{"in the body of an error", []fakecloud.Fault{{Kind: fakecloud.HangInBody, Status: 503, Body: "{"}}, []time.Duration{0}, 0},
		{"in a retry", []fakecloud.Fault{unavailable, hang}, []time.Duration{0, 40 * time.Second}, 503},
	} {
		for want, c := range map[error]call{
			context.Canceled:         {cancel: 50 * time.Second},
			context.DeadlineExceeded: {timeout: 50 * time.Second},
		} {
			t.Run(want.Error()+" "+test.name, func(t *testing.T) {
				c.faults, c.maxRetries = test.faults, 5
				got := c.run(t)
				diff(t, "duration", 50*time.Second, got.duration)
				diff(t, "requests", test.requests, got.requests)
				if !errors.Is(got.err, want) {
					t.Errorf("the error is %v, want %v", got.err, want)
				}
				var before *Error
				if errors.As(got.err, &before) != (test.status > 0) || test.status > 0 && before.Status != test.status {
					t.Errorf("the error is %v, want the status %d in it", got.err, test.status)
				}
			})
		}
	}
	got := call{faults: []fakecloud.Fault{unavailable, unavailable}, maxRetries: 5, cancel: 50 * time.Second}.run(t) // in a delay
	diff(t, "requests", []time.Duration{0, 40 * time.Second}, got.requests)
	diff(t, "duration", 50*time.Second, got.duration)
	diff(t, "canceled", true, errors.Is(got.err, context.Canceled))
	diff(t, "status of the error before", 503, requestError(t, got.err).Status)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	cloud := newCloud()
	err := readJob(canceled, newClient(cloud.Transport(), 5))
	diff(t, "error of a canceled context", context.Canceled, err)
	diff(t, "requests", 0, len(cloud.Requests()))
}

// TestDo_lastAttempt: a delay is cut so that exactly one attempt fits before the
// deadline, and the error before the deadline is not lost.
func TestDo_lastAttempt(t *testing.T) {
	for _, test := range []struct {
		name       string
		status     int
		retryAfter string
		timeout    time.Duration
		times      int // that the service is unavailable
		want       []time.Duration
		err        bool
	}{
		{"no deadline", 503, "60", 0, 1, []time.Duration{0, time.Minute}, false},
		{"before the deadline", 503, "20", 30 * time.Second, 1, []time.Duration{0, 20 * time.Second}, false},
		{"cut", 503, "60", 30 * time.Second, 1, []time.Duration{0, 29 * time.Second}, false},
		{"cut in vain", 503, "3600", 30 * time.Second, -1, []time.Duration{0, 29 * time.Second}, true},
		{"cut after another retry", 503, "20", 30 * time.Second, -1, []time.Duration{0, 20 * time.Second, 29 * time.Second}, true},
		{"a short limit", 503, "60", 5 * time.Second, -1, []time.Duration{0, 4500 * time.Millisecond}, true},
		{"throttled", 429, "60", 3*time.Minute + 30*time.Second, -1, []time.Duration{0, time.Minute, 2 * time.Minute, 3 * time.Minute, 209 * time.Second}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			fault := fakecloud.Fault{Status: test.status, Header: retryAfterHeader(test.retryAfter), Times: test.times}
			got := call{faults: []fakecloud.Fault{fault}, maxRetries: 3, timeout: test.timeout}.run(t)
			diff(t, "requests", test.want, got.requests)
			diff(t, "duration", test.want[len(test.want)-1], got.duration)
			diff(t, "deadline", test.err, errors.Is(got.err, context.DeadlineExceeded))
			if test.err {
				diff(t, "status of the last response", test.status, requestError(t, got.err).Status)
			}
		})
	}
	got := call{faults: always(fakecloud.Fault{Status: 429}), maxRetries: 1, timeout: 10 * time.Minute}.run(t)
	if n := len(got.requests); n < 600/30 || n > 600 {
		t.Errorf("without Retry-After, %d requests were sent in 10 minutes", n)
	}
}
