// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// Default returns the provider that is used if no credentials are configured.
// It tries what the machine has, in the order of the SDK, when the first request
// needs credentials. lookup returns an environment variable.
func Default(lookup func(string) (string, bool), network *transport.Network) Provider {
	// An identity provider is not supported yet, and must not be ignored in favor
	// of another source.
	if oidc, ok := identityProvider(lookup); ok {
		return oidc
	}
	return Chain(
		// 1. The SDK's credentials file.
		sdkFile(lookup),
		// 2. The agency of the ECS host, from its metadata.
		ECSMetadata{Network: network},
		// 3. The identity of the CCE pod.
		podIdentity(lookup, network),
	)
}

// Chain returns the first of the providers that has credentials, and keeps it:
// what cannot be refreshed later does not silently come from another source.
func Chain(providers ...Provider) Provider { return &chain{providers: providers} }

type chain struct {
	providers []Provider
	chosen    atomic.Pointer[Provider]
}

// Retrieve implements Provider.
func (c *chain) Retrieve(ctx context.Context, region string) (Credentials, error) {
	if chosen := c.chosen.Load(); chosen != nil {
		return (*chosen).Retrieve(ctx, region)
	}
	all := &NoCredentialsError{}
	for i := range c.providers {
		credentials, err := c.providers[i].Retrieve(ctx, region)
		var none *NoCredentialsError
		switch {
		case err == nil:
			c.chosen.Store(&c.providers[i])
			return credentials, nil
		case errors.As(err, &none):
			all.Checked = append(all.Checked, none.Checked...)
		default:
			return Credentials{}, err
		}
	}
	return Credentials{}, all
}

// identityProviders are the variables of the official provider and of the SDK
// that name an identity provider.
func identityProviders() []string {
	return []string{"HW_ASSUME_ROLE_IDP_ID", "HUAWEICLOUD_SDK_IDP_ID"}
}

func identityProvider(lookup func(string) (string, bool)) (Provider, bool) {
	for _, variable := range identityProviders() {
		if id, _ := lookup(variable); id != "" {
			return unsupported{
				source: "the identity provider named by " + variable,
				reason: "this provider does not support ID tokens (OIDC) yet. " +
					"Get temporary access keys before Terraform runs, and set access_key, secret_key, and security_token",
			}, true
		}
	}
	return nil, false
}

// unsupported is a source that this provider cannot use.
type unsupported struct{ source, reason string }

// Retrieve implements Provider.
func (u unsupported) Retrieve(context.Context, string) (Credentials, error) {
	return Credentials{}, &RetrieveError{Source: u.source, Err: errors.New(u.reason)}
}
