// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"

	framework "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
)

// The names under which Terraform starts this very program as a provider.
const (
	program  = "terraform-provider-hwtasks"
	official = "terraform-provider-huaweicloud"
)

// TestMain serves a provider where Terraform has started the program as one: so
// the examples meet real providers under their own addresses, and nothing needs
// to be built.
func TestMain(m *testing.M) {
	name, _, _ := strings.Cut(filepath.Base(os.Args[0]), "_v") // a mirror's programs have a version
	if !strings.HasPrefix(name, "terraform-provider-") {
		// Package os/signal starts its one goroutine outside of the bubbles of virtual time.
		first := make(chan os.Signal, 1)
		signal.Notify(first, os.Interrupt)
		signal.Stop(first)
		os.Exit(m.Run())
	}
	serve := map[string]func() framework.Provider{program: provider.New("test"), official: newHuaweicloud}[name]
	address := "registry.terraform.io/hwtasks/" + name
	if err := providerserver.Serve(context.Background(), serve, providerserver.ServeOpts{Address: address}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
