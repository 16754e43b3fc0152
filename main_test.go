// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main_test

import (
	"bytes"
	"context"
	"debug/buildinfo"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

// These tests check the program that ships: what is linked into it, and how it
// behaves as a process of Terraform.

const (
	projectID = "05f2cff45100d5112f4bc00b794ea08e"
	jobID     = "ff8080818822bbf70188235afc24141a"
	version   = "1.2.3-test"
)

// plugin is the directory with the program, which is built once for all tests.
var plugin string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "hwtasks-test-")
		if err != nil {
			panic(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		build := exec.Command("go", "build", "-trimpath", "-tags", "grpcnotrace", "-ldflags", "-s -w -X main.version="+version, "-o", filepath.Join(dir, "terraform-provider-hwtasks"), ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			panic(fmt.Sprintf("building the provider: %v\n%s", err, out))
		}
		plugin = dir
		return m.Run()
	}())
}

func TestProgram_sizeAndLinkedPackages(t *testing.T) {
	program := filepath.Join(plugin, "terraform-provider-hwtasks")
	file, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	if size := file.Size(); size > 25<<20 {
		t.Errorf("the program has %d bytes, want at most 25 MiB", size)
	}
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	linked := false
	for _, module := range info.Deps {
		linked = linked || module.Path == "github.com/hashicorp/terraform-plugin-framework"
		for _, banned := range []string{"terraform-plugin-sdk", "terraform-plugin-testing", "testify", "go-cmp", "goleak", "rapid", "terraform-exec", "hc-install"} {
			if strings.Contains(module.Path, banned) {
				t.Errorf("%s is linked into the program", module.Path)
			}
		}
	}
	if !linked {
		t.Errorf("unexpected list of modules: %v", info.Deps)
	}
	packages, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, banned := range []string{"internal/fakecloud", "internal/providertest", "internal/cmd/demo", "internal/cmd/schemajson", "internal/cmd/soak", "internal/terraformcli"} {
		if strings.Contains(string(packages), banned+"\n") {
			t.Errorf("package %s is linked into the program", banned)
		}
	}
}

// TestVersion_setByLinker, because the linker does not report a variable that does
// not exist.
func TestVersion_setByLinker(t *testing.T) {
	t.Parallel()
	cloud := fakecloud.New(keys)
	cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	w := newWorkspace(t, cloud, "data \"hwtasks_dcs_job\" \"it\" {\n  job_id = \""+jobID+"\"\n}\n")
	if out, err := w.terraform(t, "plan", nil); err != nil {
		t.Fatalf("plan: %v:\n%s", err, out)
	}
	for _, r := range cloud.Requests() {
		if agent := r.Header.Get("User-Agent"); !strings.Contains(agent, "terraform-provider-hwtasks/"+version) {
			t.Errorf("User-Agent is %q, want version %s", agent, version)
		}
	}
}

func TestInterrupt_endsRead(t *testing.T) {
	t.Parallel()
	wait := `data "hwtasks_dcs_job" "it" {
  job_id        = "` + jobID + `"
  wait_for      = "success"
  poll_interval = "5m"
  timeouts      = { read = "1h" }
}`
	for name, c := range map[string]struct {
		fault     fakecloud.Fault
		responded bool // before the interrupt
	}{
		"during a request":     {fakecloud.Fault{Kind: fakecloud.Hang}, false},
		"during an interval":   {fakecloud.Fault{}, true},
		"during a retry delay": {fakecloud.Fault{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"600"}}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cloud := fakecloud.New(keys)
			cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: running})
			cloud.Fail(fakecloud.JobPath(projectID, jobID), c.fault)
			w := newWorkspace(t, cloud, wait)
			out, err := w.terraform(t, "plan", func(process *os.Process) {
				<-w.requests
				if c.responded {
					<-w.responses
				}
				// A terminal sends the interrupt to Terraform and to the provider.
				if err := syscall.Kill(-process.Pid, syscall.SIGINT); err != nil {
					t.Error(err)
				}
			})
			if err == nil || !strings.Contains(out, "Interrupted while reading DCS job") {
				t.Errorf("plan: %v:\n%s", err, out)
			}
		})
	}
}

func TestWaits_shareRequestsAndConnections(t *testing.T) {
	cloud := fakecloud.New(keys)
	cloud.Serve(fakecloud.JobPath(projectID, jobID),
		fakecloud.Response{Body: running}, fakecloud.Response{After: 8 * time.Second, Body: fakecloud.ExampleDCSJob})
	w := newWorkspace(t, cloud, `data "hwtasks_dcs_job" "it" {
  count    = 200
  job_id   = "`+jobID+`"
  wait_for = "success"
}
output "succeeded" {
  value = length([for job in data.hwtasks_dcs_job.it : job if job.succeeded])
}`)
	out, err := w.terraform(t, "plan", nil, "-parallelism=200")
	if err != nil || !strings.Contains(out, "+ succeeded = 200") {
		t.Fatalf("plan: %v:\n%s", err, out)
	}
	requests, connections := len(cloud.Requests()), w.connections.Load()
	t.Logf("%d requests over %d connections", requests, connections)
	if requests < 2 || requests >= 200 {
		t.Errorf("%d requests for 200 waits: they did not wait, or do not share requests", requests)
	}
	if connections >= 200 {
		t.Errorf("%d connections for 200 waits: they are not reused", connections)
	}
}

var (
	keys    = fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}
	running = strings.Replace(fakecloud.ExampleDCSJob, "SUCCESS", "RUNNING", 1)
)

// workspace is a directory with a configuration, and the server of its cloud.
type workspace struct {
	dir         string
	requests    chan struct{} // receives once per request
	responses   chan struct{} // receives once per response
	connections atomic.Int64
}

func newWorkspace(t *testing.T, cloud *fakecloud.Cloud, config string) *workspace {
	t.Helper()
	w := &workspace{dir: t.TempDir(), requests: make(chan struct{}, 10_000), responses: make(chan struct{}, 10_000)}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.requests <- struct{}{}
		cloud.ServeHTTP(rw, r)
		w.responses <- struct{}{}
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			w.connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	block := fmt.Sprintf(`
terraform {
  required_providers { hwtasks = { source = "hwtasks/hwtasks" } }
}
provider "hwtasks" {
  region     = "cn-north-4"
  project_id = %q
  access_key = %q
  secret_key = %q
  endpoints  = { for service in ["dcs", "dws"] : service => %q }
}
`, projectID, keys.AccessKey, keys.SecretKey, server.URL)
	write(t, filepath.Join(w.dir, "main.tf"), block+config)
	write(t, filepath.Join(w.dir, "rc"), fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"hwtasks/hwtasks\" = %q\n  }\n}\n", plugin))
	return w
}

// terraform runs a command in a separate process group and returns its output.
// meanwhile is called while the command runs.
func (w *workspace) terraform(t *testing.T, command string, meanwhile func(*os.Process), flags ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cli, err := terraformcli.Find(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, cli.Path, append([]string{command, "-no-color", "-input=false"}, flags...)...)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "rc"), "CHECKPOINT_DISABLE=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if meanwhile != nil {
		meanwhile(cmd.Process)
	}
	err = cmd.Wait()
	return out.String(), err
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
