// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"crypto/hmac"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// tolerance is the largest difference, in either direction, between the date of
// a signature and the gateway's clock.
const tolerance = 15 * time.Minute

// authenticate checks a request's signature or token as the gateway does. Its
// errors are the gateway's published messages, except where a comment says that
// the text is a guess. The caller holds c.mu.
func (c *Cloud) authenticate(r *http.Request, body []byte, now time.Time) error {
	authorization := r.Header.Get("Authorization")
	if authorization == "" {
		return c.checkToken(r.Header.Get("X-Auth-Token"), now)
	}
	s, err := parseSignature(authorization)
	if err != nil {
		return err
	}
	keys, known := c.keys[s.accessKey]
	if !known || keys.revoked {
		return fmt.Errorf("ak %s not exist", s.accessKey)
	}
	if err := checkSecurityToken(keys, r.Header.Get("X-Security-Token"), now); err != nil {
		return err
	}
	date := r.Header.Get("X-Sdk-Date")
	if err := checkDate(s, date, now); err != nil {
		return err
	}
	canonical, err := canonicalRequest(r, s.signedHeaders, body)
	if err != nil {
		return fmt.Errorf("verify aksk signature fail, %w", err)
	}
	if !hmac.Equal([]byte(s.value), []byte(sign(keys.SecretKey, date, canonical))) {
		// The real gateway returns the whole text, including a signed security
		// token: a client that shows the message unredacted leaks the token.
		return fmt.Errorf("verify aksk signature fail, canonicalRequest:%s", strings.ReplaceAll(canonical, "\n", "|"))
	}
	return nil
}

// checkToken also handles a request without credentials: the gateway reports a
// missing token for it.
func (c *Cloud) checkToken(token string, now time.Time) error {
	if token == "" {
		return errors.New("x-auth-token not found")
	}
	if accepted, found := c.tokens[token]; !found || accepted.expired(now) {
		return errors.New("decrypt token fail")
	}
	return nil
}

// checkSecurityToken returns guessed messages: none is published.
func checkSecurityToken(keys accepted, token string, now time.Time) error {
	if token == "" && keys.SecurityToken != "" {
		return fmt.Errorf("security token of temporary ak %s not found", keys.AccessKey)
	}
	if !hmac.Equal([]byte(token), []byte(keys.SecurityToken)) {
		return fmt.Errorf("security token does not belong to ak %s", keys.AccessKey)
	}
	if !keys.expires.IsZero() && !now.Before(keys.expires) {
		return fmt.Errorf("security token of temporary ak %s has expired", keys.AccessKey)
	}
	return nil
}

func checkDate(s signature, date string, now time.Time) error {
	if !slices.Contains(s.signedHeaders, "x-sdk-date") {
		return errors.New("verify aksk signature fail, x-sdk-date is not signed") // the text is a guess
	}
	signed, err := time.Parse(basicDate, date)
	if err != nil {
		return fmt.Errorf("verify aksk signature fail, x-sdk-date %q has a bad format", date) // the text is a guess
	}
	if now.Sub(signed).Abs() > tolerance {
		return fmt.Errorf("calc aksk signature fail:signature expired, signature time:%s,server time:%s",
			date, now.UTC().Format(basicDate))
	}
	return nil
}
