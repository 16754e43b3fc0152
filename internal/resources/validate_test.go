// SPDX-License-Identifier: MPL-2.0

package resources_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// invalidArguments has a row for each way in which arguments are checked. The
// checks themselves are tested in package datasources.
var invalidArguments = []struct {
	source string
	args   args // beside those that name a task
	at     string
	says   string
}{
	{"dcs_job", args{"job_id": "a/b"}, "job_id", ""},
	{"dcs_job", args{"timeouts": args{"create": "soon"}}, "timeouts.create", ""},
	{"dcs_job", args{"poll_interval": "1m", "timeouts": args{"create": "1m"}}, "timeouts.create", ""},
	{"dcs_job", args{"on_missing": "succeeded"}, "on_missing", ""},
	{"dcs_job", args{"status_map": args{"DONE": "done"}}, "status_map.DONE", ""},
	{"dcs_background_tasks", args{"start_time": "20200609160001", "end_time": "20200609160000"}, "end_time", ""},
	{"dcs_background_tasks", args{"task_id": nil}, "start_time", "    input = timestamp()\n    lifecycle { ignore_changes = [input] }"},
	{"cce_snapshot_tasks", args{"uid": nil}, "created_after", "created_after = terraform_data.start.output"},
	{"cce_autopilot_snapshot_tasks", args{"uid": nil, "latest": true}, "created_after", "depends_on = [terraform_data.start]"},
	{"dws_cluster_action", args{"triggers": nil}, "triggers", "huaweicloud_dws_snapshot.this.id"},
	{"dws_cluster_action", args{"triggers": args{}}, "triggers", "changes with the operation"},
	{"dws_cluster_action", args{"action_name": "RESIZE_FAILURE", "on_missing": "succeeded"}, "on_missing", ""},
}

// TestValidate_rejectsAnInvalidArgument in one error that names it, while all is
// known and when it becomes known during the apply.
func TestValidate_rejectsAnInvalidArgument(t *testing.T) {
	t.Parallel()
	for _, row := range invalidArguments {
		t.Run(row.source+fmt.Sprint(row.args), func(t *testing.T) {
			t.Parallel()
			cloud := newCloud()
			s := providertest.SourceNamed(row.source)
			cloud.Serve(s.Path(), s.In("succeeded"))
			gate := connect(t, cloud, providertest.Settings()).Resource("gate_" + row.source)
			invalid := arguments(s).With(row.args)
			check := func(what string, got []providertest.Diagnostic) {
				if len(got) != 1 || got[0].At != row.at || !strings.HasPrefix(got[0].Summary, "Invalid ") || !strings.Contains(got[0].Detail, row.says) {
					t.Errorf("%s: the errors are %+v, want one at %s that says %q", what, got, row.at, row.says)
				}
			}
			check("plan", gate.Plan(t.Context(), t, invalid).Diagnostics)

			unknown := arguments(s)
			for name := range row.args {
				unknown[name] = tftypes.UnknownValue
			}
			plan := gate.Plan(t.Context(), t, unknown)
			testkit.Diff(t, "plan of unknown values", []providertest.Diagnostic(nil), plan.Diagnostics)
			got := gate.ApplyPlan(t.Context(), t, plan, invalid)
			check("apply", got.Diagnostics)
			testkit.Diff(t, "state", map[string]any(nil), got.State)
			got = gate.ApplyWithoutValidation(t.Context(), t, plan, invalid)
			check("apply without validation", got.Diagnostics)
			testkit.Diff(t, "state", map[string]any(nil), got.State)
			testkit.Diff(t, "requests", 0, len(cloud.Requests()))
		})
	}
}

// TestApply_takesValuesKnownOnlyThen for every argument of every gate.
func TestApply_takesValuesKnownOnlyThen(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		synctest.Test(t, func(t *testing.T) {
			cloud := newCloud()
			serve(cloud, s, s.In("succeeded"))
			server := connect(t, cloud, providertest.Settings())
			gate := server.Resource("gate_" + s.Name)
			known := s.Task()
			if s.Shape == providertest.Traced {
				known["triggers"] = args{"operation": "1"}
			}
			unknown := args{}
			for _, a := range server.ResourceSchema("hwtasks_gate_" + s.Name).Block.Attributes {
				if a.Required || a.Optional {
					unknown[a.Name] = tftypes.UnknownValue
				}
			}
			plan := gate.Plan(t.Context(), t, unknown)
			testkit.Diff(t, s.Name+": plan", []any{"create", []providertest.Diagnostic(nil)}, []any{plan.Action, plan.Diagnostics})
			got := gate.ApplyPlan(t.Context(), t, plan, known)
			testkit.Diff(t, s.Name+": diagnostics", []providertest.Diagnostic(nil), got.Diagnostics)
			testkit.Diff(t, s.Name+": next plan", "none", gate.Plan(t.Context(), t, known).Action)
		})
	}
}
