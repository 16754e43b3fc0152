// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

var (
	copied = map[string]any{"snapshot_id": snapshotID, "cluster_name": "restored", "restore": `echo "$SNAPSHOT_ID $CLUSTER_NAME" >> restored`}

	snapshotCopy = []scene{
		{"restores the copy once it is available, and only once", copied, func(t *testing.T, s *stage) {
			copyOf(s, "AVAILABLE")
			s.apply(t, "")
			s.has(t, "huaweicloud_dws_snapshot_copy.copy", "hwtasks_gate_dws_snapshot.copy", "terraform_data.restore")
			s.shows(t, "copy", "DWS snapshot dws_snapshot_copy (copy): succeeded (AVAILABLE)")
			sent := len(s.cloud.Requests())
			if sent < 2 {
				t.Errorf("it polled %d times, and so did not wait", sent)
			}
			s.apply(t, "")
			if again := len(s.cloud.Requests()); again != sent {
				t.Errorf("the second apply sends %d requests", again-sent)
			}
			s.restored(t, "dws_snapshot_copy restored\n")
		}},
		{"does not restore a copy that failed", copied, func(t *testing.T, s *stage) {
			copyOf(s, "UNAVAILABLE")
			s.apply(t, "Error: DWS snapshot failed")
			s.has(t, "huaweicloud_dws_snapshot_copy.copy")
			s.restored(t, "")
		}},
		{"does not restore a copy that is frozen", copied, func(t *testing.T, s *stage) {
			copyOf(s, "FROZEN")
			s.apply(t, "Error: Unrecognized status of DWS snapshot")
			s.restored(t, "")
		}},
	}

	pool = map[string]any{"cluster_id": cceCluster, "node_pool": "large", "job_id": fakecloud.ExampleCCEJobID, "chart_id": "6d1f3a52"}

	nodePool = []scene{
		{"installs the workload after the job, and remembers it", pool, func(t *testing.T, s *stage) {
			path := fakecloud.CCEJobPath(projectID, fakecloud.ExampleCCEJobID)
			s.cloud.Serve(path, fakecloud.Response{Body: jobThat("Running")}, fakecloud.Response{After: time.Second, Body: jobThat("Success")})
			s.apply(t, "")
			s.has(t, "huaweicloud_cce_release.reports", "hwtasks_gate_cce_job.node_pool", "terraform_data.job")
			s.shows(t, "node_pool", "CCE job "+fakecloud.ExampleCCEJobID+" (CreateNodePool): succeeded (Success)")
			sent := len(s.cloud.Requests())
			s.write(t, "terraform.tfvars.json", fmt.Sprintf(`{"cluster_id":%q,"node_pool":"large","chart_id":"6d1f3a52"}`, cceCluster)) // without the job
			s.cloud.Serve(path)                                                                                                         // its record has expired
			s.apply(t, "")
			if again := len(s.cloud.Requests()); again != sent {
				t.Errorf("the second apply sends %d requests", again-sent)
			}
		}},
		{"reports why a node failed, and installs nothing", pool, func(t *testing.T, s *stage) {
			s.cloud.Serve(fakecloud.CCEJobPath(projectID, fakecloud.ExampleCCEJobID), fakecloud.Response{Body: fakecloud.ExampleCCEJob})
			s.apply(t, "node install timed out")
			s.has(t, "terraform_data.job")
		}},
	}
)

// copyOf serves the copy of the fake official provider, which is created before
// it ends with this status.
func copyOf(s *stage, status string) {
	body := func(status string) string {
		return fmt.Sprintf(`{"snapshot":{"id":"dws_snapshot_copy","name":"copy","status":%q}}`, status)
	}
	s.cloud.Serve(fakecloud.DWSSnapshotPath(projectID, "dws_snapshot_copy"),
		fakecloud.Response{Body: body("CREATING")}, fakecloud.Response{After: time.Second, Body: body(status)})
}

// restored compares what the restore command has written.
func (s *stage) restored(t *testing.T, want string) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(s.dir, "restored"))
	if want == "" && os.IsNotExist(err) {
		return
	}
	if string(got) != want {
		t.Errorf("the restore command wrote %q, not %q", got, want)
	}
}

// jobThat is a job without sub-jobs in this phase.
func jobThat(phase string) string {
	return strings.Replace(`{"kind":"Job","metadata":{"uid":"`+fakecloud.ExampleCCEJobID+`"},"spec":{"type":"CreateNodePool"},"status":{"phase":"PHASE"}}`, "PHASE", phase, 1)
}
