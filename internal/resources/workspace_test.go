// SPDX-License-Identifier: MPL-2.0

package resources_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/terraformtest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// TestTerraform_keepsAGateThroughItsLife with the commands that a test step has no
// options for: an interrupt, a saved plan, -replace, a state of another version,
// and a destroy without credentials.
func TestTerraform_keepsAGateThroughItsLife(t *testing.T) {
	t.Parallel()
	cloud, settings := terraformtest.Serve(t)
	job := providertest.SourceNamed("dcs_job")
	w := terraformtest.NewWorkspace(t)
	configure := func(settings args) {
		w.Write(t, "main.tf", "terraform {\n  required_providers {\n    hwtasks = { source = \"hwtasks/hwtasks\" }\n  }\n}\n"+
			terraformtest.Provider(settings)+terraformtest.Gate("dcs_job", "it", job.Args)+
			"output \"id\" { value = hwtasks_gate_dcs_job.it.id }\n")
	}
	run := func(code int, says string, command ...string) string {
		t.Helper()
		out, got := w.Run(t.Context(), t, append(command, "-no-color")...)
		if got != code || !strings.Contains(out, says) {
			t.Fatalf("terraform %v ends with %d, want %d and %q:\n%s", command, got, code, says, out)
		}
		return out
	}

	configure(settings)
	cloud.Serve(job.Path(), job.In("running"))
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		for ctx.Err() == nil && len(cloud.Requests()) == 0 {
			time.Sleep(10 * time.Millisecond)
		}
		interrupt()
	}()
	out, _ := w.Run(ctx, t, "apply", "-auto-approve", "-input=false", "-no-color")
	if !strings.Contains(out, "Interrupted while reading DCS job") {
		t.Errorf("the interrupt is not reported:\n%s", out)
	}
	run(2, "hwtasks_gate_dcs_job.it will be created", "plan", "-out=tfplan", "-detailed-exitcode")

	cloud.Serve(job.Path(), job.In("succeeded"))
	run(0, "1 added", "apply", "tfplan")
	first := run(0, "@", "output", "-raw", "id")

	run(0, "1 added, 0 changed, 1 destroyed", "apply", "-auto-approve", "-replace=hwtasks_gate_dcs_job.it")
	if again := run(0, "@", "output", "-raw", "id"); again == first {
		t.Errorf("the ID after -replace is still %s", again)
	}

	requests := len(cloud.Requests())
	configure(nil)
	w.Write(t, "terraform.tfstate", olderState(t, w.Read(t, "terraform.tfstate")))
	run(0, "No changes", "plan", "-detailed-exitcode")
	run(0, "1 destroyed", "destroy", "-auto-approve")
	testkit.Diff(t, "requests", requests, len(cloud.Requests()))
}

// olderState is a state file as a version writes it that knows fewer attributes
// and one that no longer exists.
func olderState(t *testing.T, text string) string {
	t.Helper()
	var state map[string]any
	if err := json.Unmarshal([]byte(text), &state); err != nil {
		t.Fatal(err)
	}
	instance := state["resources"].([]any)[0].(map[string]any)["instances"].([]any)[0].(map[string]any)
	attributes := instance["attributes"].(map[string]any)
	for _, name := range []string{"summary", "api_status", "job_type", "triggers"} {
		delete(attributes, name)
	}
	attributes["former"] = "x"
	older, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	return string(older)
}
