// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"sync"
)

// callCache makes each call once: concurrent callers share it, and its result is
// kept. A call that fails returns its error to all callers that wait for it, and is then
// forgotten.
type callCache[K comparable, V any] struct {
	mu    sync.Mutex
	calls map[K]*call[V]
}

// call is one call: value and err are set when done is closed.
type call[V any] struct {
	done  chan struct{}
	value V
	err   error
}

func (c *callCache[K, V]) do(ctx context.Context, key K, fetch func(context.Context) (V, error)) (V, error) {
	for {
		c.mu.Lock()
		running, joined := c.calls[key]
		if !joined {
			running = &call[V]{done: make(chan struct{})}
			if c.calls == nil {
				c.calls = make(map[K]*call[V])
			}
			c.calls[key] = running
		}
		c.mu.Unlock()

		if !joined {
			running.value, running.err = fetch(ctx)
			if running.err != nil {
				c.forget(key)
			}
			close(running.done)
			return running.value, running.err
		}
		select {
		case <-running.done:
		case <-ctx.Done():
			var none V
			return none, ctx.Err()
		}
		// The end of the first caller's context is not a result for the others.
		if errors.Is(running.err, context.Canceled) || errors.Is(running.err, context.DeadlineExceeded) {
			continue
		}
		return running.value, running.err
	}
}

func (c *callCache[K, V]) forget(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.calls, key)
}
