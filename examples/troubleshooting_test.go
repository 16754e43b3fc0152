// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

const troubleshooting = "../templates/guides/troubleshooting.md.tmpl"

// errorSource is a read that gets an error response with a code.
type errorSource struct {
	source string
	args   providertest.Args
	path   string // of the request that fails
	body   string // with the code and a message
	code   string // for "any other"
}

// errorSources are the services whose codes the guide lists, by heading.
var errorSources = map[string]errorSource{
	"the gateway": {"dcs_job", providertest.Args{"job_id": jobID}, fakecloud.JobPath(projectID, jobID), `{"error_code":%q,"error_msg":%q}`, ""},
	"DCS": {
		"dcs_task_progress",
		providertest.Args{"instance_id": instanceID, "task_id": taskID},
		fakecloud.ProgressPath(projectID, instanceID, taskID), `{"error_code":%q,"error_msg":%q,"error_ext_msg":null}`, "DCS.9876",
	},
	"DWS": {
		"dws_cluster_action",
		providertest.Args{"cluster_id": dwsCluster, "action_name": "GROWING"},
		fakecloud.ActionPath(projectID, dwsCluster, "GROWING"), `{"errCode":%q,"externalMessage":%q}`, "DWS.9876",
	},
	"CCE": {
		"cce_snapshot_tasks",
		providertest.Args{"cluster_id": cceCluster},
		fakecloud.SnapshotTasksPath(projectID, cceCluster), `{"errorCode":%q,"errorMessage":%q}`, "",
	},
	"IAM": {"dcs_job", providertest.Args{"job_id": jobID}, fakecloud.ProjectsPath, `{"error":{"code":%q,"message":%q}}`, ""},
}

var (
	codeRow  = regexp.MustCompile("(?m)^\\| (`.+|any other.*) \\| ([0-9 or]+) \\| (permanent|transient|throttled|missing task) \\|")
	codeName = regexp.MustCompile("`([A-Z]+\\.\\d+|\\d+)`")
)

// TestTroubleshooting_codes returns each code that the guide lists in an error
// response, and checks how the provider handles it.
func TestTroubleshooting_codes(t *testing.T) {
	sections := 0
	for _, section := range strings.Split(read(t, troubleshooting), "\n## ") {
		heading, _, _ := strings.Cut(section, "\n")
		service, ok := errorSources[strings.TrimPrefix(heading, "Codes of ")]
		if !ok {
			continue
		}
		sections++
		rows := codeRow.FindAllStringSubmatch(section, -1)
		if lines := strings.Count(section, "\n| ") - 1; len(rows) != lines {
			t.Errorf("%s: %d of %d rows have the expected form", heading, len(rows), lines)
		}
		for _, row := range rows {
			codes := codeName.FindAllStringSubmatch(row[1], -1)
			if strings.HasPrefix(row[1], "any other") {
				codes = [][]string{{"", service.code}}
			}
			for _, code := range codes {
				for _, status := range strings.Split(row[2], " or ") {
					t.Run(code[1]+" "+status, func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) { service.test(t, code[1], status, row[3]) })
					})
				}
			}
		}
	}
	if sections != len(errorSources) {
		t.Errorf("the guide has %d of %d services", sections, len(errorSources))
	}
}

func (s errorSource) test(t *testing.T, code, status, kind string) {
	t.Helper()
	number, err := strconv.Atoi(status)
	if err != nil {
		t.Fatal(err)
	}
	cloud := fakecloud.New(providertest.Keys())
	cloud.Fail(s.path, fakecloud.Fault{Times: -1, Status: number, Body: fmt.Sprintf(s.body, code, "The reason.")})
	settings := providertest.Settings().With(providertest.Args{"project_id": projectID, "max_retries": 2})
	if s.path == fakecloud.ProjectsPath {
		delete(settings, "project_id")
	}
	got := providertest.MustConnect(t, provider.NewWithTransport("test", cloud.Transport()), settings).Read(t, s.source, s.args).Diagnostics
	requests := 0
	for _, r := range cloud.Requests() {
		if r.Path == s.path {
			requests++
		}
	}
	if len(got) != 1 || !strings.Contains(got[0].Detail, "Code: "+code+"\nMessage: The reason.") {
		t.Fatalf("the code is not shown: %v", got)
	}
	// Requests are refreshed once after some permanent errors of credentials.
	expected := map[string]bool{
		"permanent":    requests <= 2 && !strings.HasSuffix(got[0].Summary, " not found"),
		"transient":    requests == 3 && !strings.HasSuffix(got[0].Summary, " not found"),
		"throttled":    requests > 3 && strings.HasPrefix(got[0].Summary, "Timed out reading "),
		"missing task": requests == 1 && strings.HasSuffix(got[0].Summary, " not found"),
	}
	if !expected[kind] {
		t.Errorf("not %s: %d requests, %v", kind, requests, got)
	}
}

// TestTroubleshooting_example causes the error that the guide shows.
func TestTroubleshooting_example(t *testing.T) {
	t.Parallel()
	want := pages(t)["docs/guides/troubleshooting.md"].blocks[0].text
	cloud := fakecloud.New(providertest.Keys())
	cloud.Fail(fakecloud.JobPath(projectID, jobID), fakecloud.Fault{
		Status: http.StatusForbidden, Header: http.Header{"X-Request-Id": {"6a1f0c9d4a3be8a1c1d7a0a5a1b2c3d4"}},
		Body: `{"error_code":"APIGW.0302","error_msg":"The IAM user is forbidden in the currently selected region"}`,
	})
	server := providertest.MustConnect(t, provider.NewWithTransport("test", cloud.Transport()), providertest.Settings().With(providertest.Args{"project_id": projectID}))
	got := server.Read(t, "dcs_job", providertest.Args{"job_id": jobID}).Diagnostics
	if len(got) != 1 || !strings.HasPrefix(want, "Error: "+got[0].Summary+"\n") || !strings.HasSuffix(oneLine(want), oneLine(got[0].Detail)) {
		t.Errorf("the guide shows\n%s\nbut the error is %v", want, got)
	}
}

// placeholders are the parts of headings that stand for several summaries.
func placeholders() map[string]string {
	var nouns []string
	for _, source := range datasources.Sources() {
		nouns = append(nouns, source.Noun())
	}
	return map[string]string{"*X*": "(?:" + strings.Join(nouns, "|") + ")", "*name*": `\S+`, "*block*": "assume_role(?:_with_oidc)?"}
}

// summaryPattern matches the summaries that a heading stands for.
func summaryPattern(heading string) *regexp.Regexp {
	pattern := regexp.QuoteMeta(heading)
	for placeholder, summaries := range placeholders() {
		pattern = strings.ReplaceAll(pattern, regexp.QuoteMeta(placeholder), summaries)
	}
	return regexp.MustCompile("^" + pattern + "$")
}

// TestTroubleshooting_messages compares the headings of the guide with the summaries
// in the golden file of internal/diagnostics: each summary has one, each heading has a
// summary, and the list at the top links to all of them in their order.
func TestTroubleshooting_messages(t *testing.T) {
	t.Parallel()
	summaries := firstGroups(regexp.MustCompile(`(?m)^(?:Error|Warning): (.+)$`), read(t, "../internal/diagnostics/testdata/diagnostics.golden"))
	for _, guide := range []string{troubleshooting, "../" + translations + "troubleshooting.md"} {
		t.Run(guide, func(t *testing.T) {
			t.Parallel()
			compareMessages(t, read(t, guide), summaries)
		})
	}
}

func compareMessages(t *testing.T, guide string, summaries []string) {
	t.Helper()
	sections := strings.Split(guide, "\n## ")
	i := slices.IndexFunc(sections, func(s string) bool { return strings.Contains(s, "\n### ") })
	if i < 0 {
		t.Fatal("the guide has no messages")
	}
	messages := sections[i]
	list, _, _ := strings.Cut(messages, "\n### ")
	headings := firstGroups(regexp.MustCompile(`(?m)^### (.+)$`), messages)
	if difference := cmp.Diff(firstGroups(regexp.MustCompile(`(?m)^- \[(.+)\]\(#.+\)$`), list), headings); difference != "" {
		t.Errorf("the list differs from the headings (-list +headings):\n%s", difference)
	}
	explained := map[string]int{}
	for _, heading := range headings {
		pattern, used := summaryPattern(heading), false
		for _, summary := range summaries {
			if pattern.MatchString(summary) {
				used = true
				explained[summary]++
			}
		}
		if !used {
			t.Errorf("no summary has the heading %q", heading)
		}
	}
	for _, summary := range summaries {
		if explained[summary] != 1 {
			t.Errorf("%d headings explain %q", explained[summary], summary)
		}
	}
	for _, source := range datasources.Sources() {
		if !strings.Contains(strings.Join(strings.Fields(list), " "), source.Noun()) {
			t.Errorf("the guide does not say that X can be %q", source.Noun())
		}
	}
	if weak := weakensGate.FindString(messages); weak != "" {
		t.Errorf("a remedy weakens the gate: %s", weak)
	}
}

// weakensGate matches settings with which a gate opens without evidence. The option
// helps a destroy only, which other guides explain.
var weakensGate = regexp.MustCompile(`status_map = \{[^}]*succeeded|on_missing = "succeeded"|insecure = true|-refresh=false`)

// firstGroups returns the first group of each match, without duplicates.
func firstGroups(expression *regexp.Regexp, text string) (groups []string) {
	for _, match := range expression.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(groups, match[1]) {
			groups = append(groups, match[1])
		}
	}
	return groups
}
