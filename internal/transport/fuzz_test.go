// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// FuzzDecode: whatever the body, a status that was decoded is the only one with
// that exact name, and a number that was decoded is one. The reference for the body is
// another decoder.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"status":"SUCCESS"}`, `{"status":"FAIL","Status":"SUCCESS"}`, `{"ſtatuſ":"SUCCESS"}`, `{"status":"FAIL","st\u0061tus":"SUCCESS"}`, `{"status":"SUCCESS"}{}`, `{"status":"SUCCESS"}]`,
		`{"status":null,"status":"SUCCESS"}`, `{"x":{"status":1,"status":2},"status":"SUCCESS"}`, `{"status":7,"count":"12 ","total":-0.5e3}`, `{"count":1e400,"status":"SUCCESS"}`,
		`{"records":[{"id":"a"},{"id":"a"}],"parts":[{"port":"1e-99999999999"},[],null],"note":{}}`, "{\"status\":\"\xff\",\"\xff\":1,\"\xfe\":2}", `{"error_code":"DWS.0000","status":"SUCCESS"}`, `{"status":"\ud800"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var response job
		if evaluate(t, string(body), &response) != nil {
			return
		}
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		status, problem := soleStatus(decoder)
		if _, err := decoder.Token(); problem == "" && !errors.Is(err, io.EOF) {
			problem = "something follows the object"
		}
		if problem != "" || status != response.Status.String() {
			t.Errorf("%q was decoded with the status %q, but has %q: %s", body, response.Status, status, problem)
		}
		for _, number := range []Number{response.Count, response.Total.Number} {
			float, exact := number.Float64(), number.Float()
			if (float == nil) != (exact == nil) || float != nil && (math.IsInf(*float, 0) || math.IsNaN(*float)) || len(number.literal) > maxNumberLength {
				t.Errorf("%q was decoded with the number %v", body, float)
			}
		}
		for _, record := range response.Records.List {
			if record.ID.String() == "" {
				t.Errorf("%q was decoded with a record without an ID", body)
			}
		}
	})
}

// soleStatus walks through an object, and returns the text of its status. The
// problem is a name that occurs twice in an object, at any depth.
func soleStatus(decoder *json.Decoder) (status, problem string) {
	token, err := decoder.Token()
	if err != nil || token != json.Delim('{') && token != json.Delim('[') {
		return "", problem
	}
	names := map[json.Token]bool{}
	for decoder.More() {
		var name json.Token
		if token == json.Delim('{') {
			name, err = decoder.Token()
		}
		if err != nil || name != nil && names[name] {
			return "", fmt.Sprintf("twice %v, or %v", name, err)
		}
		names[name] = name != nil
		if name == "status" {
			var value any
			err = decoder.Decode(&value)
			if text, scalar := value.(string); scalar {
				status = text
			}
			if number, scalar := value.(json.Number); scalar {
				status = number.String()
			}
			continue
		}
		if _, inner := soleStatus(decoder); inner != "" {
			return "", inner
		}
	}
	if _, err = decoder.Token(); err != nil {
		problem = err.Error()
	}
	return status, problem
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
		raw.redact = &redactor{secrets: []string{secretKey}}
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
		if err := (&Network{}).evaluate(t.Context(), raw, &job{}); err != nil && strings.Contains(err.Error(), secretKey) {
			t.Errorf("the secret key is in %q", err)
		}
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
		u, err := url.Parse("https://example.com" + Request{Path: Path("/v2/%s/jobs/%s", id, id)}.path())
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
// takes forever.
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
