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

// Examples with the fields and peculiarities of the documents, but invented
// values: the documents' own examples name other tasks than their requests.
var (
	// ExampleCCEJob is a failed job with sub-jobs on three levels; the middle one
	// has no status. It is also that of Autopilot.
	//go:embed bodies/cce_job.json
	ExampleCCEJob string

	// ExampleDWSJob is a failed job.
	//go:embed bodies/dws_job.json
	ExampleDWSJob string

	// ExampleDWSSnapshot is an available snapshot. Like the documents' example, it
	// has numbers in some fields that are documented as strings.
	//go:embed bodies/dws_snapshot.json
	ExampleDWSSnapshot string

	// ExampleCCEUpgradeTask is a running upgrade, which nevertheless has a
	// completion time. It is also that of Autopilot.
	//go:embed bodies/cce_upgrade_task.json
	ExampleCCEUpgradeTask string
)

// The IDs in these examples, to request them by or to replace.
const (
	ExampleCCEJobID         = "6d1f0c52-9a7e-4b3c-8e21-0f5a7c9d1b46"
	ExampleDWSJobID         = "2c90808f9a1b4c7e019a2d5e7f60011c"
	ExampleDWSSnapshotID    = "5f0e2c7a-41d9-4b86-9a3c-d17e60b8f254"
	ExampleCCEUpgradeTaskID = "9c3e7f10-6b2d-4a58-8f94-2d0b5e1c7a63"
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
