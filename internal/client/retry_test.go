// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// trial is a read of a job in virtual time that meets faults first.
type trial struct {
	faults  []fakecloud.Fault
	retries int
	limit   time.Duration // 0 for none
	cancel  time.Duration // after which the read is cancelled, 0 for never
}

// course is how a trial went.
type course struct {
	at    []time.Duration // of the requests
	after time.Duration
	err   error
}

func (r trial) run(t *testing.T) (c course) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
		cloud.Fail(jobPath, r.faults...)
		p := project(t, newClient(cloud.Transport(), retries(r.retries)))

		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		if r.limit > 0 {
			limited, end := context.WithTimeout(ctx, r.limit)
			defer end()
			ctx = limited
		}
		if r.cancel > 0 {
			defer time.AfterFunc(r.cancel, stop).Stop()
		}
		begin := time.Now()
		_, c.err = p.DCSJob(ctx, jobID)
		c.after = time.Since(begin)
		for _, request := range cloud.Requests() {
			c.at = append(c.at, request.Time.Sub(begin))
		}
	})
	return c
}

// each is a fault that strikes every request.
func each(f fakecloud.Fault) []fakecloud.Fault {
	f.Times = -1
	return []fakecloud.Fault{f}
}

func status(code int) fakecloud.Fault { return fakecloud.Fault{Status: code} }

func retryAfterHeader(value string) http.Header { return http.Header{"Retry-After": {value}} }

// transientFaults are those that are retried, with the time they take and the
// error that they end in.
func transientFaults() map[string]struct {
	fault fakecloud.Fault
	takes time.Duration
	text  string
} {
	return map[string]struct {
		fault fakecloud.Fault
		takes time.Duration
		text  string
	}{
		"500":           {status(500), 0, "status 500"},
		"502":           {status(502), 0, "status 502"},
		"503":           {status(503), 0, "status 503"},
		"504":           {status(504), 0, "status 504"},
		"reset":         {fakecloud.Fault{Kind: fakecloud.Reset}, 0, "read tcp: read: connection reset by peer"},
		"truncated":     {fakecloud.Fault{Kind: fakecloud.Truncate, Body: `{"status":"SUC`}, 0, "unexpected EOF"},
		"truncated 500": {fakecloud.Fault{Kind: fakecloud.Truncate, Status: 500, Body: `{"error_code"`}, 0, "unexpected EOF"},
		"hang":          {fakecloud.Fault{Kind: fakecloud.Hang}, time.Minute, "no complete answer within 1m0s"},
		"hang in body":  {fakecloud.Fault{Kind: fakecloud.HangInBody, Body: `{`}, time.Minute, "no complete answer within 1m0s"},
	}
}

func TestRetry_endsAfterMaxRetries(t *testing.T) {
	for name, f := range transientFaults() {
		for _, most := range []int{5, 1, 0} {
			t.Run(name, func(t *testing.T) {
				c := trial{faults: each(f.fault), retries: most}.run(t)
				diff(t, "requests", most+1, len(c.at))
				diff(t, "error", errors.New("GET "+jobURL+": "+f.text), c.err)
				for i, at := range c.at[1:] {
					pause := at - c.at[i] - f.takes
					if pause < time.Second || pause >= min(time.Second<<(i+1), 30*time.Second) {
						t.Errorf("pause %d is %s", i+1, pause)
					}
				}
			})
		}
	}
}

func TestRetry_succeedsOnceTheFaultHasPassed(t *testing.T) {
	for name, f := range transientFaults() {
		t.Run(name, func(t *testing.T) {
			f.fault.Times = 5
			c := trial{faults: []fakecloud.Fault{f.fault}, retries: 5}.run(t)
			diff(t, "requests", 6, len(c.at))
			diff(t, "error", nil, c.err)
		})
	}
}

func TestRetry_leavesLastingFaultsAlone(t *testing.T) {
	faults := map[string]fakecloud.Fault{
		"HTML":           {Body: "<html>"},
		"an empty body":  {Status: 200},
		"no JSON":        {Body: "{"},
		"a wrong member": {Body: `{"status":{}}`},
		"an endless body": {
			Kind: fakecloud.Endless,
		},
		"no content":            {Status: 204},
		"a body of another 2xx": {Status: 202, Body: `{"status":"SUCCESS"}`},
	}
	for _, code := range []int{400, 401, 403, 404, 405, 408, 409, 410, 413, 418, 422, 501, 505} {
		faults[http.StatusText(code)] = status(code)
	}
	for _, code := range []int{300, 301, 302, 303, 304, 307, 308} {
		faults["to the same host: "+http.StatusText(code)] = fakecloud.Fault{Status: code, Header: http.Header{"Location": {jobPath}}}
		faults["elsewhere: "+http.StatusText(code)] = fakecloud.Fault{Status: code, Header: http.Header{"Location": {"https://example.com/"}}}
		faults["nowhere: "+http.StatusText(code)] = status(code)
	}
	for name, f := range faults {
		t.Run(name, func(t *testing.T) {
			c := trial{faults: each(f), retries: 5}.run(t)
			diff(t, "requests", []time.Duration{0}, c.at)
			diff(t, "transient", false, func() bool { e := fault(t, c.err); return e.Transient() }())
		})
	}
}

func TestRedirect_isRefused(t *testing.T) {
	got := refusedAs(t, fakecloud.Fault{Status: 302, Header: http.Header{"Location": {jobPath}}})
	diff(t, "error", Error{Kind: KindStatus, Status: 302, RequestID: firstID}, got)
}

func TestThrottling_goesOnToTheDeadline(t *testing.T) {
	c := trial{faults: each(fakecloud.Fault{Status: 429, Header: retryAfterHeader("60")}), retries: 1, limit: 10*time.Minute - time.Second}.run(t)
	var every []time.Duration
	for i := range 10 {
		every = append(every, time.Duration(i)*time.Minute)
	}
	diff(t, "requests", every, c.at)
	diff(t, "duration", 10*time.Minute-time.Second, c.after)
	if !errors.Is(c.err, context.DeadlineExceeded) {
		t.Errorf("the error is %v, want the deadline", c.err)
	}
	diff(t, "status in the error", 429, fault(t, c.err).Status)
}

func TestThrottling_withoutRetryAfterBacksOffAsWell(t *testing.T) {
	c := trial{faults: each(status(429)), retries: 1, limit: 10 * time.Minute}.run(t)
	if len(c.at) < 600/30 || len(c.at) > 6+600 {
		t.Errorf("%d requests in 10 minutes", len(c.at))
	}
	for i, at := range c.at[1:] {
		if pause := at - c.at[i]; pause < time.Second || pause >= 30*time.Second {
			t.Errorf("pause %d is %s", i+1, pause)
		}
	}
	diff(t, "duration", 10*time.Minute, c.after)
}

func TestThrottling_usesUpNoRetries(t *testing.T) {
	throttled, away := status(429), status(503)
	throttled.Times, away.Times = 10, 2
	c := trial{faults: []fakecloud.Fault{throttled, away, throttled, away}, retries: 4}.run(t)
	diff(t, "requests", 25, len(c.at))
	diff(t, "error", nil, c.err)

	c = trial{faults: []fakecloud.Fault{throttled, away, throttled, away}, retries: 3}.run(t)
	diff(t, "requests", 24, len(c.at))
	diff(t, "status in the error", 503, fault(t, c.err).Status)
}

func TestThrottling_isNotRetriedWhereRetryingIsOff(t *testing.T) {
	c := trial{faults: each(status(429)), retries: 0}.run(t)
	diff(t, "requests", []time.Duration{0}, c.at)
	diff(t, "status in the error", 429, fault(t, c.err).Status)
}

func TestRetryAfter_isHonoured(t *testing.T) {
	for _, test := range []struct {
		name   string
		header http.Header
		want   time.Duration // 0 for a pause of our own
	}{
		{"whole", retryAfterHeader("7"), 7 * time.Second},
		{"a fraction", retryAfterHeader("56.818"), 56818 * time.Millisecond},
		{"longer than any backoff", retryAfterHeader("120"), 2 * time.Minute},
		{"a date", retryAfterHeader("Sat, 01 Jan 2000 00:00:20 GMT"), 20 * time.Second},
		{"a date by the server's clock", http.Header{"Retry-After": {"Sat, 01 Jan 2000 06:00:20 GMT"}, "Date": {"Sat, 01 Jan 2000 06:00:00 GMT"}}, 20 * time.Second},
		{"negative", retryAfterHeader("-1"), 0},
		{"no number", retryAfterHeader("NaN"), 0},
		{"garbage", retryAfterHeader("soon"), 0},
		{"a date that has passed", retryAfterHeader("Fri, 31 Dec 1999 00:00:00 GMT"), 0},
	} {
		for _, code := range []int{429, 503} {
			t.Run(test.name, func(t *testing.T) {
				c := trial{faults: []fakecloud.Fault{{Status: code, Header: test.header}}, retries: 1}.run(t)
				diff(t, "error", nil, c.err)
				if test.want > 0 {
					diff(t, "requests", []time.Duration{0, test.want}, c.at)
				} else if pause := c.at[1]; pause < time.Second || pause >= 2*time.Second {
					t.Errorf("the pause is %s", pause)
				}
			})
		}
	}
}

func TestRetryAfter_isCappedByTheDeadline(t *testing.T) {
	for _, value := range []string{"3600", "1e12", "Sat, 01 Jan 2050 00:00:00 GMT"} {
		c := trial{faults: each(fakecloud.Fault{Status: 503, Header: retryAfterHeader(value)}), retries: 5, limit: 5 * time.Minute}.run(t)
		diff(t, "requests", []time.Duration{0}, c.at)
		diff(t, "duration", 5*time.Minute, c.after)
		if !errors.Is(c.err, context.DeadlineExceeded) {
			t.Errorf("the error is %v, want the deadline", c.err)
		}
		diff(t, "status in the error", 503, fault(t, c.err).Status)
	}
}
