// SPDX-License-Identifier: MPL-2.0

package client

import (
	"slices"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// TestStatuses are those of the documents.
func TestStatuses(t *testing.T) {
	for name, test := range map[string]struct {
		statuses                            task.StatusMap
		pending, running, succeeded, failed string
	}{
		"DWS action":          {DWSClusterActionStatuses, "WAITING", "RUNNING ROLLBACK_RUNNING", "SUCCESS", "FAILED ROLLBACK_SUCCESS ROLLBACK_FAIL"},
		"DCS background task": {DCSBackgroundTaskStatuses, "CREATED", "EXECUTING RUNNING", "SUCCESS", "FAILED FAIL CANCELLED DELETED"},
		"DCS step":            {DCSStepStatuses, "WAITING", "EXECUTING SUSPEND", "FINISH", "FAILED CANCELED"},
		"DCS job":             {DCSJobStatuses, "INIT", "RUNNING", "SUCCESS", "FAIL FAILED"},
		"CCE snapshot task":   {CCESnapshotStatuses, "Init Queuing", "Running Pause", "Success", "Failed"},
		"CCE upgrade task":    {CCEUpgradeTaskStatuses, "Init Queuing", "Running Pause", "Success", "Failed"},
		"CCE job":             {CCEJobStatuses, "Initializing", "Running", "Success", "Failed"},
		"DWS job":             {DWSJobStatuses, "INIT WAITING DELAY_SCHEDULED", "RUNNING", "SUCCESS", "FAIL STOP"},
		"DWS snapshot":        {DWSSnapshotStatuses, "", "CREATING", "AVAILABLE", "UNAVAILABLE"},
	} {
		count := 0
		for state, all := range map[task.State]string{task.Pending: test.pending, task.Running: test.running, task.Succeeded: test.succeeded, task.Failed: test.failed} {
			for status := range strings.FieldsSeq(all) {
				count++
				diff(t, name+" "+status, state, test.statuses.State(status))
			}
		}
		diff(t, "number of statuses of "+name, count, len(test.statuses))
	}
	names := DWSActionNames()
	diff(t, "sorted", true, slices.IsSorted(names))
	diff(t, "names", "FINE_GRAINED_RESTORING FINE_GRAINED_RESTORING_FAILED GROWING RESIZE_FAILURE RESTORING RESTORING_FAILED SNAPSHOTTING SNAPSHOTTING_FAILED", strings.Join(names, " "))
}
