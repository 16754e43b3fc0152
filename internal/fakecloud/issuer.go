// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"slices"
	"time"
)

// farOff is how far ahead the expiry of keys lies that never expire: every
// source sends one, and the official SDK cannot read an answer without it.
const farOff = 100 * 365 * 24 * time.Hour

// Issuer hands out temporary keys: each request gets the next of Keys, and the
// last of them for ever. Without Keys, it hands out empty ones, which nobody can
// use.
//
// The cloud accepts what has been handed out, with its security token, for
// Lifetime; after that its gateway calls it expired. Handing the same keys out
// again prolongs them, but never revives what Revoke has ended. Keys that differ
// only in their security token replace each other.
type Issuer struct {
	Keys     []Keys
	Lifetime time.Duration // 0: they never expire, unless a request asks for less
}

// issuer is an Issuer at work. Its caller holds the mu of the cloud.
type issuer struct {
	cloud    *Cloud
	keys     []Keys
	lifetime time.Duration
	next     int
}

// credential is what an issuer has handed out.
type credential struct {
	Keys
	expires time.Time
}

func (c *Cloud) issuer(i Issuer) *issuer {
	return &issuer{cloud: c, keys: slices.Clone(i.Keys), lifetime: i.Lifetime}
}

// issue hands out the next keys for at most the given time; 0 for no limit.
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
		i.cloud.admit(keys, time.Time{})
		return credential{keys, now.Add(farOff)}
	}
	i.cloud.admit(keys, now.Add(lifetime))
	return credential{keys, now.Add(lifetime)}
}

// accepted is a key pair that the gateway knows.
type accepted struct {
	Keys
	expires time.Time // zero: never
	revoked bool
}

// outlasts tells whether the keys are good for longer than until then.
func (a accepted) outlasts(then time.Time) bool {
	return a.expires.IsZero() || (!then.IsZero() && a.expires.After(then))
}

// admit lets issued keys in until they expire; zero for never. The caller holds
// c.mu.
func (c *Cloud) admit(keys Keys, expires time.Time) {
	old, known := c.keys[keys.AccessKey]
	if known && (old.revoked || (old.Keys == keys && old.outlasts(expires))) {
		return
	}
	c.keys[keys.AccessKey] = accepted{Keys: keys, expires: expires}
}

// Accept makes the cloud accept these keys from now on, beside those of New and
// even if they were revoked.
func (c *Cloud) Accept(keys Keys) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keys[keys.AccessKey] = accepted{Keys: keys}
}

// Revoke makes an access key unknown from now on, even if an Issuer hands it out
// once more. Only Accept brings it back.
func (c *Cloud) Revoke(accessKey string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keys[accessKey] = accepted{revoked: true}
}
