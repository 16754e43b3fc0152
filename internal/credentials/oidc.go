// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// defaultOIDCDuration is what the SDK requests: long enough for most waits, since
// many ID tokens can be exchanged for a few minutes only.
const defaultOIDCDuration = 6 * time.Hour

// OIDC is the provider of temporary keys for the ID token of an OIDC identity
// provider that IAM trusts. They have the permissions of the federated user.
type OIDC struct {
	IdentityProvider
	Duration  time.Duration    // of the keys, in whole seconds; 0 for six hours
	OwnRegion string           // in which to request the keys, "" for that of the read
	IAM       transport.Client // without credentials
}

// IdentityProvider names an identity provider and its ID token.
type IdentityProvider struct {
	ID        string
	Token     string // "" to read TokenFile
	TokenFile string // read each time: the issuer of the tokens replaces its content
}

// Services implements Issuer.
func (OIDC) Services() []transport.Service { return []transport.Service{transport.IAM} }

// Retrieve implements Provider.
func (o OIDC) Retrieve(ctx context.Context, region string) (Credentials, error) {
	credentials, err := o.exchange(ctx, cmp.Or(o.OwnRegion, region))
	if err != nil && ctx.Err() == nil {
		err = &RetrieveError{Source: "the identity provider " + o.ID, Err: err}
	}
	return credentials, err
}

func (o OIDC) exchange(ctx context.Context, region string) (Credentials, error) {
	idToken, err := o.idToken()
	if err != nil {
		return Credentials{}, err
	}
	token, err := o.iamToken(ctx, region, idToken)
	if err != nil {
		return Credentials{}, err
	}
	return o.keys(ctx, region, token)
}

// idToken returns the ID token, without the line break that ends its file.
func (p IdentityProvider) idToken() (string, error) {
	if p.Token != "" {
		return p.Token, nil
	}
	problem := func(text string) (string, error) {
		return "", errors.New("the ID token file " + p.TokenFile + " " + text)
	}
	content, err := readFile(p.TokenFile)
	token := strings.TrimSpace(string(content))
	switch {
	case errors.Is(err, errNoHome):
		return problem("is in the home directory, which is not known: set HOME")
	case errors.Is(err, fs.ErrNotExist):
		return problem("does not exist")
	case err != nil:
		return problem("cannot be read")
	case token == "":
		return problem("is empty")
	}
	if err := CheckSecret(token); err != nil {
		return problem("is invalid: " + err.Error())
	}
	return token, nil
}

// client returns a client for a request whose body holds a secret.
func (o OIDC) client(secret string) *transport.Client {
	return &transport.Client{Network: o.IAM.Network, Endpoints: o.IAM.Endpoints, Credentials: secretHeader{value: secret}}
}

// iamToken exchanges the ID token for an IAM token, which is in a header of the
// response.
//
// API: POST /v3.0/OS-AUTH/id-token/tokens (IAM, "Obtaining a Token with an OpenID
// Connect ID Token").
func (o OIDC) iamToken(ctx context.Context, region, idToken string) (string, error) {
	type token struct {
		ID string `json:"id"`
	}
	type auth struct {
		IDToken token `json:"id_token"`
	}
	body, _ := json.Marshal(struct {
		Auth auth `json:"auth"`
	}{auth{token{idToken}}})
	var response subjectToken
	err := o.client(idToken).Do(ctx, transport.Request{
		Service: transport.IAM, Region: region, Method: http.MethodPost, Path: "/v3.0/OS-AUTH/id-token/tokens",
		Header: http.Header{"X-Idp-Id": {o.ID}}, Body: body, Confidential: true,
	}, &response)
	return response.token, err
}

// keys exchanges the IAM token for keys, which can sign requests in all regions.
//
// API: POST /v3.0/OS-CREDENTIAL/securitytokens (IAM, "Obtaining a Temporary
// Access Key and Security Token Through a Token").
func (o OIDC) keys(ctx context.Context, region, iamToken string) (Credentials, error) {
	type token struct {
		ID      string `json:"id"`
		Seconds int    `json:"duration_seconds"`
	}
	type identity struct {
		Methods []string `json:"methods"`
		Token   token    `json:"token"`
	}
	type auth struct {
		Identity identity `json:"identity"`
	}
	seconds := int(cmp.Or(o.Duration, defaultOIDCDuration) / time.Second)
	body, _ := json.Marshal(struct {
		Auth auth `json:"auth"`
	}{auth{identity{[]string{"token"}, token{iamToken, seconds}}}})
	var response temporaryKeys
	err := o.client(iamToken).Do(ctx, transport.Request{
		Service: transport.IAM, Region: region, Method: http.MethodPost, Path: "/v3.0/OS-CREDENTIAL/securitytokens", Body: body, Confidential: true,
	}, &response)
	return response.credentials(), err
}

// subjectToken is the response with an IAM token. The body describes the token.
type subjectToken struct {
	transport.ErrorBody
	token string
}

// ReadHeader implements transport.HeaderReader.
func (s *subjectToken) ReadHeader(header http.Header) { s.token = header.Get("X-Subject-Token") }

// Verify implements transport.Verifier.
func (s *subjectToken) Verify() error {
	if s.token == "" {
		return transport.Malformed("it has no header X-Subject-Token")
	}
	return nil
}
