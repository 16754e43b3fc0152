// SPDX-License-Identifier: MPL-2.0

// Package faults_test proves what the provider does when something goes wrong,
// through the whole path of a read: Terraform's protocol, the gate, the wait,
// the client, and a cloud or a network that misbehaves. Time is virtual.
//
// The matrix (matrix_test.go) is the specification: each mishap has the course
// that a read takes in it, and the faults that are tried as it. The guide "What
// happens when…" tells users the same, and guide_test.go compares the two.
// Random timelines (random_test.go) look for what no row has thought of.
package faults_test

import (
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// TestMain keeps the developer's own keys and regions out of the tests.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"HW_", "HUAWEICLOUD_SDK_", "CLOUD_SDK_", "TF_APPEND_USER_AGENT"} {
			if strings.HasPrefix(name, prefix) {
				_ = os.Unsetenv(name) // fails for names that no variable has
			}
		}
	}
	// Package os/signal starts its one goroutine at its first use, which must not
	// be inside a bubble of testing/synctest.
	first := make(chan os.Signal, 1)
	signal.Notify(first, os.Interrupt)
	signal.Stop(first)

	goleak.VerifyTestMain(m)
}

type (
	args    = providertest.Args
	reading = providertest.ReadResult
)

// The ids that all tests ask for.
const (
	region     = "cn-north-4"
	projectID  = "05f2cff45100d5112f4bc00b794ea08e"
	instanceID = "5560df16-cebf-4473-95c4-d1b573c16e79"
	taskID     = "8abf6e1e72c12e7c0172c15b508500aa"
	jobID      = "ff8080818822bbf70188235afc24141a"
	clusterID  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
	snapshotID = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
	action     = "SNAPSHOTTING"
	record     = "SNAPSHOTTING_FAILED"
)

var keys = fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}

func settings() args {
	return args{"region": region, "project_id": projectID, "access_key": keys.AccessKey, "secret_key": keys.SecretKey, "max_retries": maxRetries}
}

// place is a data source, and the request of it that meets a fault.
type place struct {
	source, noun  string
	ask           args
	path          string // of the request
	running, done string // what it answers
	unable        string // the summary of the error if it has no answer
	lookUp        bool   // it comes once, before all looks
}

func jobs() place {
	return place{
		source: "dcs_job", noun: "DCS job", ask: args{"job_id": jobID}, unable: "Unable to read DCS job",
		path: fakecloud.JobPath(projectID, jobID), running: `{"status":"RUNNING"}`, done: `{"status":"SUCCESS"}`,
	}
}

func steps() place {
	return place{
		source: "dcs_task_progress", noun: "DCS task progress", ask: args{"instance_id": instanceID, "task_id": taskID}, unable: "Unable to read DCS task progress",
		path: fakecloud.ProgressPath(projectID, instanceID, taskID), running: `{"step_details":[{"step_status":"EXECUTING"}]}`, done: `{"step_details":[{"step_status":"FINISH"}]}`,
	}
}

func tasks() place {
	return place{
		source: "dcs_background_tasks", noun: "DCS background tasks", ask: args{"instance_id": instanceID}, unable: "Unable to read DCS background tasks",
		path:    fakecloud.TasksPath(projectID, instanceID),
		running: `{"task_count":1,"tasks":[{"id":"a","status":"EXECUTING"}]}`, done: `{"task_count":1,"tasks":[{"id":"a","status":"SUCCESS"}]}`,
	}
}

func actions() place {
	return place{
		source: "dws_cluster_action", noun: "DWS cluster action", ask: args{"cluster_id": clusterID, "action_name": action}, unable: "Unable to read DWS cluster action",
		path: fakecloud.ActionPath(projectID, clusterID, action), running: `{"status":"RUNNING"}`, done: `{"status":"SUCCESS"}`,
	}
}

func snapshots() place {
	const task = `{"kind":"List","items":[{"metadata":{"uid":"` + snapshotID + `"},"status":{"phase":"`
	return place{
		source: "cce_snapshot_tasks", noun: "CCE snapshot task", ask: args{"cluster_id": clusterID, "uid": snapshotID}, unable: "Unable to read CCE snapshot task",
		path: fakecloud.SnapshotTasksPath(projectID, clusterID), running: task + `Running"}}]}`, done: task + `Success"}}]}`,
	}
}

func autopilotSnapshots() place {
	p := snapshots()
	p.source, p.noun, p.unable = "cce_autopilot_snapshot_tasks", "CCE Autopilot snapshot task", "Unable to read CCE Autopilot snapshot task"
	p.path = fakecloud.AutopilotSnapshotTasksPath(projectID, clusterID)
	return p
}

// projects is the look-up in IAM that comes before the first look of a read
// whose project is not configured.
func projects() place {
	p := jobs()
	p.path, p.unable, p.lookUp = fakecloud.ProjectsPath, "Unable to find the project", true
	return p
}

// sources are the places where the data sources look.
func sources() []place {
	return []place{actions(), tasks(), steps(), jobs(), snapshots(), autopilotSnapshots()}
}

func TestSources_areAllThatTheProviderHas(t *testing.T) {
	t.Parallel()
	var want, got []string
	for _, s := range datasources.Sources() {
		want = append(want, s.Name()+": "+s.Noun())
	}
	for _, p := range sources() {
		got = append(got, p.source+": "+p.noun)
	}
	diff(t, "sources", want, got)
}

// network is the way to the cloud. On it some requests to a path come to grief.
type network struct {
	cloud http.RoundTripper
	grief http.RoundTripper // where the others go
	path  string
	after int // how many arrive before
	times int // how many do not, -1 for all from then on

	mu       sync.Mutex // guards all below
	requests int        // to the path
	hosts    map[string]bool
}

// RoundTrip implements http.RoundTripper.
func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	if n.hosts == nil {
		n.hosts = map[string]bool{}
	}
	n.hosts[r.URL.Host] = true
	struck := false
	if r.URL.Path == n.path {
		struck = n.requests >= n.after && (n.times < 0 || n.requests < n.after+n.times)
		n.requests++
	}
	n.mu.Unlock()
	if struck {
		return n.grief.RoundTrip(r)
	}
	return n.cloud.RoundTrip(r)
}

// connect configures a provider on a network.
func connect(t *testing.T, network http.RoundTripper, settings args) *providertest.Server {
	t.Helper()
	s, wrong := providertest.Connect(t, provider.NewWithTransport("test", network), settings)
	if wrong != nil {
		t.Fatalf("the provider is not configured: %+v", wrong)
	}
	return s
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}
