// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

// TestDemo_showsWhatItPromises installs the provider from a directory, which no
// other test does, under the name of the registry that the engine looks in.
func TestDemo_showsWhatItPromises(t *testing.T) {
	if _, err := terraformcli.Find(t.Context()); err != nil {
		t.Fatal(err) // the demo would fetch one, but a test needs no network
	}
	if err := run(t.Context()); err != nil {
		t.Fatal(err)
	}
}
