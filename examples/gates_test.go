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
	modules := map[string]any{}
	for _, construct := range resources.All() {
		var meta resource.MetadataResponse
		construct().Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: provider.TypeName}, &meta)
		for _, example := range []string{"official", "script", "triggers"} {
			text := read(t, "resources/"+meta.TypeName+"/"+example+".tf")
			folder := meta.TypeName + "_" + example
			if err := os.Mkdir(filepath.Join(w.dir, folder), 0o700); err != nil {
				t.Fatal(err)
			}
			w.write(t, folder+"/main.tf", text+requiredProviders)
			arguments := map[string]any{"source": "./" + folder}
			for _, match := range declaration.FindAllStringSubmatch(text, -1) {
				if arguments[match[1]] = gateVariables[match[1]]; arguments[match[1]] == nil {
					t.Errorf("%s: no value for the variable %s", folder, match[1])
				}
			}
			modules[folder] = arguments
		}
	}
	root, err := json.Marshal(map[string]any{"module": modules})
	if err != nil {
		t.Fatal(err)
	}
	w.write(t, "main.tf.json", string(root))
	w.write(t, "main.tf", requiredProviders+"provider \"hwtasks\" {\n  region = \"cn-north-4\"\n}\n")
	if out, code := w.run(t, "get"); code != 0 {
		t.Fatalf("get: %s", out)
	}
	out := w.plan(t, 2)
	for folder := range modules {
		if n := strings.Count(out, "# module."+folder+".hwtasks_gate_"); n != 1 {
			t.Errorf("%s creates %d gates", folder, n)
		}
	}
}
