// SPDX-License-Identifier: MPL-2.0

// Package terraformcli finds the Terraform or OpenTofu that tests and the demo
// run. It is imported by nothing that ships.
package terraformcli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"

	"github.com/hashicorp/go-version"
)

// The variables by which terraform-plugin-testing is told the same.
const (
	PathVariable     = "TF_ACC_TERRAFORM_PATH"
	RegistryVariable = "TF_ACC_PROVIDER_HOST"
)

// ErrNone says that there is neither Terraform nor OpenTofu.
var ErrNone = errors.New("neither terraform nor tofu is on PATH")

// CLI is Terraform or OpenTofu.
type CLI struct {
	Name     string // Terraform or OpenTofu
	Path     string // absolute
	Version  *version.Version
	Registry string // host where it looks for a provider whose address names none
}

// String returns the name with the version.
func (c CLI) String() string { return c.Name + " " + c.Version.String() }

// Find returns the program that TF_ACC_TERRAFORM_PATH names, else the terraform
// on PATH, else the tofu on PATH, else ErrNone.
func Find(ctx context.Context) (CLI, error) {
	if path := os.Getenv(PathVariable); path != "" {
		return At(ctx, path)
	}
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return At(ctx, path)
		}
	}
	return CLI{}, ErrNone
}

// At asks the program with this path, or with this name on PATH, what it is.
// The error is exec.ErrNotFound where PATH has no such name.
func At(ctx context.Context, program string) (CLI, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return CLI{}, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return CLI{}, fmt.Errorf("finding %s: %w", program, err)
	}
	command := exec.CommandContext(ctx, path, "version") //nolint:gosec // it is what the tests and the demo are asked to run
	command.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1")
	answer, err := command.Output()
	if err != nil {
		return CLI{}, fmt.Errorf("asking %s for its version: %w", path, err)
	}
	return parse(path, string(answer))
}

var firstLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)$`)

// parse reads what "version" has printed. Its JSON does not tell the two apart.
func parse(path, answer string) (CLI, error) {
	match := firstLine.FindStringSubmatch(answer)
	if match == nil {
		return CLI{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: asked for its version it says %q", path, answer)
	}
	number, err := version.NewVersion(match[2])
	if err != nil {
		return CLI{}, fmt.Errorf("reading the version of %s: %w", path, err)
	}
	registry := "registry.terraform.io"
	if match[1] == "OpenTofu" {
		registry = "registry.opentofu.org"
	}
	return CLI{Name: match[1], Path: path, Version: number, Registry: registry}, nil
}
