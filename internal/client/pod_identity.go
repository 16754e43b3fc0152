// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
)

// The variables that CCE sets in a pod which has an identity.
// Source: huaweicloud-sdk-go-v3, core/auth/provider/pod_identity_provider.go.
const (
	PodIdentityURI       = "HC_CONTAINER_CREDENTIALS_FULL_URI"
	PodIdentityTokenFile = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE" //nolint:gosec // the name of a variable
)

// PodIdentity returns the source of the keys of the CCE pod in which the
// provider runs: uri and tokenFile are what its variables hold.
func PodIdentity(uri, tokenFile string) Source {
	return func(ctx context.Context, c *Client, _ string) (Credentials, error) {
		const place = "the identity of this CCE pod"
		for _, variable := range []struct{ name, value string }{{PodIdentityURI, uri}, {PodIdentityTokenFile, tokenFile}} {
			if variable.value == "" {
				return Credentials{}, &NoCredentialsError{Looked: []Place{{place, "the variable " + variable.name + " is not set"}}}
			}
		}
		token, err := os.ReadFile(tokenFile) // each time: the pod's token is renewed in it
		if err != nil {
			return Credentials{}, &CredentialsError{From: place, Err: err}
		}
		var answer keysResponse
		err = c.attempt(ctx, request{
			method: http.MethodPost, url: uri, body: []byte("{}"), direct: true, confidential: true,
			header: http.Header{headerAuthorization: {strings.TrimSpace(string(token))}},
		}, Credentials{}, &answer)
		var fault *Error
		if errors.As(err, &fault) {
			return Credentials{}, &CredentialsError{From: place, Err: err}
		}
		return answer.credentials(), err
	}
}
