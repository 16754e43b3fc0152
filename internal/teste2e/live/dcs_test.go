// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// dcsTasks checks the list, at the windows that the service applies, and at the
// progress of a task with and without enable_show.
func (s *survey) dcsTasks(a providertest.Args, met []exchange) error {
	list, tasks := last(met, "/tasks"), listed(met)
	times := timesOf(tasks, parsed(time.RFC3339Nano), "created_at")
	for kind := range s.shapes["dcs_background_tasks"].types["task_count"] {
		s.answer(dcsCount, "%s", kind)
	}
	if len(tasks) > 0 { // the last request of a read
		s.answer(dcsPastEnd, "%s, tasks: %d, task_count: %s", list.outcome(), len(elements(list.body, "tasks")), text(field(list.body, "task_count")))
	}
	s.answer(dcsOrder, "tasks: %d, %s", len(tasks), orderOf(times))
	if statuses := s.shapes["dcs_background_tasks"].forms["tasks[].status"]; statuses != nil {
		s.answer(dcsStatuses, "%s", statuses)
	}
	if len(times) > 0 {
		s.answer(dcsRetention, "tasks: %d, the oldest of them %s", len(tasks), age(slices.MinFunc(times, time.Time.Compare), list.date))
	}
	if err := s.dcsWindow(a, times); err != nil {
		return err
	}
	for _, shown := range []bool{false, true} {
		s.dcsSteps(shown, tasks)
	}
	return nil
}

// listed are the tasks of all pages.
func listed(pages []exchange) []any {
	var tasks []any
	for _, page := range pages {
		if page.api == "dcs_background_tasks" {
			tasks = append(tasks, elements(page.body, "tasks")...)
		}
	}
	return tasks
}

// dcsWindow asks for the tasks of the newest second, and for those of the oldest:
// a service that applies the window leaves out others.
func (s *survey) dcsWindow(a providertest.Args, times []time.Time) error {
	if len(times) == 0 {
		return nil
	}
	newest := slices.MaxFunc(times, time.Time.Compare).UTC().Truncate(time.Second)
	oldest := slices.MinFunc(times, time.Time.Compare).UTC().Truncate(time.Second)
	if !newest.After(oldest) {
		return nil
	}
	for _, bound := range []struct {
		name    string
		at      time.Time
		outside func(time.Time) bool
	}{
		{"start_time", newest, func(at time.Time) bool { return at.Before(newest) }},
		{"end_time", oldest, func(at time.Time) bool { return at.After(oldest.Add(2 * time.Second)) }},
	} {
		_, met, err := s.read("dcs_background_tasks", a.With(providertest.Args{bound.name: bound.at.Format(time.RFC3339)}))
		if err != nil {
			return err
		}
		tasks, applied := listed(met), "applied"
		if slices.ContainsFunc(timesOf(tasks, parsed(time.RFC3339Nano), "created_at"), bound.outside) {
			applied = "ignored"
		}
		s.answer(dcsWindow, "%s is %s: %d of %d tasks returned", bound.name, applied, len(tasks), len(times))
	}
	return nil
}

// dcsSteps reads the progress of the first task with this enable_show. An error
// is a finding, too.
func (s *survey) dcsSteps(shown bool, tasks []any) {
	i := slices.IndexFunc(tasks, func(task any) bool { return field(task, "enable_show") == shown })
	if i < 0 {
		return
	}
	_, met, _ := s.read("dcs_task_progress", providertest.Args{
		"instance_id": given("dcs_background_tasks", "instance_id"), "task_id": text(field(tasks[i], "id")), "on_missing": "pending",
	})
	if len(met) == 0 {
		return
	}
	progress := last(met, "/progress")
	steps := elements(progress.body, "step_details")
	s.answer(dcsHidden, "enable_show %t: %s, steps: %d", shown, progress.outcome(), len(steps))
	began := timesOf(tasks[i:i+1], parsed(time.RFC3339Nano), "created_at")
	first := timesOf(steps, parsed(time.DateTime), "begin_time")
	if len(began) == 0 || len(first) == 0 {
		return
	}
	if after := first[0].Sub(began[0]).Round(15 * time.Minute); after.Abs() <= 24*time.Hour {
		s.answer(dcsStepZone, "read as UTC, the first step begins %s after its task was created", after)
	}
}

func (s *survey) dcsJob(met []exchange) {
	job := met[len(met)-1]
	if ms, err := strconv.ParseInt(text(field(job.body, "begin_time")), 10, 64); err == nil {
		s.answer(dcsRetention, "jobs: one exists that is %s", age(time.UnixMilli(ms), job.date))
	}
}

func stateOf(state map[string]any, err error) string {
	if err != nil {
		return "an error"
	}
	return fmt.Sprint(state["state"])
}
