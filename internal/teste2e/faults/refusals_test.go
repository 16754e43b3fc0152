// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// refusalMishaps are those in which somebody has understood the request and
// says no.
func refusalMishaps() []mishap {
	return []mishap{
		{"Status 400", lasts, of(http.StatusBadRequest)},
		{"Status 401", lasts, of(http.StatusUnauthorized)},
		{"The gateway does not know the keys", lasts, gateway("0301", http.StatusUnauthorized, "Incorrect IAM authentication information: ak not exist", "Check access_key and secret_key")},
		{"The signature has expired", lasts, expiredSignatures()},
		{"The token has expired, or belongs to another region", lasts, append(
			gateway("0307", http.StatusUnauthorized, "The token must be updated.", "The token has expired or belongs to another region"),
			refusal("DCS", http.StatusUnauthorized, dcs("DCS.1002"), "Code: DCS.1002", tasks(), steps(), jobs()))},
		{"Status 403", lasts, of(http.StatusForbidden)},
		{"The gateway grants no permission", lasts, slices.Concat(
			gateway("0302", http.StatusForbidden, "No permission", "grant it the IAM action"),
			gateway("0306", http.StatusForbidden, "API access denied", "grant it the IAM action"))},
		{"Status 404 from anybody but the service", lasts, slices.Concat(
			of(http.StatusNotFound), gateway("0101", http.StatusNotFound, "The API does not exist", "the region or the endpoint is wrong"),
			[]fault{refusal("another gateway", http.StatusNotFound, `{"message":"API not found","request_id":""}`, "Message: API not found")})},
		{"There is no such instance or cluster", lasts, parentless()},
		{"There is no such task", absent, taskless()},
		{"Status 409", lasts, of(http.StatusConflict)},
		{"Another status that is no success", lasts, []fault{
			refusal("405", http.StatusMethodNotAllowed, "", "Status: 405 Method Not Allowed"),
			refusal("408", http.StatusRequestTimeout, "", "Status: 408 Request Timeout"),
			refusal("410", http.StatusGone, "", "Status: 410 Gone"),
			refusal("501", http.StatusNotImplemented, "", "Status: 501 Not Implemented"),
			refusal("599", 599, "", "Status: 599"),
		}},
	}
}

// refusal is an answer of a status and a body, and what the error tells of it.
func refusal(name string, status int, body, tells string, at ...place) fault {
	return fault{name: name, reply: fakecloud.Fault{Status: status, Body: body}, at: at, tells: tells}
}

// of are the refusals of a status in every family of bodies, each from who
// speaks like this.
func of(status int) []fault {
	var faults []fault
	if status != http.StatusNotFound { // by which DWS means the action
		for name, body := range dwsFamilies("DWS.0005") {
			faults = append(faults, refusal(name, status, body, "Code: DWS.0005\nMessage: The reason.", actions()))
		}
	}
	for name, body := range dcsFamilies("DCS.2999") {
		faults = append(faults, refusal(name, status, body, "Code: DCS.2999\nMessage: The reason.", tasks()))
	}
	integer := fmt.Sprintf(`{"error":{"code":%d,"message":"The reason.","title":"Vague"}}`, status)
	return append(faults,
		refusal("DCS, nine digits", status, `{"error_msg":"The reason.","error_code":"111499999","error_ext_msg":"More."}`, "Code: 111499999\nMessage: The reason. (More.)", tasks()),
		refusal("CCE, three families at once", status, cce(status, fmt.Sprintf("CCE.01%d999", status)), fmt.Sprintf("Code: CCE.01%d999\nMessage: The reason.", status), snapshots()),
		refusal("IAM", status, integer, fmt.Sprintf("Code: %d\nMessage: The reason.", status), projects()),
		refusal("IAM, newer", status, `{"error_code":"IAM.0011","error_msg":"The reason."}`, "Code: IAM.0011\nMessage: The reason.", projects()),
		refusal("the gateway", status, `{"error_msg":"The reason.","error_code":"APIGW.0999","request_id":"x"}`, "Code: APIGW.0999\nMessage: The reason."),
		refusal("the gateway, newer", status, `{"error_msg":"The reason.","error_code":"APIG.0999","request_id":"x"}`, "Code: APIG.0999\nMessage: The reason."),
		refusal("a page", status, "<html>\n<h1>The reason.</h1>", "Body: <html> <h1>The reason.</h1>"),
		refusal("nothing", status, "", fmt.Sprintf("Status: %d", status)),
	)
}

func dcs(code string) string {
	return `{"error_msg":"The reason.","error_code":"` + code + `","error_ext_msg":null}`
}

func dcsFamilies(code string) map[string]string {
	return map[string]string{
		"DCS":         dcs(code),
		"DCS, nested": `{"error":{"code":"` + code + `","message":"The reason.","ext_message":null}}`,
		"DCS, flat":   `{"code":"` + code + `","message":"The reason.","ext_message":null}`,
	}
}

func dwsFamilies(code string) map[string]string {
	older := `{"errCode":"` + code + `","externalMessage":"The reason."}`
	return map[string]string{
		"DWS":         `{"error_code":"` + code + `","error_msg":"The reason."}`,
		"DWS, twins":  `{"externalMessage":"The reason.","errCode":"` + code + `","error_code":"` + code + `","error_msg":"The reason."}`,
		"DWS, older":  older,
		"DWS, base64": base64.URLEncoding.EncodeToString([]byte(older)),
	}
}

func cce(status int, code string) string {
	return fmt.Sprintf(`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":%d,"errorCode":%q,"errorMessage":"Vague.",`+
		`"error_code":"CCE_CM.0099","error_msg":"Vaguer","message":"The reason.","reason":"Vaguest"}`, status, code)
}

// gateway are the refusals of the gateway, under both of its names.
func gateway(number string, status int, message, hint string) []fault {
	var faults []fault
	for _, prefix := range []string{"APIGW.", "APIG."} {
		faults = append(faults, refusal(prefix+number, status, fmt.Sprintf(`{"error_msg":%q,"error_code":%q,"request_id":"x"}`, message, prefix+number), hint))
	}
	return faults
}

// expiredSignatures are told by a server whose clock is not that of the
// provider, which shows midnight.
func expiredSignatures() []fault {
	const body = `{"error_msg":"Incorrect IAM authentication information: calc aksk signature fail:signature expired, signature time:19991231T234000Z,server time:20000101T000000Z",` +
		`"error_code":"APIGW.0301","request_id":"x"}`
	var faults []fault
	for date, tells := range map[string]string{
		"Sat, 01 Jan 2000 00:20:00 GMT": "behind the server's: set it right.",
		"Fri, 31 Dec 1999 22:58:30 GMT": "ahead of the server's: set it right.",
		"":                              "check this machine's clock.",
	} {
		faults = append(faults, fault{name: "at " + date, reply: fakecloud.Fault{Status: http.StatusUnauthorized, Header: http.Header{"Date": {date}}, Body: body}, tells: tells})
	}
	return faults
}

// parentless are the refusals that name the instance or the cluster.
func parentless() []fault {
	const noInstance, noCluster = "the service knows no such instance in this project and region.", "the service knows no such cluster in this project and region."
	var faults []fault
	for _, code := range []string{"DCS.3022", "DCS.4001", "111404022"} {
		faults = append(faults, refusal(code, http.StatusNotFound, dcs(code), noInstance, tasks(), steps()))
	}
	for code, statuses := range map[string][]int{"DWS.0047": {401, 404}, "DWS.0015": {403}, "DWS.3027": {404}, "DWS.0001": {400}} {
		for _, status := range statuses {
			for name, body := range dwsFamilies(code) {
				faults = append(faults, refusal(fmt.Sprint(name, " ", code, " ", status), status, body, noCluster, actions()))
			}
		}
	}
	return append(faults, refusal("CCE", http.StatusNotFound, cce(http.StatusNotFound, "CCE.01404001"), noCluster, snapshots()))
}

// taskless are the refusals that mean the task itself.
func taskless() []fault {
	var faults []fault
	for name, body := range dcsFamilies("DCS.4070") {
		faults = append(faults, refusal(name, http.StatusNotFound, body, "Code: DCS.4070\nMessage: The reason.", jobs(), steps()))
	}
	for name, body := range dwsFamilies("DWS.0025") {
		faults = append(faults, refusal(name, http.StatusNotFound, body, "Code: DWS.0025\nMessage: The reason.", actions()))
	}
	return append(faults,
		refusal("DCS, nine digits", http.StatusNotFound, dcs("111404070"), "Code: 111404070", jobs(), steps()),
		refusal("a job's path names no instance", http.StatusNotFound, dcs("DCS.4001"), "Code: DCS.4001", jobs()),
		refusal("an action without members", http.StatusOK, `{"status":null}`, "Status: 200 OK", actions()),
		fault{name: "a list without it", reply: fakecloud.Fault{Body: `{"task_count":0,"tasks":[],"kind":"List","items":[]}`}, at: []place{oneOfTasks(), snapshots()}, tells: "That is no proof of success."},
	)
}

// oneOfTasks asks the list for one task.
func oneOfTasks() place {
	p := tasks()
	p.ask = p.ask.With(args{"task_id": "a"})
	return p
}
