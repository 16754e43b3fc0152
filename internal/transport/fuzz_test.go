// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// FuzzScalars: whatever a field is, decoding it neither panics nor yields a
// number that is not one, and a number that was read can be returned.
func FuzzScalars(f *testing.F) {
	for _, seed := range []string{
		`null`, `""`, `"a"`, `12`, `"12 "`, `-0.5`, `1e3`, `1e400`, `1e-400`, `"1e-99999999999"`, `"0x1p4"`, `"Inf"`, `"NaN"`, `true`, `"TRUE"`, `{}`, `[1]`, `"`, ``, ` `,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, field string) {
		_, _ = decodeField[Text](field)
		_, _ = decodeField[Flag](field)
		_, _ = decodeField[List[Text]](field)
		number, problem := decodeField[Number](field)
		if problem != "" || number.literal == "" {
			return
		}
		if float := number.Float64(); float == nil || math.IsInf(*float, 0) || math.IsNaN(*float) {
			t.Errorf("%s was read as the number %v", field, float)
		}
		if number.Float() == nil {
			t.Errorf("%s was read as a number and is lost", field)
		}
		if p := number.Percent(); p != nil && (*p < 0 || *p > 100) {
			t.Errorf("%s was read as %g%%", field, *p)
		}
	})
}

// FuzzErrorBody: whatever body a response has, its error is short, in one line,
// and without the secret.
func FuzzErrorBody(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `[]`, `{"error_code":"DCS.4062","error_msg":"Invalid"}`, `{"error":{"code":401}}`, `{"error":"x","errCode":1}`,
		`eyJlcnJDb2RlIjoiRFdTLjAwMDEifQ==`, `"eyJlcnJDb2RlIjoiRFdTLjAwMDEifQ"`, `<html>`, `{"message":{"a":[1]}}`, "\xff{", `{"code":1e999}`,
		fakecloud.ExampleDCSBadRequest,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		raw := rawOf(500, string(body))
		raw.redact = strings.NewReplacer(secretKey, redacted)
		e := newStatusError(raw)
		if n := utf8.RuneCountInString(e.Body); n > 501 {
			t.Errorf("%d characters of the body are shown", n)
		}
		if !utf8.ValidString(e.Body) || strings.ContainsAny(e.Body, "\n\r") {
			t.Errorf("the body is shown as %q", e.Body)
		}
		if strings.Contains(e.Error(), secretKey) {
			t.Errorf("the secret key is in %q", e.Error())
		}
		raw.status = 200
		_ = evaluate(raw, &job{})
	})
}

// FuzzIdentifier: an identifier that is accepted stands in a URL's path as it
// is, and leads nowhere else.
func FuzzIdentifier(f *testing.F) {
	for _, seed := range []string{"", ".", "..", "...", "a", jobID, "a/b", "a%2Fb", "a?b", "a#b", "ä", "a b", "a\n", "A_1.b-2", "-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		if CheckIdentifier(id) != nil {
			return
		}
		u, err := url.Parse("https://example.com" + Path("/v2/%s/jobs/%s", id, id))
		if err != nil {
			t.Fatal(err)
		}
		want := "/v2/" + id + "/jobs/" + id
		if joined := u.JoinPath().Path; u.Path != want || joined != want || u.EscapedPath() != want || u.RawQuery != "" {
			t.Errorf("%q leads to %s and %s", id, u, joined)
		}
	})
}

// FuzzRetryAfter: whatever the header says, the delay neither is negative nor
// lasts forever.
func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"", "0", "7", "56.818", "-1", "1e12", "1e400", "NaN", "Inf", "0x1p-2", "1_000", "soon", "Sat, 01 Jan 2000 00:00:20 GMT", "Saturday, 01-Jan-00 00:00:20 GMT", "Sat Jan  1 00:00:20 2000"} {
		f.Add(seed, int64(946684800))
	}
	f.Fuzz(func(t *testing.T, value string, now int64) {
		if delay := retryAfter(http.Header{"Retry-After": {value}}, time.Unix(now, 0)); delay < 0 || delay > maxRetryAfter {
			t.Errorf("%q makes a delay of %s", value, delay)
		}
	})
}
