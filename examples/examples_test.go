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

// outputs has a part of the outputs of each example of a data source, as JSON.
var outputs = map[string]string{
	"dws_cluster_action/once":           `"running"`,
	"dws_cluster_action/wait":           dwsCluster + ": succeeded",
	"dws_job/once":                      `"succeeded"`,
	"dws_job/wait":                      fakecloud.ExampleDWSJobID + ": succeeded",
	"dws_snapshot/once":                 `"succeeded"`,
	"dws_snapshot/wait":                 fakecloud.ExampleDWSSnapshotID + " (before-resize): succeeded",
	"dcs_background_tasks/once":         "0.25 GB: succeeded",
	"dcs_background_tasks/wait":         "true",
	"dcs_task_progress/once":            "数据迁移",
	"dcs_task_progress/wait":            taskID + ": succeeded",
	"dcs_job/once":                      `"succeeded"`,
	"dcs_job/wait":                      "(masterStandbySwapJob): succeeded",
	"cce_snapshot_tasks/once":           `"running"`,
	"cce_snapshot_tasks/wait":           cceCluster + ": succeeded",
	"cce_autopilot_snapshot_tasks/once": `"running"`,
	"cce_autopilot_snapshot_tasks/wait": "(" + snapshotID + "): succeeded",
	"cce_job/once":                      `"succeeded"`,
	"cce_job/wait":                      fakecloud.ExampleCCEJobID + ": succeeded",
	"cce_autopilot_job/once":            `"succeeded"`,
	"cce_autopilot_job/wait":            fakecloud.ExampleCCEJobID + ": succeeded",
	"cce_upgrade_task/once":             `"succeeded"`,
	"cce_upgrade_task/wait":             "(to v1.31): succeeded",
	"cce_autopilot_upgrade_task/once":   `"succeeded"`,
	"cce_autopilot_upgrade_task/wait":   "(to v1.31): succeeded",
}

func contains(text string) knownvalue.Check {
	return knownvalue.StringRegexp(regexp.MustCompile(regexp.QuoteMeta(text)))
}

// TestDataSources applies the examples of all data sources as modules of one
// configuration, and plans those that need the official provider.
func TestDataSources(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"once", "wait", "official"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, "", nil)
			serveExamples(w.cloud, kind != "once")
			examples := map[string]string{}
			for _, source := range datasources.Sources() {
				examples[source.Name()] = read(t, "data-sources/hwtasks_"+source.Name()+"/"+kind+".tf")
			}
			w.writeModules(t, examples)
			if kind == "official" {
				w.plan(t, 2)
				return
			}
			w.apply(t, "")
			for name := range examples {
				if got, _ := w.run(t, "output", "-json", name); outputs[name+"/"+kind] == "" || !strings.Contains(got, outputs[name+"/"+kind]) {
					t.Errorf("%s has the outputs %s, want %s", name, got, outputs[name+"/"+kind])
				}
			}
		})
	}
}

// TestFunctions ranges over the functions, so that each has an example.
func TestFunctions(t *testing.T) {
	t.Parallel()
	outputs := map[string]map[string]knownvalue.Check{
		"rfc3339": {
			"steps": knownvalue.TupleExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
				"name":     contains("前置检查"),
				"started":  contains("2022-09-01T03:52:24Z"),
				"finished": contains("2022-09-01T03:52:29Z"),
			})}),
		},
		"decode_detail": {
			"slots": knownvalue.ObjectExact(map[string]knownvalue.Check{
				"9996c3376318417281fb5e611f3fb1a0": contains("0-5460"),
				"5b70f440ccc94789b34a5c98c2ba05ea": contains("5461-10921"),
			}),
		},
	}
	for _, construct := range functions.All() {
		var meta function.MetadataResponse
		construct().Metadata(t.Context(), function.MetadataRequest{}, &meta)
		t.Run(meta.Name, func(t *testing.T) {
			t.Parallel()
			if len(outputs[meta.Name]) == 0 {
				t.Fatal("the example has no test")
			}
			var checks []statecheck.StateCheck
			for output, want := range outputs[meta.Name] {
				checks = append(checks, statecheck.ExpectKnownOutputValue(output, want))
			}
			run(t, resource.TestStep{Config: read(t, "functions/"+meta.Name+"/function.tf"), ConfigStateChecks: checks}, tfversion.SkipBelow(tfversion.Version1_8_0))
		})
	}
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

// cloud is a fake cloud with what the examples read.
func cloud() *fakecloud.Cloud {
	c := fakecloud.New(providertest.Keys())
	c.AddProject(providertest.Region, projectID)
	serveExamples(c, false)
	return c
}

// serveExamples serves finished tasks, and tasks that are running, until they finish
// during a wait.
func serveExamples(c *fakecloud.Cloud, finishing bool) {
	serve := func(path, running, finished string) {
		responses := []fakecloud.Response{{Body: running}, {After: time.Second, Body: finished}}
		if !finishing {
			responses = responses[:1]
		}
		c.Serve(path, responses...)
	}
	c.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	c.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: []string{fakecloud.ExampleDCSBackgroundTask()}}}})
	serve(fakecloud.ProgressPath(projectID, instanceID, taskID), fakecloud.ExampleDCSTaskProgress, `{"progress":100,"step_details":[{"step_status":"FINISH"}]}`)
	serve(fakecloud.ActionPath(projectID, dwsCluster, "SNAPSHOTTING"), `{"action_name":"SNAPSHOTTING","status":"RUNNING"}`, `{"action_name":"SNAPSHOTTING","status":"SUCCESS"}`)
	restore := `{"action_name":"RESTORING","status":"RUNNING","items":[{"sub_items":[{"detail":"{\"progressInfo\":\"{\\\"progress\\\":\\\"62.50%\\\"}\"}"}]}]}`
	c.Serve(fakecloud.ActionPath(projectID, dwsCluster, "RESTORING"), fakecloud.Response{Body: restore})
	for _, path := range []string{fakecloud.SnapshotTasksPath(projectID, cceCluster), fakecloud.AutopilotSnapshotTasksPath(projectID, autopilot)} {
		serve(path, fakecloud.ExampleCCESnapshotTasks, strings.ReplaceAll(fakecloud.ExampleCCESnapshotTasks, `"Running"`, `"Success"`))
	}
	job := fakecloud.Response{Body: `{"kind":"Job","apiVersion":"v3","metadata":{"uid":"` + fakecloud.ExampleCCEJobID + `"},"status":{"phase":"Success"}}`}
	c.Serve(fakecloud.CCEJobPath(projectID, fakecloud.ExampleCCEJobID), job)
	c.Serve(fakecloud.CCEAutopilotJobPath(projectID, fakecloud.ExampleCCEJobID), job)
	upgrade := fakecloud.Response{Body: strings.Replace(fakecloud.ExampleCCEUpgradeTask, `"Running"`, `"Success"`, 1)}
	c.Serve(fakecloud.CCEUpgradeTaskPath(projectID, cceCluster, fakecloud.ExampleCCEUpgradeTaskID), upgrade)
	c.Serve(fakecloud.CCEAutopilotUpgradeTaskPath(projectID, autopilot, fakecloud.ExampleCCEUpgradeTaskID), upgrade)
	c.Serve(fakecloud.DWSJobPath(projectID, fakecloud.ExampleDWSJobID), fakecloud.Response{Body: `{"job_id":"` + fakecloud.ExampleDWSJobID + `","status":"SUCCESS"}`})
	c.Serve(fakecloud.DWSSnapshotPath(projectID, fakecloud.ExampleDWSSnapshotID), fakecloud.Response{Body: fakecloud.ExampleDWSSnapshot})
}
