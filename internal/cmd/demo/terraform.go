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

// find returns the Terraform or OpenTofu of this machine, else a Terraform
// fetched into dir.
func find(ctx context.Context, dir string) (terraformcli.CLI, error) {
	cli, err := terraformcli.Find(ctx)
	if !errors.Is(err, terraformcli.ErrNone) {
		return cli, err
	}
	fmt.Println("Neither terraform nor tofu is on PATH: fetching the latest Terraform.")
	path, err := (&releases.LatestVersion{Product: product.Terraform, InstallDir: dir}).Install(ctx)
	if err != nil {
		return terraformcli.CLI{}, fmt.Errorf("fetching Terraform (install terraform or tofu to do without): %w", err)
	}
	return terraformcli.At(ctx, path)
}

// prepare lays the example and a configuration that finds the built provider
// into dir, and returns an engine that works there with the demo's own keys.
func prepare(dir, root, engine string) (*tfexec.Terraform, error) {
	work := filepath.Join(dir, "work")
	if err := os.CopyFS(work, os.DirFS(filepath.Join(root, "examples", "demo"))); err != nil {
		return nil, fmt.Errorf("copying the example: %w", err)
	}
	rc := filepath.Join(dir, "terraform.rc")
	installation := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(mirror(dir)))
	if err := os.WriteFile(rc, []byte(installation), 0o600); err != nil {
		return nil, err
	}
	tf, err := tfexec.NewTerraform(work, engine)
	if err != nil {
		return nil, err
	}
	// Nothing of the user's own environment may reach the demo: no keys, no proxy.
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

// mirror is where Terraform and OpenTofu look for the provider.
func mirror(dir string) string { return filepath.Join(dir, "mirror") }

// openGate plans and applies the example: the rollout waits for the job.
func openGate(ctx context.Context, tf *tfexec.Terraform, endpoint string) error {
	url := tfexec.Var("endpoint=" + endpoint)
	say("terraform init")
	if err := tf.Init(ctx); err != nil {
		return fmt.Errorf("initialising: %w", err)
	}
	say("terraform plan")
	if _, err := tf.Plan(ctx, url); err != nil {
		return fmt.Errorf("planning: %w", err)
	}
	say("terraform apply (the job runs for 3 seconds)")
	if err := tf.Apply(ctx, url); err != nil {
		return fmt.Errorf("applying: %w", err)
	}
	return expect(ctx, tf)
}

// expect compares the outputs with what the fake cloud has told.
func expect(ctx context.Context, tf *tfexec.Terraform) error {
	tf.SetStdout(io.Discard) // the apply has shown them
	defer tf.SetStdout(os.Stdout)
	outputs, err := tf.Output(ctx)
	if err != nil {
		return fmt.Errorf("reading the outputs: %w", err)
	}
	for name, parts := range map[string][]string{
		"rollout":   {"DCS job " + jobID + " (masterStandbySwapJob): succeeded after 2.9s"},
		"idle":      {"true"},
		"summaries": {"succeeded", "running, 30%", "failed", "running, 67%"},
	} {
		value := string(outputs[name].Value)
		for _, part := range parts {
			if !strings.Contains(value, part) {
				return fmt.Errorf("the output %s is %s, which lacks %q", name, value, part)
			}
		}
	}
	return nil
}

// closedGate applies the example with a job that fails: the apply must stop
// with the job's own reason, and the rollout must not be touched.
func closedGate(ctx context.Context, tf *tfexec.Terraform, endpoint string) error {
	say("terraform apply with a job that fails (the gate stays closed)")
	err := tf.Apply(ctx, tfexec.Var("endpoint="+endpoint), tfexec.Var("job_id="+failedJobID))
	if err == nil {
		return errors.New("the apply went on although the job had failed")
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if text := strings.Join(strings.Fields(err.Error()), " "); !strings.Contains(text, "DCS job failed") || !strings.Contains(text, failReason) {
		return fmt.Errorf("the apply stopped without the job's reason: %w", err)
	}
	if err := expect(ctx, tf); err != nil {
		return fmt.Errorf("after the failure: %w", err)
	}
	say("As promised: the first apply waited and went on, the second one stopped with the job's own reason.")
	return nil
}
