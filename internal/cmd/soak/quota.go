// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// quota is the gateway's limit of requests to each API in each minute on the
// clock, for all tasks together.
type quota struct {
	limit int // 0 for none

	mu       sync.Mutex // guards all below
	start    time.Time  // of the first request
	window   time.Time
	counts   map[string]int  // in the window, by API
	apis     map[string]bool // all that were called
	accepted int
	refused  int
}

// refuses counts a request, and responds to it if it exceeds the limit.
func (q *quota) refuses(w http.ResponseWriter, api string) bool {
	if q.limit == 0 {
		return false
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	if q.start.IsZero() {
		q.start, q.apis = now, make(map[string]bool)
	}
	if window := now.Truncate(time.Minute); !window.Equal(q.window) {
		q.window, q.counts = window, make(map[string]int)
	}
	q.apis[api] = true
	if q.counts[api] < q.limit {
		q.counts[api]++
		q.accepted++
		return false
	}
	q.refused++
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = fmt.Fprintf(w, `{"error_code":"APIGW.0308","error_msg":"The throttling threshold has been reached: policy user over ratelimit,limit:%d,time:1 minute"}`, q.limit) // an error means that the client has disconnected
	return true
}

// used is how much of the quota was used so far, in percent.
func (q *quota) used() float64 {
	minutes := time.Since(q.start).Minutes()
	return 100 * float64(q.accepted) / (float64(q.limit*len(q.apis)) * minutes)
}

// report prints how the quota was used, and returns an error if much of it was
// not, although waits needed it.
func (q *quota) report() error {
	if q.limit == 0 {
		return nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	used, refused := q.used(), 100*float64(q.refused)/float64(q.accepted+q.refused)
	fmt.Printf("%.0f %% of the quota were used, %d APIs with %d requests a minute; %.1f %% of the requests were refused\n", used, len(q.apis), q.limit, refused)
	if used < 85 {
		return fmt.Errorf("only %.0f %% of the quota were used", used)
	}
	return nil
}
