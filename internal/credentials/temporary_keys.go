// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// temporaryKeys is the response of all issuers of temporary keys: IAM and the
// metadata of an ECS host send one field, STS and the pod identity the other.
type temporaryKeys struct {
	transport.ErrorBody
	Credential  *temporaryKey `json:"credential"`
	Credentials *temporaryKey `json:"credentials"`
}

// temporaryKey has each field under all its names.
type temporaryKey struct {
	Access             transport.Text `json:"access"`
	AccessKeyID        transport.Text `json:"accessKeyId"`
	AccessKeyIDSnake   transport.Text `json:"access_key_id"`
	Secret             transport.Text `json:"secret"`
	SecretKey          transport.Text `json:"secretAccessKey"`
	SecretKeySnake     transport.Text `json:"secret_access_key"`
	SecurityToken      transport.Text `json:"securityToken"`
	SecurityTokenSnake transport.Text `json:"security_token"`
	SecurityTokenLower transport.Text `json:"securitytoken"`
	ExpiresAt          transport.Text `json:"expires_at"`
	Expiration         transport.Text `json:"expiration"`
}

// credentials returns the keys, empty ones if there are none.
func (t *temporaryKeys) credentials() Credentials {
	key := cmp.Or(t.Credential, t.Credentials)
	if key == nil {
		return Credentials{}
	}
	// If the time cannot be read, the keys are used until they are rejected.
	expires, _ := time.Parse(time.RFC3339Nano, first(key.ExpiresAt, key.Expiration))
	return Credentials{
		AccessKey:     first(key.Access, key.AccessKeyID, key.AccessKeyIDSnake),
		SecretKey:     first(key.Secret, key.SecretKey, key.SecretKeySnake),
		SecurityToken: first(key.SecurityToken, key.SecurityTokenSnake, key.SecurityTokenLower),
		Expires:       expires,
	}
}

// first returns the first text that is not empty.
func first(texts ...transport.Text) string {
	for _, t := range texts {
		if t.String() != "" {
			return t.String()
		}
	}
	return ""
}

// Verify implements transport.Verifier.
func (t *temporaryKeys) Verify() error {
	keys := t.credentials()
	if keys.empty() {
		return transport.Malformed("it contains no access key and secret key")
	}
	if err := keys.check(Names{AccessKey: "its access key", SecretKey: "its secret key", SecurityToken: "its security token"}); err != nil {
		return transport.Malformed(err.Error())
	}
	return nil
}

// secretHeader authorizes the requests to an issuer that need no signature. It
// adds nothing without a name: then the secret, if any, is in the body. It is its
// own transport.CredentialsProvider, and cannot be refreshed.
type secretHeader struct{ name, value string }

// client returns a client of an issuer on this host.
func client(network *transport.Network, h secretHeader) *transport.Client {
	return &transport.Client{Network: network, Credentials: h}
}

// Authorize implements transport.Credentials.
func (h secretHeader) Authorize(req *http.Request, _ []byte) error {
	if h.name != "" {
		req.Header.Set(h.name, h.value)
	}
	return nil
}

// Secrets implements transport.Credentials.
func (h secretHeader) Secrets() []string { return []string{h.value} }

// Retrieve implements transport.CredentialsProvider.
func (h secretHeader) Retrieve(context.Context, string) (transport.Credentials, error) {
	return h, nil
}

// Refresh implements transport.CredentialsProvider.
func (h secretHeader) Refresh(context.Context, string, transport.Credentials) (transport.Credentials, bool, error) {
	return h, false, nil
}
