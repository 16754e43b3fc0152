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

// observed is a body with what is to be seen in it.
type observed struct {
	name  string
	body  string
	words map[string]task.State // added to those of the API
	want  task.Observation
}

func TestDCSJob_isJudgedByItsStatus(t *testing.T) {
	frozen := task.Observation{State: task.Unknown, UnknownStatus: "FROZEN", UnknownReason: `the status "FROZEN"`}
	for _, test := range []observed{
		{name: "as documented", body: fakecloud.ExampleDCSJob, want: task.Observation{Label: "masterStandbySwapJob", State: task.Succeeded, Duration: 2869 * time.Millisecond}},
		{name: "begun", body: `{"status":"INIT"}`, want: task.Observation{State: task.Pending}},
		{name: "running", body: `{"status":"Running","begin_time":"1684191545379","end_time":"1684191548248"}`, want: task.Observation{State: task.Running}},
		{name: "failed", body: `{"status":"FAIL","fail_reason":"no resources"}`, want: task.Observation{State: task.Failed, Reason: "no resources"}},
		{name: "failed in the neighbours' spelling", body: `{"status":"FAILED","fail_reason":null}`, want: task.Observation{State: task.Failed}},
		{name: "a reason without a failure", body: `{"status":"SUCCESS","fail_reason":"none"}`, want: task.Observation{State: task.Succeeded}},
		{name: "an unknown word", body: `{"status":"FROZEN","fail_reason":"x"}`, want: frozen},
		{name: "no word", body: `{"job_type":"a"}`, want: task.Observation{Label: "a", State: task.Unknown, UnknownReason: "an absent or empty status"}},
		{name: "an empty word", body: `{"status":""}`, want: task.Observation{State: task.Unknown, UnknownReason: "an absent or empty status"}},
		{name: "no word, whatever the words", body: `{}`, words: map[string]task.State{"*": task.Succeeded}, want: task.Observation{State: task.Unknown, UnknownReason: "an absent or empty status"}},
		{name: "a word of the user's", body: `{"status":"FROZEN"}`, words: map[string]task.State{"frozen": task.Running}, want: task.Observation{State: task.Running}},
		{name: "a word overridden", body: `{"status":"SUCCESS","fail_reason":"x"}`, words: map[string]task.State{"SUCCESS": task.Failed}, want: task.Observation{State: task.Failed, Reason: "x"}},
		{name: "times as numbers", body: `{"status":"FAIL","begin_time":1684191545379,"end_time":1684191548248}`, want: task.Observation{State: task.Failed, Duration: 2869 * time.Millisecond}},
		{name: "times of another form", body: `{"status":"FAIL","begin_time":"2023-05-15","end_time":"1684191548248"}`, want: task.Observation{State: task.Failed}},
		{name: "an end before the beginning", body: `{"status":"FAIL","begin_time":"1684191548248","end_time":"1684191545379"}`, want: task.Observation{State: task.Failed}},
		{name: "no end", body: `{"status":"FAIL","begin_time":"1684191545379","end_time":null}`, want: task.Observation{State: task.Failed}},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "observation", test.want, read[DCSJob](t, test.body).Observe(DCSJobStatuses.Merge(test.words)))
		})
	}
}

func TestWords_areThoseOfTheContract(t *testing.T) {
	for name, test := range map[string]struct {
		words task.StatusMap
		want  map[task.State][]string
	}{
		"DWS action": {DWSClusterActionStatuses, map[task.State][]string{
			task.Pending: {"WAITING"}, task.Running: {"RUNNING", "ROLLBACK_RUNNING"}, task.Succeeded: {"SUCCESS"},
			task.Failed: {"FAILED", "ROLLBACK_SUCCESS", "ROLLBACK_FAIL"},
		}},
		"DCS background task": {DCSBackgroundTaskStatuses, map[task.State][]string{
			task.Pending: {"CREATED"}, task.Running: {"EXECUTING", "RUNNING"}, task.Succeeded: {"SUCCESS"},
			task.Failed: {"FAILED", "FAIL", "CANCELLED", "DELETED"},
		}},
		"DCS step": {DCSStepStatuses, map[task.State][]string{
			task.Pending: {"WAITING"}, task.Running: {"EXECUTING", "SUSPEND"}, task.Succeeded: {"FINISH"}, task.Failed: {"FAILED", "CANCELED"},
		}},
		"DCS job": {DCSJobStatuses, map[task.State][]string{
			task.Pending: {"INIT"}, task.Running: {"RUNNING"}, task.Succeeded: {"SUCCESS"}, task.Failed: {"FAIL", "FAILED"},
		}},
		"CCE snapshot task": {CCESnapshotStatuses, map[task.State][]string{
			task.Pending: {"Init", "Queuing"}, task.Running: {"Running", "Pause"}, task.Succeeded: {"Success"}, task.Failed: {"Failed"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			count := 0
			for state, words := range test.want {
				for _, word := range words {
					count++
					diff(t, word, state, test.words.State(word))
				}
			}
			diff(t, "number of words", count, len(test.words))
		})
	}
}

// answered is what a read of something missing is told.
type answered struct {
	name   string
	status int
	code   string
	want   transport.Kind
}

// check reads a path that is answered like this.
func (a answered) check(t *testing.T, path string, get func(Project) error) {
	t.Helper()
	t.Run(a.name, func(t *testing.T) {
		cloud := newCloud()
		cloud.Fail(path, fakecloud.Fault{Status: a.status, Body: `{"error_code":"` + a.code + `","error_msg":"x"}`})
		err := get(project(t, newClient(cloud.Transport())))
		diff(t, "kind", a.want, fault(t, err).Kind)
		diff(t, "not found", a.want == transport.KindNotFound, transport.IsNotFound(err))
	})
}

func TestDCSJob_isMissingOnlyIfDCSSaysSo(t *testing.T) {
	for _, test := range []answered{
		{"404 with a code of DCS", http.StatusNotFound, "DCS.4070", transport.KindNotFound},
		{"404 with nine digits", http.StatusNotFound, "111404070", transport.KindNotFound},
		{"404 for an instance, which no path names", http.StatusNotFound, "111404022", transport.KindNotFound},
		{"404 for an instance in letters", http.StatusNotFound, "DCS.4001", transport.KindNotFound},
		{"404 without a code", http.StatusNotFound, "", transport.KindStatus},
		{"404 of the gateway", http.StatusNotFound, "APIGW.0101", transport.KindStatus},
		{"404 of the newer gateway", http.StatusNotFound, "APIG.0101", transport.KindStatus},
		{"404 of another service", http.StatusNotFound, "DWS.0047", transport.KindStatus},
		{"404 with eight digits", http.StatusNotFound, "11140407", transport.KindStatus},
		{"404 with ten digits", http.StatusNotFound, "1114040700", transport.KindStatus},
		{"404 with other digits", http.StatusNotFound, "222404070", transport.KindStatus},
		{"404 with a prefix alone", http.StatusNotFound, "DCS.", transport.KindStatus},
		{"404 with a longer name", http.StatusNotFound, "XDCS.4070", transport.KindStatus},
		{"400", http.StatusBadRequest, "DCS.4070", transport.KindStatus},
		{"400 with nine digits", http.StatusBadRequest, "111400070", transport.KindStatus},
		{"403", http.StatusForbidden, "DCS.2003", transport.KindStatus},
		{"410", http.StatusGone, "DCS.4070", transport.KindStatus},
		{"500", http.StatusInternalServerError, "DCS.5000", transport.KindStatus},
	} {
		test.check(t, jobPath, func(p Project) error { _, err := p.DCSJob(t.Context(), jobID); return err })
	}
}
