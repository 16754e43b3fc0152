// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"net/http"
)

// refresher gives the credentials to the attempts of one request. Rejected
// credentials are refreshed once, because the gateway locks out clients that
// keep sending them.
type refresher struct {
	provider  CredentialsProvider // nil if the request needs none
	region    string
	refreshed bool
}

func (r *refresher) do(ctx context.Context, attempt func(Credentials) error) error {
	if r.provider == nil {
		return attempt(nil)
	}
	credentials, err := r.provider.Retrieve(ctx, r.region)
	if err != nil {
		return err
	}
	err = attempt(credentials)
	if r.refreshed || !rejected(err) {
		return err
	}
	r.refreshed = true
	fresh, changed, failed := r.provider.Refresh(ctx, r.region, credentials)
	if failed != nil || !changed {
		return errors.Join(err, ctx.Err()) // the service's error says more than that of the refresh
	}
	return attempt(fresh)
}

// rejected reports whether an error says that the credentials are not accepted,
// or no longer.
func rejected(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == KindStatus && e.Status == http.StatusUnauthorized
}
