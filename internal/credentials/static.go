// SPDX-License-Identifier: MPL-2.0

package credentials

import "context"

// Static returns the provider of configured credentials, which cannot be
// refreshed.
func Static(c Credentials) Provider { return static{c} }

type static struct{ Credentials }

// Retrieve implements Provider.
func (s static) Retrieve(context.Context, string) (Credentials, error) {
	if s.empty() {
		return Credentials{}, &NoCredentialsError{}
	}
	return s.Credentials, nil
}
