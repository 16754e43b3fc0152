// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// Names that all tests share. Most tests send the token, which needs no
// signature.
const (
	project  = "05f2cff45100d5112f4bc00b794ea08e"
	instance = "5560df16-cebf-4473-95c4-d1b573c16e79"
	cluster  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
	token    = "gAAAAABtoken"
	host     = "https://dcs.cn-north-4.myhuaweicloud.com"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newCloud returns a cloud that accepts the token.
func newCloud() *fakecloud.Cloud {
	cloud := fakecloud.New()
	cloud.AcceptToken(token)
	return cloud
}

// jobCloud returns a cloud with a DCS job, and the path of the job.
func jobCloud(body string) (cloud *fakecloud.Cloud, path string) {
	cloud, path = newCloud(), fakecloud.JobPath(project, "job")
	cloud.Serve(path, fakecloud.Response{Body: body})
	return cloud, path
}

// result is the part of a response that tests compare.
type result struct {
	Status int
	Body   string
}

// ok is a successful result.
func ok(body string) result { return result{http.StatusOK, body} }

func get(t *testing.T, cloud *fakecloud.Cloud, path string) result {
	t.Helper()
	return send(t, cloud, request(t, http.MethodGet, host+path, ""))
}

func post(t *testing.T, cloud *fakecloud.Cloud, path, body string) result {
	t.Helper()
	return send(t, cloud, request(t, http.MethodPost, host+path, body))
}

// request returns a request with the token and with the given pairs of header
// names and values; an empty value removes the header.
func request(t *testing.T, method, target, body string, headers ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Auth-Token", token)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
	}
	return r
}

// anonymous is a request without the token.
func anonymous(t *testing.T, method, target, body string, headers ...string) *http.Request {
	t.Helper()
	return request(t, method, target, body, append([]string{"X-Auth-Token", ""}, headers...)...)
}

func send(t *testing.T, cloud *fakecloud.Cloud, r *http.Request) result {
	t.Helper()
	response, _ := sendForHeader(t, cloud, r)
	return response
}

func sendForHeader(t *testing.T, cloud *fakecloud.Cloud, r *http.Request) (result, http.Header) {
	t.Helper()
	response, err := cloud.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return result{response.StatusCode, string(body)}, response.Header
}

// statuses returns the statuses in the cloud's log.
func statuses(cloud *fakecloud.Cloud) []int {
	var all []int
	for _, r := range cloud.Requests() {
		all = append(all, r.Status)
	}
	return all
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}

// at returns the value at a path of field names and indexes in a JSON text.
func at(t *testing.T, text string, path ...any) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	for _, step := range path {
		switch key := step.(type) {
		case string:
			field, found := value.(map[string]any)[key]
			if !found {
				t.Fatalf("no field %q in %v", key, value)
			}
			value = field
		case int:
			value = value.([]any)[key]
		}
	}
	return value
}
