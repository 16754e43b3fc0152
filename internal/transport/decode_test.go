// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// evaluate decodes a body with status 200.
func evaluate(t *testing.T, body string, response Response) error {
	t.Helper()
	return (&Network{}).evaluate(t.Context(), rawOf(200, body), response)
}

// nested is a response with fields at several depths.
type nested struct {
	ErrorBody
	Status StrictText `json:"status"`
	Tasks  List[struct {
		Status  StrictText `json:"status"`
		Details Object[struct {
			Port Number `json:"port"`
		}] `json:"details"`
	}] `json:"tasks"`
}

// TestEvaluate_exactNames: a field of another name neither replaces nor supplies one.
func TestEvaluate_exactNames(t *testing.T) {
	for body, want := range map[string]string{
		`{"status":"FAIL","Status":"SUCCESS"}`:                                  "FAIL",
		`{"Status":"SUCCESS","status":"FAIL","STATUS":"SUCCESS"}`:               "FAIL",
		`{"ſtatuſ":"SUCCESS","status":"FAIL"}`:                                  "FAIL",
		`{"status":"FAIL","ſtatus":"SUCCESS","statuſ":"SUCCESS"}`:               "FAIL",
		`{"Status":"SUCCESS"}`:                                                  "",
		`{"ſtatuſ":"SUCCESS"}`:                                                  "",
		`{"status ":"SUCCESS"," status":"SUCCESS","status\u0000":"SUCCESS"}`:    "",
		`{"st\u0061tus":"FAIL"}`:                                                "FAIL",
		`{"new_field":{"status":"SUCCESS","a":[{"status":1}]},"status":"FAIL"}`: "FAIL",
		` {"status":"FAIL","tasks":[{"status":"SUCCESS"}]}` + "\r\n\t ":         "FAIL",
		`{"status":"FAIL","cut":"` + "\xe6\x89" + `"}`:                          "FAIL",
	} {
		var response nested
		diff(t, "error of "+body, nil, evaluate(t, body, &response))
		diff(t, "status of "+body, want, response.Status.String())
	}
}

// TestEvaluate_malformed: what is not one JSON object with each name once, or
// lacks the documented type where it decides, is no response.
func TestEvaluate_malformed(t *testing.T) {
	const duplicate = "the body is not valid JSON: "
	for _, test := range []struct{ name, body, problem string }{
		{"HTML", "<html>\n<p>Sign in", "the body is not a JSON object"},
		{"null", "null", "the body is not a JSON object"},
		{"a list", `[{"status":"SUCCESS"}]`, "the body is not a JSON object"},
		{"a text", `"SUCCESS"`, "the body is not a JSON object"},
		{"two documents", `{"status":"SUCCESS"} {"status":"FAIL"}`, "the body is not valid JSON: "},
		{"trailing data", `{"status":"SUCCESS"}]`, "the body is not valid JSON: "},
		{"a byte order mark", "\ufeff" + `{"status":"SUCCESS"}`, "the body is not a JSON object"},
		{"a comment", `{"status":"SUCCESS"/**/}`, "the body is not valid JSON: "},
		{"a status twice", `{"status":"SUCCESS","status":"SUCCESS"}`, duplicate},
		{"a status twice, once escaped", `{"status":"FAIL","st\u0061tus":"SUCCESS"}`, duplicate},
		{"a list twice", `{"tasks":[{"status":"SUCCESS"}],"tasks":[{}]}`, duplicate},
		{"a field twice in a list", `{"tasks":[{"status":"FAIL","status":"SUCCESS"}]}`, duplicate},
		{"a field twice in an object", `{"tasks":[{"details":{"port":1,"port":2}}]}`, duplicate},
		{"an unknown field twice", `{"x":1,"x":2}`, duplicate},
		{"a field twice in an unknown one", `{"x":[{"y":{"z":1,"z":2}}]}`, duplicate},
		{"a field twice in one of an odd type", `{"tasks":{"y":1,"y":2}}`, duplicate},
		{"an error's field twice", `{"request_id":"a","request_id":"b"}`, duplicate},
		{"a status of a wrong type", `{"status":{}}`, "the field status is an object, where the API documents another type"},
		{"one in a list", `{"tasks":[{},{"status":true}]}`, "the field tasks.1.status is a boolean, where the API documents another type"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := requestError(t, evaluate(t, test.body, &nested{}))
			diff(t, "kind", KindMalformed, e.Kind)
			diff(t, "transient", false, e.Transient())
			if !strings.HasPrefix(e.Problem, test.problem) {
				t.Errorf("the problem is %q, want %q", e.Problem, test.problem)
			}
			if unreadable := strings.HasPrefix(test.problem, "the body"); unreadable != (e.Body != "") {
				t.Errorf("the body is shown as %q", e.Body)
			}
		})
	}
}

// TestEvaluate_incompleteBodies may be complete the next time.
func TestEvaluate_incompleteBodies(t *testing.T) {
	const complete = `{"status":"SUCCESS","tasks":[{"details":{"port":1}}]}`
	for n := range complete {
		e := requestError(t, evaluate(t, complete[:n], &nested{}))
		want := errTruncated
		if n == 0 {
			want = errEmpty
		}
		diff(t, complete[:n], want, e.Err)
		diff(t, "transient", true, e.Transient())
	}
	diff(t, "spaces", errEmpty, requestError(t, evaluate(t, " \r\n\t", &nested{})).Err)
}

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

// TestEvaluate_age: a cache is no witness, whatever status it kept.
func TestEvaluate_age(t *testing.T) {
	for age, stale := range map[string]bool{
		"": false, "0": false, "30": false, " 30 ": false, "31": true, "604800": true, "99999999999999999999": true, "604800, 0": true, "0, 604800": false,
		"-31": false, "soon": false, "31.5": false,
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

// TestEvaluate_boundedCost: the cost of any body is linear.
func TestEvaluate_boundedCost(t *testing.T) {
	const size = 4 << 20
	number, objects := strings.Repeat("7", size), strings.TrimSuffix(strings.Repeat("{},", size/3), ",")
	names := make([]string, size/16)
	for i := range names {
		names[i] = `"` + strconv.Itoa(i) + `":1`
	}
	for _, test := range []struct{ name, body, problem string }{
		{"a lenient number", `{"count":` + number + `}`, ""},
		{"a lenient number as text", `{"count":"` + number + `"}`, ""},
		{"a number for a lenient text", `{"note":` + number + `}`, ""},
		{"a strict number", `{"total":` + number + `}`, "the field total is a number of more than 400 characters, where the API documents another type"},
		{"a strict number as text", `{"total":"` + number + `"}`, "the field total is a number of more than 400 characters, where the API documents another type"},
		{"a number for a strict text", `{"status":` + number + `}`, "the field status is a number of more than 400 characters, where the API documents another type"},
		{"an unknown number", `{"x":` + number + `}`, ""},
		{"a text", `{"note":"` + number + `"}`, ""},
		{"many objects", `{"parts":[` + objects + `]}`, "a list has more than 200000 elements"},
		{"many unknown objects", `{"x":[` + objects + `]}`, ""},
		{"many records", `{"records":[` + objects + `]}`, "an element of a list has no ID"},
		{"many names", `{` + strings.Join(names, ",") + `}`, ""},
		{"a deep nesting", `{"x":` + strings.Repeat("[", size), "the body is not valid JSON: "},
		{"an endless error", `{"error_msg":` + strings.Repeat("[", size), "the body is not valid JSON: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			started := time.Now()
			var response job
			err := evaluate(t, test.body, &response)
			if test.problem == "" {
				diff(t, "error", nil, err)
			} else if e := requestError(t, err); e.Kind != KindMalformed || !strings.HasPrefix(e.Problem, test.problem) {
				t.Errorf("the error is %v, want %q", err, test.problem)
			}
			if response.Count.Float() != nil {
				t.Error("the number was read")
			}
			if took := time.Since(started); took > 5*time.Second { // quadratic, it is minutes
				t.Errorf("decoding took %s", took)
			}
		})
	}
}

// canceling cancels a context when it is decoded.
type canceling struct{ cancel context.CancelFunc }

func (c canceling) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	c.cancel()
	return dec.SkipValue()
}

// TestEvaluate_endsWithTheContext even in the middle of a body.
func TestEvaluate_endsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var response struct {
		job
		Now canceling `json:"now"`
	}
	response.Now.cancel = cancel
	body := `{"now":1,"x":"` + strings.Repeat("x", 1<<20) + `","status":"SUCCESS"}`
	diff(t, "error", context.Canceled, (&Network{}).evaluate(ctx, rawOf(200, body), &response))
	diff(t, "status", "", response.Status.String())
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
