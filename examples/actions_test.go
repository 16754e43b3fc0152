// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// lastLine is what the example of each action must report last.
var lastLine = map[string]string{
	"hwtasks_await_dcs_job":                      "DCS job " + jobID + " (masterStandbySwapJob): succeeded (SUCCESS) after 2.9s",
	"hwtasks_await_dcs_background_tasks":         "DCS background task " + taskID + " of instance " + instanceID + " (EXTEND): succeeded (SUCCESS) after 3.5s",
	"hwtasks_await_dcs_task_progress":            "DCS task " + instanceID + "/" + taskID + ": succeeded",
	"hwtasks_await_dws_cluster_action":           "DWS action SNAPSHOTTING of cluster " + dwsCluster + ": succeeded (SUCCESS)",
	"hwtasks_await_cce_snapshot_tasks":           "CCE snapshot tasks of cluster " + cceCluster + " created after 2023-11-25T09:00:00Z (" + snapshotID + "): succeeded (Success)",
	"hwtasks_await_cce_autopilot_snapshot_tasks": "CCE Autopilot snapshot task " + snapshotID + " of cluster " + autopilot + ": succeeded (Success)",
	"hwtasks_await_dws_job":                      "DWS job " + fakecloud.ExampleDWSJobID + " (ecfClusterElbCreateJob): succeeded (SUCCESS) after 1m21s",
	"hwtasks_await_dws_snapshot":                 "DWS snapshot " + fakecloud.ExampleDWSSnapshotID + " (before-resize): succeeded (AVAILABLE) after 20m46s",
	"hwtasks_await_cce_job":                      "CCE job " + fakecloud.ExampleCCEJobID + " (ScaleupCluster): succeeded (Success) after 8m32s",
	"hwtasks_await_cce_autopilot_job":            "CCE Autopilot job " + fakecloud.ExampleCCEJobID + " (ScaleupCluster): succeeded (Success) after 8m32s",
	"hwtasks_await_cce_upgrade_task":             "CCE upgrade task " + fakecloud.ExampleCCEUpgradeTaskID + " of cluster " + cceCluster + " (to v1.31): succeeded (Success) after 20m46s",
	"hwtasks_await_cce_autopilot_upgrade_task":   "CCE Autopilot upgrade task " + fakecloud.ExampleCCEUpgradeTaskID + " of cluster " + autopilot + " (to v1.31): succeeded (Success) after 20m46s",
}

// TestActions_ofTheExamplesWait invokes the actions within this process, since
// a Terraform that knows actions is not available everywhere.
func TestActions_ofTheExamplesWait(t *testing.T) {
	server := func(t *testing.T) *providertest.Server {
		c := cloud()
		c.Serve(fakecloud.ProgressPath(projectID, instanceID, taskID), fakecloud.Response{Body: fakecloud.ExampleDCSTaskProgress},
			fakecloud.Response{After: time.Minute, Body: `{"progress":100,"step_details":[{"step_status":"FINISH"}]}`})
		c.Serve(fakecloud.SnapshotTasksPath(projectID, cceCluster), fakecloud.Response{Body: fakecloud.ExampleCCESnapshotTasks},
			fakecloud.Response{After: time.Minute, Body: strings.ReplaceAll(fakecloud.ExampleCCESnapshotTasks, `"Running"`, `"Success"`)})
		s, wrong := providertest.Connect(t, provider.NewWithTransport("test", c.Transport()), providertest.Args{
			"region": "cn-north-4", "access_key": "FAKEACCESSKEY", "secret_key": "fake-secret-key",
		})
		if wrong != nil {
			t.Fatal(wrong)
		}
		return s
	}
	for _, name := range server(t).Actions() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := server(t).Invoke(t.Context(), t, strings.TrimPrefix(name, "hwtasks_"), configOf(t, name))
				if got.Diagnostics != nil {
					t.Fatal(got.Diagnostics)
				}
				if difference := cmp.Diff(lastLine[name], got.Progress[len(got.Progress)-1]); difference != "" {
					t.Errorf("last line (-want +got):\n%s", difference)
				}
			})
		})
	}
}

// configOf is the config block of the action in its example.
func configOf(t *testing.T, name string) providertest.Args {
	t.Helper()
	file, diags := hclparse.NewParser().ParseHCLFile(filepath.Join("actions", name, "action.tf"))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	body, _ := file.Body.(*hclsyntax.Body)
	for _, block := range body.Blocks {
		if block.Type != "action" || block.Labels[0] != name {
			continue
		}
		attributes, diags := block.Body.Blocks[0].Body.JustAttributes()
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		args := providertest.Args{}
		for key, attribute := range attributes {
			args[key] = valueOf(t, attribute)
		}
		return args
	}
	t.Fatalf("the example of %s has no such action", name)
	return nil
}

func valueOf(t *testing.T, attribute *hcl.Attribute) any {
	t.Helper()
	value, diags := attribute.Expr.Value(nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	switch {
	case value.Type() == cty.String:
		return value.AsString()
	case value.Type() == cty.Bool:
		return value.True()
	case value.Type().IsObjectType():
		fields := providertest.Args{}
		for key, element := range value.AsValueMap() {
			fields[key] = element.AsString()
		}
		return fields
	default:
		t.Fatalf("%s has a type of which this test knows nothing", attribute.Name)
		return nil
	}
}
