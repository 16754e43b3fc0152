// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// The names that all tests share.
const (
	region     = "cn-north-4"
	projectID  = "05f2cff45100d5112f4bc00b794ea08e"
	instanceID = "5560df16-cebf-4473-95c4-d1b573c16e79"
	taskID     = "8abf6e1e72c12e7c0172c15b508500aa"
	jobID      = "ff8080818822bbf70188235afc24141a"
	clusterID  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"

	jobURL = "https://dcs.cn-north-4.myhuaweicloud.com/v2/" + projectID + "/jobs/" + jobID
	iamURL = "https://iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4"
)

var (
	keys    = Credentials{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}
	jobPath = fakecloud.JobPath(projectID, jobID)

	// bubbleStart is when the virtual time of testing/synctest begins.
	bubbleStart = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newCloud() *fakecloud.Cloud { return fakecloud.New(cloudKeys(keys)) }

func cloudKeys(c Credentials) fakecloud.Keys {
	return fakecloud.Keys{AccessKey: c.AccessKey, SecretKey: c.SecretKey, SecurityToken: c.SecurityToken}
}

// newClient is a client with keys, a region and a project, which change may alter.
func newClient(network http.RoundTripper, change ...func(*Config)) *Client {
	config := Config{Region: region, ProjectID: projectID, Credentials: Static(keys), UserAgent: "test", Transport: network, Direct: network}
	for _, c := range change {
		c(&config)
	}
	return New(config)
}

func retries(n int) func(*Config) { return func(c *Config) { c.MaxRetries = n } }

// project is the one of newClient's client.
func project(t *testing.T, c *Client) Project {
	t.Helper()
	p, err := c.Project(t.Context(), DCS, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// transport is a network of one function.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// fault is the *Error in an error.
func fault(t *testing.T, err error) Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %v, want one of a request", err)
	}
	return *e
}

// diff compares whole values, errors by their text.
func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	text := func(v any) any {
		if err, ok := v.(error); ok {
			return err.Error()
		}
		return v
	}
	within := cmp.Comparer(func(x, y error) bool { return text(x) == text(y) })
	if difference := cmp.Diff(text(want), text(got), within); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}

func pointer[T any](v T) *T { return &v }

// quoted is a text as a JSON string.
func quoted(text string) string {
	encoded, _ := json.Marshal(text) // a string always has its JSON
	return string(encoded)
}
