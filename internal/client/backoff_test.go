// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"
)

func TestFullJitter_liesBetweenASecondAndADoublingCeiling(t *testing.T) {
	for _, test := range []struct {
		n       int
		ceiling time.Duration
	}{
		{1, 2 * time.Second},
		{2, 4 * time.Second},
		{3, 8 * time.Second},
		{4, 16 * time.Second},
		{5, 30 * time.Second},
		{6, 30 * time.Second},
		{1000, 30 * time.Second},
	} {
		for random, want := range map[float64]time.Duration{
			0: time.Second, 0.5: (time.Second + test.ceiling) / 2, 1: test.ceiling,
		} {
			if got := fullJitter(test.n, random); got != want {
				t.Errorf("pause %d with a random %g is %s, want %s", test.n, random, got, want)
			}
		}
	}
}

func TestRetryAfter_readsSecondsAndDates(t *testing.T) {
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name, value string
		want        time.Duration
	}{
		{"absent", "", 0},
		{"whole seconds", "7", 7 * time.Second},
		{"a fraction", "56.818", 56818 * time.Millisecond},
		{"a small fraction", "0.25", 250 * time.Millisecond},
		{"nothing", "0", 0},
		{"a negative number", "-5", 0},
		{"no number", "NaN", 0},
		{"absurdly much", "1e12", 24 * time.Hour},
		{"more than any number", "1e400", 0},
		{"infinity", "Inf", 24 * time.Hour},
		{"minus infinity", "-Inf", 0},
		{"garbage", "soon", 0},
		{"a list", "5, 10", 0},
		{"a date", "Sun, 01 Mar 2026 12:00:20 GMT", 20 * time.Second},
		{"a date that has passed", "Sun, 01 Mar 2026 11:59:00 GMT", 0},
		{"a date far away", "Mon, 01 Mar 2027 12:00:00 GMT", 24 * time.Hour},
		{"a date of RFC 850", "Sunday, 01-Mar-26 12:00:20 GMT", 20 * time.Second},
		{"a date of another form", "2026-03-01T12:00:20Z", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "pause", test.want, retryAfter(http.Header{"Retry-After": {test.value}}, now))
		})
	}
}

func TestBackoff_countsWhatUsesUpTheBudget(t *testing.T) {
	refused := func(status int) error { return &Error{Kind: KindStatus, Status: status} }
	reset := &Error{Kind: KindNetwork, Err: errors.New("connection reset by peer")}
	for _, test := range []struct {
		name   string
		budget int
		errs   []error
		want   []bool // whether to try again after each
	}{
		{"none", 0, []error{refused(503)}, []bool{false}},
		{"none, not even for throttling", 0, []error{refused(429)}, []bool{false}},
		{"one", 1, []error{refused(503), refused(503)}, []bool{true, false}},
		{"faults of several kinds", 2, []error{refused(500), reset, refused(504)}, []bool{true, true, false}},
		{"throttling is free", 1, []error{refused(429), refused(429), refused(503), refused(429), refused(503)}, []bool{true, true, true, true, false}},
		{"a lasting fault in between", 5, []error{refused(503), refused(403)}, []bool{true, false}},
		{"an error of another kind", 5, []error{context.Canceled}, []bool{false}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := backoff{budget: test.budget}
			var got []bool
			for _, err := range test.errs {
				_, again := b.next(err)
				got = append(got, again)
			}
			diff(t, "again", test.want, got)
		})
	}
}

func TestBackoff_doesAsTheServiceAsks(t *testing.T) {
	b := backoff{budget: 5}
	for _, asked := range []time.Duration{20 * time.Millisecond, 56818 * time.Millisecond, 24 * time.Hour} {
		pause, again := b.next(&Error{Kind: KindStatus, Status: 503, RetryAfter: asked})
		diff(t, "pause", asked, pause)
		diff(t, "again", true, again)
	}
}

func TestTransient_isWhatMayPassByItself(t *testing.T) {
	for status := 100; status < 600; status++ {
		want := status == 429 || status == 500 || status == 502 || status == 503 || status == 504
		diff(t, http.StatusText(status), want, (&Error{Kind: KindStatus, Status: status}).Transient())
		diff(t, http.StatusText(status), false, (&Error{Kind: KindNotFound, Status: status}).Transient())
		diff(t, http.StatusText(status), false, (&Error{Kind: KindMalformed, Status: status}).Transient())
	}
}
