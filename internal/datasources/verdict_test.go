// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// The tables of verdicts hold what the APIs may answer, and prove that
// nothing opens a gate but what is meant to: neither by itself nor in a wait.

// subject is a data source with one thing to ask for.
type target struct {
	source, noun, path string
	ids                args
	list               bool
}

func subjects() []target {
	return []target{
		{"dws_cluster_action", "DWS cluster action", fakecloud.ActionPath(projectID, clusterID, action), actionArgs, false},
		{"dcs_background_tasks", "DCS background tasks", fakecloud.TasksPath(projectID, instanceID), tasksArgs, true},
		{"dcs_task_progress", "DCS task progress", fakecloud.ProgressPath(projectID, instanceID, taskID), progressArgs, false},
		{"dcs_job", "DCS job", fakecloud.JobPath(projectID, jobID), args{"job_id": jobID}, false},
		{"cce_snapshot_tasks", "CCE snapshot task", fakecloud.SnapshotTasksPath(projectID, clusterID), snapshotArgs, true},
		{"cce_autopilot_snapshot_tasks", "CCE Autopilot snapshot task", fakecloud.AutopilotSnapshotTasksPath(projectID, clusterID), snapshotArgs, true},
	}
}

// backups are the subjects that list the backups of a cluster, in the same form.
func backups() []target {
	return slices.DeleteFunc(subjects(), func(s target) bool { return !s.backs() })
}

// backs reports whether a subject lists backups.
func (s target) backs() bool { return strings.HasSuffix(s.source, "snapshot_tasks") }

func subjectOf(t *testing.T, source string) target {
	t.Helper()
	for _, s := range subjects() {
		if s.source == source {
			return s
		}
	}
	t.Fatalf("there is no data source %s", source)
	return target{}
}

// row is an answer and its verdict.
type row struct {
	name string
	body string                        // of the subject's own path, with status 200
	ask  args                          // beside the ids
	also map[string]fakecloud.Response // at other paths
	want outcome
	gate bool // whether this is success, whoever asks: the only rows that open a gate
}

// outcome is what a gate depends on: the verdict, or the summary of the error.
type outcome struct {
	State                               string
	Completed, Succeeded, Failed, Found bool
	Idle                                any // nil where the source is no list
	Error                               string
}

var (
	isPending   = outcome{State: "pending", Found: true}
	isRunning   = outcome{State: "running", Found: true}
	isSucceeded = outcome{State: "succeeded", Completed: true, Succeeded: true, Found: true}
	isFailed    = outcome{State: "failed", Completed: true, Failed: true, Found: true}
	isUnknown   = outcome{State: "unknown", Found: true}
	isMissing   = outcome{State: "missing"}
	isExcused   = outcome{State: "missing", Completed: true, Succeeded: true}
)

// idle is the outcome of a list whose tasks are all at rest, busy that of another.
func (o outcome) idle() outcome { o.Idle = true; return o }
func (o outcome) busy() outcome { o.Idle = false; return o }

func fails(summary string) outcome { return outcome{Error: summary} }

func outcomeOf(got dataSourceCaller) outcome {
	if got.Diagnostics != nil {
		var summaries []string
		for _, f := range got.Diagnostics {
			summaries = append(summaries, f.Summary)
		}
		return fails(strings.Join(summaries, ", "))
	}
	s := got.State
	return outcome{
		State:     s["state"].(string),
		Completed: s["completed"].(bool),
		Succeeded: s["succeeded"].(bool),
		Failed:    s["failed"].(bool),
		Found:     s["found"].(bool),
		Idle:      s["idle"],
	}
}

// judge compares the verdicts of a source's answers. An answer that is there
// means the same whatever on_missing says.
func judge(t *testing.T, source string, rows []row) {
	t.Helper()
	s := subjectOf(t, source)
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			meanings := []any{"error", "pending", "succeeded"}
			if _, asked := r.ask["on_missing"]; asked || r.want.State == "missing" || strings.HasSuffix(r.want.Error, " not found") {
				meanings = []any{r.ask["on_missing"]}
			}
			for _, meaning := range meanings {
				answers := map[string]fakecloud.Response{s.path: {Body: r.body}}
				for path, a := range r.also {
					answers[path] = a
				}
				pass(t, s, answers, r.ask.With(args{"on_missing": meaning}), r.want, r.gate)
			}
		})
	}
}

// pass reads a subject once, waits for its success and, where it is a list,
// until it is idle, all in virtual time. A wait must be as open as the one look
// says. It returns the details of the error of the one look.
func pass(t *testing.T, s target, answers map[string]fakecloud.Response, ask args, want outcome, gate bool) (detail string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New(keys)
		cloud.Serve(fakecloud.ClusterPath(projectID, clusterID), fakecloud.Response{Body: `{"cluster":{"task_status":null}}`})
		for path, a := range answers {
			cloud.Serve(path, a)
		}
		got := read(t, cloud, settings(), s.source, s.ids.With(ask))
		for _, f := range got.Diagnostics {
			detail += f.Detail
		}
		look := outcomeOf(got)
		diff(t, "with "+fmt.Sprint(ask), want, look)
		if look.Succeeded != gate {
			t.Errorf("with %v: open is %t, want %t", ask, look.Succeeded, gate)
		}
		if (look.Idle != nil) != (s.list && look.Error == "") {
			t.Errorf("with %v: idle is %v", ask, look.Idle)
		}

		ask = ask.With(args{"wait_for": "success", "timeouts": args{"read": "2m"}})
		if s.backs() && ask["uid"] == nil && ask["created_after"] == nil {
			ask["created_after"] = "2000-01-01T00:00:00Z"
		}
		wait := outcomeOf(read(t, cloud, settings(), s.source, s.ids.With(ask)))
		if wait.Succeeded != gate || (wait.Error == "") != gate {
			t.Errorf("with %v: %+v, but open must be %t", ask, wait, gate)
		}
		if s.list {
			ask["wait_for"] = "idle"
			if rest := outcomeOf(read(t, cloud, settings(), s.source, s.ids.With(ask))); (rest.Error == "") != (look.Idle == true) {
				t.Errorf("with %v: %+v, but a look said that idle is %v", ask, rest, look.Idle)
			}
		}
	})
	return detail
}

func TestDCSJob_opensTheGateForItsOwnSuccessOnly(t *testing.T) {
	t.Parallel()
	judge(t, "dcs_job", []row{
		{name: "SUCCESS", body: `{"status":"SUCCESS"}`, want: isSucceeded, gate: true},
		{name: "success in another case", body: `{"status":"sUccess"}`, want: isSucceeded, gate: true},
		{name: "success in spite of a reason", body: `{"status":"SUCCESS","fail_reason":"x"}`, want: isSucceeded, gate: true},
		{name: "INIT", body: `{"status":"INIT"}`, want: isPending},
		{name: "RUNNING", body: `{"status":"RUNNING"}`, want: isRunning},
		{name: "running with an end", body: `{"status":"RUNNING","end_time":"1684191548248"}`, want: isRunning},
		{name: "FAIL", body: `{"status":"FAIL"}`, want: isFailed},
		{name: "FAILED", body: `{"status":"FAILED"}`, want: isFailed},
		{name: "an unknown word", body: `{"status":"SUCCEEDED"}`, want: isUnknown},
		{name: "a word with blanks", body: `{"status":" SUCCESS "}`, want: isUnknown},
		{name: "the words of other sources", body: `{"status":"FINISH"}`, want: isUnknown},
		{name: "an empty word", body: `{"status":""}`, want: isUnknown},
		{name: "a null word", body: `{"status":null}`, want: isUnknown},
		{name: "no word", body: `{"job_type":"x","end_time":"1684191548248"}`, want: isUnknown},
		{name: "an empty object", body: `{}`, want: isUnknown},
		{name: "a number", body: `{"status":0}`, want: isUnknown},
		{name: "a boolean", body: `{"status":true}`, want: fails("Unable to read DCS job")},
		{name: "an object", body: `{"status":{"phase":"SUCCESS"}}`, want: fails("Unable to read DCS job")},
		{name: "a list", body: `[{"status":"SUCCESS"}]`, want: fails("Unable to read DCS job")},
		{name: "success inside of another member", body: `{"job":{"status":"SUCCESS"}}`, want: isUnknown},

		{name: "an unknown word that the user knows", body: `{"status":"DONE"}`, ask: args{"status_map": args{"done": "succeeded"}}, want: isSucceeded, gate: true},
		{name: "a known word that the user knows better", body: `{"status":"success"}`, ask: args{"status_map": args{"SUCCESS": "failed"}}, want: isFailed},
		{name: "every unknown word", body: `{"status":"DONE"}`, ask: args{"status_map": args{"*": "succeeded"}}, want: isSucceeded, gate: true},
		{name: "every unknown word is none that is known", body: `{"status":"FAIL"}`, ask: args{"status_map": args{"*": "succeeded"}}, want: isFailed},
		{name: "every unknown word is not the empty one", body: `{"status":""}`, ask: args{"status_map": args{"*": "succeeded"}}, want: isUnknown},
		{name: "every unknown word is not the absent one", body: `{"status":null}`, ask: args{"status_map": args{"*": "succeeded"}}, want: isUnknown},
	})
}

func TestDCSTaskProgress_opensTheGateForItsOwnSuccessOnly(t *testing.T) {
	t.Parallel()
	judge(t, "dcs_task_progress", []row{
		{name: "all steps and 100", body: `{"progress":100,"step_details":[{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"FINISH"}]},{"step_status":"finish"}]}`, want: isSucceeded, gate: true},
		{name: "100 as text", body: `{"progress":"100","step_details":[{"step_status":"FINISH"}]}`, want: isSucceeded, gate: true},
		{name: "100.0", body: `{"progress":100.0,"step_details":[{"step_status":"FINISH"}]}`, want: isSucceeded, gate: true},
		{name: "no percentage", body: `{"step_details":[{"step_status":"FINISH"}]}`, want: isSucceeded, gate: true},
		{name: "a null percentage", body: `{"progress":null,"step_details":[{"step_status":"FINISH"}]}`, want: isSucceeded, gate: true},
		{name: "success in spite of error codes and without ends", body: `{"progress":100,"step_details":[{"step_status":"FINISH","error_code":"DCS.4064","end_time":null,"sub_step_details":[{"sub_step_status":"FINISH","error_code":"DCS.4065"}]}]}`, want: isSucceeded, gate: true},

		{name: "all steps at 30", body: `{"progress":30,"step_details":[{"step_status":"FINISH"}]}`, want: isRunning},
		{name: "all steps at 99.99", body: `{"progress":"99.99","step_details":[{"step_status":"FINISH"}]}`, want: isRunning},
		{name: "all steps at 0", body: `{"progress":0,"step_details":[{"step_status":"FINISH"}]}`, want: isRunning},
		{name: "all steps at 101", body: `{"progress":101,"step_details":[{"step_status":"FINISH"}]}`, want: isRunning},
		{name: "100 and no steps", body: `{"progress":100,"remain_time":0,"step_details":[]}`, want: isPending},
		{name: "100 and null steps", body: `{"progress":100,"step_details":null}`, want: isPending},
		{name: "an empty object", body: `{}`, want: isPending},
		{name: "all waiting", body: `{"progress":100,"step_details":[{"step_status":"WAITING"},{"step_status":"WAITING"}]}`, want: isPending},
		{name: "some waiting", body: `{"progress":100,"step_details":[{"step_status":"FINISH"},{"step_status":"WAITING"}]}`, want: isRunning},
		{name: "a sub-step waiting", body: `{"progress":100,"step_details":[{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"WAITING"}]}]}`, want: isRunning},
		{name: "a step executing with an end", body: `{"progress":100,"step_details":[{"step_status":"FINISH"},{"step_status":"EXECUTING","end_time":"2022-09-01 11:54:30"}]}`, want: isRunning},
		{name: "a sub-step suspended", body: `{"progress":100,"step_details":[{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"SUSPEND"}]}]}`, want: isRunning},
		{name: "one failed beside one that runs", body: `{"step_details":[{"step_status":"FAILED"},{"step_status":"EXECUTING"}]}`, want: isRunning},
		{name: "one failed before others that wait", body: `{"progress":50,"step_details":[{"step_status":"FAILED"},{"step_status":"WAITING"}]}`, want: isFailed},
		{name: "one failed at 100", body: `{"progress":100,"step_details":[{"step_status":"FINISH"},{"step_status":"FAILED"}]}`, want: isFailed},
		{name: "a sub-step failed at 100", body: `{"progress":100,"step_details":[{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"FAILED"}]}]}`, want: isFailed},
		{name: "a sub-step cancelled", body: `{"progress":100,"step_details":[{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"CANCELED"}]}]}`, want: isFailed},
		{name: "one failed beside an unknown word", body: `{"step_details":[{"step_status":"FAILED"},{"step_status":"X"}]}`, want: isFailed},
		{name: "an unknown word", body: `{"progress":100,"step_details":[{"step_status":"FINISH"},{"step_status":"SUCCESS"}]}`, want: isUnknown},
		{name: "an unknown word of a sub-step", body: `{"progress":100,"step_details":[{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"DONE"}]}]}`, want: isUnknown},
		{name: "an empty word", body: `{"progress":100,"step_details":[{"step_status":""}]}`, want: isUnknown},
		{name: "no word", body: `{"progress":100,"step_details":[{"step_id":"1"}]}`, want: isUnknown},
		{name: "an absent word of a sub-step", body: `{"progress":100,"step_details":[{"step_status":"FINISH","sub_step_details":[{}]}]}`, want: isUnknown},
		{name: "a null step", body: `{"progress":100,"step_details":[null]}`, want: isUnknown},
		{name: "an overall word that nobody has documented", body: `{"status":"SUCCESS","progress":100,"step_details":[]}`, want: isPending},
		{name: "a percentage that is none", body: `{"progress":"all","step_details":[{"step_status":"FINISH"}]}`, want: fails("Unable to read DCS task progress")},
		{name: "a percentage in hexadecimal", body: `{"progress":"0x64","step_details":[{"step_status":"FINISH"}]}`, want: fails("Unable to read DCS task progress")},
		{name: "an object for the steps", body: `{"progress":100,"step_details":{"step_status":"FINISH"}}`, want: fails("Unable to read DCS task progress")},

		{name: "an unknown word that the user knows", body: `{"step_details":[{"step_status":"DONE"}]}`, ask: args{"status_map": args{"DONE": "succeeded"}}, want: isSucceeded, gate: true},
		{name: "an absent word that nobody can know", body: `{"step_details":[{"step_status":"FINISH"},{}]}`, ask: args{"status_map": args{"*": "succeeded"}}, want: isUnknown},
	})
}

// refusal is an error in the words of a service.
func refusal(status int, code string) fakecloud.Response {
	return fakecloud.Response{Status: status, Body: `{"error_code":"` + code + `","error_msg":"The reason."}`}
}

var unavailable = fakecloud.Response{Status: http.StatusServiceUnavailable}
