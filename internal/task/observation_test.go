// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

func TestObservation_tellsWhatOpensAGate(t *testing.T) {
	type verdict struct{ Found, Completed, Succeeded bool }
	for _, test := range []struct {
		name        string
		observation task.Observation
		want        verdict
	}{
		{"pending", task.Observation{State: pending}, verdict{Found: true}},
		{"running", task.Observation{State: running}, verdict{Found: true}},
		{"succeeded", task.Observation{State: succeeded}, verdict{Found: true, Completed: true, Succeeded: true}},
		{"failed", task.Observation{State: failed}, verdict{Found: true, Completed: true}},
		{"unknown", task.Observation{State: unknown}, verdict{Found: true}},
		{"missing", task.Observation{State: missing}, verdict{}},
		{"missing and excused", task.Observation{State: missing, AssumedSucceeded: true}, verdict{Completed: true, Succeeded: true}},
		{"an excuse is for the missing alone", task.Observation{State: failed, AssumedSucceeded: true}, verdict{Found: true, Completed: true}},
		{"running by hearsay", task.Observation{State: running, Inferred: true}, verdict{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := test.observation
			diff(t, "verdict", test.want, verdict{Found: o.Found(), Completed: o.Completed(), Succeeded: o.Succeeded()})
		})
	}
}

func TestInDoubt_quotesTheWord(t *testing.T) {
	for name, test := range map[string]struct {
		word string
		want task.Observation
	}{
		"a word":   {"FROZEN", task.Observation{UnknownStatus: "FROZEN", UnknownReason: `the status "FROZEN"`}},
		"no word":  {"", task.Observation{UnknownReason: "an absent or empty status"}},
		"a quote":  {`a"b`, task.Observation{UnknownStatus: `a"b`, UnknownReason: `the status "a\"b"`}},
		"Chinese":  {"未知", task.Observation{UnknownStatus: "未知", UnknownReason: `the status "未知"`}},
		"line end": {"a\nb", task.Observation{UnknownStatus: "a\nb", UnknownReason: `the status "a\nb"`}},
	} {
		t.Run(name, func(t *testing.T) {
			var o task.Observation
			o.SetUnknown("status", test.word)
			diff(t, "observation", test.want, o)
		})
	}
}

func TestSummary_isOneReadableLine(t *testing.T) {
	for _, test := range []struct {
		name        string
		observation task.Observation
		want        string
	}{
		{"only a state", task.Observation{State: pending}, "DCS job ff80: pending"},
		{
			"a success",
			task.Observation{State: succeeded, Label: "masterStandbySwapJob", Duration: 2869 * time.Millisecond, Percent: pointer(100.0)},
			"DCS job ff80 (masterStandbySwapJob): succeeded after 2.9s",
		},
		{
			"a failure",
			task.Observation{State: failed, Label: "extendDCSInstance", Duration: 90 * time.Second, Reason: "no resources left", Percent: pointer(40.0)},
			"DCS job ff80 (extendDCSInstance): failed after 1m30s: no resources left",
		},
		{"a failure without a reason", task.Observation{State: failed}, "DCS job ff80: failed"},
		{"a percentage", task.Observation{State: running, Percent: pointer(67.0)}, "DCS job ff80: running, 67%"},
		{"a fraction of a percent", task.Observation{State: running, Percent: pointer(33.5)}, "DCS job ff80: running, 33.5%"},
		{"a beginning", task.Observation{State: pending, Percent: pointer(0.0)}, "DCS job ff80: pending, 0%"},
		{
			"the tasks of a list",
			task.Observation{State: running, Breakdown: "3 tasks: 1 running, 2 succeeded"},
			"DCS job ff80: running (3 tasks: 1 running, 2 succeeded)",
		},
		{
			"an unknown word",
			task.Observation{State: unknown, UnknownReason: `the status "FROZEN"`, UnknownStatus: "FROZEN"},
			`DCS job ff80: unknown: the status "FROZEN"`,
		},
		{"missing", task.Observation{State: missing}, "DCS job ff80: missing"},
		{"missing and excused", task.Observation{State: missing, AssumedSucceeded: true}, "DCS job ff80: missing, which counts as succeeded"},
		{
			"a reason of several lines",
			task.Observation{State: failed, Reason: "first\n\tsecond \r\n third\n"},
			"DCS job ff80: failed: first second third",
		},
	} {
		t.Run(test.name, func(t *testing.T) { diff(t, "summary", test.want, test.observation.Summary("DCS job ff80")) })
	}
}

func TestRounded_tellsADurationAsPeopleDo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                                  "0s",
		40 * time.Millisecond:              "0s",
		2869 * time.Millisecond:            "2.9s",
		59*time.Second + 949e6:             "59.9s",
		59*time.Second + 999e6:             "1m0s",
		time.Minute + 499*time.Millisecond: "1m0s",
		time.Hour + 29*time.Second + 600e6: "1h0m30s",
	} {
		diff(t, d.String(), want, task.Rounded(d).String())
	}
}

func TestFormatPercent_keepsAFraction(t *testing.T) {
	for percent, want := range map[float64]string{0: "0%", 30: "30%", 33.5: "33.5%", 99.99: "99.99%", 100: "100%"} {
		diff(t, want, want, task.FormatPercent(percent))
	}
}
