// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// wellMeant claims success in the words of every source at once, but for
// overall: to one of them that member is an object.
const (
	overall   = `"status":"SUCCESS",`
	wellMeant = overall + `"progress":100,"step_details":[{"step_status":"FINISH"}],"task_count":1,"tasks":[{"id":"t","status":"SUCCESS"}],` +
		`"kind":"List","items":[{"metadata":{"creationTimestamp":"2023-11-25 17:03:46 +0800 CST"},"status":{"phase":"Success"}}]`
)

// answer is one that every source may get, and what it says of a task: nothing,
// but to those for whom it means that there is none.
type answer struct {
	name    string
	status  int
	body    string
	tells   string   // in the error, of the answer
	missing []string // sources
}

// TestAll_takeNoRefusalForSuccess crosses the sources with what services,
// gateway and load balancers answer instead of a task, and both with what the
// user says of a missing task.
func TestAll_takeNoRefusalForSuccess(t *testing.T) {
	t.Parallel()
	for _, answers := range [][]answer{refusals(), absences(), malformed(), refusalsOn200()} {
		for _, a := range answers {
			t.Run(a.name, func(t *testing.T) {
				t.Parallel()
				for _, s := range subjects() {
					t.Run(s.source, func(t *testing.T) { a.judge(t, s) })
				}
			})
		}
	}
}

func (a answer) judge(t *testing.T, s target) {
	t.Helper()
	body := a.body
	if s.backs() {
		body = strings.ReplaceAll(body, overall, "")
	}
	served := map[string]fakecloud.Response{s.path: {Status: a.status, Body: body}}
	for _, onMissing := range []string{"error", "pending", "succeeded"} {
		want, gate := fails("Unable to read "+s.noun), false
		if slices.Contains(a.missing, s.source) {
			gate = onMissing == "succeeded"
			want = map[string]outcome{"error": fails(s.noun + " not found"), "pending": isMissing, "succeeded": isExcused}[onMissing]
		}
		detail := pass(t, s, served, args{"on_missing": onMissing}, want, gate)
		if want.Error != "" && !strings.Contains(detail, a.tells) {
			t.Errorf("the error does not tell %q:\n%s", a.tells, detail)
		}
	}
}

// refused is the body of an error as most services word it.
func refused(code string) string { return `{"error_code":"` + code + `","error_msg":"The reason."}` }

func refusals() []answer {
	const gateway = `{"error_msg":"The reason.","error_code":"APIGW.0301","request_id":"5a"}`
	const page = "<html>\r\n<head><title>Bad\tGateway</title></head></html>"
	return []answer{
		{name: "204", status: 204, tells: "Status: 204 No Content"},
		{name: "202 that claims success", status: 202, body: `{` + wellMeant + `}`, tells: "Status: 202 Accepted"},
		{name: "302", status: 302, body: page, tells: "Status: 302 Found"},
		{name: "400 without a body", status: 400, tells: "Status: 400 Bad Request"},
		{name: "400 of the document", status: 400, body: fakecloud.ExampleDCSBadRequest, tells: "Code: 111400063\nMessage: Invalid {0} parameter in the request."},
		{name: "400 for a bad task id", status: 400, body: refused("DCS.4070"), tells: "Code: DCS.4070"},
		{name: "400 for a bad task id, nine digits", status: 400, body: refused("111400070"), tells: "Code: 111400070"},
		{name: "400 of a missing cluster", status: 400, body: refused("DWS.0001"), tells: "Code: DWS.0001"},
		{name: "400 of the service", status: 400, body: refused("DWS.0025"), tells: "Code: DWS.0025"},
		{name: "400 that claims success", status: 400, body: `{` + wellMeant + `}`, tells: "Status: 400 Bad Request"},
		{name: "401 without a body", status: 401, tells: "Status: 401 Unauthorized"},
		{name: "401 of the gateway", status: 401, body: gateway, tells: "Code: APIGW.0301\nMessage: The reason."},
		{name: "401 of the service", status: 401, body: refused("DCS.1002"), tells: "Code: DCS.1002"},
		{name: "401 of a missing cluster", status: 401, body: refused("DWS.0047"), tells: "Code: DWS.0047"},
		{name: "401 of IAM", status: 401, body: `{"error":{"code":401,"message":"The reason.","title":"Unauthorized"}}`, tells: "Code: 401\nMessage: The reason."},
		{name: "403 of the gateway", status: 403, body: refused("APIG.0302"), tells: "Code: APIG.0302"},
		{name: "403 of the service", status: 403, body: refused("DCS.2003"), tells: "Code: DCS.2003"},
		{name: "403 of a missing cluster", status: 403, body: refused("DWS.0015"), tells: "Code: DWS.0015"},
		{name: "409 without a body", status: 409, tells: "Status: 409 Conflict"},
		{name: "409 of the service", status: 409, body: refused("DCS.4090"), tells: "Code: DCS.4090\nMessage: The reason."},
		{name: "410 of the service", status: 410, body: refused("DCS.4070"), tells: "Status: 410 Gone\nCode: DCS.4070"},
		{name: "429 of the gateway", status: 429, body: refused("APIGW.0308"), tells: "Code: APIGW.0308"},
		{name: "429 of the service", status: 429, body: refused("CCE.01429002"), tells: "Code: CCE.01429002"},
		{name: "500 without a body", status: 500, tells: "Status: 500 Internal Server Error"},
		{name: "500 of DCS", status: 500, body: refused("DCS.5000"), tells: "Code: DCS.5000"},
		{name: "500 of DCS, nine digits", status: 500, body: refused("111500000"), tells: "Code: 111500000"},
		{name: "500 of DWS", status: 500, body: refused("DWS.9999"), tells: "Code: DWS.9999"},
		{name: "500 of CCE", status: 500, body: `{"errorCode":"CCE.01500001","errorMessage":"The reason."}`, tells: "Code: CCE.01500001\nMessage: The reason."},
		{name: "500 of a missing cluster", status: 500, body: refused("DWS.3027"), tells: "Code: DWS.3027"},
		{name: "502 with a page", status: 502, body: page, tells: "Status: 502 Bad Gateway\nBody: <html> <head><title>Bad Gateway</title></head></html>"},
		{name: "502 of the service", status: 502, body: refused("DCS.5002"), tells: "Code: DCS.5002\nMessage: The reason."},
		{name: "503 without a body", status: 503, tells: "Status: 503 Service Unavailable"},
		{name: "503 of the service", status: 503, body: refused("DWS.5030"), tells: "Code: DWS.5030\nMessage: The reason."},
		{name: "503 that claims success", status: 503, body: `{` + wellMeant + `}`, tells: "Status: 503 Service Unavailable"},
		{name: "504 of the gateway", status: 504, body: refused("APIGW.0201"), tells: "Code: APIGW.0201"},
	}
}

// absences are the answers of status 404, few of which speak of the task.
func absences() []answer {
	steps, job, cluster := "dcs_task_progress", "dcs_job", "dws_cluster_action"
	inBase64 := base64.StdEncoding.EncodeToString([]byte(refused("DWS.0025")))
	rows := []answer{
		{name: "a code of DCS", body: refused("DCS.4070"), missing: []string{steps, job}, tells: "Code: DCS.4070"},
		{name: "a code of DCS, nine digits", body: refused("111404070"), missing: []string{steps, job}, tells: "Code: 111404070"},
		{name: "a code of DCS, a number", body: `{"error_code":111404070}`, missing: []string{steps, job}, tells: "Code: 111404070"},
		{name: "a code of DCS, older", body: `{"error":{"code":"DCS.4927","message":"The reason.","ext_message":null}}`, missing: []string{steps, job}, tells: "Code: DCS.4927\nMessage: The reason."},
		{name: "a code of DCS, flat", body: `{"code":"DCS.4927","message":"The reason.","ext_message":"More."}`, missing: []string{steps, job}, tells: "Code: DCS.4927\nMessage: The reason. (More.)"},
		{name: "a missing instance", body: refused("DCS.4001"), missing: []string{job}, tells: "Code: DCS.4001"},
		{name: "a missing instance, in other words", body: refused("DCS.3022"), missing: []string{job}, tells: "Code: DCS.3022"},
		{name: "a missing instance, nine digits", body: refused("111404022"), missing: []string{job}, tells: "Code: 111404022"},
		{name: "eight digits", body: refused("11140407"), tells: "Code: 11140407"},
		{name: "ten digits", body: refused("1114040700"), tells: "Code: 1114040700"},
		{name: "nine other digits", body: refused("222404070"), tells: "Code: 222404070"},
		{name: "a code of DWS", body: refused("DWS.0025"), missing: []string{cluster}, tells: "Code: DWS.0025"},
		{name: "a code of DWS, older", body: `{"errCode":"DWS.0025","externalMessage":"The reason."}`, missing: []string{cluster}, tells: "Code: DWS.0025\nMessage: The reason."},
		{name: "a code of DWS, in base64", body: inBase64, missing: []string{cluster}, tells: "Code: DWS.0025\nMessage: The reason."},
		{name: "a code of DWS, in quoted base64", body: `"` + inBase64 + `"`, missing: []string{cluster}, tells: "Code: DWS.0025\nMessage: The reason."},
		{name: "a missing cluster", body: refused("DWS.0047"), tells: "Code: DWS.0047"},
		{name: "a missing cluster, in other words", body: refused("DWS.3027"), tells: "Code: DWS.3027"},
		{name: "a missing cluster, as for 403", body: refused("DWS.0015"), tells: "Code: DWS.0015"},
		{name: "a missing cluster, as for 400", body: refused("DWS.0001"), tells: "Code: DWS.0001"},
		{name: "a code of CCE", body: `{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":404,"errorCode":"CCE.01404001","errorMessage":"x","error_code":"CCE_CM.0003","error_msg":"y","message":"The reason.","reason":"NotFound"}`, tells: "Code: CCE.01404001\nMessage: The reason."},
		{name: "a code of the gateway", body: refused("APIGW.0101"), tells: "Code: APIGW.0101"},
		{name: "a code of another gateway", body: refused("APIG.0101"), tells: "Code: APIG.0101"},
		{name: "a gateway without a code", body: `{"message":"API not found","request_id":""}`, tells: "Message: API not found"},
		{name: "a code of IAM", body: refused("IAM.0004"), tells: "Code: IAM.0004"},
		{name: "a code that only looks like one", body: refused("XDCS.4070"), tells: "Code: XDCS.4070"},
		{name: "a code in the message", body: `{"error_msg":"DCS.4070 DWS.0025"}`, tells: "Message: DCS.4070 DWS.0025"},
		{name: "a page", body: "<html>DCS.4070 DWS.0025</html>", tells: "Body: <html>DCS.4070 DWS.0025</html>"},
		{name: "an empty object", body: `{}`, tells: "Body: {}"},
		{name: "null", body: `null`, tells: "Body: null"},
		{name: "a list", body: `[{"error_code":"DCS.4070"}]`, tells: `Body: [{"error_code":"DCS.4070"}]`},
		{name: "nothing", tells: "Request ID: "},
	}
	for i := range rows {
		rows[i].name, rows[i].status = "404 with "+rows[i].name, http.StatusNotFound
	}
	return rows
}

// malformed are bodies on 200 that are no answer at all.
func malformed() []answer {
	rows := []answer{
		{name: "nothing", tells: "the body is empty"},
		{name: "blanks", body: " \r\n\t", tells: "the body is empty"},
		{name: "a page", body: "<!DOCTYPE html>\n<title>SUCCESS</title>", tells: "Body: <!DOCTYPE html> <title>SUCCESS</title>"},
		{name: "null", body: "null", tells: "Body: null"},
		{name: "true", body: "true", tells: "Body: true"},
		{name: "a text", body: `"SUCCESS"`, tells: `Body: "SUCCESS"`},
		{name: "an empty list", body: "[]", tells: "Body: []"},
		{name: "a list", body: `[{` + wellMeant + `}]`, tells: "the body is not a JSON object"},
		{name: "half an object", body: `{` + wellMeant, tells: "the body is not valid JSON"},
		{name: "two objects", body: `{` + wellMeant + `}{}`, tells: "the body is not valid JSON"},
		{name: "an object in base64", body: base64.StdEncoding.EncodeToString([]byte(`{"status":"SUCCESS"}`)), tells: "the body is not a JSON object"},
	}
	for i := range rows {
		rows[i].name, rows[i].status = "200 with "+rows[i].name, http.StatusOK
	}
	return rows
}

// refusalsOn200 are errors all the same, beside whatever claims to be success.
func refusalsOn200() []answer {
	// The flat family has no member that an answer could not have one day.
	rows := []answer{{name: "200 with an error of DCS, flat", body: `{"code":"DCS.4927","message":"The reason.","ext_message":null}`, tells: "Code: DCS.4927\nMessage: The reason."}}
	for _, family := range []struct{ name, members, tells string }{
		{"DCS", `"error_msg":"The reason.","error_code":"DCS.4062","error_ext_msg":null`, "Code: DCS.4062\nMessage: The reason."},
		{"DCS, nine digits", `"error_msg":"The reason.","error_code":"111400062"`, "Code: 111400062\nMessage: The reason."},
		{"DCS, older", `"error":{"code":"DCS.4927","message":"The reason.","ext_message":null}`, "Code: DCS.4927\nMessage: The reason."},
		{"DWS", `"error_code":"DWS.6000","error_msg":"The reason."`, "Code: DWS.6000\nMessage: The reason."},
		{"DWS, twice", `"externalMessage":"The reason.","errCode":"DWS.6000","error_code":"DWS.6000","error_msg":"The reason."`, "Code: DWS.6000\nMessage: The reason."},
		{"DWS, older", `"errCode":"DWS.0005","externalMessage":"Server failure."`, "Code: DWS.0005\nMessage: Server failure."},
		{"DWS, no cluster", `"error_code":"DWS.0047","error_msg":"The reason."`, "Code: DWS.0047\nMessage: The reason."},
		{"CCE", `"errorCode":"CCE.01400001","errorMessage":"The reason."`, "Code: CCE.01400001\nMessage: The reason."},
		{"the gateway", `"error_msg":"The reason.","error_code":"APIGW.0301","request_id":"5a"`, "Code: APIGW.0301\nMessage: The reason."},
		{"IAM, older", `"error":{"code":401,"message":"The reason.","title":"Unauthorized"}`, "Code: 401\nMessage: The reason."},
		{"IAM", `"error_msg":"The reason.","error_code":"IAM.0011"`, "Code: IAM.0011\nMessage: The reason."},
	} {
		rows = append(rows,
			answer{name: "200 with an error of " + family.name, body: `{` + family.members + `}`, tells: family.tells},
			answer{name: "200 with success and an error of " + family.name, body: `{` + family.members + `,` + wellMeant + `}`, tells: family.tells})
	}
	return rows
}
