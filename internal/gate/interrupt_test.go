// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// TestPass_hearsAnInterruptByItself in real time, and not beside other tests:
// the signal is for this whole process. Nobody cancels the context.
func TestPass_hearsAnInterruptByItself(t *testing.T) {
	process, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	interrupt := func() {
		if err := process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
	}
	for name, test := range map[string]struct {
		look    task.Poll
		summary string
	}{
		"in a look": {
			func(ctx context.Context) (task.Observation, error) {
				interrupt()
				<-ctx.Done()
				return task.Observation{}, ctx.Err()
			},
			"Interrupted while reading DCS job",
		},
		"in a pause": {
			func(context.Context) (task.Observation, error) {
				time.AfterFunc(10*time.Millisecond, interrupt)
				return task.Observation{State: running}, nil
			},
			"Interrupted while reading DCS job",
		},
	} {
		t.Run(name, func(t *testing.T) {
			subject := job
			subject.Poll = test.look
			verdict, diags := gate.Check(t.Context(), subject, gate.Options{WaitFor: gate.Success, PollInterval: time.Minute, Timeout: 2 * time.Minute})
			diff(t, "verdict", gate.Result{}, verdict)
			if got := faults(t, diags); len(got) != 1 || got[0].Summary != test.summary {
				t.Errorf("the diagnostics are %v", got)
			}
		})
	}
}
