// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/functions"
)

// TestMain removes provider settings, because functions must work without them.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"HW_", "HUAWEICLOUD_SDK_", "CLOUD_SDK_"} {
			if strings.HasPrefix(name, prefix) {
				_ = os.Unsetenv(name) // fails only for invalid names
			}
		}
	}
	_ = os.Setenv("CHECKPOINT_DISABLE", "1") // no requests for updates by Terraform
	os.Exit(m.Run())
}

// all returns the functions by name.
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

// result is the outcome of a call: a value, or an error and its argument.
type result struct {
	Value    attr.Value
	Argument int64
	Error    string
}

// call runs a function as the framework does.
func call(t *testing.T, name string, arguments ...attr.Value) result {
	t.Helper()
	f := all(t)[name]
	if f == nil {
		t.Fatalf("no function %s", name)
	}
	data, funcErr := definition(t, f).Return.NewResultData(t.Context())
	if funcErr != nil {
		t.Fatal(funcErr)
	}
	resp := function.RunResponse{Result: data}
	f.Run(t.Context(), function.RunRequest{Arguments: function.NewArgumentsData(arguments)}, &resp)
	switch {
	case resp.Error == nil:
		return result{Value: resp.Result.Value()}
	case resp.Error.FunctionArgument == nil:
		t.Fatalf("error without an argument: %s", resp.Error.Text)
	}
	return result{Argument: *resp.Error.FunctionArgument, Error: resp.Error.Text}
}

// diff compares results, including the types of values.
func diff(t *testing.T, want, got result) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got) %s", d)
	}
}

func text(s string) attr.Value { return types.StringValue(s) }

func TestAll_descriptionsAreSentences(t *testing.T) {
	t.Parallel()
	for name, f := range all(t) {
		d := definition(t, f)
		descriptions := []string{d.MarkdownDescription}
		for _, p := range d.Parameters {
			descriptions = append(descriptions, p.GetMarkdownDescription())
		}
		if d.VariadicParameter != nil {
			descriptions = append(descriptions, d.VariadicParameter.GetMarkdownDescription())
		}
		for _, description := range descriptions {
			if !strings.HasSuffix(description, ".") || strings.TrimSpace(description) != description {
				t.Errorf("%s has the description %q", name, description)
			}
		}
		if d.Summary == "" || strings.HasSuffix(d.Summary, ".") {
			t.Errorf("%s has the summary %q", name, d.Summary)
		}
	}
}
