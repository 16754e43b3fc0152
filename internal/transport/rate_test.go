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

// TestRate_limitsEachHost, whatever the APIs. A request's 60 seconds begin with its turn.
func TestRate_limitsEachHost(t *testing.T) {
	for name, test := range map[string]struct {
		services []Service
		takes    time.Duration // each request
		want     time.Duration // in total
	}{
		"one host":      {[]Service{DCS}, 0, 199 * 20 * time.Millisecond},
		"two hosts":     {[]Service{DCS, IAM}, 0, 199 * 20 * time.Millisecond},
		"slow requests": {[]Service{DCS}, 59 * time.Second, 199*20*time.Millisecond + 59*time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				cloud.AddProject(region, projectID)
				cloud.Fail("", fakecloud.Fault{Delay: test.takes, Times: -1})
				c := newClient(cloud.Transport(), 0)
				begin := time.Now()
				var reads sync.WaitGroup
				for _, service := range test.services {
					for i := range 200 {
						r := jobRequest()
						if service == IAM {
							r = Request{Service: IAM, Region: region, Path: fakecloud.ProjectsPath}
						}
						r.Query = url.Values{"n": {strconv.Itoa(i)}} // equal requests would be sent once
						reads.Go(func() { diff(t, "error", nil, c.Do(t.Context(), r, &job{})) })
					}
				}
				reads.Wait()
				diff(t, "duration", test.want, time.Since(begin).Round(time.Millisecond))
				diff(t, "requests", 200*len(test.services), len(cloud.Requests()))
			})
		})
	}
}

// TestRate_doesNotWaitBeyondTheDeadline: a request whose turn would come later fails at once.
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
