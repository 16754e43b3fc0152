// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// serveCopy serves the copy of the stub of the official provider.
func (w *workspace) serveCopy(status string) {
	body := func(status string) string {
		return fmt.Sprintf(`{"snapshot":{"id":"dws_snapshot_copy","name":"copy","status":%q}}`, status)
	}
	w.cloud.Serve(fakecloud.DWSSnapshotPath(projectID, "dws_snapshot_copy"),
		fakecloud.Response{Body: body("CREATING")}, fakecloud.Response{After: time.Second, Body: body(status)})
}

var snapshotCopy = map[string]func(*testing.T, *workspace){
	"restores the copy once it is available, and only once": func(t *testing.T, w *workspace) {
		w.serveCopy("AVAILABLE")
		w.apply(t, "")
		w.checkResources(t, "huaweicloud_dws_snapshot_copy.copy", "hwtasks_gate_dws_snapshot.copy", "terraform_data.restore")
		w.checkOutput(t, "copy", "DWS snapshot dws_snapshot_copy (copy): succeeded (AVAILABLE)")
		if polls := w.polls(fakecloud.DWSSnapshotPath(projectID, "dws_snapshot_copy")); polls < 2 {
			t.Errorf("%d polls: it did not wait", polls)
		}
		w.applyWithoutRequests(t)
		w.checkRestored(t, "dws_snapshot_copy restored\n")
	},
	"does not restore a failed copy": func(t *testing.T, w *workspace) {
		w.serveCopy("UNAVAILABLE")
		w.apply(t, "Error: DWS snapshot failed")
		w.checkResources(t, "huaweicloud_dws_snapshot_copy.copy")
		w.checkRestored(t, "")
	},
	"does not restore a frozen copy": func(t *testing.T, w *workspace) {
		w.serveCopy("FROZEN")
		w.apply(t, "Error: Unrecognized status of DWS snapshot")
		w.checkRestored(t, "")
	},
}

// checkRestored compares what the restore command has written.
func (w *workspace) checkRestored(t *testing.T, want string) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(w.dir, "restored"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("the restore command wrote %q, want %q", got, want)
	}
}

var nodePool = map[string]func(*testing.T, *workspace){
	"installs the workload after the job, and remembers it": func(t *testing.T, w *workspace) {
		body := func(phase string) string {
			return fmt.Sprintf(`{"kind":"Job","metadata":{"uid":%q},"spec":{"type":"CreateNodePool"},"status":{"phase":%q}}`, fakecloud.ExampleCCEJobID, phase)
		}
		path := fakecloud.CCEJobPath(projectID, fakecloud.ExampleCCEJobID)
		w.cloud.Serve(path, fakecloud.Response{Body: body("Running")}, fakecloud.Response{After: time.Second, Body: body("Success")})
		w.apply(t, "")
		w.checkResources(t, "huaweicloud_cce_release.reports", "hwtasks_gate_cce_job.node_pool", "terraform_data.job")
		w.checkOutput(t, "node_pool", "CCE job "+fakecloud.ExampleCCEJobID+" (CreateNodePool): succeeded (Success)")
		w.write(t, "terraform.tfvars.json", fmt.Sprintf(`{"cluster_id":%q,"node_pool":"large","chart_id":"6d1f3a52"}`, cceCluster)) // without the job
		w.cloud.Serve(path)                                                                                                         // its record has expired
		w.applyWithoutRequests(t)
	},
	"reports why a node failed, and installs nothing": func(t *testing.T, w *workspace) {
		w.cloud.Serve(fakecloud.CCEJobPath(projectID, fakecloud.ExampleCCEJobID), fakecloud.Response{Body: fakecloud.ExampleCCEJob})
		w.apply(t, "node install timed out")
		w.checkResources(t, "terraform_data.job")
	},
}
