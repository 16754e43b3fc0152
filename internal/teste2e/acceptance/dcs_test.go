// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// dcsList reads the list as a whole, then by each of the windows, and the
// progress of a task with and without enable_show.
func (s *survey) dcsList() error {
	instance := providertest.Args{"instance_id": os.Getenv(dcsInstance)}
	state, met, err := s.read("dcs_background_tasks", instance)
	if err != nil {
		return err
	}
	list := last(met, "/tasks")
	for kind := range s.met[tasksAPI].types["task_count"] {
		s.tell(dcsCount, "%s", kind)
	}
	tasks := listed(met)
	times := created(tasks, func(each any) (time.Time, error) {
		return time.Parse(time.RFC3339Nano, text(member(each, "created_at")))
	})
	s.tell(dcsOrder, "tasks: %d, %s", len(tasks), orderOf(times))
	s.dcsFailures(tasks)
	if len(times) > 0 {
		s.tell(dcsRetention, "tasks: %d, the oldest of them %s", len(tasks), age(slices.MinFunc(times, time.Time.Compare), list.date))
	}
	if err := s.dcsWindows(instance, times, list); err != nil {
		return err
	}
	for _, shown := range []bool{false, true} {
		s.dcsSteps(shown, tasks)
	}
	return unclassified(state, "tasks")
}

// listed are the tasks of all pages of a list.
func listed(pages []exchange) []any {
	var tasks []any
	for _, page := range pages {
		if page.api == tasksAPI {
			tasks = append(tasks, elements(page.body, "tasks")...)
		}
	}
	return tasks
}

func (s *survey) dcsFailures(tasks []any) {
	failed, others := tally{}, tally{}
	for _, each := range tasks {
		word := text(member(each, "status"))
		form := formOf("word", word)
		switch client.DCSBackgroundTaskStatuses.State(word) {
		case task.Failed:
			failed[form]++
		case task.Unknown:
			others[form]++
		}
	}
	if len(failed) > 0 {
		s.tell(dcsFailure, "%s", failed)
	}
	if len(others) > 0 {
		s.tell(dcsFailure, "perhaps %s, which the provider does not know", others)
	}
}

// dcsWindows asks for the tasks from the second of the newest on, and until that
// of the oldest: who honours that leaves out others.
func (s *survey) dcsWindows(instance providertest.Args, times []time.Time, list exchange) error {
	if len(times) == 0 {
		return nil
	}
	newest := slices.MaxFunc(times, time.Time.Compare).UTC().Truncate(time.Second)
	oldest := slices.MinFunc(times, time.Time.Compare).UTC().Truncate(time.Second)
	if !newest.After(oldest) {
		return nil
	}
	outside := map[string]func(time.Time) bool{
		"start_time": func(at time.Time) bool { return at.Before(newest) },
		"begin_time": func(at time.Time) bool { return at.Before(newest) },
		"end_time":   func(at time.Time) bool { return at.After(oldest.Add(time.Second)) },
	}
	tell := func(name string, met []exchange) {
		tasks, honoured := listed(met), "honoured"
		for _, each := range tasks {
			if at, err := time.Parse(time.RFC3339Nano, text(member(each, "created_at"))); err == nil && outside[name](at) {
				honoured = "ignored"
			}
		}
		s.tell(dcsWindow, "%s is %s: %d of %d tasks came", name, honoured, len(tasks), len(times))
	}
	for name, bound := range map[string]time.Time{"start_time": newest, "end_time": oldest} {
		_, met, err := s.read("dcs_background_tasks", instance.With(providertest.Args{name: bound.Format(time.RFC3339)}))
		if err != nil {
			return err
		}
		tell(name, met)
	}
	// The provider does not send begin_time, so this request is made by hand.
	query := list.request.URL.Query()
	query.Set("offset", "0")
	query.Set("begin_time", newest.Format("20060102150405"))
	switch e, err := s.byHand(list, query); {
	case err != nil:
		s.tell(dcsWindow, "begin_time: %s", err)
	case e.status != 200:
		s.tell(dcsWindow, "begin_time: %s", e.outcome())
	default:
		tell("begin_time", []exchange{e})
	}
	slices.Sort(s.findings[dcsWindow])
	return nil
}

// dcsSteps reads the progress of the first task whose enable_show is this. A
// refusal is an answer, too.
func (s *survey) dcsSteps(shown bool, tasks []any) {
	i := slices.IndexFunc(tasks, func(each any) bool { return member(each, "enable_show") == shown })
	if i < 0 {
		return
	}
	_, met, _ := s.read("dcs_task_progress", providertest.Args{
		"instance_id": os.Getenv(dcsInstance), "task_id": text(member(tasks[i], "id")), "on_missing": "pending",
	})
	if len(met) == 0 {
		return
	}
	progress := last(met, "/progress")
	steps := elements(progress.body, "step_details")
	s.tell(dcsHidden, "enable_show %t: %s, steps: %d", shown, progress.outcome(), len(steps))
	began, err := time.Parse(time.RFC3339Nano, text(member(tasks[i], "created_at")))
	if err != nil || len(steps) == 0 {
		return
	}
	at, err := time.Parse(time.DateTime, text(member(steps[0], "begin_time")))
	if after := at.Sub(began).Round(15 * time.Minute); err == nil && after.Abs() <= 24*time.Hour {
		s.tell(dcsStepZone, "read as UTC, the first step begins %s after its task was created", after)
	}
}

func (s *survey) dcsProgress() error {
	state, _, err := s.read("dcs_task_progress", providertest.Args{"instance_id": os.Getenv(dcsInstance), "task_id": os.Getenv(dcsTask)})
	if err != nil {
		return err
	}
	return unclassified(state, "step_details")
}

func (s *survey) dcsJob() error {
	state, met, err := s.read("dcs_job", providertest.Args{"job_id": os.Getenv(dcsJob)})
	if err != nil {
		return err
	}
	job := last(met, "/jobs/"+os.Getenv(dcsJob))
	if ms, err := strconv.ParseInt(text(member(job.body, "begin_time")), 10, 64); err == nil {
		s.tell(dcsRetention, "jobs: one is known that is %s", age(time.UnixMilli(ms), job.date))
	}
	return unclassified(state, "")
}

func (s *survey) dcsUnknownJob() error {
	// Ids of jobs have 32 digits, and those of other jobs are no zeros.
	state, met, err := s.read("dcs_job", providertest.Args{"job_id": fmt.Sprintf("%032d", 0), "on_missing": "pending"})
	if len(met) == 0 || met[len(met)-1].forbidden() {
		return err
	}
	s.tell(dcsNoJob, "%s, which the provider takes for %s", met[len(met)-1].outcome(), verdictOf(state, err))
	return nil
}

// verdictOf is what the provider makes of an answer.
func verdictOf(state map[string]any, err error) string {
	if err != nil {
		return "an error"
	}
	return fmt.Sprint(state["state"])
}

// created are the times of a list's elements, as far as they can be read.
func created(list []any, parse func(any) (time.Time, error)) []time.Time {
	var times []time.Time
	for _, each := range list {
		if at, err := parse(each); err == nil {
			times = append(times, at)
		}
	}
	return times
}

func orderOf(times []time.Time) string {
	distinct := map[time.Time]bool{}
	for _, at := range times {
		distinct[at.UTC()] = true
	}
	switch {
	case len(distinct) < 2:
		return "too few times to tell"
	case slices.IsSortedFunc(times, time.Time.Compare):
		return "oldest first"
	case slices.IsSortedFunc(times, func(a, b time.Time) int { return b.Compare(a) }):
		return "newest first"
	default:
		return "in no order of creation"
	}
}

func age(at, now time.Time) string { return fmt.Sprintf("%dd old", int(now.Sub(at).Hours()/24)) }
