// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// TestStatus_meansWhatItsAPIDocuments reads every documented status of every
// source, in another case. Those that only another API documents are tested in
// package client.
func TestStatus_meansWhatItsAPIDocuments(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		rows := []stateRow{{name: "FROZEN", body: s.Body("FROZEN"), state: "unknown"}, {name: "empty", body: s.Body(""), state: "unknown"}}
		for state, statuses := range s.Statuses {
			if s.Shape == providertest.List && state == "pending" {
				state = "running" // of a list, not of a task
			}
			for _, status := range statuses {
				rows = append(rows, stateRow{name: status, body: s.Body(strings.ToLower(status)), state: state})
			}
		}
		checkStates(t, s, rows)
	}
}

// stateRow is a response and the task state that it means.
type stateRow struct {
	name  string
	body  string
	state string // or the summary of an error
	args  args   // beside the required ones
}

// checkStates reads each row once, and waits. A wait for success must end well if
// the task succeeded, and in no other state; a wait for idle if the list is idle.
func checkStates(t *testing.T, s providertest.Source, rows []stateRow) {
	t.Helper()
	for _, row := range rows {
		t.Run(s.Name+"/"+row.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				cloud.Serve(s.Path(), s.Response(fakecloud.Response{Body: row.body}))
				server := connect(t, cloud, nil)
				got := server.Read(t, s.Name, s.Args.With(row.args))
				testkit.Diff(t, "state", row.state, summary(got))
				if got.State != nil {
					testkit.Diff(t, "flags", flags(s, row), flagsOf(got))
				}
				wait := waiting(s.Args).With(row.args)
				if !row.namesATask(s) {
					wait = wait.With(s.Recent).With(row.args)
				}
				if opened := server.Read(t, s.Name, wait).Diagnostics == nil; opened != (row.state == "succeeded") {
					t.Errorf("%s: the wait for success succeeds: %t", row.state, opened)
				}
				if s.Shape == providertest.List && row.args == nil {
					idle := server.Read(t, s.Name, waiting(s.Args).With(args{"wait_for": "idle"})).Diagnostics == nil
					testkit.Diff(t, "the wait for idle succeeds", got.State["idle"] == true, idle)
				}
			})
		})
	}
}

func (r stateRow) namesATask(s providertest.Source) bool {
	for name := range s.OneTask {
		if r.args[name] != nil {
			return true
		}
	}
	return false
}

// flags are the attributes that follow from a task state.
func flags(s providertest.Source, row stateRow) map[string]any {
	ended := row.state == "succeeded" || row.state == "failed"
	want := map[string]any{"completed": ended, "succeeded": row.state == "succeeded", "failed": row.state == "failed", "found": row.state != "missing"}
	if s.Shape == providertest.List {
		want["idle"] = ended || row.state == "missing"
	}
	return want
}

func flagsOf(got providertest.ReadResult) map[string]any {
	found := map[string]any{}
	for _, name := range []string{"completed", "succeeded", "failed", "found", "idle"} {
		if value, exists := got.State[name]; exists {
			found[name] = value
		}
	}
	return found
}

func TestFailure_hasItsReason(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		for _, status := range s.Statuses["failed"] {
			cloud := newCloud()
			cloud.Serve(s.Path(), s.Response(fakecloud.Response{Body: s.Body(status)}))
			got := read(t, cloud, s, s.Args).State
			if reason, _ := got["reason"].(string); !strings.Contains(reason, s.Reason) || !strings.Contains(got["summary"].(string), reason) {
				t.Errorf("%s %s: the reason is %v, the summary %v", s.Name, status, got["reason"], got["summary"])
			}
		}
		cloud := newCloud()
		cloud.Serve(s.Path(), s.In("running"))
		testkit.Diff(t, s.Name+": reason of a running task", any(nil), read(t, cloud, s, s.Args).State["reason"])
	}
}
