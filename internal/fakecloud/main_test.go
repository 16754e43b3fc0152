// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// The names that all tests share. The token spares most of them a signature.
const (
	project  = "05f2cff45100d5112f4bc00b794ea08e"
	instance = "5560df16-cebf-4473-95c4-d1b573c16e79"
	cluster  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
	token    = "gAAAAABtoken"
	anywhere = "https://dcs.cn-north-4.myhuaweicloud.com"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open is a cloud that accepts the token.
func open() *fakecloud.Cloud {
	cloud := fakecloud.New()
	cloud.AcceptToken(token)
	return cloud
}

// answered is what a test compares of a response.
type answered struct {
	Status int
	Body   string
}

// get asks the cloud in process, with the token.
func get(t *testing.T, cloud *fakecloud.Cloud, target string) answered {
	t.Helper()
	return send(t, cloud, request(t, http.MethodGet, anywhere+target))
}

// request carries the token and ends with its test.
func request(t *testing.T, method, target string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Auth-Token", token)
	return r
}

func send(t *testing.T, cloud *fakecloud.Cloud, r *http.Request) answered {
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
	return answered{response.StatusCode, string(body)}
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}

// decoded is a JSON text for comparison by value.
func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	var value map[string]any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}
