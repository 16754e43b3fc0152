// SPDX-License-Identifier: MPL-2.0

package client

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
)

// vectorKeys and vectorDate are those of the SDK's published test vectors.
var vectorKeys = Credentials{AccessKey: "AccessKey", SecretKey: "SecretKey"}

const vectorDate = "20060102T150405Z"

func TestKeys_signAsThePublishedVectorSays(t *testing.T) {
	req := newRequest(t, "https://example.com/path?limit=1")
	if err := vectorKeys.sign(req, nil); err != nil {
		t.Fatal(err)
	}
	diff(t, "header", http.Header{
		"X-Sdk-Date": {vectorDate},
		"Authorization": {"SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, " +
			"Signature=5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624"},
	}, req.Header)
}

// vectorQuery is the published canonical form of the values of hardQuery.
const vectorQuery = "enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29"

func hardQuery() url.Values {
	return url.Values{"enable": {"true"}, "limit": {"1"}, "multi": {"1", "2", "3"}, "path": {"/tmp/123"}, "test": {"一 (&=?!#%.*)"}}
}

func TestKeys_signTheQueryInItsPublishedForm(t *testing.T) {
	req := newRequest(t, "https://example.com/path?"+vectorQuery)
	if err := vectorKeys.sign(req, nil); err != nil {
		t.Fatal(err)
	}
	canonical := "GET\n/path/\n" + vectorQuery + "\nx-sdk-date:" + vectorDate + "\n\nx-sdk-date\n" + hexHash("")
	diff(t, "Authorization",
		"SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature="+signatureOf(canonical), req.Header.Get("Authorization"))
}

func TestRequest_sendsTheQueryAsItIsSigned(t *testing.T) {
	var sent []string
	network := transport(func(r *http.Request) (*http.Response, error) {
		sent = append(sent, r.URL.RawQuery)
		return nil, errTooLarge
	})
	var answer struct{ errorBody }
	_ = newClient(network).get(t.Context(), request{service: DCS, region: region, path: "/path", query: hardQuery()}, &answer)
	diff(t, "queries", []string{vectorQuery}, sent)
}

func TestRequest_isSignedForTheGateway(t *testing.T) {
	temporary := Credentials{AccessKey: "FAKETEMPORARYKEY", SecretKey: "fake-temporary-secret", SecurityToken: "fake/security+token=="}
	action := fakecloud.ActionPath(projectID, clusterID, "GROWING")
	for _, test := range []struct {
		name   string
		keys   Credentials
		read   func(*testing.T, Project) error
		signed []string
	}{
		{
			"with permanent keys", keys,
			func(t *testing.T, p Project) error { _, err := p.DCSJob(t.Context(), jobID); return err },
			[]string{"x-project-id", "x-sdk-date"},
		},
		{
			"with temporary keys", temporary,
			func(t *testing.T, p Project) error { _, err := p.DCSJob(t.Context(), jobID); return err },
			[]string{"x-project-id", "x-sdk-date", "x-security-token"},
		},
		{
			"without the language", keys,
			func(t *testing.T, p Project) error {
				_, err := p.DWSClusterAction(t.Context(), clusterID, "GROWING", "zh_cn")
				return err
			},
			[]string{"x-project-id", "x-sdk-date"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			cloud := fakecloud.New(cloudKeys(test.keys))
			cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
			cloud.Serve(action, fakecloud.Response{Body: fakecloud.ExampleDWSClusterAction})
			c := newClient(cloud.Transport(), func(c *Config) { c.Credentials = Static(test.keys) })
			if err := test.read(t, project(t, c)); err != nil {
				t.Fatal(err)
			}
			diff(t, "signed headers", test.signed, cloud.Requests()[0].Signed)
			diff(t, "project", projectID, cloud.Requests()[0].Header.Get("X-Project-Id"))
		})
	}
}

func TestRequest_sendsWhatItsAPIDocuments(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Serve(fakecloud.ActionPath(projectID, clusterID, "GROWING"), fakecloud.Response{Body: fakecloud.ExampleDWSClusterAction})
		p := project(t, newClient(cloud.Transport(), func(c *Config) { c.UserAgent = "terraform-provider-hwtasks/1.0.0" }))
		if _, err := p.DWSClusterAction(t.Context(), clusterID, "GROWING", "zh_cn"); err != nil {
			t.Fatal(err)
		}
		diff(t, "requests", []fakecloud.Request{{
			Time: bubbleStart, Method: http.MethodGet, Host: "dws.cn-north-4.myhuaweicloud.com",
			Path:  "/v1/" + projectID + "/clusters/" + clusterID + "/actions/GROWING",
			Query: url.Values{},
			Header: http.Header{
				"User-Agent": {"terraform-provider-hwtasks/1.0.0"}, "X-Language": {"zh_cn"},
				"X-Project-Id": {projectID}, "X-Sdk-Date": {"20000101T000000Z"},
			},
			AccessKey: keys.AccessKey, Signed: []string{"x-project-id", "x-sdk-date"}, Status: http.StatusOK,
		}}, cloud.Requests())
	})
}

// TestRequest_isSignedAfreshAtEachAttempt retries after the first signature has
// expired.
func TestRequest_isSignedAfreshAtEachAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
		cloud.Fail(jobPath, fakecloud.Fault{Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"1200"}}})
		if _, err := project(t, newClient(cloud.Transport(), retries(1))).DCSJob(t.Context(), jobID); err != nil {
			t.Fatal(err)
		}
		var dates []string
		for _, r := range cloud.Requests() {
			dates = append(dates, r.Header.Get("X-Sdk-Date"))
		}
		diff(t, "dates", []string{"20000101T000000Z", "20000101T002000Z"}, dates)
	})
}

func TestRequest_signsThePathOfAnEndpoint(t *testing.T) {
	for _, endpoint := range []string{"https://proxy.example.com/cloud", "https://proxy.example.com/a%20b", "http://proxy.example.com:8080"} {
		u, err := url.Parse(endpoint)
		if err != nil {
			t.Fatal(err)
		}
		cloud := newCloud()
		cloud.Serve(u.EscapedPath()+jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
		c := newClient(cloud.Transport(), func(c *Config) { c.Endpoints = map[Service]string{DCS: endpoint} })
		if _, err := project(t, c).DCSJob(t.Context(), jobID); err != nil {
			t.Errorf("through %s: %v", endpoint, err)
		}
	}
}

func TestPath_escapesIdentifiers(t *testing.T) {
	diff(t, "path", "/v2/a%2Fb/jobs/%3Fc", path("/v2/%s/jobs/%s", "a/b", "?c"))
}

func TestKeys_stayOutOfTexts(t *testing.T) {
	secret := Credentials{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key", SecurityToken: "fake-token"}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		diff(t, format, "(redacted)", fmt.Sprintf(format, secret))
	}
	diff(t, "within a configuration", "{ (redacted)}", fmt.Sprint(struct {
		Region string
		Keys   Credentials
	}{"", secret}))
}

// newRequest is a request of the date of the vectors.
func newRequest(t *testing.T, target string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Sdk-Date", vectorDate)
	return req
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
