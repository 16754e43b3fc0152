// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	dcs "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2"
	dcsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2/model"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const idTokenBody = `{"auth":{"id_token":{"id":"jwt"}}}`

// oidcCloud returns a cloud that trusts the ID token "jwt" and accepts nothing
// else.
func oidcCloud() *fakecloud.Cloud {
	cloud := fakecloud.New()
	cloud.AddIdentityProvider(fakecloud.IdentityProvider{
		Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1), keys(2)}}, ID: "github", IDTokens: []string{"jwt"}, TokenLifetime: time.Hour,
	})
	return cloud
}

func exchange(t *testing.T, cloud *fakecloud.Cloud, provider, body string) (result, string) {
	t.Helper()
	response, header := sendForHeader(t, cloud, anonymous(t, http.MethodPost, host+fakecloud.IDTokenPath, body, "X-Idp-Id", provider))
	return response, header.Get("X-Subject-Token")
}

// tokenKeys requests keys for an IAM token.
func tokenKeys(t *testing.T, cloud *fakecloud.Cloud, token string, headers ...string) result {
	t.Helper()
	body := `{"auth":{"identity":{"methods":["token"],"token":` + token + `}}}`
	return send(t, cloud, anonymous(t, http.MethodPost, host+fakecloud.SecurityTokensPath, body, headers...))
}

func TestIdentityProvider_exchangesATokenForKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := oidcCloud()
		response, token := exchange(t, cloud, "github", idTokenBody)
		diff(t, "IAM token", []any{http.StatusCreated, "iam-token-1", "2000-01-01T01:00:00.000000Z"},
			[]any{response.Status, token, at(t, response.Body, "token", "expires_at")})
		for i, test := range []struct{ token, expires string }{
			{`{"id":"iam-token-1"}`, "2000-01-01T00:15:00.000000Z"},
			{`{"id":"iam-token-1","duration_seconds":21600}`, "2000-01-01T06:00:00.000000Z"},
		} {
			want := keys(i + 1)
			diff(t, "keys", result{http.StatusCreated, `{"credential":{"expires_at":"` + test.expires + `","access":"` + want.AccessKey +
				`","secret":"` + want.SecretKey + `","securitytoken":"` + want.SecurityToken + `"}}`}, tokenKeys(t, cloud, test.token))
			diff(t, "use", "", use(t, cloud, want))
		}
		diff(t, "token in the header", http.StatusCreated, tokenKeys(t, cloud, `{"id":"other"}`, "X-Auth-Token", token).Status)
		diff(t, "use of the IAM token", http.StatusOK, send(t, cloud, anonymous(t, http.MethodGet, host+fakecloud.ProjectsPath, "", "X-Auth-Token", token)).Status)
		time.Sleep(time.Hour)
		diff(t, "expired token", http.StatusUnauthorized, tokenKeys(t, cloud, `{"id":"iam-token-1"}`).Status)
		diff(t, "use of an expired token", http.StatusUnauthorized,
			send(t, cloud, anonymous(t, http.MethodGet, host+fakecloud.ProjectsPath, "", "X-Auth-Token", token)).Status)
	})
}

func TestIdentityProvider_rejects(t *testing.T) {
	for name, test := range map[string]struct {
		provider, body string
		status         int
		code           string
	}{
		"no provider":      {"", idTokenBody, http.StatusBadRequest, "IAM.0011"},
		"no token":         {"github", `{"auth":{}}`, http.StatusBadRequest, "IAM.0011"},
		"no JSON":          {"github", `jwt`, http.StatusBadRequest, "IAM.0011"},
		"another provider": {"gitlab", idTokenBody, http.StatusNotFound, "IAM.0004"},
		"another token":    {"github", strings.Replace(idTokenBody, "jwt", "other", 1), http.StatusUnauthorized, "IAM.0001"},
	} {
		response, token := exchange(t, oidcCloud(), test.provider, test.body)
		diff(t, name, []any{test.status, test.code, ""}, []any{response.Status, at(t, response.Body, "error_code"), token})
	}
	cloud := oidcCloud()
	cloud.AcceptToken(token)
	exchange(t, cloud, "github", idTokenBody)
	for body, want := range map[string]result{
		`{"id":"other"}`:         {http.StatusUnauthorized, iamError("401", "Unauthorized", "The token is invalid or has expired.")},
		`{}`:                     {http.StatusUnauthorized, iamError("401", "Unauthorized", "The token is invalid or has expired.")},
		`{"id":"` + token + `"}`: {http.StatusForbidden, iamError("403", "Forbidden", "The token has no keys.")},
		`{"id":"iam-token-2","duration_seconds":899}`: {http.StatusBadRequest, iamError("400", "Bad Request", "duration_seconds must be between 900 and 86400")},
	} {
		diff(t, body, want, tokenKeys(t, cloud, body))
	}
}

func TestAddIdentityProvider_rotatesIDTokens(t *testing.T) {
	cloud := oidcCloud()
	_, first := exchange(t, cloud, "github", idTokenBody)
	cloud.AddIdentityProvider(fakecloud.IdentityProvider{ID: "github", IDTokens: []string{"next"}})
	old, _ := exchange(t, cloud, "github", idTokenBody)
	diff(t, "the old ID token", http.StatusUnauthorized, old.Status)
	diff(t, "the old IAM token", http.StatusCreated, tokenKeys(t, cloud, `{"id":"`+first+`"}`).Status)
	next, _ := exchange(t, cloud, "github", strings.Replace(idTokenBody, "jwt", "next", 1))
	diff(t, "the new ID token", http.StatusCreated, next.Status)
}

func TestSDK_exchangesAnIDToken(t *testing.T) {
	cloud := oidcCloud()
	cloud.Serve(fakecloud.JobPath(project, "job"), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	server := httptest.NewServer(cloud)
	defer server.Close()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("jwt\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	credentials, err := basic.NewCredentialsBuilder().WithIdpId("github").WithIdTokenFile(file).
		WithIamEndpointOverride(server.URL).WithProjectId(project).SafeBuild()
	if err != nil {
		t.Fatal(err)
	}
	job, err := dcs.NewDcsClient(connect(t, dcs.DcsClientBuilder(), cloud, credentials)).ShowJobInfo(&dcsmodel.ShowJobInfoRequest{JobId: "job"})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "job", "SUCCESS", job.Status.Value())
	diff(t, "statuses", []int{http.StatusCreated, http.StatusCreated, http.StatusOK}, statuses(cloud))
}
