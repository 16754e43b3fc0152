// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// longestTTL is six hours, which the official SDK requests. That the service
// refuses more is a guess.
const longestTTL = 6 * 60 * 60

// Metadata is the metadata service of an ECS. The cloud serves it under every
// host name, including 169.254.169.254.
type Metadata struct {
	Issuer

	// WithoutToken is the first version of the service: PUT returns 404, and GET
	// needs no token.
	WithoutToken bool
	// WithoutAgency is an ECS without an agency: it issues no keys.
	WithoutAgency bool
}

// ServeMetadata serves the metadata service at MetadataTokenPath and
// SecurityKeyPath. Without it, these paths do not exist, as on a host that is not
// an ECS. Serving metadata again replaces everything, including its tokens.
func (c *Cloud) ServeMetadata(m Metadata) {
	service := &metadata{
		issuer:        c.issuer(m.Issuer),
		withoutToken:  m.WithoutToken,
		withoutAgency: m.WithoutAgency,
		tokens:        map[string]time.Time{},
	}
	c.serve(http.MethodPut+" "+MetadataTokenPath, handlerFunc(service.token))
	c.serve(http.MethodGet+" "+SecurityKeyPath, handlerFunc(service.securityKey))
}

// metadata is the state of a Metadata.
type metadata struct {
	*issuer

	withoutToken, withoutAgency bool
	tokens                      map[string]time.Time // with their expiry
}

// The texts of all errors are guesses, except the one that the SDK matches:
// "Please configure Cloud Service Agency first".

func (m *metadata) token(r *http.Request) Response {
	if m.withoutToken {
		return plain(http.StatusNotFound, "404 Not Found")
	}
	seconds, err := strconv.Atoi(r.Header.Get("X-Metadata-Token-Ttl-Seconds"))
	if err != nil || seconds < 1 || seconds > longestTTL {
		return plain(http.StatusBadRequest, "400 Bad Request")
	}
	token := fmt.Sprintf("metadata-token-%d", len(m.tokens)+1)
	m.tokens[token] = time.Now().Add(time.Duration(seconds) * time.Second)
	return plain(http.StatusOK, token)
}

func (m *metadata) securityKey(r *http.Request) Response {
	if !m.withoutToken && !time.Now().Before(m.tokens[r.Header.Get("X-Metadata-Token")]) {
		return plain(http.StatusUnauthorized, "401 Unauthorized")
	}
	if m.withoutAgency {
		return plain(http.StatusUnauthorized, "Please configure Cloud Service Agency first")
	}
	return Response{Body: m.issue(0).iam()}
}
