// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// TestProgram_frameworkLog checks what the program writes, because Terraform
// filters it. reduceOverhead disables the log of the framework.
func TestProgram_frameworkLog(t *testing.T) {
	for name, test := range map[string]struct {
		variable string
		want     bool
	}{
		"no log requested":    {"TF_LOG_CORE", false},
		"all logs":            {"TF_LOG", true},
		"log of the provider": {"TF_LOG_PROVIDER", true},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_SDK"} {
				t.Setenv(variable, "")
			}
			t.Setenv(test.variable, "TRACE")
			cloud := fakecloud.New(keys)
			cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
			w := newWorkspace(t, cloud, `data "hwtasks_dcs_job" "it" { job_id = "`+jobID+`" }`)
			stderr := w.captureStderr(t)
			if out, err := w.terraform(t, "plan", nil); err != nil {
				t.Fatalf("plan: %v:\n%s", err, out)
			}
			text, err := os.ReadFile(stderr)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(string(text), `"@module":"sdk.framework"`); got != test.want {
				t.Errorf("log of the framework: %t, want %t:\n%s", got, test.want, text)
			}
			if !strings.Contains(string(text), "Request to Huawei Cloud") {
				t.Errorf("no log of the provider:\n%s", text)
			}
		})
	}
}

// captureStderr runs the program in a shell, and returns the file with what the
// program writes to stderr.
func (w *workspace) captureStderr(t *testing.T) (file string) {
	t.Helper()
	file = filepath.Join(w.dir, "stderr")
	program := filepath.Join(plugin, "terraform-provider-hwtasks")
	wrapped := filepath.Join(w.dir, "wrapped")
	if err := os.Mkdir(wrapped, 0o700); err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf("#!/bin/sh\nexec %q 2>>%q\n", program, file)
	if err := os.WriteFile(filepath.Join(wrapped, filepath.Base(program)), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(w.dir, "rc"), fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"hwtasks/hwtasks\" = %q\n  }\n}\n", wrapped))
	return file
}
