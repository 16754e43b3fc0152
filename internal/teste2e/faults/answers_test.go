// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"net/http"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// answerMishaps are those of status 200, and no answer all the same.
func answerMishaps() []mishap {
	const notAsDocumented = "the answer is not what the API documents: "
	answer := func(name, body, tells string, at ...place) fault {
		return refusal(name, http.StatusOK, body, tells, at...)
	}
	header := http.Header{"X-Request-Id": {"x"}} // which makes it a reply even without a body
	var refusals []fault
	for name, body := range dwsFamilies("DWS.6000") {
		if name != "DWS, base64" {
			refusals = append(refusals, answer(name, body, "Code: DWS.6000\nMessage: The reason."))
		}
	}
	for name, body := range dcsFamilies("DCS.4927") {
		refusals = append(refusals, answer(name, body, "Code: DCS.4927\nMessage: The reason."))
	}
	refusals = append(refusals,
		answer("CCE", cce(200, "CCE.01400001"), "Code: CCE.01400001\nMessage: The reason."),
		answer("beside success", `{"error_code":"DWS.6000","error_msg":"The reason.",`+tempting[1:], "Code: DWS.6000\nMessage: The reason."))

	return []mishap{
		{"Status 200 with an error", lasts, refusals},
		{"Status 200 with a page, a list, `null`, or half an object", lasts, []fault{
			answer("a page", "<html>\n<title>Sign in</title>SUCCESS", notAsDocumented+"the body is not a JSON object."),
			answer("a list", "["+tempting+"]", notAsDocumented+"the body is not a JSON object."),
			answer("null", "null", notAsDocumented+"the body is not a JSON object."),
			answer("a text", `"SUCCESS"`, notAsDocumented+"the body is not a JSON object."),
			answer("half an object", strings.TrimSuffix(tempting, "}"), notAsDocumented+"the body is not valid JSON: unexpected end of JSON input."),
			answer("two objects", tempting+tempting, notAsDocumented+"the body is not valid JSON: invalid character '{' after top-level value."),
		}},
		{"Status 200 with nothing", lasts, []fault{
			{name: "no body", reply: fakecloud.Fault{Header: header}, tells: notAsDocumented + "the body is empty."},
			answer("blanks", " \r\n", notAsDocumented+"the body is empty."),
		}},
		{"Status 200 with a member of another type", lasts, []fault{
			answer("a job's status", `{"status":{"word":"SUCCESS"}}`, notAsDocumented+"the field status is a JSON object where the API documents another type.", jobs(), actions()),
			answer("steps", `{"step_details":{"step_status":"FINISH"}}`, notAsDocumented+"the field step_details is a JSON object where the API documents another type.", steps()),
			answer("a percentage", `{"progress":"all","step_details":[{"step_status":"FINISH"}]}`, notAsDocumented+"the field progress is a JSON string without a number where the API documents another type.", steps()),
			answer("a task", `{"tasks":["SUCCESS"]}`, notAsDocumented+"the field tasks is a JSON string where the API documents another type.", tasks()),
			answer("a phase", `{"items":[{"status":{"phase":true}}]}`, notAsDocumented+"the field items.status.phase is a JSON boolean where the API documents another type.", snapshots()),
		}},
		{"Status 200 with something else", lasts, []fault{
			answer("no list", `{"something":"else"}`, notAsDocumented+"it has ", tasks(), snapshots()),
		}},
		{"Another success than status 200", lasts, []fault{
			refusal("202", http.StatusAccepted, tempting, "Status: 202 Accepted"),
			refusal("204", http.StatusNoContent, "", "Status: 204 No Content"),
			refusal("206", http.StatusPartialContent, tempting, "Status: 206 Partial Content"),
		}},
	}
}
