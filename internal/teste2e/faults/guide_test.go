// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// guideRow is a line of a table in the guide.
type guideRow struct {
	what    string
	conduct conduct
	quotes  []string // from messages
}

// guide returns the lines of those tables of the guide that have a heading like
// theirs, in their order.
func guide(t *testing.T, heading string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "templates", "guides", "error-handling.md.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	within := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, heading):
			within = true
		case !strings.HasPrefix(line, "|"):
			within = false
		case within && !strings.HasPrefix(line, "|---"):
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells)
		}
	}
	return rows
}

var quoted = regexp.MustCompile("`([^`]+)`")

// TestGuide_tellsWhatTheMatrixPromises: line by line, in the same order, and in
// the words of the messages.
func TestGuide_tellsWhatTheMatrixPromises(t *testing.T) {
	t.Parallel()
	var want, got []guideRow
	for _, cells := range guide(t, "| what happens | kind | the message says |") {
		row := guideRow{what: cells[0], conduct: conduct(cells[1])}
		for _, match := range quoted.FindAllStringSubmatch(cells[2], -1) {
			row.quotes = append(row.quotes, match[1])
		}
		got = append(got, row)
	}
	for _, m := range matrix() {
		want = append(want, guideRow{what: m.what, conduct: m.conduct})
	}
	for _, s := range stories() {
		row := guideRow{what: s.what, conduct: s.conduct}
		if !slices.ContainsFunc(want, func(r guideRow) bool { return r.what == row.what }) {
			want = append(want, row)
		}
	}
	lines := func(rows []guideRow) (lines []string) {
		for _, r := range rows {
			lines = append(lines, r.what+" | "+string(r.conduct))
		}
		return lines
	}
	diff(t, "lines", lines(want), lines(got))

	if t.Failed() {
		return
	}
	for i, m := range matrix() {
		got[i].compare(t, m)
	}
	for _, s := range stories() {
		row := got[slices.IndexFunc(got, func(r guideRow) bool { return r.what == s.what })]
		if s.tells != strings.Join(row.quotes, "") {
			t.Errorf("%s: the guide quotes %q, want %q", s.what, row.quotes, s.tells)
		}
	}
}

// compare sees that each error quotes the guide, and that each quote is of an error.
func (r guideRow) compare(t *testing.T, m mishap) {
	t.Helper()
	var details []string
	for _, f := range m.faults {
		p := jobs()
		if f.at != nil {
			p = f.at[0]
		}
		for _, c := range m.conduct.courses(f) {
			if c.summary == "" || p.lookUp && c.after > 0 {
				continue
			}
			for _, told := range c.read(t, p, f, &network{}).Diagnostics {
				details = append(details, told.Detail)
				if !slices.ContainsFunc(r.quotes, func(quote string) bool { return strings.Contains(told.Detail, quote) }) {
					t.Errorf("%s (%s): the guide quotes %q, but the error is\n%s", m.what, f.name, r.quotes, told.Detail)
				}
			}
			break
		}
	}
	for _, quote := range r.quotes {
		if !slices.ContainsFunc(details, func(detail string) bool { return strings.Contains(detail, quote) }) {
			t.Errorf("%s: no error says %q", m.what, quote)
		}
	}
}

func TestGuide_explainsEachKind(t *testing.T) {
	t.Parallel()
	var got []string
	for _, cells := range guide(t, "| kind |") {
		got = append(got, cells[0])
	}
	diff(t, "kinds", []string{string(passes), string(throttles), string(outlasts), string(lasts), string(absent), string(renews)}, got)
}
