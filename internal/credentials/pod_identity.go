// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// The variables that CCE sets in a pod that has an identity.
// Source: huaweicloud-sdk-go-v3, core/auth/provider/pod_identity_provider.go.
const (
	podIdentityURI       = "HC_CONTAINER_CREDENTIALS_FULL_URI"
	podIdentityTokenFile = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE" //nolint:gosec // the name of a variable
)

// PodIdentity is the provider of the keys of the CCE pod in which Terraform runs.
type PodIdentity struct {
	URI, TokenFile string // what its variables hold
	Network        *transport.Network
}

func podIdentity(lookup func(string) (string, bool), network *transport.Network) PodIdentity {
	uri, _ := lookup(podIdentityURI)
	file, _ := lookup(podIdentityTokenFile)
	return PodIdentity{URI: uri, TokenFile: file, Network: network}
}

// Retrieve implements Provider.
func (p PodIdentity) Retrieve(ctx context.Context, _ string) (Credentials, error) {
	const source = "the identity of this CCE pod"
	for _, variable := range []struct{ name, value string }{{podIdentityURI, p.URI}, {podIdentityTokenFile, p.TokenFile}} {
		if variable.value == "" {
			return Credentials{}, noneIn(source, variable.name+" is not set")
		}
	}
	content, err := os.ReadFile(p.TokenFile) // each time: CCE replaces the token in it
	token := strings.TrimSpace(string(content))
	if err == nil {
		err = CheckSecret(token)
	}
	if err != nil {
		return Credentials{}, &RetrieveError{Source: source, Err: fmt.Errorf("the file %s, which %s names, cannot be used: %w", p.TokenFile, podIdentityTokenFile, err)}
	}
	authorization := secretHeader{name: "Authorization", value: token}
	var response temporaryKeys
	err = client(p.Network, authorization).Do(ctx, transport.Request{
		Method: http.MethodPost, URL: p.URI, Body: []byte("{}"), Direct: true, Once: true, Confidential: true,
	}, &response)
	var failed *transport.Error
	if errors.As(err, &failed) {
		return Credentials{}, &RetrieveError{Source: source, Err: err}
	}
	return response.credentials(), err
}
