// SPDX-License-Identifier: MPL-2.0

// Package examples_test applies every example: what the documentation shows
// must work as it stands.
package examples_test

import (
	"fmt"
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
)

// The IDs that the examples use.
const (
	projectID  = "05f2cff45100d5112f4bc00b794ea08e"
	instanceID = "5560df16-cebf-4473-95c4-d1b573c16e79"
	taskID     = "8abf6e1e72c12e7c0172c15b508500aa"
	jobID      = "ff8080818822bbf70188235afc24141a"
	dwsCluster = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
	cceCluster = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
	autopilot  = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
	snapshotID = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
)

// outputs is what the example of each data source and function must return.
var outputs = map[string]map[string]knownvalue.Check{
	"hwtasks_dws_cluster_action": {
		"snapshot": knownvalue.StringExact("DWS action SNAPSHOTTING of cluster " + dwsCluster + ": succeeded (SUCCESS)"),
	},
	"hwtasks_dcs_background_tasks": {
		"idle":     knownvalue.Bool(true),
		"capacity": knownvalue.TupleExact([]knownvalue.Check{knownvalue.StringExact("0.125 GB -> 0.25 GB: succeeded")}),
	},
	"hwtasks_dcs_task_progress": {
		"progress":      knownvalue.StringExact("DCS task " + instanceID + "/" + taskID + ": running, 30%"),
		"running_steps": knownvalue.TupleExact([]knownvalue.Check{knownvalue.StringExact("数据迁移")}),
	},
	"hwtasks_dcs_job": {
		"switchover": knownvalue.StringExact("DCS job " + jobID + " (masterStandbySwapJob): succeeded (SUCCESS) after 2.9s"),
	},
	"hwtasks_cce_snapshot_tasks": {
		"backup": knownvalue.StringExact("CCE snapshot task " + snapshotID + " of cluster " + cceCluster + ": succeeded (Success)"),
	},
	"hwtasks_cce_autopilot_snapshot_tasks": {
		"backup": knownvalue.StringExact("CCE Autopilot snapshot tasks of cluster " + autopilot + " created after 2023-11-25T09:00:00Z (" + snapshotID + "): succeeded (Success)"),
	},
	"hwtasks_dws_job": {
		"restore": knownvalue.StringExact("DWS job " + fakecloud.ExampleDWSJobID + " (ecfClusterElbCreateJob): succeeded (SUCCESS) after 1m21s"),
	},
	"hwtasks_dws_snapshot": {
		"nightly": knownvalue.StringRegexp(regexp.MustCompile("^DWS snapshot " + fakecloud.ExampleDWSSnapshotID + ".*: succeeded")),
	},
	"hwtasks_cce_job": {
		"node": knownvalue.StringRegexp(regexp.MustCompile("^CCE job " + fakecloud.ExampleCCEJobID + ".*: succeeded")),
	},
	"hwtasks_cce_autopilot_job": {
		"cluster": knownvalue.StringRegexp(regexp.MustCompile("^CCE Autopilot job " + fakecloud.ExampleCCEJobID + ".*: succeeded")),
	},
	"hwtasks_cce_upgrade_task": {
		"upgrade": knownvalue.StringRegexp(regexp.MustCompile("^CCE upgrade task " + fakecloud.ExampleCCEUpgradeTaskID + ".*: succeeded")),
	},
	"hwtasks_cce_autopilot_upgrade_task": {
		"upgrade": knownvalue.StringRegexp(regexp.MustCompile("^CCE Autopilot upgrade task " + fakecloud.ExampleCCEUpgradeTaskID + ".*: succeeded")),
	},
	"rfc3339": {
		"steps": knownvalue.TupleExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
			"name":     knownvalue.StringExact("前置检查"),
			"started":  knownvalue.StringExact("2022-09-01T03:52:24Z"),
			"finished": knownvalue.StringExact("2022-09-01T03:52:29Z"),
		})}),
		"durations": knownvalue.TupleExact([]knownvalue.Check{knownvalue.StringExact("前置检查: 5 s")}),
	},
	"decode_detail": {
		"slots": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"9996c3376318417281fb5e611f3fb1a0": knownvalue.StringExact("0-5460"),
			"5b70f440ccc94789b34a5c98c2ba05ea": knownvalue.StringExact("5461-10921"),
		}),
	},
}

// TestExamples_applyAndShowOutputs ranges over all data sources and functions, so that
// none can be without an example.
func TestExamples_applyAndShowOutputs(t *testing.T) {
	t.Parallel()
	for _, construct := range datasources.All() {
		var meta datasource.MetadataResponse
		construct().Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: provider.TypeName}, &meta)
		t.Run(meta.TypeName, func(t *testing.T) {
			t.Parallel()
			apply(t, filepath.Join("data-sources", meta.TypeName, "data-source.tf"), outputs[meta.TypeName])
		})
	}
	for _, construct := range functions.All() {
		var meta function.MetadataResponse
		construct().Metadata(t.Context(), function.MetadataRequest{}, &meta)
		t.Run(meta.Name, func(t *testing.T) {
			t.Parallel()
			apply(t, filepath.Join("functions", meta.Name, "function.tf"), outputs[meta.Name], tfversion.SkipBelow(tfversion.Version1_8_0))
		})
	}
}

func apply(t *testing.T, file string, want map[string]knownvalue.Check, versions ...tfversion.TerraformVersionCheck) {
	t.Helper()
	config, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(want) == 0 {
		t.Fatalf("nothing is expected of the outputs of %s", file)
	}
	var checks []statecheck.StateCheck
	for name, check := range want {
		checks = append(checks, statecheck.ExpectKnownOutputValue(name, check))
	}
	test(t, resource.TestStep{Config: string(config), ConfigStateChecks: checks}, versions...)
}

var factories = map[string]func() (tfprotov6.ProviderServer, error){
	provider.TypeName: providerserver.NewProtocol6WithError(provider.New("test")()),
}

func block(url string) string {
	return fmt.Sprintf(`
provider "hwtasks" {
  region     = "cn-north-4"
  access_key = "FAKEACCESSKEY"
  secret_key = "fake-secret-key"
  endpoints  = { for service in ["dcs", "dws", "cce", "iam"] : service => %q }
}
`, url)
}

// cloud serves what the examples read: tasks of the past, a restore under way,
// and a backup that ends while it is waited for.
func cloud() *fakecloud.Cloud {
	c := fakecloud.New(fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"})
	c.AddProject("cn-north-4", projectID)
	c.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	c.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: []string{fakecloud.ExampleDCSBackgroundTask()}}}})
	c.Serve(fakecloud.ProgressPath(projectID, instanceID, taskID), fakecloud.Response{Body: fakecloud.ExampleDCSTaskProgress})
	c.Serve(fakecloud.ActionPath(projectID, dwsCluster, "SNAPSHOTTING"), fakecloud.Response{Body: `{"action_name":"SNAPSHOTTING","status":"SUCCESS"}`})
	restore := `{"action_name":"RESTORING","status":"RUNNING","items":[{"sub_items":[{"detail":"{\"progressInfo\":\"{\\\"progress\\\":\\\"62.50%\\\"}\"}"}]}]}`
	c.Serve(fakecloud.ActionPath(projectID, dwsCluster, "RESTORING"), fakecloud.Response{Body: restore})
	done := `{"kind":"List","apiVersion":"v3.1","items":[{"metadata":{"uid":"` + snapshotID + `"},"status":{"phase":"Success","progress":"100"}}]}`
	c.Serve(fakecloud.SnapshotTasksPath(projectID, cceCluster),
		fakecloud.Response{Body: fakecloud.ExampleCCESnapshotTasks}, fakecloud.Response{After: time.Second, Body: done})
	c.Serve(fakecloud.AutopilotSnapshotTasksPath(projectID, autopilot),
		fakecloud.Response{Body: fakecloud.ExampleCCESnapshotTasks},
		fakecloud.Response{After: time.Second, Body: strings.ReplaceAll(fakecloud.ExampleCCESnapshotTasks, `"Running"`, `"Success"`)})
	job := strings.ReplaceAll(fakecloud.ExampleCCEJob, `"Failed"`, `"Success"`)
	c.Serve(fakecloud.CCEJobPath(projectID, fakecloud.ExampleCCEJobID), fakecloud.Response{Body: job})
	c.Serve(fakecloud.CCEAutopilotJobPath(projectID, fakecloud.ExampleCCEJobID), fakecloud.Response{Body: job})
	upgrade := strings.ReplaceAll(fakecloud.ExampleCCEUpgradeTask, `"Running"`, `"Success"`)
	c.Serve(fakecloud.CCEUpgradeTaskPath(projectID, cceCluster, fakecloud.ExampleCCEUpgradeTaskID), fakecloud.Response{Body: upgrade})
	c.Serve(fakecloud.CCEAutopilotUpgradeTaskPath(projectID, autopilot, fakecloud.ExampleCCEUpgradeTaskID), fakecloud.Response{Body: upgrade})
	c.Serve(fakecloud.DWSJobPath(projectID, fakecloud.ExampleDWSJobID), fakecloud.Response{Body: strings.ReplaceAll(fakecloud.ExampleDWSJob, `"FAIL"`, `"SUCCESS"`)})
	c.Serve(fakecloud.DWSSnapshotPath(projectID, fakecloud.ExampleDWSSnapshotID), fakecloud.Response{Body: fakecloud.ExampleDWSSnapshot})
	return c
}
