// SPDX-License-Identifier: MPL-2.0

package providertest_test

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

func TestSources_areThoseOfTheProvider(t *testing.T) {
	t.Parallel()
	var want, got []string
	for _, s := range datasources.Sources() {
		want = append(want, s.Name()+": "+s.Noun())
	}
	for _, s := range providertest.Sources() {
		got = append(got, s.Name+": "+s.Noun)
	}
	testkit.Diff(t, "sources", want, got)
}

// TestSources_areComplete keeps tests that range over the table from testing
// nothing.
func TestSources_areComplete(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		for _, state := range []string{"running", "succeeded", "failed"} {
			if len(s.Statuses[state]) == 0 {
				t.Errorf("%s has no status for %s", s.Name, state)
			}
		}
		if len(s.Missing) == 0 || len(s.Samples) < 2 || s.Reason == "" || (s.Shape == providertest.List) != (len(s.OneTask) > 0 && len(s.Recent) > 0) {
			t.Errorf("the row of %s is incomplete", s.Name)
		}
	}
}

func TestSource_State_addsWhatSamplesLeaveOut(t *testing.T) {
	t.Parallel()
	s := providertest.Source{
		ID: "i", Args: providertest.Args{"job_id": "j"}, Fields: []string{"string: theName", "array: items", "number: items[].port"},
	}
	testkit.Diff(t, "state", map[string]any{
		"region": providertest.Region, "project_id": providertest.ProjectID, "job_id": "j",
		"wait_for": nil, "poll_interval": nil, "timeouts": nil, "on_missing": nil, "status_map": nil,
		"id": "i", "state": "failed", "completed": true, "succeeded": false, "failed": true, "found": true,
		"percent": nil, "reason": nil, "summary": nil, "the_name": "n",
		"items": []any{map[string]any{"port": nil}, map[string]any{"port": 1.0}},
	}, s.State(providertest.Sample{State: `{"state":"failed","the_name":"n","items":[{},{"port":1}]}`}))
}
