// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// secretive are credentials with every kind of secret. Like real ones, they hold
// the characters of base64.
type secretive struct{ token }

const (
	secretKey     = "fake/temporary+secret=="
	signature     = "5a2ce64c865e0e60"
	authorization = "SDK-HMAC-SHA256 Access=FAKEKEY, SignedHeaders=x-sdk-date, Signature=" + signature
)

func (s secretive) Authorize(req *http.Request, _ []byte) error {
	req.Header.Set("Authorization", authorization)
	req.Header.Set("X-Security-Token", string(s.token))
	return nil
}

func (s secretive) Secrets() []string { return []string{string(s.token), secretKey, "FAKEKEY"} }

func (s secretive) Retrieve(context.Context, string) (Credentials, error) { return s, nil }

// errorOf returns the error of a request to a network that responds by echoing
// all secrets in a body.
func errorOf(t *testing.T, confidential bool, status int, body func(echo string) string) *Error {
	t.Helper()
	c := newClient(roundTripper(func(r *http.Request) (*http.Response, error) {
		if body == nil {
			return nil, errors.New("connection refused")
		}
		echo := secretKey
		for name, values := range r.Header {
			echo += " " + name + ": " + strings.Join(values, ", ")
		}
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body(echo))), Request: r}, nil
	}), 0)
	c.Credentials = secretive{"fake/security+token=="}
	r := jobRequest()
	r.Confidential = confidential
	return requestError(t, c.Do(t.Context(), r, &job{}))
}

// quoted returns a text as a JSON string.
func quoted(text string) string {
	encoded, _ := json.Marshal(text) // a string always has its JSON
	return string(encoded)
}

func TestError_containsNoSecret(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		body   func(echo string) string
	}{
		{"code", 401, func(echo string) string { return `{"error_code":` + quoted(echo) + `}` }},
		{"message", 401, func(echo string) string { return `{"error_msg":` + quoted(echo) + `}` }},
		{"extended message", 401, func(echo string) string { return `{"error_msg":"x","error_ext_msg":` + quoted(echo) + `}` }},
		{"message of another type", 401, func(echo string) string { return `{"error_msg":{"a":` + quoted(echo) + `}}` }},
		{"request ID", 401, func(echo string) string { return `{"error_code":"x","request_id":` + quoted(echo) + `}` }},
		{"base64", 401, func(echo string) string {
			return base64.StdEncoding.EncodeToString([]byte(`{"errCode":"x","externalMessage":` + quoted(echo) + `}`))
		}},
		{"text", 502, func(echo string) string { return echo }},
		{"clipped text", 502, func(echo string) string { return strings.Repeat("x", 490) + echo }},
		{"invalid JSON", 502, func(echo string) string { return `{"error_msg":` + quoted(echo) }},
		{"success that is not JSON", 200, func(echo string) string { return "<html>" + echo }},
		{"success with invalid JSON", 200, func(echo string) string { return `{"status":` + quoted(echo) }},
		{"success with a code", 200, func(echo string) string { return `{"error_code":"x","error_msg":` + quoted(echo) + `}` }},
		{"network error", 0, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := errorOf(t, false, test.status, test.body)
			shown := fmt.Sprintf("%v\n%+v", e, *e)
			for _, secret := range []string{authorization, signature, "FAKEKEY", secretKey, "fake/security+token=="} {
				if strings.Contains(shown, secret) {
					t.Errorf("%s is in the error:\n%s", secret, shown)
				}
			}
		})
	}
}

// TestError_confidentialBody: what is not a secret of the request may be one of the response.
func TestError_confidentialBody(t *testing.T) {
	const issued = "fake-issued-secret"
	for name, body := range map[string]string{"text": issued, "invalid JSON": `{"secret":"` + issued, "a wrong type": `{"status":["` + issued + `"]}`} {
		for _, status := range []int{200, 500} {
			shown := fmt.Sprintf("%+v", *errorOf(t, true, status, func(string) string { return body }))
			if strings.Contains(shown, issued) {
				t.Errorf("%s, status %d: the secret is in %s", name, status, shown)
			}
		}
	}
}
