// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

func (s *survey) cceBackups(source string, met []exchange) {
	list, shapes := met[len(met)-1], s.shapes[source]
	tasks := elements(list.body, "items")
	if times := timesOf(tasks, client.ParseCCETime, "metadata", "creationTimestamp"); len(times) > 0 {
		s.answer(cceRetention, "%s: %d, %s, the oldest of them %s", source, len(tasks), orderOf(times), age(slices.MinFunc(times, time.Time.Compare), list.date))
	}
	for _, path := range []string{"items[].status.phase", "items[].spec.items[].status"} {
		if statuses := shapes.forms[path]; statuses != nil {
			s.answer(ccePhases, "%s, %s: %s", source, path, statuses)
		}
	}
	completions := tally{}
	for _, task := range tasks {
		if strings.EqualFold(text(member(task, "status", "phase")), "Success") {
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
	updated := client.ParseCCETime(text(member(task, "metadata", "updateTimestamp")))
	at := client.ParseCCETime(text(member(task, "status", "completionTime")))
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
