// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

const (
	minBackoff = time.Second
	maxBackoff = 30 * time.Second
	// maxRetryAfter bounds what a service asks for: the window of a rate limit is a minute.
	maxRetryAfter = time.Minute
)

// retry makes attempts until one succeeds, the policy ends them, or the context
// is done. The last attempt is made at last, unless that is zero.
func retry(ctx context.Context, policy *backoff, last time.Time, attempt func() error) error {
	var before error // the transient error before, which must not be lost when the time runs out
	for {
		err := attempt()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return errors.Join(err, before)
		}
		delay, again := policy.next(err)
		if !again {
			return err
		}
		if !last.IsZero() {
			left := time.Until(last)
			if left <= 0 {
				return errors.Join(context.DeadlineExceeded, err)
			}
			delay = min(delay, left)
		}
		before = err
		if err := task.Sleep(ctx, delay); err != nil {
			return errors.Join(err, before)
		}
	}
}

// lastAttempt returns when the last attempt of a request must be made that still
// fits before the deadline, zero without a deadline.
func lastAttempt(ctx context.Context) time.Time {
	deadline, ok := ctx.Deadline()
	if !ok {
		return time.Time{}
	}
	return deadline.Add(-task.Reserve(time.Until(deadline)))
}

// backoff decides whether and when a request is retried. Whether a wait for a
// task survives an error is decided elsewhere.
type backoff struct {
	maxRetries int // after transient errors, 0 for none
	retries    int // that count
	failures   int // all transient errors, for the delay
}

// next returns the delay before the next attempt. A throttled request does not
// use up a retry, since a rate limit takes up to a minute: only the caller's
// deadline ends its retries, and the pacer delays them.
func (b *backoff) next(err error) (delay time.Duration, again bool) {
	// Not errors.As: an error of the credentials may wrap that of another
	// request, which was retried already.
	e, ok := err.(*Error) //nolint:errorlint // for the reason above
	if b.maxRetries == 0 || !ok || !e.Transient() {
		return 0, false
	}
	if e.exceedsRate() {
		return 0, true
	}
	if !e.Throttled() {
		b.retries++
		if b.retries > b.maxRetries {
			return 0, false
		}
	}
	b.failures++
	if e.RetryAfter > 0 {
		return min(max(e.RetryAfter, minBackoff), maxRetryAfter), true
	}
	return fullJitter(b.failures, rand.Float64()), true
}

// fullJitter is the n-th delay, anywhere between the minimum and a ceiling that
// doubles each time; random is in [0, 1).
func fullJitter(n int, random float64) time.Duration {
	ceiling := maxBackoff
	if n < 5 { // 2^5 s is above the maximum
		ceiling = minBackoff << n
	}
	return minBackoff + time.Duration(random*float64(ceiling-minBackoff))
}

// retryAfter reads the header of that name: seconds, which may have a fraction,
// or a date, which is relative to the server's own clock. It returns 0 for none.
// Source: RFC 9110, section 10.2.3.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		if math.IsNaN(seconds) || seconds <= 0 {
			return 0
		}
		return time.Duration(min(seconds, maxRetryAfter.Seconds()) * float64(time.Second))
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(date.Sub(now), 0), maxRetryAfter)
}
