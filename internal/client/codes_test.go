// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// refused is an error response, and whether it means that there is no such task.
type refused struct {
	status        int
	code, message string
	missing       bool
}

// TestDCS_missing is what says so in its text, under a code that fits.
func TestDCS_missing(t *testing.T) {
	const job, background, instance = "Instance job is not found.", "The background task does not exist.", "This DCS instance does not exist."
	for _, test := range []refused{
		{400, "DCS.4133", job, true},
		{404, "DCS.4133", job, true},
		{404, "DCS.4133", "No such TASK", true},
		{400, "DCS.4133", "Invalid capacity parameter", false}, // a documented reuse of the code
		{403, "DCS.4133", job, false},
		{500, "DCS.4133", job, false},
		{404, "DCS.4927", "The job does not exist.", true},
		{404, "111404070", background, true},
		{404, "111404070", "not found", false},
		{404, "111404070", "The jobless multitasker", false},
		{400, "DCS.4927", "The job does not exist.", false},
		{404, "DCS.4001", "The requested URL of the job does not exist", false},
		{404, "111404001", job, false},
		{404, "DCS.3022", instance, false},
		{404, "DCS.3022", job, false},
		{404, "111404022", job, false},
		{400, "DCS.4031", job, false},
		{400, "DCS.4119", job, false},
		{404, "DCS.4023", job, false},
		{404, "111404023", job, false},
		{404, "DCS.5101", job, false},
		{400, "DCS.4070", background, false},
		{404, "DCS.4070", background, false},
		{404, "DCS.4061", job, false},
		{404, "DCS.4094", job, false},
		{404, "", job, false},
		{404, "APIGW.0101", job, false},
		{404, "APIG.0101", job, false},
		{404, "DWS.0047", job, false},
		{404, "11140407", job, false},
		{404, "1114040700", job, false},
		{404, "222404070", job, false},
		{404, "XDCS.4070", job, false},
		{410, "DCS.4927", job, false},
		{200, "DCS.4133", job, false},
		{200, "DCS.4927", job, false},
	} {
		for _, a := range []api{dcsJob, dcsTaskProgress, dcsBackgroundTasks, cceSnapshotTasks} {
			test.check(t, a, test.missing && !a.isList()) // a list has no missing task
		}
	}
}

// TestDWS_missing is 404 with a code of DWS that is not about the cluster.
func TestDWS_missing(t *testing.T) {
	for _, test := range []refused{
		{404, "DWS.0025", "x", true},
		{400, "DWS.5149", "x", false}, // but a snapshot
		{404, "DWS.0047", "x", false},
		{404, "DWS.3027", "x", false},
		{404, "DWS.0015", "x", false},
		{404, "DWS.0001", "x", false},
		{401, "DWS.0047", "x", false},
		{403, "DWS.0015", "x", false},
		{400, "DWS.0001", "x", false},
		{200, "DWS.0047", "x", false},
		{200, "DWS.0025", "x", false},
		{404, "", "x", false},
		{404, "APIGW.0101", "x", false},
		{404, "DCS.4133", "job", false},
		{400, "DWS.0025", "x", false},
		{500, "DWS.0025", "x", false},
	} {
		for _, a := range []api{dwsClusterAction, dwsFailureRecord, dwsJob, dwsSnapshot} {
			test.check(t, a, test.missing || a.name == dwsSnapshot.name && test.code == "DWS.5149")
		}
	}
	for body, want := range map[string]bool{
		`{}`: true, `{"new_field":null}`: true, `{"error_code":"DWS.0000"}`: true, `{"error_code":null}`: true, `{"items":[]}`: true,
		`{"id":null,"action_name":null,"status":null,"cluster_name":null,"submit_time":null,"items":null}`: true,
		`{"new_field":1}`: false, `{"detail":"backend unavailable"}`: false, `{"result":{}}`: false,
	} {
		_, err := dwsClusterAction.respond(t, fakecloud.Response{Body: body}, nil)
		diff(t, body, want, transport.IsNotFound(err))
	}
}

// TestCCE_missing: the code of a missing task is also that of a missing cluster.
func TestCCE_missing(t *testing.T) {
	for _, test := range []refused{
		{404, "CCE.01404001", "Resource not found", true},
		{404, "CCE_CM.0003", "Resource not found", true},
		{404, "CCE.01404001", "The upgrade task does not exist", true},
		{404, "", "task", false},
		{404, "APIGW.0101", "task", false},
		{400, "CCE.01404001", "task", false},
		{200, "CCE.01404001", "task", false},
		{403, "CCE.01403001", "task", false},
		{404, "DWS.0025", "task", false},
	} {
		for _, a := range []api{cceJob, cceAutopilotJob, cceUpgradeTask, cceAutopilotUpgradeTask, cceSnapshotTasks, cceAutopilotSnapshotTasks} {
			upgrade := strings.HasSuffix(a.name, "UpgradeTask")
			test.check(t, a, test.missing && !a.isList() && (!upgrade || strings.Contains(test.message, "task")))
		}
	}
}

func (r refused) check(t *testing.T, a api, missing bool) {
	t.Helper()
	_, err := a.respond(t, fakecloud.Response{Status: r.status, Body: `{"error_code":"` + r.code + `","error_msg":"` + r.message + `"}`}, nil)
	want := transport.KindStatus
	if missing {
		want = transport.KindNotFound
	}
	got := fault(t, err)
	diff(t, a.name+" "+http.StatusText(r.status)+" "+r.code+" "+r.message, want, got.Kind)
	diff(t, "not found", missing, transport.IsNotFound(err))
}

// TestMissing names what does not exist.
func TestMissing(t *testing.T) {
	for code, want := range map[string]Thing{
		"DWS.0047": Cluster, "DWS.3027": Cluster, "DWS.0015": Cluster, "CCE.01404001": Cluster, "CCE_CM.0003": Cluster, "DCS.3022": Instance, "111404022": Instance,
		"DCS.4001": URL, "111404001": URL, "APIGW.0101": URL, "APIG.0101": URL, "DCS.4023": Order, "DCS.5101": Agency, "DCS.4133": Job,
		"DWS.0001": NoThing, "DCS.4070": NoThing, "111400061": NoThing, "": NoThing, "DWS.0025": NoThing, "CCE.01403001": NoThing, "dws.0047": NoThing,
	} {
		for kind, want := range map[transport.Kind]Thing{transport.KindStatus: want, transport.KindNotFound: want, transport.KindMalformed: NoThing, transport.KindNetwork: NoThing} {
			diff(t, code, want, Missing(&transport.Error{Kind: kind, Status: 404, Code: code}))
		}
	}
}
