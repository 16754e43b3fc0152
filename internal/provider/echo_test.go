// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// echo is a way in which something on the way returns what was sent.
type echo struct {
	name   string
	encode func(string) string
}

func echoes() []echo {
	each := func(format string) func(string) string {
		return func(text string) string {
			var b strings.Builder
			for i := range len(text) {
				fmt.Fprintf(&b, format, text[i])
			}
			return b.String()
		}
	}
	return []echo{
		{"as it is", strings.Clone},
		{"URL", url.QueryEscape},
		{"each byte of a URL", each("%%%02x")},
		{"HTML", html.EscapeString},
		{"each byte of HTML", each("&#%d;")},
		{"JSON", each(`\u%04x`)},
		{"base64", func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }},
		{"base64 for URLs", func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte("x" + text)) }},
		{"upper case", strings.ToUpper},
		{"folded", func(text string) string { return strings.Join(strings.SplitAfter(text, "-"), "\n  ") }},
	}
}

var base64Text = regexp.MustCompile(`[A-Za-z0-9+/_-]{12,}`)

// searched is a text to search for secrets.
type searched struct {
	folded  string // without spaces and in lower case
	decoded string // what may be base64 in it, decoded from each position of a group
}

func search(text string) searched {
	var decoded strings.Builder
	for _, found := range base64Text.FindAllString(text, -1) {
		found = strings.NewReplacer("-", "+", "_", "/").Replace(found)
		for from := range 4 {
			group := found[from:]
			plain, _ := base64.RawStdEncoding.DecodeString(group[:len(group)-len(group)%4])
			decoded.Write(plain)
			decoded.WriteByte('\n')
		}
	}
	return searched{strings.ToLower(strings.Join(strings.Fields(text), "")), decoded.String()}
}

// leaks returns how a secret is in the text, "" if it is not.
func (s searched) leaks(secret string) string {
	for _, e := range echoes() {
		if strings.Contains(s.folded, strings.ToLower(strings.Join(strings.Fields(e.encode(secret)), ""))) {
			return e.name
		}
	}
	if strings.Contains(s.decoded, secret) {
		return "base64, within more"
	}
	return ""
}

// TestLeaks_findsEachEcho shows that the search finds a secret in each encoding.
func TestLeaks_findsEachEcho(t *testing.T) {
	const secret = "fake-temporary-secret"
	for _, e := range echoes() {
		for _, before := range []string{"", "a", "ab", "abc"} {
			if search("body: "+e.encode(before+secret+" more")+".").leaks(secret) == "" {
				t.Errorf("%s: the secret behind %q is not found", e.name, before)
			}
		}
	}
	if found := search("an honest text, with dGV4dCBpbiBiYXNlNjQgd2l0aG91dA== in it").leaks(secret); found != "" {
		t.Errorf("%s is found where there is no secret", found)
	}
}
