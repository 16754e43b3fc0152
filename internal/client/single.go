// SPDX-License-Identifier: MPL-2.0

package client

import (
	"fmt"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// What the APIs of a single task with a status of its own have in common.

// observeStatus maps the status of a task. kind is what the API calls it, such as
// "status" or "phase".
func observeStatus(kind, status string, statuses task.StatusMap) task.Observation {
	o := task.Observation{Status: status, State: statuses.State(status)}
	if o.State == task.Unknown {
		o.SetUnknown(kind, status)
	}
	return o
}

// identity checks that a response is about the task that was requested.
func identity(member, requested, returned string) error {
	switch returned {
	case requested:
		return nil
	case "":
		return transport.Malformed(fmt.Sprintf("its %s is absent, but %s was requested", member, requested))
	default:
		return transport.Malformed(fmt.Sprintf("its %s is %s, but %s was requested", member, returned, requested))
	}
}
