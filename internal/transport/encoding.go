// SPDX-License-Identifier: MPL-2.0

package transport

import (
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
	folded  needleSet
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
		n.folded.add(foldText(secret))
		n.folded.add(fold(unescapeAll(unitsOf(secret, 0))))
		for _, form := range escapedForms(secret) {
			for prefix := range 3 {
				n.folded.add(base64Core(form, prefix))
			}
		}
		n.overlap = max(n.overlap, maxGrowth*len(secret))
	}
	return n
}

// escapedForms returns a secret as it may have been escaped before it was
// encoded in base64.
func escapedForms(secret string) []string {
	quoted, _ := json.Marshal(secret) // a string always has its JSON
	forms := []string{secret, url.QueryEscape(secret), html.EscapeString(secret), strings.Trim(string(quoted), `"`)}
	slices.Sort(forms)
	return slices.Compact(forms)
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
	if n.folded.empty() || !mayHaveEscapes(text) && len(n.folded.in(foldText(text))) == 0 {
		return all
	}
	window := max(minWindow, n.overlap)
	for from := 0; from < len(text); from += window {
		units := unitsOf(text[from:min(from+window+n.overlap, len(text))], from)
		found, broken := n.inWindow(units, unescape)
		all = append(all, found...)
		if broken { // there may be a line break within an escape
			found, _ = n.inWindow(dropFolds(units), func(units []unit) []unit { return dropFolds(unescape(units)) })
			all = append(all, found...)
		}
	}
	return all
}

func mayHaveEscapes(text string) bool {
	for _, begin := range []byte(`%&\`) {
		if strings.IndexByte(text, begin) >= 0 {
			return true
		}
	}
	return false
}

// inWindow searches after each round of removing escapes: what precedes a secret
// may turn its beginning into something that looks like an escape. broken reports
// whether there is a line break.
func (n *needles) inWindow(units []unit, unescape func([]unit) []unit) (all []span, broken bool) {
	for range maxRounds {
		broken = broken || slices.ContainsFunc(units, func(u unit) bool { return u.value == '\r' || u.value == '\n' })
		if found := n.folded.in(fold(units)); len(found) > 0 {
			kept := dropSpaces(units)
			for _, s := range found {
				all = append(all, span{kept[s.from].from, kept[s.to-1].to})
			}
		}
		next := unescape(units)
		if len(next) == len(units) {
			break
		}
		units = next
	}
	return all, broken
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
