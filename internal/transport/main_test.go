// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const (
	region    = "cn-north-4"
	projectID = "05f2cff45100d5112f4bc00b794ea08e"
	jobID     = "ff8080818822bbf70188235afc24141a"
	jobURL    = "https://dcs.cn-north-4.myhuaweicloud.com/v2/" + projectID + "/jobs/" + jobID

	// firstID is the ID of the fake cloud's first request.
	firstID = "00000000000000000000000000000001"
)

var (
	jobPath = fakecloud.JobPath(projectID, jobID)

	// bubbleStart is when the virtual time of testing/synctest begins.
	bubbleStart = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// job is a response with fields of each kind.
type job struct {
	ErrorBody
	Status StrictText   `json:"status"`
	Total  StrictNumber `json:"total"`
	Count  Number       `json:"count"`
	Note   Text         `json:"note"`
	Parts  List[Object[struct {
		Port Number `json:"port"`
	}]] `json:"parts"`
	Records StrictList[record] `json:"records"`
}

// record is an element of a list that needs an ID.
type record struct {
	ID StrictText `json:"id"`
}

func (r record) RecordID() string { return r.ID.String() }

// token authorizes requests, and is its own provider.
type token string

func (t token) Authorize(req *http.Request, _ []byte) error {
	req.Header.Set("X-Auth-Token", string(t))
	return nil
}

func (t token) Secrets() []string { return []string{string(t)} }

func (t token) Retrieve(context.Context, string) (Credentials, error) { return t, nil }

func (t token) Refresh(context.Context, string, Credentials) (Credentials, bool, error) {
	return t, false, nil
}

const valid token = "fake-token"

// newCloud returns a cloud with a job that accepts the valid token.
func newCloud() *fakecloud.Cloud {
	cloud := fakecloud.New()
	cloud.AcceptToken(string(valid))
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	return cloud
}

func newClient(network http.RoundTripper, maxRetries int) *Client {
	return &Client{
		Network:     &Network{Transport: network, Direct: network, UserAgent: "test/1.0", MaxRetries: maxRetries},
		Credentials: valid,
	}
}

// jobRequest reads the job.
func jobRequest() Request {
	return Request{Service: DCS, Region: region, Path: jobPath, ProjectID: projectID, IAMAction: "dcs:job:get"}
}

func readJob(ctx context.Context, c *Client) error { return c.Do(ctx, jobRequest(), &job{}) }

// roundTripper is a network of one function.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// requestError returns the *Error in an error.
func requestError(t *testing.T, err error) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %v, want an *Error", err)
	}
	return e
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
