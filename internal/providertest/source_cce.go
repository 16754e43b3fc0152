// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"fmt"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func cceSnapshotTasks() Source {
	return snapshotTasks("cce_snapshot_tasks", "CCE snapshot task", "/api")
}

func cceAutopilotSnapshotTasks() Source {
	return snapshotTasks("cce_autopilot_snapshot_tasks", "CCE Autopilot snapshot task", "/autopilot")
}

// snapshotTasks is a list of the backups of a cluster: the same API in two places.
func snapshotTasks(source, noun, base string) Source {
	return Source{
		Name: source, Noun: noun, Service: "cce", Shape: List,
		API:     base + "/v3.1/projects/{project_id}/clusters/{cluster_id}/operation/snapshot/tasks",
		Args:    Args{"cluster_id": ClusterID},
		OneTask: Args{"uid": SnapshotID},
		Recent:  Args{"created_after": "1999-12-31T00:00:00Z"},
		Options: "latest",
		ID:      ClusterID,

		Statuses: map[string][]string{"pending": {"Init", "Queuing"}, "running": {"Running", "Pause"}, "succeeded": {"Success"}, "failed": {"Failed"}},
		Body: func(status string) string {
			return SnapshotList(Snapshot(SnapshotID, status, "2023-11-25 17:03:46 +0800 CST"))
		},
		Reason:  "disk full",
		Missing: []fakecloud.Response{{Body: SnapshotList()}, {Body: `{"kind":"List","apiVersion":"v3.1","metadata":{}}`}, {Body: `{"kind":"List","items":null}`}},

		Members: []string{
			"string: apiVersion kind", "object: metadata", "string: metadata.uid", "time: metadata.creationTimestamp metadata.updateTimestamp",
			"array: items", "string: items[].kind items[].apiVersion",
			"object: items[].metadata", "string: items[].metadata.uid", "time: items[].metadata.creationTimestamp items[].metadata.updateTimestamp",
			"object: items[].spec", "array: items[].spec.items",
			membersOf("string", "items[].spec.items[]", "id"), membersOf("status", "items[].spec.items[]", "type status"),
			membersOf("time", "items[].spec.items[]", "creationTimestamp updateTimestamp"), membersOf("string", "items[].spec.items[]", "message"),
			"object: items[].status", "status: items[].status.phase", "string: items[].status.progress", "time: items[].status.completionTime",
			"object: status", "time: status.latestBackupTime",
		},
		Computed: "items.state",
		Samples:  snapshotSamples(noun + "s of cluster " + ClusterID),
	}
}

// snapshotSamples are those of a list that messages call name.
func snapshotSamples(name string) []Sample {
	return []Sample{sample(
		"the documented example, which runs and has a completion time", fakecloud.ExampleCCESnapshotTasks,
		`{"state":"running","summary":"`+name+` (`+SnapshotID+`): running (Running), 67%","percent":67,"idle":false,"api_version":"v3.1","kind":"List","metadata":{},
		"items":[{"kind":"SnapshotTask","api_version":"v3.1","state":"running",
		"metadata":{"uid":"`+SnapshotID+`","creation_timestamp":"2023-11-25 17:03:46.739012 +0800 CST","update_timestamp":"2023-11-25 17:03:46.739027 +0800 CST"},
		"spec":{"items":[]},"status":{"phase":"Running","progress":"67","completion_time":"2023-11-25 17:03:46.739027 +0800 CST"}}],
		"status":{"latest_backup_time":"2023-11-25 17:03:47.980844 +0800 CST"}}`,
	), sample(
		"numbers for strings, fractions, nulls, empty objects, and undocumented fields, with one of two failed",
		`{"kind":"List","apiVersion":3.10,"metadata":{"uid":null,"creationTimestamp":5,"annotations":{}},"continue":"x","status":{"latestBackupTime":0.5,"more":[]},"items":[`+
			`{"kind":null,"metadata":{"uid":9,"creationTimestamp":"2023-11-25 17:03:46 +0800 CST","updateTimestamp":null},"status":{"phase":"FAILED","progress":33.30,"completionTime":""},`+
			`"spec":{"items":[{},{"id":1,"type":"master-backup","status":"failed","creationTimestamp":2,"updateTimestamp":null,"message":"disk full","code":7},{"status":"Success","message":"done"}]}},`+
			`{"apiVersion":3.1,"metadata":{"uid":"8","creationTimestamp":"2023-11-25 09:03:45.999999999 +0000 UTC"},"spec":{"items":null},"status":{"phase":"Success"}}]}`,
		`{"state":"failed","summary":"`+name+`: failed (2 tasks: 1 failed, 1 succeeded): task 9 FAILED: master-backup 1 failed: disk full","reason":"task 9 FAILED: master-backup 1 failed: disk full","idle":true,
		"api_version":"3.10","kind":"List","metadata":{"creation_timestamp":"5"},"items":[
		{"state":"failed","metadata":{"uid":"9","creation_timestamp":"2023-11-25 17:03:46 +0800 CST"},"status":{"phase":"FAILED","progress":"33.30","completion_time":""},
		"spec":{"items":[{},{"id":"1","type":"master-backup","status":"failed","creation_timestamp":"2","message":"disk full"},{"status":"Success","message":"done"}]}},
		{"state":"succeeded","api_version":"3.1","metadata":{"uid":"8","creation_timestamp":"2023-11-25 09:03:45.999999999 +0000 UTC"},"spec":{"items":[]},"status":{"phase":"Success"}}],
		"status":{"latest_backup_time":"0.5"}}`,
	), sample(
		"nulls", `{"kind":"List","metadata":null,"status":null,"items":[{"kind":null,"apiVersion":null,"metadata":{"uid":"a","creationTimestamp":null},"spec":null,"status":null}]}`,
		`{"state":"unknown","summary":"`+name+` (a): unknown: no phase","idle":false,"kind":"List","items":[{"state":"unknown","metadata":{"uid":"a"}}]}`,
	), sample(
		"an empty list", `{"items":[]}`, `{"state":"missing","summary":"`+name+`: missing (no tasks)","idle":true,"items":[]}`,
	), sample(
		"a list without items, since the API leaves out what is empty", `{"kind":"List","apiVersion":"v3.1","metadata":{},"status":{}}`,
		`{"state":"missing","summary":"`+name+`: missing (no tasks)","idle":true,"kind":"List","api_version":"v3.1","metadata":{},"status":{},"items":[]}`,
	)}
}

// Snapshot is a backup, which says why it failed.
func Snapshot(uid, status, created string) string {
	return fmt.Sprintf(`{"kind":"SnapshotTask","metadata":{"uid":%q,"creationTimestamp":%q},"status":{"phase":%q,"completionTime":%q},`+
		`"spec":{"items":[{"id":"m1","type":"master-backup","status":%q,"message":"disk full"}]}}`, uid, created, status, created, status)
}

// SnapshotList is a list of backups.
func SnapshotList(items ...string) string {
	return `{"kind":"List","apiVersion":"v3.1","metadata":{},"items":[` + joined(items) + `]}`
}

func joined(objects []string) string { return strings.Join(objects, ",") }
