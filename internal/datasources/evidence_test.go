// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// evidence is what a wait reads. It passes on positive evidence about the very
// task that is meant, and on nothing else.
type evidence struct {
	source string
	args   args // beside the required ones; nil for any recent task of a list
	serve  func(cloud *fakecloud.Cloud, path string)
	closed string // a part of the error, "" if the wait passes
}

// pair is what must not open a gate, and what is honest and like it.
type pair struct {
	name          string
	closed, opens evidence
}

// TestEvidence reads each of a pair, nearly always with a wait, as a data source
// and as an action. What an invoked action validates is tested in package actions.
func TestEvidence(t *testing.T) {
	t.Parallel()
	for _, pairs := range [][]pair{exactness(), identity(), refusals(), completeness(), continuity(), freshness(), absence(), times(), lenience()} {
		for _, p := range pairs {
			t.Run(p.name, func(t *testing.T) {
				t.Parallel()
				p.closed.check(t)
				p.opens.check(t)
			})
		}
	}
}

func (e evidence) check(t *testing.T) {
	t.Helper()
	if e.serve == nil {
		return // there is nothing like it
	}
	for _, form := range []string{"data source", "action"} {
		if _, other := e.args["wait_for"]; form == "action" && other {
			continue // an action waits for success
		}
		synctest.Test(t, func(t *testing.T) {
			got := e.wait(t, form)
			switch {
			case e.closed == "" && got != nil:
				t.Errorf("%s: a wait on honest evidence ends with %+v", form, got)
			case e.closed != "" && (len(got) != 1 || !strings.Contains(got[0].Summary+"\n"+got[0].Detail, e.closed)):
				t.Errorf("%s: the errors are %+v, want one with %q", form, got, e.closed)
			}
		})
	}
}

func (e evidence) wait(t *testing.T, form string) []diagnostic {
	t.Helper()
	s := providertest.SourceNamed(e.source)
	cloud := newCloud()
	e.serve(cloud, s.Path())
	a := s.Args.With(args{"poll_interval": "10s"})
	if form == "data source" {
		a = a.With(args{"wait_for": "success", "timeouts": args{"read": "2m"}})
	}
	if e.args == nil {
		a = a.With(s.Recent)
	}
	a = a.With(e.args)
	server := connect(t, cloud, nil)
	if form == "action" {
		return server.Invoke(t.Context(), t, "await_"+s.Name, a.With(args{"timeouts": args{"invoke": "2m"}})).Diagnostics
	}
	got := server.Read(t, s.Name, a)
	if e.closed == "" && e.args["wait_for"] == nil {
		testkit.Diff(t, "succeeded", any(true), got.State["succeeded"])
	}
	return got.Diagnostics
}

// responds serves the same body to every request.
func responds(body string) func(*fakecloud.Cloud, string) {
	return func(cloud *fakecloud.Cloud, path string) { cloud.Serve(path, fakecloud.Response{Body: body}) }
}

// job is the response of a job with these fields.
func job(fields string) func(*fakecloud.Cloud, string) {
	return responds(`{"job_id":"` + providertest.JobID + `",` + fields + `}`)
}

func exactness() []pair {
	open := evidence{source: "dcs_job", serve: job(`"status":"SUCCESS","Status":"FAIL"`)}
	closed := func(fields, closed string) evidence {
		return evidence{source: "dcs_job", serve: job(fields), closed: closed}
	}
	const run, done = `{"id":"a","status":"EXECUTING"}`, `{"id":"a","status":"SUCCESS"}`
	tasks := pagesOf
	return []pair{
		{"a status in another case", closed(`"status":"FAIL","Status":"SUCCESS"`, "DCS job failed"), open},
		{"a status in another alphabet", closed(`"status":"RUNNING","ſtatuſ":"SUCCESS"`, "Timed out"), open},
		{"a repeated status", closed(`"status":"FAIL","status":"SUCCESS"`, "is not valid JSON"), open},
		{"a second document", closed(`"status":"SUCCESS"}{"status":"FAIL"`, "is not valid JSON"), open},
		{
			"a repeated list",
			evidence{source: "dcs_background_tasks", args: args{"task_id": "a"}, serve: tasks(`{"task_count":1,"tasks":[` + run + `],"tasks":[{"id":"a","status":"SUCCESS"}]}`), closed: "is not valid JSON"},
			evidence{source: "dcs_background_tasks", args: args{"task_id": "a"}, serve: tasks(`{"task_count":1,"tasks":[` + done + `]}`)},
		},
	}
}

// pagesOf serves a list whose other pages are empty.
func pagesOf(body string) func(*fakecloud.Cloud, string) {
	return func(cloud *fakecloud.Cloud, path string) {
		cloud.Serve(path, providertest.SourceNamed("dcs_background_tasks").Response(fakecloud.Response{Body: body}))
	}
}

func identity() []pair {
	const name = `{"action_name":"SNAPSHOTTING","status":"SUCCESS"}`
	return []pair{
		{
			"another job",
			evidence{source: "dcs_job", serve: responds(`{"job_id":"ANOTHER","status":"SUCCESS"}`), closed: "its job_id is ANOTHER"},
			evidence{source: "dcs_job", serve: job(`"status":"SUCCESS"`)},
		},
		{
			"a portal",
			evidence{source: "dcs_job", serve: responds(`{"status":"success","data":null}`), closed: "its job_id is absent"},
			evidence{source: "dcs_job", serve: job(`"status":"success","data":null`)},
		},
		{
			"another action",
			evidence{source: "dws_cluster_action", serve: responds(`{"action_name":"RESTORING","status":"SUCCESS"}`), closed: "its action_name is RESTORING"},
			evidence{source: "dws_cluster_action", serve: responds(name)},
		},
	}
}

func refusals() []pair {
	const list, snapshots, action = "dcs_background_tasks", "cce_snapshot_tasks", "dws_cluster_action"
	idle := args{"wait_for": "idle"}
	return []pair{
		{
			"an error with an empty list",
			evidence{source: list, args: idle, serve: responds(`{"error_msg":"backend unavailable","task_count":0,"tasks":[]}`), closed: "backend unavailable"},
			evidence{source: list, args: idle, serve: responds(`{"task_count":0,"tasks":[]}`)},
		},
		{
			"an unreadable count without a list",
			evidence{source: list, args: idle, serve: responds(`{"task_count":"many","jobs":[{"id":"a","status":"EXECUTING"}]}`), closed: "neither tasks nor a usable task_count"},
			evidence{source: list, args: idle, serve: responds(`{"task_count":0}`)},
		},
		{
			"a Status object",
			evidence{source: snapshots, args: idle, serve: responds(`{"kind":"Status","message":"backend unavailable"}`), closed: "backend unavailable"},
			evidence{source: snapshots, args: idle, serve: responds(`{"kind":"List","apiVersion":"v3.1","metadata":{}}`)},
		},
		{
			"a code of success before another one",
			evidence{source: action, serve: responds(`{"error_code":"DWS.0000","errCode":"DWS.0015","action_name":"SNAPSHOTTING","status":"SUCCESS"}`), closed: "DWS.0015"},
			evidence{source: action, serve: responds(`{"error_code":"DWS.0000","error_msg":"success","action_name":"SNAPSHOTTING","status":"SUCCESS"}`)},
		},
	}
}

// times are those of a record, and of a response that a cache has kept.
func times() []pair {
	const snapshots, zero = "cce_snapshot_tasks", "0001-01-01 00:00:00 +0000 UTC"
	aged := func(age string) func(*fakecloud.Cloud, string) {
		return func(cloud *fakecloud.Cloud, path string) {
			response := providertest.SourceNamed("dcs_job").In("succeeded")
			response.Header = map[string][]string{"Age": {age}}
			cloud.Serve(path, response)
		}
	}
	list := func(status string) func(*fakecloud.Cloud, string) {
		return responds(providertest.SnapshotList(providertest.Snapshot("a", status, zero)))
	}
	return []pair{
		{
			"a running task without a time",
			evidence{source: snapshots, args: args{"wait_for": "idle"}, serve: list("Running"), closed: "Timed out"},
			evidence{source: snapshots, args: args{"wait_for": "idle"}, serve: list("Success")},
		},
		{"a task without a time", evidence{source: snapshots, serve: list("Success"), closed: "creationTimestamp"}, evidence{source: snapshots, args: args{"uid": "a"}, serve: list("Success")}},
		{"an old response of a cache", evidence{source: "dcs_job", serve: aged("604800"), closed: "comes from a cache"}, evidence{source: "dcs_job", serve: aged("5")}},
	}
}

// lenience is what must not keep a gate closed.
func lenience() []pair {
	const list, progress = "dcs_background_tasks", "dcs_task_progress"
	odd := `{"task_count":2,"tasks":[{"id":"a","status":"SUCCESS"},{"id":"b","status":"EXECUTING","params":[],"details":{"old_port":"","new_capacity":{}}}]}`
	pairs := []pair{
		{name: "fields of another task in odd types", opens: evidence{source: list, args: args{"task_id": "a"}, serve: pagesOf(odd)}},
		{name: "a remaining time in an odd type", opens: evidence{source: progress, serve: responds(`{"progress":100,"remain_time":"","step_details":[{"step_status":"FINISH"}]}`)}},
		{name: "a code of success", opens: evidence{source: "dcs_job", serve: job(`"status":"SUCCESS","error_code":"0"`)}},
	}
	for name, fault := range map[string]fakecloud.Fault{
		"a long Retry-After": {Status: 503, Header: map[string][]string{"Retry-After": {"3600"}}},
		"an empty 200":       {Header: map[string][]string{"X-Request-Id": {"x"}}},
		"408":                {Status: 408}, "425": {Status: 425}, "507": {Status: 507}, "520": {Status: 520}, "530": {Status: 530},
	} {
		pairs = append(pairs, pair{name: "during a wait: " + name, opens: evidence{source: "dcs_job", serve: func(cloud *fakecloud.Cloud, path string) {
			s := providertest.SourceNamed("dcs_job")
			done := s.In("succeeded")
			done.After = 25 * time.Second
			cloud.Serve(path, s.In("running"), done)
			cloud.Fail(path, fakecloud.Fault{}, fault)
		}}})
	}
	return pairs
}
