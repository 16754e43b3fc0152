// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/functions"
)

// all are the functions by their names, as Terraform knows them.
func all(t *testing.T) map[string]function.Function {
	t.Helper()
	byName := map[string]function.Function{}
	for _, construct := range functions.All() {
		f := construct()
		var meta function.MetadataResponse
		f.Metadata(t.Context(), function.MetadataRequest{}, &meta)
		byName[meta.Name] = f
	}
	return byName
}

func definition(t *testing.T, f function.Function) function.Definition {
	t.Helper()
	var resp function.DefinitionResponse
	f.Definition(t.Context(), function.DefinitionRequest{}, &resp)
	if resp.Diagnostics.HasError() {
		t.Fatal(resp.Diagnostics)
	}
	return resp.Definition
}

// answer is what a call returns: a value, or the sentence of an error and the
// argument that it blames.
type answer struct {
	Value    attr.Value
	Argument int64
	Error    string
}

func returns(value attr.Value) answer { return answer{Value: value} }

func refuses(argument int64, sentence string) answer {
	return answer{Argument: argument, Error: sentence}
}

// call calls a function as the framework does.
func call(t *testing.T, name string, arguments ...attr.Value) answer {
	t.Helper()
	f := all(t)[name]
	if f == nil {
		t.Fatalf("there is no function %s", name)
	}
	result, wrong := definition(t, f).Return.NewResultData(t.Context())
	if wrong != nil {
		t.Fatal(wrong)
	}
	resp := function.RunResponse{Result: result}
	f.Run(t.Context(), function.RunRequest{Arguments: function.NewArgumentsData(arguments)}, &resp)
	switch {
	case resp.Error == nil:
		return returns(resp.Result.Value())
	case resp.Error.FunctionArgument == nil:
		t.Fatalf("the error blames no argument: %s", resp.Error.Text)
	}
	return refuses(*resp.Error.FunctionArgument, resp.Error.Text)
}

// diff compares whole answers; values compare by their own method, types
// included.
func diff(t *testing.T, want, got answer) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the answer differs (-want +got) %s", d)
	}
}

func text(s string) attr.Value { return types.StringValue(s) }

func TestAll_areTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	type parameters struct{ Named, Variadic []string }
	got := map[string]parameters{}
	for name, f := range all(t) {
		var p parameters
		d := definition(t, f)
		for _, named := range d.Parameters {
			p.Named = append(p.Named, named.GetName())
		}
		if d.VariadicParameter != nil {
			p.Variadic = append(p.Variadic, d.VariadicParameter.GetName())
		}
		got[name] = p
	}
	want := map[string]parameters{
		"rfc3339":       {Named: []string{"timestamp"}, Variadic: []string{"utc_offset"}},
		"decode_detail": {Named: []string{"detail"}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAll_areValidToTerraform(t *testing.T) {
	t.Parallel()
	for name, f := range all(t) {
		var resp function.DefinitionValidateResponse
		definition(t, f).ValidateImplementation(t.Context(), function.DefinitionValidateRequest{FuncName: name}, &resp)
		if resp.Diagnostics.HasError() {
			t.Errorf("%s: %v", name, resp.Diagnostics)
		}
	}
}

func TestAll_areDescribedInWholeSentences(t *testing.T) {
	t.Parallel()
	for name, f := range all(t) {
		d := definition(t, f)
		if d.Summary == "" || strings.HasSuffix(d.Summary, ".") {
			t.Errorf("%s is summed up as %q", name, d.Summary)
		}
		described := []string{d.MarkdownDescription}
		for _, p := range slices.Concat(d.Parameters, []function.Parameter{d.VariadicParameter}) {
			if p != nil {
				described = append(described, p.GetMarkdownDescription())
			}
		}
		for _, text := range described {
			if !strings.HasSuffix(text, ".") || strings.TrimSpace(text) != text {
				t.Errorf("%s is described as %q", name, text)
			}
		}
	}
}
