// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// TestActions invokes the action of each example in process, because few
// versions of Terraform support actions.
func TestActions(t *testing.T) {
	connect := func(t *testing.T) *providertest.Server {
		c := fakecloud.New(providertest.Keys())
		serveExamples(c, true)
		return providertest.MustConnect(t, provider.NewWithTransport("test", c.Transport()), providertest.Settings())
	}
	for _, name := range connect(t).Actions() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := connect(t).Invoke(t.Context(), t, strings.TrimPrefix(name, "hwtasks_"), config(t, name))
				if got.Diagnostics != nil {
					t.Fatal(got.Diagnostics)
				}
				if last := got.Progress[len(got.Progress)-1]; !strings.Contains(last, ": succeeded") {
					t.Errorf("the last message is %q", last)
				}
			})
		})
	}
}

// config returns the config block of the action in its example.
func config(t *testing.T, name string) providertest.Args {
	t.Helper()
	file, diags := hclparse.NewParser().ParseHCLFile(filepath.Join("actions", name, "action.tf"))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	body, _ := file.Body.(*hclsyntax.Body)
	args := providertest.Args{}
	for _, block := range body.Blocks {
		if block.Type != "action" || block.Labels[0] != name {
			continue
		}
		for key, attribute := range block.Body.Blocks[0].Body.Attributes {
			value, diags := attribute.Expr.Value(nil)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			encoded, err := json.Marshal(ctyjson.SimpleJSONValue{Value: value})
			if err != nil {
				t.Fatal(err)
			}
			var decoded any
			if err := json.Unmarshal(encoded, &decoded); err != nil {
				t.Fatal(err)
			}
			if object, ok := decoded.(map[string]any); ok {
				decoded = providertest.Args(object)
			}
			args[key] = decoded
		}
	}
	if len(args) == 0 {
		t.Fatalf("the example has no action %s", name)
	}
	return args
}
