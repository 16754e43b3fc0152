// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"maps"
	"os"
	"slices"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

func (s *survey) cceBackups() error {
	return s.backups("CCE", "cce_snapshot_tasks", os.Getenv(cceCluster), snapshotsAPI)
}

func (s *survey) autopilotBackups() error {
	err := s.backups("Autopilot", "cce_autopilot_snapshot_tasks", os.Getenv(cceAutopilot), autopilotAPI)
	met := s.met[autopilotAPI]
	if met == nil || len(met.types) == 0 {
		return err
	}
	strange := 0
	for path := range maps.Keys(met.types) {
		if autopilotAPI.members[path] == "" || !met.as(path, autopilotAPI.members[path]) {
			strange++
		}
	}
	s.tell(cceAlike, "%d members, %d of them not as the document of CCE has them", len(met.types), strange)
	return err
}

func (s *survey) backups(kind, source, cluster string, a *api) error {
	state, met, err := s.read(source, providertest.Args{"cluster_id": cluster})
	if err != nil {
		return err
	}
	list := last(met, "/tasks")
	tasks := elements(list.body, "items")
	times := created(tasks, func(each any) (time.Time, error) {
		return client.ParseCCETime(text(member(each, "metadata", "creationTimestamp")))
	})
	if len(times) > 0 {
		s.tell(cceRetention, "%s: %d, %s, the oldest of them %s", kind, len(tasks), orderOf(times), age(slices.MinFunc(times, time.Time.Compare), list.date))
	}
	for member, what := range map[string]string{"items[].status.phase": "phases", "items[].spec.items[].status": "status of parts"} {
		if words := s.met[a].forms[member]; words != nil {
			s.tell(ccePhases, "%s, %s: %s", kind, what, words)
		}
	}
	slices.Sort(s.findings[ccePhases])
	completions := tally{}
	for _, each := range tasks {
		if client.CCESnapshotStatuses.State(text(member(each, "status", "phase"))) == task.Succeeded {
			completions[completion(each)]++
		}
	}
	if len(completions) > 0 {
		s.tell(cceCompletion, "%s: %s", kind, completions)
	}
	return unclassified(state, "items")
}

// completion compares the completionTime of a task with the times beside it.
func completion(of any) string {
	updated, beside := client.ParseCCETime(text(member(of, "metadata", "updateTimestamp")))
	at, err := client.ParseCCETime(text(member(of, "status", "completionTime")))
	switch {
	case err != nil:
		return "absent or no time"
	case beside != nil:
		return "a time, without an updateTimestamp beside it"
	case at.Equal(updated):
		return "the updateTimestamp"
	case at.After(updated):
		return "later than the updateTimestamp"
	default:
		return "earlier than the updateTimestamp"
	}
}
