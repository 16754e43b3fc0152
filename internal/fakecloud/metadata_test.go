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

// metadataCloud returns a cloud with a metadata service, without other keys.
func metadataCloud(m fakecloud.Metadata) *fakecloud.Cloud {
	m.Issuer = fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1), keys(2)}, Lifetime: time.Hour}
	cloud := fakecloud.New()
	cloud.ServeMetadata(m)
	return cloud
}

func metadataToken(t *testing.T, cloud *fakecloud.Cloud, seconds string) result {
	t.Helper()
	return send(t, cloud, anonymous(t, http.MethodPut, metadataHost+fakecloud.MetadataTokenPath, "", "X-Metadata-Token-Ttl-Seconds", seconds))
}

func securityKey(t *testing.T, cloud *fakecloud.Cloud, token string) result {
	t.Helper()
	return send(t, cloud, anonymous(t, http.MethodGet, metadataHost+fakecloud.SecurityKeyPath, "", "X-Metadata-Token", token))
}

func TestMetadata_issuesKeysForItsToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := metadataCloud(fakecloud.Metadata{})
		cloud.Fail(fakecloud.MetadataTokenPath, fakecloud.Fault{Status: http.StatusServiceUnavailable})
		diff(t, "fault", http.StatusServiceUnavailable, metadataToken(t, cloud, "21600").Status)
		diff(t, "token", ok("metadata-token-1"), metadataToken(t, cloud, "21600"))
		diff(t, "keys", ok(`{"credential":{"expires_at":"2000-01-01T01:00:00.000000Z",`+
			`"access":"AK1","secret":"SK1","securitytoken":"token1"}}`), securityKey(t, cloud, "metadata-token-1"))
		diff(t, "use", "", use(t, cloud, keys(1)))
		logged := cloud.Requests()[2]
		diff(t, "log, without the token", []any{"169.254.169.254", fakecloud.SecurityKeyPath, http.Header{}}, []any{logged.Host, logged.Path, logged.Header})
	})
}

func TestMetadata_rejects(t *testing.T) {
	unauthorized := result{http.StatusUnauthorized, "401 Unauthorized"}
	badRequest := result{http.StatusBadRequest, "400 Bad Request"}
	cloud := metadataCloud(fakecloud.Metadata{})
	metadataToken(t, cloud, "60")
	without := metadataCloud(fakecloud.Metadata{WithoutAgency: true})
	metadataToken(t, without, "60")
	for name, test := range map[string]struct{ got, want result }{
		"no lifetime":         {metadataToken(t, cloud, ""), badRequest},
		"lifetime as text":    {metadataToken(t, cloud, "6h"), badRequest},
		"lifetime of zero":    {metadataToken(t, cloud, "0"), badRequest},
		"too long a lifetime": {metadataToken(t, cloud, "21601"), badRequest},
		"no token":            {securityKey(t, cloud, ""), unauthorized},
		"another token":       {securityKey(t, cloud, "metadata-token-2"), unauthorized},
		"no agency":           {securityKey(t, without, "metadata-token-1"), result{http.StatusUnauthorized, "Please configure Cloud Service Agency first"}},
		"neither":             {securityKey(t, without, ""), unauthorized},
	} {
		diff(t, name, test.want, test.got)
	}
	diff(t, "token without the service", http.StatusNotFound, metadataToken(t, fakecloud.New(), "60").Status)
	diff(t, "keys without the service", http.StatusNotFound, securityKey(t, fakecloud.New(), "").Status)
}

func TestMetadata_tokensExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := metadataCloud(fakecloud.Metadata{})
		first := metadataToken(t, cloud, "60").Body
		time.Sleep(time.Minute - time.Nanosecond)
		diff(t, "just before", http.StatusOK, securityKey(t, cloud, first).Status)
		second := metadataToken(t, cloud, "60").Body
		time.Sleep(time.Nanosecond)
		diff(t, "expired", http.StatusUnauthorized, securityKey(t, cloud, first).Status)
		diff(t, "the second token", http.StatusOK, securityKey(t, cloud, second).Status)
		cloud.ServeMetadata(fakecloud.Metadata{})
		diff(t, "served again", http.StatusUnauthorized, securityKey(t, cloud, second).Status)
	})
}

func TestMetadata_firstVersionHasNoTokens(t *testing.T) {
	cloud := metadataCloud(fakecloud.Metadata{WithoutToken: true})
	diff(t, "token", result{http.StatusNotFound, "404 Not Found"}, metadataToken(t, cloud, "60"))
	diff(t, "keys", http.StatusOK, securityKey(t, cloud, "").Status)
	diff(t, "keys for any token", http.StatusOK, securityKey(t, cloud, "any").Status)
}

func TestMetadata_isReplacedByServe(t *testing.T) {
	cloud := fakecloud.New()
	cloud.Serve(fakecloud.SecurityKeyPath, fakecloud.Response{Body: `{"credential":null}`})
	diff(t, "keys, without credentials", ok(`{"credential":null}`), securityKey(t, cloud, ""))
}
