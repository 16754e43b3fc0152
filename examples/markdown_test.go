// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// page is a Markdown file, taken apart as far as the tests need it.
type page struct {
	name     string // its path from the project's root, with slashes
	text     string // less the blocks of code
	headings []heading
	blocks   []codeBlock
}

type heading struct {
	level int
	title string
}

// codeBlock is a fenced block, less the indentation of its fence.
type codeBlock struct {
	line     int // of its first fence
	language string
	text     string
}

// pages are all Markdown files of the project, by name.
func pages(t *testing.T) map[string]page {
	t.Helper()
	all := map[string]page{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			switch name := entry.Name(); {
			case name == ".github", name == "..":
				return nil
			case strings.HasPrefix(name, "."), name == "dist":
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".md" {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		p := parsePage(string(source))
		p.name = strings.TrimPrefix(filepath.ToSlash(path), "../")
		all[p.name] = p
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var (
	fence      = regexp.MustCompile("^( *)(```+)(.*)$")
	atxHeading = regexp.MustCompile(`^(#{1,6}) +(.+?) *$`)
)

func parsePage(source string) page {
	var p page
	var text strings.Builder
	if strings.HasPrefix(source, "---\n") { // front matter, for the registry
		if end := strings.Index(source[4:], "\n---\n"); end >= 0 {
			source = strings.Repeat("\n", strings.Count(source[:end+9], "\n")) + source[end+9:]
		}
	}
	var open []string // the match of the fence of the block that is under way
	for i, line := range strings.Split(source, "\n") {
		match := fence.FindStringSubmatch(line)
		switch {
		case open == nil && match != nil:
			open = match
			p.blocks = append(p.blocks, codeBlock{line: i + 1, language: match[3]})
		case open == nil:
			text.WriteString(line + "\n")
			if h := atxHeading.FindStringSubmatch(line); h != nil {
				p.headings = append(p.headings, heading{len(h[1]), h[2]})
			}
		case len(match) > 3 && match[2] == open[2] && match[3] == "":
			open = nil
		default:
			p.blocks[len(p.blocks)-1].text += strings.TrimPrefix(line, open[1]) + "\n"
		}
	}
	p.text = text.String()
	return p
}

var (
	codeSpan   = regexp.MustCompile("`[^`\n]*`")
	inlineLink = regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]+)\)`)
	ownAnchor  = regexp.MustCompile(`<a (?:id|name)="([^"]+)">`)
)

// anchors are what a link may point to in the page: its headings, as GitHub and
// the registries make anchors of them, and those that it sets itself.
func (p page) anchors() []string {
	var all []string
	for _, h := range p.headings {
		title := inlineLink.ReplaceAllString(h.title, "$1")
		anchor := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
				return unicode.ToLower(r)
			default:
				return -1
			}
		}, title)
		unique := anchor
		for n := 1; slices.Contains(all, unique); n++ {
			unique = fmt.Sprintf("%s-%d", anchor, n)
		}
		all = append(all, unique)
	}
	for _, match := range ownAnchor.FindAllStringSubmatch(p.text, -1) {
		all = append(all, match[1])
	}
	return all
}

// TestMarkdown_linksLeadSomewhere follows each link within the project, in all
// Markdown files, to its file and to its anchor.
func TestMarkdown_linksLeadSomewhere(t *testing.T) {
	t.Parallel()
	all := pages(t)
	followed := 0
	for _, p := range all {
		for _, match := range inlineLink.FindAllStringSubmatch(codeSpan.ReplaceAllString(p.text, "code"), -1) {
			target := match[2]
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			followed++
			file, anchor, hasAnchor := strings.Cut(target, "#")
			name := p.name
			if file != "" {
				name = filepath.ToSlash(filepath.Join(filepath.Dir(p.name), file))
			}
			if _, err := os.Stat(filepath.Join("..", name)); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", p.name, target)
				continue
			}
			if hasAnchor && !slices.Contains(all[name].anchors(), anchor) {
				t.Errorf("%s: the link to %s leads to an anchor that is not there; these are: %s", p.name, target, strings.Join(all[name].anchors(), ", "))
			}
		}
	}
	if followed < 100 {
		t.Errorf("only %d links were found", followed)
	}
}
