// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheck(t *testing.T) {
	rules := []rule{{Pattern: "foo bar", Write: "baz", Unless: "no foo bar", Except: "^fake/"}}
	for name, tc := range map[string]struct {
		file, source string
		want         []string
	}{
		"Markdown":                 {"a.md", "a\nFoo bar, food bar, foo\nbar\n", []string{`a.md:2: "Foo bar": write baz`, `a.md:2: "foo bar": write baz`}},
		"template":                 {"a.md.tmpl", "foo bar", []string{`a.md.tmpl:1: "foo bar": write baz`}},
		"code in Markdown":         {"a.md", "`foo bar` [a](foo/bar)\n```\nfoo bar\n```\n", nil},
		"comment in a code block":  {"a.md", "```hcl\na = 1 # foo bar\n```\n", []string{`a.md:2: "foo bar": write baz`}},
		"Go comment":               {"a.go", "package a\n\n// foo\n// bar\n", []string{`a.go:3: "foo bar": write baz`}},
		"Go string":                {"a.go", "package a\n\nvar a = \"foo bar\" + b(\"foo\", \"bar\")", []string{`a.go:3: "foo bar": write baz`}},
		"Go string in two parts":   {"a.go", "package a\n\nvar a = \"foo \" +\n\t\"bar\\nfoo bar\"", []string{`a.go:3: "foo bar": write baz`, `a.go:4: "foo bar": write baz`}},
		"HCL comment":              {"a.tf", "# foo bar\na = \"foo bar\"\n", []string{`a.tf:1: "foo bar": write baz`}},
		"allowed in this wording":  {"a.md", "no foo bar", nil},
		"allowed in this file":     {"fake/a.md", "foo bar", nil},
		"not allowed in this file": {"a/fake/a.md", "foo bar", []string{`a/fake/a.md:1: "foo bar": write baz`}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(tc.want, check(rules, tc.file, []byte(tc.source))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestList_suggestsOnlyOtherWords(t *testing.T) {
	var rules []rule
	if err := json.Unmarshal(list, &rules); err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		if findings := check(rules, "a.md", []byte(r.Write)); r.Write == "" || findings != nil {
			t.Errorf("%q suggests %q: %q", r.Pattern, r.Write, findings)
		}
	}
}

func TestProgram_failsAfterAFinding(t *testing.T) {
	for text, fails := range map[string]bool{"The wait goes on.": true, "The wait continues.": false} {
		file := filepath.Join(t.TempDir(), "a.md")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("go", "run", ".", file).CombinedOutput()
		if (err != nil) != fails || fails != strings.Contains(string(out), `a.md:1: "goes on": write continue`) {
			t.Errorf("%q ends with %v:\n%s", text, err, out)
		}
	}
}
