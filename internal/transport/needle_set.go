// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"encoding/binary"
	"slices"
)

const (
	headBytes  = 8 // of a needle, by which it is looked up
	filterBits = 12
)

// needleSet is a set of needles, all of which are found in one pass over a text: the
// bodies of long lists are searched, too.
type needleSet struct {
	short  [][]byte            // shorter than a head
	long   map[uint64][][]byte // by their heads
	filter []bool              // whether there may be a head, by its hash
}

func (s *needleSet) empty() bool { return len(s.short) == 0 && len(s.long) == 0 }

// add adds a needle, unless it is too short to be one.
func (s *needleSet) add(needle []byte) {
	if len(needle) < minFolded {
		return
	}
	if len(needle) < headBytes {
		s.short = append(s.short, needle)
		return
	}
	if s.long == nil {
		s.long, s.filter = make(map[uint64][][]byte), make([]bool, 1<<filterBits)
	}
	head := binary.LittleEndian.Uint64(needle)
	if !slices.ContainsFunc(s.long[head], func(other []byte) bool { return bytes.Equal(other, needle) }) {
		s.long[head] = append(s.long[head], needle)
		s.filter[hash(head)] = true
	}
}

func hash(head uint64) uint64 { return head * 0x9e3779b97f4a7c15 >> (64 - filterBits) }

// in returns where the needles are in a text.
func (s *needleSet) in(text []byte) []span {
	var all []span
	for _, needle := range s.short {
		for at := 0; ; at += len(needle) {
			i := bytes.Index(text[at:], needle)
			if i < 0 {
				break
			}
			at += i
			all = append(all, span{at, at + len(needle)})
		}
	}
	if s.long == nil {
		return all
	}
	for at := 0; at+headBytes <= len(text); at++ {
		head := binary.LittleEndian.Uint64(text[at:])
		if !s.filter[hash(head)] {
			continue
		}
		for _, needle := range s.long[head] {
			if bytes.HasPrefix(text[at:], needle) {
				all = append(all, span{at, at + len(needle)})
			}
		}
	}
	return all
}
