// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

// programs holds the directory of the providers, built with the flags of "make
// build", the meter, and Terraform.
type programs struct{ dir, meter, cli string }

func build(b *testing.B) programs {
	b.Helper()
	cli, err := terraformcli.Find(b.Context())
	must(err)
	p := programs{dir: b.TempDir(), cli: cli.Path}
	p.meter = filepath.Join(p.dir, "meter")
	for program, source := range map[string]string{
		p.provider("hwtasks"): "../../..", p.provider("baseline"): "./baseline", p.meter: "./meter",
	} {
		cmd := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-tags", "grpcnotrace", "-ldflags", "-s -w", "-o", program, source)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("building %s: %v\n%s", source, err, out)
		}
	}
	return p
}

// provider returns the path of a provider's program.
func (p programs) provider(name string) string {
	return filepath.Join(p.dir, "terraform-provider-"+name)
}

// workspace is a directory with a configuration for one of the providers.
type workspace struct {
	cli             string // Terraform or OpenTofu
	dir, usages     string
	direct, metered string // CLI configurations: the provider itself, or with the meter between
}

func (p programs) workspace(b *testing.B, name, config string) workspace {
	b.Helper()
	dir := b.TempDir()
	w := workspace{cli: p.cli, dir: dir, usages: filepath.Join(dir, "usages"), direct: filepath.Join(dir, "direct.rc"), metered: filepath.Join(dir, "metered.rc")}
	wrappers := filepath.Join(dir, "wrappers")
	must(os.Mkdir(wrappers, 0o700))
	script := fmt.Sprintf("#!/bin/sh\nexec %q %q %q\n", p.meter, w.usages, p.provider(name))
	must(os.WriteFile(filepath.Join(wrappers, filepath.Base(p.provider(name))), []byte(script), 0o700))
	write(filepath.Join(dir, "main.tf"), fmt.Sprintf("terraform {\n  required_providers { %[1]s = { source = \"hwtasks/%[1]s\" } }\n}\n", name)+config)
	for rc, programs := range map[string]string{w.direct: p.dir, w.metered: wrappers} {
		write(rc, fmt.Sprintf("provider_installation {\n  dev_overrides { \"hwtasks/%s\" = %q }\n}\n", name, programs))
	}
	return w
}

func write(file, text string) { must(os.WriteFile(file, []byte(text), 0o600)) }

// plan runs "terraform plan" and returns its duration, and the CPU time of
// Terraform with the provider.
func (w workspace) plan(b *testing.B, rc string, flags ...string) (wall, cpu time.Duration) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), w.cli, append([]string{"plan", "-no-color", "-input=false", "-lock=false"}, flags...)...)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+rc, "CHECKPOINT_DISABLE=1")
	begin := time.Now()
	out, err := cmd.CombinedOutput()
	wall = time.Since(begin)
	if text := string(out); err != nil || !strings.Contains(text, "planned") && !strings.Contains(text, "No changes") {
		b.Fatalf("terraform plan: %v\n%s", err, out)
	}
	return wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// usage is what the processes of a provider used during one plan.
type usage struct {
	processes int
	cpu       time.Duration // of all
	peak      float64       // bytes of the largest
}

// meter runs a plan with the meter between.
func (w workspace) meter(b *testing.B, flags ...string) usage {
	b.Helper()
	w.plan(b, w.metered, flags...)
	lines, err := os.ReadFile(w.usages)
	must(err)
	must(os.Remove(w.usages))
	var u usage
	for line := range strings.Lines(string(lines)) {
		var cpu, peak int64
		_, err := fmt.Sscan(line, &cpu, &peak)
		must(err)
		if runtime.GOOS != "darwin" { // the only system that counts bytes
			peak *= 1024
		}
		u.processes++
		u.cpu += time.Duration(cpu)
		u.peak = max(u.peak, float64(peak))
	}
	return u
}

var keys = fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}

// cloud is a fake cloud on loopback that counts its connections.
type cloud struct {
	*fakecloud.Cloud
	url         string
	connections atomic.Int64
}

func newCloud(b *testing.B, job ...fakecloud.Response) *cloud {
	b.Helper()
	c := &cloud{Cloud: fakecloud.New(keys)}
	c.Serve(fakecloud.JobPath(projectID, jobID), job...)
	server := httptest.NewUnstartedServer(c)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			c.connections.Add(1)
		}
	}
	server.Start()
	b.Cleanup(server.Close)
	c.url = server.URL
	return c
}

// provider is a provider block for the cloud.
func (c *cloud) provider() string {
	return fmt.Sprintf(`
provider "hwtasks" {
  region     = "cn-north-4"
  project_id = %q
  access_key = %q
  secret_key = %q
  endpoints  = { dcs = %q }
}
`, projectID, keys.AccessKey, keys.SecretKey, c.url)
}

// reads is a configuration that reads this many jobs, which serveJobs serves.
func (c *cloud) reads(count int, arguments string) string {
	return c.provider() + fmt.Sprintf(`
data "hwtasks_dcs_job" "it" {
  count  = %d
  job_id = "job-${count.index}"
  %s
}
output "planned" {
  value = length([for job in data.hwtasks_dcs_job.it : job if job.succeeded])
}
`, count, arguments)
}

// serveJobs serves jobs that run for some time. Equal requests are sent once, so
// each wait needs a job of its own.
func (c *cloud) serveJobs(count int, duration time.Duration) *cloud {
	for i := range count {
		id := fmt.Sprintf("job-%d", i)
		response := func(after time.Duration, status string) fakecloud.Response {
			return fakecloud.Response{After: after, Body: `{"job_id":"` + id + `","status":"` + status + `"}`}
		}
		c.Serve(fakecloud.JobPath(projectID, id), response(0, "RUNNING"), response(duration, "SUCCESS"))
	}
	return c
}
