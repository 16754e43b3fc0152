// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"slices"
	"time"
)

// noExpiry is the lifetime that is reported for keys that never expire. Every
// issuer reports an expiry, and the official SDK cannot read a response without
// one.
const noExpiry = 100 * 365 * 24 * time.Hour

// Issuer issues temporary keys: each request gets the next of Keys, and the last
// of them from then on. Without Keys, it issues empty ones, which no request can
// be signed with.
//
// The cloud accepts issued keys, with their security token, for Lifetime; after
// that its gateway reports them as expired. Issuing the same keys again extends
// their lifetime, but does not undo Revoke. Keys that differ only in their
// security token replace each other.
type Issuer struct {
	Keys     []Keys
	Lifetime time.Duration // 0: they never expire, unless the request limits it
}

// issuer is the state of an Issuer. The caller of its methods holds the cloud's
// mu.
type issuer struct {
	cloud    *Cloud
	keys     []Keys
	lifetime time.Duration
	next     int
}

// credential is a set of issued keys.
type credential struct {
	Keys
	expires time.Time
}

func (c *Cloud) issuer(i Issuer) *issuer {
	return &issuer{cloud: c, keys: slices.Clone(i.Keys), lifetime: i.Lifetime}
}

// issue issues the next keys for at most the given time; 0 for no limit.
func (i *issuer) issue(limit time.Duration) credential {
	var keys Keys
	if len(i.keys) > 0 {
		keys = i.keys[min(i.next, len(i.keys)-1)]
		i.next++
	}
	lifetime := i.lifetime
	if limit > 0 && (lifetime == 0 || limit < lifetime) {
		lifetime = limit
	}
	now := time.Now()
	if lifetime == 0 {
		i.cloud.accept(keys, time.Time{})
		return credential{keys, now.Add(noExpiry)}
	}
	i.cloud.accept(keys, now.Add(lifetime))
	return credential{keys, now.Add(lifetime)}
}

// accepted is a key pair that the gateway accepts.
type accepted struct {
	Keys
	expires time.Time // zero: never
	revoked bool
}

// validAfter reports whether the keys expire later than then.
func (a accepted) validAfter(then time.Time) bool {
	return a.expires.IsZero() || (!then.IsZero() && a.expires.After(then))
}

// accept accepts issued keys until they expire; zero for never. The caller holds
// c.mu.
func (c *Cloud) accept(keys Keys, expires time.Time) {
	old, known := c.keys[keys.AccessKey]
	if known && (old.revoked || (old.Keys == keys && old.validAfter(expires))) {
		return
	}
	c.keys[keys.AccessKey] = accepted{Keys: keys, expires: expires}
}

// Accept makes the cloud accept these keys from now on, in addition to those of
// New, and even if they were revoked.
func (c *Cloud) Accept(keys Keys) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keys[keys.AccessKey] = accepted{Keys: keys}
}

// Revoke makes an access key unknown from now on, even if an Issuer issues it
// again. Only Accept undoes it.
func (c *Cloud) Revoke(accessKey string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keys[accessKey] = accepted{revoked: true}
}
