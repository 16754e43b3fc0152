// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// TestDo_sendsTheRequest with all that it says, and nothing else.
func TestDo_sendsTheRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		r := jobRequest()
		r.Query = url.Values{"enable": {"true"}, "multi": {"1", "2"}, "path": {"/tmp/123"}, "test": {"一 (&=?!#%.*)+"}}
		r.Header, r.Unsigned = http.Header{"X-Signed": {"1"}}, http.Header{"X-Language": {"zh_cn"}}
		if err := newClient(cloud.Transport(), 0).Do(t.Context(), r, &job{}); err != nil {
			t.Fatal(err)
		}
		diff(t, "requests", []fakecloud.Request{{
			Time: bubbleStart, Method: http.MethodGet, Host: "dcs.cn-north-4.myhuaweicloud.com", Path: jobPath, Query: r.Query,
			Header: http.Header{
				"Cache-Control": {"no-cache"}, "User-Agent": {"test/1.0"}, "X-Language": {"zh_cn"}, "X-Project-Id": {projectID}, "X-Signed": {"1"},
			},
			ByToken: true, Status: http.StatusOK,
		}}, cloud.Requests())
	})
}

// recording are credentials that remember the headers that they authorized.
type recording struct {
	token
	headers http.Header
}

func (r *recording) Authorize(req *http.Request, body []byte) error {
	r.headers = req.Header.Clone()
	return r.token.Authorize(req, body)
}

func TestRequest_keepsHeadersOutOfTheSignature(t *testing.T) {
	r := jobRequest()
	r.Header, r.Unsigned = http.Header{"X-Signed": {"1"}}, http.Header{"X-Language": {"zh_cn"}}
	req, err := r.build(t.Context(), jobURL)
	if err != nil {
		t.Fatal(err)
	}
	credentials := &recording{token: valid}
	if err := r.authorize(req, credentials); err != nil {
		t.Fatal(err)
	}
	diff(t, "authorized headers", http.Header{"X-Project-Id": {projectID}, "X-Signed": {"1"}}, credentials.headers)
	diff(t, "unsigned headers", "zh_cn no-cache", req.Header.Get("X-Language")+" "+req.Header.Get("Cache-Control"))
}

// TestRequest_queryInCanonicalForm: the query is sent in the published form that
// is signed.
func TestRequest_queryInCanonicalForm(t *testing.T) {
	r := Request{Query: url.Values{"enable": {"true"}, "limit": {"1"}, "multi": {"1", "2", "3"}, "path": {"/tmp/123"}, "test": {"一 (&=?!#%.*)"}}}
	req, err := r.build(t.Context(), jobURL)
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "query", "enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29", req.URL.RawQuery)
}

func TestPath_escapesIdentifiers(t *testing.T) {
	r := Request{Path: Path("/v2/%s/jobs/%s", "a/b", "?{c}")}
	diff(t, "path", "/v2/a%2Fb/jobs/%3F%7Bc%7D", r.path())
	diff(t, "API", "/v2/{}/jobs/{}", r.api())
}

func TestCheckIdentifier(t *testing.T) {
	odd := " contains a character that is not a letter, a digit, a hyphen, an underscore, or a dot"
	for text, problem := range map[string]string{
		jobID: "", "a": "", "SNAPSHOTTING_FAILED": "", "...": "", "-": "", "v1.2_3-4": "",
		"": "it is empty", ".": `"." is a path, not an identifier`, "..": `".." is a path, not an identifier`,
		"a/b": `"a/b"` + odd, "a b": `"a b"` + odd, "a%2Fb": `"a%2Fb"` + odd, "a?b": `"a?b"` + odd, "ä": `"ä"` + odd, "a\n": `"a\n"` + odd,
	} {
		got := ""
		if err := CheckIdentifier(text); err != nil {
			got = err.Error()
		}
		diff(t, text, problem, got)
	}
}
