// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

func TestObservation_flags(t *testing.T) {
	type flags struct{ Found, Completed, Succeeded bool }
	for _, test := range []struct {
		name string
		o    task.Observation
		want flags
	}{
		{"pending", task.Observation{State: pending}, flags{Found: true}},
		{"running", task.Observation{State: running}, flags{Found: true}},
		{"succeeded", task.Observation{State: succeeded}, flags{Found: true, Completed: true, Succeeded: true}},
		{"failed", task.Observation{State: failed}, flags{Found: true, Completed: true}},
		{"unknown", task.Observation{State: unknown}, flags{Found: true}},
		{"missing", task.Observation{State: missing}, flags{}},
		{"missing, assumed succeeded", task.Observation{State: missing, AssumedSucceeded: true}, flags{Completed: true, Succeeded: true}},
		{"failed, whatever is assumed", task.Observation{State: failed, AssumedSucceeded: true}, flags{Found: true, Completed: true}},
		{"running, inferred", task.Observation{State: running, Inferred: true}, flags{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "flags", test.want, flags{test.o.Found(), test.o.Completed(), test.o.Succeeded()})
		})
	}
}

func TestObservation_SetUnknown(t *testing.T) {
	for _, test := range []struct{ kind, status, reason string }{
		{"status", "FROZEN", `status "FROZEN"`},
		{"phase", `a"b`, `phase "a\"b"`},
		{"status", "a\nb", `status "a\nb"`},
		{"status", "未知", `status "未知"`},
		{"status", "", "no status"},
	} {
		o := task.Observation{State: succeeded}
		o.SetUnknown(test.kind, test.status)
		diff(t, test.status, task.Observation{State: unknown, UnknownStatus: test.status, UnknownReason: test.reason}, o)
	}
}

func TestObservation_StandingAndSummary(t *testing.T) {
	for _, test := range []struct {
		name              string
		o                 task.Observation
		standing, summary string // the summary without the name that begins it
	}{
		{"only a state", task.Observation{State: pending}, "pending", ": pending"},
		{
			"success",
			task.Observation{State: succeeded, Status: "SUCCESS", Label: "masterStandbySwapJob", Duration: 2869 * time.Millisecond, Percent: pointer(100.0)},
			"succeeded (SUCCESS)", " (masterStandbySwapJob): succeeded (SUCCESS) after 2.9s",
		},
		{
			"failure",
			task.Observation{State: failed, Status: "FAIL", Label: "extendDCSInstance", Duration: 2 * time.Minute, Reason: "no memory", Percent: pointer(40.0)},
			"failed (FAIL)", " (extendDCSInstance): failed (FAIL) after 2m: no memory",
		},
		{"progress", task.Observation{State: running, Status: "EXECUTING", Percent: pointer(33.5)}, "running (EXECUTING), 33.5%", ": running (EXECUTING), 33.5%"},
		{"no progress yet", task.Observation{State: pending, Percent: pointer(0.0)}, "pending, 0%", ": pending, 0%"},
		{
			"list",
			task.Observation{State: running, Breakdown: "3 tasks: 1 running, 2 succeeded"},
			"running (3 tasks: 1 running, 2 succeeded)", ": running (3 tasks: 1 running, 2 succeeded)",
		},
		{
			"unknown status",
			task.Observation{State: unknown, Status: "FROZEN", UnknownReason: `status "FROZEN"`, UnknownStatus: "FROZEN"},
			"unknown (FROZEN)", `: unknown (FROZEN): status "FROZEN"`,
		},
		{"missing", task.Observation{State: missing}, "missing", ": missing"},
		{"missing, assumed succeeded", task.Observation{State: missing, AssumedSucceeded: true}, "missing, assumed succeeded", ": missing, assumed succeeded"},
		{"a reason of several lines", task.Observation{State: failed, Reason: "first\n\tsecond \r\n third\n"}, "failed", ": failed: first second third"},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "standing", test.standing, test.o.Standing())
			diff(t, "summary", "DCS job ff80"+test.summary, test.o.Summary("DCS job ff80"))
		})
	}
}

func TestFormatDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                                       "0s",
		40 * time.Millisecond:                   "0s",
		300 * time.Millisecond:                  "300ms",
		2869 * time.Millisecond:                 "2.9s",
		10 * time.Second:                        "10s",
		59*time.Second + 949*time.Millisecond:   "59.9s",
		59*time.Second + 999*time.Millisecond:   "1m",
		time.Minute + 499*time.Millisecond:      "1m",
		90 * time.Second:                        "1m30s",
		2 * time.Minute:                         "2m",
		10 * time.Minute:                        "10m",
		time.Hour:                               "1h",
		20 * time.Hour:                          "20h",
		65 * time.Minute:                        "1h5m",
		time.Hour + 29600*time.Millisecond:      "1h0m30s",
		59*time.Minute + 59500*time.Millisecond: "1h",
		100*time.Hour + 10*time.Minute:          "100h10m",
		100*time.Hour + 10*time.Minute + 1000e6: "100h10m1s",
		-2 * time.Second:                        "-2s",
	} {
		diff(t, d.String(), want, task.FormatDuration(d))
	}
}

func TestFormatPercent(t *testing.T) {
	for percent, want := range map[float64]string{0: "0%", 30: "30%", 33.5: "33.5%", 99.99: "99.99%", 100: "100%"} {
		diff(t, want, want, task.FormatPercent(percent))
	}
}
