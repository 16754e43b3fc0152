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

// TestCheck_interrupt runs in real time, and not in parallel: the signal is for
// this whole process, and nothing cancels the context.
func TestCheck_interrupt(t *testing.T) {
	process, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	interrupt := func() {
		if err := process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
	}
	for name, poll := range map[string]task.Poll{
		"during a poll": func(ctx context.Context) (task.Observation, error) {
			interrupt()
			<-ctx.Done()
			return task.Observation{}, ctx.Err()
		},
		"during an interval": func(context.Context) (task.Observation, error) {
			time.AfterFunc(10*time.Millisecond, interrupt)
			return running, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			target := job
			target.Poll = poll
			result, failure := gate.Check(t.Context(), target, gate.Options{WaitFor: gate.Success, PollInterval: time.Minute, Timeout: 2 * time.Minute})
			diff(t, "result", gate.Result{}, result)
			if failure == nil || failure.Kind != gate.Interrupted {
				t.Errorf("the failure is %+v", failure)
			}
		})
	}
}
