// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/resources"
)

var (
	declaration = regexp.MustCompile(`(?m)^variable "(\w+)"`)

	// gateVariables has values for the variables of the examples.
	gateVariables = map[string]any{
		"job_id": jobID, "task_id": taskID, "backup_uid": snapshotID, "snapshot_id": snapshotID,
		"app_version": "1.4.0", "target_version": "v1.32", "number_of_nodes": 6,
	}
)

const requiredProviders = `
terraform {
  required_providers {
    huaweicloud = {
      source = "huaweicloud/huaweicloud"
    }
    hwtasks = {
      source = "hwtasks/hwtasks"
    }
  }
}
`

// TestGates plans the three examples of each gate resource as modules of one
// configuration.
func TestGates(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "", nil)
	examples := map[string]string{}
	for _, construct := range resources.All() {
		var meta resource.MetadataResponse
		construct().Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: provider.TypeName}, &meta)
		for _, example := range []string{"official", "script", "triggers"} {
			examples[meta.TypeName+"_"+example] = read(t, "resources/"+meta.TypeName+"/"+example+".tf")
		}
	}
	w.writeModules(t, examples)
	out := w.plan(t, 2)
	for name := range examples {
		if n := strings.Count(out, "# module."+name+".hwtasks_gate_"); n != 1 {
			t.Errorf("%s creates %d gates", name, n)
		}
	}
}

// writeModules writes a configuration with a module for each example, and with the
// outputs of the module as an output.
func (w *workspace) writeModules(t *testing.T, examples map[string]string) {
	t.Helper()
	modules, outputs := map[string]any{}, map[string]any{}
	for name, text := range examples {
		if err := os.Mkdir(filepath.Join(w.dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		w.write(t, name+"/main.tf", text+requiredProviders)
		arguments := map[string]any{"source": "./" + name}
		for _, match := range declaration.FindAllStringSubmatch(text, -1) {
			if arguments[match[1]] = gateVariables[match[1]]; arguments[match[1]] == nil {
				t.Errorf("%s: no value for the variable %s", name, match[1])
			}
		}
		modules[name] = arguments
		outputs[name] = map[string]any{"value": "${module." + name + "}"}
	}
	root, err := json.Marshal(map[string]any{"module": modules, "output": outputs})
	if err != nil {
		t.Fatal(err)
	}
	w.write(t, "main.tf.json", string(root))
	w.write(t, "main.tf", requiredProviders+"provider \"hwtasks\" {\n  region = \"cn-north-4\"\n}\n")
	if out, code := w.run(t, "get"); code != 0 {
		t.Fatalf("get: %s", out)
	}
}
