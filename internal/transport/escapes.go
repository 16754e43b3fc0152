// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"html"
	"strconv"
	"unicode/utf8"
)

// unit is a byte of a text without escapes, and the part of the original text
// that stands for it.
type unit struct {
	value byte
	span
}

// unitsOf returns the bytes of a text that begins at an offset.
func unitsOf(text string, offset int) []unit {
	units := make([]unit, len(text))
	for i := range len(text) {
		units[i] = unit{text[i], span{offset + i, offset + i + 1}}
	}
	return units
}

func dropSpaces(units []unit) []unit {
	kept := make([]unit, 0, len(units))
	for _, u := range units {
		if !isSpace(u.value) {
			kept = append(kept, u)
		}
	}
	return kept
}

// dropFolds removes the spaces that fold a line: those with a line break.
func dropFolds(units []unit) []unit {
	kept := make([]unit, 0, len(units))
	for i := 0; i < len(units); {
		end, broken := i, false
		for end < len(units) && isSpace(units[end].value) {
			broken = broken || units[end].value == '\r' || units[end].value == '\n'
			end++
		}
		if !broken {
			end = max(end, i+1)
			kept = append(kept, units[i:end]...)
		}
		i = end
	}
	return kept
}

// fold returns the bytes as foldText does.
func fold(units []unit) []byte {
	folded := make([]byte, 0, len(units))
	for _, u := range units {
		if !isSpace(u.value) {
			folded = append(folded, foldByte(u.value))
		}
	}
	return folded
}

// unescapeAll removes escapes within escapes.
func unescapeAll(units []unit) []unit {
	for range maxRounds {
		next := unescape(units)
		if len(next) == len(units) {
			break
		}
		units = next
	}
	return units
}

// unescape removes the escapes of URLs, HTML, and JSON. An escape is always
// longer than what it stands for.
func unescape(units []unit) []unit {
	plain := make([]unit, 0, len(units))
	for i := 0; i < len(units); {
		text, length := "", 0
		switch units[i].value {
		case '%':
			text, length = hexadecimal(units[i:], 1, 2)
		case '\\':
			text, length = backslash(units[i:])
		case '&':
			text, length = entity(units[i:])
		}
		if length == 0 {
			plain = append(plain, units[i])
			i++
			continue
		}
		whole := span{units[i].from, units[i+length-1].to}
		for j := range len(text) {
			plain = append(plain, unit{text[j], whole})
		}
		i += length
	}
	return plain
}

// hexadecimal reads so many digits behind the beginning of an escape. The result
// is a byte for two digits, else a character.
func hexadecimal(units []unit, begin, digits int) (text string, length int) {
	if len(units) < begin+digits {
		return "", 0
	}
	code, err := strconv.ParseUint(string(values(units[begin:begin+digits])), 16, 16)
	switch {
	case err != nil:
		return "", 0
	case digits == 2:
		return string([]byte{byte(code)}), begin + digits //nolint:gosec // of two digits
	default:
		return string(rune(code)), begin + digits
	}
}

func backslash(units []unit) (text string, length int) {
	if len(units) < 2 {
		return "", 0
	}
	switch next := units[1].value; next {
	case 'u':
		return hexadecimal(units, 2, 4)
	case 'x':
		return hexadecimal(units, 2, 2)
	case 'n', 'r', 't', 'b', 'f':
		return "\n", 2
	case '"', '\'', '/', '\\':
		return string(next), 2
	default:
		return "", 0
	}
}

// entity reads a reference to a character of HTML, by its name or number.
func entity(units []unit) (text string, length int) {
	const longest = 12
	for i, u := range units[:min(longest, len(units))] {
		if u.value != ';' {
			continue
		}
		reference := string(values(units[:i+1]))
		if text = html.UnescapeString(reference); text == reference || !utf8.ValidString(text) {
			return "", 0
		}
		return text, i + 1
	}
	return "", 0
}

func values(units []unit) []byte {
	all := make([]byte, len(units))
	for i, u := range units {
		all[i] = u.value
	}
	return all
}
