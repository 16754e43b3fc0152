// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-hwtasks serves the provider to Terraform and
// OpenTofu. With -debug, it serves until it is interrupted, so that a debugger
// can be attached.
package main

import (
	"flag"
	"log"
	"os"
	"runtime/debug"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
)

// version is set by the linker.
var version = "dev"

func main() {
	attach := flag.Bool("debug", false, "serve until interrupted, for a debugger")
	flag.Parse()
	var options []tf6server.ServeOpt
	if *attach {
		options = append(options, tf6server.WithManagedDebug())
	} else {
		reduceOverhead()
	}
	serve := provider.Server(provider.New(version))
	if err := tf6server.Serve("registry.terraform.io/hwtasks/hwtasks", serve, options...); err != nil {
		log.Fatal(err)
	}
}

// reduceOverhead disables work that only pays off in long-running processes:
// Terraform starts a provider three times per plan, each time briefly
// (BENCHMARKS.md).
func reduceOverhead() {
	// The framework formats a log line for each of its steps, which Terraform drops
	// unless one of these variables is set. Without them, a plan with one read is a
	// fifteenth faster.
	if os.Getenv("TF_LOG") == "" && os.Getenv("TF_LOG_PROVIDER") == "" {
		_ = os.Setenv("TF_LOG_SDK", "OFF") // fails only for invalid names
	}
	// A plan allocates more than 4 MiB, at which Go starts to collect garbage, but
	// less than 8 MiB. A collection needs more memory, 4 percent of the total, than
	// it frees.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}
