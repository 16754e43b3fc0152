// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// dcsTasks is a list with a task for each word, created one after the other.
func dcsTasks(words ...string) string {
	var tasks []string
	for i, word := range words {
		tasks = append(tasks, fmt.Sprintf(`{"id":"t%d","name":"EXTEND","status":%q,"created_at":"2020-06-17T08:%02d:00.000Z"}`, i, word, i))
	}
	return fmt.Sprintf(`{"task_count":%d,"tasks":[%s]}`, len(words), strings.Join(tasks, ","))
}

func TestDCSBackgroundTasks_openTheGateForTheSuccessOfAllOnly(t *testing.T) {
	t.Parallel()
	const undated = `{"tasks":[{"id":"a","status":"SUCCESS","created_at":"2020-06-17T08:00:00Z"},{"id":"b","status":"SUCCESS","created_at":%s}]}`
	unable := fails("Unable to read DCS background tasks")
	latest := args{"latest": true}
	judge(t, "dcs_background_tasks", []row{
		{name: "SUCCESS", body: dcsTasks("SUCCESS"), want: isSucceeded.idle(), gate: true},
		{name: "all succeeded", body: dcsTasks("SUCCESS", "success", "Success"), want: isSucceeded.idle(), gate: true},
		{name: "CREATED", body: dcsTasks("SUCCESS", "CREATED"), want: isRunning.busy()},
		{name: "EXECUTING", body: dcsTasks("SUCCESS", "EXECUTING"), want: isRunning.busy()},
		{name: "RUNNING", body: dcsTasks("RUNNING", "SUCCESS"), want: isRunning.busy()},
		{name: "FAILED", body: dcsTasks("SUCCESS", "FAILED"), want: isFailed.idle()},
		{name: "FAIL", body: dcsTasks("FAIL", "SUCCESS"), want: isFailed.idle()},
		{name: "CANCELLED", body: dcsTasks("SUCCESS", "CANCELLED"), want: isFailed.idle()},
		{name: "DELETED", body: dcsTasks("SUCCESS", "DELETED"), want: isFailed.idle()},
		{name: "running before unknown and failed", body: dcsTasks("FAILED", "X", "EXECUTING"), want: isRunning.busy()},
		{name: "pending before unknown and failed", body: dcsTasks("FAILED", "X", "CREATED"), want: isRunning.busy()},
		{name: "unknown before failed", body: dcsTasks("FAILED", "X", "SUCCESS"), want: isUnknown.busy()},
		{name: "the spelling of steps", body: dcsTasks("CANCELED"), want: isUnknown.busy()},
		{name: "an empty word", body: dcsTasks("SUCCESS", ""), want: isUnknown.busy()},
		{name: "no word", body: `{"tasks":[{"id":"a","status":"SUCCESS"},{"id":"b","updated_at":"2020-06-17T08:18:10.106Z"}]}`, want: isUnknown.busy()},
		{name: "an empty task", body: `{"tasks":[{}]}`, want: isUnknown.busy()},
		{name: "a null task", body: `{"tasks":[null]}`, want: isUnknown.busy()},
		{name: "tasks without an id", body: `{"tasks":[{"status":"SUCCESS"},{"status":"EXECUTING"}]}`, want: isRunning.busy()},
		{name: "tasks without an id that have all succeeded", body: `{"tasks":[{"status":"SUCCESS"},{"status":"SUCCESS"}]}`, want: isSucceeded.idle(), gate: true},
		{name: "an object for the tasks", body: `{"tasks":{"status":"SUCCESS"}}`, want: unable},
		{name: "an empty object", body: `{}`, want: unable},
		{name: "another answer", body: `{"status":"SUCCESS"}`, want: unable},
		{name: "another answer, whatever a missing task means", body: `{"jobs":[]}`, ask: args{"on_missing": "succeeded"}, want: unable},
		{name: "an unknown word that the user knows", body: dcsTasks("DONE"), ask: args{"status_map": args{"done": "succeeded"}}, want: isSucceeded.idle(), gate: true},
		{name: "an absent word that nobody can know", body: dcsTasks(""), ask: args{"status_map": args{"*": "succeeded"}}, want: isUnknown.busy()},

		{name: "an empty list", body: dcsTasks(), want: isMissing.idle()},
		{name: "an empty list that is to fill", body: dcsTasks(), ask: args{"on_missing": "pending"}, want: isMissing.idle()},
		{name: "an empty list that is done", body: dcsTasks(), ask: args{"on_missing": "succeeded"}, want: isExcused.idle(), gate: true},
		{name: "no task of the id", body: dcsTasks("SUCCESS"), ask: args{"task_id": "t9"}, want: fails("DCS background tasks not found")},
		{name: "no task of the id yet", body: dcsTasks("SUCCESS"), ask: args{"task_id": "t9", "on_missing": "pending"}, want: isMissing.busy()},
		{name: "no task of the id any more", body: dcsTasks("FAILED"), ask: args{"task_id": "t9", "on_missing": "succeeded"}, want: isExcused.idle(), gate: true},
		{name: "an id in another case", body: dcsTasks("SUCCESS"), ask: args{"task_id": "T0"}, want: fails("DCS background tasks not found")},
		{name: "no task of the name", body: dcsTasks("SUCCESS"), ask: args{"name": "modify"}, want: isMissing.idle()},
		{name: "no task of the name any more", body: dcsTasks("SUCCESS"), ask: args{"name": "modify", "on_missing": "succeeded"}, want: isExcused.idle(), gate: true},

		{name: "the one of the id has succeeded", body: dcsTasks("FAILED", "SUCCESS", "EXECUTING"), ask: args{"task_id": "t1"}, want: isSucceeded.idle(), gate: true},
		{name: "the one of the id has failed", body: dcsTasks("FAILED", "SUCCESS"), ask: args{"task_id": "t0"}, want: isFailed.idle()},
		{name: "the latest has succeeded", body: dcsTasks("FAILED", "EXECUTING", "SUCCESS"), ask: latest, want: isSucceeded.idle(), gate: true},
		{name: "the latest runs", body: dcsTasks("SUCCESS", "EXECUTING"), ask: latest, want: isRunning.busy()},
		{name: "the latest has failed", body: dcsTasks("SUCCESS", "FAILED"), ask: latest, want: isFailed.idle()},
		{name: "which is the latest nobody knows: no time", body: fmt.Sprintf(undated, "null"), ask: latest, want: isUnknown.busy()},
		{name: "which is the latest nobody knows: bad time", body: fmt.Sprintf(undated, `"2020-06-17 08:18:06"`), ask: latest, want: isUnknown.busy()},
		{name: "which is the latest matters only to those who ask", body: fmt.Sprintf(undated, "null"), want: isSucceeded.idle(), gate: true},
	})
}

// snapshot is a task of CCE; phase and created are JSON.
func snapshot(uid, phase, created string) string {
	return fmt.Sprintf(`{"metadata":{"uid":%q,"creationTimestamp":%s},"status":{"phase":%s,"progress":"100","completionTime":"2023-11-25 17:03:46 +0800 CST"}}`, uid, created, phase)
}

func snapshots(items ...string) string {
	return `{"kind":"List","items":[` + strings.Join(items, ",") + `],"status":{"latestBackupTime":"2023-11-25 17:03:47.980844 +0800 CST"}}`
}

func TestCCESnapshotTasks_openTheGateForTheSuccessOfTheRightOneOnly(t *testing.T) {
	t.Parallel()
	for _, s := range backups() {
		t.Run(s.source, func(t *testing.T) {
			t.Parallel()
			openTheGateForTheRightBackupOnly(t, s)
		})
	}
}

func openTheGateForTheRightBackupOnly(t *testing.T, s target) {
	t.Helper()
	// Each later than the one before, although the first and the third read otherwise.
	const first, second, third = `"2023-11-25 17:00:00 +0800 CST"`, `"2023-11-25 09:30:00.5 +0000 UTC"`, `"2023-11-25 04:31:00 -0500 EST"`
	const success, running, failed = `"Success"`, `"Running"`, `"Failed"`
	unable := fails("Unable to read " + s.noun)
	byID := args{"uid": snapshotID}
	judge(t, s.source, []row{
		{name: "Success", body: snapshots(snapshot("a", success, first)), want: isSucceeded.idle(), gate: true},
		{name: "success in another case", body: snapshots(snapshot("a", `"SUCCESS"`, first)), want: isSucceeded.idle(), gate: true},
		{name: "Init", body: snapshots(snapshot("a", `"Init"`, first)), want: isPending.busy()},
		{name: "Queuing", body: snapshots(snapshot("a", `"Queuing"`, first)), want: isPending.busy()},
		{name: "Running", body: snapshots(snapshot("a", running, first)), want: isRunning.busy()},
		{name: "the documented example, which has a completion time", body: fakecloud.ExampleCCESnapshotTasks, want: isRunning.busy()},
		{name: "Pause", body: snapshots(snapshot("a", `"Pause"`, first)), want: isRunning.busy()},
		{name: "Failed", body: snapshots(snapshot("a", failed, first)), want: isFailed.idle()},
		{name: "an unknown word", body: snapshots(snapshot("a", `"Error"`, first)), want: isUnknown.busy()},
		{name: "an empty word", body: snapshots(snapshot("a", `""`, first)), want: isUnknown.busy()},
		{name: "no word", body: snapshots(snapshot("a", `null`, first)), want: isUnknown.busy()},
		{name: "no status", body: snapshots(`{"metadata":{"uid":"a","creationTimestamp":` + first + `},"spec":{"items":[{"status":"Success"}]}}`), want: isUnknown.busy()},
		{name: "no time", body: snapshots(snapshot("a", success, `null`)), want: isUnknown.idle()},
		{name: "a bad time", body: snapshots(snapshot("a", success, `"yesterday"`)), want: isUnknown.idle()},
		{name: "a time without a zone", body: snapshots(snapshot("a", success, `"2023-11-25 17:03:46"`)), want: isUnknown.idle()},
		{name: "a bad time beside a good one", body: snapshots(snapshot("a", success, first), snapshot("b", success, `""`)), want: isUnknown.idle()},
		{name: "the time of a log line", body: snapshots(snapshot("a", success, `"2023-11-25 17:03:46.739012345 +0800 CST m=+0.5"`)), want: isSucceeded.idle(), gate: true},
		{name: "a null item", body: snapshots(`null`), want: isUnknown.busy()},
		{name: "an object for the items", body: `{"items":{}}`, want: unable},
		{name: "an empty object", body: `{}`, want: unable},
		{name: "another answer, whatever a missing task means", body: `{"tasks":[]}`, ask: args{"on_missing": "succeeded"}, want: unable},
		{name: "an unknown word that the user knows", body: snapshots(snapshot("a", `"Done"`, first)), ask: args{"status_map": args{"DONE": "succeeded"}}, want: isSucceeded.idle(), gate: true},
		{name: "an absent word that nobody can know", body: snapshots(snapshot("a", `""`, first)), ask: args{"status_map": args{"*": "succeeded"}}, want: isUnknown.busy()},

		{name: "an empty list", body: snapshots(), want: isMissing.idle()},
		{name: "an empty list that is to fill", body: snapshots(), ask: args{"on_missing": "pending"}, want: isMissing.idle()},
		{name: "an empty list that is done", body: snapshots(), ask: args{"on_missing": "succeeded"}, want: isExcused.idle(), gate: true},

		{name: "the newest has succeeded", body: snapshots(snapshot("a", failed, first), snapshot("c", success, third), snapshot("b", failed, second)), want: isSucceeded.idle(), gate: true},
		{name: "the newest runs", body: snapshots(snapshot("a", success, first), snapshot("b", running, second)), want: isRunning.busy()},
		{name: "the newest stands last", body: snapshots(snapshot("a", success, first), snapshot("c", failed, third)), want: isFailed.idle()},
		{name: "the newest stands first", body: snapshots(snapshot("c", failed, third), snapshot("b", success, second)), want: isFailed.idle()},
		{name: "the newest has succeeded, an older one runs", body: snapshots(snapshot("a", running, first), snapshot("b", success, second)), want: isSucceeded.busy(), gate: true},
		{name: "two are the newest", body: snapshots(snapshot("a", success, first), snapshot("b", failed, first)), want: isFailed.idle()},
		{name: "two are the newest, the other way round", body: snapshots(snapshot("b", failed, first), snapshot("a", success, first)), want: isFailed.idle()},

		{name: "none is after", body: snapshots(snapshot("a", success, first)), ask: args{"created_after": "2023-11-25T09:00:00Z"}, want: isMissing.idle()},
		{name: "one is after", body: snapshots(snapshot("a", failed, first), snapshot("b", success, second)), ask: args{"created_after": "2023-11-25T09:00:00Z"}, want: isSucceeded.idle(), gate: true},
		{name: "none is after any more", body: snapshots(snapshot("a", failed, first)), ask: args{"created_after": "2023-11-25T09:00:00Z", "on_missing": "succeeded"}, want: isExcused.idle(), gate: true},
		{name: "whether one is after nobody knows", body: snapshots(snapshot("a", success, `null`)), ask: args{"created_after": "2023-11-25T09:00:00Z"}, want: isUnknown.idle()},

		{name: "the one has succeeded", body: snapshots(snapshot("c", failed, third), snapshot(snapshotID, success, first)), ask: byID, want: isSucceeded.idle(), gate: true},
		{name: "the one has succeeded, when it does not say", body: snapshots(snapshot(snapshotID, success, `null`)), ask: byID, want: isSucceeded.idle(), gate: true},
		{name: "the one has failed", body: snapshots(snapshot("c", success, third), snapshot(snapshotID, failed, first)), ask: byID, want: isFailed.idle()},
		{name: "the one is there twice", body: snapshots(snapshot(snapshotID, success, first), snapshot(snapshotID, failed, first)), ask: byID, want: isFailed.idle()},
		{name: "the one is not there", body: snapshots(snapshot("c", success, third)), ask: byID, want: fails(s.noun + " not found")},
		{name: "the one is not there yet", body: snapshots(snapshot("c", success, third)), ask: byID.With(args{"on_missing": "pending"}), want: isMissing.busy()},
		{name: "the one is not there any more", body: snapshots(snapshot("c", failed, third)), ask: byID.With(args{"on_missing": "succeeded"}), want: isExcused.idle(), gate: true},
	})
}
