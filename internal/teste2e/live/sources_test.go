// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
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
	case "dws_job":
		s.dwsJob(state, met)
	case "dws_snapshot":
		s.dwsSnapshot(state, met)
	case "cce_snapshot_tasks", "cce_autopilot_snapshot_tasks":
		s.cceBackups(source.Name, met)
	case "cce_job", "cce_autopilot_job":
		err = s.cceJob(source.Name, a, met)
	case "cce_upgrade_task", "cce_autopilot_upgrade_task":
		s.cceUpgrade(source.Name, state, met)
	}
	return errors.Join(err, unrecognized(state))
}

// made are IDs in the form of each source that name no task.
var made = map[string]string{
	"dcs_job":                    strings.Repeat("0", 32), // IDs of jobs have 32 digits, and are not all zeros
	"dws_job":                    strings.Repeat("0", 32),
	"dws_snapshot":               noUUID,
	"cce_job":                    noUUID,
	"cce_autopilot_job":          noUUID,
	"cce_upgrade_task":           noUUID,
	"cce_autopilot_upgrade_task": noUUID,
}

const noUUID = "00000000-0000-0000-0000-000000000000"

// absentChecks read a task that does not exist from each of those sources.
func absentChecks() []check {
	var all []check
	for _, source := range providertest.Sources() {
		id := made[source.Name]
		if id == "" {
			continue
		}
		arguments := required(source)
		c := check{name: "no such " + source.Name, needs: []string{region}, run: func(s *survey) error { return s.absent(source, id) }}
		if len(arguments) > 1 {
			c.needs = append(c.needs, variable(source.Name, arguments[0]))
		}
		all = append(all, c)
	}
	return all
}

func (s *survey) absent(source providertest.Source, id string) error {
	a := providertest.Args{"on_missing": "pending"}
	for _, argument := range required(source) {
		a[argument] = given(source.Name, argument)
	}
	a[required(source)[len(required(source))-1]] = id
	state, met, err := s.read(source.Name, a)
	if len(met) == 0 || met[len(met)-1].forbidden() {
		return err
	}
	q := map[string]*question{"dcs": dcsNoJob, "dws": dwsNoJob, "cce": cceNoTask}[source.Service]
	s.answer(q, "%s: %s, which the provider reads as %s", source.Name, met[len(met)-1].outcome(), stateOf(state, err))
	return nil
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
		if at := parse(text(field(element, path...))); !at.IsZero() {
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
