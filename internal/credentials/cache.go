// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

const (
	// expiryWindow is how long before they expire credentials are refreshed: a
	// request signed in the last moment would arrive too late.
	expiryWindow = 5 * time.Minute
	// refreshDelay is how long a provider that failed is not asked again, while
	// the old credentials are still valid.
	refreshDelay = 30 * time.Second
)

// Cache keeps the credentials of a provider and refreshes them in time. It is
// the transport.CredentialsProvider of all requests, and safe for concurrent use.
type Cache struct {
	provider  Provider
	ownRegion string

	mu          sync.Mutex // guards all below
	last        Credentials
	nextRefresh time.Time // not before, after a failure
	running     *retrieval
}

// retrieval is a call of the provider that concurrent requests share. The
// results are set when done is closed.
type retrieval struct {
	done        chan struct{}
	credentials Credentials
	err         error
}

// NewCache returns the cache of a provider. ownRegion is the region of the
// Terraform provider, the only one in which a token is valid; "" for none.
func NewCache(provider Provider, ownRegion string) *Cache {
	return &Cache{provider: provider, ownRegion: ownRegion}
}

// Retrieve implements transport.CredentialsProvider.
func (c *Cache) Retrieve(ctx context.Context, region string) (transport.Credentials, error) {
	credentials, err := c.current(ctx, region)
	if err != nil {
		return nil, err
	}
	if credentials.Token != "" && c.ownRegion != "" && c.ownRegion != region {
		return nil, &ForeignTokenError{OwnRegion: c.ownRegion, Region: region}
	}
	return credentials, nil
}

// Refresh implements transport.CredentialsProvider.
func (c *Cache) Refresh(ctx context.Context, region string, rejected transport.Credentials) (transport.Credentials, bool, error) {
	stale, _ := rejected.(Credentials)
	fresh, err := c.replace(ctx, region, stale)
	if err != nil {
		return nil, false, err
	}
	return fresh, !fresh.same(stale), nil
}

// current returns the last credentials until they are about to expire.
func (c *Cache) current(ctx context.Context, region string) (Credentials, error) {
	c.mu.Lock()
	last, failedLately := c.last, time.Now().Before(c.nextRefresh)
	c.mu.Unlock()
	if last.validFor(expiryWindow) || failedLately && last.validFor(0) {
		return last, nil
	}
	fresh, err := c.replace(ctx, region, last)
	if err != nil && ctx.Err() == nil && last.validFor(0) {
		c.mu.Lock()
		c.nextRefresh = time.Now().Add(refreshDelay)
		c.mu.Unlock()
		return last, nil
	}
	return fresh, err
}

// replace returns credentials in place of stale ones, which may be the same if
// the provider has no others. Concurrent callers share one call of the provider.
func (c *Cache) replace(ctx context.Context, region string, stale Credentials) (Credentials, error) {
	for {
		r, first := c.join(stale)
		if first {
			return c.run(ctx, region, r)
		}
		select {
		case <-r.done:
		case <-ctx.Done():
			return Credentials{}, ctx.Err()
		}
		// The end of the first caller's context is not a result for the others.
		if !errors.Is(r.err, context.Canceled) && !errors.Is(r.err, context.DeadlineExceeded) {
			return r.credentials, r.err
		}
	}
}

// join returns the running call of the provider, or one for the first caller to run.
func (c *Cache) join(stale Credentials) (r *retrieval, first bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.last.same(stale) { // another caller has replaced them already
		done := make(chan struct{})
		close(done)
		return &retrieval{done: done, credentials: c.last}, false
	}
	if c.running != nil {
		return c.running, false
	}
	c.running = &retrieval{done: make(chan struct{})}
	return c.running, true
}

// run calls the provider and keeps what it returns.
func (c *Cache) run(ctx context.Context, region string, r *retrieval) (Credentials, error) {
	r.credentials, r.err = c.provider.Retrieve(ctx, region)
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.err == nil {
		c.last = r.credentials
	}
	c.running = nil
	close(r.done)
	return r.credentials, r.err
}
