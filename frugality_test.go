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

// TestProgram_logsTheFrameworksStepsOnlyOnRequest checks what the program writes, of which
// Terraform shows what was asked for.
func TestProgram_logsTheFrameworksStepsOnlyOnRequest(t *testing.T) {
	for name, test := range map[string]struct {
		variable string
		want     bool
	}{
		"no reader":                {"TF_LOG_CORE", false},
		"a reader of all logs":     {"TF_LOG", true},
		"a reader of the provider": {"TF_LOG_PROVIDER", true},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_SDK"} {
				t.Setenv(variable, "")
			}
			t.Setenv(test.variable, "TRACE")
			cloud := fakecloud.New(keys)
			cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
			site := lay(t, cloud, `data "hwtasks_dcs_job" "it" { job_id = "`+jobID+`" }`)
			written := site.listen(t)
			if out, err := site.terraform(t, "plan", nil); err != nil {
				t.Fatalf("the plan finished with %v:\n%s", err, out)
			}
			text, err := os.ReadFile(written)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(string(text), `"@module":"sdk.framework"`); got != test.want {
				t.Errorf("the framework's steps are written: %t, want %t:\n%s", got, test.want, text)
			}
			if !strings.Contains(string(text), "Request to Huawei Cloud") {
				t.Errorf("our own lines are missing:\n%s", text)
			}
		})
	}
}

// listen puts a shell between Terraform and the program, and returns the file
// that gets what the program writes to stderr.
func (s *site) listen(t *testing.T) (file string) {
	t.Helper()
	file = filepath.Join(s.dir, "stderr")
	program := filepath.Join(plugin, "terraform-provider-hwtasks")
	wrapped := filepath.Join(s.dir, "wrapped")
	if err := os.Mkdir(wrapped, 0o700); err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf("#!/bin/sh\nexec %q 2>>%q\n", program, file)
	if err := os.WriteFile(filepath.Join(wrapped, filepath.Base(program)), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(s.dir, "rc"), fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"hwtasks/hwtasks\" = %q\n  }\n}\n", wrapped))
	return file
}
