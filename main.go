// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-hwtasks serves the provider to Terraform and
// OpenTofu. With -debug it waits for a debugger to be attached to it.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
)

// version is set by the linker.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve until interrupted, for a debugger")
	flag.Parse()
	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/hwtasks/hwtasks",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
