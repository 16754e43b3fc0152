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
	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

// stage is a directory with a configuration, as its user has it, before a fake
// cloud and a fake official provider.
type stage struct {
	dir   string
	cli   terraformcli.CLI
	cloud *fakecloud.Cloud
}

// set copies the folder of an example, if there is one, and says in files of the
// test's own what it leaves open: the variables, and where the cloud is.
func set(t *testing.T, folder string, variables map[string]any) *stage {
	t.Helper()
	cli, err := terraformcli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{dir: t.TempDir(), cli: cli, cloud: fakecloud.New(fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"})}
	s.cloud.AddProject("cn-north-4", projectID)
	server := httptest.NewServer(s.cloud)
	t.Cleanup(server.Close)

	if folder != "" {
		if err := os.CopyFS(s.dir, os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	}
	if variables != nil {
		values, err := json.Marshal(variables)
		if err != nil {
			t.Fatal(err)
		}
		s.write(t, "terraform.tfvars.json", string(values))
	}
	s.write(t, "cloud_override.tf", fmt.Sprintf("provider \"hwtasks\" {\n  endpoints = { for s in [\"dcs\", \"dws\", \"cce\", \"iam\"] : s => %q }\n}\n", server.URL))

	this, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	plugins := filepath.Join(s.dir, ".plugins")
	if err := os.Mkdir(plugins, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{program, official} {
		if err := os.Symlink(this, filepath.Join(plugins, name)); err != nil {
			t.Fatal(err)
		}
	}
	s.write(t, ".plugins/rc", fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    \"hwtasks/hwtasks\" = %[1]q\n    \"huaweicloud/huaweicloud\" = %[1]q\n  }\n}\n", filepath.ToSlash(plugins)))
	return s
}

func (s *stage) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs Terraform with nothing of the user's own environment that it or a
// provider would read. It returns what Terraform prints, in one line, and its
// exit code.
func (s *stage) run(t *testing.T, args ...string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), s.cli.Path, args...)
	cmd.Dir = s.dir
	cmd.Env = slices.DeleteFunc(os.Environ(), func(variable string) bool {
		for _, prefix := range []string{"HW_", "HUAWEICLOUD_", "CLOUD_SDK_", "TF_"} {
			if strings.HasPrefix(variable, prefix) {
				return true
			}
		}
		return false
	})
	cmd.Env = append(cmd.Env, "HW_ACCESS_KEY=FAKEACCESSKEY", "HW_SECRET_KEY=fake-secret-key",
		"TF_CLI_CONFIG_FILE="+filepath.Join(s.dir, ".plugins", "rc"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
		"GORACE=atexit_sleep_ms=0") // under the race detector a provider would linger for a second each time
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(out.String()), " "), cmd.ProcessState.ExitCode()
}

// apply applies the configuration, which must fail with the words, or must not
// fail if there are none.
func (s *stage) apply(t *testing.T, failure string, flags ...string) {
	t.Helper()
	out, code := s.run(t, append([]string{"apply", "-auto-approve", "-input=false", "-no-color"}, flags...)...)
	if (code == 0) != (failure == "") || !strings.Contains(out, failure) {
		t.Fatalf("the apply finished with %d, which should say %q:\n%s", code, failure, out)
	}
}

// has compares the resources in the state, less the data sources, with what is wanted.
func (s *stage) has(t *testing.T, want ...string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(s.dir, "terraform.tfstate")); err != nil && len(want) == 0 {
		return // nothing was ever applied
	}
	out, _ := s.run(t, "state", "list")
	got := slices.DeleteFunc(strings.Fields(out), func(address string) bool { return strings.HasPrefix(address, "data.") })
	if !slices.Equal(got, want) {
		t.Errorf("the state has %q, not %q", got, want)
	}
}

// shows compares an output.
func (s *stage) shows(t *testing.T, output, want string) {
	t.Helper()
	if got, _ := s.run(t, "output", "-raw", output); got != want {
		t.Errorf("the output %s is %q, not %q", output, got, want)
	}
}

// checked returns how each check block stands in the plan that was saved.
func (s *stage) checked(t *testing.T) map[string]string {
	t.Helper()
	out, _ := s.run(t, "show", "-json", "tfplan")
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
