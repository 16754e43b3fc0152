// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// The example bodies of Huawei Cloud's documents, unchanged. Clients must handle
// their peculiarities: a number where a string is documented, an end time in a
// running step, Chinese names, JSON in JSON.
var (
	// ExampleDWSClusterAction is a failed snapshot whose detail reports success.
	//go:embed bodies/dws_cluster_action.json
	ExampleDWSClusterAction string

	// ExampleDCSBackgroundTasks is a list of one task.
	//go:embed bodies/dcs_background_tasks.json
	ExampleDCSBackgroundTasks string

	// ExampleDCSTaskProgress is a migration at 30%.
	//go:embed bodies/dcs_task_progress.json
	ExampleDCSTaskProgress string

	// ExampleDCSJob is a job that succeeded.
	//go:embed bodies/dcs_job.json
	ExampleDCSJob string

	// ExampleDCSBadRequest is the body of a 400, with its placeholder unexpanded.
	//go:embed bodies/dcs_bad_request.json
	ExampleDCSBadRequest string

	// ExampleCCESnapshotTasks is a list of one running task, which nevertheless
	// has a completion time.
	//go:embed bodies/cce_snapshot_tasks.json
	ExampleCCESnapshotTasks string
)

// ExampleDCSBackgroundTask is the only task of ExampleDCSBackgroundTasks, in the
// form that TaskListStep takes.
func ExampleDCSBackgroundTask() string {
	var list struct {
		Tasks []json.RawMessage `json:"tasks"`
	}
	if err := json.Unmarshal([]byte(ExampleDCSBackgroundTasks), &list); err != nil {
		panic(fmt.Errorf("read the example of a task list: %w", err)) // impossible: the example is embedded and valid
	}
	return string(list.Tasks[0])
}
