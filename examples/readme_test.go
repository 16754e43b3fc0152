// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// TestReadme_saysTheSameInBothLanguages compares what needs no translation: the
// levels of the headings, the blocks of code, and the code and the links of each
// row of each table.
func TestReadme_saysTheSameInBothLanguages(t *testing.T) {
	t.Parallel()
	all := pages(t)
	english, chinese := all["README.md"], all["README.zh-CN.md"]
	for what, of := range map[string]func(page) any{
		"headings":       func(p page) any { return levels(p) },
		"blocks of code": func(p page) any { return blockTexts(p) },
		"tables":         func(p page) any { return rows(p) },
	} {
		if difference := cmp.Diff(of(english), of(chinese)); difference != "" {
			t.Errorf("%s (-English +Chinese):\n%s", what, difference)
		}
	}
}

func levels(p page) []int {
	var all []int
	for _, h := range p.headings {
		all = append(all, h.level)
	}
	return all
}

func blockTexts(p page) []string {
	var all []string
	for _, block := range p.blocks {
		all = append(all, block.language+"\n"+block.text)
	}
	return all
}

// row is what a row of a table has in any language.
type row struct {
	Columns int
	Code    []string // sorted: the order of words is the language's
	Links   []string
}

func rows(p page) []row {
	var all []row
	for line := range strings.Lines(p.text) {
		if !strings.HasPrefix(line, "|") {
			continue
		}
		r := row{Columns: strings.Count(line, "|") - 1, Code: codeSpan.FindAllString(line, -1)}
		for _, match := range inlineLink.FindAllStringSubmatch(line, -1) {
			r.Links = append(r.Links, match[2])
		}
		slices.Sort(r.Code)
		slices.Sort(r.Links)
		all = append(all, r)
	}
	return all
}

// varying is what a run prints otherwise each time.
var varying = regexp.MustCompile(` \[id=[^\]]+\]| on main\.tf line \d+, in data "\w+" "\w+": \d+: data "\w+" "\w+" \{`)

// TestReadme_showsWhatTerraformPrints runs the gate of the README, for a job
// that succeeds and for one that fails.
func TestReadme_showsWhatTerraformPrints(t *testing.T) {
	t.Parallel()
	readme := pages(t)["README.md"]
	gate, opened, closed := readme.blocks[0].text, readme.blocks[1].text, readme.blocks[2].text
	const failedJob = "ff8080818822bbf70188235afc24141b"

	s := set(t, "", map[string]any{"job_id": jobID})
	s.write(t, "main.tf", requirements+"variable \"job_id\" {\n  type = string\n}\n\nresource \"terraform_data\" \"switchover\" {\n  input = var.job_id\n}\n\n"+gate)
	s.cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: strings.Replace(fakecloud.ExampleDCSJob, "SUCCESS", "RUNNING", 1)},
		fakecloud.Response{After: time.Second, Body: fakecloud.ExampleDCSJob})
	s.cloud.Serve(fakecloud.JobPath(projectID, failedJob),
		fakecloud.Response{Body: strings.NewReplacer(`"SUCCESS"`, `"FAIL"`, `null`, `"the standby node 192.168.0.12 is not in sync"`).Replace(fakecloud.ExampleDCSJob)})

	out, _ := s.run(t, "apply", "-auto-approve", "-input=false", "-no-color")
	out = varying.ReplaceAllString(out, "")
	for line := range strings.Lines(opened) {
		line = strings.TrimSpace(varying.ReplaceAllString(strings.TrimRight(line, "\n"), ""))
		switch {
		case strings.HasPrefix(line, "$ "), line == "…", strings.Contains(line, "s elapsed]"):
			continue // these are not printed, or only by a longer wait
		}
		if line, _, _ = strings.Cut(line, " after 35s"); !strings.Contains(out, line) {
			t.Errorf("%q is not in:\n%s", line, out)
		}
	}

	out, _ = s.run(t, "apply", "-auto-approve", "-input=false", "-no-color", "-var=job_id="+failedJob)
	want := varying.ReplaceAllString(strings.Join(strings.Fields(closed), " "), "")
	if got := varying.ReplaceAllString(out, ""); !strings.Contains(got, want) {
		t.Errorf("the README shows\n%s\nand Terraform prints\n%s", want, got)
	}
}
