// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"net/http"
	"strings"
)

// metadataURL is the same on every ECS host.
const metadataURL = "http://169.254.169.254"

// ECSAgency returns the source of the keys of the agency that is set on the ECS
// host on which the provider runs.
//
// API: GET /openstack/latest/securitykey of the host's metadata, with a token
// from PUT /meta-data/latest/api/token where the host gives one (ECS, "Metadata
// Obtaining"; the SDK does the same).
func ECSAgency() Source {
	return func(ctx context.Context, c *Client, _ string) (Credentials, error) {
		const place = "the agency of this ECS host"
		nothing := func(finding string) (Credentials, error) {
			return Credentials{}, &NoCredentialsError{Looked: []Place{{place, finding}}}
		}
		token, err := c.metadataToken(ctx)
		var fault *Error
		switch {
		case err == nil:
		case errors.As(err, &fault) && fault.Kind == KindNetwork:
			return nothing("no metadata at 169.254.169.254, so that this is no ECS host")
		default:
			return Credentials{}, err
		}
		var answer keysResponse
		ask := request{url: metadataURL + "/openstack/latest/securitykey", direct: true, confidential: true}
		if token != "" {
			ask.header = http.Header{headerMetadataToken: {token}}
		}
		err = c.attempt(ctx, ask, Credentials{}, &answer)
		switch {
		case err == nil:
			return answer.credentials(), nil
		case errors.As(err, &fault) && fault.Kind == KindStatus && !fault.Transient():
			return nothing("the metadata holds no keys, so that no agency is set on this host")
		case errors.As(err, &fault):
			return Credentials{}, &CredentialsError{From: place, Err: err}
		default:
			return Credentials{}, err
		}
	}
}

// metadataToken returns the token that the metadata wants, "" where it wants none.
func (c *Client) metadataToken(ctx context.Context) (string, error) {
	got, err := c.exchange(ctx, request{
		method: http.MethodPut, url: metadataURL + "/meta-data/latest/api/token", direct: true,
		header: http.Header{"X-Metadata-Token-Ttl-Seconds": {"21600"}},
	}, Credentials{})
	if err != nil || got.fault.Status != http.StatusOK {
		return "", err
	}
	return strings.TrimSpace(string(got.body)), nil
}
