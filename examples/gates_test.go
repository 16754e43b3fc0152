// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/resources"
)

var (
	declaration = regexp.MustCompile(`(?m)^variable "(\w+)"`)

	// gateVariables are values for the variables of the examples.
	gateVariables = map[string]any{
		"job_id": jobID, "task_id": taskID, "backup_uid": snapshotID, "snapshot_id": snapshotID,
		"app_version": "1.4.0", "target_version": "v1.32", "number_of_nodes": 6,
	}
)

// TestGates_ofTheExamplesArePlanned plans the three examples of each gate, all in
// one configuration of modules.
func TestGates_ofTheExamplesArePlanned(t *testing.T) {
	t.Parallel()
	s := set(t, "", nil)
	modules := map[string]any{}
	for _, construct := range resources.All() {
		var meta resource.MetadataResponse
		construct().Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: provider.TypeName}, &meta)
		for _, example := range []string{"official", "script", "triggers"} {
			text, err := os.ReadFile(filepath.Join("resources", meta.TypeName, example+".tf"))
			if err != nil {
				t.Fatal(err)
			}
			if strings.Count(string(text), "resource \""+meta.TypeName+"\"") != 1 {
				t.Errorf("%s of %s has not one gate", example, meta.TypeName)
			}
			folder := meta.TypeName + "_" + example
			if err := os.Mkdir(filepath.Join(s.dir, folder), 0o700); err != nil {
				t.Fatal(err)
			}
			s.write(t, filepath.Join(folder, "main.tf"), string(text)+requiredProviders)
			arguments := map[string]any{"source": "./" + folder}
			for _, match := range declaration.FindAllStringSubmatch(string(text), -1) {
				value, ok := gateVariables[match[1]]
				if !ok {
					t.Errorf("%s of %s has the variable %s, for which the test has no value", example, meta.TypeName, match[1])
				}
				arguments[match[1]] = value
			}
			modules[folder] = arguments
		}
	}
	root, err := json.Marshal(map[string]any{"module": modules})
	if err != nil {
		t.Fatal(err)
	}
	s.write(t, "main.tf.json", string(root))
	s.write(t, "main.tf", requiredProviders+"provider \"hwtasks\" {\n  region = \"cn-north-4\"\n}\n")
	if out, code := s.run(t, "get"); code != 0 {
		t.Fatalf("the modules cannot be installed: %s", out)
	}
	out, code := s.run(t, "plan", "-input=false", "-no-color")
	if code != 0 {
		t.Fatalf("the plan ends with %d:\n%s", code, out)
	}
	for _, folder := range slices.Sorted(maps.Keys(modules)) {
		if address := fmt.Sprintf("module.%s.hwtasks_gate_", folder); strings.Count(out, address) != 1 {
			t.Errorf("the plan does not create one gate in %s", folder)
		}
	}
}

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
