// SPDX-License-Identifier: MPL-2.0

// Package terraformcli finds the Terraform or OpenTofu that tests and the demo
// run. Shipped code does not import it.
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

// Environment variables that terraform-plugin-testing reads too.
const (
	PathVariable     = "TF_ACC_TERRAFORM_PATH"
	RegistryVariable = "TF_ACC_PROVIDER_HOST"
)

// ErrNone means that neither Terraform nor OpenTofu is installed.
var ErrNone = errors.New("neither terraform nor tofu is on PATH")

// CLI is Terraform or OpenTofu.
type CLI struct {
	Name     string // Terraform or OpenTofu
	Path     string // absolute
	Version  *version.Version
	Registry string // default registry host of provider addresses
}

// String returns the name with the version.
func (c CLI) String() string { return c.Name + " " + c.Version.String() }

// Find returns the program at TF_ACC_TERRAFORM_PATH, else terraform on PATH, else
// tofu on PATH, else ErrNone.
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

// At identifies the program with this path, or with this name on PATH. The error
// is exec.ErrNotFound if PATH has no such program.
func At(ctx context.Context, program string) (CLI, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return CLI{}, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return CLI{}, fmt.Errorf("finding %s: %w", program, err)
	}
	command := exec.CommandContext(ctx, path, "version") //nolint:gosec // the program that tests and the demo run
	command.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1")
	output, err := command.Output()
	if err != nil {
		return CLI{}, fmt.Errorf("running %s version: %w", path, err)
	}
	return parse(path, string(output))
}

var firstLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)$`)

// parse parses the output of "version". Its JSON form does not distinguish
// Terraform from OpenTofu.
func parse(path, output string) (CLI, error) {
	match := firstLine.FindStringSubmatch(output)
	if match == nil {
		return CLI{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: its version command prints %q", path, output)
	}
	number, err := version.NewVersion(match[2])
	if err != nil {
		return CLI{}, fmt.Errorf("parsing the version of %s: %w", path, err)
	}
	registry := "registry.terraform.io"
	if match[1] == "OpenTofu" {
		registry = "registry.opentofu.org"
	}
	return CLI{Name: match[1], Path: path, Version: number, Registry: registry}, nil
}
