// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

// TestDemo installs the provider from a filesystem mirror, which no other test
// does, and compares what it prints with the recorded run.
func TestDemo(t *testing.T) {
	if _, err := terraformcli.Find(t.Context()); err != nil {
		t.Fatal(err) // the demo would download Terraform, but a test must not need a network
	}
	stdout, stderr := os.Stdout, os.Stderr
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	printed := make(chan string)
	go func() {
		var out bytes.Buffer
		_, _ = io.Copy(io.MultiWriter(&out, stdout), reader) // until writer is closed
		printed <- out.String()
	}()
	os.Stdout, os.Stderr = writer, writer
	err = run(t.Context())
	os.Stdout, os.Stderr = stdout, stderr
	_ = writer.Close()
	out := withoutNumbers(<-printed)
	if err != nil {
		t.Fatal(err)
	}
	recorded, err := os.ReadFile("../../../examples/demo/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range ours.FindAllString(string(recorded), -1) {
		if !strings.Contains(out, withoutNumbers(line)) {
			t.Errorf("the recorded run has %q, but the demo does not print it", line)
		}
	}
}

// ours matches the lines that do not depend on the version of Terraform.
var ours = regexp.MustCompile(`(?m)^(=== |data\.|DCS|Every|Error: |Terraform did|  "D|  "C|rollout = ).+`)

func withoutNumbers(text string) string {
	return strings.Join(strings.Fields(regexp.MustCompile(`\d+`).ReplaceAllString(text, "0")), " ")
}
