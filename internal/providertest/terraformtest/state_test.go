// SPDX-License-Identifier: MPL-2.0

package terraformtest_test

import (
	"encoding/json"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/terraformtest"
)

// TestExpectState_missesNothing checks the check that all whole-state tests rely on.
func TestExpectState_missesNothing(t *testing.T) {
	t.Parallel()
	state := &tfjson.State{Values: &tfjson.StateValues{RootModule: &tfjson.StateModule{Resources: []*tfjson.StateResource{{
		Address: "a", AttributeValues: map[string]any{"id": "x", "reason": nil, "tasks": []any{map[string]any{"port": json.Number("6379")}}},
	}}}}}
	tasks := []any{map[string]any{"port": 6379.0}}
	for _, tc := range []struct {
		name    string
		address string
		want    map[string]any
		ok      bool
	}{
		{"the same", "a", map[string]any{"id": "x", "reason": nil, "tasks": tasks}, true},
		{"an unexpected attribute", "a", map[string]any{"id": "x", "tasks": tasks}, false},
		{"a missing attribute", "a", map[string]any{"id": "x", "reason": nil, "tasks": tasks, "status": nil}, false},
		{"a list instead of null", "a", map[string]any{"id": "x", "reason": nil, "tasks": nil}, false},
		{"null instead of a list", "a", map[string]any{"id": "x", "reason": []any{}, "tasks": tasks}, false},
		{"another number in a list", "a", map[string]any{"id": "x", "reason": nil, "tasks": []any{map[string]any{"port": 1.0}}}, false},
		{"another data source", "b", map[string]any{"id": "x", "reason": nil, "tasks": tasks}, false},
	} {
		var resp statecheck.CheckStateResponse
		terraformtest.ExpectState(tc.address, tc.want).CheckState(t.Context(), statecheck.CheckStateRequest{State: state}, &resp)
		if (resp.Error == nil) != tc.ok {
			t.Errorf("%s: the check returns %v", tc.name, resp.Error)
		}
	}
}
