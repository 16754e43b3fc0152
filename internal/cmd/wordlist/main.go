// SPDX-License-Identifier: MPL-2.0

// Command wordlist reports wording that this project does not use (words.json), in
// Markdown prose, Go comments and strings, and # comments of the files that its
// arguments name. No linter covers this mix: misspell checks single words in Go
// files, and Vale does not read HCL and needs a C compiler.
package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"go/scanner"
	"go/token"
	"log"
	"os"
	"regexp"
	"strings"
)

//go:embed words.json
var list []byte

// rule is an entry of the list. Its patterns match whole words in any case.
type rule struct {
	Pattern string `json:"pattern"`
	Write   string `json:"write"`  // what to write instead
	Unless  string `json:"unless"` // allowed wording that contains the pattern
	Except  string `json:"except"` // files to which the rule does not apply
}

func main() {
	log.SetFlags(0)
	if len(os.Args) == 1 {
		log.Fatal("usage: wordlist FILE...")
	}
	var rules []rule
	if err := json.Unmarshal(list, &rules); err != nil {
		log.Fatal(err)
	}
	var findings []string
	for _, name := range os.Args[1:] {
		source, err := os.ReadFile(name)
		if err != nil {
			log.Fatal(err)
		}
		findings = append(findings, check(rules, name, source)...)
	}
	if len(findings) > 0 {
		log.Fatalf("%s\n%d findings; see internal/cmd/wordlist/words.json", strings.Join(findings, "\n"), len(findings))
	}
}

func check(rules []rule, name string, source []byte) (findings []string) {
	text := prose(name, source)
	for _, r := range rules {
		if r.Except != "" && regexp.MustCompile(r.Except).MatchString(name) {
			continue
		}
		checked := text
		if r.Unless != "" {
			checked = words(r.Unless).ReplaceAllFunc(text, hide)
		}
		for _, at := range words(r.Pattern).FindAllIndex(checked, -1) {
			line, match := 1+bytes.Count(checked[:at[0]], []byte{'\n'}), joint.ReplaceAll(checked[at[0]:at[1]], []byte{' '})
			findings = append(findings, fmt.Sprintf("%s:%d: %q: write %s", name, line, match, r.Write))
		}
	}
	return findings
}

// words compiles a pattern, in which each space stands for a joint.
func words(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:` + strings.ReplaceAll(pattern, " ", joint.String()) + `)\b`)
}

var (
	joint   = regexp.MustCompile(`[\s"+/#]+`) // between words, also on two lines of comments or in two parts of a string
	comment = regexp.MustCompile(`(?m)(?:^|[\t ])#.*`)
	ink     = regexp.MustCompile(`\S`)
	code    = regexp.MustCompile("(?s)(?:^|\n) *```.*?\n *```|`[^`\n]*`|\\]\\([^)\\s]*\\)") // and targets of links
)

// hide replaces everything except white space.
func hide(text []byte) []byte { return ink.ReplaceAll(text, []byte{0}) }

// prose hides everything that is not prose. In code within Markdown, comments stay.
func prose(name string, source []byte) []byte {
	switch {
	case strings.HasSuffix(name, ".go"):
		return bytes.ReplaceAll(show(source, goProse(source)), []byte(`\n`), []byte(` `))
	case strings.Contains(name, ".md"): // and .md.tmpl
		return code.ReplaceAllFunc(source, func(block []byte) []byte { return show(block, comment.FindAllIndex(block, -1)) })
	default:
		return show(source, comment.FindAllIndex(source, -1))
	}
}

func goProse(source []byte) (ranges [][]int) {
	file := token.NewFileSet().AddFile("", -1, len(source))
	var s scanner.Scanner
	s.Init(file, source, nil, scanner.ScanComments)
	for position, kind, literal := s.Scan(); kind != token.EOF; position, kind, literal = s.Scan() {
		if kind == token.COMMENT || kind == token.STRING || kind == token.ADD { // "+" joins strings
			ranges = append(ranges, []int{file.Offset(position), file.Offset(position) + max(len(literal), 1)})
		}
	}
	return ranges
}

func show(source []byte, ranges [][]int) (text []byte) {
	end := 0
	for _, at := range append(ranges, []int{len(source), len(source)}) {
		text = append(append(text, hide(source[end:at[0]])...), source[at[0]:at[1]]...)
		end = at[1]
	}
	return text
}
