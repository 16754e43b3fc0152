// SPDX-License-Identifier: MPL-2.0

// Package examples_test applies every example and every recipe of the guides, and
// checks what the documentation says about them.
package examples_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	framework "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// The names under which Terraform starts the test program as a provider.
const (
	program  = "terraform-provider-hwtasks"
	official = "terraform-provider-huaweicloud"
)

// TestMain serves a provider if Terraform started the test program as one. So the
// examples use providers under their real addresses, and no program must be built.
func TestMain(m *testing.M) {
	name, _, _ := strings.Cut(filepath.Base(os.Args[0]), "_v") // in a mirror, the name has a version
	constructor := map[string]func() framework.Provider{program: provider.New("test"), official: newHuaweicloud}[name]
	if constructor == nil {
		_ = flag.Set("test.parallel", "6") // the tests wait, for Terraform and for tasks
		testkit.Main(m)
		return
	}
	if err := providerserver.Serve(context.Background(), constructor, providerserver.ServeOpts{Address: "registry.terraform.io/hwtasks/" + name}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
