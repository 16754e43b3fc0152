// SPDX-License-Identifier: MPL-2.0

package transport_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func throttled(err error) bool {
	var e *transport.Error
	return errors.As(err, &e) && e.Throttled()
}

// TestPacer_probesUntilTheWindowEnds: refused polls are not retried each for
// itself, and none of them fails.
func TestPacer_probesUntilTheWindowEnds(t *testing.T) {
	paced(t, fakecloud.Quota{Limit: 20}, func(b bubble) {
		b.exhaust()
		together(10, func(i int) {
			job := fmt.Sprint(i)
			b.serve(job, "RUNNING")
			if status, err := b.poll(b.Context(), job, 0); status != "RUNNING" || err != nil {
				b.Error(status, err)
			}
		})
		refused := 0
		for _, r := range b.cloud.Requests() {
			if r.Status == http.StatusTooManyRequests {
				refused++
			}
		}
		if refused > 13 {
			b.Errorf("%d requests were refused, want one every 5 s", refused)
		}
		if took := time.Since(b.start); took < time.Minute || took > 2*time.Minute {
			b.Errorf("all polls were served after %s", took)
		}
	})
}

func TestPacer_holdsReadsWhileTheGatewayRefuses(t *testing.T) {
	paced(t, fakecloud.Quota{Limit: 20, Throttle: fakecloud.ThrottleRetryAfter}, func(b bubble) {
		b.exhaust()
		b.serve("a", "RUNNING")
		b.serve("b", "RUNNING")
		together(2, func(i int) {
			b.sleepUntil(time.Duration(1+i) * time.Second)
			if _, err := b.read(b.Context(), request(string(rune('a'+i)))); err != nil {
				b.Error(err)
			}
		})
		b.diff("requests", []string{"1.00 a", "60.00 a", "60.02 b"}, b.sent()[20:])
	})
}

func TestPacer_quotaOfAnotherAPI(t *testing.T) {
	paced(t, fakecloud.Quota{Limit: 20, Throttle: fakecloud.ThrottleRetryAfter}, func(b bubble) {
		b.exhaust()
		go func() { _, _ = b.read(b.Context(), request("exhaust")) }()
		b.sleepUntil(2 * time.Second)
		b.cloud.Serve(fakecloud.DWSJobPath(project, "a"), fakecloud.Response{Body: `{"status":"RUNNING"}`})
		_, err := b.read(b.Context(), transport.Request{Service: transport.DCS, Region: "r", Path: transport.Path("/v1.0/%s/job/%s", project, "a")})
		b.diff("read", []any{nil, 2 * time.Second}, []any{err, time.Since(b.start)})
		b.sleepUntil(time.Minute + time.Second)
	})
}

func TestPacer_withoutRetries(t *testing.T) {
	paced(t, fakecloud.Quota{Limit: 20}, func(b bubble) {
		b.exhaust()
		b.client.Network.MaxRetries = 0
		for name, read := range map[string]func() (string, error){
			"read": func() (string, error) { return b.read(b.Context(), request("a")) },
			"poll": func() (string, error) { return b.poll(b.Context(), "b", 0) },
		} {
			before := len(b.sent())
			_, err := read()
			b.diff(name, []any{true, before + 1}, []any{throttled(err), len(b.sent())})
		}
	})
}

// TestPacer_lastPoll: a poll that has no time left does not wait for its turn,
// and a timeout shows that requests are throttled.
func TestPacer_lastPoll(t *testing.T) {
	const timeout = 30 * time.Second
	paced(t, fakecloud.Quota{Limit: 20, Throttle: fakecloud.ThrottleRetryAfter}, func(b bubble) {
		b.exhaust()
		ctx, cancel := context.WithTimeout(b.Context(), timeout)
		defer cancel()
		begin, last := time.Now(), 0
		together(200, func(i int) {
			_, err := b.poll(ctx, fmt.Sprint(i), 0)
			if !throttled(err) {
				b.Errorf("the error is %v, want a refusal in it", err)
			}
		})
		for _, r := range b.cloud.Requests() {
			if r.Time.Sub(begin) >= timeout-time.Second {
				last++
			}
		}
		if last < 49 || time.Since(begin) != timeout {
			b.Errorf("%d last polls were sent, and the timeout came after %s", last, time.Since(begin))
		}
	})
}

// TestPacer_endOfTheQuota: a quota that is no longer enforced is forgotten.
func TestPacer_endOfTheQuota(t *testing.T) {
	paced(t, fakecloud.Quota{Limit: 60}, func(b bubble) {
		ctx, cancel := context.WithCancel(b.Context())
		defer cancel()
		for i := range 100 {
			job := fmt.Sprint(i)
			b.serve(job, "RUNNING")
			go func() {
				for ctx.Err() == nil {
					_, _ = b.poll(ctx, job, time.Since(b.start)+time.Second)
				}
			}()
		}
		b.sleepUntil(2 * time.Minute)
		b.cloud.SetQuota(fakecloud.Quota{})
		b.sleepUntil(11 * time.Minute)
		before := len(b.sent())
		b.sleepUntil(12 * time.Minute)
		if n := len(b.sent()) - before; n < 1000 {
			b.Errorf("%d requests in a minute, long after the end of the quota", n)
		}
	})
}
