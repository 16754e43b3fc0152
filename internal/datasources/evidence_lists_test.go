// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// Evidence that changes between two polls, or between two pages: the script of
// the fake cloud is the truth.

func list(script fakecloud.ListScript) func(*fakecloud.Cloud, string) {
	return func(cloud *fakecloud.Cloud, path string) { cloud.ServeList(path, script) }
}

// finished are tasks that have succeeded, the last of which is in a state.
func finished(n int, last fakecloud.State) []fakecloud.TaskScript {
	tasks := make([]fakecloud.TaskScript, n)
	for i := range tasks {
		tasks[i] = scripted(fmt.Sprintf("t%d", i), fakecloud.Succeeded)
	}
	tasks[n-1].Steps[0].State = last
	return tasks
}

// scripted is a task that is in each of the states for 10 s, a poll long.
func scripted(id string, states ...fakecloud.State) fakecloud.TaskScript {
	t := fakecloud.TaskScript{ID: id, Name: "EXTEND"}
	for i, state := range states {
		t.Steps = append(t.Steps, fakecloud.Step{At: seconds(10 * i), State: state})
	}
	return t
}

func seconds(n int) fakecloud.Moment {
	return fakecloud.Moment{After: time.Duration(n) * time.Second}
}

func between(from, until int) []fakecloud.Span {
	return []fakecloud.Span{{From: seconds(from), Until: seconds(until)}}
}

const dcsList = "dcs_background_tasks"

func completeness() []pair {
	idle, once := args{"wait_for": "idle"}, args{"wait_for": nil, "poll_interval": nil}
	ten := fakecloud.Paging{CapLimit: 10}
	// The first task is deleted after the first page, so that the first one of the
	// second page moves to the first. That one runs, and fails.
	deleted := func(n, page int, states ...fakecloud.State) []fakecloud.TaskScript {
		tasks := finished(n, fakecloud.Succeeded)
		tasks[0].Hidden = []fakecloud.Span{{From: fakecloud.Moment{Requests: 1}}}
		tasks[page] = scripted("second page", states...)
		return tasks
	}
	const hasFailed = "DCS background tasks failed"
	open := func(a args, script fakecloud.ListScript) evidence {
		return evidence{source: dcsList, args: a, serve: list(script)}
	}
	closed := func(a args, script fakecloud.ListScript, closed string) evidence {
		return evidence{source: dcsList, args: a, serve: list(script), closed: closed}
	}
	return []pair{
		{
			"more counted than listed",
			closed(nil, fakecloud.ListScript{Tasks: finished(10, fakecloud.Succeeded), Count: fakecloud.Count{Mode: fakecloud.CountConstant, Value: 11}}, "the service counts 11 tasks and lists 10"),
			open(nil, fakecloud.ListScript{Tasks: finished(12, fakecloud.Succeeded)}),
		},
		{
			"the same page at every offset",
			closed(nil, fakecloud.ListScript{Tasks: finished(11, fakecloud.Succeeded), Pages: fakecloud.Paging{CapLimit: 10, IgnoreOffset: true}}, "repeats earlier tasks"),
			open(nil, fakecloud.ListScript{Tasks: finished(11, fakecloud.Succeeded), Pages: ten}),
		},
		{
			"none of five listed",
			evidence{source: dcsList, args: idle, serve: responds(`{"task_count":5,"tasks":[]}`), closed: "the service counts 5 tasks and lists 0"},
			open(idle, fakecloud.ListScript{}),
		},
		{
			"a record deleted between two small pages",
			closed(nil, fakecloud.ListScript{Tasks: deleted(15, 10, fakecloud.Running, fakecloud.Failed), Pages: ten}, hasFailed),
			open(nil, fakecloud.ListScript{Tasks: deleted(15, 10, fakecloud.Running, fakecloud.Succeeded), Pages: ten}),
		},
		{
			"a record deleted between two large pages",
			closed(nil, fakecloud.ListScript{Tasks: deleted(1500, 1000, fakecloud.Running, fakecloud.Failed)}, hasFailed),
			open(nil, fakecloud.ListScript{Tasks: finished(1500, fakecloud.Succeeded)}),
		},
		{
			"a record deleted between two pages without a count",
			closed(nil, fakecloud.ListScript{Tasks: deleted(15, 10, fakecloud.Running, fakecloud.Failed), Pages: ten, Count: fakecloud.Count{Mode: fakecloud.CountAbsent}}, hasFailed),
			open(nil, fakecloud.ListScript{Tasks: finished(15, fakecloud.Succeeded), Pages: ten, Count: fakecloud.Count{Mode: fakecloud.CountAbsent}}),
		},
		{
			"the count of a page",
			closed(idle, fakecloud.ListScript{Tasks: finished(15, fakecloud.Running), Pages: ten, Count: fakecloud.Count{Mode: fakecloud.CountConstant, Value: 10}}, "DCS background tasks disappeared"),
			open(idle, fakecloud.ListScript{Tasks: finished(10, fakecloud.Succeeded), Pages: ten, Count: fakecloud.Count{Mode: fakecloud.CountConstant, Value: 10}}),
		},
		{
			"the count of a page in a single read",
			closed(once, fakecloud.ListScript{Tasks: finished(15, fakecloud.Running), Pages: ten, Count: fakecloud.Count{Mode: fakecloud.CountConstant, Value: 10}}, "the service counts 10 tasks and lists 15"),
			open(once, fakecloud.ListScript{Tasks: finished(10, fakecloud.Succeeded), Pages: ten, Count: fakecloud.Count{Mode: fakecloud.CountConstant, Value: 10}}),
		},
	}
}

func continuity() []pair {
	hidden := func(spans []fakecloud.Span, states ...fakecloud.State) fakecloud.ListScript {
		running := scripted("a", states...)
		running.Hidden = spans
		return fakecloud.ListScript{Tasks: []fakecloud.TaskScript{running, scripted("b", fakecloud.Succeeded)}}
	}
	var pairs []pair
	for _, source := range []string{dcsList, "cce_snapshot_tasks"} {
		noun := providertest.SourceNamed(source).Noun
		success := evidence{source: source, serve: list(hidden(between(10, 30), fakecloud.Running, fakecloud.Running, fakecloud.Running, fakecloud.Succeeded))}
		pairs = append(pairs,
			pair{
				source + ": a running task that is not listed for two polls, and fails",
				evidence{source: source, serve: list(hidden(between(10, 30), fakecloud.Running, fakecloud.Running, fakecloud.Running, fakecloud.Failed)), closed: noun + " failed"},
				success,
			},
			pair{
				source + ": a running task that is deleted",
				evidence{source: source, serve: list(hidden([]fakecloud.Span{{From: seconds(10)}}, fakecloud.Running, fakecloud.Failed)), closed: noun + " disappeared"},
				success,
			},
			pair{
				source + ": a failed task that is deleted before another one finishes",
				evidence{source: source, serve: list(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{deletedAfter(10, "a", fakecloud.Failed), scripted("b", fakecloud.Running, fakecloud.Running, fakecloud.Succeeded)}}), closed: noun + " disappeared"},
				evidence{source: source, serve: list(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{deletedAfter(10, "a", fakecloud.Succeeded), scripted("b", fakecloud.Running, fakecloud.Running, fakecloud.Succeeded)}})},
			},
			pair{
				source + ": a finished list to which a failure is added a poll later",
				evidence{source: source, serve: list(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{scripted("a", fakecloud.Succeeded), appearing("b", fakecloud.Failed)}}), closed: noun + " failed"},
				evidence{source: source, serve: list(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{scripted("a", fakecloud.Succeeded), appearing("b", fakecloud.Succeeded)}})},
			})
	}
	twice := func(other fakecloud.State) func(*fakecloud.Cloud, string) {
		deleted := scripted("a", fakecloud.Succeeded)
		deleted.Contradiction, deleted.Hidden = other, []fakecloud.Span{{From: fakecloud.Moment{Requests: 1}}}
		return list(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{deleted, scripted("b", fakecloud.Succeeded)}})
	}
	firstPage := func(state fakecloud.State) func(*fakecloud.Cloud, string) {
		deleted := scripted("a", state)
		deleted.Hidden = []fakecloud.Span{{From: fakecloud.Moment{Requests: 1}}}
		return list(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{deleted, scripted("b", fakecloud.Succeeded)}, Pages: fakecloud.Paging{CapLimit: 1}})
	}
	// The task is only in the first page of the second poll, which is to confirm the
	// first one.
	secondPoll := func(state fakecloud.State) func(*fakecloud.Cloud, string) {
		flickers := scripted("a", state)
		flickers.Hidden = []fakecloud.Span{{Until: fakecloud.Moment{Requests: 1}}, {From: fakecloud.Moment{Requests: 2}}}
		return list(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{flickers, scripted("b", fakecloud.Succeeded)}, Pages: fakecloud.Paging{CapLimit: 1}})
	}
	superseded := func(end fakecloud.State) func(*fakecloud.Cloud, string) {
		newer := fakecloud.TaskScript{ID: "b", Steps: []fakecloud.Step{{At: seconds(15), State: fakecloud.Succeeded}}}
		return list(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{scripted("a", fakecloud.Running, fakecloud.Running, end), newer}})
	}
	for _, source := range []string{dcsList, "cce_snapshot_tasks"} {
		latest := providertest.SourceNamed(source).Recent.With(args{"latest": true})
		pairs = append(pairs, pair{
			source + ": the latest task runs on after a newer one has succeeded",
			evidence{source: source, args: latest, serve: superseded(fakecloud.Running), closed: "task a"},
			evidence{source: source, args: latest, serve: superseded(fakecloud.Succeeded)},
		})
	}
	return append(pairs, pair{
		"a running task that is deleted after the first page of the confirming poll",
		evidence{source: dcsList, serve: secondPoll(fakecloud.Running), closed: "DCS background tasks disappeared"},
		evidence{source: dcsList, serve: secondPoll(fakecloud.Succeeded)},
	}, pair{
		"a running task that is deleted after the first page",
		evidence{source: dcsList, serve: firstPage(fakecloud.Running), closed: "DCS background tasks disappeared"},
		evidence{source: dcsList, serve: firstPage(fakecloud.Succeeded)},
	}, pair{
		"contradicting records that are deleted before the list is read again",
		evidence{source: dcsList, serve: twice(fakecloud.Running), closed: "DCS background tasks disappeared"},
		evidence{source: dcsList, serve: twice(fakecloud.Succeeded)},
	})
}

func deletedAfter(n int, id string, state fakecloud.State) fakecloud.TaskScript {
	t := scripted(id, state)
	t.Hidden = []fakecloud.Span{{From: seconds(n)}}
	return t
}

// appearing is a task that a list returns a little later than it is created.
func appearing(id string, state fakecloud.State) fakecloud.TaskScript {
	t := scripted(id, state)
	t.Hidden = between(0, 8)
	return t
}

// freshness is about yesterday's success.
func freshness() []pair {
	yesterday, today := scripted("y", fakecloud.Succeeded), scripted("t", fakecloud.Succeeded)
	yesterday.Created, today.Created = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC), time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	old := list(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{yesterday}})
	fresh := list(fakecloud.ListScript{Tasks: []fakecloud.TaskScript{yesterday, today}})
	var pairs []pair
	for source, after := range map[string]string{dcsList: "start_time", "cce_snapshot_tasks": "created_after", "cce_autopilot_snapshot_tasks": "created_after"} {
		noun := providertest.SourceNamed(source).Noun
		since := evidence{source: source, args: args{after: "2026-03-04T00:00:00Z"}, serve: fresh}
		pairs = append(pairs,
			pair{source + ": which task is not said", evidence{source: source, args: args{"latest": true}, serve: old, closed: "must say which task is meant"}, since},
			pair{source + ": only yesterday's task", evidence{source: source, args: args{after: "2026-03-04T00:00:00Z"}, serve: old, closed: noun + " not found"}, since})
	}
	return pairs
}

func absence() []pair {
	const action = "dws_cluster_action"
	allowed := args{"on_missing": "succeeded"}
	script := func(change func(*fakecloud.ActionScript)) func(*fakecloud.Cloud, string) {
		return func(cloud *fakecloud.Cloud, _ string) {
			s := fakecloud.ActionScript{SubmitTime: "2026-03-04 12:00:00.0"}
			s.Steps = []fakecloud.Step{{State: fakecloud.Running}, {At: seconds(15), State: fakecloud.Succeeded}}
			s.Hidden = []fakecloud.Span{{From: seconds(15)}}
			change(&s)
			cloud.ServeAction(providertest.ProjectID, providertest.ClusterID, "SNAPSHOTTING", s)
		}
	}
	record := func(at int, state fakecloud.State, submitted string) func(*fakecloud.ActionScript) {
		return func(s *fakecloud.ActionScript) {
			s.Failure.Steps, s.Failure.SubmitTime = []fakecloud.Step{{At: seconds(at), State: state}}, submitted
		}
	}
	const today, yesterday = "2026-03-04 12:00:01.0", "2026-03-03 12:00:00.0"
	success := evidence{source: action, args: allowed, serve: script(func(*fakecloud.ActionScript) {})}
	closed := func(change func(*fakecloud.ActionScript), closed string) evidence {
		return evidence{source: action, args: allowed, serve: script(change), closed: closed}
	}
	// actions are a task that runs, and then one that was submitted at a time.
	actions := func(at string) func(*fakecloud.Cloud, string) {
		return func(cloud *fakecloud.Cloud, path string) {
			const body = `{"action_name":"SNAPSHOTTING","status":"%s","submit_time":"%s"}`
			cloud.Serve(path, fakecloud.Response{Body: fmt.Sprintf(body, "RUNNING", today)}, fakecloud.Response{After: 15 * time.Second, Body: fmt.Sprintf(body, "SUCCESS", at)})
		}
	}
	// others is the same response for the task and for its failure record.
	others := func(body string) func(*fakecloud.Cloud, string) {
		return func(cloud *fakecloud.Cloud, path string) {
			cloud.Serve(path, fakecloud.Response{Body: body})
			cloud.Serve(path+"_FAILED", fakecloud.Response{Body: body})
		}
	}
	later := providertest.SourceNamed("dcs_job").In("succeeded")
	later.After = 30 * time.Second
	missing := func(code string) func(*fakecloud.Cloud, string) {
		return func(cloud *fakecloud.Cloud, path string) {
			first := fakecloud.Response{Status: 404, Body: `{"error_code":"` + code + `","error_msg":"The job does not exist."}`}
			cloud.Serve(path, first, later)
		}
	}
	return []pair{
		{
			"a URL that does not exist",
			evidence{source: "dcs_job", args: args{"on_missing": "pending"}, serve: missing("DCS.4001"), closed: "DCS.4001"},
			evidence{source: "dcs_job", args: args{"on_missing": "pending"}, serve: missing("DCS.4133")},
		},
		{"a failure record that claims success", closed(record(15, fakecloud.Succeeded, today), "Unrecognized status"), success},
		{"a failure record that appears later", closed(record(18, fakecloud.Failed, today), "DWS cluster action failed"), success},
		{"a failure record", closed(record(15, fakecloud.Failed, today), "DWS cluster action failed"), evidence{source: action, args: allowed, serve: script(record(0, fakecloud.Failed, yesterday))}},
		{"another task of the same name", evidence{source: action, serve: actions("2026-03-04 12:00:12.0"), closed: "DWS cluster action disappeared"}, evidence{source: action, serve: actions(today)}},
		{"an earlier task of the same name", evidence{source: action, serve: actions(yesterday), closed: "submitted at 2026-03-03 12:00:00"}, evidence{source: action, serve: actions(today)}},
		{"an empty response between two others", closed(func(s *fakecloud.ActionScript) {
			s.Steps = []fakecloud.Step{{State: fakecloud.Running}, {At: seconds(55), State: fakecloud.Failed}}
			s.Hidden = between(5, 15)
		}, "DWS cluster action failed"), success},
		{"a cluster that shows the progress", closed(func(s *fakecloud.ActionScript) {
			s.Cluster.Steps = []fakecloud.ClusterStep{{Progress: "SNAPSHOTTING"}}
		}, "Timed out"), success},
		{"another cluster", closed(func(s *fakecloud.ActionScript) { s.Cluster.ID = "another" }, "its cluster.id is another"), success},
		{"an error in a form that is not known", evidence{source: action, args: allowed, serve: others(`{"detail":"backend unavailable"}`), closed: "its action_name is absent"}, evidence{source: action, args: allowed, serve: others(`{"detail":null,"status":null}`)}},
		{"an error with only its extended message", evidence{source: action, args: allowed, serve: others(`{"ext_message":"backend unavailable"}`), closed: "backend unavailable"}, evidence{source: action, args: allowed, serve: others(`{"ext_message":null}`)}},
		{"a failure record without the fraction of its time", closed(func(s *fakecloud.ActionScript) {
			s.SubmitTime = "2026-03-04 12:00:01.7"
			record(15, fakecloud.Failed, today)(s)
		}, "DWS cluster action failed"), evidence{source: action, serve: actions("2026-03-04 12:00:01.25")}},
		{"another task of the same name, and no trace", evidence{source: action, args: allowed, serve: actions("2026-03-04 12:00:12.0"), closed: "submitted at 2026-03-04 12:00:12"}, success},
		{"on_missing does not allow it", evidence{source: action, args: args{"on_missing": "error"}, serve: script(func(*fakecloud.ActionScript) {}), closed: "DWS cluster action disappeared"}, success},
	}
}
