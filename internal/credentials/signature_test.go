// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// vectorKeys, vectorDate, and vectorQuery are those of the SDK's published test
// vectors.
var vectorKeys = Credentials{AccessKey: "AccessKey", SecretKey: "SecretKey"}

const (
	vectorDate  = "20060102T150405Z"
	vectorQuery = "enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29"
)

func TestAuthorize_publishedVectors(t *testing.T) {
	canonical := "GET\n/path/\n" + vectorQuery + "\nx-sdk-date:" + vectorDate + "\n\nx-sdk-date\n" + hexHash("")
	for query, signature := range map[string]string{
		"limit=1":   "5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624",
		vectorQuery: signatureOf(canonical),
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://example.com/path?"+query, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Sdk-Date", vectorDate)
		if err := vectorKeys.Authorize(req, nil); err != nil {
			t.Fatal(err)
		}
		diff(t, "header", http.Header{
			"X-Sdk-Date":    {vectorDate},
			"Authorization": {"SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=" + signature},
		}, req.Header)
	}
}

func signatureOf(canonical string) string {
	mac := hmac.New(sha256.New, []byte(vectorKeys.SecretKey))
	mac.Write([]byte("SDK-HMAC-SHA256\n" + vectorDate + "\n" + hexHash(canonical)))
	return hex.EncodeToString(mac.Sum(nil))
}

func hexHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// TestAuthorize_signsForTheGateway, which checks every signature itself.
func TestAuthorize_signsForTheGateway(t *testing.T) {
	temporary := Credentials{AccessKey: "FAKETEMPORARYKEY", SecretKey: "fake-temporary-secret", SecurityToken: "fake/security+token=="}
	for _, test := range []struct {
		name     string
		keys     Credentials
		endpoint string
		query    url.Values
		signed   []string
	}{
		{"permanent keys", keys, "https://dcs.example.com", nil, []string{"x-project-id", "x-sdk-date"}},
		{"temporary keys", temporary, "https://dcs.example.com", nil, []string{"x-project-id", "x-sdk-date", "x-security-token"}},
		{"query", keys, "https://dcs.example.com", url.Values{"a": {"一 (&=?!#%.*)+", "2"}, "b": {""}}, []string{"x-project-id", "x-sdk-date"}},
		{"endpoint with a path", keys, "https://proxy.example.com/cloud", nil, []string{"x-project-id", "x-sdk-date"}},
		{"endpoint with an escaped path", keys, "https://proxy.example.com/a%20b", nil, []string{"x-project-id", "x-sdk-date"}},
		{"endpoint with a port", keys, "http://proxy.example.com:8080", nil, []string{"x-project-id", "x-sdk-date"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			u, err := url.Parse(test.endpoint)
			if err != nil {
				t.Fatal(err)
			}
			cloud := fakecloud.New(fakecloud.Keys{AccessKey: test.keys.AccessKey, SecretKey: test.keys.SecretKey, SecurityToken: test.keys.SecurityToken})
			cloud.Serve(u.EscapedPath()+jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
			c := newClient(networkOf(cloud.Transport()), Static(test.keys))
			c.Endpoints.Configured = map[transport.Service]string{transport.DCS: test.endpoint}
			var response struct{ transport.ErrorBody }
			err = c.Do(t.Context(), transport.Request{
				Service: transport.DCS, Region: region, Path: jobPath, Query: test.query, ProjectID: "p", Unsigned: http.Header{"X-Language": {"zh_cn"}},
			}, &response)
			diff(t, "error", "", textOf(err))
			diff(t, "signed headers", test.signed, cloud.Requests()[0].Signed)
		})
	}
}

// TestAuthorize_signsEachAttempt because a signature holds its time.
func TestAuthorize_signsEachAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Fail(jobPath, fakecloud.Fault{Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"60"}}})
		network := networkOf(cloud.Transport())
		network.MaxRetries = 1
		diff(t, "error", "", textOf(readJob(t, newClient(network, Static(keys)), region)))
		var dates []string
		for _, r := range cloud.Requests() {
			dates = append(dates, r.Header.Get("X-Sdk-Date"))
		}
		diff(t, "dates", []string{"20000101T000000Z", "20000101T000100Z"}, dates)
	})
}

func TestCredentials_stayOutOfTexts(t *testing.T) {
	secret := Credentials{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key", SecurityToken: "fake-token"}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		diff(t, format, "(redacted)", fmt.Sprintf(format, secret))
		diff(t, format, "(redacted)", fmt.Sprintf(format, Static(secret)))
	}
	diff(t, "in a configuration", "{ (redacted)}", fmt.Sprint(struct {
		Region string
		Keys   Credentials
	}{"", secret}))
}
