// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// at walks into a decoded body by member names and positions.
func at(t *testing.T, value any, steps ...any) any {
	t.Helper()
	for _, step := range steps {
		switch key := step.(type) {
		case string:
			member, sent := value.(map[string]any)[key]
			if !sent {
				t.Fatalf("no member %q in %v", key, value)
			}
			value = member
		case int:
			value = value.([]any)[key]
		}
	}
	return value
}

func TestExamples_keepTheTwistsOfTheDocuments(t *testing.T) {
	job := decoded(t, fakecloud.ExampleDCSJob)
	diff(t, "times are quoted numbers", []any{"1684191545379", "1684191548248", nil},
		[]any{at(t, job, "begin_time"), at(t, job, "end_time"), at(t, job, "fail_reason")})

	list := decoded(t, fakecloud.ExampleDCSBackgroundTasks)
	diff(t, "a string is a number", 1.0, at(t, list, "task_count"))
	diff(t, "capacities are strings", "0.125", at(t, list, "tasks", 0, "details", "old_capacity"))
	diff(t, "the one task", list["tasks"].([]any)[0], any(decoded(t, fakecloud.ExampleDCSBackgroundTask())))

	step := at(t, decoded(t, fakecloud.ExampleDCSTaskProgress), "step_details", 1)
	diff(t, "a running step has an end and an error", []any{"数据迁移", "EXECUTING", "2022-09-01 11:54:30", "DCS.4065"},
		[]any{at(t, step, "step_name"), at(t, step, "step_status"), at(t, step, "end_time"), at(t, step, "error_code")})
	detail := at(t, step, "sub_step_details", 0, "detail").(string)
	diff(t, "what looks like JSON is none", false, json.Valid([]byte(detail)))

	tasks := decoded(t, fakecloud.ExampleCCESnapshotTasks)
	diff(t, "a running task has been completed", map[string]any{
		"phase": "Running", "progress": "67", "completionTime": "2023-11-25 17:03:46.739027 +0800 CST",
	}, at(t, tasks, "items", 0, "status"))

	refusal := decoded(t, fakecloud.ExampleDCSBadRequest)
	diff(t, "a placeholder, and no third member", map[string]any{
		"error_code": "111400063", "error_msg": "Invalid {0} parameter in the request.",
	}, refusal)
}

func TestExampleDWSAction_contradictsItselfTwoLevelsDown(t *testing.T) {
	action := decoded(t, fakecloud.ExampleDWSClusterAction)
	item := at(t, action, "items", 0, "sub_items", 0)
	diff(t, "outside", []any{"FAILED", "FAILED", nil, -1.0}, []any{
		at(t, action, "status"), at(t, item, "status"), at(t, item, "end_time"), at(t, item, "estimated_time"),
	})

	detail := decoded(t, at(t, item, "detail").(string))
	progress := decoded(t, at(t, detail, "progressInfo").(string))
	diff(t, "inside", []any{"FINISH", "100.00%", true}, []any{
		at(t, progress, "currentStep"), at(t, progress, "progress"),
		strings.Contains(at(t, progress, "errorMsg").(string), "SUCCESS"),
	})
}
