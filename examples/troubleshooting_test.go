// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

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
	codeRow  = regexp.MustCompile("(?m)^\\| (`.+|any other.*) \\| ([0-9 or]+) \\| (permanent|transient|throttled|no such task) \\|")
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
		"no such task": requests == 1 && strings.HasSuffix(got[0].Summary, " not found"),
	}
	if !expected[kind] {
		t.Errorf("not %s: %d requests, %v", kind, requests, got)
	}
}

// TestTroubleshooting_messages finds the summaries of all errors in the guide. The
// golden file of internal/diagnostics has the errors of reads, "X" the names of tasks.
func TestTroubleshooting_messages(t *testing.T) {
	t.Parallel()
	guide := read(t, troubleshooting)
	summaries := regexp.MustCompile(`(?m)^(?:Error|Warning): (.+)$`).FindAllStringSubmatch(read(t, "../internal/diagnostics/testdata/diagnostics.golden"), -1)
	if len(summaries) < 20 {
		t.Errorf("only %d messages", len(summaries))
	}
	nouns := regexp.MustCompile(`DCS job|DCS background tasks?|DCS task progress|DWS cluster action|CCE (?:Autopilot )?snapshot task`)
	for _, match := range summaries {
		summary := nouns.ReplaceAllString(match[1], "*X*")
		if invalid, _, ok := strings.Cut(summary, " for "); ok && invalid == "Invalid value" {
			summary = "Invalid value for …"
		}
		if !strings.Contains(guide, "| "+summary) && !strings.Contains(guide, ", "+summary) {
			t.Errorf("the guide does not list %q", summary)
		}
	}
}
