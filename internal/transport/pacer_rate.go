// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"strconv"
	"strings"
	"time"
)

// The rate of an API before anything is known about its quota.
const (
	startInterval = time.Minute / 180
	startBurst    = 20
	minInterval   = time.Second / requestsPerSecond

	doubling    = time.Minute     // after that time without a refusal the rate doubles
	quotaMemory = 5 * time.Minute // after that time without a refusal a known quota may have been lifted

	probeInterval = 5 * time.Second // while the gateway refuses
	minQuota      = 60              // per minute, if only a few requests preceded the refusal
)

// paceRate decides when the next request to an API may be sent. All methods take
// the time, so it has no clock of its own.
//
// While the gateway accepts requests, they are spaced: next is the theoretical
// arrival time of a leaky bucket (GCRA), of which burst requests may be early.
// The first refusal closes the rate until a probe, one request at a time, gets
// through. By then the interval is one that stays below the quota.
type paceRate struct {
	interval time.Duration
	burst    int
	next     time.Time // at which the next request is due if all are spaced evenly
	doubles  time.Time // when the interval is halved
	learned  bool      // a quota is known

	closed  bool
	changed time.Time // when the rate was closed or opened
	probe   time.Time // when the next probe may be sent
	probing bool      // nothing has come of the last probe yet
	passed  minuteCount
}

func newPaceRate(now time.Time) paceRate {
	return paceRate{interval: startInterval, burst: startBurst, next: now, doubles: now.Add(doubling), changed: now.Add(-1)}
}

// turn returns when a request may be sent. extra requests more than the burst
// may be early.
func (r *paceRate) turn(now time.Time, extra int) time.Time {
	if r.closed {
		return r.probe
	}
	for !now.Before(r.doubles) {
		r.doubles = r.doubles.Add(doubling)
		r.interval = max(r.interval/2, minInterval)
	}
	return r.next.Add(-time.Duration(r.burst-1+extra) * r.interval)
}

// sent counts a request. Those that did not wait for their turn may have left
// the rate far behind. Before a quota is known, this is not a reason to hold up the
// polls of a wait for long.
func (r *paceRate) sent(now time.Time) {
	if r.closed {
		r.probe, r.probing = now.Add(requestTimeout), true
	}
	if r.next.Before(now) {
		r.next = now
	}
	r.next = r.next.Add(r.interval)
	if limit := now.Add(time.Duration(2*r.burst) * r.interval); !r.learned && r.next.After(limit) {
		r.next = limit
	}
}

// returned notes the end of a request, whether or not it had a response. A refusal
// of it may have been noted before, with the time at which to ask again.
func (r *paceRate) returned(now time.Time) {
	if r.closed && r.probing {
		r.probe, r.probing = now.Add(probeInterval), false
	}
}

// accepted notes that a request got through.
func (r *paceRate) accepted(sent, now time.Time) {
	r.passed.add(now)
	if r.closed && sent.After(r.changed) {
		r.closed, r.changed, r.next = false, now, now
	}
}

// refused notes that a request was refused. starved reports whether polls were
// waiting for their turn, so that what got through was all that could.
func (r *paceRate) refused(sent, now time.Time, e *Error, starved bool) {
	if !sent.After(r.changed) {
		return // it was on its way when another one was refused
	}
	if !r.closed {
		r.learn(now, e, starved)
		r.closed, r.changed = true, now
	}
	r.probe, r.probing = now.Add(probeInterval), false
	if e.RetryAfter > 0 {
		r.probe = now.Add(min(max(e.RetryAfter, minBackoff), maxRetryAfter))
	}
}

// learn sets the rate to 95 % of the quota. The rest is for its bursts.
func (r *paceRate) learn(now time.Time, e *Error, starved bool) {
	limit, window, told := toldQuota(e.Message)
	passed := r.passed.sum(now)
	switch {
	case !told && starved:
		limit, window = passed, time.Minute
	case !told:
		limit, window = max(passed, minQuota), time.Minute
	case r.learned && starved && window == time.Minute:
		limit = min(limit, passed) // others use the same quota
	}
	limit = max(limit, 1)
	r.interval = max(window*100/time.Duration(95*limit), minInterval)
	r.burst = max(limit/20, 1)
	r.doubles, r.learned = now.Add(quotaMemory), true
}

var quotaText = pattern(`limit:(\d+),\s*time:(\d+)\s*(second|minute|hour|day)`)

// toldQuota reads the quota from the message of a refusal: "The throttling
// threshold has been reached: policy user over ratelimit,limit:60,time:1 minute".
func toldQuota(message string) (limit int, window time.Duration, ok bool) {
	match := quotaText().FindStringSubmatch(strings.ToLower(message))
	if match == nil {
		return 0, 0, false
	}
	limit, err1 := strconv.Atoi(match[1])
	count, err2 := strconv.Atoi(match[2])
	unit := map[string]time.Duration{"second": time.Second, "minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour}[match[3]]
	const most = 1000 // of either, beyond which the numbers make no sense
	if err1 != nil || err2 != nil || limit < 1 || count < 1 || limit > most*most || count > most {
		return 0, 0, false
	}
	return limit, time.Duration(count) * unit, true
}

// minuteCount counts events in the last minute, to the second.
type minuteCount struct {
	counts [60]int
	last   int64 // second of the last event
}

func (c *minuteCount) add(now time.Time) {
	c.forget(now)
	c.counts[now.Unix()%60]++
}

func (c *minuteCount) sum(now time.Time) int {
	c.forget(now)
	total := 0
	for _, n := range c.counts {
		total += n
	}
	return total
}

func (c *minuteCount) forget(now time.Time) {
	second := now.Unix()
	for s := max(c.last+1, second-59); s <= second; s++ {
		c.counts[s%60] = 0
	}
	c.last = second
}
