// SPDX-License-Identifier: MPL-2.0

package actions_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// invalid are arguments of one action, of which one is not valid.
type invalid struct {
	source string
	args   args // beside those that name a task
	at     string
}

// invalidArguments has a row for each way in which arguments are checked. The
// checks themselves are tested in package datasources.
func invalidArguments() []invalid {
	return []invalid{
		{"dcs_job", args{"job_id": ".."}, "job_id"},
		{"dcs_job", args{"region": "evil.example/x"}, "region"},
		{"dcs_job", args{"timeouts": args{"invoke": "soon"}}, "timeouts.invoke"},
		{"dcs_job", args{"poll_interval": "1m", "timeouts": args{"invoke": "1m"}}, "timeouts.invoke"},
		{"dcs_job", args{"on_missing": "ok"}, "on_missing"},
		{"dcs_job", args{"status_map": args{"DONE": "done"}}, "status_map.DONE"},
		{"dcs_background_tasks", args{"offset": -1}, "offset"},
		{"dcs_background_tasks", args{"limit": 0}, "limit"},
		{"dcs_background_tasks", args{"name": ""}, "name"},
		{"dcs_background_tasks", args{"task_id": nil, "latest": true}, "start_time"},
		{"dcs_background_tasks", args{"start_time": "20200609160001", "end_time": "20200609160000"}, "end_time"},
		{"dws_cluster_action", args{"action_name": "RESIZE_FAILURE", "on_missing": "succeeded"}, "on_missing"},
		{"cce_snapshot_tasks", args{"uid": nil}, "created_after"},
		{"cce_snapshot_tasks", args{"uid": ""}, "uid"},
		{"cce_snapshot_tasks", args{"created_after": "yesterday"}, "created_after"},
		{"cce_autopilot_snapshot_tasks", args{"uid": nil}, "created_after"},
	}
}

// TestValidate_rejectsAnInvalidArgument in one error that names it.
func TestValidate_rejectsAnInvalidArgument(t *testing.T) {
	t.Parallel()
	for _, row := range invalidArguments() {
		server, _ := connect(t)
		got := server.ValidateAction(t, "await_"+row.source, providertest.SourceNamed(row.source).Task().With(row.args))
		if len(got) != 1 || got[0].At != row.at || !strings.HasPrefix(got[0].Summary, "Invalid ") {
			t.Errorf("%s %v: the errors are %+v, want one at %s", row.source, row.args, got, row.at)
		}
	}
}

// TestInvoke_rejectsAnInvalidArgument before any request: Terraform does not
// validate the values of an action that it has once found unknown.
func TestInvoke_rejectsAnInvalidArgument(t *testing.T) {
	t.Parallel()
	// Terraform itself rejects these before it invokes an action.
	rows := []invalid{
		{"dcs_job", args{"job_id": nil}, "job_id"},
		{"dcs_background_tasks", args{"task_id": nil, "start_time": tftypes.UnknownValue}, "start_time"},
		{"dcs_background_tasks", args{"name": tftypes.UnknownValue}, "name"},
		{"dcs_job", args{"status_map": args{"DONE": tftypes.UnknownValue}}, "status_map"},
	}
	for _, row := range append(rows, invalidArguments()...) {
		t.Run(row.source+fmt.Sprint(row.args), func(t *testing.T) {
			t.Parallel()
			server, cloud := connect(t)
			s := providertest.SourceNamed(row.source)
			cloud.Serve(s.Path(), s.In("succeeded"))
			got := server.Invoke(t.Context(), t, "await_"+row.source, s.Task().With(row.args)).Diagnostics
			if len(got) != 1 || got[0].At != row.at || !strings.HasPrefix(got[0].Summary, "Invalid ") {
				t.Errorf("the errors are %+v, want one at %s", got, row.at)
			}
			testkit.Diff(t, "requests", 0, len(cloud.Requests()))
		})
	}
}
