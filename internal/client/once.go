// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"sync"
)

// shared asks each question once, whoever has it: concurrent callers share one
// call, and its answer is remembered. A call that fails is told to those who
// waited for it, and then forgotten.
type callCache[K comparable, V any] struct {
	mu    sync.Mutex
	calls map[K]*call[V]
}

// call is one question: value and err are set when done is closed.
type call[V any] struct {
	done  chan struct{}
	value V
	err   error
}

func (s *callCache[K, V]) do(ctx context.Context, key K, ask func(context.Context) (V, error)) (V, error) {
	for {
		s.mu.Lock()
		running, joined := s.calls[key]
		if !joined {
			running = &call[V]{done: make(chan struct{})}
			if s.calls == nil {
				s.calls = make(map[K]*call[V])
			}
			s.calls[key] = running
		}
		s.mu.Unlock()

		if !joined {
			running.value, running.err = ask(ctx)
			if running.err != nil {
				s.forget(key)
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
		// Whoever asked may have been cancelled, which is no answer for the others.
		if errors.Is(running.err, context.Canceled) || errors.Is(running.err, context.DeadlineExceeded) {
			continue
		}
		return running.value, running.err
	}
}

func (s *callCache[K, V]) forget(key K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.calls, key)
}
