// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"math"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

const (
	minBackoff = time.Second
	maxBackoff = 30 * time.Second
	// maxRetryAfter keeps an absurd Retry-After within what a Duration holds; the deadline comes first.
	maxRetryAfter = 24 * time.Hour
)

// backoff decides whether and when one request is made again. It is the only
// place that does so; going on with a wait after a fault is not its business.
type backoff struct {
	budget   int // how many transient faults may be retried, 0 for none
	faults   int // that used the budget up
	failures int // of any kind, for the pause
}

// next returns the pause before another attempt. Throttling uses up no budget,
// since the window of a limit is a minute: it ends with the caller's deadline.
func (b *backoff) next(err error) (pause time.Duration, again bool) {
	var fault *Error
	if b.budget == 0 || !errors.As(err, &fault) || !fault.Transient() {
		return 0, false
	}
	if fault.Status != http.StatusTooManyRequests {
		b.faults++
		if b.faults > b.budget {
			return 0, false
		}
	}
	b.failures++
	if fault.RetryAfter > 0 {
		return fault.RetryAfter, true
	}
	return fullJitter(b.failures, rand.Float64()), true
}

// fullJitter is the n-th pause, anywhere between the shortest and a ceiling
// that doubles each time; random is in [0, 1).
func fullJitter(n int, random float64) time.Duration {
	ceiling := maxBackoff
	if n < 5 { // 2^5 s is above the maximum
		ceiling = minBackoff << n
	}
	return minBackoff + time.Duration(random*float64(ceiling-minBackoff))
}

// retryAfter reads the header of that name: seconds, which may have a fraction,
// or a date, which counts from the server's own clock. 0 means that it says nothing.
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
