// SPDX-License-Identifier: MPL-2.0

package testkit

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"strings"
)

// Echo is a way in which something on the way returns what was sent.
type Echo struct {
	Name   string
	Encode func(string) string
}

// Echoes lists the encodings of an echo.
func Echoes() []Echo {
	each := func(format string) func(string) string {
		return func(text string) string {
			var b strings.Builder
			for i := range len(text) {
				fmt.Fprintf(&b, format, text[i])
			}
			return b.String()
		}
	}
	return []Echo{
		{"as it is", strings.Clone},
		{"upper case", strings.ToUpper},
		{"folded", func(text string) string { return strings.Join(strings.SplitAfter(text, "-"), "\n  ") }},
		{"URL", url.QueryEscape},
		{"each byte of a URL", each("%%%02x")},
		{"HTML", html.EscapeString},
		{"each byte of HTML", each("&#%d;")},
		{"JSON", each(`\u%04x`)},
		{"base64", func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }},
		{"base64 for URLs", func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte("x" + text)) }},
	}
}

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// Searched is a text to search for secrets.
type Searched struct {
	folded  string // without spaces and in lower case
	decoded string // what may be base64 in it, decoded from each position of a group
}

// Search prepares a text for searches.
func Search(text string) Searched {
	var decoded strings.Builder
	standard := strings.NewReplacer("-", "+", "_", "/").Replace(text)
	for _, found := range strings.FieldsFunc(standard, func(r rune) bool { return !strings.ContainsRune(base64Alphabet, r) }) {
		if len(found) < len("a secret")*4/3 {
			continue // too short for one
		}
		for from := range 4 {
			group := found[from:]
			plain, _ := base64.RawStdEncoding.DecodeString(group[:len(group)-len(group)%4])
			decoded.Write(plain)
			decoded.WriteByte('\n')
		}
	}
	return Searched{strings.ToLower(strings.Join(strings.Fields(text), "")), decoded.String()}
}

// Leaks returns how a secret is in the text, "" if it is not. The beginning of a
// long secret is a leak as well, and a short text is found many times faster.
func (s Searched) Leaks(secret string) string {
	before := ""
	for _, e := range Echoes() {
		encoded := strings.ToLower(strings.Join(strings.Fields(e.Encode(secret)), ""))
		encoded = encoded[:min(len(encoded), 60)]
		if encoded != before && strings.Contains(s.folded, encoded) {
			return e.Name
		}
		before = encoded
	}
	if strings.Contains(s.decoded, secret) {
		return "base64, within more"
	}
	return ""
}
