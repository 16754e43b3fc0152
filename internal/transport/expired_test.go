// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// TestDo_refreshesExpiredCredentials once, by the code or the text of an error,
// and nothing else under the same statuses.
func TestDo_refreshesExpiredCredentials(t *testing.T) {
	for _, test := range []struct {
		name, code, message string
		refreshed           []int // the statuses under which credentials are refreshed
	}{
		{"gateway 0602", "APIG.0602", "Bad request", []int{400, 401, 403}},
		{"gateway 0602, older", "APIGW.0602", "", []int{400, 401, 403}},
		{"security token", "x", "The security token has expired", []int{400, 401, 403}},
		{"securitytoken of IAM", "IAM.1108", "The securitytoken has expired.", []int{400, 401, 403}},
		{"securitytoken without a known code", "x", "The SecurityToken is wrong.", []int{400, 401, 403}},
		{"access key of IAM", "IAM.1105", "The access key has expired.", []int{400, 401, 403}},
		{"temporary key", "x", "Temporary AK expired: this key is no longer valid", []int{400, 401, 403}},
		{"invalid token", "x", "Invalid token", []int{400, 401, 403}},
		{"token that cannot be decrypted", "APIGW.0301", "Incorrect IAM authentication information: decrypt token fail", []int{400, 401, 403}},
		{"signature", "APIGW.0301", "signature expired, signature time:20260304T061109Z; token valid", []int{401}},
		{"pre-check", "CCE.01400075", "The pre-check has expired.", []int{401}},
		{"permission", "APIGW.0302", "No permission", []int{401}},
		{"throttled", "APIGW.0308", "The throttling threshold has been reached", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, status := range []int{400, 401, 403, 404, 409, 500} {
				synctest.Test(t, func(t *testing.T) {
					cloud := newCloud()
					body := `{"error_code":` + strconv.Quote(test.code) + `,"error_msg":` + strconv.Quote(test.message) + `}`
					cloud.Fail(jobPath, fakecloud.Fault{Status: status, Body: body})
					c := newClient(cloud.Transport(), 0)
					c.Credentials = &rotating{tokens: []token{"old", valid}}
					err := readJob(t.Context(), c)
					refreshed := false
					for _, s := range test.refreshed {
						refreshed = refreshed || s == status
					}
					if refreshed {
						diff(t, http.StatusText(status), nil, err)
						diff(t, "requests", 2, len(cloud.Requests()))
						return
					}
					diff(t, http.StatusText(status), status, requestError(t, err).Status)
					diff(t, "requests", 1, len(cloud.Requests()))
				})
			}
		})
	}
}
