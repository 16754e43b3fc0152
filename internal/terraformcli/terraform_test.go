// SPDX-License-Identifier: MPL-2.0

//go:build unix

package terraformcli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// install writes programs that print a version into a directory, and returns it.
func install(t *testing.T, programs map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, output := range programs {
		script := "#!/bin/sh\nprintf '" + output + "'\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFind_prefersTheVariableThenTerraform(t *testing.T) {
	old := install(t, map[string]string{"old": `Terraform v1.5.7\non linux_amd64\n`})
	both := install(t, map[string]string{"terraform": `Terraform v1.14.0\n`, "tofu": `OpenTofu v1.12.6\n`})
	tofu := install(t, map[string]string{"tofu": `OpenTofu v1.13.0-beta1\non linux_amd64\n\nYour version is out of date!\n`})
	for name, tc := range map[string]struct{ variable, path, want, registry string }{
		"the variable": {filepath.Join(old, "old"), both, "Terraform 1.5.7", "registry.terraform.io"},
		"Terraform":    {"", both, "Terraform 1.14.0", "registry.terraform.io"},
		"OpenTofu":     {"", tofu, "OpenTofu 1.13.0-beta1", "registry.opentofu.org"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(PathVariable, tc.variable)
			t.Setenv("PATH", tc.path)
			cli, err := Find(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if cli.String() != tc.want || cli.Registry != tc.registry || !filepath.IsAbs(cli.Path) {
				t.Errorf("got %s at %s with %s, want %s with %s", cli, cli.Path, cli.Registry, tc.want, tc.registry)
			}
		})
	}
}

func TestFind_reportsThatNoneIsInstalled(t *testing.T) {
	t.Setenv(PathVariable, "")
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(t.Context()); !errors.Is(err, ErrNone) {
		t.Errorf("got %v, want %v", err, ErrNone)
	}
	if _, err := At(t.Context(), "terraform"); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("got %v, want %v", err, exec.ErrNotFound)
	}
}

func TestAt_rejectsOtherPrograms(t *testing.T) {
	for output, want := range map[string]string{
		`Packer v1.11.0\n`:      "is neither Terraform nor OpenTofu",
		`Terraform vlatest\n`:   "parsing the version of",
		`'; exit 3; printf '\n`: "running",
	} {
		_, err := At(t.Context(), filepath.Join(install(t, map[string]string{"it": output}), "it"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
