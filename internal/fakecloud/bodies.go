// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// The example bodies of Huawei Cloud's documents, to the letter: their twists
// (a number where a string is announced, an end time in a step that still runs,
// Chinese names, JSON in JSON) are what a client must cope with.
var (
	// ExampleDWSAction is a failed snapshot, with a detail that claims success.
	//go:embed bodies/dws_cluster_action.json
	ExampleDWSClusterAction string

	// ExampleDCSTasks is a list of one task; ExampleDCSTask is that task.
	//go:embed bodies/dcs_background_tasks.json
	ExampleDCSBackgroundTasks string

	// ExampleDCSProgress is a migration at 30 %.
	//go:embed bodies/dcs_task_progress.json
	ExampleDCSTaskProgress string

	// ExampleDCSJob is a job that has succeeded.
	//go:embed bodies/dcs_job.json
	ExampleDCSJob string

	// ExampleDCSBadRequest is the body of a 400, its placeholder unexpanded.
	//go:embed bodies/dcs_bad_request.json
	ExampleDCSBadRequest string

	// ExampleCCESnapshotTasks is a list of one running task, which has a
	// completion time all the same.
	//go:embed bodies/cce_snapshot_tasks.json
	ExampleCCESnapshotTasks string
)

// ExampleDCSTask is the one task of ExampleDCSTasks, ready for ServeTasks.
func ExampleDCSBackgroundTask() string {
	var list struct {
		Tasks []json.RawMessage `json:"tasks"`
	}
	if err := json.Unmarshal([]byte(ExampleDCSBackgroundTasks), &list); err != nil {
		panic(fmt.Errorf("read the example of a task list: %w", err)) // it is embedded, and valid
	}
	return string(list.Tasks[0])
}
