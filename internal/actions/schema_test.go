// SPDX-License-Identifier: MPL-2.0

package actions_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

func TestSchema_hasTheArgumentsOfTheDataSource(t *testing.T) {
	t.Parallel()
	server, _ := connect(t)
	var want []string
	for _, s := range providertest.Sources() {
		want = append(want, "hwtasks_await_"+s.Name)
		compareSchemas(t, server.DataSourceSchema("hwtasks_"+s.Name).Block, server.ActionSchema("hwtasks_await_"+s.Name).Block)
		if text := server.ActionSchema("hwtasks_await_" + s.Name).Block.Description; !strings.Contains(text, "`hwtasks_"+s.Name+"`") {
			t.Errorf("the description of %s does not name its data source: %s", s.Name, text)
		}
	}
	slices.Sort(want)
	testkit.Diff(t, "actions", want, server.Actions())
}

func compareSchemas(t *testing.T, source, action *tfprotov6.SchemaBlock) {
	t.Helper()
	type argument struct {
		Name     string
		Type     tftypes.Type
		Required bool
	}
	var want, got []argument
	for _, a := range source.Attributes {
		if (a.Required || a.Optional) && a.Name != "wait_for" && a.Name != "timeouts" {
			want = append(want, argument{a.Name, a.Type, a.Required})
		}
	}
	for _, a := range action.Attributes {
		if a.Computed || a.Description == "" {
			t.Errorf("%s is computed or not described", a.Name)
		}
		if a.Name != "timeouts" {
			got = append(got, argument{a.Name, a.Type, a.Required})
		}
	}
	testkit.Diff(t, "arguments", want, got)
}
