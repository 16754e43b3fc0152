// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// refusedAs reads a job whose answer is the fault, and returns the error
// without what all of them have.
func refusedAs(t *testing.T, f fakecloud.Fault) Error {
	t.Helper()
	var got Error
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Fail(jobPath, f)
		_, err := project(t, newClient(cloud.Transport())).DCSJob(t.Context(), jobID)
		got = fault(t, err)
		diff(t, "common part", Error{
			Method: http.MethodGet, URL: jobURL, Action: "dcs:job:get", ServerTime: bubbleStart, LocalTime: bubbleStart,
		}, Error{Method: got.Method, URL: got.URL, Action: got.Action, ServerTime: got.ServerTime, LocalTime: got.LocalTime})
	})
	got.Method, got.URL, got.Action = "", "", ""
	got.ServerTime, got.LocalTime = time.Time{}, time.Time{}
	return got
}

// firstID is the id of the fake cloud's first request.
const firstID = "00000000000000000000000000000001"

func TestError_readsEveryShapeOfBody(t *testing.T) {
	for _, test := range []struct {
		name          string
		status        int
		body          string
		code, message string
	}{
		{"DCS", 400, `{"error_msg":"Invalid limit","error_code":"DCS.4062","error_ext_msg":null}`, "DCS.4062", "Invalid limit"},
		{"DCS with more", 400, `{"error_msg":"Invalid limit","error_code":"DCS.4062","error_ext_msg":"at most 1000"}`, "DCS.4062", "Invalid limit (at most 1000)"},
		{"DCS that says it twice", 400, `{"error_msg":"Invalid limit","error_code":"DCS.4062","error_ext_msg":"Invalid limit"}`, "DCS.4062", "Invalid limit"},
		{"DCS by a number", 400, fakecloud.ExampleDCSBadRequest, "111400063", "Invalid {0} parameter in the request."},
		{"DCS by a number with more", 400, `{"error_code":"111400063","error_msg":"Invalid {0}","error_ext_msg":"limit"}`, "111400063", "Invalid {0} (limit)"},
		{"DCS by a bare number", 400, `{"error_code":111400063,"error_msg":"Invalid"}`, "111400063", "Invalid"},
		{"DCS v1", 400, `{"error":{"code":"DCS.4927","message":"Not enough resources","ext_message":null}}`, "DCS.4927", "Not enough resources"},
		{"DCS v1 with more", 400, `{"error":{"code":"DCS.4927","message":"Not enough","ext_message":"in az1"}}`, "DCS.4927", "Not enough (in az1)"},
		{"DCS v1 flat", 400, `{"code":"DCS.4927","message":"Not enough","ext_message":"in az1"}`, "DCS.4927", "Not enough (in az1)"},
		{"DWS", 401, `{"error_code":"DWS.0047","error_msg":"The cluster does not exist"}`, "DWS.0047", "The cluster does not exist"},
		{
			"DWS with twins", 403,
			`{"externalMessage":"No such cluster","errCode":"DWS.0015","error_code":"DWS.0015","error_msg":"No such cluster"}`,
			"DWS.0015", "No such cluster",
		},
		{"DWS, older", 500, `{"errCode":"DWS.0005","externalMessage":"Server failure."}`, "DWS.0005", "Server failure."},
		{"DWS in base64", 400, base64.StdEncoding.EncodeToString([]byte(`{"error_code":"DWS.0001","error_msg":"ÿ?~>"}`)), "DWS.0001", "ÿ?~>"},
		{"DWS in base64 for URLs", 400, base64.URLEncoding.EncodeToString([]byte(`{"error_code":"DWS.0001","error_msg":"ÿ?~>"}`)), "DWS.0001", "ÿ?~>"},
		{"DWS in base64 without padding", 400, base64.RawURLEncoding.EncodeToString([]byte(`{"errCode":"DWS.0001"}`)), "DWS.0001", ""},
		{"DWS in base64 in quotes", 400, `"` + base64.StdEncoding.EncodeToString([]byte(`{"errCode":"DWS.0001"}`)) + `"` + "\n", "DWS.0001", ""},
		{"CCE as documented", 403, `{"errorCode":"CCE.01403001","errorMessage":"Authorization failed"}`, "CCE.01403001", "Authorization failed"},
		{
			"CCE as it is", 400,
			`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":400,"errorCode":"CCE.01400001","errorMessage":"Invalid request.",` +
				`"error_code":"CCE_CM.0004","error_msg":"Request is invalid","message":"the flavor is sold out","reason":"BadRequest"}`,
			"CCE.01400001", "the flavor is sold out",
		},
		{"CCE, older", 400, `{"errorCode":"E.CFE.4000201","code":400,"message":"no such cluster"}`, "E.CFE.4000201", "no such cluster"},
		{
			"IAM", 401, `{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}`,
			"401", "The request you have made requires authentication.",
		},
		{"IAM without a message", 403, `{"error":{"code":403,"title":"Forbidden"}}`, "403", "Forbidden"},
		{"IAM, newer", 403, `{"error_code":"IAM.0011","error_msg":"Policy does not allow it"}`, "IAM.0011", "Policy does not allow it"},
		{"the gateway", 401, `{"error_msg":"Incorrect IAM authentication information","error_code":"APIGW.0301","request_id":"of-the-body"}`, "APIGW.0301", "Incorrect IAM authentication information"},
		{"the gateway, newer", 403, `{"error_msg":"No permission","error_code":"APIG.0302","request_id":"of-the-body"}`, "APIG.0302", "No permission"},
		{"the gateway without a code", 404, `{"message":"API not found","request_id":""}`, "", "API not found"},
		{"a conflict", 409, `{"error_code":"DCS.4083","error_msg":"The instance is busy"}`, "DCS.4083", "The instance is busy"},
		{"a service that is away", 503, `{"error_code":"DWS.9999","error_msg":"Try again"}`, "DWS.9999", "Try again"},
		{"a code alone", 502, `{"error_code":"DCS.5000"}`, "DCS.5000", ""},
		{"a text where an object was", 403, `{"error":"forbidden","error_code":"DWS.0015","error_msg":"No such cluster"}`, "DWS.0015", "No such cluster"},
		{"an object where a text was", 400, `{"error_code":"DCS.4062","error_msg":{"en":"Invalid limit"}}`, "DCS.4062", `{"en":"Invalid limit"}`},
		{"lists where texts were", 400, `{"message":["a","b"],"errorCode":"CCE.01400001","error_ext_msg":[1]}`, "CCE.01400001", `["a","b"] ([1])`},
		{"null where a text was", 400, `{"error_code":null,"errCode":"DWS.0005","error_msg":null,"externalMessage":"Failure"}`, "DWS.0005", "Failure"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := refusedAs(t, fakecloud.Fault{Status: test.status, Body: test.body})
			diff(t, "error", Error{Kind: KindStatus, Status: test.status, Code: test.code, Message: test.message, RequestID: firstID}, got)
		})
	}
}

func TestError_showsABodyThatItCannotRead(t *testing.T) {
	long := strings.Repeat("é", 501)
	for _, test := range []struct{ name, body, want string }{
		{"nothing", "", ""},
		{"blanks", " \r\n", ""},
		{"HTML", "<html>\n  <body>\n\t<h1>502 Bad Gateway</h1>\n  </body>\n</html>", "<html> <body> <h1>502 Bad Gateway</h1> </body> </html>"},
		{"a long text", long, long[:2*500] + "…"},
		{"no UTF-8", "bad \xff byte", "bad \uFFFD byte"},
		{"half a JSON", `{"error_code":"DCS.5000","error_msg":"Inter`, `{"error_code":"DCS.5000","error_msg":"Inter`},
		{"a list", `[{"error_code":"DCS.5000"}]`, `[{"error_code":"DCS.5000"}]`},
		{"a JSON text", `"upstream is away"`, `"upstream is away"`},
		{"an object that says nothing known", `{"fault":"upstream"}`, `{"fault":"upstream"}`},
		{"base64 of something else", base64.StdEncoding.EncodeToString([]byte("upstream is away")), "dXBzdHJlYW0gaXMgYXdheQ=="},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := refusedAs(t, fakecloud.Fault{Status: http.StatusBadGateway, Body: test.body})
			diff(t, "error", Error{Kind: KindStatus, Status: 502, Body: test.want, RequestID: firstID}, got)
		})
	}
}

func TestError_findsTheRequestID(t *testing.T) {
	for _, test := range []struct {
		name   string
		header http.Header
		want   string
	}{
		{"of any service", http.Header{"X-Request-Id": {"of-the-service"}, "X-Iam-Trace-Id": {"of-iam"}}, "of-the-service"},
		{"of IAM", http.Header{"X-Request-Id": nil, "X-Iam-Trace-Id": {"of-iam"}}, "of-iam"},
		{"of the body", http.Header{"X-Request-Id": nil}, "of-the-body"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := refusedAs(t, fakecloud.Fault{Status: 404, Header: test.header, Body: `{"error_code":"APIGW.0101","request_id":"of-the-body"}`})
			diff(t, "request id", test.want, got.RequestID)
		})
	}
}

func TestError_isWrittenInOneLine(t *testing.T) {
	for want, e := range map[string]Error{
		"GET https://x/y: connection refused":                   {Kind: KindNetwork, Err: errors.New("connection refused")},
		"GET https://x/y: malformed answer: the body is empty":  {Kind: KindMalformed, Status: 200, Problem: "the body is empty"},
		"GET https://x/y: status 502":                           {Kind: KindStatus, Status: 502},
		"GET https://x/y: status 400: DCS.4062: Invalid limit":  {Kind: KindStatus, Status: 400, Code: "DCS.4062", Message: "Invalid limit"},
		"GET https://x/y: status 404: API not found":            {Kind: KindStatus, Status: 404, Message: "API not found"},
		"GET https://x/y: status 200: each member is absent":    {Kind: KindNotFound, Status: 200, Problem: "each member is absent"},
		"GET https://x/y: status 404: DCS.4070: no such a task": {Kind: KindNotFound, Status: 404, Code: "DCS.4070", Message: "no such a task"},
	} {
		e.Method, e.URL = http.MethodGet, "https://x/y"
		diff(t, "text", want, e.Error())
	}
}
