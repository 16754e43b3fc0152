// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"fmt"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func cceUpgradeTask() Source {
	return upgradeTaskOf("cce_upgrade_task", "CCE upgrade task", "/api")
}

func cceAutopilotUpgradeTask() Source {
	return upgradeTaskOf("cce_autopilot_upgrade_task", "CCE Autopilot upgrade task", "/autopilot")
}

// upgradeTaskOf is the same API in two places.
func upgradeTaskOf(source, noun, base string) Source {
	const id = fakecloud.ExampleCCEUpgradeTaskID
	return Source{
		Name: source, Noun: noun, Service: "cce", Shape: Single,
		API:  base + "/v3/projects/{project_id}/clusters/{cluster_id}/operation/upgrade/tasks/{task_id}",
		Args: Args{"cluster_id": ClusterID, "task_id": id},
		ID:   ClusterID + "/" + id,

		Statuses: map[string][]string{"pending": {"Init", "Queuing"}, "running": {"Running", "Pause"}, "succeeded": {"Success"}, "failed": {"Failed"}},
		Body: func(status string) string {
			return fmt.Sprintf(`{"kind":"UpgradeTask","metadata":{"uid":%q},"spec":{"items":[{"name":"upgrade-limit-check","status":"Failed","message":"disk full"}]},"status":{"phase":%q}}`, id, status)
		},
		Reason:  "upgrade-limit-check Failed: disk full",
		Missing: noSuchCCETask(),

		Members: []string{
			"string: apiVersion kind", "object: metadata", "string: metadata.uid", "time: metadata.creationTimestamp metadata.updateTimestamp",
			"object: spec", "string: spec.version spec.targetVersion", "object: spec.items",
			"object: status", "status: status.phase", "string: status.progress", "time: status.completionTime",
		},
		Samples: cceUpgradeTaskSamples(noun+" "+id+" of cluster "+ClusterID, id),
	}
}

func cceUpgradeTaskSamples(name, id string) []Sample {
	return []Sample{sample(
		"the documented example, which runs and has a completion time", fakecloud.ExampleCCEUpgradeTask,
		`{"state":"running","percent":42,"summary":"`+name+` (to v1.31): running (Running), 42%","kind":"UpgradeTask","api_version":"v3",
		"metadata":{"uid":"`+id+`","creation_timestamp":"2026-03-04 14:11:09.12034 +0800 CST","update_timestamp":"2026-03-04 14:31:55.00871 +0800 CST"},
		"spec":{"version":"v1.29","target_version":"v1.31"},"status":{"phase":"Running","progress":"42.00","completion_time":"2026-03-04 14:31:55.00871 +0800 CST"}}`,
	), sample(
		"paused", `{"kind":"UpgradeTask","metadata":{"uid":"`+id+`"},"status":{"phase":"Pause","progress":"33.30"}}`,
		`{"state":"running","percent":33.3,"summary":"`+name+`: running (Pause), 33.3%, paused until a person resumes it","kind":"UpgradeTask",
		"metadata":{"uid":"`+id+`"},"status":{"phase":"Pause","progress":"33.30"}}`,
	), sample(
		"items, whose form is not documented, fields of other types, and undocumented fields",
		`{"apiVersion":3,"metadata":{"uid":"`+id+`","creationTimestamp":{},"more":1},"spec":{"version":1.29,"targetVersion":[],"items":{"drain": {"phase":"Failed"}, "n": 1.0}},"status":{"phase":"Failed","progress":150,"completionTime":false}}`,
		`{"state":"failed","reason":"drain Failed","summary":"`+name+`: failed (Failed): drain Failed","api_version":"3","metadata":{"uid":"`+id+`"},
		"spec":{"version":"1.29","items":"{\"drain\": {\"phase\":\"Failed\"}, \"n\": 1.0}"},"status":{"phase":"Failed","progress":"150"}}`,
	), sample(
		"nulls", `{"kind":null,"apiVersion":null,"metadata":{"uid":"`+id+`"},"spec":{"items":null},"status":null}`,
		`{"state":"unknown","summary":"`+name+`: unknown: no phase","metadata":{"uid":"`+id+`"},"spec":{}}`,
	)}
}
