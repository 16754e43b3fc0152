// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// FuzzLenient: whatever a member is, decoding it neither panics nor yields a
// number that is none, and a value that is there can be had.
func FuzzLenient(f *testing.F) {
	for _, seed := range []string{
		`null`, `""`, `"a"`, `12`, `"12 "`, `-0.5`, `1e3`, `1e400`, `1e-400`, `"1e-99999999999"`, `"0x1p4"`, `"Inf"`, `"NaN"`, `true`, `"TRUE"`, `{}`, `[1]`, `"`, ``, ` `,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, member string) {
		body := []byte(`{"t":` + member + `,"n":` + member + `,"f":` + member + `}`)
		var text struct {
			T Text `json:"t"`
		}
		_ = json.Unmarshal(body, &text)
		var flag struct {
			F Flag `json:"f"`
		}
		_ = json.Unmarshal(body, &flag)
		var number struct {
			N Number `json:"n"`
		}
		if json.Unmarshal(body, &number) != nil || number.N.literal == "" {
			return
		}
		if exact := number.N.exact(); exact == nil || math.IsInf(*exact, 0) || math.IsNaN(*exact) {
			t.Errorf("%s was read as the number %v", member, exact)
		}
		if number.N.Float() == nil {
			t.Errorf("%s was read as a number and is lost", member)
		}
		if p := number.N.Percent(); p != nil && (*p < 0 || *p > 100) {
			t.Errorf("%s was read as %g%%", member, *p)
		}
	})
}

// FuzzErrorBody: whatever body an answer has, judging it does not panic, and
// what is shown of it is short, in one line and without the secret.
func FuzzErrorBody(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `[]`, `{"error_code":"DCS.4062","error_msg":"Invalid"}`, `{"error":{"code":401}}`, `{"error":"x","errCode":1}`,
		`eyJlcnJDb2RlIjoiRFdTLjAwMDEifQ==`, `"eyJlcnJDb2RlIjoiRFdTLjAwMDEifQ"`, `<html>`, `{"message":{"a":[1]}}`, "\xff{", `{"code":1e999}`,
		fakecloud.ExampleDCSBadRequest,
	} {
		f.Add([]byte(seed))
	}
	redact := strings.NewReplacer(keys.SecretKey, redacted)
	f.Fuzz(func(t *testing.T, body []byte) {
		e := (&Error{Method: http.MethodGet, URL: jobURL, Status: 500}).refused(body, redact)
		if n := utf8.RuneCountInString(e.Body); n > 501 {
			t.Errorf("%d characters of the body are shown", n)
		}
		if !utf8.ValidString(e.Body) || strings.ContainsAny(e.Body, "\n\r") {
			t.Errorf("the body is shown as %q", e.Body)
		}
		if strings.Contains(e.Error(), keys.SecretKey) {
			t.Errorf("the secret key is in %q", e.Error())
		}
		var page dcsBackgroundTasksPage
		if decode(body, &page, &Error{}, redact) == nil {
			list := DCSBackgroundTasks{Tasks: page.Tasks}
			list.keepLatest()
			list.Observe(DCSBackgroundTaskStatuses)
		}
	})
}

// FuzzIdentifier: an identifier that is accepted stands in a URL's path as it
// is, and leads nowhere else.
func FuzzIdentifier(f *testing.F) {
	for _, seed := range []string{"", ".", "..", "...", "a", jobID, clusterID, "a/b", "a%2Fb", "a?b", "a#b", "ä", "a b", "a\n", "A_1.b-2", "-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		if CheckIdentifier(id) != nil {
			return
		}
		u, err := url.Parse("https://example.com" + path("/v2/%s/jobs/%s", id, id))
		if err != nil {
			t.Fatal(err)
		}
		want := "/v2/" + id + "/jobs/" + id
		if joined := u.JoinPath().Path; u.Path != want || joined != want || u.EscapedPath() != want || u.RawQuery != "" {
			t.Errorf("%q leads to %s and %s", id, u, joined)
		}
	})
}
