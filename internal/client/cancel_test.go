// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestRead_endsAtOnceWithItsContext(t *testing.T) {
	hang, away := fakecloud.Fault{Kind: fakecloud.Hang}, fakecloud.Fault{Status: 503, Header: retryAfterHeader("40")}
	for _, test := range []struct {
		name   string
		faults []fakecloud.Fault
		at     []time.Duration // of the requests
		fault  int             // the status of the fault that must not be lost, 0 for none
	}{
		{"in a request", []fakecloud.Fault{hang}, []time.Duration{0}, 0},
		{"in a body", []fakecloud.Fault{{Kind: fakecloud.HangInBody, Body: "{"}}, []time.Duration{0}, 0},
		{"in an error's body", []fakecloud.Fault{{Kind: fakecloud.HangInBody, Status: 503, Body: "{"}}, []time.Duration{0}, 0},
		{"in the pause before another request", []fakecloud.Fault{away, away}, []time.Duration{0, 40 * time.Second}, 503},
		{"in another request", []fakecloud.Fault{away, hang}, []time.Duration{0, 40 * time.Second}, 503},
	} {
		for _, end := range []struct {
			name  string
			trial trial
			want  error
		}{
			{"cancelled", trial{cancel: 50 * time.Second}, context.Canceled},
			{"timed out", trial{limit: 50 * time.Second}, context.DeadlineExceeded},
		} {
			t.Run(end.name+" "+test.name, func(t *testing.T) {
				end.trial.faults, end.trial.retries = test.faults, 5
				c := end.trial.run(t)
				diff(t, "duration", 50*time.Second, c.after)
				diff(t, "requests", test.at, c.at)
				if !errors.Is(c.err, end.want) {
					t.Errorf("the error is %v, want %v", c.err, end.want)
				}
				var lost *Error
				if errors.As(c.err, &lost) != (test.fault > 0) || test.fault > 0 && lost.Status != test.fault {
					t.Errorf("the error is %v, want the fault %d in it", c.err, test.fault)
				}
			})
		}
	}
}

func TestRead_makesNoRequestAfterItsContext(t *testing.T) {
	cloud := newCloud()
	p := project(t, newClient(cloud.Transport()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := p.DCSJob(ctx, jobID)
	diff(t, "error", context.Canceled, err)
	diff(t, "requests", 0, len(cloud.Requests()))
}
