// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// readSource reads a source as its variables say, and lets its own check read
// the result. A source without one is read for its shape and statuses.
func (s *survey) readSource(source providertest.Source) error {
	a := providertest.Args{"on_missing": "pending"} // a task that is gone is a finding
	for _, argument := range required(source) {
		a[argument] = given(source.Name, argument)
	}
	state, met, err := s.read(source.Name, a)
	if err != nil {
		return err
	}
	switch source.Name {
	case "dws_cluster_action":
		err = s.dwsAction(a, state, met)
	case "dcs_background_tasks":
		err = s.dcsTasks(a, met)
	case "dcs_job":
		s.dcsJob(met)
	case "cce_snapshot_tasks", "cce_autopilot_snapshot_tasks":
		s.cceBackups(source.Name, met)
	}
	return errors.Join(err, unrecognized(state))
}

// unrecognized is an error if the state, or that of a listed task, is unknown.
func unrecognized(state map[string]any) error {
	all := []any{state}
	for _, value := range state {
		list, _ := value.([]any)
		all = append(all, list...)
	}
	for _, value := range all {
		if object, ok := value.(map[string]any); ok && object["state"] == "unknown" {
			return errors.New("the provider does not recognize a status or a time: see the report")
		}
	}
	return nil
}

// timesOf are the times of a list's elements, as far as they can be read.
func timesOf(list []any, parse func(string) time.Time, path ...string) []time.Time {
	var times []time.Time
	for _, element := range list {
		if at := parse(text(member(element, path...))); !at.IsZero() {
			times = append(times, at)
		}
	}
	return times
}

// parsed is a time in a layout, zero if the text has another form.
func parsed(layout string) func(text string) time.Time {
	return func(text string) time.Time {
		at, _ := time.Parse(layout, text) // zero after an error
		return at
	}
}

func orderOf(times []time.Time) string {
	distinct := map[time.Time]bool{}
	for _, at := range times {
		distinct[at.UTC()] = true
	}
	switch {
	case len(distinct) < 2:
		return "too few times to see an order"
	case slices.IsSortedFunc(times, time.Time.Compare):
		return "oldest first"
	case slices.IsSortedFunc(times, func(a, b time.Time) int { return b.Compare(a) }):
		return "newest first"
	default:
		return "in no order of creation"
	}
}

func age(at, now time.Time) string { return fmt.Sprintf("%dd old", int(now.Sub(at).Hours()/24)) }
