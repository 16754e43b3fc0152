// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestFullJitter(t *testing.T) {
	for _, test := range []struct {
		n       int
		ceiling time.Duration
	}{
		{1, 2 * time.Second},
		{2, 4 * time.Second},
		{4, 16 * time.Second},
		{5, 30 * time.Second},
		{1000, 30 * time.Second},
	} {
		for random, want := range map[float64]time.Duration{
			0: time.Second, 0.5: (time.Second + test.ceiling) / 2, 1: test.ceiling,
		} {
			if got := fullJitter(test.n, random); got != want {
				t.Errorf("delay %d with a random %g is %s, want %s", test.n, random, got, want)
			}
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "56.818": 56818 * time.Millisecond, "0.001": time.Millisecond,
		"0": 0, "-5": 0, "NaN": 0, "-Inf": 0, "1e400": 0, "soon": 0, "5, 10": 0,
		"3600": time.Minute, "1e12": time.Minute, "Inf": time.Minute,
		"Sun, 01 Mar 2026 12:00:20 GMT":   20 * time.Second,
		"Sunday, 01-Mar-26 12:00:20 GMT":  20 * time.Second,
		"Sun, 01 Mar 2026 11:59:00 GMT":   0,
		"Mon, 01 Mar 2027 12:00:00 GMT":   time.Minute,
		"2026-03-01T12:00:20Z":            0,
		"Sunday, 01 March 2026, at noon.": 0,
	} {
		diff(t, value, want, retryAfter(http.Header{"Retry-After": {value}}, now))
	}
}

func TestBackoff_policy(t *testing.T) {
	status := func(code int) error { return &Error{Kind: KindStatus, Status: code} }
	reset := &Error{Kind: KindNetwork, Err: errors.New("connection reset by peer")}
	for _, test := range []struct {
		name       string
		maxRetries int
		errs       []error
		want       []bool // whether to retry after each
	}{
		{"disabled", 0, []error{status(503)}, []bool{false}},
		{"disabled, throttled", 0, []error{status(429)}, []bool{false}},
		{"one", 1, []error{status(503), status(503)}, []bool{true, false}},
		{"transient errors of several kinds", 2, []error{status(500), reset, status(504)}, []bool{true, true, false}},
		{"throttling uses up none", 1, []error{status(429), status(429), status(503), status(429), status(503)}, []bool{true, true, true, true, false}},
		{"throttling by a code", 1, []error{&Error{Kind: KindStatus, Status: 403, Code: "APIGW.0308"}, status(503)}, []bool{true, true}},
		{"the account's balance", 5, []error{&Error{Kind: KindStatus, Status: 429, Code: "CCE.01429004"}}, []bool{false}},
		{"a permanent error", 5, []error{status(503), status(403)}, []bool{true, false}},
		{"an error of another kind", 5, []error{context.Canceled}, []bool{false}},
		{"an error of the credentials", 5, []error{errors.Join(status(503))}, []bool{false}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := backoff{maxRetries: test.maxRetries}
			var got []bool
			for _, err := range test.errs {
				_, again := b.next(err)
				got = append(got, again)
			}
			diff(t, "retries", test.want, got)
		})
	}
}

// call reads a job in virtual time, after injected errors, and records when it sent requests.
type call struct {
	faults     []fakecloud.Fault
	maxRetries int
	timeout    time.Duration // 0 for none
	cancel     time.Duration // when the call is canceled, 0 for never
}

type callResult struct {
	requests []time.Duration // when each was sent
	duration time.Duration
	err      error
}

func (c call) run(t *testing.T) (result callResult) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Fail(jobPath, c.faults...)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if c.timeout > 0 {
			limited, end := context.WithTimeout(ctx, c.timeout)
			defer end()
			ctx = limited
		}
		if c.cancel > 0 {
			defer time.AfterFunc(c.cancel, cancel).Stop()
		}
		begin := time.Now()
		result.err = readJob(ctx, newClient(cloud.Transport(), c.maxRetries))
		result.duration = time.Since(begin)
		for _, r := range cloud.Requests() {
			result.requests = append(result.requests, r.Time.Sub(begin))
		}
	})
	return result
}

// always injects an error into every request.
func always(f fakecloud.Fault) []fakecloud.Fault {
	f.Times = -1
	return []fakecloud.Fault{f}
}

func retryAfterHeader(value string) http.Header { return http.Header{"Retry-After": {value}} }

func TestDo_retriesTransientErrors(t *testing.T) {
	for name, test := range map[string]struct {
		fault fakecloud.Fault
		takes time.Duration
		text  string
	}{
		"408":           {fakecloud.Fault{Status: 408}, 0, "status 408"},
		"520":           {fakecloud.Fault{Status: 520}, 0, "status 520"},
		"empty":         {fakecloud.Fault{Status: 200}, 0, errEmpty.Error()},
		"cut":           {fakecloud.Fault{Body: `{"status":"SUC`}, 0, errTruncated.Error()},
		"stale":         {fakecloud.Fault{Header: http.Header{"Age": {"604800"}}, Body: `{"status":"SUCCESS"}`}, 0, "the response comes from a cache, and its Age is 604800"},
		"reset":         {fakecloud.Fault{Kind: fakecloud.Reset}, 0, "read tcp: read: connection reset by peer"},
		"truncated":     {fakecloud.Fault{Kind: fakecloud.Truncate, Body: `{"status":"SUC`}, 0, "unexpected EOF"},
		"truncated 500": {fakecloud.Fault{Kind: fakecloud.Truncate, Status: 500, Body: `{"error_code"`}, 0, "unexpected EOF"},
		"hang":          {fakecloud.Fault{Kind: fakecloud.Hang}, time.Minute, "no complete response within 1m0s"},
		"hang in body":  {fakecloud.Fault{Kind: fakecloud.HangInBody, Body: `{`}, time.Minute, "no complete response within 1m0s"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, maxRetries := range []int{5, 0} {
				got := call{faults: always(test.fault), maxRetries: maxRetries}.run(t)
				diff(t, "requests", maxRetries+1, len(got.requests))
				diff(t, "error", errors.New("GET "+jobURL+": "+test.text), got.err)
				for i, at := range got.requests[1:] {
					delay := at - got.requests[i] - test.takes
					if delay < time.Second || delay >= min(time.Second<<(i+1), 30*time.Second) {
						t.Errorf("delay %d is %s", i+1, delay)
					}
				}
			}
			test.fault.Times = 5
			got := call{faults: []fakecloud.Fault{test.fault}, maxRetries: 5}.run(t)
			diff(t, "requests until it succeeds", 6, len(got.requests))
			diff(t, "error", nil, got.err)
		})
	}
}

// TestDo_decodesEachAttemptAfresh: the fields of a truncated response, or of one
// that was refused, must not complete the next one.
func TestDo_decodesEachAttemptAfresh(t *testing.T) {
	for name, fault := range map[string]fakecloud.Fault{
		"truncated": {Body: `{"status":"SUCCESS","total":1,"records":[{"id":"a"}]`},
		"throttled": {Body: `{"status":"SUCCESS","total":1,"records":[{"id":"a"}],"error_code":"APIGW.0308"}`},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				cloud.Serve(jobPath, fakecloud.Response{Body: `{"note":"x"}`})
				cloud.Fail(jobPath, fault)
				var response job
				diff(t, "error", nil, Do(t.Context(), newClient(cloud.Transport(), 1), jobRequest(), &response))
				diff(t, "requests", 2, len(cloud.Requests()))
				if response.Status.Present() || response.Total.Present() || response.Records.Present() || response.Note.String() != "x" {
					t.Errorf("the response is %+v", response)
				}
			})
		})
	}
}

func TestDo_doesNotRetryPermanentErrors(t *testing.T) {
	faults := map[string]fakecloud.Fault{
		"HTML":                  {Body: "<html>"},
		"invalid JSON":          {Body: "{]"},
		"a field of wrong type": {Body: `{"status":{}}`},
		"a refusal":             {Body: `{"status":"SUCCESS","error_code":"DCS.5000"}`},
		"an endless body":       {Kind: fakecloud.Endless},
		"no content":            {Status: 204},
		"another 2xx":           {Status: 202, Body: `{"status":"SUCCESS"}`},
	}
	for _, code := range []int{400, 401, 403, 404, 405, 409, 410, 413, 418, 422, 501, 505} {
		faults[http.StatusText(code)] = fakecloud.Fault{Status: code}
	}
	for _, code := range []int{300, 301, 302, 303, 304, 307, 308} {
		faults["to the same host: "+http.StatusText(code)] = fakecloud.Fault{Status: code, Header: http.Header{"Location": {jobPath}}}
		faults["to another host: "+http.StatusText(code)] = fakecloud.Fault{Status: code, Header: http.Header{"Location": {"https://example.com/"}}}
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			got := call{faults: always(fault), maxRetries: 5}.run(t)
			diff(t, "requests", []time.Duration{0}, got.requests)
			diff(t, "transient", false, requestError(t, got.err).Transient())
		})
	}
}

func TestDo_waitsAsLongAsRetryAfterSays(t *testing.T) {
	for _, test := range []struct {
		name   string
		header http.Header
		want   time.Duration // 0 for a delay of backoff, or that of a probe
	}{
		{"seconds", retryAfterHeader("56.818"), 56818 * time.Millisecond},
		{"next to nothing", retryAfterHeader("0.001"), time.Second},
		{"an hour", retryAfterHeader("3600"), time.Minute},
		{"a date", retryAfterHeader("Sat, 01 Jan 2000 00:00:20 GMT"), 20 * time.Second},
		{"a date by the server's clock", http.Header{"Retry-After": {"Sat, 01 Jan 2000 06:00:20 GMT"}, "Date": {"Sat, 01 Jan 2000 06:00:00 GMT"}}, 20 * time.Second},
		{"invalid", retryAfterHeader("soon"), 0},
	} {
		for _, code := range []int{429, 503} {
			t.Run(test.name, func(t *testing.T) {
				got := call{faults: []fakecloud.Fault{{Status: code, Header: test.header}}, maxRetries: 1}.run(t)
				diff(t, "error", nil, got.err)
				want := test.want
				if want == 0 && code == http.StatusTooManyRequests {
					want = probeInterval
				}
				if want > 0 {
					diff(t, "requests", []time.Duration{0, want}, got.requests)
				} else if delay := got.requests[1]; delay < time.Second || delay >= 2*time.Second {
					t.Errorf("the delay is %s", delay)
				}
			})
		}
	}
}

func TestDo_sendsAnOptionalRequestOnce(t *testing.T) {
	cloud := newCloud()
	cloud.Fail(jobPath, fakecloud.Fault{Status: 503})
	r := jobRequest()
	r.Once = true
	err := Do(t.Context(), newClient(cloud.Transport(), 5), r, &job{})
	diff(t, "status", 503, requestError(t, err).Status)
	diff(t, "requests", 1, len(cloud.Requests()))
}
