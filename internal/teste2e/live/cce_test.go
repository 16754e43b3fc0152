// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

func (s *survey) cceBackups(source string, met []exchange) {
	list, shapes := met[len(met)-1], s.shapes[source]
	tasks := elements(list.body, "items")
	if times := timesOf(tasks, client.ParseCCETime, "metadata", "creationTimestamp"); len(times) > 0 {
		s.answer(cceBackupOrder, "%s: %d, %s, the oldest of them %s", source, len(tasks), orderOf(times), age(slices.MinFunc(times, time.Time.Compare), list.date))
	}
	for _, path := range []string{"items[].status.phase", "items[].spec.items[].status"} {
		if statuses := shapes.forms[path]; statuses != nil {
			s.answer(ccePhases, "%s, %s: %s", source, path, statuses)
		}
	}
	completions := tally{}
	for _, task := range tasks {
		if strings.EqualFold(text(field(task, "status", "phase")), "Success") {
			completions[completion(task)]++
		}
	}
	if len(completions) > 0 {
		s.answer(cceCompletion, "%s: %s", source, completions)
	}
	if source == "cce_autopilot_snapshot_tasks" && len(shapes.types) > 0 {
		others := 0
		for path := range maps.Keys(shapes.types) {
			if !shapes.asDocumented(path) {
				others++
			}
		}
		s.answer(cceAlike, "%d fields, %d of them not as the document of CCE has them", len(shapes.types), others)
	}
}

// completion compares the completionTime of a task with its updateTimestamp.
func completion(task any) string {
	updated := client.ParseCCETime(text(field(task, "metadata", "updateTimestamp")))
	at := client.ParseCCETime(text(field(task, "status", "completionTime")))
	switch {
	case at.IsZero():
		return "absent or not a time"
	case updated.IsZero():
		return "a time, without an updateTimestamp"
	case at.Equal(updated):
		return "the updateTimestamp"
	case at.After(updated):
		return "later than the updateTimestamp"
	default:
		return "earlier than the updateTimestamp"
	}
}

// cceJob reads the job under the path of the other kind of cluster, too.
func (s *survey) cceJob(source string, a providertest.Args, met []exchange) error {
	s.cceAge(source, met)
	if source != "cce_autopilot_job" {
		return nil
	}
	state, met, err := s.read("cce_job", a)
	if len(met) == 0 || met[len(met)-1].forbidden() {
		return err
	}
	s.answer(cceOtherPath, "%s, which the provider reads as %s", met[len(met)-1].outcome(), stateOf(state, err))
	return nil
}

// cceUpgrade checks an upgrade task. A read cannot see whether it was retried: the
// owner of the account knows.
func (s *survey) cceUpgrade(source string, state map[string]any, met []exchange) {
	s.cceAge(source, met)
	if len(met) == 0 || state["found"] != true {
		return
	}
	upgrade := met[len(met)-1].body
	s.answer(cceItems, "%s: %s", source, form(field(upgrade, "spec"), "items"))
	if state["state"] == "failed" {
		s.answer(cceRetry, "%s: no, if this task was retried: it is failed", source)
		return
	}
	s.answer(cceRetry, "%s: yes, if this task was retried after it failed: it is %s", source, state["state"])
}

func (s *survey) cceAge(source string, met []exchange) {
	if len(met) == 0 {
		return
	}
	record := met[len(met)-1]
	if created := client.ParseCCETime(text(field(record.body, "metadata", "creationTimestamp"))); !created.IsZero() {
		s.answer(cceRetention, "%s: one exists that is %s", source, age(created, record.date))
	}
}

// form is the type of a field and, below it, the fields with which a step might name
// its result. The names of other fields might be values of the account.
func form(object any, name string) string {
	kind := typeOrAbsent(object, name)
	found := tally{}
	var walk func(value any)
	walk = func(value any) {
		switch value := value.(type) {
		case []any:
			for _, element := range value {
				walk(element)
			}
		case map[string]any:
			for _, known := range []string{"id", "name", "type", "status", "phase", "message", "reason"} {
				if field := value[known]; field != nil {
					found[known+" "+typeOf(field)]++
				}
			}
			for _, below := range value {
				walk(below)
			}
		}
	}
	walk(field(object, name))
	if len(found) == 0 {
		return kind
	}
	return kind + ", in which there are " + found.String()
}

// typeOrAbsent is the type of an object's field.
func typeOrAbsent(object any, name string) string {
	fields, _ := object.(map[string]any)
	value, sent := fields[name]
	if !sent {
		return "absent"
	}
	return typeOf(value)
}
