// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func TestDCSTaskProgress_foldsStepsAndSubSteps(t *testing.T) {
	steps := func(list string) string { return `{"progress":30,"step_details":[` + list + `]}` }
	percent := pointer(30.0)
	absent := "an absent or empty status of a step"
	for _, test := range []observed{
		{name: "as documented", body: fakecloud.ExampleDCSTaskProgress, want: task.Observation{State: task.Running, Percent: percent}},
		{name: "nothing", body: `{}`, want: task.Observation{State: task.Pending}},
		{name: "no steps", body: steps(``), want: task.Observation{State: task.Pending, Percent: percent}},
		{name: "no steps at 100 %", body: `{"progress":100}`, want: task.Observation{State: task.Pending, Percent: pointer(100.0)}},
		{name: "all waiting", body: steps(`{"step_status":"WAITING"},{"step_status":"WAITING"}`), want: task.Observation{State: task.Pending, Percent: percent}},
		{name: "between two steps", body: steps(`{"step_status":"FINISH"},{"step_status":"WAITING"}`), want: task.Observation{State: task.Running, Percent: percent}},
		{name: "a suspended sub-step", body: steps(`{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"SUSPEND"}]}`), want: task.Observation{State: task.Running, Percent: percent}},
		{name: "all finished", body: `{"progress":"100","step_details":[{"step_status":"finish","sub_step_details":[{"sub_step_status":"FINISH"}]}]}`, want: task.Observation{State: task.Succeeded, Percent: pointer(100.0)}},
		{name: "all finished, no percentage", body: `{"step_details":[{"step_status":"FINISH"}]}`, want: task.Observation{State: task.Succeeded}},
		{name: "all finished at 99.5 %", body: `{"progress":99.5,"step_details":[{"step_status":"FINISH"}]}`, want: task.Observation{State: task.Running, Percent: pointer(99.5)}},
		{name: "all finished at more than 100 %", body: `{"progress":101,"step_details":[{"step_status":"FINISH"}]}`, want: task.Observation{State: task.Running}},
		{
			name: "codes and ends of what is well", want: task.Observation{State: task.Running, Percent: percent},
			body: steps(`{"step_status":"FINISH","error_code":"DCS.4064","end_time":"2022-09-01 11:52:24"},{"step_status":"EXECUTING","error_code":"DCS.4065","end_time":"2022-09-01 11:52:24"}`),
		},
		{name: "an unknown word", body: steps(`{"step_status":"FINISH"},{"step_status":"PAUSED"}`), want: task.Observation{State: task.Unknown, Percent: percent, UnknownStatus: "PAUSED", UnknownReason: `the status of a step "PAUSED"`}},
		{name: "the first of two", body: steps(`{"step_status":"FINISH","sub_step_details":[{"sub_step_status":"HELD"}]},{"step_status":"PAUSED"}`), want: task.Observation{State: task.Unknown, Percent: percent, UnknownStatus: "HELD", UnknownReason: `the status of a step "HELD"`}},
		{name: "no word", body: steps(`{"step_status":"FINISH","sub_step_details":[{}]}`), want: task.Observation{State: task.Unknown, Percent: percent, UnknownReason: absent}},
		{name: "an unknown word beside a running step", body: steps(`{"step_status":"PAUSED"},{"step_status":"EXECUTING"}`), want: task.Observation{State: task.Running, Percent: percent}},
		{name: "a word of the user's", body: steps(`{"step_status":"PAUSED"}`), words: map[string]task.State{"paused": task.Running}, want: task.Observation{State: task.Running, Percent: percent}},
		{
			name: "a failed step, others waiting", want: task.Observation{State: task.Failed, Percent: percent, Reason: `step "扩容" FAILED (error_code DCS.4065)`},
			body: steps(`{"step_status":"FINISH","step_name":"准备"},{"step_status":"FAILED","step_name":"扩容","error_code":"DCS.4065"},{"step_status":"WAITING"}`),
		},
		{
			name: "a failed sub-step of a failed step",
			body: steps(`{"step_status":"FAILED","step_name":"a","sub_step_details":[{"sub_step_status":"FINISH"},{"sub_step_status":"CANCELED","sub_step_name":"b","error_code":"DCS.4066","detail":"{node_id:1,slot_range:[0 5460]}"}]}`),
			want: task.Observation{State: task.Failed, Percent: percent, Reason: `step "a" FAILED: sub-step "b" CANCELED (error_code DCS.4066, detail {node_id:1,slot_range:[0 5460]})`},
		},
		{
			name: "a failed sub-step of a step that goes on to be well", want: task.Observation{State: task.Failed, Percent: percent, Reason: `step "a" FINISH: sub-step "b" FAILED`},
			body: steps(`{"step_status":"FINISH","step_name":"a","sub_step_details":[{"sub_step_status":"FAILED","sub_step_name":"b"}]}`),
		},
		{
			name: "two failed steps", want: task.Observation{State: task.Failed, Percent: percent, Reason: `step "a" FAILED; step "b" FAILED`},
			body: steps(`{"step_status":"FAILED","step_name":"a"},{"step_status":"FAILED","step_name":"b"}`),
		},
		{
			name: "a long detail", want: task.Observation{State: task.Failed, Percent: percent, Reason: `step "a" FAILED: sub-step "b" FAILED (detail ` + strings.Repeat("x", 500) + `…)`},
			body: steps(`{"step_status":"FAILED","step_name":"a","sub_step_details":[{"sub_step_status":"FAILED","sub_step_name":"b","detail":"` + strings.Repeat("x", 600) + `"}]}`),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "observation", test.want, read[DCSTaskProgress](t, test.body).Observe(DCSStepStatuses.Merge(test.words)))
		})
	}
}

func TestDCSTaskProgress_isMissingUnlessTheInstanceIs(t *testing.T) {
	for _, test := range []answered{
		{"404 with a code of DCS", http.StatusNotFound, "DCS.4070", transport.KindNotFound},
		{"404 with nine digits", http.StatusNotFound, "111404070", transport.KindNotFound},
		{"no such instance", http.StatusNotFound, "DCS.3022", transport.KindStatus},
		{"no such instance in another word", http.StatusNotFound, "DCS.4001", transport.KindStatus},
		{"no such instance in digits", http.StatusNotFound, "111404022", transport.KindStatus},
		{"404 without a code", http.StatusNotFound, "", transport.KindStatus},
		{"404 of the gateway", http.StatusNotFound, "APIGW.0101", transport.KindStatus},
		{"400", http.StatusBadRequest, "DCS.4070", transport.KindStatus},
	} {
		test.check(t, fakecloud.ProgressPath(projectID, instanceID, taskID), func(p Project) error {
			_, err := p.DCSTaskProgress(t.Context(), instanceID, taskID)
			return err
		})
	}
}
