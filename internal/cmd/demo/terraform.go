// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

// find returns the installed Terraform or OpenTofu, else downloads Terraform into
// dir.
func find(ctx context.Context, dir string) (terraformcli.CLI, error) {
	cli, err := terraformcli.Find(ctx)
	if !errors.Is(err, terraformcli.ErrNone) {
		return cli, err
	}
	fmt.Println("Neither terraform nor tofu is on PATH. Downloading the latest Terraform.")
	path, err := (&releases.LatestVersion{Product: product.Terraform, InstallDir: dir}).Install(ctx)
	if err != nil {
		return terraformcli.CLI{}, fmt.Errorf("downloading Terraform (install terraform or tofu to avoid this): %w", err)
	}
	return terraformcli.At(ctx, path)
}

// prepare copies the example into dir, writes a CLI configuration that installs
// the built provider, and returns a Terraform that runs there with the demo's
// access keys.
func prepare(dir, root, program string) (*tfexec.Terraform, error) {
	work := filepath.Join(dir, "work")
	if err := os.CopyFS(work, os.DirFS(filepath.Join(root, "examples", "demo"))); err != nil {
		return nil, fmt.Errorf("copying the example: %w", err)
	}
	rc := filepath.Join(dir, "terraform.rc")
	installation := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(mirror(dir)))
	if err := os.WriteFile(rc, []byte(installation), 0o600); err != nil {
		return nil, err
	}
	tf, err := tfexec.NewTerraform(work, program)
	if err != nil {
		return nil, err
	}
	// The user's own environment must not affect the demo: no credentials, no proxy.
	env := map[string]string{
		"TF_CLI_CONFIG_FILE": rc,
		"CHECKPOINT_DISABLE": "1",
		"HW_ACCESS_KEY":      keys.AccessKey,
		"HW_SECRET_KEY":      keys.SecretKey,
		"PATH":               os.Getenv("PATH"),
		"HOME":               dir,
	}
	if err := tf.SetEnv(env); err != nil {
		return nil, err
	}
	tf.SetStdout(os.Stdout)
	tf.SetStderr(os.Stderr)
	return tf, nil
}

// mirror is the filesystem mirror with the provider.
func mirror(dir string) string { return filepath.Join(dir, "mirror") }

// pass plans and applies the example: the rollout waits for the job.
func pass(ctx context.Context, tf *tfexec.Terraform, endpoint string) error {
	url := tfexec.Var("endpoint=" + endpoint)
	section("terraform init")
	if err := tf.Init(ctx); err != nil {
		return fmt.Errorf("initializing: %w", err)
	}
	section("terraform plan")
	if _, err := tf.Plan(ctx, url); err != nil {
		return fmt.Errorf("planning: %w", err)
	}
	section("terraform apply (the job runs for 3 seconds)")
	if err := tf.Apply(ctx, url); err != nil {
		return fmt.Errorf("applying: %w", err)
	}
	return checkOutputs(ctx, tf)
}

// checkOutputs compares the outputs with the responses of the fake cloud.
func checkOutputs(ctx context.Context, tf *tfexec.Terraform) error {
	tf.SetStdout(io.Discard) // the apply has printed them
	defer tf.SetStdout(os.Stdout)
	outputs, err := tf.Output(ctx)
	if err != nil {
		return fmt.Errorf("reading the outputs: %w", err)
	}
	for name, parts := range map[string][]string{
		"rollout":   {"DCS job " + jobID + " (masterStandbySwapJob): succeeded (SUCCESS) after 2.9s"},
		"idle":      {"true"},
		"summaries": {"succeeded", "running, 30%", "failed", "running (Running), 67%"},
	} {
		value := string(outputs[name].Value)
		for _, part := range parts {
			if !strings.Contains(value, part) {
				return fmt.Errorf("output %s is %s, which does not contain %q", name, value, part)
			}
		}
	}
	return nil
}

// block applies the example with a job that fails: the apply must fail with the
// job's reason, and the rollout must not change.
func block(ctx context.Context, tf *tfexec.Terraform, endpoint string) error {
	section("terraform apply with a job that fails (the gate blocks the apply)")
	err := tf.Apply(ctx, tfexec.Var("endpoint="+endpoint), tfexec.Var("job_id="+failedJobID))
	if err == nil {
		return errors.New("the apply succeeded although the job failed")
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if text := strings.Join(strings.Fields(err.Error()), " "); !strings.Contains(text, "DCS job failed") || !strings.Contains(text, failReason) {
		return fmt.Errorf("the apply failed without the job's reason: %w", err)
	}
	if err := checkOutputs(ctx, tf); err != nil {
		return fmt.Errorf("after the failed apply: %w", err)
	}
	section("The first apply waited for the job and finished. The second one failed with the job's reason.")
	return nil
}
