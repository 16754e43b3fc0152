// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// refusalRows are those in which the request was understood, and refused.
func refusalRows() []row {
	return []row{
		{"Status 400", permanent, bodiesOf(http.StatusBadRequest)},
		{"Status 401", permanent, bodiesOf(http.StatusUnauthorized)},
		{"The gateway does not know the access key", permanent, byGateway("0301", http.StatusUnauthorized, "Incorrect IAM authentication information: ak not exist")},
		{"The signature has expired", permanent, expiredSignatures()},
		{"The token has expired, or belongs to another region", permanent, append(
			byGateway("0307", http.StatusUnauthorized, "The token must be updated."),
			refused("DCS", http.StatusUnauthorized, dcs("DCS.1002"), "Code: DCS.1002", at("dcs_background_tasks", "dcs_task_progress", "dcs_job")...))},
		{"Temporary credentials have expired", permanent, byGateway("0602", http.StatusUnauthorized, "The token of the temporary access key has expired")},
		{"Status 403", permanent, bodiesOf(http.StatusForbidden)},
		{"The gateway denies access", permanent, slices.Concat(
			byGateway("0302", http.StatusForbidden, "No permission"), byGateway("0306", http.StatusForbidden, "API access denied"))},
		{"Status 404 that is not about the task", permanent, append(
			append(bodiesOf(http.StatusNotFound), byGateway("0101", http.StatusNotFound, "The API does not exist")...),
			refused("no such URL", http.StatusNotFound, dcs("DCS.4001"), "Code: DCS.4001", at("dcs_job", "dcs_background_tasks", "dcs_task_progress")...),
			refused("another gateway", http.StatusNotFound, `{"message":"API not found","request_id":""}`, "Message: API not found"))},
		{"No such instance or cluster", permanent, missingParents()},
		{"No such task", noSuchTask, missingTasks()},
		{"Status 409", permanent, bodiesOf(http.StatusConflict)},
		{"Any other status", permanent, []fault{
			refused("405", http.StatusMethodNotAllowed, "", "Status: 405 Method Not Allowed"),
			refused("410", http.StatusGone, dcs("DCS.2999"), "Status: 410 Gone\nCode: DCS.2999"),
			refused("501", http.StatusNotImplemented, "", "Status: 501 Not Implemented"),
			refused("505", http.StatusHTTPVersionNotSupported, "", "Status: 505 HTTP Version Not Supported"),
		}},
	}
}

// refused is a response of a status and a body.
func refused(name string, status int, body, detail string, at ...target) fault {
	return fault{name: name, reply: fakecloud.Fault{Status: status, Body: body}, at: at, detail: detail}
}

// errorForm is one of the forms of an error.
type errorForm struct{ name, body string }

func dcs(code string) string {
	return `{"error_msg":"The reason.","error_code":"` + code + `","error_ext_msg":null}`
}

func dcsForms(code string) []errorForm {
	return []errorForm{
		{"DCS", dcs(code)},
		{"DCS, nested", `{"error":{"code":"` + code + `","message":"The reason.","ext_message":null}}`},
		{"DCS, flat", `{"code":"` + code + `","message":"The reason.","ext_message":null}`},
	}
}

func dwsForms(code string) []errorForm {
	return []errorForm{
		{"DWS", `{"error_code":"` + code + `","error_msg":"The reason."}`},
		{"DWS, twice", `{"externalMessage":"The reason.","errCode":"` + code + `","error_code":"` + code + `","error_msg":"The reason."}`},
		{"DWS, older", `{"errCode":"` + code + `","externalMessage":"The reason."}`},
	}
}

func cce(status int, code string) string {
	return fmt.Sprintf(`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":%d,"errorCode":%q,"errorMessage":"Vague.",`+
		`"error_code":"CCE_CM.0099","error_msg":"Vaguer","message":"The reason.","reason":"Vaguest"}`, status, code)
}

// bodiesOf are the errors of a status in every form, from a service that uses it.
// The first is without a body, which any source may get.
func bodiesOf(status int) []fault {
	faults := []fault{refused("no body", status, "", fmt.Sprintf("Status: %d", status))}
	variant := func(name, body, detail string, at ...target) {
		f := refused(name, status, body, detail, at...)
		f.variant = true
		faults = append(faults, f)
	}
	if status != http.StatusNotFound { // by which DWS means the action
		for _, f := range dwsForms("DWS.0005") {
			variant(f.name, f.body, "Code: DWS.0005\nMessage: The reason.", at("dws_cluster_action")...)
		}
		variant("DWS, base64", base64.URLEncoding.EncodeToString([]byte(dwsForms("DWS.0005")[2].body)), "Code: DWS.0005\nMessage: The reason.", at("dws_cluster_action")...)
	}
	for _, f := range dcsForms("DCS.2999") {
		variant(f.name, f.body, "Code: DCS.2999\nMessage: The reason.", at("dcs_background_tasks")...)
	}
	variant("DCS, nine digits", `{"error_msg":"The reason.","error_code":"111499999","error_ext_msg":"More."}`, "Code: 111499999\nMessage: The reason. (More.)", at("dcs_background_tasks")...)
	variant("CCE", cce(status, fmt.Sprintf("CCE.01%d999", status)), fmt.Sprintf("Code: CCE.01%d999\nMessage: The reason.", status), at("cce_snapshot_tasks")...)
	variant("IAM, newer", `{"error_code":"IAM.0011","error_msg":"The reason."}`, "Code: IAM.0011\nMessage: The reason.", iam()...)
	variant("the gateway", `{"error_msg":"The reason.","error_code":"APIGW.0999","request_id":"x"}`, "Code: APIGW.0999\nMessage: The reason.")
	variant("success", "{"+success+"}", fmt.Sprintf("Status: %d", status))
	variant("a page", "<html>\n<h1>The reason.</h1>", "Body: <html> <h1>The reason.</h1>")
	return append(faults, refused("IAM", status, fmt.Sprintf(`{"error":{"code":%d,"message":"The reason.","title":"Vague"}}`, status), fmt.Sprintf("Code: %d\nMessage: The reason.", status), iam()...))
}

// byGateway are errors of the gateway, under both of its names.
func byGateway(number string, status int, message string) []fault {
	var faults []fault
	for _, prefix := range []string{"APIGW.", "APIG."} {
		faults = append(faults, refused(prefix+number, status, fmt.Sprintf(`{"error_msg":%q,"error_code":%q,"request_id":"x"}`, message, prefix+number), "Code: "+prefix+number))
	}
	return faults
}

// expiredSignatures come from a server whose clock differs from the provider's,
// which shows midnight.
func expiredSignatures() []fault {
	const body = `{"error_msg":"Incorrect IAM authentication information: calc aksk signature fail:signature expired, signature time:19991231T234000Z,server time:20000101T000000Z",` +
		`"error_code":"APIGW.0301","request_id":"x"}`
	var faults []fault
	for _, date := range []string{"Sat, 01 Jan 2000 00:20:00 GMT", "Fri, 31 Dec 1999 22:58:30 GMT", ""} {
		faults = append(faults, fault{name: "at " + date, reply: fakecloud.Fault{Status: http.StatusUnauthorized, Header: http.Header{"Date": {date}}, Body: body}, detail: "Code: APIGW.0301"})
	}
	return faults
}

// missingParents are errors that name the instance or the cluster.
func missingParents() []fault {
	var faults []fault
	for _, code := range []string{"DCS.3022", "111404022"} {
		faults = append(faults, refused(code, http.StatusNotFound, dcs(code), "Code: "+code, at("dcs_background_tasks", "dcs_task_progress")...))
	}
	for code, statuses := range map[string][]int{"DWS.0047": {401, 404}, "DWS.0015": {403}, "DWS.3027": {404}} {
		for _, status := range statuses {
			for _, f := range dwsForms(code) {
				faults = append(faults, refused(fmt.Sprint(f.name, " ", code, " ", status), status, f.body, "Code: "+code, at("dws_cluster_action")...))
			}
		}
	}
	return append(faults, refused("CCE", http.StatusNotFound, cce(http.StatusNotFound, "CCE.01404001"), "Code: CCE.01404001", at("cce_snapshot_tasks")...))
}

// missingTasks are the responses that each source takes for a missing task.
func missingTasks() []fault {
	var faults []fault
	for _, s := range providertest.Sources() {
		for i, r := range s.Missing {
			faults = append(faults, refused(fmt.Sprint(s.Name, " ", i), r.Status, r.Body, "", at(s.Name)...))
		}
	}
	return faults
}
