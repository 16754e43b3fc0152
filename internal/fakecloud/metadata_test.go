// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const metadataHost = "http://169.254.169.254"

// instanceMetadata is a cloud that is an ECS and knows no other keys.
func instanceMetadata(m fakecloud.Metadata) *fakecloud.Cloud {
	m.Issuer = fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1), keys(2)}, Lifetime: time.Hour}
	cloud := fakecloud.New()
	cloud.ServeMetadata(m)
	return cloud
}

// metadata asks without any credentials; a header without a value is left out.
func metadata(t *testing.T, cloud *fakecloud.Cloud, method, path, header, value string) answered {
	t.Helper()
	r, err := http.NewRequest(method, metadataHost+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if value != "" {
		r.Header.Set(header, value)
	}
	return send(t, cloud, r)
}

func metadataToken(t *testing.T, cloud *fakecloud.Cloud, seconds string) answered {
	t.Helper()
	return metadata(t, cloud, http.MethodPut, fakecloud.MetadataTokenPath, "X-Metadata-Token-Ttl-Seconds", seconds)
}

func securityKey(t *testing.T, cloud *fakecloud.Cloud, token string) answered {
	t.Helper()
	return metadata(t, cloud, http.MethodGet, fakecloud.SecurityKeyPath, "X-Metadata-Token", token)
}

func TestMetadata_handsOutKeysForItsToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := instanceMetadata(fakecloud.Metadata{})
		given := metadataToken(t, cloud, "21600")
		diff(t, "token", answered{http.StatusOK, "metadata-token-1"}, given)
		diff(t, "keys", answered{
			http.StatusOK, `{"credential":{"expires_at":"2000-01-01T01:00:00.000000Z",` +
				`"access":"AK1","secret":"SK1","securitytoken":"token1"}}`,
		}, securityKey(t, cloud, given.Body))
		diff(t, "verdict on the keys", "", verdict(t, cloud, keys(1)))
	})
}

func TestMetadata_refuses(t *testing.T) {
	unauthorized := answered{http.StatusUnauthorized, "401 Unauthorized"}
	badRequest := answered{http.StatusBadRequest, "400 Bad Request"}
	cloud := instanceMetadata(fakecloud.Metadata{})
	metadataToken(t, cloud, "60")
	for name, test := range map[string]struct{ got, want answered }{
		"a token without a time": {metadataToken(t, cloud, ""), badRequest},
		"a time in words":        {metadataToken(t, cloud, "6h"), badRequest},
		"no time":                {metadataToken(t, cloud, "0"), badRequest},
		"too long a time":        {metadataToken(t, cloud, "21601"), badRequest},
		"keys without a token":   {securityKey(t, cloud, ""), unauthorized},
		"another token":          {securityKey(t, cloud, "metadata-token-2"), unauthorized},
	} {
		diff(t, name, test.want, test.got)
	}
}

func TestMetadata_forgetsATokenInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := instanceMetadata(fakecloud.Metadata{})
		first := metadataToken(t, cloud, "60").Body
		time.Sleep(time.Minute - time.Nanosecond)
		diff(t, "the last moment", http.StatusOK, securityKey(t, cloud, first).Status)
		second := metadataToken(t, cloud, "60").Body
		time.Sleep(time.Nanosecond)
		diff(t, "a minute", http.StatusUnauthorized, securityKey(t, cloud, first).Status)
		diff(t, "the second", http.StatusOK, securityKey(t, cloud, second).Status)

		cloud.ServeMetadata(fakecloud.Metadata{})
		diff(t, "served again", http.StatusUnauthorized, securityKey(t, cloud, second).Status)
	})
}

func TestMetadata_ofTheFirstVersionHasNoTokens(t *testing.T) {
	cloud := instanceMetadata(fakecloud.Metadata{WithoutToken: true})
	diff(t, "token", answered{http.StatusNotFound, "404 Not Found"}, metadataToken(t, cloud, "60"))
	diff(t, "keys", http.StatusOK, securityKey(t, cloud, "").Status)
	diff(t, "keys for any token", http.StatusOK, securityKey(t, cloud, "any").Status)
}

func TestMetadata_withoutAnAgencyHasNoKeys(t *testing.T) {
	cloud := instanceMetadata(fakecloud.Metadata{WithoutAgency: true})
	given := metadataToken(t, cloud, "60").Body
	diff(t, "keys", answered{http.StatusUnauthorized, "Please configure Cloud Service Agency first"},
		securityKey(t, cloud, given))
	diff(t, "without the token", answered{http.StatusUnauthorized, "401 Unauthorized"}, securityKey(t, cloud, ""))
}

func TestMetadata_isNotEverywhere(t *testing.T) {
	cloud := fakecloud.New()
	diff(t, "token", http.StatusNotFound, metadataToken(t, cloud, "60").Status)
	diff(t, "keys", http.StatusNotFound, securityKey(t, cloud, "").Status)
}

func TestMetadata_mayBeServedByHand(t *testing.T) {
	cloud := fakecloud.New()
	cloud.Serve(fakecloud.SecurityKeyPath, fakecloud.Response{Body: `{"credential":null}`})
	diff(t, "keys, without credentials", answered{http.StatusOK, `{"credential":null}`}, securityKey(t, cloud, ""))
}

func TestMetadata_isStruckByFaultsAndLoggedWithoutSecrets(t *testing.T) {
	cloud := instanceMetadata(fakecloud.Metadata{})
	cloud.Fail(fakecloud.MetadataTokenPath, fakecloud.Fault{Status: http.StatusServiceUnavailable})
	metadataToken(t, cloud, "60")
	securityKey(t, cloud, metadataToken(t, cloud, "60").Body)

	var got []string
	for _, r := range cloud.Requests() {
		got = append(got, r.Method+" "+r.Host+r.Path+" "+http.StatusText(r.Status))
	}
	diff(t, "log", []string{
		"PUT 169.254.169.254/meta-data/latest/api/token Service Unavailable",
		"PUT 169.254.169.254/meta-data/latest/api/token OK",
		"GET 169.254.169.254/openstack/latest/securitykey OK",
	}, got)
	diff(t, "header with the token", http.Header{}, cloud.Requests()[2].Header)
}
