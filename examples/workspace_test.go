// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

// workspace is a directory with a configuration that uses a fake cloud and a fake
// official provider.
type workspace struct {
	dir   string
	cli   terraformcli.CLI
	cloud *fakecloud.Cloud
}

// newWorkspace copies the folder of an example, unless it is "", and adds files with
// variables and the endpoint of the fake cloud.
func newWorkspace(t *testing.T, folder string, variables map[string]any) *workspace {
	t.Helper()
	cli, err := terraformcli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w := &workspace{dir: t.TempDir(), cli: cli, cloud: fakecloud.New(providertest.Keys())}
	w.cloud.AddProject(providertest.Region, projectID)
	server := httptest.NewServer(w.cloud)
	t.Cleanup(server.Close)
	if folder != "" {
		if err := os.CopyFS(w.dir, os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	}
	if variables != nil {
		values, err := json.Marshal(variables)
		if err != nil {
			t.Fatal(err)
		}
		w.write(t, "terraform.tfvars.json", string(values))
	}
	w.write(t, "cloud_override.tf", fmt.Sprintf("provider \"hwtasks\" {\n  endpoints = { for s in [\"dcs\", \"dws\", \"cce\", \"iam\"] : s => %q }\n}\n", server.URL))

	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	plugins := filepath.Join(w.dir, ".plugins")
	if err := os.Mkdir(plugins, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{program, official} {
		if err := os.Symlink(self, filepath.Join(plugins, name)); err != nil {
			t.Fatal(err)
		}
	}
	w.write(t, ".plugins/rc", fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    \"hwtasks/hwtasks\" = %[1]q\n    \"huaweicloud/huaweicloud\" = %[1]q\n  }\n}\n", filepath.ToSlash(plugins)))
	return w
}

func (w *workspace) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs Terraform without the developer's settings. It returns its output as one
// line, and its exit code.
func (w *workspace) run(t *testing.T, args ...string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), w.cli.Path, args...)
	cmd.Dir = w.dir
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "TF_") }),
		"HW_ACCESS_KEY="+providertest.Keys().AccessKey, "HW_SECRET_KEY="+providertest.Keys().SecretKey,
		"TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, ".plugins", "rc"), "TF_IN_AUTOMATION=1",
		"GORACE=atexit_sleep_ms=0") // with the race detector, a provider would exit only after a second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(out.String()), " "), cmd.ProcessState.ExitCode()
}

// apply applies the configuration. It must fail with the text, or succeed if the
// text is "".
func (w *workspace) apply(t *testing.T, failure string, flags ...string) string {
	t.Helper()
	out, code := w.run(t, append([]string{"apply", "-auto-approve", "-input=false", "-no-color"}, flags...)...)
	if (code == 0) != (failure == "") || !strings.Contains(out, failure) {
		t.Fatalf("apply exits with %d, want the error %q:\n%s", code, failure, out)
	}
	return out
}

// plan saves a plan as tfplan.
func (w *workspace) plan(t *testing.T, wantCode int) string {
	t.Helper()
	out, code := w.run(t, "plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=tfplan")
	if code != wantCode {
		t.Fatalf("plan exits with %d, want %d:\n%s", code, wantCode, out)
	}
	return out
}

// checkResources compares the resources in the state, without the data sources.
func (w *workspace) checkResources(t *testing.T, want ...string) {
	t.Helper()
	var got []string
	if _, err := os.Stat(filepath.Join(w.dir, "terraform.tfstate")); err == nil {
		out, _ := w.run(t, "state", "list")
		got = slices.DeleteFunc(strings.Fields(out), func(address string) bool { return strings.HasPrefix(address, "data.") })
	}
	if !slices.Equal(got, want) {
		t.Errorf("the state has %q, want %q", got, want)
	}
}

// checkOutput checks that an output contains a text.
func (w *workspace) checkOutput(t *testing.T, output, want string) {
	t.Helper()
	if got, _ := w.run(t, "output", "-raw", output); !strings.Contains(got, want) {
		t.Errorf("output %s is %q, want %q", output, got, want)
	}
}

// statuses returns the status of each check block in the saved plan.
func (w *workspace) statuses(t *testing.T) map[string]string {
	t.Helper()
	out, _ := w.run(t, "show", "-json", "tfplan")
	var plan tfjson.Plan
	if err := json.Unmarshal([]byte(out), &plan); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, check := range plan.Checks {
		got[check.Address.ToDisplay] = string(check.Status)
	}
	return got
}

// polls returns the number of requests for a path.
func (w *workspace) polls(path string) int {
	n := 0
	for _, r := range w.cloud.Requests() {
		if r.Path == path {
			n++
		}
	}
	return n
}
