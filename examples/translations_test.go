// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const translations = "i18n/zh-CN/"

// twins are the translated pages and their originals.
func twins() map[string]string {
	all := map[string]string{"README.md": "README.md"}
	for _, guide := range []string{"authentication.md", "choose-a-gate.md", "gate-a-plan-or-apply.md", "troubleshooting.md"} {
		all[guide] = "docs/guides/" + guide
	}
	return all
}

// outline is what is the same in all languages.
type outline struct {
	Sections []section
	Code     []string   // without comments, and without the labels of diagrams
	Rows     [][]string // of tables: code, the files of links, and columns
}

// section is a heading and the text up to the next one.
type section struct {
	Level string
	Same  []string // code and the files of links, without duplicates
}

var (
	headingLevel = regexp.MustCompile(`(?m)^#+ `)
	tableRow     = regexp.MustCompile(`(?m)^\|.*`)
	sameInAll    = regexp.MustCompile("`[^`\n]*`|\\]\\([^)#]*|\\|") // anchors are translated
	label        = regexp.MustCompile(`"[^"]*"`)
	comment      = regexp.MustCompile(`(?m) *#.*$`)
)

func (p page) outline() outline {
	var o outline
	starts := headingLevel.FindAllStringIndex(p.prose, -1)
	for i, at := range starts {
		end := len(p.prose)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		o.Sections = append(o.Sections, section{p.prose[at[0]:at[1]], slices.Compact(untranslated(p.prose[at[1]:end]))})
	}
	for _, block := range p.blocks {
		text := comment.ReplaceAllString(block.text, "")
		if block.language == "mermaid" {
			text = label.ReplaceAllString(text, "")
		}
		o.Code = append(o.Code, text)
	}
	for _, row := range tableRow.FindAllString(p.prose, -1) {
		o.Rows = append(o.Rows, untranslated(row))
	}
	return o
}

// untranslated returns what a text has in each language. The order of words depends
// on the language.
func untranslated(text string) []string {
	same := sameInAll.FindAllString(text, -1)
	for i, link := range same {
		if strings.HasPrefix(link, "](") {
			same[i] = path.Base(link[2:])
		} else {
			same[i] = strings.Join(strings.Fields(link), " ")
		}
	}
	slices.Sort(same)
	return same
}

// TestTranslations compares each Chinese page with its English original.
func TestTranslations(t *testing.T) {
	t.Parallel()
	all, twins := pages(t), twins()
	for name := range all {
		if file, ok := strings.CutPrefix(name, translations); ok && twins[file] == "" {
			t.Errorf("%s has no original", name)
		}
	}
	for file, original := range twins {
		english, chinese := all[original], all[translations+file]
		if difference := cmp.Diff(english.outline(), chinese.outline()); difference != "" {
			t.Errorf("%s (-English +Chinese):\n%s", file, difference)
		}
		if !strings.Contains(english.prose, "\nEnglish | [简体中文](") || !strings.Contains(chinese.prose, "\n[English](../../"+original+") | 简体中文\n") {
			t.Errorf("%s: the pages do not link to each other", file)
		}
		for other, page := range twins {
			want := 0 // the translation is linked instead
			if other == file {
				want = 1
			}
			if links := strings.Count(chinese.prose, "](../../"+page); links != want {
				t.Errorf("%s has %d links to the English page %s, want %d", file, links, page, want)
			}
		}
	}
}

// notChinese is what Chinese text must not have: half-width punctuation, and no space
// between Chinese and other words.
var notChinese = regexp.MustCompile(`\p{Han}[,;:!?()]|[,;:!?()]\p{Han}|\p{Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Han}`)

// TestTranslations_style checks the prose, and the comments in code, which are
// translated too.
func TestTranslations_style(t *testing.T) {
	t.Parallel()
	code, markup, han := regexp.MustCompile("`[^`\n]*`"), regexp.MustCompile(`\]\([^)]*\)|[\[*]`), regexp.MustCompile(`\p{Han}`)
	all := pages(t)
	for file := range twins() {
		text := all[translations+file].prose
		for _, block := range all[translations+file].blocks {
			if block.language == "text" {
				continue // output
			}
			for _, line := range comment.FindAllString(block.text, -1) {
				text += line + "\n"
				if !han.MatchString(line) {
					t.Errorf("%s: the comment is not translated: %s", file, line)
				}
			}
		}
		text = markup.ReplaceAllString(code.ReplaceAllString(text, "code"), "")
		for line := range strings.Lines(text) {
			if found := notChinese.FindString(line); found != "" {
				t.Errorf("%s: %q in: %s", file, found, line)
			}
		}
	}
}
