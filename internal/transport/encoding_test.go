// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// encoding is a way in which something may echo a text.
type encoding struct {
	name   string
	encode func(string) string
}

// each encodes every byte of a text with a format.
func each(format string) func(string) string {
	return func(text string) string {
		var b strings.Builder
		for i := range len(text) {
			fmt.Fprintf(&b, format, text[i])
		}
		return b.String()
	}
}

// then applies one encoding after another.
func then(encodings ...func(string) string) func(string) string {
	return func(text string) string {
		for _, encode := range encodings {
			text = encode(text)
		}
		return text
	}
}

func broken(text string) string { return text[:5] + "\r\n  " + text[5:] }

func encodings() []encoding {
	return []encoding{
		{"as it is", strings.Clone},
		{"upper case", strings.ToUpper},
		{"lower case", strings.ToLower},
		{"with a line break", broken},
		{"percent-encoded", url.QueryEscape},
		{"percent-encoded in lower case", func(text string) string { return strings.ToLower(url.QueryEscape(text)) }},
		{"each byte percent-encoded", each("%%%02x")},
		{"percent-encoded twice", func(text string) string { return url.QueryEscape(url.QueryEscape(text)) }},
		{"HTML", func(text string) string {
			return strings.ReplaceAll(html.EscapeString(text), "=", "&equals;")
		}},
		{"numbers of HTML", each("&#%d;")},
		{"hexadecimal numbers of HTML", each("&#x%X;")},
		{"JSON", func(text string) string {
			return strings.NewReplacer("/", `\/`, "+", `\u002b`, "=", `\u003D`).Replace(text)
		}},
		{"each character in JSON", each(`\u%04x`)},
		{"JSON in JSON", then(each(`\u%04x`), func(text string) string { return strings.ReplaceAll(text, `\`, `\\`) })},
		{"percent-encoded in HTML", then(url.QueryEscape, each("&#%d;"))},
		{"percent-encoded with a line break", then(url.QueryEscape, broken)},
	}
}

const echoed = "fake/security+token==&<5f0e2c7a41d9>"

func TestRedactor_text(t *testing.T) {
	r := &redactor{secrets: []string{"FAKEACCESSKEY", echoed}}
	for _, e := range encodings() {
		for _, around := range [][2]string{{"", ""}, {"X-Auth-Token: ", " end"}, {"%41", "%42"}, {`\n`, `\"`}, {"100% ", " & more"}} {
			diff(t, e.name, around[0]+redacted+around[1], r.text(around[0]+e.encode(echoed)+around[1]))
		}
	}
	diff(t, "what begins like an escape", `\(redacted)%(redacted)`, r.text(`\`+echoed+"%"+echoed))
	diff(t, "two secrets", "ak "+redacted+" with "+redacted+".", r.text("ak FAKEACCESSKEY with "+echoed+"."))
	for _, text := range []string{"", "no secret, 100% sure & \\ sound", echoed[1:], "%zz &unknown; \\u12"} {
		diff(t, "text without a secret", text, r.text(text))
	}
	diff(t, "no secrets", echoed, (&redactor{}).text(echoed))
	diff(t, "a short secret", "(redacted)BC", (&redactor{secrets: []string{"a"}}).text("aBC"))
}

// TestRedactor_base64 at any position in what is encoded: at most the characters
// that also depend on its neighbors remain.
func TestRedactor_base64(t *testing.T) {
	r := &redactor{secrets: []string{echoed}}
	alphabets := map[string]*base64.Encoding{
		"standard": base64.StdEncoding, "for URLs": base64.URLEncoding, "without padding": base64.RawStdEncoding, "for URLs, without padding": base64.RawURLEncoding,
	}
	for name, alphabet := range alphabets {
		for _, inner := range []func(string) string{strings.Clone, url.QueryEscape, html.EscapeString} {
			for position := range 7 {
				before, after := strings.Repeat("ab/", 3)[:position], `","x":1}`
				encoded := alphabet.EncodeToString([]byte(before + inner(echoed) + after))
				for _, folded := range []string{encoded, encoded[:20] + "\r\n" + encoded[20:], url.QueryEscape(encoded)} {
					got := r.text("Body: " + folded + ".")
					rest := strings.NewReplacer("Body: ", "", redacted, "", "%3D", "=").Replace(got)
					if !strings.Contains(got, redacted) || len(rest) > alphabet.EncodedLen(len(before)+len(after))+6 {
						t.Errorf("%s at %d: %s becomes %s", name, position, folded, got)
					}
				}
			}
		}
	}
}

// TestRedactor_longText is searched in windows.
func TestRedactor_longText(t *testing.T) {
	r := &redactor{secrets: []string{echoed}}
	encoded := each("%%%02x")(echoed)
	for _, at := range []int{0, minWindow - 50, minWindow - 1, minWindow, 3*minWindow + 7} {
		before, after := strings.Repeat("x", at), strings.Repeat("y", minWindow)
		if got := r.text(before + encoded + after); got != before+redacted+after {
			t.Errorf("the secret at %d is not redacted", at)
		}
	}
}

// TestError_containsNoEncodedSecret in any place that an error shows, and the
// state does not, either.
func TestError_containsNoEncodedSecret(t *testing.T) {
	for _, e := range encodings() {
		t.Run(e.name, func(t *testing.T) {
			echo := "a " + e.encode(echoed) + " z"
			for _, place := range []struct {
				name         string
				status       int
				header, body string
				want         string
			}{
				{"message", 401, "", `{"error_code":"x","error_msg":` + quoted(echo) + `}`, "a (redacted) z"},
				{"code", 403, "", `{"error_code":` + quoted(echo) + `}`, "a (redacted) z"},
				{"page", 502, "", "<p>" + echo, "a (redacted) z"},
				{"state", 200, "", `{"status":` + quoted(echo) + `}`, "a (redacted) z"},
				{"wrong type", 200, "", `{"status":[` + quoted(echo) + `]}`, "field status"},
				{"request ID of the body", 401, "", `{"error_code":"x","request_id":` + quoted(echo) + `}`, "RequestID: IAMAction:"},
				{"request ID", 401, strings.Join(strings.Fields(echo), ""), `{}`, "RequestID: IAMAction:"},
			} {
				c := newClient(roundTripper(func(r *http.Request) (*http.Response, error) {
					header := http.Header{headerRequestID: {place.header}}
					return &http.Response{StatusCode: place.status, Header: header, Body: io.NopCloser(strings.NewReader(place.body)), Request: r}, nil
				}), 0)
				c.Credentials = token(echoed)
				var logged, read strings.Builder
				c.Network.Debug = func(_ context.Context, message string, fields map[string]any) { fmt.Fprintln(&logged, message, fields) }
				var response job
				err := c.Do(t.Context(), jobRequest(), &response)
				fmt.Fprintf(&read, "%s %+v", response.Status.String(), err)
				if err != nil {
					fmt.Fprintf(&read, "%+v", *requestError(t, err))
				}
				shown := read.String() + logged.String()
				if strings.Contains(shown, e.encode(echoed)) || strings.Contains(strings.ToLower(shown), "5f0e2c7a41d9") {
					t.Errorf("%s: the secret is in %s", place.name, shown)
				}
				if !strings.Contains(shown, place.want) {
					t.Errorf("%s: %s, want %s", place.name, shown, place.want)
				}
			}
		})
	}
}
