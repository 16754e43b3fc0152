// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"encoding/json"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// The peculiarities for which other tests use the documents' examples.
func TestExamples_keepThePeculiaritiesOfTheDocuments(t *testing.T) {
	const job, list, progress, action, snapshots = "DCS job", "DCS list", "DCS progress", "DWS action", "CCE list"
	const cceJob, dwsJob, snapshot, upgrade = "CCE job", "DWS job", "DWS snapshot", "CCE upgrade task"
	examples := map[string]string{
		job: fakecloud.ExampleDCSJob, list: fakecloud.ExampleDCSBackgroundTasks, progress: fakecloud.ExampleDCSTaskProgress,
		action: fakecloud.ExampleDWSClusterAction, snapshots: fakecloud.ExampleCCESnapshotTasks,
		cceJob: fakecloud.ExampleCCEJob, dwsJob: fakecloud.ExampleDWSJob,
		snapshot: fakecloud.ExampleDWSSnapshot, upgrade: fakecloud.ExampleCCEUpgradeTask,
	}
	for _, test := range []struct {
		example string
		path    []any
		want    any
	}{
		{job, []any{"begin_time"}, "1684191545379"}, // a number in quotes
		{job, []any{"fail_reason"}, nil},
		{list, []any{"task_count"}, 1.0}, // documented as a string
		{list, []any{"tasks", 0, "details", "old_capacity"}, "0.125"},
		{progress, []any{"step_details", 1, "step_name"}, "数据迁移"},
		{progress, []any{"step_details", 1, "step_status"}, "EXECUTING"},
		{progress, []any{"step_details", 1, "end_time"}, "2022-09-01 11:54:30"}, // while it runs
		{progress, []any{"step_details", 1, "error_code"}, "DCS.4065"},          // without an error
		{action, []any{"status"}, "FAILED"},
		{action, []any{"items", 0, "sub_items", 0, "end_time"}, nil},
		{action, []any{"items", 0, "sub_items", 0, "estimated_time"}, -1.0},
		{snapshots, []any{"items", 0, "status", "phase"}, "Running"},
		{snapshots, []any{"items", 0, "status", "completionTime"}, "2023-11-25 17:03:46.739027 +0800 CST"}, // while it runs
		{cceJob, []any{"metadata", "uid"}, fakecloud.ExampleCCEJobID},
		{cceJob, []any{"spec", "subJobs", 0, "spec", "subJobs", 1, "status", "reason"}, "node install timed out"},
		{dwsJob, []any{"job_id"}, fakecloud.ExampleDWSJobID},
		{dwsJob, []any{"progress"}, "9%"},
		{snapshot, []any{"snapshot", "id"}, fakecloud.ExampleDWSSnapshotID},
		{snapshot, []any{"snapshot", "backup_key"}, 20260304.0},          // documented as a string
		{snapshot, []any{"snapshot", "total_backup_size"}, 5368709120.0}, // above the 32 bits of the SDK
		{upgrade, []any{"metadata", "uid"}, fakecloud.ExampleCCEUpgradeTaskID},
		{upgrade, []any{"status", "completionTime"}, "2026-03-04 14:31:55.00871 +0800 CST"}, // while it runs
	} {
		diff(t, test.example, test.want, at(t, examples[test.example], test.path...))
	}
	diff(t, "the only task", at(t, examples[list], "tasks", 0), at(t, fakecloud.ExampleDCSBackgroundTask()))

	_, found := at(t, examples[cceJob], "spec", "subJobs", 0).(map[string]any)["status"]
	diff(t, "a sub-job with a status between jobs with one", false, found)

	detail := at(t, examples[progress], "step_details", 1, "sub_step_details", 0, "detail").(string)
	diff(t, "a detail that only resembles JSON", false, json.Valid([]byte(detail)))
	inner := at(t, at(t, examples[action], "items", 0, "sub_items", 0, "detail").(string), "progressInfo").(string)
	diff(t, "JSON in JSON that contradicts the failure", "100.00%", at(t, inner, "progress"))
	diff(t, "an unexpanded placeholder", "Invalid {0} parameter in the request.", at(t, fakecloud.ExampleDCSBadRequest, "error_msg"))
}
