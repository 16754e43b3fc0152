// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"net/http"
)

// refresher refreshes the credentials of one request if they are rejected: once,
// because the gateway locks out clients that keep sending them.
type refresher struct {
	provider  CredentialsProvider // nil if the request needs none
	region    string
	refreshed bool
}

// do makes an attempt, which returns the credentials that it used, nil if it used
// none, and another one if these were rejected.
func (r *refresher) do(ctx context.Context, attempt func() (Credentials, error)) error {
	used, err := attempt()
	if used == nil || r.refreshed || !rejected(err) {
		return err
	}
	r.refreshed = true
	_, changed, failed := r.provider.Refresh(ctx, r.region, used)
	if failed != nil || !changed {
		return errors.Join(err, ctx.Err()) // the service's error says more than that of the refresh
	}
	_, err = attempt()
	return err
}

// rejected reports whether an error says that the credentials are not accepted,
// or no longer.
func rejected(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == KindStatus && e.Status == http.StatusUnauthorized
}
