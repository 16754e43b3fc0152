// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

const troubleshooting = "../docs/guides/troubleshooting.md"

// asked is what is read to meet the codes of a service.
type asked struct {
	source string
	args   providertest.Args
	path   string
	body   string // of a response with the code and the message
	code   string // that stands for any other
}

// services are those whose codes the guide lists, by its headings.
var services = map[string]asked{
	"the gateway": {"dcs_job", providertest.Args{"job_id": jobID}, fakecloud.JobPath(projectID, jobID), `{"error_code":%q,"error_msg":%q}`, ""},
	"DCS": {
		"dcs_task_progress",
		providertest.Args{"instance_id": instanceID, "task_id": taskID},
		fakecloud.ProgressPath(projectID, instanceID, taskID),
		`{"error_code":%q,"error_msg":%q,"error_ext_msg":null}`, "DCS.9876",
	},
	"DWS": {
		"dws_cluster_action",
		providertest.Args{"cluster_id": dwsCluster, "action_name": "GROWING"},
		fakecloud.ActionPath(projectID, dwsCluster, "GROWING"),
		`{"errCode":%q,"externalMessage":%q}`, "DWS.9876",
	},
	"CCE": {
		"cce_snapshot_tasks",
		providertest.Args{"cluster_id": cceCluster},
		fakecloud.SnapshotTasksPath(projectID, cceCluster),
		`{"errorCode":%q,"errorMessage":%q}`, "",
	},
	"IAM": {"dcs_job", providertest.Args{"job_id": jobID}, fakecloud.ProjectsPath, `{"error":{"code":%q,"message":%q}}`, ""},
}

var (
	codeRow  = regexp.MustCompile("(?m)^\\| (`.+|any other.*) \\| ([0-9 or]+) \\| (permanent|transient|throttled|no such task) \\|")
	codeName = regexp.MustCompile("`([A-Z]+\\.\\d+|\\d+)`")
)

// TestTroubleshooting_tellsWhatBecomesOfEachCode has each service respond with
// each code that the guide lists.
func TestTroubleshooting_tellsWhatBecomesOfEachCode(t *testing.T) {
	guide, err := os.ReadFile(troubleshooting)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, section := range strings.Split(string(guide), "\n## ") {
		heading, _, _ := strings.Cut(section, "\n")
		service, ok := services[strings.TrimPrefix(heading, "Codes of ")]
		if !ok {
			continue
		}
		seen++
		rows := codeRow.FindAllStringSubmatch(section, -1)
		if lines := strings.Count(section, "\n| ") - 1; len(rows) != lines {
			t.Errorf("%s: %d of %d rows can be read", heading, len(rows), lines)
		}
		for _, row := range rows {
			codes := []string{service.code}
			if !strings.HasPrefix(row[1], "any other") {
				codes = nil
				for _, match := range codeName.FindAllStringSubmatch(row[1], -1) {
					codes = append(codes, match[1])
				}
			}
			for _, code := range codes {
				for _, status := range strings.Split(row[2], " or ") {
					t.Run(code+" "+status, func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) { service.responds(t, code, status, row[3]) })
					})
				}
			}
		}
	}
	if seen != len(services) {
		t.Errorf("the guide has %d of %d services", seen, len(services))
	}
}

// responds checks what becomes of a response.
func (a asked) responds(t *testing.T, code, status, kind string) {
	t.Helper()
	cloud := fakecloud.New(fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"})
	cloud.AddProject("cn-north-4", projectID)
	number, err := strconv.Atoi(status)
	if err != nil {
		t.Fatal(err)
	}
	cloud.Fail(a.path, fakecloud.Fault{Times: -1, Status: number, Body: fmt.Sprintf(a.body, code, "The reason.")})
	server, wrong := providertest.Connect(t, provider.NewWithTransport("test", cloud.Transport()), providertest.Args{
		"region": "cn-north-4", "access_key": "FAKEACCESSKEY", "secret_key": "fake-secret-key", "max_retries": 2,
	})
	if wrong != nil {
		t.Fatal(wrong)
	}
	reported := server.Read(t, a.source, a.args).Diagnostics
	requests := 0
	for _, r := range cloud.Requests() {
		if r.Path == a.path {
			requests++
		}
	}
	if len(reported) != 1 || !strings.Contains(reported[0].Detail, "Code: "+code+"\nMessage: The reason.") {
		t.Fatalf("the code is not shown: %v", reported)
	}
	var expected bool
	switch kind {
	case "permanent":
		expected = requests == 1 && strings.HasPrefix(reported[0].Summary, "Unable to ")
	case "transient":
		expected = requests == 3 && strings.HasPrefix(reported[0].Summary, "Unable to ")
	case "throttled":
		expected = requests > 3 && strings.HasPrefix(reported[0].Summary, "Timed out reading ")
	case "no such task":
		expected = requests == 1 && strings.HasSuffix(reported[0].Summary, " not found")
	}
	if !expected {
		t.Errorf("this is not of the kind %q: after %d requests %v", kind, requests, reported)
	}
}

var summaryLiteral = regexp.MustCompile(`(?:Diagnostic\([^"\n]*|summary :?= |AddError\()"([A-Z ][^"%]+)"`)

// TestTroubleshooting_listsEachMessage searches for the summaries of all errors in
// the sources of the provider.
func TestTroubleshooting_listsEachMessage(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(troubleshooting)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../internal/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		switch filepath.Base(filepath.Dir(file)) {
		case "gate", "diagnostics", "provider", "actions", "datasources":
		default:
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, match := range summaryLiteral.FindAllStringSubmatch(string(source), -1) {
			seen[match[1]] = true
		}
	}
	if len(seen) < 20 {
		t.Errorf("only %d messages were found", len(seen))
	}
	for message := range seen {
		if !strings.Contains(string(guide), strings.TrimSpace(message)) {
			t.Errorf("the guide does not list %q", message)
		}
	}
}
