// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// flattened are all attributes, nested ones by their path.
func flattened(prefix string, nested map[string]schema.Attribute) map[string]schema.Attribute {
	all := map[string]schema.Attribute{}
	for name, attribute := range nested {
		all[prefix+name] = attribute
		switch parent := attribute.(type) {
		case schema.SingleNestedAttribute:
			maps.Copy(all, flattened(prefix+name+".", parent.Attributes))
		case schema.ListNestedAttribute:
			maps.Copy(all, flattened(prefix+name+".", parent.NestedObject.Attributes))
		}
	}
	return all
}

// TestSchema_hasAnAttributeForEachDocumentedMember and no others.
func TestSchema_hasAnAttributeForEachDocumentedMember(t *testing.T) {
	t.Parallel()
	for _, s := range datasources.Sources() {
		got := slices.Sorted(maps.Keys(flattened("", s.Schema().Attributes)))
		testkit.Diff(t, s.Name(), providertest.SourceNamed(s.Name()).Attributes(), got)
	}
}

func TestSchema_isDescribedInWholeSentences(t *testing.T) {
	t.Parallel()
	isSentence := func(text string) bool {
		return strings.HasSuffix(text, ".") && strings.TrimSpace(text) == text && text != "."
	}
	for _, s := range datasources.Sources() {
		if text := s.Schema().MarkdownDescription; !isSentence(text) {
			t.Errorf("%s is described as %q", s.Name(), text)
		}
		for name, attribute := range flattened("", s.Schema().Attributes) {
			if text := attribute.GetMarkdownDescription(); !isSentence(text) {
				t.Errorf("%s.%s is described as %q", s.Name(), name, text)
			}
		}
	}
}

func TestSchema_isValid(t *testing.T) {
	t.Parallel()
	for _, s := range datasources.Sources() {
		if diagnostics := s.Schema().ValidateImplementation(t.Context()); diagnostics.HasError() {
			t.Errorf("%s: %v", s.Name(), diagnostics)
		}
	}
}

// TestSchema_describesPercent compares the description with the documented example.
func TestSchema_describesPercent(t *testing.T) {
	t.Parallel()
	for _, s := range datasources.Sources() {
		reported := strings.Contains(providertest.SourceNamed(s.Name()).Samples[0].State, `"percent":`)
		text := s.Schema().Attributes["percent"].GetMarkdownDescription()
		if always := strings.HasPrefix(text, "Always null"); always == reported {
			t.Errorf("%s.percent is described as %q, but the example has it: %t", s.Name(), text, reported)
		}
	}
}
