// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// podRequest is a request with a projected token.
func podRequest(t *testing.T, token, body string) *http.Request {
	t.Helper()
	return anonymous(t, http.MethodPost, "http://127.0.0.1"+fakecloud.PodIdentityPath, body, "Authorization", token)
}

func TestPodIdentity_issuesKeysForTheProjectedToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := podCloud(time.Hour, keys(1))
		cloud.Fail(fakecloud.PodIdentityPath, fakecloud.Fault{Status: http.StatusBadGateway})
		diff(t, "fault", http.StatusBadGateway, send(t, cloud, podRequest(t, "projected", "{}")).Status)
		diff(t, "response", ok(`{"assumedAgency":{"urn":"","id":""},"audience":"","credentials":{"accessKeyId":"AK1","secretAccessKey":"SK1",`+
			`"securityToken":"token1","expiration":"2000-01-01T01:00:00.000000Z"},`+
			`"podIdentityAssociationId":"","subject":{"namespace":"","serviceAccount":""}}`), send(t, cloud, podRequest(t, "projected", "{}")))
		diff(t, "use", "", use(t, cloud, keys(1)))
		diff(t, "log, without the token", []any{http.Header{}, "{}"}, []any{cloud.Requests()[1].Header, cloud.Requests()[1].Body})
	})
}

func TestPodIdentity_rejects(t *testing.T) {
	for name, test := range map[string]struct {
		token, body string
		want        result
	}{
		"no token":      {"", "{}", result{http.StatusUnauthorized, "401 Unauthorized"}},
		"another token": {"Bearer projected", "{}", result{http.StatusUnauthorized, "401 Unauthorized"}},
		"no body":       {"projected", "", result{http.StatusBadRequest, "400 Bad Request"}},
		"null":          {"projected", "null", result{http.StatusBadRequest, "400 Bad Request"}},
	} {
		diff(t, name, test.want, send(t, podCloud(0), podRequest(t, test.token, test.body)))
	}
	diff(t, "without the agent", http.StatusNotFound, send(t, fakecloud.New(), podRequest(t, "projected", "{}")).Status)
}
