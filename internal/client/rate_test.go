// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// readTogether makes n reads of a job and, beside them, of a cluster on another
// host, and returns how long all of them took.
func readTogether(t *testing.T, jobs, clusters int) (took time.Duration, requests int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
		cloud.Serve(fakecloud.ClusterPath(projectID, clusterID), fakecloud.Response{Body: `{"cluster":{}}`})
		p := project(t, newClient(cloud.Transport()))
		begin := time.Now()
		var reads sync.WaitGroup
		for range jobs {
			reads.Go(func() {
				if _, err := p.DCSJob(t.Context(), jobID); err != nil {
					t.Error(err)
				}
			})
		}
		for range clusters {
			reads.Go(func() {
				if _, err := p.DWSClusterTask(t.Context(), clusterID); err != nil {
					t.Error(err)
				}
			})
		}
		reads.Wait()
		took, requests = time.Since(begin), len(cloud.Requests())
	})
	return took.Round(time.Millisecond), requests
}

func TestRate_isFiftyRequestsASecondToOneHost(t *testing.T) {
	took, requests := readTogether(t, 200, 0)
	diff(t, "duration", 199*20*time.Millisecond, took)
	diff(t, "requests", 200, requests)
}

func TestRate_ofOneHostDoesNotHoldBackAnother(t *testing.T) {
	took, requests := readTogether(t, 100, 100)
	diff(t, "duration", 99*20*time.Millisecond, took)
	diff(t, "requests", 200, requests)
}

func TestRate_doesNotDelayASingleRead(t *testing.T) {
	took, _ := readTogether(t, 1, 1)
	diff(t, "duration", time.Duration(0), took)
}

// TestRate_doesNotWaitForATurnThatComesTooLate: a read ends with its deadline
// or before.
func TestRate_doesNotWaitForATurnThatComesTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
		p := project(t, newClient(cloud.Transport(), retries(5)))
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		var errs []error
		for range 3 {
			_, err := p.DCSJob(ctx, jobID)
			errs = append(errs, err)
		}
		diff(t, "errors", []error{nil, nil, context.DeadlineExceeded}, errs)
		diff(t, "requests", 2, len(cloud.Requests()))
	})
}
