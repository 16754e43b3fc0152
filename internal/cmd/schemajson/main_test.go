// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
	framework "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/terraformcli"
)

// TestMain makes the test binary a provider if Terraform starts it: with the
// cookie of a plugin, and under a provider's file name.
func TestMain(m *testing.M) {
	if os.Getenv("TF_PLUGIN_MAGIC_COOKIE") == "" {
		os.Exit(m.Run())
	}
	name := strings.TrimPrefix(filepath.Base(os.Args[0]), "terraform-provider-")
	err := providerserver.Serve(context.Background(), providers()[name], providerserver.ServeOpts{
		Address: "registry.terraform.io/hwtasks/" + name,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func providers() map[string]func() framework.Provider {
	return map[string]func() framework.Provider{
		"shapes":  func() framework.Provider { return shapes{} },
		"hwtasks": provider.New("test"),
	}
}

// document is the part of the format that the comparison needs.
type document struct {
	FormatVersion string                    `json:"format_version"`
	Schemas       map[string]map[string]any `json:"provider_schemas"`
}

func TestWrite_agreesWithTerraform(t *testing.T) {
	for name, newProvider := range providers() {
		t.Run(name, func(t *testing.T) {
			// Fatal, not skipped: Terraform or OpenTofu is a prerequisite of the tests.
			cli, err := terraformcli.Find(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			want := printed(t, cli, name)

			key := cli.Registry + "/hwtasks/" + name
			got := parse(t, written(t, key, newProvider()))
			for part, first := range since[cli.Name] {
				if cli.Version.Core().LessThan(version.Must(version.NewVersion(first))) {
					t.Logf("%s does not support %s: not compared", cli, part)
					delete(got.Schemas[key], part)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the schema differs from that of %s (-) %s", cli, diff)
			}
		})
	}
}

// TestWrite_printsActions does not need Terraform, which has actions from 1.14 on.
func TestWrite_printsActions(t *testing.T) {
	var want any
	err := json.Unmarshal([]byte(`{
		"shapes_act": {
			"block": {
				"attributes": {
					"id": {
						"type": "string",
						"description": "What to do it to.",
						"description_kind": "markdown",
						"required": true
					},
					"how": {
						"nested_type": {
							"attributes": {
								"deep": {"type": "bool", "description_kind": "plain", "optional": true}
							},
							"nesting_mode": "single"
						},
						"description_kind": "plain",
						"optional": true
					}
				},
				"description": "Does `+"`nothing`"+`.",
				"description_kind": "markdown"
			}
		}
	}`), &want)
	if err != nil {
		t.Fatal(err)
	}
	got := parse(t, written(t, "shapes", shapes{})).Schemas["shapes"]["action_schemas"]
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestProviderSchema_rejectsWhatItCannotConvert(t *testing.T) {
	_, err := providerSchema(&tfprotov6.GetProviderSchemaResponse{
		EphemeralResourceSchemas: map[string]*tfprotov6.Schema{"shapes_thing": {}},
	})
	want := "schemajson converts only resources, data sources, functions, and actions; add the other kinds first"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestSignature_keepsTheDeprecation does not compare: OpenTofu does not print it.
func TestSignature_keepsTheDeprecation(t *testing.T) {
	got, err := signature(&tfprotov6.Function{
		DeprecationMessage: "Use another function.",
		Return:             &tfprotov6.FunctionReturn{Type: tftypes.String},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.DeprecationMessage != "Use another function." {
		t.Errorf("got %q", got.DeprecationMessage)
	}
}

func written(t *testing.T, key string, p framework.Provider) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(t.Context(), &b, key, providerserver.NewProtocol6(p)()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func parse(t *testing.T, text []byte) document {
	t.Helper()
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return d
}

// since is the first release that prints a part of the schema. OpenTofu has no
// actions yet.
var since = map[string]map[string]string{
	"Terraform": {"functions": "1.8.0", "action_schemas": "1.14.0"},
	"OpenTofu":  {"functions": "1.7.0", "action_schemas": "99.0.0"},
}

// printed returns the schema of this test binary as Terraform prints it.
func printed(t *testing.T, cli terraformcli.CLI, name string) document {
	t.Helper()
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(dir, "terraform-provider-"+name)); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(dir, "cli.tfrc")
	save(t, settings, fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"hwtasks/%s\" = %q\n  }\n}\n", name, dir))
	save(t, filepath.Join(dir, "main.tf"), fmt.Sprintf("terraform {\n  required_providers {\n    %[1]s = {\n      source = \"hwtasks/%[1]s\"\n    }\n  }\n}\n", name))

	command := exec.CommandContext(t.Context(), cli.Path, "providers", "schema", "-json")
	command.Dir = dir
	command.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE="+settings)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cli, err, stderr.String())
	}
	d := parse(t, output)
	for _, parts := range d.Schemas {
		dropMessages(parts)
	}
	return d
}

// dropMessages removes the deprecation messages of OpenTofu 1.12 and later, for
// which terraform-json has no field.
func dropMessages(value any) {
	switch value := value.(type) {
	case map[string]any:
		delete(value, "deprecation_message")
		for _, member := range value {
			dropMessages(member)
		}
	case []any:
		for _, element := range value {
			dropMessages(element)
		}
	}
}

func save(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
