// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"os"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// dwsAction reads the action twice. It may be over by now, which is a finding
// and no fault.
func (s *survey) dwsAction() error {
	ask := providertest.Args{"cluster_id": os.Getenv(dwsCluster), "action_name": os.Getenv(dwsAction), "on_missing": "pending"}
	state, first, err := s.read("dws_cluster_action", ask)
	if err != nil {
		return err
	}
	_, second, err := s.read("dws_cluster_action", ask)
	if err != nil {
		return err
	}
	a, b := last(first, "/"+os.Getenv(dwsAction)), last(second, "/"+os.Getenv(dwsAction))
	switch before, after := text(member(a.body, "id")), text(member(b.body, "id")); {
	case before == "" && after == "":
		s.tell(dwsAbsence, "%s: %s, which the provider takes for %s", os.Getenv(dwsAction), a.outcome(), state["state"])
	case before == after:
		s.tell(dwsID, "the same in both of two reads")
	default:
		s.tell(dwsID, "another in the second of two reads")
	}
	if newest := newestOf(b.body); !newest.IsZero() && state["state"] == "running" {
		s.tell(dwsZone, "of a running action, read as UTC, the newest lies %s after the service's clock", newest.Sub(b.date).Round(15*time.Minute))
	}
	return unclassified(state, "")
}

// newestOf is the latest time of an action, read as UTC.
func newestOf(action any) time.Time {
	times := []any{member(action, "submit_time")}
	for _, item := range elements(action, "items") {
		for _, sub := range elements(item, "sub_items") {
			times = append(times, member(sub, "begin_time"), member(sub, "end_time"))
		}
	}
	var newest time.Time
	for _, each := range times {
		if at, err := time.Parse(time.DateTime, text(each)); err == nil && at.After(newest) {
			newest = at
		}
	}
	return newest
}

// dwsOthers reads all the names of actions, of which most are absent most of the
// time, and lets the provider prove the absence of one that may be over.
func (s *survey) dwsOthers() error {
	ask := providertest.Args{"cluster_id": os.Getenv(dwsCluster)}
	proven := false
	for _, name := range client.DWSActionNames() {
		if name == os.Getenv(dwsAction) {
			continue
		}
		state, met, err := s.read("dws_cluster_action", ask.With(providertest.Args{"action_name": name, "on_missing": "pending"}))
		if len(met) == 0 || met[len(met)-1].forbidden() {
			return err
		}
		s.tell(dwsAbsence, "%s: %s, which the provider takes for %s", name, last(met, "/"+name).outcome(), verdictOf(state, err))
		if _, passing := client.DWSFailureNames[name]; err != nil || !passing || state["state"] != "missing" || proven {
			continue
		}
		proven = true
		state, met, err = s.read("dws_cluster_action", ask.With(providertest.Args{"action_name": name, "on_missing": "succeeded"}))
		if err != nil {
			return err
		}
		s.tell(dwsAbsence, "%s, if it counts as succeeded once it is absent: %s after %d requests", name, state["state"], len(met))
	}
	return nil
}
