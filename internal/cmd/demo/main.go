// SPDX-License-Identifier: MPL-2.0

// Command demo shows what the provider does, without an account: it builds the
// provider, starts a fake cloud on loopback, and runs a real Terraform or OpenTofu
// to plan and apply examples/demo. Then it applies again with a job that fails,
// and the gate blocks the apply. The demo exits with an error unless both applies
// behave as expected, and it removes everything that it created.
package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// version is the version of the provider that the demo installs.
const version = "0.0.1"

func main() { os.Exit(demo()) }

// demo returns the exit code.
func demo() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "\nThe demo failed:", err)
		return 1
	}
	return 0
}

func run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "hwtasks-demo-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()

	section("Building the provider")
	root, err := build(ctx, dir)
	if err != nil {
		return err
	}
	section("Finding Terraform or OpenTofu")
	cli, err := find(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Printf("%s (%s)\n", cli, cli.Path)
	tf, err := prepare(dir, root, cli.Path)
	if err != nil {
		return err
	}
	server := httptest.NewServer(cloud())
	defer server.Close()
	section("A fake cloud serves " + server.URL)
	if err := pass(ctx, tf, server.URL); err != nil {
		return err
	}
	return block(ctx, tf, server.URL)
}

// build builds the provider into dir and returns the project's root.
func build(ctx context.Context, dir string) (root string, err error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("finding the project's root: %w", err)
	}
	root = strings.TrimSpace(string(out))
	// Terraform and OpenTofu search under the host of their own registry. The
	// second build comes from Go's cache.
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		target := filepath.Join(mirror(dir), registry, "hwtasks", "hwtasks", version, runtime.GOOS+"_"+runtime.GOARCH)
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", //nolint:gosec // no argument comes from outside
			"-ldflags", "-X main.version="+version,
			"-o", filepath.Join(target, "terraform-provider-hwtasks_v"+version+exe()), ".")
		cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return "", fmt.Errorf("building the provider: %w", err)
		}
	}
	return root, nil
}

// exe is the suffix of executables.
func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

func section(title string) {
	fmt.Printf("\n=== %s\n", title)
}
