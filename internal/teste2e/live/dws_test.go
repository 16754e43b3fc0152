// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// dwsAction reads the cluster task once more. It may be over by now, which is a
// finding.
func (s *survey) dwsAction(a providertest.Args, state map[string]any, met []exchange) error {
	name := given("dws_cluster_action", "action_name")
	_, again, err := s.read("dws_cluster_action", a)
	if err != nil {
		return err
	}
	first, second := last(met, "/"+name), last(again, "/"+name)
	for _, key := range []string{"id", "submit_time"} {
		switch before, after := text(field(first.body, key)), text(field(second.body, key)); {
		case before == "" && after == "":
		case before == after:
			s.answer(dwsID, "%s: the same in two reads", key)
		default:
			s.answer(dwsID, "%s: another in the second read", key)
		}
	}
	if text(field(first.body, "status")) == "" {
		s.answer(dwsAbsence, "%s: %s, which the provider reads as %s", name, first.outcome(), state["state"])
	}
	if newest := newestOf(second.body); !newest.IsZero() && state["state"] == "running" {
		s.answer(dwsZone, "of a running task, read as UTC, the newest time is %s after the service's clock", newest.Sub(second.date).Round(15*time.Minute))
	}
	return nil
}

// newestOf is the latest time of an action, read as UTC.
func newestOf(action any) time.Time {
	times := []any{field(action, "submit_time")}
	for _, item := range elements(action, "items") {
		for _, sub := range elements(item, "sub_items") {
			times = append(times, field(sub, "begin_time"), field(sub, "end_time"))
		}
	}
	var newest time.Time
	for _, value := range times {
		if at, err := time.Parse(time.DateTime, text(value)); err == nil && at.After(newest) {
			newest = at
		}
	}
	return newest
}

// dwsOtherActions reads every other action, most of which are absent most of the
// time, and lets the provider wait until one of them counts as succeeded.
func (s *survey) dwsOtherActions() error {
	traced := false
	for _, name := range client.DWSActionNames() {
		if name == given("dws_cluster_action", "action_name") {
			continue
		}
		a := providertest.Args{"cluster_id": given("dws_cluster_action", "cluster_id"), "action_name": name, "on_missing": "pending"}
		state, met, err := s.read("dws_cluster_action", a)
		if len(met) == 0 || met[len(met)-1].forbidden() {
			return err
		}
		s.answer(dwsAbsence, "%s: %s, which the provider reads as %s", name, last(met, "/"+name).outcome(), stateOf(state, err))
		if _, passing := client.DWSFailureNames[name]; err != nil || !passing || state["state"] != "missing" || traced {
			continue
		}
		traced = true
		state, met, err = s.read("dws_cluster_action", a.With(providertest.Args{"on_missing": "succeeded", "wait_for": "completion", "poll_interval": "15s"}))
		if err != nil {
			return err
		}
		s.answer(dwsAbsence, "%s, without a trace: %s after %d requests", name, state["state"], len(met))
	}
	return nil
}

// dwsJob checks a job; what it learns of times needs a running one.
func (s *survey) dwsJob(state map[string]any, met []exchange) {
	if len(met) == 0 {
		return
	}
	job := last(met, "/"+given("dws_job", "job_id"))
	began := timesOf([]any{job.body}, parsed("2006-01-02T15:04:05"), "begin_time")
	if state["state"] == "running" {
		s.answer(dwsJobEnd, "%s", typeOrAbsent(job.body, "end_time"))
		if len(began) > 0 {
			s.answer(dwsJobZone, "of a running job, read as UTC, the begin_time is %s after the service's clock", began[0].Sub(job.date).Round(15*time.Minute))
		}
	}
	if len(began) > 0 {
		s.answer(dwsRetention, "one exists that is %s", age(began[0], job.date))
	}
}

func (s *survey) dwsSnapshot(state map[string]any, met []exchange) {
	if len(met) == 0 || state["state"] != "running" {
		return
	}
	snapshot, _ := field(met[len(met)-1].body, "snapshot").(map[string]any)
	s.answer(dwsCreating, "%s", typeOrAbsent(snapshot, "finished"))
}
