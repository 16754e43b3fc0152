// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestRate_limitsEachHost(t *testing.T) {
	for name, test := range map[string]struct {
		jobs, projects int // requests to one host and to another
		want           time.Duration
	}{
		"one request":    {1, 0, 0},
		"one host":       {200, 0, 199 * 20 * time.Millisecond},
		"a host for two": {100, 100, 99 * 20 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				cloud.AddProject(region, projectID)
				c := newClient(cloud.Transport(), 0)
				begin := time.Now()
				var reads sync.WaitGroup
				read := func(r Request, number int) {
					r.Query = url.Values{"number": {strconv.Itoa(number)}} // equal requests are sent once
					if err := c.Do(t.Context(), r, &job{}); err != nil {
						t.Error(err)
					}
				}
				for i := range test.jobs {
					reads.Go(func() { read(jobRequest(), i) })
				}
				for i := range test.projects {
					reads.Go(func() { read(Request{Service: IAM, Region: region, Path: "/v3/projects"}, i) })
				}
				reads.Wait()
				diff(t, "duration", test.want, time.Since(begin).Round(time.Millisecond))
				diff(t, "requests", test.jobs+test.projects, len(cloud.Requests()))
			})
		})
	}
}

// TestRate_doesNotWaitBeyondTheDeadline: a request whose turn would come later is not sent.
func TestRate_doesNotWaitBeyondTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		c := newClient(cloud.Transport(), 5)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		var errs []error
		for range 3 {
			err := readJob(ctx, c)
			errs = append(errs, err)
		}
		diff(t, "errors", []error{nil, nil, context.DeadlineExceeded}, errs)
		diff(t, "requests", 2, len(cloud.Requests()))
	})
}

// TestRate_turnIsNotPartOfTheRequest: the 60 seconds of a request begin with its turn.
func TestRate_turnIsNotPartOfTheRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Fail(jobPath, fakecloud.Fault{Delay: 59 * time.Second, Times: -1})
		c := newClient(cloud.Transport(), 0)
		var reads sync.WaitGroup
		for i := range 150 { // the last turn comes after 3 s
			r := jobRequest()
			r.Query = url.Values{"number": {strconv.Itoa(i)}}
			reads.Go(func() { diff(t, "error", nil, c.Do(t.Context(), r, &job{})) })
		}
		reads.Wait()
	})
}
