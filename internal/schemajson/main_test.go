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
)

// TestMain lets the test binary play the provider as well: Terraform starts it
// under a provider's file name and with the cookie that every plugin is given.
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

// document is as much of the format as the comparison needs to know.
type document struct {
	FormatVersion string                    `json:"format_version"`
	Schemas       map[string]map[string]any `json:"provider_schemas"`
}

func TestWrite_agreesWithTerraform(t *testing.T) {
	for name, newProvider := range providers() {
		t.Run(name, func(t *testing.T) {
			cli := findCLI(t)
			want := cli.schema(t, name)

			key := cli.registry + "/hwtasks/" + name
			got := parse(t, written(t, key, newProvider()))
			for part, since := range cli.since {
				if cli.version.LessThan(version.Must(version.NewVersion(since))) {
					t.Logf("%s %s knows no %s: not compared", cli.name, cli.version, part)
					delete(got.Schemas[key], part)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the schema differs from that of %s (-) %s", cli.name, diff)
			}
		})
	}
}

// TestWrite_printsActions does without Terraform, which knows actions from 1.14 on.
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

func TestProviderSchema_refusesWhatItCannotConvert(t *testing.T) {
	_, err := providerSchema(&tfprotov6.GetProviderSchemaResponse{
		ResourceSchemas: map[string]*tfprotov6.Schema{"shapes_thing": {}},
	})
	want := "only data sources, functions and actions are converted; teach schemajson the other kinds first"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestSignature_keepsTheDeprecation stands apart: OpenTofu does not print it.
func TestSignature_keepsTheDeprecation(t *testing.T) {
	got, err := signature(&tfprotov6.Function{
		DeprecationMessage: "Look for yourself.",
		Return:             &tfprotov6.FunctionReturn{Type: tftypes.String},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.DeprecationMessage != "Look for yourself." {
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

// cli is Terraform or OpenTofu, and from which release on it prints what.
type cli struct {
	name, path, registry string
	version              *version.Version
	since                map[string]string
}

// findCLI fails rather than skips: one of the two is a prerequisite of the
// project's tests, and a skipped comparison is one that nobody misses.
func findCLI(t *testing.T) cli {
	t.Helper()
	known := []cli{
		{name: "terraform", registry: "registry.terraform.io", since: map[string]string{"functions": "1.8.0", "action_schemas": "1.14.0"}},
		// OpenTofu has no actions so far.
		{name: "tofu", registry: "registry.opentofu.org", since: map[string]string{"functions": "1.7.0", "action_schemas": "99.0.0"}},
	}
	for _, c := range known {
		path, err := exec.LookPath(c.name)
		if err != nil {
			continue
		}
		c.path = path
		var answer struct {
			Version *version.Version `json:"terraform_version"`
		}
		if err := json.Unmarshal(c.run(t, t.TempDir(), "", "version", "-json"), &answer); err != nil {
			t.Fatal(err)
		}
		c.version = answer.Version.Core()
		return c
	}
	t.Fatal("neither terraform nor tofu is on PATH")
	return cli{}
}

// schema asks for the schema of this very test binary.
func (c cli) schema(t *testing.T, name string) document {
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
	return parse(t, c.run(t, dir, settings, "providers", "schema", "-json"))
}

func (c cli) run(t *testing.T, dir, settings string, arguments ...string) []byte {
	t.Helper()
	command := exec.CommandContext(t.Context(), c.path, arguments...)
	command.Dir = dir
	command.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE="+settings)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", c.name, strings.Join(arguments, " "), err, stderr.String())
	}
	return output
}

func save(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
