// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// TestEvaluate_refusals with status 200, beside a task that claims success.
func TestEvaluate_refusals(t *testing.T) {
	for _, test := range []struct{ fields, code, message string }{
		{`"error_code":"DCS.5000","error_msg":"No"`, "DCS.5000", "No"},
		{`"errorCode":"CCE.01400001"`, "CCE.01400001", ""},
		{`"errCode":"DWS.0005","externalMessage":"No"`, "DWS.0005", "No"},
		{`"code":"DCS.4927"`, "DCS.4927", ""},
		{`"code":404`, "404", ""},
		{`"code":-1`, "-1", ""},
		{`"error_code":111400063`, "111400063", ""},
		{`"error_code":{"a":1}`, `{"a":1}`, ""},
		{`"error_code":"DWS.00000"`, "DWS.00000", ""},
		{`"error_code":"00"`, "00", ""},
		{`"error":{"code":"DCS.4927","message":"No","ext_message":null}`, "DCS.4927", "No"},
		{`"error":{"code":403}`, "403", ""},
		{`"error_code":"DWS.0000","errCode":"DWS.0015"`, "DWS.0015", ""},
		{`"errorCode":"DWS.0000","error":{"code":"DWS.0015"},"error_msg":"success"`, "DWS.0015", "success"},
		{`"code":200,"error_code":"DWS.0015"`, "DWS.0015", ""},
		{`"error_msg":"backend unavailable"`, "", "backend unavailable"},
		{`"errorMessage":"backend unavailable"`, "", "backend unavailable"},
		{`"externalMessage":"backend unavailable"`, "", "backend unavailable"},
		{`"error_code":"","errCode":null,"error_msg":"backend unavailable"`, "", "backend unavailable"},
		{`"error":"backend unavailable"`, "", "backend unavailable"},
		{`"error":{"message":"backend unavailable"}`, "", "backend unavailable"},
		{`"error":{"title":"Forbidden"}`, "", "Forbidden"},
		{`"error":{"reason":"Forbidden"}`, "", `{"reason":"Forbidden"}`},
		{`"error":["Forbidden"]`, "", `["Forbidden"]`},
	} {
		for _, body := range []string{`{` + test.fields + `}`, `{"status":"SUCCESS",` + test.fields + `}`, `{"status":{},` + test.fields + `}`} {
			want := Error{Kind: KindStatus, Method: http.MethodGet, URL: jobURL, Status: 200, Code: test.code, Message: test.message}
			diff(t, body, want, *requestError(t, evaluate(t, body, &job{})))
			inBase64 := base64.StdEncoding.EncodeToString([]byte(body))
			diff(t, body+" in base64", want, *requestError(t, evaluate(t, inBase64, &job{})))
		}
	}
	for _, fields := range []string{
		`"error_code":"DWS.0000","error_msg":"success"`, `"code":0,"error_msg":"ok"`, `"errCode":"0","externalMessage":"ok"`, `"code":200,"message":"ok"`, `"errorCode":"200"`,
		`"error_code":null,"errCode":"","error_msg":"","error":null`, `"error":{},"errorMessage":null`, `"error":"","request_id":"x"`, `"message":"ok"`, `"error":{"code":null,"message":""}`,
	} {
		var response job
		diff(t, fields, nil, evaluate(t, `{`+fields+`,"status":"RUNNING"}`, &response))
		diff(t, "status", "RUNNING", response.Status.String())
	}
}

type verified struct {
	ErrorBody
	result error
}

func (v *verified) Verify() error { return v.result }

// TestEvaluate_verifies: a message in place of the task is a refusal, one beside it is not.
func TestEvaluate_verifies(t *testing.T) {
	for kind, result := range map[Kind]error{KindMalformed: Malformed("it has no tasks"), KindNotFound: NotFound("it has no tasks")} {
		err := evaluate(t, `{}`, &verified{result: result})
		diff(t, "error", Error{Kind: kind, Method: http.MethodGet, URL: jobURL, Status: 200, Problem: "it has no tasks"}, *requestError(t, err))
		diff(t, "not found", kind == KindNotFound, IsNotFound(err))
		err = evaluate(t, `{"message":"backend unavailable"}`, &verified{result: result})
		diff(t, "error", Error{Kind: KindStatus, Method: http.MethodGet, URL: jobURL, Status: 200, Message: "backend unavailable"}, *requestError(t, err))
	}
	diff(t, "error", nil, evaluate(t, `{"message":"ok"}`, &verified{}))
}

// TestEvaluate_statusOfSuccess: POST alone may create something.
func TestEvaluate_statusOfSuccess(t *testing.T) {
	for status := 200; status < 300; status++ {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			raw := rawOf(status, `{}`)
			raw.method = method
			want := status == 200 || status == 201 && method == http.MethodPost
			diff(t, method+" "+http.StatusText(status), want, (&Network{}).evaluate(t.Context(), raw, &job{}) == nil)
		}
	}
}

// TestEvaluate_age: a cache is not a witness, whatever status it kept.
func TestEvaluate_age(t *testing.T) {
	for age, stale := range map[string]bool{
		"": false, "0": false, "30": false, " 30 ": false, "0, 1": false, "31": true, "604800": true, "99999999999999999999": true, "604800, 0": true, "0, 604800": true,
		"-31": true, "soon": true, "1e9": true, "0.5": true,
	} {
		for _, status := range []int{200, 404, 503} {
			raw := rawOf(status, `{"status":"SUCCESS"}`)
			raw.header = http.Header{"Age": {age}}
			err := (&Network{}).evaluate(t.Context(), raw, &job{})
			var e *Error
			errors.As(err, &e)
			diff(t, "stale at "+age, stale, e != nil && e.Kind == KindNetwork && e.Transient() && strings.Contains(e.Error(), "cache"))
			diff(t, "error at "+age, stale || status != 200, err != nil)
		}
	}
}

// TestDo_identifiesTheResponse: an error has all that support asks for.
func TestDo_identifiesTheResponse(t *testing.T) {
	for _, test := range []struct {
		name   string
		header http.Header
		want   string
	}{
		{"any service", http.Header{"X-Request-Id": {"of-the-service"}, "X-Iam-Trace-Id": {"of-iam"}}, "of-the-service"},
		{"IAM", http.Header{"X-Request-Id": nil, "X-Iam-Trace-Id": {"of-iam"}}, "of-iam"},
		{"the body", http.Header{"X-Request-Id": nil}, "of-the-body"},
		{"none", http.Header{}, firstID},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				cloud.Fail(jobPath, fakecloud.Fault{Status: 404, Header: test.header, Body: `{"error_code":"APIGW.0101","request_id":"of-the-body"}`})
				err := readJob(t.Context(), newClient(cloud.Transport(), 0))
				diff(t, "error", Error{
					Kind: KindStatus, Method: http.MethodGet, URL: jobURL, Status: 404, Code: "APIGW.0101", RequestID: test.want,
					IAMAction: "dcs:job:get", ServerTime: bubbleStart, LocalTime: bubbleStart,
				}, *requestError(t, err))
			})
		})
	}
}

func TestText_returnsAnyStatus(t *testing.T) {
	cloud := newCloud()
	cloud.Fail(jobPath, fakecloud.Fault{Status: 404, Body: "not JSON"})
	status, text, err := newClient(cloud.Transport(), 0).Text(t.Context(), jobRequest())
	diff(t, "error", nil, err)
	diff(t, "status", 404, status)
	diff(t, "text", "not JSON", text)
}
