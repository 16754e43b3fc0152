// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"net/http"
	"testing"
	"time"
)

var paceStart = time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)

func paceAt(seconds float64) time.Time {
	return paceStart.Add(time.Duration(seconds * float64(time.Second)))
}

// sendAll sends requests for some time as fast as the rate allows, and returns
// how many. All of them are accepted.
func sendAll(r *paceRate, from, to float64) (sent int) {
	for now := paceAt(from); now.Before(paceAt(to)); {
		if at := r.turn(now, 0); at.After(now) {
			now = at
			continue
		}
		r.sent(now)
		r.accepted(now, now)
		sent++
	}
	return sent
}

func refusal(message string, retryAfter time.Duration) *Error {
	return &Error{Kind: KindStatus, Status: http.StatusTooManyRequests, Message: message, RetryAfter: retryAfter}
}

const sixtyAMinute = "The throttling threshold has been reached: policy user over ratelimit,limit:60,time:1 minute"

func TestPaceRate_slowStart(t *testing.T) {
	r := newPaceRate(paceStart)
	for minute, want := range []int{200, 360, 720, 1440, 2880, 3000, 3000} {
		got := sendAll(&r, float64(minute)*60, float64(minute+1)*60)
		if got < want-startBurst || got > want+1 {
			t.Errorf("%d requests in minute %d, want %d", got, minute+1, want)
		}
	}
}

func TestPaceRate_fallsBelowTheQuota(t *testing.T) {
	for name, test := range map[string]struct {
		refusal *Error
		before  int // requests that were accepted in the last minute
		starved bool
		want    int // requests in a minute
	}{
		"limit in the message":                {refusal(sixtyAMinute, 0), 200, true, 57},
		"another window":                      {refusal("limit:100,time:30 second", 0), 200, true, 190},
		"a window of seconds":                 {refusal("limit:10,time:1 second", 0), 200, true, 570},
		"limit above that of the host":        {refusal("limit:200,time:1 second", 0), 200, true, 3000},
		"what got through":                    {refusal("throttled", 0), 100, true, 95},
		"what got through, with Retry-After":  {refusal("throttled", 20*time.Second), 100, true, 95},
		"too little to know":                  {refusal("throttled", 0), 10, false, 57},
		"little, although polls were waiting": {refusal("throttled", 0), 10, true, 9},
		"nothing":                             {refusal("throttled", 0), 0, true, 0},
	} {
		t.Run(name, func(t *testing.T) {
			r := newPaceRate(paceStart)
			for range test.before {
				r.accepted(paceAt(30), paceAt(30))
			}
			r.refused(paceAt(50), paceAt(50), test.refusal, test.starved)
			r.accepted(paceAt(100), paceAt(100)) // the probe
			sendAll(&r, 100, 120)                // the burst, and more
			if got := sendAll(&r, 120, 180); got < test.want-1 || got > test.want+1 {
				t.Errorf("%d requests in a minute, want %d", got, test.want)
			}
		})
	}
}

// TestPaceRate_sharedQuota: a quota that is used up although the rate is below it
// is used by others, too.
func TestPaceRate_sharedQuota(t *testing.T) {
	r := newPaceRate(paceStart)
	r.refused(paceAt(1), paceAt(1), refusal(sixtyAMinute, 0), true)
	r.accepted(paceAt(60), paceAt(60))
	sendAll(&r, 60, 90)
	r.refused(paceAt(91), paceAt(91), refusal(sixtyAMinute, 0), true)
	r.accepted(paceAt(120), paceAt(120))
	sendAll(&r, 120, 180)
	if got := sendAll(&r, 180, 240); got > 32 {
		t.Errorf("%d requests in a minute, although 32 got through in the last one", got)
	}
}

func TestPaceRate_forgetsTheQuota(t *testing.T) {
	r := newPaceRate(paceStart)
	r.refused(paceAt(1), paceAt(1), refusal(sixtyAMinute, 0), true)
	r.accepted(paceAt(60), paceAt(60))
	for minute, want := range map[int]int{2: 57, 4: 57, 5: 114, 6: 228, 10: 3000} {
		last := r // the minutes are in no order
		sendAll(&last, 60, float64(minute)*60+1)
		if got := sendAll(&last, float64(minute)*60+1, float64(minute+1)*60+1); got < want-2 || got > want+2 {
			t.Errorf("%d requests in the minute after %d, want %d", got, minute, want)
		}
	}
}

func TestPaceRate_probes(t *testing.T) {
	for name, test := range map[string]struct {
		retryAfter time.Duration
		want       time.Duration
	}{
		"without Retry-After": {0, 5 * time.Second},
		"Retry-After":         {42500 * time.Millisecond, 42500 * time.Millisecond},
		"a short one":         {time.Millisecond, time.Second},
		"a long one":          {time.Hour, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			r, at := newPaceRate(paceStart), paceAt(1)
			r.refused(at, at, refusal(sixtyAMinute, test.retryAfter), false)
			for i := range 4 {
				next := at.Add(test.want)
				if got := r.turn(at, 0); !got.Equal(next) {
					t.Fatalf("the next probe is sent after %s, want %s", got.Sub(at), test.want)
				}
				r.sent(next)
				if got := r.turn(next, 0); got.Sub(next) < requestTimeout {
					t.Errorf("another probe is sent %s after the first one, which has no response", got.Sub(next))
				}
				at = next
				if i%2 == 0 { // in either order
					r.returned(at)
				}
				r.refused(at, at, refusal(sixtyAMinute, test.retryAfter), false)
				r.returned(at)
			}
			r.sent(at)
			r.returned(at) // a network error
			if got := r.turn(at, 0).Sub(at); got != 5*time.Second {
				t.Errorf("after an error, the next probe is sent after %s", got)
			}
		})
	}
}

// TestPaceRate_ignoresRequestsOnTheirWay: what was sent before the first refusal
// or before the probe says nothing about the present.
func TestPaceRate_ignoresRequestsOnTheirWay(t *testing.T) {
	r := newPaceRate(paceStart)
	r.refused(paceAt(1), paceAt(2), refusal(sixtyAMinute, 0), true)
	r.accepted(paceAt(1.5), paceAt(3))
	if !r.closed {
		t.Error("a request from before the refusal has opened the rate")
	}
	r.accepted(paceAt(7), paceAt(8))
	r.refused(paceAt(7.5), paceAt(9), refusal(sixtyAMinute, 0), true)
	if r.closed {
		t.Error("a request from before the probe's response has closed the rate")
	}
}

func TestToldQuota(t *testing.T) {
	for message, want := range map[string]struct {
		limit  int
		window time.Duration
	}{
		sixtyAMinute: {60, time.Minute},
		"The throttling threshold has been reached: policy api over ratelimit,limit:2000,time:1 minute": {2000, time.Minute},
		"policy ip over ratelimit, Limit:5, Time:10 Seconds":                                            {5, 10 * time.Second},
		"limit:1,time:1 hour":                       {1, time.Hour},
		"limit:1,time:1 day":                        {1, 24 * time.Hour},
		"limit:0,time:1 minute":                     {},
		"limit:1,time:0 minute":                     {},
		"limit:99999999999999999999,time:1 minute":  {},
		"limit:60,time:1 fortnight":                 {},
		"The throttling threshold has been reached": {},
		"": {},
	} {
		limit, window, ok := toldQuota(message)
		if limit != want.limit || window != want.window || ok != (want.limit > 0) {
			t.Errorf("%q: %d in %s, %t", message, limit, window, ok)
		}
	}
}
