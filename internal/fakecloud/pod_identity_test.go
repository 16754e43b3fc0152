// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// podRequest shows a projected token.
func podRequest(t *testing.T, token, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1"+fakecloud.PodIdentityPath, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", token)
	return r
}

func TestPodIdentity_handsOutKeysForTheProjectedToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New()
		cloud.ServePodIdentity("projected", fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1)}, Lifetime: time.Hour})
		diff(t, "answer", answered{
			http.StatusOK,
			`{"assumedAgency":{"urn":"","id":""},"audience":"","credentials":{"accessKeyId":"AK1","secretAccessKey":"SK1",` +
				`"securityToken":"token1","expiration":"2000-01-01T01:00:00.000000Z"},` +
				`"podIdentityAssociationId":"","subject":{"namespace":"","serviceAccount":""}}`,
		}, send(t, cloud, podRequest(t, "projected", "{}")))
		diff(t, "verdict on the keys", "", verdict(t, cloud, keys(1)))
	})
}

func TestPodIdentity_refuses(t *testing.T) {
	for name, test := range map[string]struct {
		token, body string
		want        answered
	}{
		"no token":      {"", "{}", answered{http.StatusUnauthorized, "401 Unauthorized"}},
		"another token": {"Bearer projected", "{}", answered{http.StatusUnauthorized, "401 Unauthorized"}},
		"no body":       {"projected", "", answered{http.StatusBadRequest, "400 Bad Request"}},
		"null":          {"projected", "null", answered{http.StatusBadRequest, "400 Bad Request"}},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := fakecloud.New()
			cloud.ServePodIdentity("projected", fakecloud.Issuer{})
			diff(t, "answer", test.want, send(t, cloud, podRequest(t, test.token, test.body)))
		})
	}
}

func TestPodIdentity_isNotEverywhere(t *testing.T) {
	diff(t, "status", http.StatusNotFound, send(t, fakecloud.New(), podRequest(t, "projected", "{}")).Status)
}

func TestPodIdentity_isStruckByFaultsAndLoggedWithoutSecrets(t *testing.T) {
	cloud := fakecloud.New()
	cloud.ServePodIdentity("projected", fakecloud.Issuer{})
	cloud.Fail(fakecloud.PodIdentityPath, fakecloud.Fault{Status: http.StatusBadGateway})
	send(t, cloud, podRequest(t, "projected", "{}"))
	send(t, cloud, podRequest(t, "projected", "{}"))
	diff(t, "statuses", []int{http.StatusBadGateway, http.StatusOK}, statuses(cloud))
	diff(t, "header", http.Header{}, cloud.Requests()[1].Header)
	diff(t, "body", "{}", cloud.Requests()[1].Body)
}
