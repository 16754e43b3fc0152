// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const (
	runningJob    = `{"status":"RUNNING"}`
	runningAction = `{"status":"RUNNING"}`
	// todayOnly is after yesterdaysBackup and before today's.
	todayOnly        = "2023-11-25T00:00:00Z"
	yesterdaysBackup = `{"items":[{"metadata":{"uid":"y","creationTimestamp":"2023-11-24 17:03:46.739012 +0800 CST"},"status":{"phase":"Success"}}]}`
	todaysBackup     = `{"items":[{"metadata":{"uid":"t","creationTimestamp":"2023-11-25 17:03:46.739012 +0800 CST"},"status":{"phase":"Success"}},` +
		`{"metadata":{"uid":"y","creationTimestamp":"2023-11-24 17:03:46.739012 +0800 CST"},"status":{"phase":"Success"}}]}`
)

// ending is a wait for success, through Terraform, that ends otherwise than
// with the plain success or failure of its task.
type ending struct {
	name   string
	serve  func(*fakecloud.Cloud)
	source string
	ask    args
	state  string   // in the end, "" for an error
	words  []string // of the error
}

// gone serves a running DWS action that is not listed any more after a second.
func gone(c *fakecloud.Cloud) {
	vanished := refusal(http.StatusNotFound, "DWS.0025")
	vanished.After = time.Second
	c.Serve(fakecloud.ActionPath(projectID, clusterID, action), fakecloud.Response{Body: runningAction}, vanished)
}

func runningThen(faults ...fakecloud.Fault) func(*fakecloud.Cloud) {
	return func(c *fakecloud.Cloud) {
		path := fakecloud.JobPath(projectID, jobID)
		c.Serve(path, later(runningJob, fakecloud.ExampleDCSJob)...)
		c.Fail(path, append([]fakecloud.Fault{{}}, faults...)...) // the first look is well
	}
}

func endings() []ending {
	job := args{"job_id": jobID}
	excused := actionArgs.With(args{"on_missing": "succeeded"})
	return []ending{
		{
			name: "the time runs out", source: "dcs_job", ask: job.With(args{"timeouts": args{"read": "2s"}}),
			serve: func(c *fakecloud.Cloud) {
				c.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: runningJob})
			},
			words: []string{
				"Error: Timed out waiting for DCS job", "DCS job " + jobID + " had not ended after", "looks. Its last state was running.",
				`The limit is timeouts.read = "2s"; raise it to allow more time.`,
			},
		},
		{
			name: "an unknown word", source: "dcs_job", ask: job,
			serve: func(c *fakecloud.Cloud) {
				c.Serve(fakecloud.JobPath(projectID, jobID), later(runningJob, `{"status":"FROZEN"}`)...)
			},
			words: []string{"Error: Unknown state of DCS job", `the status "FROZEN"`, `status_map = { "FROZEN" = "running" }`},
		},
		{
			name: "an outage in mid-wait", source: "dcs_job", ask: job, state: "succeeded",
			serve: runningThen(fakecloud.Fault{Status: http.StatusServiceUnavailable}, fakecloud.Fault{Kind: fakecloud.Reset}),
		},
		{
			name: "a refusal in mid-wait", source: "dcs_job", ask: job,
			serve: runningThen(fakecloud.Fault{Status: http.StatusUnauthorized, Times: -1, Body: `{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information"}`}),
			words: []string{"Error: Unable to read DCS job", "status 401", "Check access_key and secret_key", "Code: APIGW.0301"},
		},
		{
			name: "a job that never appears", source: "dcs_job", ask: job.With(args{"on_missing": "pending", "timeouts": args{"read": "2s"}}),
			serve: func(*fakecloud.Cloud) {},
			words: []string{"Error: Timed out waiting for DCS job", "last state was missing", `on_missing = "pending"`},
		},
		{
			name: "a job that is not there", source: "dcs_job", ask: job, serve: func(*fakecloud.Cloud) {},
			words: []string{"Error: DCS job not found", "That is no proof of success.", "-refresh=false"},
		},
		{
			name: "a job that counts as done when it is gone", source: "dcs_job", ask: job.With(args{"on_missing": "succeeded"}), state: "missing",
			serve: func(*fakecloud.Cloud) {},
		},
		{name: "an action that is gone, excused by nobody", source: "dws_cluster_action", ask: actionArgs, serve: gone, words: []string{
			"Error: DWS cluster action disappeared", "was running at the last look that found it, and is gone now without a record of a failure.", `set on_missing = "succeeded"`,
		}},
		{
			name: "an action that is gone and failed under its other name", source: "dws_cluster_action", ask: excused,
			serve: func(c *fakecloud.Cloud) {
				gone(c)
				c.Serve(fakecloud.ActionPath(projectID, clusterID, "SNAPSHOTTING_FAILED"), fakecloud.Response{Body: fakecloud.ExampleDWSClusterAction})
			},
			words: []string{"Error: DWS cluster action failed", "(listed as SNAPSHOTTING_FAILED) has failed"},
		},
		{
			name: "an action that is gone while its cluster names it", source: "dws_cluster_action", ask: excused.With(args{"timeouts": args{"read": "3s"}}),
			serve: func(c *fakecloud.Cloud) {
				gone(c)
				c.Serve(fakecloud.ClusterPath(projectID, clusterID), fakecloud.Response{Body: `{"cluster":{"task_status":"SNAPSHOTTING"}}`})
			},
			words: []string{"Error: Timed out waiting for DWS cluster action", "last state was running according to the task_status of the cluster"},
		},
		{
			name: "a cluster that cannot be read", source: "dws_cluster_action", ask: excused,
			serve: func(c *fakecloud.Cloud) {
				gone(c)
				c.Serve(fakecloud.ClusterPath(projectID, clusterID), refusal(http.StatusForbidden, "DWS.0015"))
			},
			words: []string{"Error: Unable to read DWS cluster action", "Code: DWS.0015"},
		},
		{
			name: "a backup that is not listed yet", source: "cce_snapshot_tasks", ask: snapshotArgs.With(args{"created_after": todayOnly, "on_missing": "pending"}), state: "succeeded",
			serve: func(c *fakecloud.Cloud) {
				c.Serve(fakecloud.SnapshotTasksPath(projectID, clusterID), later(yesterdaysBackup, todaysBackup)...)
			},
		},
		{
			name: "a backup of yesterday", source: "cce_snapshot_tasks", ask: snapshotArgs.With(args{"created_after": todayOnly, "on_missing": "pending", "timeouts": args{"read": "2s"}}),
			serve: func(c *fakecloud.Cloud) {
				c.Serve(fakecloud.SnapshotTasksPath(projectID, clusterID), fakecloud.Response{Body: yesterdaysBackup})
			},
			words: []string{"Error: Timed out waiting for CCE snapshot task", "last state was missing"},
		},
	}
}

func TestAll_endTheWaitAsPromisedThroughTerraform(t *testing.T) {
	t.Parallel()
	for _, tc := range endings() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud, settings := serve(t)
			tc.serve(cloud)
			if tc.state == "" {
				refuse(t, settings, tc.source, awaited(tc.ask), tc.words...)
				return
			}
			run(t, resource.TestStep{
				Config: provided(settings) + data(tc.source, awaited(tc.ask)),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address(tc.source), tfjsonpath.New("state"), knownvalue.StringExact(tc.state)),
					statecheck.ExpectKnownValue(address(tc.source), tfjsonpath.New("succeeded"), knownvalue.Bool(true)),
				},
			})
		})
	}
}
