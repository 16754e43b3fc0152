// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/http"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// snapshot is a task of a list; an empty text stands for no member.
func snapshot(uid, created, phase string) string {
	return `{"metadata":{"uid":"` + uid + `","creationTimestamp":"` + created + `"},"spec":{},"status":{"phase":"` + phase + `"}}`
}

// Three moments, the last one after the others by its offset alone.
const (
	monday  = "2023-11-20 17:03:46.739012 +0800 CST"
	tuesday = "2023-11-21 09:03:46.7 +0000 UTC"
	later   = "2023-11-21 17:03:46.700000001 +0800 CST"
)

func TestCCESnapshotTasks_areJudgedByTheTaskThatIsMeant(t *testing.T) {
	after := func(text string) CCESnapshotFilter {
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			t.Fatal(err)
		}
		return CCESnapshotFilter{CreatedAfter: at}
	}
	all := CCESnapshotFilter{}
	for _, test := range []struct {
		observed
		filter CCESnapshotFilter
	}{
		{observed{name: "as documented", body: fakecloud.ExampleCCESnapshotTasks, want: task.Observation{Label: "87d326f9-46b0-486e-a4ba-1f82ec9315ed", State: task.Running, Percent: pointer(67.0), Busy: true}}, all},
		{observed{name: "none", body: `{"items":[]}`, want: task.Observation{State: task.Missing}}, all},
		{observed{name: "none at all", body: `{"kind":"List"}`, want: task.Observation{State: task.Missing}}, all},
		{observed{name: "the newest last", body: items(snapshot("a", monday, "Failed"), snapshot("b", tuesday, "Success")), want: task.Observation{Label: "b", State: task.Succeeded}}, all},
		{observed{name: "the newest first", body: items(snapshot("b", tuesday, "Success"), snapshot("a", monday, "Failed")), want: task.Observation{Label: "b", State: task.Succeeded}}, all},
		{observed{name: "the newest by its offset", body: items(snapshot("c", later, "Failed"), snapshot("b", tuesday, "Success")), want: task.Observation{Label: "c", State: task.Failed}}, all},
		{observed{name: "an older one runs on", body: items(snapshot("a", monday, "Running"), snapshot("b", tuesday, "Success")), want: task.Observation{Label: "b", State: task.Succeeded, Busy: true}}, all},
		{observed{name: "an older one in an unknown phase", body: items(snapshot("a", monday, "Frozen"), snapshot("b", tuesday, "Success")), want: task.Observation{Label: "b", State: task.Succeeded, Busy: true}}, all},
		{observed{name: "two of the same time, one failed", body: items(snapshot("a", monday, "Success"), snapshot("b", monday, "Failed")), want: task.Observation{Label: "b", State: task.Failed}}, all},
		{observed{name: "two of the same time, one runs", body: items(snapshot("a", monday, "Running"), snapshot("b", monday, "Failed")), want: task.Observation{Label: "a", State: task.Running, Busy: true}}, all},
		{observed{name: "two of the same time in two zones", body: items(snapshot("a", "2023-11-20 09:03:46 +0000 UTC", "Success"), snapshot("b", "2023-11-20 17:03:46 +0800 CST", "Frozen")), want: task.Observation{Label: "b", State: task.Unknown, UnknownStatus: "Frozen", UnknownReason: `the phase "Frozen"`, Busy: true}}, all},
		{observed{name: "one without a time", body: items(snapshot("a", monday, "Success"), snapshot("b", "", "Success")), want: task.Observation{State: task.Unknown, UnknownReason: `the creationTimestamp ""`}}, all},
		{observed{name: "one without metadata", body: items(snapshot("a", monday, "Success"), `{"status":{"phase":"Running"}}`), want: task.Observation{State: task.Unknown, UnknownReason: `the creationTimestamp ""`, Busy: true}}, all},
		{observed{name: "one with an odd time", body: items(snapshot("a", "yesterday", "Success")), want: task.Observation{State: task.Unknown, UnknownReason: `the creationTimestamp "yesterday"`}}, all},
		{observed{name: "pending", body: items(snapshot("a", monday, "Queuing")), want: task.Observation{Label: "a", State: task.Pending, Busy: true}}, all},
		{observed{name: "no phase", body: items(`{"metadata":{"uid":"a","creationTimestamp":"` + monday + `"}}`), want: task.Observation{Label: "a", State: task.Unknown, UnknownReason: "an absent or empty phase", Busy: true}}, all},
		{observed{name: "a word of the user's", body: items(snapshot("a", monday, "Frozen")), words: map[string]task.State{"FROZEN": task.Failed}, want: task.Observation{Label: "a", State: task.Failed}}, all},
		{observed{name: "a word overridden", body: items(snapshot("a", monday, "Pause")), words: map[string]task.State{"pause": task.Succeeded}, want: task.Observation{Label: "a", State: task.Succeeded}}, all},
		{observed{name: "a percentage with a sign", body: items(`{"metadata":{"creationTimestamp":"` + monday + `"},"status":{"phase":"Running","progress":"67.5%"}}`), want: task.Observation{State: task.Running, Percent: pointer(67.5), Busy: true}}, all},
		{observed{name: "a percentage beyond all", body: items(`{"metadata":{"creationTimestamp":"` + monday + `"},"status":{"phase":"Running","progress":101}}`), want: task.Observation{State: task.Running, Busy: true}}, all},
		{observed{name: "a completion time while it runs", body: items(`{"metadata":{"creationTimestamp":"` + monday + `"},"status":{"phase":"Running","progress":"100","completionTime":"` + tuesday + `"}}`), want: task.Observation{State: task.Running, Percent: pointer(100.0), Busy: true}}, all},

		{observed{name: "only those created after", body: items(snapshot("a", monday, "Success"), snapshot("b", tuesday, "Running")), want: task.Observation{Label: "b", State: task.Running, Busy: true}}, after("2023-11-21T00:00:00Z")},
		{observed{name: "none created after", body: items(snapshot("a", monday, "Running")), want: task.Observation{State: task.Missing}}, after("2023-11-21T00:00:00Z")},
		{observed{name: "created at that very moment", body: items(snapshot("b", tuesday, "Success")), want: task.Observation{State: task.Missing}}, after("2023-11-21T09:03:46.7Z")},
		{observed{name: "created just after it", body: items(snapshot("c", later, "Success")), want: task.Observation{Label: "c", State: task.Succeeded}}, after("2023-11-21T17:03:46.7+08:00")},
		{observed{name: "one without a time may be after it", body: items(snapshot("a", "", "Success")), want: task.Observation{State: task.Unknown, UnknownReason: `the creationTimestamp ""`}}, after("2023-11-21T00:00:00Z")},

		{observed{name: "by its uid", body: items(snapshot("a", monday, "Success"), snapshot("b", tuesday, "Running")), want: task.Observation{State: task.Succeeded}}, CCESnapshotFilter{UID: "a"}},
		{observed{name: "by its uid without a time", body: items(snapshot("a", "", "Failed"), snapshot("b", "", "Running")), want: task.Observation{State: task.Failed}}, CCESnapshotFilter{UID: "a"}},
		{observed{name: "by its uid, whatever the time", body: items(snapshot("a", monday, "Success")), want: task.Observation{State: task.Succeeded}}, CCESnapshotFilter{UID: "a", CreatedAfter: time.Now()}},
		{observed{name: "no such uid", body: items(snapshot("a", monday, "Success"), `{}`), want: task.Observation{State: task.Missing}}, CCESnapshotFilter{UID: "A"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			list := read[CCESnapshotTasks](t, test.body)
			diff(t, "observation", test.want, list.Observe(test.filter, CCESnapshotStatuses.Merge(test.words)))
		})
	}
}

func TestCCESnapshotTask_failsWithTheMessagesOfItsParts(t *testing.T) {
	body := items(`{"metadata":{"uid":"a","creationTimestamp":"` + monday + `"},"status":{"phase":"Failed"},"spec":{"items":[` +
		`{"id":"m1","type":"master-backup","status":"Success","message":"fine"},` +
		`{"id":"m2","type":"master-backup","status":"Failed","message":"disk is full"},` +
		`{"id":"m3","type":"master-backup","status":"failed"},{"status":"Init"}]}}`)
	diff(t, "observation", task.Observation{
		Label: "a", State: task.Failed, Reason: "master-backup m2 Failed: disk is full; master-backup m3 failed",
	}, read[CCESnapshotTasks](t, body).Observe(CCESnapshotFilter{}, CCESnapshotStatuses))
}

func TestCCESnapshotTasks_aMissingClusterIsAnError(t *testing.T) {
	reads := map[string]func(Project) error{
		fakecloud.SnapshotTasksPath(projectID, clusterID): func(p Project) error {
			_, err := p.CCESnapshotTasks(t.Context(), clusterID)
			return err
		},
		fakecloud.AutopilotSnapshotTasksPath(projectID, clusterID): func(p Project) error {
			_, err := p.CCEAutopilotSnapshotTasks(t.Context(), clusterID)
			return err
		},
	}
	for _, test := range []answered{
		{"no such cluster", http.StatusNotFound, "CCE.01404001", transport.KindStatus},
		{"404 of the gateway", http.StatusNotFound, "APIGW.0101", transport.KindStatus},
		{"404 without a code", http.StatusNotFound, "", transport.KindStatus},
		{"400", http.StatusBadRequest, "CCE.01400001", transport.KindStatus},
	} {
		for path, read := range reads {
			test.check(t, path, read)
		}
	}
}

func TestParseCCETime_goesByTheOffsetAlone(t *testing.T) {
	for text, want := range map[string]string{
		"2023-11-25 17:03:46.739012 +0800 CST":          "2023-11-25T09:03:46.739012Z",
		"2020-02-02 08:12:40.672772389 +0000 UTC":       "2020-02-02T08:12:40.672772389Z",
		"2023-11-25 17:03:46 -0600 CST":                 "2023-11-25T23:03:46Z",
		"2023-11-25 17:03:46.7 +0800":                   "2023-11-25T09:03:46.7Z",
		"2023-11-25 17:03:46.739 +0800 CST m=+0.000012": "2023-11-25T09:03:46.739Z",
		"2023-11-25  17:03:46 +0545 +0545":              "2023-11-25T11:18:46Z",
		"2023-11-25T17:03:46.739012+08:00":              "2023-11-25T09:03:46.739012Z",
		"2023-11-25T09:03:46Z":                          "2023-11-25T09:03:46Z",
		"2023-11-25 17:03:46 CST":                       "",
		"2023-11-25 17:03:46":                           "",
		"2023-11-31 17:03:46 +0800 CST":                 "",
		"":                                              "",
		"yesterday at noon":                             "",
	} {
		at, err := ParseCCETime(text)
		got := ""
		if err == nil {
			got = at.UTC().Format(time.RFC3339Nano)
		}
		diff(t, text, want, got)
	}
}

func items(tasks ...string) string {
	body := `{"items":[`
	for i, each := range tasks {
		if i > 0 {
			body += ","
		}
		body += each
	}
	return body + `]}`
}
