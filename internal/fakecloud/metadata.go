// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// longestTTL is six hours, what the official SDK asks for. That the service
// refuses more is a guess.
const longestTTL = 6 * 60 * 60

// Metadata is what the metadata service of an ECS knows. Every host that names
// the cloud is that ECS, 169.254.169.254 included.
type Metadata struct {
	Issuer

	// WithoutToken is the first version of the service: PUT answers 404, and GET
	// needs no token.
	WithoutToken bool
	// WithoutAgency is an ECS that has no keys to hand out.
	WithoutAgency bool
}

// ServeMetadata makes the cloud a metadata service too, at MetadataTokenPath and
// SecurityKeyPath; without it, these paths are as unknown as on a host that is no
// ECS. Serving metadata again replaces everything, its tokens included.
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

// metadata is Metadata at work.
type metadata struct {
	*issuer

	withoutToken, withoutAgency bool
	tokens                      map[string]time.Time // and when they expire
}

// The words of all refusals are guesses, but for the one that the SDK looks for.

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
