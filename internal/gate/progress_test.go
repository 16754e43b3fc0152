// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// TestCheck_report checks the lines that an action shows: each change, and at
// least one every 30 s.
func TestCheck_report(t *testing.T) {
	at := func(percent float64) task.Observation {
		return task.Observation{State: task.Running, Label: "EXTEND", Percent: pointer(percent)}
	}
	record := task.Observation{State: task.Failed, Status: "FAILED", Label: "listed as SNAPSHOTTING_FAILED"}
	for _, test := range []struct {
		name     string
		bench    bench
		interval time.Duration
		want     []string
	}{
		{"changes of state and percentage", bench{target: job, task: each(pending, at(10), at(10), at(20), succeeded)}, 10 * time.Second, []string{
			"Waiting for DCS job ff80",
			"DCS job ff80: pending (waited 0s)",
			"DCS job ff80 (EXTEND): running, 10% (waited 10s)",
			"DCS job ff80 (EXTEND): running, 20% (waited 30s)",
			"DCS job ff80: succeeded (SUCCESS)",
		}},
		{"heartbeat without a change", bench{target: job, task: script{{0, running}, {70, succeeded}}}, 10 * time.Second, []string{
			"Waiting for DCS job ff80",
			"DCS job ff80: running (RUNNING) (waited 0s)",
			"DCS job ff80: running (RUNNING) (waited 30s)",
			"DCS job ff80: running (RUNNING) (waited 1m)",
			"DCS job ff80: succeeded (SUCCESS)",
		}},
		{"heartbeat from the last change", bench{target: job, task: script{{0, pending}, {20, running}, {60, succeeded}}}, 10 * time.Second, []string{
			"Waiting for DCS job ff80",
			"DCS job ff80: pending (waited 0s)",
			"DCS job ff80: running (RUNNING) (waited 20s)",
			"DCS job ff80: running (RUNNING) (waited 50s)",
			"DCS job ff80: succeeded (SUCCESS)",
		}},
		{"heartbeat during an interval", bench{target: job, task: script{{0, running}, {50, succeeded}}}, 50 * time.Second, []string{
			"Waiting for DCS job ff80",
			"DCS job ff80: running (RUNNING) (waited 0s)",
			"DCS job ff80: running (RUNNING) (waited 30s)",
			"DCS job ff80: succeeded (SUCCESS)",
		}},
		{"heartbeat during a poll", bench{target: job, task: always(hangs{}), cancel: 70 * time.Second}, 10 * time.Second, []string{
			"Waiting for DCS job ff80",
			"Waiting for DCS job ff80 (waited 30s)",
			"Waiting for DCS job ff80 (waited 1m)",
		}},
		{"nothing of a failure, which the diagnostic reports", bench{target: job, task: each(running, frozen)}, 10 * time.Second, []string{
			"Waiting for DCS job ff80",
			"DCS job ff80: running (RUNNING) (waited 0s)",
		}},
		{"nothing of an error", bench{target: job, task: each(running, errAway, succeeded)}, 10 * time.Second, []string{
			"Waiting for DCS job ff80",
			"DCS job ff80: running (RUNNING) (waited 0s)",
			"DCS job ff80: succeeded (SUCCESS)",
		}},
		{"a list until it is confirmed", bench{target: tasks, task: each(executing, done)}, 10 * time.Second, []string{
			"Waiting for DCS background tasks of instance 5560",
			"DCS background tasks of instance 5560: running (waited 0s)",
			"DCS background tasks of instance 5560: succeeded (waited 10s)",
			"DCS background tasks of instance 5560: succeeded",
		}},
		{"the label of a failure record", bench{target: action, task: each(running, errNone), record: always(record), cluster: always(missing)}, 20 * time.Second, []string{
			"Waiting for DWS action SNAPSHOTTING of cluster 9f76",
			"DWS action SNAPSHOTTING of cluster 9f76: running (RUNNING) (waited 0s)",
			"DWS action SNAPSHOTTING of cluster 9f76: missing (waited 20s)",
			"DWS action SNAPSHOTTING of cluster 9f76: missing (waited 50s)",
			"DWS action SNAPSHOTTING of cluster 9f76 (listed as SNAPSHOTTING_FAILED): failed (FAILED)",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var lines []string
			test.bench.options = waits(gate.Completion, gate.MissingIsError)
			test.bench.options.Report = func(line string) { lines = append(lines, line) }
			test.bench.options.PollInterval = test.interval
			test.bench.run(t)
			diff(t, "lines", test.want, lines)
		})
	}
}
