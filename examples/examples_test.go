// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/functions"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// The IDs in the examples.
const (
	projectID  = providertest.ProjectID
	instanceID = providertest.InstanceID
	taskID     = providertest.TaskID
	jobID      = providertest.JobID
	dwsCluster = providertest.ClusterID
	cceCluster = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
	autopilot  = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
	snapshotID = providertest.SnapshotID
)

// outputs has the expected outputs of each example.
var outputs = map[string]map[string]knownvalue.Check{
	"hwtasks_dws_cluster_action": {"snapshot": contains(dwsCluster + ": succeeded")},
	"hwtasks_dcs_background_tasks": {
		"idle":     knownvalue.Bool(true),
		"capacity": knownvalue.TupleExact([]knownvalue.Check{contains("0.125 GB -> 0.25 GB: succeeded")}),
	},
	"hwtasks_dcs_task_progress": {
		"progress":      contains("running, 30%"),
		"running_steps": knownvalue.TupleExact([]knownvalue.Check{contains("数据迁移")}),
	},
	"hwtasks_dcs_job":                      {"switchover": contains("(masterStandbySwapJob): succeeded")},
	"hwtasks_cce_snapshot_tasks":           {"backup": contains(cceCluster + ": succeeded")},
	"hwtasks_cce_autopilot_snapshot_tasks": {"backup": contains("(" + snapshotID + "): succeeded")},
	"hwtasks_cce_job":                      {"node": contains(fakecloud.ExampleCCEJobID)},
	"hwtasks_cce_autopilot_job":            {"cluster": contains(fakecloud.ExampleCCEJobID)},
	"hwtasks_cce_upgrade_task":             {"upgrade": contains(fakecloud.ExampleCCEUpgradeTaskID)},
	"hwtasks_cce_autopilot_upgrade_task":   {"upgrade": contains(fakecloud.ExampleCCEUpgradeTaskID)},
	"hwtasks_dws_job":                      {"restore": contains(fakecloud.ExampleDWSJobID)},
	"hwtasks_dws_snapshot":                 {"nightly": contains(fakecloud.ExampleDWSSnapshotID)},
	"rfc3339": {
		"steps": knownvalue.TupleExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
			"name":     contains("前置检查"),
			"started":  contains("2022-09-01T03:52:24Z"),
			"finished": contains("2022-09-01T03:52:29Z"),
		})}),
		"durations": knownvalue.TupleExact([]knownvalue.Check{contains("前置检查: 5 s")}),
	},
	"decode_detail": {
		"slots": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"9996c3376318417281fb5e611f3fb1a0": contains("0-5460"),
			"5b70f440ccc94789b34a5c98c2ba05ea": contains("5461-10921"),
		}),
	},
}

func contains(text string) knownvalue.Check {
	return knownvalue.StringRegexp(regexp.MustCompile(regexp.QuoteMeta(text)))
}

// TestExamples ranges over the data sources and functions, so that each has an
// example.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, construct := range datasources.All() {
		var meta datasource.MetadataResponse
		construct().Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: provider.TypeName}, &meta)
		testExample(t, meta.TypeName, "data-sources/%s/data-source.tf")
	}
	for _, construct := range functions.All() {
		var meta function.MetadataResponse
		construct().Metadata(t.Context(), function.MetadataRequest{}, &meta)
		testExample(t, meta.Name, "functions/%s/function.tf", tfversion.SkipBelow(tfversion.Version1_8_0))
	}
}

func testExample(t *testing.T, name, file string, versions ...tfversion.TerraformVersionCheck) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		if len(outputs[name]) == 0 {
			t.Fatal("the example has no test")
		}
		var checks []statecheck.StateCheck
		for output, want := range outputs[name] {
			checks = append(checks, statecheck.ExpectKnownOutputValue(output, want))
		}
		run(t, resource.TestStep{Config: read(t, fmt.Sprintf(file, name)), ConfigStateChecks: checks}, versions...)
	})
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// run runs a step in Terraform, in the versions that it is for.
func run(t *testing.T, step resource.TestStep, versions ...tfversion.TerraformVersionCheck) {
	t.Helper()
	server := httptest.NewServer(cloud())
	t.Cleanup(server.Close)
	step.Config = fmt.Sprintf(`
provider "hwtasks" {
  region     = %q
  access_key = %q
  secret_key = %q
  endpoints  = { for service in ["dcs", "dws", "cce", "iam"] : service => %q }
}
`, providertest.Region, providertest.Keys().AccessKey, providertest.Keys().SecretKey, server.URL) + step.Config
	resource.UnitTest(t, resource.TestCase{
		TerraformVersionChecks: versions,
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			provider.TypeName: providerserver.NewProtocol6WithError(provider.New("test")()),
		},
		Steps: []resource.TestStep{step},
	})
}

// cloud serves what the examples read: finished tasks, a running restore, and
// backups that finish during a wait.
func cloud() *fakecloud.Cloud {
	c := fakecloud.New(providertest.Keys())
	c.AddProject(providertest.Region, projectID)
	c.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	c.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: []string{fakecloud.ExampleDCSBackgroundTask()}}}})
	c.Serve(fakecloud.ProgressPath(projectID, instanceID, taskID), fakecloud.Response{Body: fakecloud.ExampleDCSTaskProgress})
	c.Serve(fakecloud.ActionPath(projectID, dwsCluster, "SNAPSHOTTING"), fakecloud.Response{Body: `{"action_name":"SNAPSHOTTING","status":"SUCCESS"}`})
	restore := `{"action_name":"RESTORING","status":"RUNNING","items":[{"sub_items":[{"detail":"{\"progressInfo\":\"{\\\"progress\\\":\\\"62.50%\\\"}\"}"}]}]}`
	c.Serve(fakecloud.ActionPath(projectID, dwsCluster, "RESTORING"), fakecloud.Response{Body: restore})
	for _, path := range []string{fakecloud.SnapshotTasksPath(projectID, cceCluster), fakecloud.AutopilotSnapshotTasksPath(projectID, autopilot)} {
		c.Serve(path, fakecloud.Response{Body: fakecloud.ExampleCCESnapshotTasks},
			fakecloud.Response{After: time.Second, Body: strings.ReplaceAll(fakecloud.ExampleCCESnapshotTasks, `"Running"`, `"Success"`)})
	}
	job := fakecloud.Response{Body: `{"kind":"Job","apiVersion":"v3","metadata":{"uid":"` + fakecloud.ExampleCCEJobID + `"},"status":{"phase":"Success"}}`}
	c.Serve(fakecloud.CCEJobPath(projectID, fakecloud.ExampleCCEJobID), job)
	c.Serve(fakecloud.CCEAutopilotJobPath(projectID, fakecloud.ExampleCCEJobID), job)
	upgrade := fakecloud.Response{Body: strings.Replace(fakecloud.ExampleCCEUpgradeTask, `"Running"`, `"Success"`, 1)}
	c.Serve(fakecloud.CCEUpgradeTaskPath(projectID, cceCluster, fakecloud.ExampleCCEUpgradeTaskID), upgrade)
	c.Serve(fakecloud.CCEAutopilotUpgradeTaskPath(projectID, autopilot, fakecloud.ExampleCCEUpgradeTaskID), upgrade)
	c.Serve(fakecloud.DWSJobPath(projectID, fakecloud.ExampleDWSJobID), fakecloud.Response{Body: `{"job_id":"` + fakecloud.ExampleDWSJobID + `","status":"SUCCESS"}`})
	c.Serve(fakecloud.DWSSnapshotPath(projectID, fakecloud.ExampleDWSSnapshotID), fakecloud.Response{Body: fakecloud.ExampleDWSSnapshot})
	return c
}
