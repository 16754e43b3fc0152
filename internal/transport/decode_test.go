// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestEvaluate_malformed(t *testing.T) {
	for _, test := range []struct{ name, body, problem, shown string }{
		{"nothing", "", "the body is empty", ""},
		{"spaces", " \r\n\t", "the body is empty", ""},
		{"HTML", "<html>\n<p>Sign in", "the body is not a JSON object", "<html> <p>Sign in"},
		{"null", "null", "the body is not a JSON object", "null"},
		{"a list", "[]", "the body is not a JSON object", "[]"},
		{"half an object", `{"status":"SUC`, "the body is not valid JSON: unexpected end of JSON input", `{"status":"SUC`},
		{"two objects", `{} {}`, "the body is not valid JSON: invalid character '{' after top-level value", "{} {}"},
		{"an object for a text", `{"status":{}}`, "the field status is a JSON object where the API documents another type", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := Error{Kind: KindMalformed, Method: http.MethodGet, URL: jobURL, Status: 200, Problem: test.problem, Body: test.shown}
			diff(t, "error", want, *requestError(t, evaluate(rawOf(200, test.body), &job{})))
		})
	}
}

func TestEvaluate_errorWithStatus200(t *testing.T) {
	for name, test := range map[string]struct{ body, code, message string }{
		"DCS":               {`{"error_code":"DCS.5000","error_msg":"Try again"}`, "DCS.5000", "Try again"},
		"DCS, older":        {`{"error":{"code":"DCS.4927","message":"Not enough","ext_message":null}}`, "DCS.4927", "Not enough"},
		"DWS, older":        {`{"errCode":"DWS.0005","externalMessage":"Failure"}`, "DWS.0005", "Failure"},
		"with a task":       {`{"error_code":"DWS.0015","error_msg":"No","status":"SUCCESS"}`, "DWS.0015", "No"},
		"of another type":   {`{"error_code":"DWS.0015","error_msg":"No","status":{}}`, "DWS.0015", "No"},
		"with a text error": {`{"error":"x","error_code":"DWS.0015","error_msg":"No"}`, "DWS.0015", "No"},
	} {
		t.Run(name, func(t *testing.T) {
			want := Error{Kind: KindStatus, Method: http.MethodGet, URL: jobURL, Status: 200, Code: test.code, Message: test.message}
			diff(t, "error", want, *requestError(t, evaluate(rawOf(200, test.body), &job{})))
		})
	}
	for _, body := range []string{
		`{"error_code":"DWS.0000","error_msg":"","status":"RUNNING"}`,
		`{"error_code":null,"errCode":"","error":null,"status":"RUNNING"}`,
		` {"status":"RUNNING","new_field":{"a":[1]}}`,
	} {
		var response job
		diff(t, "error of "+body, nil, evaluate(rawOf(200, body), &response))
		diff(t, "status", "RUNNING", response.Status.String())
	}
}

// TestEvaluate_statusOfSuccess: POST alone may create something.
func TestEvaluate_statusOfSuccess(t *testing.T) {
	for status := 200; status < 300; status++ {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			raw := rawOf(status, `{}`)
			raw.method = method
			want := status == 200 || status == 201 && method == http.MethodPost
			diff(t, method+" "+http.StatusText(status), want, evaluate(raw, &job{}) == nil)
		}
	}
}

type verified struct {
	ErrorBody
	result error
}

func (v *verified) Verify() error { return v.result }

func TestEvaluate_verifies(t *testing.T) {
	for kind, result := range map[Kind]error{KindMalformed: Malformed("it has no tasks"), KindNotFound: NotFound("it has no tasks")} {
		err := evaluate(rawOf(200, `{}`), &verified{result: result})
		want := Error{Kind: kind, Method: http.MethodGet, URL: jobURL, Status: 200, Problem: "it has no tasks"}
		diff(t, "error", want, *requestError(t, err))
		diff(t, "not found", kind == KindNotFound, IsNotFound(err))
	}
	diff(t, "error", nil, evaluate(rawOf(200, `{}`), &verified{}))
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

func TestDo_limitsTheBody(t *testing.T) {
	head, tail := `{"status":"SUCCESS"`, `}`
	for size, want := range map[int]error{32 << 20: nil, 32<<20 + 1: errTooLarge} {
		cloud := newCloud()
		cloud.Serve(jobPath, fakecloud.Response{Body: head + strings.Repeat(" ", size-len(head)-len(tail)) + tail})
		err := readJob(t.Context(), newClient(cloud.Transport(), 0))
		if want == nil {
			diff(t, "error", nil, err)
			continue
		}
		diff(t, "error", want, requestError(t, err).Err)
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
