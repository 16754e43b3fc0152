// SPDX-License-Identifier: MPL-2.0

package terraformtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

// Program is the name under which Terraform starts a test binary as the provider:
// the TestMain of a package that uses a Workspace serves it then.
const Program = "terraform-provider-hwtasks"

// IsProvider reports whether Terraform has started this process as a provider.
func IsProvider() bool { return filepath.Base(os.Args[0]) == Program }

// Workspace is a directory with a configuration and a state, for what needs a
// command of Terraform with its own options.
type Workspace struct {
	dir string
	cli terraformcli.CLI
}

// NewWorkspace returns an empty directory, in which the running test binary is the
// provider.
func NewWorkspace(t *testing.T) Workspace {
	t.Helper()
	cli, err := terraformcli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w := Workspace{dir: t.TempDir(), cli: cli}
	this, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(this, filepath.Join(w.dir, Program)); err != nil {
		t.Fatal(err)
	}
	w.Write(t, "rc", fmt.Sprintf("provider_installation {\n  dev_overrides { \"hwtasks/hwtasks\" = %q }\n}\n", filepath.ToSlash(w.dir)))
	return w
}

// Write writes a file of the directory.
func (w Workspace) Write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Read reads a file of the directory.
func (w Workspace) Read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Run runs Terraform and returns what it writes, in one line, and its exit code.
// The end of the context interrupts it, like Ctrl-C.
func (w Workspace) Run(ctx context.Context, t *testing.T, args ...string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(ctx, w.cli.Path, args...) //nolint:gosec // the Terraform under test
	cmd.Dir = w.dir
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "TF_") }),
		"TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "rc"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
		"GORACE=atexit_sleep_ms=0") // under the race detector the provider would linger for a second each time
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && ctx.Err() == nil {
		t.Fatal(err)
	}
	return strings.Join(strings.FieldsFunc(out.String(), func(r rune) bool { return strings.ContainsRune(" \n│╷╵", r) }), " "), cmd.ProcessState.ExitCode()
}
