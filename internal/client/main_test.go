// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// The names that all tests share.
const (
	region     = "cn-north-4"
	projectID  = "05f2cff45100d5112f4bc00b794ea08e"
	instanceID = "5560df16-cebf-4473-95c4-d1b573c16e79"
	taskID     = "8abf6e1e72c12e7c0172c15b508500aa"
	jobID      = "ff8080818822bbf70188235afc24141a"
	clusterID  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"

	iamURL = "https://iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4"
)

var (
	keys    = credentials.Credentials{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}
	jobPath = fakecloud.JobPath(projectID, jobID)
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newCloud returns a cloud that accepts keys.
func newCloud() *fakecloud.Cloud {
	return fakecloud.New(fakecloud.Keys{AccessKey: keys.AccessKey, SecretKey: keys.SecretKey})
}

// newClient returns a client with keys, a region, and a project, which change may alter.
func newClient(network http.RoundTripper, change ...func(*Config)) *Client {
	config := Config{
		Region: region, ProjectID: projectID, Credentials: credentials.Static(keys),
		Network: &transport.Network{Transport: network, Direct: network, UserAgent: "test"},
	}
	for _, c := range change {
		c(&config)
	}
	return New(config)
}

func retries(n int) func(*Config) { return func(c *Config) { c.Network.MaxRetries = n } }

// project returns the project of newClient's client.
func project(t *testing.T, c *Client) Project {
	t.Helper()
	p, err := c.Project(t.Context(), transport.DCS, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// requestError returns the *transport.Error in an error.
func fault(t *testing.T, err error) transport.Error {
	t.Helper()
	var e *transport.Error
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

// quoted returns a text as a JSON string.
func quoted(text string) string {
	encoded, _ := json.Marshal(text) // a string always has its JSON
	return string(encoded)
}
