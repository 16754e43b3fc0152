// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"sync/atomic"
)

// Chain returns the first of the sources that has credentials, and keeps to it:
// what it cannot renew later does not silently come from elsewhere.
func Chain(sources ...Source) Source {
	var chosen atomic.Pointer[Source]
	return func(ctx context.Context, c *Client, region string) (Credentials, error) {
		if source := chosen.Load(); source != nil {
			return (*source)(ctx, c, region)
		}
		nowhere := &NoCredentialsError{}
		for i := range sources {
			credentials, err := sources[i](ctx, c, region)
			var none *NoCredentialsError
			switch {
			case err == nil:
				chosen.Store(&sources[i])
				return credentials, nil
			case errors.As(err, &none):
				nowhere.Looked = append(nowhere.Looked, none.Looked...)
			default:
				return Credentials{}, err
			}
		}
		return Credentials{}, nowhere
	}
}
