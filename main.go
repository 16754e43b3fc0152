// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-hwtasks serves the provider to Terraform and
// OpenTofu. With -debug it waits for a debugger to be attached to it.
package main

import (
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
)

// version is set by the linker.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve until interrupted, for a debugger")
	flag.Parse()
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	serve := provider.Server(provider.New(version))
	if err := tf6server.Serve("registry.terraform.io/hwtasks/hwtasks", serve, options...); err != nil {
		log.Fatal(err)
	}
}
