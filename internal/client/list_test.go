// SPDX-License-Identifier: MPL-2.0

package client

import (
	"strings"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// selector is a query that both kinds of lists have.
type selector struct {
	id     string
	from   time.Time // an exclusive bound
	latest bool
}

// lists read the tasks of a cloud. The bound of DCS is inclusive.
var lists = map[string]func(*testing.T, *fakecloud.Cloud, selector) (string, task.Observation){
	fakecloud.TasksPath(projectID, instanceID): func(t *testing.T, cloud *fakecloud.Cloud, s selector) (string, task.Observation) {
		t.Helper()
		query := DCSBackgroundTaskQuery{InstanceID: instanceID, TaskID: s.id, From: s.from, Latest: s.latest}
		if !s.from.IsZero() {
			query.From = s.from.Add(time.Nanosecond)
		}
		list, err := project(t, newClient(cloud.Transport())).DCSBackgroundTasks(t.Context(), query)
		diff(t, "error", nil, err)
		return idsOf(list.Tasks()), list.Observe(DCSBackgroundTaskStatuses)
	},
	fakecloud.SnapshotTasksPath(projectID, clusterID): func(t *testing.T, cloud *fakecloud.Cloud, s selector) (string, task.Observation) {
		t.Helper()
		list, err := project(t, newClient(cloud.Transport())).CCESnapshotTasks(t.Context(), CCESnapshotQuery{ClusterID: clusterID, UID: s.id, CreatedAfter: s.from, Latest: s.latest})
		diff(t, "error", nil, err)
		return idsOf(list.Tasks()), list.Observe(CCESnapshotStatuses)
	},
}

func idsOf[T listed](tasks []T) string {
	var all []string
	for _, t := range tasks {
		all = append(all, t.taskID())
	}
	return strings.Join(all, " ")
}

// noon is a moment; the tasks a, b, and c are created around it.
var noon = time.Date(2026, time.March, 4, 12, 0, 0, 0, time.UTC)

// listedTask returns a task that is created a number of milliseconds after noon,
// or at a time that is sent verbatim.
func listedTask(id string, state fakecloud.State, created any) fakecloud.TaskScript {
	script := fakecloud.TaskScript{ID: id, Steps: []fakecloud.Step{{State: state}}}
	switch created := created.(type) {
	case int:
		script.Created = noon.Add(time.Duration(created) * time.Millisecond)
	case string:
		script.CreatedText = created
	}
	return script
}

// TestLists_select: each filter selects what the script says it must; a task
// whose time cannot be read may be meant, and is unknown unless it runs.
func TestLists_select(t *testing.T) {
	const p, r, s, f = fakecloud.Pending, fakecloud.Running, fakecloud.Succeeded, fakecloud.Failed
	at := listedTask
	all, latest, after := selector{}, selector{latest: true}, selector{from: noon}
	placeholder, never := "0001-01-01T00:00:00Z", "-"
	for _, test := range []struct {
		name   string
		tasks  []fakecloud.TaskScript
		query  selector
		want   string // IDs
		state  task.State
		reason string // of unknown
	}{
		{"none", nil, all, "", task.Missing, ""},
		{"one", []fakecloud.TaskScript{at("a", s, 0)}, all, "a", task.Succeeded, ""},
		{"a pending one", []fakecloud.TaskScript{at("a", s, 0), at("b", p, 1)}, all, "a b", task.Running, ""},
		{"a failed one", []fakecloud.TaskScript{at("a", s, 0), at("b", f, -1), at("c", s, 1)}, all, "a b c", task.Failed, ""},
		{"one of each", []fakecloud.TaskScript{at("a", f, 0), at("b", fakecloud.Unknown, 0), at("c", r, 0), at("d", s, 0)}, all, "a b c d", task.Running, ""},
		{"unknown beside failed", []fakecloud.TaskScript{at("a", f, 0), at("b", fakecloud.Unknown, 0)}, all, "a b", task.Unknown, `"FROZEN"`},
		{"no time, which decides nothing", []fakecloud.TaskScript{at("a", s, never), at("b", s, "yesterday"), at("c", s, placeholder)}, all, "a b c", task.Succeeded, ""},

		{"the latest comes first", []fakecloud.TaskScript{at("b", s, 1), at("a", f, 0)}, latest, "b", task.Succeeded, ""},
		{"the latest comes last", []fakecloud.TaskScript{at("a", f, 0), at("b", s, 1)}, latest, "b", task.Succeeded, ""},
		{"the latest by its offset", []fakecloud.TaskScript{at("a", f, "2026-03-04T20:00:00.001+08:00"), at("b", s, 0)}, latest, "a", task.Failed, ""},
		{"two latest ones", []fakecloud.TaskScript{at("a", s, 1), at("b", f, "2026-03-04T20:00:00.001+08:00"), at("c", r, 0)}, latest, "a b", task.Failed, ""},
		{"two latest ones, one of them running", []fakecloud.TaskScript{at("a", s, 1), at("b", r, 1), at("c", f, 0)}, latest, "a b", task.Running, ""},
		{"perhaps the latest", []fakecloud.TaskScript{at("a", s, 1), at("b", s, never)}, latest, "a b", task.Unknown, ` "" of task b`},
		{"perhaps the latest: a placeholder", []fakecloud.TaskScript{at("a", s, placeholder), at("b", s, 1)}, latest, "a b", task.Unknown, `"` + placeholder + `" of task a`},
		{"perhaps the latest: the last year that cannot be", []fakecloud.TaskScript{at("a", s, "1999-12-31T23:59:59Z")}, latest, "a", task.Unknown, "of task a"},
		{"perhaps the latest and failed", []fakecloud.TaskScript{at("a", s, 1), at("b", f, "yesterday")}, latest, "a b", task.Unknown, `"yesterday" of task b`},
		{"perhaps the latest, but running", []fakecloud.TaskScript{at("a", s, 1), at("b", r, placeholder)}, latest, "a b", task.Running, ""},
		{"none is the latest", nil, latest, "", task.Missing, ""},

		{"created after", []fakecloud.TaskScript{at("a", f, -1), at("b", s, 1)}, after, "b", task.Succeeded, ""},
		{"created at that moment", []fakecloud.TaskScript{at("a", s, 0)}, after, "", task.Missing, ""},
		{"created before by its offset", []fakecloud.TaskScript{at("a", s, "2026-03-04T19:59:59+08:00")}, after, "", task.Missing, ""},
		{"created after by its offset", []fakecloud.TaskScript{at("a", s, "2026-03-04T05:00:00.001-07:00")}, after, "a", task.Succeeded, ""},
		{"perhaps created after", []fakecloud.TaskScript{at("a", s, placeholder)}, after, "a", task.Unknown, `"` + placeholder + `" of task a`},
		{"perhaps created after: no time", []fakecloud.TaskScript{at("a", s, never), at("b", s, 1)}, after, "a b", task.Unknown, "of task a"},
		{"perhaps created after, but running", []fakecloud.TaskScript{at("a", r, placeholder)}, after, "a", task.Running, ""},
		{"perhaps created after, but pending", []fakecloud.TaskScript{at("a", p, "yesterday"), at("b", s, 1)}, after, "a b", task.Running, ""},
		{"the latest of those created after", []fakecloud.TaskScript{at("a", f, 1), at("b", s, 2), at("c", r, -1)}, selector{from: noon, latest: true}, "b", task.Succeeded, ""},

		{"by its ID", []fakecloud.TaskScript{at("a", s, 0), at("b", r, 1)}, selector{id: "a"}, "a", task.Succeeded, ""},
		{"by its ID, at whatever time", []fakecloud.TaskScript{at("a", s, never), at("b", r, 1)}, selector{id: "a"}, "a", task.Succeeded, ""},
		{"by its ID, but too old", []fakecloud.TaskScript{at("a", s, -1)}, selector{id: "a", from: noon}, "", task.Missing, ""},
		{"by its ID in another case", []fakecloud.TaskScript{at("a", s, 0)}, selector{id: "A"}, "", task.Missing, ""},
		{"by the beginning of its ID", []fakecloud.TaskScript{at("ab", s, 0)}, selector{id: "a"}, "", task.Missing, ""},

		{"equal records", []fakecloud.TaskScript{{ID: "a", Steps: []fakecloud.Step{{State: s}}, Copies: 2}}, all, "a", task.Succeeded, ""},
		{"contradicting records", []fakecloud.TaskScript{{ID: "a", Steps: []fakecloud.Step{{State: s}}, Contradiction: f}}, all, "a", task.Unknown, "contradicting records of task a"},
		{"records that contradict the end", []fakecloud.TaskScript{{ID: "a", Steps: []fakecloud.Step{{State: s}}, Contradiction: r}, at("b", s, 1)}, selector{id: "a"}, "a", task.Unknown, "contradicting records of task a"},
		{"odd types that decide nothing", []fakecloud.TaskScript{{ID: "a", Steps: []fakecloud.Step{{State: s}}, OddTypes: true}}, all, "a", task.Succeeded, ""},
		{"no status", []fakecloud.TaskScript{{ID: "a", Steps: []fakecloud.Step{{State: s, Status: "-"}}}}, all, "a", task.Unknown, "no "},
		{"another status", []fakecloud.TaskScript{{ID: "a", Steps: []fakecloud.Step{{State: r}}, Fields: `"Status":"SUCCESS","statuſ":{"phase":"Success"}`}}, all, "a", task.Running, ""},
	} {
		for path, read := range lists {
			t.Run(path+" "+test.name, func(t *testing.T) {
				cloud := newCloud()
				cloud.ServeList(path, fakecloud.ListScript{Tasks: test.tasks})
				got, o := read(t, cloud, test.query)
				diff(t, "IDs", test.want, got)
				diff(t, "state", test.state, o.State)
				if !strings.Contains(o.UnknownReason, test.reason) || (test.reason == "") != (o.UnknownReason == "") {
					t.Errorf("the state is unknown because of %q, want %q", o.UnknownReason, test.reason)
				}
				busy := test.state == task.Running || test.state == task.Unknown
				diff(t, "busy", busy, o.Busy)
			})
		}
	}
}

// TestLists_parts: a wait monitors each task by its ID, those that are not the
// latest included.
func TestLists_parts(t *testing.T) {
	tasks := []fakecloud.TaskScript{listedTask("a", fakecloud.Running, 0), listedTask("b", fakecloud.Succeeded, 1), listedTask("c", fakecloud.Failed, 1)}
	cloud := newCloud()
	for path, read := range lists {
		cloud.ServeList(path, fakecloud.ListScript{Tasks: tasks})
		_, o := read(t, cloud, selector{latest: true})
		running, succeeded, failed := "EXECUTING", "SUCCESS", "FAILED"
		if strings.Contains(path, "snapshot") {
			running, succeeded, failed = "Running", "Success", "Failed"
		}
		diff(t, "parts", []task.Part{
			{ID: "b", Name: "task b", Status: succeeded, State: task.Succeeded},
			{ID: "c", Name: "task c", Status: failed, State: task.Failed},
			{ID: "a", Name: "task a", Status: running, State: task.Running, Older: true},
		}, o.Tasks)
		diff(t, "breakdown", "2 tasks: 1 failed, 1 succeeded", o.Breakdown)
		diff(t, "status of several tasks", "", o.Status)
		_, o = read(t, cloud, selector{id: "a"})
		diff(t, "breakdown and status of one task", " "+running, o.Breakdown+" "+o.Status)
		_, o = read(t, cloud, selector{id: "x"})
		diff(t, "breakdown of none", "no tasks", o.Breakdown)
	}
}

func TestCCESnapshotTasks_observe(t *testing.T) {
	item := func(phase, more string) string {
		return `{"items":[{"metadata":{"uid":"a"},"status":{"phase":"` + phase + `"` + more + `}}]}`
	}
	missing := task.Observation{State: task.Missing, Breakdown: "no tasks"}
	for _, test := range []outcome{
		{"as documented", fakecloud.ExampleCCESnapshotTasks, nil, task.Observation{Label: "87d326f9-46b0-486e-a4ba-1f82ec9315ed", State: task.Running, Status: "Running", Percent: pointer(67.0), Busy: true}},
		{"everything empty left out", `{"kind":"List"}`, nil, missing},
		{"no kind", `{"apiVersion":"v3.1","items":null}`, nil, missing},
		{"null", `{"kind":"List","items":null,"metadata":null}`, nil, missing},
		{"odd metadata of the list", `{"kind":"List","metadata":{"uid":{},"creationTimestamp":[]},"items":[],"status":""}`, nil, missing},
		{"a percentage with a sign", item("Running", `,"progress":"67.5%"`), nil, task.Observation{Label: "a", State: task.Running, Status: "Running", Percent: pointer(67.5), Busy: true}},
		{"an odd percentage", item("Running", `,"progress":101`), nil, task.Observation{Label: "a", State: task.Running, Status: "Running", Busy: true}},
		{"a completion time while it runs", item("Running", `,"completionTime":"2023-11-21"`), nil, task.Observation{Label: "a", State: task.Running, Status: "Running", Busy: true}},
		{"mapped", item("Frozen", ``), map[string]task.State{"FROZEN": task.Failed}, task.Observation{Label: "a", State: task.Failed, Status: "Frozen"}},
		{
			"failed parts", `{"items":[{"metadata":{"uid":"a"},"status":{"phase":"Failed"},"spec":{"items":[{"id":"m1","type":"master-backup","status":"Success","message":"fine"},` +
				`{"id":"m2","type":"master-backup","status":"Failed","message":"disk is full"},{"id":"m3","type":"master-backup","status":"failed"},7]}}]}`, nil,
			task.Observation{Label: "a", State: task.Failed, Status: "Failed", Reason: "master-backup m2 Failed: disk is full; master-backup m3 failed"},
		},
		{
			"two failed tasks", `{"items":[{"metadata":{"uid":"a"},"status":{"phase":"Failed"}},{"metadata":{"uid":"b"},"status":{"phase":"Failed"},"spec":{"items":[{"id":"m","type":"x","status":"Failed"}]}}]}`, nil,
			task.Observation{State: task.Failed, Breakdown: "2 tasks: 2 failed", Reason: "task a Failed; task b Failed: x m Failed"},
		},
	} {
		test.check(t, cceSnapshotTasks)
		test.check(t, cceAutopilotSnapshotTasks)
	}
}

func TestParseCCETime(t *testing.T) {
	for text, want := range map[string]string{
		"2023-11-25 17:03:46.739012 +0800 CST":          "2023-11-25T09:03:46.739012Z",
		"2020-02-02 08:12:40.672772389 +0000 UTC":       "2020-02-02T08:12:40.672772389Z",
		"2023-11-25 17:03:46 -0600 CST":                 "2023-11-25T23:03:46Z",
		"2023-11-25 17:03:46.739 +0800 CST m=+0.000012": "2023-11-25T09:03:46.739Z",
		"2023-11-25  17:03:46 +0545 +0545":              "2023-11-25T11:18:46Z",
		"2023-11-25T17:03:46.739012+08:00":              "2023-11-25T09:03:46.739012Z",
		"2000-01-01 00:00:00 +0000 UTC":                 "2000-01-01T00:00:00Z",
		"1999-12-31 23:59:59 +0000 UTC":                 "", "0001-01-01 00:00:00 +0000 UTC": "", "2023-11-25 17:03:46 CST": "", "2023-11-25 17:03:46": "",
		"2023-11-31 17:03:46 +0800 CST": "", "": "", "yesterday at noon": "",
	} {
		got := ""
		if at := ParseCCETime(text); !at.IsZero() {
			got = at.UTC().Format(time.RFC3339Nano)
		}
		diff(t, text, want, got)
	}
}
