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

var (
	headingLevel = regexp.MustCompile(`(?m)^#+ `)
	tableRow     = regexp.MustCompile(`(?m)^\|.*`)
	sameInAll    = regexp.MustCompile("`[^`\n]*`|\\]\\([^)]*\\)|\\|") // code, links, and columns
	comment      = regexp.MustCompile(`(?m) *# .*$`)
)

// TestReadme_translation compares what is the same in both languages: levels of
// headings, code without comments, and code and links in tables.
func TestReadme_translation(t *testing.T) {
	t.Parallel()
	outline := func(p page) (levels, code []string, rows [][]string) {
		for _, block := range p.blocks {
			code = append(code, comment.ReplaceAllString(block.text, ""))
		}
		for _, row := range tableRow.FindAllString(p.prose, -1) {
			same := sameInAll.FindAllString(row, -1)
			slices.Sort(same) // the order of words depends on the language
			rows = append(rows, same)
		}
		return headingLevel.FindAllString(p.prose, -1), code, rows
	}
	levels, code, rows := outline(pages(t)["README.md"])
	zhLevels, zhCode, zhRows := outline(pages(t)["README.zh-CN.md"])
	for what, difference := range map[string]string{"headings": cmp.Diff(levels, zhLevels), "code": cmp.Diff(code, zhCode), "tables": cmp.Diff(rows, zhRows)} {
		if difference != "" {
			t.Errorf("%s (-English +Chinese):\n%s", what, difference)
		}
	}
}

// TestReadme_output runs the gate of the README, with a job that succeeds and with
// one that fails, and compares the output. IDs and line numbers vary.
func TestReadme_output(t *testing.T) {
	t.Parallel()
	varying := regexp.MustCompile(` \[id=[^\]]+\]| on main\.tf line \d+, in data "\w+" "\w+": \d+: data "\w+" "\w+" \{`)
	blocks := pages(t)["README.md"].blocks
	gate, success, failure := blocks[0].text, blocks[1].text, blocks[2].text
	const failedJob = "ff8080818822bbf70188235afc24141b"

	w := newWorkspace(t, "", map[string]any{"job_id": jobID})
	w.write(t, "main.tf", requirements+"variable \"job_id\" {\n  type = string\n}\n\nresource \"terraform_data\" \"switchover\" {\n  input = var.job_id\n}\n\n"+gate)
	w.cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: strings.Replace(fakecloud.ExampleDCSJob, "SUCCESS", "RUNNING", 1)},
		fakecloud.Response{After: time.Second, Body: fakecloud.ExampleDCSJob})
	w.cloud.Serve(fakecloud.JobPath(projectID, failedJob), fakecloud.Response{
		Body: strings.NewReplacer(`"SUCCESS"`, `"FAIL"`, `null`, `"the standby node 192.168.0.12 is not in sync"`, jobID, failedJob).Replace(fakecloud.ExampleDCSJob),
	})

	out := varying.ReplaceAllString(w.apply(t, ""), "")
	for line := range strings.Lines(success) {
		line, _, _ = strings.Cut(varying.ReplaceAllString(strings.TrimSpace(line), ""), " after 35s")
		if strings.HasPrefix(line, "$ ") || line == "…" || strings.Contains(line, "s elapsed]") {
			continue // not printed, or only in a longer wait
		}
		if !strings.Contains(out, line) {
			t.Errorf("%q is not in:\n%s", line, out)
		}
	}

	want := varying.ReplaceAllString(strings.Join(strings.Fields(failure), " "), "")
	if out := varying.ReplaceAllString(w.apply(t, "Error: ", "-var=job_id="+failedJob), ""); !strings.Contains(out, want) {
		t.Errorf("the README shows\n%s\nbut Terraform prints\n%s", want, out)
	}
}
