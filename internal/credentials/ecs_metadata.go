// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
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

// Retrieve implements Provider.
func (p ECSMetadata) Retrieve(ctx context.Context, _ string) (Credentials, error) {
	const source = "the agency of this ECS host"
	token, err := p.token(ctx)
	var failed *transport.Error
	switch {
	case err == nil:
	case errors.As(err, &failed) && failed.Kind == transport.KindNetwork:
		return Credentials{}, noneIn(source, "no metadata at 169.254.169.254: this is not an ECS host")
	default:
		return Credentials{}, err
	}
	var response temporaryKeys
	err = client(p.Network, token).Do(ctx, transport.Request{
		URL: metadataURL + "/openstack/latest/securitykey", Direct: true, Once: true, Confidential: true,
	}, &response)
	switch {
	case err == nil:
		return response.credentials(), nil
	case errors.As(err, &failed) && failed.Kind == transport.KindStatus && !failed.Transient():
		return Credentials{}, noneIn(source, "the metadata holds no keys: no agency is set on this host")
	case errors.As(err, &failed):
		return Credentials{}, &RetrieveError{Source: source, Err: err}
	default:
		return Credentials{}, err
	}
}

// token returns the token that the metadata requires, an empty one if it
// requires none.
func (p ECSMetadata) token(ctx context.Context) (secretHeader, error) {
	status, text, err := client(p.Network, secretHeader{}).Text(ctx, transport.Request{
		Method: http.MethodPut, URL: metadataURL + "/meta-data/latest/api/token", Direct: true, Once: true,
		Header: http.Header{"X-Metadata-Token-Ttl-Seconds": {"21600"}},
	})
	if err != nil || status != http.StatusOK {
		return secretHeader{}, err
	}
	return secretHeader{name: "X-Metadata-Token", value: strings.TrimSpace(text)}, nil
}
