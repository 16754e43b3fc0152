// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// attributes are the whole state of a data source, or of an object in it.
type attributes map[string]knownvalue.Check

// With returns the attributes with others added or replaced.
func (a attributes) With(others ...attributes) attributes {
	all := maps.Clone(a)
	for _, other := range others {
		maps.Copy(all, other)
	}
	return all
}

// absent are attributes that are null.
func absent(names ...string) attributes {
	a := attributes{}
	for _, name := range names {
		a[name] = null
	}
	return a
}

// The values of attributes, in the words of a table.
var (
	null  = knownvalue.Null()
	yes   = knownvalue.Bool(true)
	no    = knownvalue.Bool(false)
	empty = list()
)

func is(text string) knownvalue.Check { return knownvalue.StringExact(text) }

func list(elements ...knownvalue.Check) knownvalue.Check { return knownvalue.ListExact(elements) }

func mapObject(a attributes) knownvalue.Check { return knownvalue.ObjectExact(a) }

// number is a number as it was written, with all its digits.
func number(literal string) knownvalue.Check {
	f, _, err := big.ParseFloat(literal, 10, 512, big.ToNearestEven)
	if err != nil {
		panic(err) // a test has misspelt it
	}
	return knownvalue.NumberExact(f)
}

// readAt are the shared arguments of a read that was given none of them.
func readAt() attributes {
	return absent("wait_for", "poll_interval", "timeouts", "on_missing", "status_map").With(attributes{
		"region":     is(region),
		"project_id": is(projectID),
	})
}

// verdict are the attributes of a verdict without percentage and reason.
func result(id, state, summary string) attributes {
	boolean := knownvalue.Bool
	return absent("percent", "reason").With(attributes{
		"id":        is(id),
		"state":     is(state),
		"completed": boolean(state == "succeeded" || state == "failed"),
		"succeeded": boolean(state == "succeeded"),
		"failed":    boolean(state == "failed"),
		"found":     boolean(state != "missing"),
		"summary":   is(summary),
	})
}

// excused is what on_missing = "succeeded" makes of the verdict on a missing task.
var excused = attributes{"completed": yes, "succeeded": yes}

// stateCheck compares every attribute of a data source, so that one that nobody
// has thought of fails the test.
type stateCheck struct {
	address string
	want    attributes
}

func expectState(address string, want attributes) statecheck.StateCheck {
	return stateCheck{address, want}
}

// CheckState implements statecheck.StateCheck and tells all differences at once.
func (c stateCheck) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	for _, r := range req.State.Values.RootModule.Resources {
		if r.Address == c.address {
			resp.Error = c.compare(r.AttributeValues)
			return
		}
	}
	resp.Error = fmt.Errorf("%s is not in the state", c.address)
}

func (c stateCheck) compare(got map[string]any) error {
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, expected := c.want[name]; !expected {
			faults = append(faults, fmt.Errorf("%s.%s is in the state and nobody expects it: %v", c.address, name, got[name]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.want)) {
		value, there := got[name]
		if !there {
			faults = append(faults, fmt.Errorf("%s.%s is not in the state", c.address, name))
			continue
		}
		if err := c.want[name].CheckValue(value); err != nil {
			faults = append(faults, fmt.Errorf("%s.%s: %w", c.address, name, err))
		}
	}
	return errors.Join(faults...)
}

// wrapped matches words in their order in a text that Terraform has wrapped, in
// a frame of its own; the words of one argument follow one another directly.
func wrapped(sentences ...string) *regexp.Regexp {
	var patterns []string
	for _, sentence := range sentences {
		var words []string
		for word := range strings.FieldsSeq(sentence) {
			words = append(words, regexp.QuoteMeta(word))
		}
		patterns = append(patterns, strings.Join(words, `[\s│]+`))
	}
	return regexp.MustCompile(`(?s)` + strings.Join(patterns, `.*`))
}

func TestExpectState_missesNoAttribute(t *testing.T) {
	t.Parallel()
	state := map[string]any{"id": "x", "reason": nil, "tasks": []any{}}
	for _, tc := range []struct {
		name string
		want attributes
		err  string
	}{
		{"the same", attributes{"id": is("x"), "reason": null, "tasks": empty}, ""},
		{"one more in the state", attributes{"id": is("x"), "tasks": empty}, "a.reason is in the state and nobody expects it: <nil>"},
		{"one less in the state", attributes{"id": is("x"), "reason": null, "tasks": empty, "status": null}, "a.status is not in the state"},
		{"a list instead of null", attributes{"id": is("x"), "reason": null, "tasks": null}, "a.tasks: expected nil value for Null check, got: []interface {}"},
		{"null instead of a list", attributes{"id": is("x"), "reason": empty, "tasks": empty}, "a.reason: expected []any value for ListExact check, got: <nil>"},
		{"another text", attributes{"id": is("y"), "reason": null, "tasks": empty}, "a.id: expected value y for StringExact check, got: x"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var resp statecheck.CheckStateResponse
			expectState("a", tc.want).CheckState(t.Context(), statecheck.CheckStateRequest{State: &tfjson.State{
				Values: &tfjson.StateValues{RootModule: &tfjson.StateModule{
					Resources: []*tfjson.StateResource{{Address: "a", AttributeValues: state}},
				}},
			}}, &resp)
			if got := fmt.Sprint(resp.Error); got != tc.err && !(tc.err == "" && resp.Error == nil) {
				t.Errorf("the check says %s, want %s", got, tc.err)
			}
		})
	}
}
