// SPDX-License-Identifier: MPL-2.0

// Command compat runs the tests that need a Terraform, once for each Terraform
// or OpenTofu that its arguments name by path, or by name on PATH. It prints a
// table of what has passed and exits with an error if anything has failed.
//
// ring.go tells which packages have such tests, results.go reads what
// "go test -json" says of them, and table.go writes it down.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := compare(ctx, log.New(os.Stdout, "", 0), os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "compat:", err)
		os.Exit(1)
	}
}

// compare runs the tests on each of the programs and prints the table.
func compare(ctx context.Context, out *log.Logger, programs []string) error {
	packages, err := ring(ctx)
	if err != nil {
		return err
	}
	engines, err := find(ctx, out, programs)
	if err != nil {
		return err
	}
	var all []*results
	for _, engine := range engines {
		out.Printf("\n=== %s (%s)", engine, engine.Path)
		r, err := test(ctx, out, engine, packages)
		if err != nil {
			return err
		}
		all = append(all, r)
	}
	return table(out, all)
}

// find leaves out a name that is not on PATH, and what is there twice. A path
// must be right.
func find(ctx context.Context, out *log.Logger, programs []string) ([]terraformcli.CLI, error) {
	var engines []terraformcli.CLI
	for _, program := range programs {
		engine, err := terraformcli.At(ctx, program)
		switch {
		case errors.Is(err, exec.ErrNotFound):
			out.Printf("Left out: there is no %s on PATH.", program)
		case err != nil:
			return nil, err
		case slices.ContainsFunc(engines, func(other terraformcli.CLI) bool { return other.String() == engine.String() }):
			out.Printf("Left out: %s is %s, which is tested already.", program, engine)
		default:
			engines = append(engines, engine)
		}
	}
	if len(engines) == 0 {
		return nil, errors.New("there is nothing to test with")
	}
	return engines, nil
}

// test runs the tests of the packages on one engine. Tests that fail are part
// of the results and no error.
func test(ctx context.Context, out *log.Logger, engine terraformcli.CLI, packages []string) (*results, error) {
	// Go would remember the results of another program at the same path.
	command := exec.CommandContext(ctx, "go", append([]string{"test", "-json", "-count=1"}, packages...)...) //nolint:gosec // these are packages of this module
	command.Env = append(os.Environ(), terraformcli.PathVariable+"="+engine.Path, terraformcli.RegistryVariable+"="+engine.Registry,
		"CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE="+os.DevNull, "TF_ACC=") // neither the user's own settings nor account
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("starting the tests: %w", err)
	}
	r, err := read(out, engine.String(), output)
	if err != nil {
		return nil, errors.Join(err, command.Wait())
	}
	var failed *exec.ExitError
	if err := command.Wait(); err != nil && (!errors.As(err, &failed) || ctx.Err() != nil || !r.failed()) {
		return nil, fmt.Errorf("running %s: %w", strings.Join(command.Args, " "), err)
	}
	return r, nil
}
