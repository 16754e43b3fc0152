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
// needs credentials. lookup returns an environment variable. iam has no
// credentials; ownRegion is the region of the Terraform provider.
func Default(lookup func(string) (string, bool), iam transport.Client, ownRegion string) Provider {
	return Chain(
		// 1. The SDK's credentials file.
		sdkFile(lookup, iam, ownRegion),
		// 2. The agency of the ECS host, from its metadata.
		ECSMetadata{Network: iam.Network},
		// 3. The identity of the CCE pod.
		podIdentity(lookup, iam.Network),
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

// Services implements Issuer.
func (c *chain) Services() []transport.Service {
	if chosen := c.chosen.Load(); chosen != nil {
		return Services(*chosen)
	}
	var all []transport.Service
	for _, p := range c.providers {
		all = append(all, Services(p)...)
	}
	return all
}

// Required returns a provider for which it is an error not to have credentials:
// the user has chosen it. source names that choice.
func Required(source string, p Provider) Provider { return required{source, p} }

type required struct {
	source string
	Provider
}

// Retrieve implements Provider.
func (r required) Retrieve(ctx context.Context, region string) (Credentials, error) {
	credentials, err := r.Provider.Retrieve(ctx, region)
	var none *NoCredentialsError
	if errors.As(err, &none) {
		return Credentials{}, &RetrieveError{Source: r.source, Err: err}
	}
	return credentials, err
}
