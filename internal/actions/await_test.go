// SPDX-License-Identifier: MPL-2.0

package actions_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

const (
	projectID  = "05f2cff45100d5112f4bc00b794ea08e"
	instanceID = "5560df16-cebf-4473-95c4-d1b573c16e79"
	taskID     = "8abf6e1e72c12e7c0172c15b508500aa"
	jobID      = "ff8080818822bbf70188235afc24141a"
	clusterID  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
	snapshotID = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"

	jobName = "DCS job " + jobID
)

type (
	args       = providertest.Args
	invocation = providertest.Invocation
	fault      = providertest.Diagnostic
)

var (
	keys    = fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}
	jobPath = fakecloud.JobPath(projectID, jobID)
)

func job(status string) string { return `{"job_id":"` + jobID + `","status":"` + status + `"}` }

func at(after time.Duration, body string) fakecloud.Response {
	return fakecloud.Response{After: after, Body: body}
}

// connect is the provider before a cloud, which is returned.
func connect(t *testing.T) (*providertest.Server, *fakecloud.Cloud) {
	t.Helper()
	cloud := fakecloud.New(keys)
	s, wrong := providertest.Connect(t, provider.NewWithTransport("test", cloud.Transport()), args{
		"region": "cn-north-4", "project_id": projectID, "access_key": keys.AccessKey, "secret_key": keys.SecretKey,
	})
	if wrong != nil {
		t.Fatal(wrong)
	}
	return s, cloud
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}

func TestAll_takeTheArgumentsOfTheirDataSourcesAndComputeNothing(t *testing.T) {
	s, _ := connect(t)
	diff(t, "actions", []string{
		"hwtasks_await_cce_autopilot_snapshot_tasks", "hwtasks_await_cce_snapshot_tasks", "hwtasks_await_dcs_background_tasks",
		"hwtasks_await_dcs_job", "hwtasks_await_dcs_task_progress", "hwtasks_await_dws_cluster_action",
	}, s.Actions())
	for _, name := range s.Actions() {
		schema := s.ActionSchema(name).Block
		if !strings.Contains(schema.Description, "`"+strings.Replace(name, "_await", "", 1)+"`") {
			t.Errorf("%s does not name its data source: %s", name, schema.Description)
		}
		source := s.DataSourceSchema(strings.Replace(name, "_await", "", 1)).Block
		want := []string{"timeouts"}
		for _, a := range source.Attributes {
			if (a.Required || a.Optional) && a.Name != "wait_for" && a.Name != "timeouts" {
				want = append(want, a.Name)
			}
		}
		var got []string
		for _, a := range schema.Attributes {
			got = append(got, a.Name)
			if a.Computed || a.Description == "" {
				t.Errorf("%s.%s is computed or not described", name, a.Name)
			}
			like := slices.IndexFunc(source.Attributes, func(b *tfprotov6.SchemaAttribute) bool { return b.Name == a.Name })
			if a.Name != "timeouts" && (source.Attributes[like].Required != a.Required || !source.Attributes[like].Type.Equal(a.Type)) {
				t.Errorf("%s.%s is not as in the data source", name, a.Name)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		diff(t, name, want, got)
	}
}

func TestAwait_tellsEachChangeInOrder(t *testing.T) {
	instance := fakecloud.ProgressPath(projectID, instanceID, taskID)
	for _, test := range []struct {
		action string
		args   args
		path   string
		bodies []fakecloud.Response
		want   []string
	}{
		{
			"await_dcs_job",
			args{"job_id": jobID, "poll_interval": "3s"},
			jobPath,
			[]fakecloud.Response{at(0, job("INIT")), at(3*time.Second, job("RUNNING")), at(8*time.Second, job("SUCCESS"))},
			[]string{"Waiting for " + jobName, jobName + ": pending (0s so far)", jobName + ": running (3s so far)", jobName + ": succeeded"},
		},
		{
			"await_dcs_task_progress",
			args{"instance_id": instanceID, "task_id": taskID, "poll_interval": "2s"},
			instance,
			[]fakecloud.Response{
				at(0, `{"progress":"10","step_details":[{"step_status":"EXECUTING"}]}`),
				at(time.Second, `{"progress":"60","step_details":[{"step_status":"EXECUTING"}]}`),
				at(5*time.Second, `{"progress":"100","step_details":[{"step_status":"FINISH"}]}`),
			},
			[]string{
				"Waiting for DCS task " + instanceID + "/" + taskID,
				"DCS task " + instanceID + "/" + taskID + ": running, 10% (0s so far)",
				"DCS task " + instanceID + "/" + taskID + ": running, 60% (2s so far)",
				"DCS task " + instanceID + "/" + taskID + ": succeeded",
			},
		},
		{
			"await_dws_cluster_action",
			args{"cluster_id": clusterID, "action_name": "GROWING", "on_missing": "pending", "poll_interval": "5s"},
			fakecloud.ActionPath(projectID, clusterID, "GROWING"),
			[]fakecloud.Response{at(10*time.Second, `{"status":"RUNNING"}`), at(20*time.Second, `{"status":"SUCCESS"}`)},
			[]string{
				"Waiting for DWS action GROWING of cluster " + clusterID,
				"DWS action GROWING of cluster " + clusterID + ": missing (0s so far)",
				"DWS action GROWING of cluster " + clusterID + ": running (10s so far)",
				"DWS action GROWING of cluster " + clusterID + ": succeeded",
			},
		},
	} {
		t.Run(test.action, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, cloud := connect(t)
				cloud.Serve(test.path, test.bodies...)
				diff(t, "invocation", invocation{Progress: test.want}, s.Invoke(t.Context(), t, test.action, test.args))
			})
		})
	}
}

func TestAwait_waitsForAllTasksOfAList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, cloud := connect(t)
		task := func(status string) string {
			return `{"id":"a","name":"EXTEND","status":"` + status + `","created_at":"2026-01-01T00:00:00Z"}`
		}
		cloud.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{
			{Tasks: []string{task("EXECUTING")}}, {After: 4 * time.Second, Tasks: []string{task("SUCCESS")}},
		}})
		const name = "DCS background tasks of instance " + instanceID
		diff(t, "invocation", invocation{Progress: []string{
			"Waiting for " + name, name + " (EXTEND): running (0s so far)", name + " (EXTEND): succeeded",
		}}, s.Invoke(t.Context(), t, "await_dcs_background_tasks", args{"instance_id": instanceID}))
	})
}

// TestAwait_showsThatItLives even while a pause takes longer than that.
func TestAwait_showsThatItLives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, cloud := connect(t)
		cloud.Serve(jobPath, at(0, job("RUNNING")), at(80*time.Second, job("SUCCESS")))
		diff(t, "invocation", invocation{Progress: []string{
			"Waiting for " + jobName,
			jobName + ": running (0s so far)", jobName + ": running (30s so far)", jobName + ": running (1m0s so far)",
			jobName + ": running (1m30s so far)", jobName + ": running (2m0s so far)", jobName + ": running (2m30s so far)",
			jobName + ": running (3m0s so far)", jobName + ": running (3m30s so far)", jobName + ": running (4m0s so far)",
			jobName + ": running (4m30s so far)", jobName + ": succeeded",
		}}, s.Invoke(t.Context(), t, "await_dcs_job", args{"job_id": jobID, "poll_interval": "4m45s"}))
	})
}

func TestAwait_failsWithTheReasonOfTheTask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, cloud := connect(t)
		cloud.Serve(jobPath, at(0, job("RUNNING")), at(2*time.Second, `{"status":"FAIL","fail_reason":"switchover refused"}`))
		got := s.Invoke(t.Context(), t, "await_dcs_job", args{"job_id": jobID})
		diff(t, "invocation", invocation{
			Progress: []string{"Waiting for " + jobName, jobName + ": running (0s so far)"},
			Diagnostics: []fault{{
				Summary: "DCS job failed",
				Detail: jobName + " has failed: switchover refused.\n\n" +
					"Nothing that depends on it goes on. Remove the cause and start the operation again.",
			}},
		}, got)
	})
}

func TestAwait_namesItsOwnLimitWhenTheTimeRunsOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, cloud := connect(t)
		cloud.Serve(jobPath, at(0, job("RUNNING")))
		got := s.Invoke(t.Context(), t, "await_dcs_job", args{"job_id": jobID, "poll_interval": "4s", "timeouts": args{"invoke": "10s"}})
		diff(t, "faults", []fault{{
			Summary: "Timed out waiting for DCS job",
			Detail: jobName + " had not ended after 9s and 4 looks. Its last state was running.\n\n" +
				`The limit is timeouts.invoke = "10s"; raise it to allow more time.`,
		}}, got.Diagnostics)
	})
}

func TestAwait_doesNotSpeakOfPlansWhereATaskIsMissing(t *testing.T) {
	s, _ := connect(t)
	got := s.Invoke(t.Context(), t, "await_dcs_job", args{"job_id": jobID})
	diff(t, "faults", 1, len(got.Diagnostics))
	diff(t, "summary", "DCS job not found", got.Diagnostics[0].Summary)
	for _, word := range []string{"plan", "destroy", "count"} {
		if strings.Contains(got.Diagnostics[0].Detail, word) {
			t.Errorf("the word %q stands in: %s", word, got.Diagnostics[0].Detail)
		}
	}
}

func TestAwait_endsAtOnceWhenItIsCancelled(t *testing.T) {
	for name, f := range map[string]fakecloud.Fault{
		"in a pause":         {},
		"in a request":       {Kind: fakecloud.Hang},
		"in a pause between": {Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"600"}}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, cloud := connect(t)
				cloud.Serve(jobPath, at(0, job("RUNNING")))
				cloud.Fail(jobPath, f)
				ctx, cancel := context.WithCancel(t.Context())
				begin := time.Now()
				time.AfterFunc(45*time.Second, cancel)
				got := s.Invoke(ctx, t, "await_dcs_job", args{"job_id": jobID, "poll_interval": "10m", "timeouts": args{"invoke": "1h"}})
				diff(t, "duration", 45*time.Second, time.Since(begin))
				diff(t, "faults", 1, len(got.Diagnostics))
				diff(t, "summary", "Interrupted while reading DCS job", got.Diagnostics[0].Summary)
			})
		})
	}
}

func invalid(at, detail string) fault {
	return fault{Summary: "Invalid value for " + at, Detail: at + ": " + detail, At: at}
}

func TestAwait_refusesAMistakeBeforeAnyRequest(t *testing.T) {
	whichBackup := invalid("uid", "a wait for success needs to know which backup is meant, or an earlier success would open the gate. "+
		"Set uid to the id of the backup, or created_after to a time just before it was started.")
	for _, test := range []struct {
		action string
		args   args
		want   fault
	}{
		{
			"await_dcs_job",
			args{"job_id": "a/b"},
			invalid("job_id", `"a/b" contains a character that is not a letter, a digit, a hyphen, an underscore, or a dot. `+
				"Use the id as the API or the console shows it: letters, digits, hyphens, underscores and dots."),
		},
		{
			"await_dcs_job",
			args{"job_id": jobID, "poll_interval": "1m", "timeouts": args{"invoke": "1m"}},
			invalid("timeouts.invoke", "1m0s is not longer than poll_interval, 1m0s. Allow more time, or look more often."),
		},
		{
			"await_dcs_job",
			args{"job_id": jobID, "timeouts": args{"invoke": "soon"}},
			invalid("timeouts.invoke", `"soon" is no duration. Use a duration above zero, for example "30m" or "2h45m".`),
		},
		{
			"await_cce_snapshot_tasks",
			args{"cluster_id": clusterID},
			whichBackup,
		},
		{
			"await_cce_autopilot_snapshot_tasks",
			args{"cluster_id": clusterID},
			whichBackup,
		},
		{
			"await_dws_cluster_action",
			args{"cluster_id": clusterID, "action_name": "RESIZE_FAILURE", "on_missing": "succeeded"},
			invalid("on_missing", `"succeeded" cannot be meant for the action RESIZE_FAILURE, which is the record of a failure. `+
				"Name the action as it is called while it is in progress: the record of its failure is looked up as well."),
		},
	} {
		t.Run(test.action+fmt.Sprint(test.args), func(t *testing.T) {
			s, cloud := connect(t)
			diff(t, "invocation", invocation{Diagnostics: []fault{test.want}}, s.Invoke(t.Context(), t, test.action, test.args))
			diff(t, "requests", 0, len(cloud.Requests()))
		})
	}
}

func TestAwait_ofASnapshotTakesTheOneThatIsMeant(t *testing.T) {
	for _, test := range []struct{ action, noun, path string }{
		{"await_cce_snapshot_tasks", "CCE snapshot task", fakecloud.SnapshotTasksPath(projectID, clusterID)},
		{"await_cce_autopilot_snapshot_tasks", "CCE Autopilot snapshot task", fakecloud.AutopilotSnapshotTasksPath(projectID, clusterID)},
	} {
		t.Run(test.action, func(t *testing.T) {
			s, cloud := connect(t)
			cloud.Serve(test.path, at(0, `{"items":[
				{"metadata":{"uid":"yesterday","creationTimestamp":"2023-11-25 17:03:46.739012 +0800 CST"},"status":{"phase":"Success"}},
				{"metadata":{"uid":"`+snapshotID+`","creationTimestamp":"2023-11-24 17:03:46.739012 +0800 CST"},"status":{"phase":"Failed"},
				 "spec":{"items":[{"type":"master-backup","status":"Failed","message":"disk full"}]}}]}`))
			got := s.Invoke(t.Context(), t, test.action, args{"cluster_id": clusterID, "uid": snapshotID})
			diff(t, "progress", []string{"Waiting for " + test.noun + " " + snapshotID + " of cluster " + clusterID}, got.Progress)
			diff(t, "faults", 1, len(got.Diagnostics))
			diff(t, "summary", test.noun+" failed", got.Diagnostics[0].Summary)
			if !strings.Contains(got.Diagnostics[0].Detail, "disk full") {
				t.Errorf("the reason is missing: %s", got.Diagnostics[0].Detail)
			}
		})
	}
}
