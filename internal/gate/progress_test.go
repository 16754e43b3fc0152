// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

func TestProgress_tellsEachChangeAndThatTheWaitLives(t *testing.T) {
	ten, twenty := task.Observation{State: running, Percent: pointer(10.0)}, task.Observation{State: running, Percent: pointer(20.0)}
	for _, test := range []struct {
		name     string
		trial    trial
		interval time.Duration
		want     []string
	}{
		{
			"changes of state and percentage",
			trial{subject: job, task: at(pending, ten, ten, twenty, succeeded)},
			10 * time.Second,
			[]string{
				"Waiting for DCS job ff80",
				"DCS job ff80: pending (0s so far)",
				"DCS job ff80: running, 10% (10s so far)",
				"DCS job ff80: running, 20% (30s so far)",
				"DCS job ff80: succeeded",
			},
		},
		{
			"nothing that was told already, but after a while",
			trial{subject: job, task: at(running, running, running, running, running, running, running, succeeded)},
			10 * time.Second,
			[]string{
				"Waiting for DCS job ff80",
				"DCS job ff80: running (0s so far)",
				"DCS job ff80: running (30s so far)",
				"DCS job ff80: running (1m0s so far)",
				"DCS job ff80: succeeded",
			},
		},
		{
			"also in a long pause",
			trial{subject: job, task: story{{0, running}, {50, succeeded}}},
			50 * time.Second,
			[]string{
				"Waiting for DCS job ff80",
				"DCS job ff80: running (0s so far)",
				"DCS job ff80: running (30s so far)",
				"DCS job ff80: succeeded",
			},
		},
		{
			"also in a long look",
			trial{subject: job, task: always(hangs{}), cancel: 70 * time.Second},
			10 * time.Second,
			[]string{
				"Waiting for DCS job ff80",
				"Waiting for DCS job ff80 (30s so far)",
				"Waiting for DCS job ff80 (1m0s so far)",
			},
		},
		{
			"no failure, which the diagnostic tells",
			trial{subject: job, task: at(running, failed)},
			10 * time.Second,
			[]string{
				"Waiting for DCS job ff80",
				"DCS job ff80: running (0s so far)",
			},
		},
		{
			"the parts of a list",
			trial{subject: tasks, task: at(task.Observation{State: running, Busy: true, Breakdown: "2 tasks: 1 running, 1 succeeded"}, succeeded)},
			10 * time.Second,
			[]string{
				"Waiting for DCS background tasks of instance 5560",
				"DCS background tasks of instance 5560: running (2 tasks: 1 running, 1 succeeded) (0s so far)",
				"DCS background tasks of instance 5560: succeeded",
			},
		},
		{
			"the trace of an action",
			trial{
				subject: snapshotting, task: always(errNoAction), cancel: 50 * time.Second,
				record: story{{0, missing}, {40, rollback}}, cluster: always(busy),
			},
			16 * time.Second,
			[]string{
				"Waiting for DWS action SNAPSHOTTING of cluster 9f76",
				"DWS action SNAPSHOTTING of cluster 9f76: missing (0s so far)",
				"DWS action SNAPSHOTTING of cluster 9f76: missing (30s so far)",
				"DWS action SNAPSHOTTING of cluster 9f76: running according to the task_status of the cluster (32s so far)",
				"DWS action SNAPSHOTTING of cluster 9f76 (listed as SNAPSHOTTING_FAILED): running (48s so far)",
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			var lines []string
			test.trial.terms = onMissing(waits(gate.Success), gate.MissingIsSucceeded)
			test.trial.terms.Progress = func(line string) { lines = append(lines, line) }
			test.trial.terms.PollInterval = test.interval
			test.trial.run(t)
			diff(t, "lines", test.want, lines)
		})
	}
}
