// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"
)

const (
	minFolded = 4 // of a shorter secret, only the text as it is counts
	minBase64 = 8 // characters that belong to the secret alone

	maxRounds = 4 // of escapes within escapes

	// A secret grows at most sixfold by an escape such as \u0041. Texts are
	// searched in windows, so that the memory for it does not grow with the text.
	maxGrowth = 6
	minWindow = 64 << 10
)

// needles find secrets in a text. Text and secrets are compared after escapes are
// removed and without regard to case, spaces, and the alphabet of base64.
type needles struct {
	folded  [][]byte
	exact   []string // that are too short to be folded
	overlap int      // of two windows: the longest that an encoded secret can be
}

func newNeedles(secrets []string) *needles {
	n := &needles{}
	for _, secret := range secrets {
		if len(secret) < minFolded {
			n.exact = append(n.exact, secret)
			continue
		}
		n.add(foldText(secret))
		n.add(fold(unescapeAll(unitsOf(secret, 0))))
		for _, form := range escapedForms(secret) {
			for prefix := range 3 {
				n.add(base64Core(form, prefix))
			}
		}
		n.overlap = max(n.overlap, maxGrowth*len(secret))
	}
	return n
}

func (n *needles) add(folded []byte) {
	if len(folded) >= minFolded && !slices.ContainsFunc(n.folded, func(other []byte) bool { return bytes.Equal(folded, other) }) {
		n.folded = append(n.folded, folded)
	}
}

// escapedForms returns a secret as it may have been escaped before it was
// encoded in base64.
func escapedForms(secret string) []string {
	quoted, _ := json.Marshal(secret) // a string always has its JSON
	return []string{secret, url.QueryEscape(secret), html.EscapeString(secret), strings.Trim(string(quoted), `"`)}
}

// base64Core returns the characters that do not depend on what is encoded before
// and after the text, if its position is the given one in a group of three bytes.
func base64Core(text string, prefix int) []byte {
	encoded := base64.RawStdEncoding.EncodeToString(append(make([]byte, prefix), text...))
	core := encoded[(prefix*8+5)/6 : (prefix+len(text))*8/6]
	if len(core) < minBase64 {
		return nil
	}
	return foldText(core)
}

// find returns where the secrets are in a text, in any order. Spans may overlap.
func (n *needles) find(text string) []span {
	var all []span
	for _, secret := range n.exact {
		for at := 0; ; at += len(secret) {
			i := strings.Index(text[at:], secret)
			if i < 0 {
				break
			}
			at += i
			all = append(all, span{at, at + len(secret)})
		}
	}
	if len(n.folded) == 0 || !strings.ContainsAny(text, `%&\`) && !n.in(foldText(text)) {
		return all
	}
	window := max(minWindow, n.overlap)
	for from := 0; from < len(text); from += window {
		all = append(all, n.inWindow(unitsOf(text[from:min(from+window+n.overlap, len(text))], from))...)
	}
	return all
}

func (n *needles) in(folded []byte) bool {
	return slices.ContainsFunc(n.folded, func(needle []byte) bool { return bytes.Contains(folded, needle) })
}

// inWindow searches after each round of removing escapes: what precedes a secret
// may turn its beginning into something that looks like an escape.
func (n *needles) inWindow(units []unit) []span {
	var all []span
	for range maxRounds {
		kept := dropSpaces(units)
		folded := fold(kept)
		for _, needle := range n.folded {
			for at := 0; ; at += len(needle) {
				i := bytes.Index(folded[at:], needle)
				if i < 0 {
					break
				}
				at += i
				all = append(all, span{kept[at].from, kept[at+len(needle)-1].to})
			}
		}
		next := unescape(units)
		if len(next) == len(units) {
			break
		}
		units = next
	}
	return all
}

func isSpace(b byte) bool { return b == ' ' || '\t' <= b && b <= '\r' }

// foldByte maps the letters to lower case, and the alphabet of base64 in URLs to
// the other one.
func foldByte(b byte) byte {
	switch {
	case 'A' <= b && b <= 'Z':
		return b + 'a' - 'A'
	case b == '-':
		return '+'
	case b == '_':
		return '/'
	default:
		return b
	}
}

func foldText(text string) []byte {
	folded := make([]byte, 0, len(text))
	for i := range len(text) {
		if !isSpace(text[i]) {
			folded = append(folded, foldByte(text[i]))
		}
	}
	return folded
}
