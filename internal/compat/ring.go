// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// signs are the packages by which a test gets at a Terraform.
var signs = []string{
	"github.com/hashicorp/terraform-plugin-testing/helper/resource",
	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli",
}

// ring returns the packages of the module with tests that import one of the
// signs, so that nobody has to keep a list.
func ring(ctx context.Context) ([]string, error) {
	const format = `{{.ImportPath}} {{join .TestImports " "}} {{join .XTestImports " "}}`
	// The module by its path: a test has another working directory.
	output, err := exec.CommandContext(ctx, "go", "list", "-f", format, module+"/...").Output()
	if err != nil {
		return nil, fmt.Errorf("listing the packages: %w", err)
	}
	var packages []string
	for line := range strings.Lines(string(output)) {
		words := strings.Fields(line)
		if slices.ContainsFunc(words[1:], func(name string) bool { return slices.Contains(signs, name) }) {
			packages = append(packages, words[0])
		}
	}
	return packages, nil
}
