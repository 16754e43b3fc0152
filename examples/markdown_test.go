// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
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

// page is a Markdown file.
type page struct {
	prose  string // without code blocks
	blocks []codeBlock
}

type codeBlock struct {
	line     int // of the fence
	language string
	text     string // without the indentation of the fence
}

var fenced = regexp.MustCompile("(?s)(?:^|\n)( *)```([a-z]*)\n(.*?) *```\n")

func parsePage(source string) page {
	p := page{prose: fenced.ReplaceAllString(source, "\n")}
	for _, at := range fenced.FindAllStringSubmatchIndex(source, -1) {
		indent, text := source[at[2]:at[3]], source[at[6]:at[7]]
		p.blocks = append(p.blocks, codeBlock{
			line: 1 + strings.Count(source[:at[2]], "\n"), language: source[at[4]:at[5]],
			text: strings.TrimPrefix(strings.ReplaceAll("\n"+text, "\n"+indent, "\n"), "\n"),
		})
	}
	return p
}

// pages returns all Markdown files of the project by path.
func pages(t *testing.T) map[string]page {
	t.Helper()
	all := map[string]page{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (entry.Name()[0] == '.' || entry.Name() == "dist"):
			return fs.SkipDir
		case path.Ext(name) == ".md":
			all[name] = parsePage(read(t, "../"+name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestMarkdown_hcl checks each block of HCL in Markdown: the syntax, the format, and
// the names of this provider's arguments and attributes.
func TestMarkdown_hcl(t *testing.T) {
	t.Parallel()
	server := providertest.MustConnect(t, provider.NewWithTransport("test", fakecloud.New().Transport()), providertest.Settings())
	checked := 0
	for name, p := range pages(t) {
		for _, block := range p.blocks {
			if !slices.Contains([]string{"hcl", "terraform", "tf"}, block.language) {
				continue
			}
			checked++
			where := fmt.Sprintf("%s:%d", name, block.line)
			file, diags := hclsyntax.ParseConfig([]byte(block.text), where, hcl.InitialPos)
			if diags.HasErrors() {
				t.Errorf("%s: %s", where, diags)
				continue
			}
			if formatted := string(hclwrite.Format([]byte(block.text))); formatted != block.text {
				t.Errorf("%s should have the format:\n%s", where, formatted)
			}
			body, _ := file.Body.(*hclsyntax.Body)
			for _, problem := range unknownNames(server, body) {
				t.Errorf("%s: %s", where, problem)
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d blocks are checked", checked)
	}
}

// TestMarkdown_blocks checks that each block has a language, and that what is meant to
// be pasted has no comments, which belong in sentences, and no prompts.
func TestMarkdown_blocks(t *testing.T) {
	t.Parallel()
	for name, p := range pages(t) {
		for _, block := range p.blocks {
			where := fmt.Sprintf("%s:%d", name, block.line)
			if block.language == "" {
				t.Errorf("%s has no language", where)
			}
			if found := prompt.FindString(block.text); found != "" {
				t.Errorf("%s has the prompt %q", where, found)
			}
			if found := remark.FindString(block.text); found != "" && slices.Contains([]string{"hcl", "terraform", "sh"}, block.language) {
				t.Errorf("%s has the comment %q", where, found)
			}
		}
	}
}

var (
	prompt = regexp.MustCompile(`(?m)^\$ .*`)
	remark = regexp.MustCompile(`(?m)(^| )# .*`)
)

// TestMarkdown_ownURLs checks links and images of this repository that pages of the
// registry have as URLs, since they are not next to its files there.
func TestMarkdown_ownURLs(t *testing.T) {
	t.Parallel()
	all := pages(t)
	found := 0
	for name, p := range all {
		for _, link := range ownURL.FindAllStringSubmatch(p.prose, -1) {
			found++
			if _, err := os.Stat(filepath.FromSlash("../" + link[1])); err != nil {
				t.Errorf("%s links to %s, which does not exist", name, link[1])
			}
			if link[2] != "" && !slices.ContainsFunc(heading.FindAllString(all[link[1]].prose, -1), func(text string) bool { return slug(text) == link[2] }) {
				t.Errorf("%s links to %s, which has no heading %s", name, link[1], link[2])
			}
		}
	}
	if found < 5 {
		t.Errorf("only %d links are checked", found)
	}
}

var (
	ownURL  = regexp.MustCompile(`https://(?:raw\.githubusercontent\.com/hwtasks/terraform-provider-hwtasks/main|github\.com/hwtasks/terraform-provider-hwtasks/(?:blob|tree)/main)/([^)#]+)(?:#([^)]+))?`)
	heading = regexp.MustCompile(`(?m)^#+ .*`)
)

// slug is the anchor of a heading.
func slug(heading string) string {
	text := strings.ToLower(strings.TrimSpace(strings.TrimLeft(heading, "#")))
	return strings.ReplaceAll(regexp.MustCompile(`[^\p{L}\p{N}_ -]`).ReplaceAllString(text, ""), " ", "-")
}

// unknownNames reports names of this provider that its schema does not have.
func unknownNames(server *providertest.Server, body *hclsyntax.Body) []string {
	var problems []string
	for _, block := range body.Blocks {
		problems = append(problems, unknownNames(server, block.Body)...) // data in check, override_data in run, …
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
			problems = append(problems, fmt.Sprintf("no %s %s", block.Type, block.Labels[0]))
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
			if problem := unknownAttribute(server, expression.Traversal); problem != "" {
				problems = append(problems, problem)
			}
		}
		return nil
	})
	return problems
}

// unknownAttribute checks a reference such as data.hwtasks_dcs_job.it.state or
// hwtasks_gate_dcs_job.it.summary.
func unknownAttribute(server *providertest.Server, traversal hcl.Traversal) string {
	names := []string{traversal.RootName()}
	for _, step := range traversal[1:] {
		if attribute, ok := step.(hcl.TraverseAttr); ok {
			names = append(names, attribute.Name)
		}
	}
	schemaOf := server.ResourceSchema
	if names[0] == "data" {
		names, schemaOf = names[1:], server.DataSourceSchema
	}
	if len(names) < 3 || !strings.HasPrefix(names[0], "hwtasks_") {
		return ""
	}
	if schema := schemaOf(names[0]); schema == nil || !has(schema, names[2]) {
		return fmt.Sprintf("%s has no attribute %s", names[0], names[2])
	}
	return ""
}

func has(schema *tfprotov6.Schema, name string) bool {
	return slices.ContainsFunc(schema.Block.Attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == name })
}
