// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

// TestDemo installs the provider from a filesystem mirror, which no other test
// does.
func TestDemo(t *testing.T) {
	if _, err := terraformcli.Find(t.Context()); err != nil {
		t.Fatal(err) // the demo would download Terraform, but a test must not need a network
	}
	if err := run(t.Context()); err != nil {
		t.Fatal(err)
	}
}
