// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
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
// or no longer. Which status and code the gateways return for expired credentials
// is not documented. Seen were 400, 401, and 403, with several codes.
func rejected(err error) bool {
	var e *Error
	if !errors.As(err, &e) || e.Kind != KindStatus || e.Throttled() {
		return false
	}
	switch e.Status {
	case http.StatusUnauthorized:
		return true
	case http.StatusBadRequest, http.StatusForbidden:
		return e.ExpiredCredentials()
	default:
		return false
	}
}

// expiredCodes are the codes of expired credentials. Sources: the error codes of
// API Gateway and IAM.
var expiredCodes = []string{"APIG.0602", "APIGW.0602", "IAM.1105", "IAM.1108"}

// ExpiredCredentials reports whether an error says that a token or temporary keys
// have expired, by its code or by its text. A signature expires, too, but because
// of a clock.
func (e *Error) ExpiredCredentials() bool {
	if slices.Contains(expiredCodes, e.Code) {
		return true
	}
	text := strings.ToLower(e.Message)
	contains := func(part string) bool { return strings.Contains(text, part) }
	if slices.ContainsFunc([]string{"securitytoken", "security token", "invalid token", "decrypt token fail"}, contains) {
		return true
	}
	return contains("expired") && !contains("signature expired") && slices.ContainsFunc([]string{"token", "key", "credential"}, contains)
}
