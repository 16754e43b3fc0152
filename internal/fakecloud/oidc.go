// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// IdentityProvider is an OIDC identity provider that IAM trusts. Its users
// exchange an ID token for an IAM token, and that for the keys of Issuer.
type IdentityProvider struct {
	Issuer

	ID            string
	IDTokens      []string      // all that are valid now
	TokenLifetime time.Duration // of an IAM token; 0 stands for a day
}

// identityProvider is the state of an IdentityProvider.
type identityProvider struct {
	*issuer

	idTokens []string
	lifetime time.Duration
}

// acceptedToken is an IAM token that the gateway accepts.
type acceptedToken struct {
	expires time.Time         // zero: never
	user    *identityProvider // nil for a token of AcceptToken
}

// AddIdentityProvider adds an identity provider to IAM, at IDTokenPath, for keys
// from SecurityTokensPath. Adding it again replaces it, for example to rotate its
// ID tokens; what the old one issued stays valid.
func (c *Cloud) AddIdentityProvider(p IdentityProvider) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.identityProviders[p.ID] = &identityProvider{
		issuer: c.issuer(p.Issuer), idTokens: slices.Clone(p.IDTokens), lifetime: cmp.Or(p.TokenLifetime, 24*time.Hour),
	}
}

// idToken exchanges an ID token for an IAM token. The codes of its errors are
// documented, the messages are guesses.
func (c *Cloud) idToken(r *http.Request) Response {
	var body struct {
		Auth struct {
			IDToken struct {
				ID string `json:"id"`
			} `json:"id_token"`
		} `json:"auth"`
	}
	id := r.Header.Get("X-Idp-Id")
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.Auth.IDToken.ID == "" || id == "" {
		return codedError(http.StatusBadRequest, "IAM.0011", "The request parameters are invalid.")
	}
	provider, found := c.identityProviders[id]
	if !found {
		return codedError(http.StatusNotFound, "IAM.0004", "The identity provider "+id+" does not exist.")
	}
	if !slices.Contains(provider.idTokens, body.Auth.IDToken.ID) {
		return codedError(http.StatusUnauthorized, "IAM.0001", "The ID token is invalid or has expired.")
	}
	now := time.Now()
	token := fmt.Sprintf("iam-token-%d", len(c.tokens)+1)
	c.tokens[token] = acceptedToken{now.Add(provider.lifetime), provider}
	return Response{
		Status: http.StatusCreated,
		Header: http.Header{"X-Subject-Token": {token}},
		Body: encode(object{{"token", object{
			{"expires_at", now.Add(provider.lifetime).UTC().Format(iamTime)},
			{"issued_at", now.UTC().Format(iamTime)},
			{"methods", []string{"mapped"}},
			{"user", object{{"id", hexSHA256([]byte(id))[:32]}, {"name", "FederationUser"}, {"domain", object{{"id", domainID}}}}},
		}}}),
	}
}

// securityTokensBody is the request for keys, by the role of an agency or by an
// IAM token.
type securityTokensBody struct {
	Auth struct {
		Identity struct {
			Methods    []string     `json:"methods"`
			AssumeRole *assumedRole `json:"assume_role"`
			Token      struct {
				ID              string `json:"id"`
				DurationSeconds *int   `json:"duration_seconds"`
			} `json:"token"`
		} `json:"identity"`
	} `json:"auth"`
}

func (b securityTokensBody) byToken() bool {
	return slices.Equal(b.Auth.Identity.Methods, []string{"token"})
}

// authenticatesItself reports whether the gateway passes a request on without
// credentials: an ID token, an IAM token in the body, or a service of its own.
func authenticatesItself(r *http.Request, body []byte) bool {
	path := r.URL.EscapedPath()
	if bypassesGateway(path) || path == IDTokenPath {
		return true
	}
	if path != SecurityTokensPath || r.Header.Get("Authorization") != "" || r.Header.Get("X-Auth-Token") != "" {
		return false
	}
	var decoded securityTokensBody
	return json.Unmarshal(body, &decoded) == nil && decoded.byToken()
}

// securityTokens issues keys. The texts of its errors are guesses, but their form
// is known.
func (c *Cloud) securityTokens(r *http.Request) Response {
	var body securityTokensBody
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return iamError(http.StatusBadRequest, "The request body is not what is expected.")
	}
	if !body.byToken() {
		return c.agencies.securityTokens(body)
	}
	token, found := c.tokens[cmp.Or(r.Header.Get("X-Auth-Token"), body.Auth.Identity.Token.ID)]
	if !found || token.expired(time.Now()) {
		return iamError(http.StatusUnauthorized, "The token is invalid or has expired.")
	}
	if token.user == nil {
		return iamError(http.StatusForbidden, "The token has no keys.")
	}
	lifetime, err := lifetimes{900, 900, 86400}.of(body.Auth.Identity.Token.DurationSeconds)
	if err != nil {
		return iamError(http.StatusBadRequest, err.Error())
	}
	return Response{Status: http.StatusCreated, Body: token.user.issue(lifetime).iam()}
}

func (t acceptedToken) expired(now time.Time) bool {
	return !t.expires.IsZero() && !now.Before(t.expires)
}
