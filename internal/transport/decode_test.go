// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"

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
// lacks the documented type where it decides, is not a response.
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

// bodies are large ones of each kind, with what is wrong with them. Together with
// what they allocate, that shows whether their cost is linear.
func bodies(size int) []struct{ name, body, problem string } {
	number, objects := strings.Repeat("7", size), strings.TrimSuffix(strings.Repeat("{},", size/3), ",")
	names := make([]string, size/16)
	for i := range names {
		names[i] = `"` + strconv.Itoa(i) + `":1`
	}
	return []struct{ name, body, problem string }{
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
	}
}

func TestEvaluate_boundedCost(t *testing.T) {
	const size = 4 << 20
	for _, test := range bodies(size) {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			var response job
			err := evaluate(t, test.body, &response)
			runtime.ReadMemStats(&after)
			if test.problem == "" {
				diff(t, "error", nil, err)
			} else if e := requestError(t, err); e.Kind != KindMalformed || !strings.HasPrefix(e.Problem, test.problem) {
				t.Errorf("the error is %v, want %q", err, test.problem)
			}
			if response.Count.Float() != nil {
				t.Error("the number was read")
			}
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 32*size {
				t.Errorf("%d bytes are allocated for a body of %d", allocated, len(test.body))
			}
		})
	}
}

// BenchmarkEvaluate has the same cost per byte for both sizes.
func BenchmarkEvaluate(b *testing.B) {
	for _, size := range []int{1 << 18, 1 << 22} {
		for _, body := range bodies(size) {
			b.Run(fmt.Sprintf("%s/%d", body.name, size), func(b *testing.B) {
				b.SetBytes(int64(len(body.body)))
				for b.Loop() {
					var response job
					_ = (&Network{}).evaluate(b.Context(), rawOf(http.StatusOK, body.body), &response)
				}
			})
		}
	}
}

// canceling cancels a context when it is decoded.
type canceling struct{ cancel context.CancelFunc }

func (c canceling) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	c.cancel()
	return dec.SkipValue()
}

// TestEvaluate_endsWithTheContext even inside a body.
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
