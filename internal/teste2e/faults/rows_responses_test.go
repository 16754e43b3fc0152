// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"encoding/base64"
	"net/http"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// responseRows are those of status 200 that are not the documented response.
func responseRows() []row {
	response := func(name, body string, at ...target) fault {
		return refused(name, http.StatusOK, body, "", at...)
	}
	incomplete := response("counted and not listed", `{"task_count":5,"tasks":[]}`, at("dcs_background_tasks")...)
	incomplete.readings = 3
	return []row{
		{"Status 200 with an error", permanent, errorsWithStatus200()},
		{"Status 200 with a page, a list, `null`, or two objects", permanent, []fault{
			response("a page", "<html>\n<title>Sign in</title>SUCCESS"),
			response("a list", "[{"+success+"}]"),
			response("null", "null"),
			response("a text", `"SUCCESS"`),
			response("base64", base64.StdEncoding.EncodeToString([]byte(`{"status":"SUCCESS"}`))),
			response("two objects", "{"+success+"}{"+success+"}"),
			response("a repeated field", "{"+success+","+success+"}"),
		}},
		{"Status 200 with no body, or a truncated one", transient, []fault{
			{name: "no body", reply: fakecloud.Fault{Header: http.Header{"X-Request-Id": {"x"}}}}, // a header makes it a reply
			response("spaces", " \r\n"),
			response("half an object", "{"+success),
		}},
		{"Status 200 with a field of another type", permanent, []fault{
			response("a status", `{"job_id":"`+providertest.JobID+`","status":{"word":"SUCCESS"}}`, at("dcs_job")...),
			response("steps", `{"step_details":{"step_status":"FINISH"}}`, at("dcs_task_progress")...),
			response("a percentage", `{"progress":"all","step_details":[{"step_status":"FINISH"}]}`, at("dcs_task_progress")...),
			response("a list of tasks", `{"tasks":{"status":"SUCCESS"}}`, at("dcs_background_tasks")...),
			response("a phase", `{"items":[{"metadata":{"uid":"a"},"status":{"phase":true}}]}`, at("cce_snapshot_tasks")...),
		}},
		{"Status 200 about another task", permanent, []fault{
			response("a job", `{"job_id":"another","status":"SUCCESS"}`, at("dcs_job", "dws_job")...),
			response("an action", `{"action_name":"RESTORING","status":"SUCCESS"}`, at("dws_cluster_action")...),
			response("a snapshot", `{"snapshot":{"id":"another","status":"AVAILABLE"}}`, at("dws_snapshot")...),
			response("an object", `{"metadata":{"uid":"another"},"status":{"phase":"Success"}}`, at("cce_job", "cce_autopilot_job", "cce_upgrade_task", "cce_autopilot_upgrade_task")...),
			response("a portal", `{"status":"success","data":null}`, at("dcs_job")...),
		}},
		{"Status 200 with something else", permanent, []fault{
			response("no list", `{"something":"else"}`, at("dcs_background_tasks", "cce_snapshot_tasks", "dcs_task_progress")...),
		}},
		{"Status 200 that is older than 30 seconds", transient, []fault{
			{name: "from a cache", reply: fakecloud.Fault{Header: http.Header{"Age": {"604800"}}, Body: "{" + success + "}"}},
		}},
		{"An incomplete list", transient, []fault{incomplete}},
		{"Another status of success than 200", permanent, []fault{
			refused("202", http.StatusAccepted, "{"+success+"}", "Status: 202 Accepted"),
			refused("204", http.StatusNoContent, "", "Status: 204 No Content"),
			refused("206", http.StatusPartialContent, "{"+success+"}", "Status: 206 Partial Content"),
		}},
	}
}

// errorsWithStatus200 are errors of every form, alone and beside success.
func errorsWithStatus200() []fault {
	forms := append(dwsForms("DWS.6000"), dcsForms("DWS.6000")...)
	forms = append(forms,
		errorForm{"CCE", `{"errorCode":"DWS.6000","errorMessage":"The reason."}`},
		errorForm{"the gateway", `{"error_msg":"The reason.","error_code":"DWS.6000","request_id":"x"}`})
	var faults []fault
	for _, f := range forms {
		faults = append(faults,
			refused(f.name, http.StatusOK, f.body, "Code: DWS.6000\nMessage: The reason."),
			refused(f.name+" beside success", http.StatusOK, f.body[:len(f.body)-1]+","+success+"}", "Code: DWS.6000\nMessage: The reason."))
	}
	return append(faults,
		refused("a message without a code", http.StatusOK, `{"error_msg":"The reason.",`+success+"}", "Message: The reason."),
		refused("a CCE status", http.StatusOK, cce(http.StatusOK, "CCE.01400001"), "Code: CCE.01400001\nMessage: The reason.", at("cce_snapshot_tasks", "dcs_job")...))
}
