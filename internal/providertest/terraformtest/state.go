// SPDX-License-Identifier: MPL-2.0

package terraformtest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// ExpectState compares the whole state of a data source, so that an attribute
// that the test does not expect fails it, too. Values are those of
// providertest.ReadResult.
func ExpectState(address string, want map[string]any) statecheck.StateCheck {
	return stateCheck{address, want}
}

type stateCheck struct {
	address string
	want    map[string]any
}

// CheckState implements statecheck.StateCheck.
func (c stateCheck) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	resp.Error = fmt.Errorf("%s is not in the state", c.address)
	for _, r := range req.State.Values.RootModule.Resources {
		if r.Address == c.address {
			resp.Error = c.compare(r.AttributeValues)
		}
	}
}

func (c stateCheck) compare(got map[string]any) error {
	if difference := cmp.Diff(any(c.want), plain(got)); difference != "" {
		return fmt.Errorf("%s (-want +got):\n%s", c.address, difference)
	}
	return nil
}

// plain turns the numbers of a JSON value into float64.
func plain(value any) any {
	switch value := value.(type) {
	case json.Number:
		f, _ := value.Float64() // Terraform wrote it
		return f
	case []any:
		list := make([]any, len(value))
		for i, element := range value {
			list[i] = plain(element)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(value))
		for name, field := range value {
			object[name] = plain(field)
		}
		return object
	default:
		return value
	}
}
