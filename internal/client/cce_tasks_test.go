// SPDX-License-Identifier: MPL-2.0

package client

import (
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// subJob is a sub-job without a status if it has no phase.
func subJob(phase, reason string, subJobs ...string) string {
	status := ""
	if phase != "" {
		status = `,"status":{"phase":"` + phase + `","reason":"` + reason + `"}`
	}
	return `{"spec":{"subJobs":[` + strings.Join(subJobs, ",") + `]}` + status + `}`
}

func TestCCEJob_reasonOfTheDeepestFailedSubJob(t *testing.T) {
	deep := subJob("Failed", "too deep")
	for range maxSubJobDepth {
		deep = subJob("", "", deep)
	}
	for _, test := range []struct {
		name, phase, subJobs, want string
	}{
		{"none", "Failed", "", "outer"},
		{"none failed", "Failed", subJob("Success", "done"), "outer"},
		{"one", "Failed", subJob("Success", "done") + "," + subJob("Failed", "inner"), "inner"},
		{"below one without a status", "Failed", subJob("", "", subJob("Failed", "innermost")), "innermost"},
		{"below another failed one", "Failed", subJob("Failed", "inner", subJob("Failed", "innermost")), "innermost"},
		{"below, without a reason", "Failed", subJob("Failed", "inner", subJob("Failed", "")), "inner"},
		{"the first of two", "Failed", subJob("Failed", "first") + "," + subJob("Failed", "second"), "first"},
		{"deeper than the first", "Failed", subJob("Failed", "first") + "," + subJob("", "", subJob("Failed", "second")), "second"},
		{"deeper than the bound", "Failed", deep, "outer"},
		{"of a job that succeeded", "Success", subJob("Failed", "inner"), ""},
		{"of odd types", "Failed", `{"spec":[],"status":"Failed","metadata":5},{"spec":{"subJobs":{}},"status":{"phase":[],"reason":{}}}`, "outer"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o, err := cceJob.respond(t, fakecloud.Response{Body: `{"metadata":{"uid":"` + jobID + `"},"spec":{"type":"ScaleupCluster","subJobs":[` + test.subJobs + `]},` +
				`"status":{"phase":"` + test.phase + `","reason":"outer"}}`}, nil)
			diff(t, "error", nil, err)
			diff(t, "reason", test.want, o.Reason)
			diff(t, "label", "ScaleupCluster", o.Label)
		})
	}
}

// TestCCEUpgradeTask_namesFailedItems in whatever form the items are.
func TestCCEUpgradeTask_namesFailedItems(t *testing.T) {
	for items, want := range map[string]string{
		``:                  "",
		`,"items":null`:     "",
		`,"items":"Failed"`: "",
		`,"items":[{"name":"upgrade-limit-check","status":"Failed","message":"disk full"},{"name":"drain","status":"Init"}]`:         "upgrade-limit-check Failed: disk full",
		`,"items":{"addon-limit-check":{"phase":"failed"},"upgrade-limit-check":{"status":{"phase":"Failed","reason":"disk full"}}}`: "addon-limit-check failed; upgrade-limit-check Failed: disk full",
		`,"items":[{"status":"Failed"}]`: "Failed",
		`,"items":[` + strings.Repeat("[", 20) + `{"status":"Failed"}` + strings.Repeat("]", 20) + `]`: "",
	} {
		o, err := cceUpgradeTask.respond(t, fakecloud.Response{Body: `{"metadata":{"uid":"` + taskID + `"},"spec":{"targetVersion":"v1.31"` + items + `},"status":{"phase":"Failed"}}`}, nil)
		diff(t, "error", nil, err)
		diff(t, items, want, o.Reason)
	}
}

func TestCCEUpgradeTask_pausedNeedsAPerson(t *testing.T) {
	for phase, want := range map[string]string{"Pause": "paused until a person resumes it", "PAUSE": "paused until a person resumes it", "Running": ""} {
		for _, a := range []api{cceUpgradeTask, cceAutopilotUpgradeTask} {
			o, err := a.respond(t, fakecloud.Response{Body: `{"metadata":{"uid":"` + taskID + `"},"status":{"phase":"` + phase + `"}}`}, nil)
			diff(t, "error", nil, err)
			diff(t, "state", task.Running, o.State)
			diff(t, "note", want, o.Note)
		}
	}
}

// TestCCE_statusObjectIsARefusal, whatever its fields are, and shows its message.
func TestCCE_statusObjectIsARefusal(t *testing.T) {
	for _, body := range []string{
		`{"kind":"Status","apiVersion":"v1","metadata":{},"message":"The reason."}`,
		`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"NotFound","message":"The reason."}`,
	} {
		for _, a := range []api{cceJob, cceUpgradeTask} {
			_, err := a.respond(t, fakecloud.Response{Body: body}, nil)
			diff(t, a.name, transport.KindStatus, fault(t, err).Kind)
			diff(t, "message", "The reason.", fault(t, err).Message)
		}
	}
}

// TestDWS_codesOfOtherThings: a DWS code that the documents explain is not that
// of a missing task, whatever its status.
func TestDWS_codesOfOtherThings(t *testing.T) {
	for _, code := range []string{"DWS.5021", "DWS.5111", "DWS.5064", "DWS.5182", "DWS.5212", "DWS.10101", "DWS.0020", "DWS.5036", "DWS.0005", "DWS.9999"} {
		for _, a := range []api{dwsClusterAction, dwsJob, dwsSnapshot} {
			refused{status: 404, code: code, message: "The job does not exist."}.check(t, a, false)
		}
		diff(t, code, NoThing, Missing(&transport.Error{Kind: transport.KindStatus, Status: 404, Code: code}))
	}
	refused{status: 404, code: "CCE.02404001", message: "task"}.check(t, cceJob, false) // of another component
}
