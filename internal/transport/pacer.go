// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// All requests to one API of one host share a pacer, because the gateway limits
// the calls of a user to each API, by the minute. Waits that back off one by one
// exceed such a quota again and again.
//
//   - Slow start, and a lower rate at the first refusal, are TCP's: capacity is
//     found by using it (RFC 5681). A quota is exact, though, and refused calls
//     count as well, so the rate falls to the quota rather than to a half.
//   - One rate for all requests, which only a response of the service changes, is
//     the adaptive retry mode of the AWS SDKs. It lowers the rate by a factor; here
//     the gateway says what the limit is. And a request that finds no capacity waits
//     there without order; here it is served by when it was due.
//   - The token bucket with a burst is that of Kubernetes' client-go, whose fixed
//     rate (5 per second unless configured) either throttles without need or not
//     enough. Like its flow control, urgent requests have a queue of their own.

// pacers has a pacer for each API of each host.
type pacers struct {
	mu  sync.Mutex
	all map[pacerKey]*pacer
}

type pacerKey struct{ host, api string }

func (p *pacers) of(key pacerKey, host *rate.Limiter) *pacer {
	p.mu.Lock()
	defer p.mu.Unlock()
	one, ok := p.all[key]
	if !ok {
		one = &pacer{host: host, rate: newPaceRate(time.Now()), joinable: make(map[exchangeKey]*exchange)}
		if p.all == nil {
			p.all = make(map[pacerKey]*pacer)
		}
		p.all[key] = one
	}
	return one
}

// pacer decides when each request to an API is sent.
//
// The polls of waits are spaced and sent in the order in which they are due. A
// read that does not wait, and the first poll of a wait, are urgent: they count,
// but they are sent at once unless polls are being held back or the gateway
// refuses requests. Then they are sent before the polls.
type pacer struct {
	host *rate.Limiter // of all requests to the host

	mu       sync.Mutex // guards all below
	rate     paceRate
	urgent   []*exchange // in the order of arrival
	polls    pollQueue
	joinable map[exchangeKey]*exchange // those that have not been sent yet
	slot     time.Time                 // that the host's limiter has granted for the next request, zero for none
	timer    *time.Timer
	refusal  *Error // the last one, nil for none
}

// enqueue adds a request that has not been sent yet. The pacer is locked.
func (p *pacer) enqueue(x *exchange) {
	p.joinable[x.key] = x
	if x.due.IsZero() {
		p.urgent = append(p.urgent, x)
	} else {
		p.polls.push(x)
	}
	p.dispatch()
}

// hurry sends a request at once, because there is no time left for its turn.
func (p *pacer) hurry(x *exchange) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if x.sent.IsZero() && p.remove(x) {
		x.hurried = true
		p.urgent = slices.Insert(p.urgent, 0, x)
		p.dispatch()
	}
}

// remove takes a request out of its queue.
func (p *pacer) remove(x *exchange) bool {
	if i := slices.Index(p.urgent, x); i >= 0 {
		p.urgent = slices.Delete(p.urgent, i, i+1)
		return true
	}
	return p.polls.remove(x)
}

// dispatch sends the requests whose turn has come, and sets the timer for the
// next one. The pacer is locked.
func (p *pacer) dispatch() {
	for {
		now := time.Now()
		x, at := p.next(now)
		if x == nil {
			return
		}
		if !at.After(now) && p.slot.IsZero() {
			p.slot = now.Add(p.host.ReserveN(now, 1).DelayFrom(now))
		}
		if !p.slot.IsZero() && at.Before(p.slot) {
			at = p.slot
		}
		if at.After(now) {
			p.wake(at.Sub(now))
			return
		}
		p.slot = time.Time{}
		p.send(x, now)
	}
}

func (p *pacer) wake(delay time.Duration) {
	if p.timer == nil {
		p.timer = time.AfterFunc(delay, func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.dispatch()
		})
		return
	}
	p.timer.Reset(delay)
}

// next returns the request whose turn is next, nil if there is none.
func (p *pacer) next(now time.Time) (*exchange, time.Time) {
	switch {
	case len(p.urgent) > 0:
		return p.urgent[0], p.urgentTurn(p.urgent[0], now)
	case len(p.polls) > 0:
		x, at := p.polls[0], p.rate.turn(now, 0)
		if at.Before(x.due) {
			at = x.due
		}
		return x, at
	default:
		return nil, time.Time{}
	}
}

func (p *pacer) urgentTurn(x *exchange, now time.Time) time.Time {
	turn := p.rate.turn(now, p.rate.burst)
	x.held = x.held || p.rate.closed || p.starved(now)
	if x.hurried || !x.held {
		return now
	}
	return turn
}

// starved reports whether polls are due that must wait for their turn.
func (p *pacer) starved(now time.Time) bool {
	return len(p.polls) > 0 && !p.polls[0].due.After(now) && p.rate.turn(now, 0).After(now)
}

func (p *pacer) send(x *exchange, now time.Time) {
	p.remove(x)
	p.rate.sent(now)
	if p.joinable[x.key] == x {
		delete(p.joinable, x.key)
	}
	x.sent = now
	go func() {
		x.run()
		p.mu.Lock()
		defer p.mu.Unlock()
		p.rate.returned(time.Now())
		p.dispatch()
	}()
}

// learn reports to the pacer what came of a request: err is what is wrong with the
// response.
func (p *pacer) learn(x *exchange, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if x.learned || x.err != nil {
		return
	}
	x.learned = true
	now := time.Now()
	var e *Error
	if errors.As(err, &e) && e.exceedsRate() {
		p.refusal = e
		p.rate.refused(x.sent, now, e, p.starved(now))
	} else {
		p.rate.accepted(x.sent, now)
	}
	p.dispatch()
}

// late returns the error of a reader that has run out of time. If its request was
// held back until the end because of the quota, the error contains a refusal.
func (p *pacer) late(ctx context.Context, x *exchange) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !x.sent.IsZero() && !x.hurried || p.refusal == nil || !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return ctx.Err()
	}
	held := *p.refusal
	held.URL, held.RequestID = x.key.url, ""
	return errors.Join(ctx.Err(), &held)
}
