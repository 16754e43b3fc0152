// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// TestMarkdown_configurationIsValidAndFormatted reads each block of HCL in
// all Markdown files: whether it is HCL, whether "terraform fmt" would leave it
// as it is, and whether what it says of this provider is in the schema.
func TestMarkdown_configurationIsValidAndFormatted(t *testing.T) {
	t.Parallel()
	server, wrong := providertest.Connect(t, provider.NewWithTransport("test", fakecloud.New().Transport()), providertest.Args{})
	if wrong != nil {
		t.Fatal(wrong)
	}
	seen := 0
	for _, p := range pages(t) {
		for _, block := range p.blocks {
			switch block.language {
			case "hcl", "terraform", "tf":
			default:
				continue
			}
			seen++
			where := fmt.Sprintf("%s:%d", p.name, block.line)
			file, diags := hclsyntax.ParseConfig([]byte(block.text), where, hcl.InitialPos)
			if diags.HasErrors() {
				t.Errorf("%s is not valid HCL: %s", where, diags)
				continue
			}
			if formatted := string(hclwrite.Format([]byte(block.text))); formatted != block.text {
				t.Errorf("%s is not formatted; it should be:\n%s", where, formatted)
			}
			body, _ := file.Body.(*hclsyntax.Body)
			for _, problem := range unknownNames(server, body) {
				t.Errorf("%s: %s", where, problem)
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d blocks were found", seen)
	}
}

// unknownNames lists arguments and attributes of this provider that its schema
// does not have.
func unknownNames(server *providertest.Server, body *hclsyntax.Body) []string {
	var problems []string
	for _, block := range body.Blocks {
		problems = append(problems, unknownNames(server, block.Body)...) // data within check, override_data within run …
		if len(block.Labels) == 0 || !strings.HasPrefix(block.Labels[0], "hwtasks_") {
			continue
		}
		var schema *tfprotov6.Schema
		arguments := block.Body.Attributes
		switch block.Type {
		case "data":
			schema = server.DataSourceSchema(block.Labels[0])
		case "resource":
			schema = server.ResourceSchema(block.Labels[0])
		case "action":
			if slices.Contains(server.Actions(), block.Labels[0]) && len(block.Body.Blocks) == 1 {
				schema, arguments = server.ActionSchema(block.Labels[0]), block.Body.Blocks[0].Body.Attributes
			}
		}
		if schema == nil {
			problems = append(problems, fmt.Sprintf("there is no %s %q", block.Type, block.Labels[0]))
			continue
		}
		for name := range arguments {
			if !has(schema, name) && !slices.Contains([]string{"count", "for_each", "depends_on", "provider"}, name) {
				problems = append(problems, fmt.Sprintf("%s has no argument %s", block.Labels[0], name))
			}
		}
	}
	_ = hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
		if expression, ok := node.(*hclsyntax.ScopeTraversalExpr); ok {
			problems = append(problems, unknownAttribute(server, expression.Traversal)...)
		}
		return nil
	})
	return problems
}

// unknownAttribute checks a traversal such as data.hwtasks_dcs_job.it.state.
func unknownAttribute(server *providertest.Server, traversal hcl.Traversal) []string {
	var names []string
	for _, step := range traversal {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			names = append(names, step.Name)
		case hcl.TraverseAttr:
			names = append(names, step.Name)
		}
	}
	if len(names) > 2 && strings.HasPrefix(names[0], "hwtasks_gate_") {
		if schema := server.ResourceSchema(names[0]); schema == nil || !has(schema, names[2]) {
			return []string{fmt.Sprintf("%s has no attribute %s", names[0], names[2])}
		}
	}
	if len(names) < 4 || names[0] != "data" || !strings.HasPrefix(names[1], "hwtasks_") {
		return nil
	}
	if schema := server.DataSourceSchema(names[1]); schema == nil || !has(schema, names[3]) {
		return []string{fmt.Sprintf("%s has no attribute %s", names[1], names[3])}
	}
	return nil
}

func has(schema *tfprotov6.Schema, name string) bool {
	return slices.ContainsFunc(schema.Block.Attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == name })
}
