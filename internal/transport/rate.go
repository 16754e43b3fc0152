// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"sync"

	"golang.org/x/time/rate"
)

const requestsPerSecond = 50 // to one host

// limiters limit the rate of requests to each host.
type limiters struct {
	mu    sync.Mutex
	hosts map[string]*rate.Limiter
}

func (l *limiters) of(host string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	limiter, ok := l.hosts[host]
	if !ok {
		limiter = rate.NewLimiter(requestsPerSecond, 1)
		if l.hosts == nil {
			l.hosts = make(map[string]*rate.Limiter)
		}
		l.hosts[host] = limiter
	}
	return limiter
}
