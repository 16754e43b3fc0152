// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const translations = "i18n/zh-CN/"

// TestTranslations_sayTheSame compares what needs no translation, for each page
// in Chinese and its twin: the levels of the headings, the blocks of code less
// their comments, and the code and the links of each row of each table.
func TestTranslations_sayTheSame(t *testing.T) {
	t.Parallel()
	all := pages(t)
	compared := 0
	for name, chinese := range all {
		file, ok := strings.CutPrefix(name, translations)
		if !ok {
			continue
		}
		compared++
		english := all["docs/guides/"+file]
		if file == "README.md" {
			english = all[file]
		}
		for what, of := range map[string]func(page) any{
			"headings":       func(p page) any { return levels(p) },
			"blocks of code": func(p page) any { return blockTexts(p) },
			"tables":         func(p page) any { return rows(p) },
		} {
			if difference := cmp.Diff(of(english), of(chinese)); difference != "" {
				t.Errorf("%s: %s (-English +Chinese):\n%s", name, what, difference)
			}
		}
	}
	if compared < 3 {
		t.Errorf("only %d pages were compared", compared)
	}
}

func levels(p page) []int {
	var all []int
	for _, h := range p.headings {
		all = append(all, h.level)
	}
	return all
}

var comment = regexp.MustCompile(`(?m) *#.*$`)

func blockTexts(p page) []string {
	var all []string
	for _, block := range p.blocks {
		all = append(all, block.language+"\n"+comment.ReplaceAllString(block.text, ""))
	}
	return all
}

// row is what a row of a table has in any language.
type row struct {
	Columns int
	Code    []string // sorted: the order of words is the language's
	Links   []string // files, without anchors, which are translated
}

func rows(p page) []row {
	var all []row
	for line := range strings.Lines(p.text) {
		if !strings.HasPrefix(line, "|") {
			continue
		}
		r := row{Columns: strings.Count(line, "|") - 1, Code: codeSpan.FindAllString(line, -1)}
		for _, match := range inlineLink.FindAllStringSubmatch(line, -1) {
			file, _, _ := strings.Cut(match[2], "#")
			r.Links = append(r.Links, filepath.ToSlash(filepath.Base(file)))
		}
		slices.Sort(r.Code)
		slices.Sort(r.Links)
		all = append(all, r)
	}
	return all
}
