// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"container/heap"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// exchange is a request and its response. Equal requests that wait for their
// turn are one exchange: each reader gets a response that was requested after it
// asked.
type exchange struct {
	key    exchangeKey
	run    func() // sends the request and closes done
	cancel context.CancelFunc

	// The pacer guards these.
	due     time.Time // of the poll of a wait that is due first, zero if the request is urgent
	readers int
	index   int       // in the queue of polls
	sent    time.Time // zero until it is sent
	held    bool      // it had to wait for its turn
	hurried bool      // it must not wait any longer
	learned bool      // the pacer knows what came of it

	// These are set when done is closed.
	done        chan struct{}
	response    rawResponse
	credentials Credentials // of the request
	err         error
}

// exchangeKey shows whether two requests are equal. One that must not be shared
// has a pointer of its own.
type exchangeKey struct {
	client  *Client // for its credentials
	region  string
	url     string
	headers string
	own     *byte
}

func (c *Client) exchangeKey(r Request, target string) exchangeKey {
	key := exchangeKey{client: c, region: r.Region, url: target}
	if len(r.Query) > 0 {
		key.url += "?" + r.query()
	}
	if r.Body != nil || r.Method != "" && r.Method != http.MethodGet {
		key.own = new(byte)
		return key
	}
	var headers strings.Builder
	for _, header := range []http.Header{r.Header, r.Unsigned, {headerProjectID: {r.ProjectID}}} {
		_ = header.Write(&headers) // a strings.Builder returns no error
	}
	key.headers = headers.String()
	return key
}

// join returns the exchange of a request: one that waits for its turn already, or
// a new one. Its context ends when all of its readers have left.
func (p *pacer) join(ctx context.Context, key exchangeKey, send func(context.Context, *exchange)) *exchange {
	due, _ := task.Due(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	if x, ok := p.joinable[key]; ok {
		x.readers++
		if due.Before(x.due) {
			p.remove(x)
			x.due = due
			p.enqueue(x)
		}
		return x
	}
	x := &exchange{key: key, due: due, readers: 1, done: make(chan struct{})}
	detached, cancel := context.WithCancel(context.WithoutCancel(ctx))
	x.cancel = cancel
	x.run = func() {
		defer close(x.done)
		defer cancel()
		send(detached, x)
	}
	p.enqueue(x)
	return x
}

// await waits for the response of an exchange. At last, it is sent in any case.
func (p *pacer) await(ctx context.Context, x *exchange, last time.Time) error {
	if !last.IsZero() {
		defer time.AfterFunc(time.Until(last), func() { p.hurry(x) }).Stop()
	}
	select {
	case <-x.done:
		return x.err
	case <-ctx.Done():
		p.leave(x)
		return p.late(ctx, x)
	}
}

// leave removes a reader. Without readers, the request is not sent, or given up.
func (p *pacer) leave(x *exchange) {
	p.mu.Lock()
	defer p.mu.Unlock()
	x.readers--
	if x.readers > 0 {
		return
	}
	x.cancel()
	p.remove(x)
	if p.joinable[x.key] == x {
		delete(p.joinable, x.key)
	}
}

// pollQueue is a heap of polls, the one that is due first on top.
type pollQueue []*exchange

func (q *pollQueue) push(x *exchange) { heap.Push((*pollHeap)(q), x) }

func (q *pollQueue) remove(x *exchange) bool {
	if x.index >= len(*q) || (*q)[x.index] != x {
		return false
	}
	heap.Remove((*pollHeap)(q), x.index)
	return true
}

// pollHeap implements heap.Interface.
type pollHeap pollQueue

func (h pollHeap) Len() int           { return len(h) }
func (h pollHeap) Less(i, j int) bool { return h[i].due.Before(h[j].due) }

func (h pollHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

func (h *pollHeap) Push(x any) {
	added, _ := x.(*exchange)
	added.index = len(*h)
	*h = append(*h, added)
}

func (h *pollHeap) Pop() any {
	last := (*h)[len(*h)-1]
	(*h)[len(*h)-1] = nil
	*h = (*h)[:len(*h)-1]
	return last
}
