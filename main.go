// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-hwtasks serves the provider to Terraform and
// OpenTofu. With -debug it waits for a debugger to be attached to it.
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
		beFrugal()
	}
	serve := provider.Server(provider.New(version))
	if err := tf6server.Serve("registry.terraform.io/hwtasks/hwtasks", serve, options...); err != nil {
		log.Fatal(err)
	}
}

// beFrugal saves what is of use to nobody in a process that Terraform starts
// three times for a plan, each time for a moment (BENCHMARKS.md).
func beFrugal() {
	// Without a reader of logs a plugin still writes down each step of the
	// framework and leaves it to Terraform to drop that: a fifteenth of the time
	// of a plan with one read.
	if os.Getenv("TF_LOG") == "" && os.Getenv("TF_LOG_PROVIDER") == "" {
		_ = os.Setenv("TF_LOG_SDK", "OFF") // fails for names that no variable has
	}
	// A plan fills 4 MiB, where Go begins to collect, but not 8: to collect costs
	// more memory, a twenty-fifth of all, than it gives back.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}
