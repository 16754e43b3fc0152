// SPDX-License-Identifier: MPL-2.0

package testkit

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"regexp"
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

// Searched is a text to search for secrets.
type Searched struct {
	folded  string // without spaces and in lower case
	decoded string // what may be base64 in it, decoded from each position of a group
}

// Search prepares a text for searches.
func Search(text string) Searched {
	var decoded strings.Builder
	base64Text := regexp.MustCompile(`[A-Za-z0-9+/_-]{12,}`)
	for _, found := range base64Text.FindAllString(text, -1) {
		found = strings.NewReplacer("-", "+", "_", "/").Replace(found)
		for from := range 4 {
			group := found[from:]
			plain, _ := base64.RawStdEncoding.DecodeString(group[:len(group)-len(group)%4])
			decoded.Write(plain)
			decoded.WriteByte('\n')
		}
	}
	return Searched{strings.ToLower(strings.Join(strings.Fields(text), "")), decoded.String()}
}

// Leaks returns how a secret is in the text, "" if it is not.
func (s Searched) Leaks(secret string) string {
	for _, e := range Echoes() {
		if strings.Contains(s.folded, strings.ToLower(strings.Join(strings.Fields(e.Encode(secret)), ""))) {
			return e.Name
		}
	}
	if strings.Contains(s.decoded, secret) {
		return "base64, within more"
	}
	return ""
}
