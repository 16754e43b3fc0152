// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"
)

// Quota is a limit of the gateway: at most Limit requests in each Window for each
// task API, whatever the IDs in the path. Windows begin at multiples of their
// length, on the clock. IAM and STS have no quota here.
type Quota struct {
	Limit        int
	Window       time.Duration // 0 stands for a minute
	Throttle     Throttle
	CountRefused bool // refused requests count too, as CCE was seen to do
}

// Throttle is what a refused request reports about the quota.
type Throttle int

const (
	// ThrottleLimit has the limit and the window in its message.
	ThrottleLimit Throttle = iota
	// ThrottleRetryAfter has the seconds to the end of the window, with a fraction,
	// in the header Retry-After, and no number in its message.
	ThrottleRetryAfter
	// ThrottleBare has neither.
	ThrottleBare
)

// quota is a Quota with its counters.
type quota struct {
	Quota

	start  time.Time      // of the window
	counts map[string]int // by API
}

// SetQuota sets the quota of all task APIs; the zero Quota removes it. It replaces
// the quota before it, with its counters.
func (c *Cloud) SetQuota(q Quota) {
	c.mu.Lock()
	defer c.mu.Unlock()
	q.Window = cmp.Or(q.Window, time.Minute)
	c.quota = quota{Quota: q}
}

// check counts a request for an API and reports whether it is refused, and how.
func (q *quota) check(api, requestID string, now time.Time) (Response, bool) {
	if q.Limit == 0 {
		return Response{}, false
	}
	if start := now.Truncate(q.Window); !start.Equal(q.start) {
		q.start, q.counts = start, map[string]int{}
	}
	if q.counts[api] < q.Limit {
		q.counts[api]++
		return Response{}, false
	}
	if q.CountRefused {
		q.counts[api]++
	}
	return q.refusal(requestID, q.start.Add(q.Window).Sub(now)), true
}

func (q *quota) refusal(requestID string, left time.Duration) Response {
	message := "The throttling threshold has been reached"
	if q.Throttle == ThrottleLimit {
		message += fmt.Sprintf(": policy user over ratelimit,limit:%d,time:%s", q.Limit, unit(q.Window))
	}
	refused := gatewayError(http.StatusTooManyRequests, "APIGW.0308", message, requestID)
	if q.Throttle == ThrottleRetryAfter {
		milliseconds := math.Ceil(float64(left) / float64(time.Millisecond))
		refused.Header = http.Header{"Retry-After": {strconv.FormatFloat(milliseconds/1000, 'f', 3, 64)}}
	}
	return refused
}

// unit is the length of a window as the gateway writes it.
func unit(window time.Duration) string {
	if window%time.Minute == 0 {
		return fmt.Sprintf("%d minute", window/time.Minute)
	}
	return fmt.Sprintf("%d second", window/time.Second)
}
