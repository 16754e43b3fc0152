// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// rawOf returns a response with a status and a body.
func rawOf(status int, body string) rawResponse {
	return rawResponse{method: http.MethodGet, url: jobURL, status: status, body: []byte(body), redact: &redactor{}}
}

func TestStatusError_shapesOfBodies(t *testing.T) {
	inBase64 := func(e *base64.Encoding, text string) string { return e.EncodeToString([]byte(text)) }
	for _, test := range []struct{ name, body, code, message string }{
		{"DCS", `{"error_msg":"Invalid limit","error_code":"DCS.4062","error_ext_msg":null}`, "DCS.4062", "Invalid limit"},
		{"DCS with more", `{"error_msg":"Invalid limit","error_code":"DCS.4062","error_ext_msg":"at most 1000"}`, "DCS.4062", "Invalid limit (at most 1000)"},
		{"DCS that repeats itself", `{"error_msg":"Invalid limit","error_code":"DCS.4062","error_ext_msg":"Invalid limit"}`, "DCS.4062", "Invalid limit"},
		{"DCS by a number", fakecloud.ExampleDCSBadRequest, "111400063", "Invalid {0} parameter in the request."},
		{"DCS by a bare number", `{"error_code":111400063,"error_msg":"Invalid"}`, "111400063", "Invalid"},
		{"DCS v1", `{"error":{"code":"DCS.4927","message":"Not enough","ext_message":"in az1"}}`, "DCS.4927", "Not enough (in az1)"},
		{"DCS v1 flat", `{"code":"DCS.4927","message":"Not enough","ext_message":"in az1"}`, "DCS.4927", "Not enough (in az1)"},
		{
			"DWS with twins",
			`{"externalMessage":"No such cluster","errCode":"DWS.0015","error_code":"DWS.0015","error_msg":"No such cluster"}`,
			"DWS.0015", "No such cluster",
		},
		{"DWS, older", `{"errCode":"DWS.0005","externalMessage":"Server failure."}`, "DWS.0005", "Server failure."},
		{"DWS in base64", inBase64(base64.StdEncoding, `{"error_code":"DWS.0001","error_msg":"ÿ?~>"}`), "DWS.0001", "ÿ?~>"},
		{"DWS in base64 for URLs", inBase64(base64.URLEncoding, `{"error_code":"DWS.0001","error_msg":"ÿ?~>"}`), "DWS.0001", "ÿ?~>"},
		{"DWS in base64 without padding", inBase64(base64.RawURLEncoding, `{"errCode":"DWS.0001"}`), "DWS.0001", ""},
		{"DWS in base64 in quotes", `"` + inBase64(base64.StdEncoding, `{"errCode":"DWS.0001"}`) + `"` + "\n", "DWS.0001", ""},
		{"CCE as documented", `{"errorCode":"CCE.01403001","errorMessage":"Authorization failed"}`, "CCE.01403001", "Authorization failed"},
		{
			"CCE as it is",
			`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":400,"errorCode":"CCE.01400001","errorMessage":"Invalid request.",` +
				`"error_code":"CCE_CM.0004","error_msg":"Request is invalid","message":"the flavor is sold out","reason":"BadRequest"}`,
			"CCE.01400001", "the flavor is sold out",
		},
		{"CCE, older", `{"errorCode":"E.CFE.4000201","code":400,"message":"no such cluster"}`, "E.CFE.4000201", "no such cluster"},
		{
			"IAM", `{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}`,
			"401", "The request you have made requires authentication.",
		},
		{"IAM without a message", `{"error":{"code":403,"title":"Forbidden"}}`, "403", "Forbidden"},
		{"the gateway", `{"error_msg":"No permission","error_code":"APIG.0302"}`, "APIG.0302", "No permission"},
		{"the gateway without a code", `{"message":"API not found","request_id":""}`, "", "API not found"},
		{"a code alone", `{"error_code":"DCS.5000"}`, "DCS.5000", ""},
		{"a text instead of an object", `{"error":"forbidden","error_code":"DWS.0015","error_msg":"No such cluster"}`, "DWS.0015", "No such cluster"},
		{"an object instead of a text", `{"error_code":"DCS.4062","error_msg":{"en":"Invalid limit"}}`, "DCS.4062", `{"en":"Invalid limit"}`},
		{"lists instead of texts", `{"message":["a","b"],"errorCode":"CCE.01400001","error_ext_msg":[1]}`, "CCE.01400001", `["a","b"] ([1])`},
		{"null instead of a text", `{"error_code":null,"errCode":"DWS.0005","error_msg":null,"externalMessage":"Failure"}`, "DWS.0005", "Failure"},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := Error{Kind: KindStatus, Method: http.MethodGet, URL: jobURL, Status: 400, Code: test.code, Message: test.message}
			diff(t, "error", want, *newStatusError(rawOf(400, test.body)))
		})
	}
}

func TestStatusError_showsABodyOfAnotherShape(t *testing.T) {
	long := strings.Repeat("é", 501)
	for _, test := range []struct{ name, body, want string }{
		{"nothing", "", ""},
		{"spaces", " \r\n", ""},
		{"HTML", "<html>\n  <body>\n\t<h1>502 Bad Gateway</h1>\n  </body>\n</html>", "<html> <body> <h1>502 Bad Gateway</h1> </body> </html>"},
		{"a long text", long, long[:2*500] + "…"},
		{"invalid UTF-8", "bad \xff byte", "bad \uFFFD byte"},
		{"half a JSON", `{"error_code":"DCS.5000","error_msg":"Inter`, `{"error_code":"DCS.5000","error_msg":"Inter`},
		{"a list", `[{"error_code":"DCS.5000"}]`, `[{"error_code":"DCS.5000"}]`},
		{"a JSON string", `"upstream is away"`, `"upstream is away"`},
		{"an object without a known field", `{"cause":"upstream"}`, `{"cause":"upstream"}`},
		{"base64 of something else", base64.StdEncoding.EncodeToString([]byte("upstream is away")), "dXBzdHJlYW0gaXMgYXdheQ=="},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := Error{Kind: KindStatus, Method: http.MethodGet, URL: jobURL, Status: 502, Body: test.want}
			diff(t, "error", want, *newStatusError(rawOf(502, test.body)))
		})
	}
}
