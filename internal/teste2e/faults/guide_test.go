// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// guidePath is the guide that describes to users what the matrix specifies.
const guidePath = "../../../templates/guides/error-handling.md.tmpl"

// The headings of the guide's tables: of the rows of the matrix, and of the
// kinds of handling.
const (
	rowHeading  = "| error | kind | message |"
	kindHeading = "| kind |"
)

// tables returns the lines of all tables of the guide with such a heading.
func tables(t *testing.T, heading string) [][]string {
	t.Helper()
	text, err := os.ReadFile(guidePath)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	inside := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, heading):
			inside = true
		case !strings.HasPrefix(line, "|"):
			inside = false
		case inside && !strings.HasPrefix(line, "|---"):
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells)
		}
	}
	return rows
}

// TestGuide_hasTheRowsOfTheMatrix in the same order.
func TestGuide_hasTheRowsOfTheMatrix(t *testing.T) {
	t.Parallel()
	var want, got []string
	for _, r := range matrix() {
		want = append(want, r.what+" | "+string(r.handling))
	}
	add := func(what string, h handling) {
		if line := what + " | " + string(h); !slices.Contains(want, line) {
			want = append(want, line)
		}
	}
	for _, m := range mistakes() {
		add(m.what, m.handling)
	}
	for _, s := range scenarios() {
		add(s.what, s.handling)
	}
	for _, cells := range tables(t, rowHeading) {
		got = append(got, cells[0]+" | "+cells[1])
	}
	testkit.Diff(t, "rows", want, got)
}

func TestGuide_explainsEachKind(t *testing.T) {
	t.Parallel()
	var got []string
	for _, cells := range tables(t, kindHeading) {
		got = append(got, cells[0])
	}
	want := []handling{transient, throttled, permanent, noSuchTask, refreshed}
	for i := range min(len(want), len(got)) {
		testkit.Diff(t, "kind", string(want[i]), got[i])
	}
	testkit.Diff(t, "number of kinds", len(want), len(got))
}

// quotes are what a row of the guide quotes from messages.
type quotes struct {
	mu    sync.Mutex
	found map[string]bool // whether an error has it
}

// quotesOf are the quotes of each row.
func quotesOf(t *testing.T) map[string]*quotes {
	t.Helper()
	quoted := regexp.MustCompile("`([^`]+)`")
	all := map[string]*quotes{}
	for _, cells := range tables(t, rowHeading) {
		q := &quotes{found: map[string]bool{}}
		for _, match := range quoted.FindAllStringSubmatch(cells[2], -1) {
			q.found[match[1]] = false
		}
		all[cells[0]] = q
	}
	return all
}

// find searches for a quote in an error, which must have one.
func (q *quotes) find(t *testing.T, detail string) {
	t.Helper()
	if q == nil {
		return // TestGuide_hasTheRowsOfTheMatrix reports it
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	quoted := false
	for quote := range q.found {
		if strings.Contains(detail, quote) {
			q.found[quote], quoted = true, true
		}
	}
	if !quoted {
		t.Errorf("the guide quotes %v, but the error is\n%s", q.found, detail)
	}
}

// check reports the quotes that no error has.
func (q *quotes) check(t *testing.T) {
	t.Helper()
	if q == nil {
		return
	}
	for quote, found := range q.found {
		if !found {
			t.Errorf("no error has the words that the guide quotes: %q", quote)
		}
	}
}
