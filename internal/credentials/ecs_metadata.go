// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// metadataURL is the same on every ECS host.
const metadataURL = "http://169.254.169.254"

// ECSMetadata is the provider of the keys of the agency that is set on the ECS
// host on which Terraform runs.
//
// API: GET /openstack/latest/securitykey of the host's metadata, with a token
// from PUT /meta-data/latest/api/token if the host issues one (ECS, "Metadata
// Obtaining"; the SDK does the same).
type ECSMetadata struct{ Network *transport.Network }

const ecsAgency = "the agency of this ECS host"

// Retrieve implements Provider.
func (p ECSMetadata) Retrieve(ctx context.Context, _ string) (Credentials, error) {
	token, err := p.token(ctx)
	if err != nil {
		return Credentials{}, err
	}
	var response temporaryKeys
	err = client(p.Network, token).Do(ctx, transport.Request{
		URL: metadataURL + "/openstack/latest/securitykey", Direct: true, Once: true, Confidential: true,
	}, &response)
	var failed *transport.Error
	switch {
	case err == nil:
		return response.credentials(), nil
	case !errors.As(err, &failed):
		return Credentials{}, err
	case failed.Kind == transport.KindNetwork:
		return Credentials{}, noneIn(ecsAgency, "no response from the metadata at 169.254.169.254: "+failed.Err.Error())
	case failed.Kind == transport.KindStatus && !failed.Transient():
		return Credentials{}, noneIn(ecsAgency, fmt.Sprintf("the metadata at 169.254.169.254 returned HTTP status %d instead of keys: this is not an ECS host, or no agency is set on it", failed.Status))
	default:
		return Credentials{}, &RetrieveError{Source: ecsAgency, Err: err}
	}
}

// token returns the token that the metadata requires, an empty one if the host
// issues none. A response can be missing although the metadata has keys: in
// a container, the response with the token passes no second hop.
func (p ECSMetadata) token(ctx context.Context) (secretHeader, error) {
	status, text, err := client(p.Network, secretHeader{}).Text(ctx, transport.Request{
		Method: http.MethodPut, URL: metadataURL + "/meta-data/latest/api/token", Direct: true, Once: true,
		Header: http.Header{"X-Metadata-Token-Ttl-Seconds": {"21600"}},
	})
	if ctx.Err() != nil {
		return secretHeader{}, ctx.Err()
	}
	token := strings.TrimSpace(text)
	if err != nil || status != http.StatusOK || token == "" || CheckSecret(token) != nil {
		return secretHeader{}, nil //nolint:nilerr // the request with the token is optional
	}
	return secretHeader{name: "X-Metadata-Token", value: token}, nil
}
