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

// outline is what is the same in all languages.
type outline struct {
	Headings []string   // their levels
	Code     []string   // without comments, and without the labels of diagrams
	Rows     [][]string // of tables: code, the files of links, and columns
}

var (
	headingLevel = regexp.MustCompile(`(?m)^#+ `)
	tableRow     = regexp.MustCompile(`(?m)^\|.*`)
	sameInAll    = regexp.MustCompile("`[^`\n]*`|\\]\\([^)#]*|\\|") // anchors are translated
	label        = regexp.MustCompile(`"[^"]*"`)
	comment      = regexp.MustCompile(`(?m) *#.*$`)
)

func (p page) outline() outline {
	o := outline{Headings: headingLevel.FindAllString(p.prose, -1)}
	for _, block := range p.blocks {
		text := comment.ReplaceAllString(block.text, "")
		if block.language == "mermaid" {
			text = label.ReplaceAllString(text, "")
		}
		o.Code = append(o.Code, text)
	}
	for _, row := range tableRow.FindAllString(p.prose, -1) {
		same := sameInAll.FindAllString(row, -1)
		for i, link := range same {
			if strings.HasPrefix(link, "](") {
				same[i] = path.Base(link[2:])
			}
		}
		slices.Sort(same) // the order of words depends on the language
		o.Rows = append(o.Rows, same)
	}
	return o
}

// TestTranslations compares each Chinese page with its English original.
func TestTranslations(t *testing.T) {
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
		if difference := cmp.Diff(english.outline(), chinese.outline()); difference != "" {
			t.Errorf("%s (-English +Chinese):\n%s", name, difference)
		}
	}
	if compared < 3 {
		t.Errorf("only %d pages are compared", compared)
	}
}
