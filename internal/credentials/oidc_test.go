// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

const (
	idTokenRequest = "POST iam.cn-north-4.myhuaweicloud.com" + fakecloud.IDTokenPath
	oidcRequest    = "POST iam.cn-north-4.myhuaweicloud.com" + fakecloud.SecurityTokensPath
)

// trusts adds an identity provider with these ID tokens.
func trusts(idTokens ...string) func(*fakecloud.Cloud) {
	return func(c *fakecloud.Cloud) {
		c.AddIdentityProvider(fakecloud.IdentityProvider{ID: "ci", IDTokens: idTokens, Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{issued1, issued2}}})
	}
}

func federated(p IdentityProvider) func(*transport.Network) Provider {
	return func(n *transport.Network) Provider {
		return OIDC{IdentityProvider: p, OwnRegion: region, IAM: transport.Client{Network: n}}
	}
}

func TestOIDC(t *testing.T) {
	file := write(t, "\n fake-id-token \r\n")
	absent := filepath.Join(t.TempDir(), "token")
	empty, broken := write(t, " \n"), write(t, "fake-id\ntoken")
	const source = "credentials of the identity provider ci: "
	want := []string{idTokenRequest, oidcRequest, jobRequest + "FAKEISSUED1"}
	echo := fakecloud.Fault{Status: 401, Body: `{"error_code":"IAM.0001","error_msg":"invalid: fake-id-token"}`, Times: -1}
	for _, test := range []read{
		{name: "token", provider: federated(IdentityProvider{ID: "ci", Token: "fake-id-token"}), cloud: trusts("fake-id-token"), want: want},
		{name: "token file", provider: federated(IdentityProvider{ID: "ci", TokenFile: file}), cloud: trusts("fake-id-token"), want: want},
		{name: "SDK file", provider: sdkFileWith("[basic]\nidp_id = ci\nid_token_file = "+file, t), cloud: trusts("fake-id-token"), want: want},
		{name: "absent file", provider: federated(IdentityProvider{ID: "ci", TokenFile: absent}), err: source + "the ID token file " + absent + " does not exist"},
		{name: "directory", provider: federated(IdentityProvider{ID: "ci", TokenFile: filepath.Dir(absent)}), err: source + "the ID token file " + filepath.Dir(absent) + " cannot be read"},
		{name: "empty file", provider: federated(IdentityProvider{ID: "ci", TokenFile: empty}), err: source + "the ID token file " + empty + " is empty"},
		{name: "two lines", provider: federated(IdentityProvider{ID: "ci", TokenFile: broken}), err: source + "the ID token file " + broken + " is invalid: it contains a line break, such as the one at the end of a file"},
		{
			name: "expired token", provider: federated(IdentityProvider{ID: "ci", Token: "fake-old-token"}), cloud: trusts("fake-id-token"), want: want[:1],
			err: source + "POST https://iam.cn-north-4.myhuaweicloud.com" + fakecloud.IDTokenPath + ": status 401: IAM.0001: The ID token is invalid or has expired.",
		},
		{
			name: "echoed token", provider: federated(IdentityProvider{ID: "ci", Token: "fake-id-token"}), want: want[:1],
			cloud: func(c *fakecloud.Cloud) { c.Fail(fakecloud.IDTokenPath, echo) },
			err:   source + "POST https://iam.cn-north-4.myhuaweicloud.com" + fakecloud.IDTokenPath + ": status 401: IAM.0001: invalid: (redacted)",
		},
		{
			name: "no token in the response", provider: federated(IdentityProvider{ID: "ci", Token: "fake-id-token"}), want: want[:1],
			cloud: func(c *fakecloud.Cloud) {
				c.Fail(fakecloud.IDTokenPath, fakecloud.Fault{Status: 201, Body: `{"token":{}}`})
			},
			err: source + "POST https://iam.cn-north-4.myhuaweicloud.com" + fakecloud.IDTokenPath + ": malformed response: it has no header X-Subject-Token",
		},
	} {
		t.Run(test.name, test.run)
	}
}

func sdkFileWith(content string, t *testing.T) func(*transport.Network) Provider {
	path := write(t, content)
	return func(n *transport.Network) Provider {
		return SDKFile{Path: path, OwnRegion: region, IAM: transport.Client{Network: n}}
	}
}

// TestOIDC_requests: what is sent, and where. The first two requests are not
// signed, so the endpoint is all that protects the tokens.
func TestOIDC_requests(t *testing.T) {
	cloud := newCloud()
	trusts("fake-id-token")(cloud)
	network := networkOf(cloud.Transport())
	p := OIDC{
		IdentityProvider: IdentityProvider{ID: "ci", Token: "fake-id-token"}, Duration: time.Hour,
		IAM: transport.Client{Network: network, Endpoints: transport.Endpoints{Configured: map[transport.Service]string{transport.IAM: "https://{region}.iam.example.com/x"}}},
	}
	_, err := p.Retrieve(t.Context(), "eu-de")
	diff(t, "error", `credentials of the identity provider ci: POST https://eu-de.iam.example.com/x`+fakecloud.IDTokenPath+": status 404: APIGW.0101: The API does not exist or has not been published in the environment.", textOf(err))

	p.IAM.Endpoints.Configured[transport.IAM] = "https://{region}.iam.example.com"
	got, err := p.Retrieve(t.Context(), "eu-de")
	diff(t, "error", "", textOf(err))
	diff(t, "access key", issued1.AccessKey, got.AccessKey)
	if left := time.Until(got.Expires); left < 59*time.Minute || left > time.Hour {
		t.Errorf("the keys are valid for %s", left)
	}
	sent := cloud.Requests()[1:]
	diff(t, "hosts", []string{"eu-de.iam.example.com", "eu-de.iam.example.com"}, []string{sent[0].Host, sent[1].Host})
	diff(t, "identity provider", "ci", sent[0].Header.Get("X-Idp-Id"))
	for i, want := range []string{`{"auth":{"id_token":{"id":"fake-id-token"}}}`, `{"auth":{"identity":{"methods":["token"],"token":{"id":"iam-token-1","duration_seconds":3600}}}}`} {
		diff(t, "body", want, compact(t, sent[i].Body))
		diff(t, "authorization", "", sent[i].Header.Get("Authorization")+sent[i].Header.Get("X-Auth-Token"))
	}
	diff(t, "services", []transport.Service{transport.IAM}, Services(Chain(p)))
}

func compact(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	var value json.RawMessage
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "%s", value)
	return b.String()
}

// TestOIDC_refreshesDuringALongWait: a pipeline replaces its ID token in the file
// every half an hour, and each is accepted for that time only. The agency's keys
// are valid for an hour, those behind them for two.
func TestOIDC_refreshesDuringALongWait(t *testing.T) {
	file := write(t, "fake-id-token-0")
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.AddAgency(lender)
		rotate := func(n int) {
			idToken := fmt.Sprint("fake-id-token-", n)
			if err := os.WriteFile(file, []byte(idToken+"\n"), 0o600); err != nil {
				t.Error(err)
			}
			federated := fakecloud.Keys{AccessKey: fmt.Sprint("FAKEFEDERATED", n), SecretKey: "fake-secret", SecurityToken: "fake-token"}
			cloud.AddIdentityProvider(fakecloud.IdentityProvider{
				ID: "ci", IDTokens: []string{idToken}, Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{federated}, Lifetime: 2 * time.Hour},
			})
		}
		provider := func(n *transport.Network) Provider {
			return agency(n, federated(IdentityProvider{ID: "ci", TokenFile: file})(n), AssumeRole{AgencyName: "lender", DomainID: "f0f0", Duration: 12 * time.Hour})
		}
		network := networkOf(cloud.Transport())
		c := newClient(network, provider(network))
		for minute := range 6 * 60 {
			if minute%30 == 0 {
				rotate(minute / 30)
			}
			if err := readJob(t, c, region); err != nil {
				t.Fatalf("after %d minutes: %v", minute, err)
			}
			time.Sleep(time.Minute)
		}
		var issuing []string
		for _, r := range cloud.Requests() {
			if r.Method == http.MethodPost {
				issuing = append(issuing, r.Path[strings.LastIndex(r.Path, "/"):]+authorized(r))
			}
		}
		// The agency is asked every 55 minutes, with keys that last for two hours at
		// most. It would refuse to issue keys for more than an hour to temporary ones.
		diff(t, "requests for keys", []string{
			"/tokens", "/securitytokens", "/assume by FAKEFEDERATED0", "/assume by FAKEFEDERATED0", "/assume by FAKEFEDERATED0",
			"/tokens", "/securitytokens", "/assume by FAKEFEDERATED5", "/assume by FAKEFEDERATED5", "/assume by FAKEFEDERATED5",
			"/tokens", "/securitytokens", "/assume by FAKEFEDERATED11",
		}, issuing)
	})
}
