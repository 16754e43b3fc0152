// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// crowd is a number of waits that begin at once, in virtual time, against a
// gateway with a quota.
type crowd struct {
	ends   []time.Duration // of the task of each wait
	quota  fakecloud.Quota // the zero Quota for none
	offset time.Duration   // of the beginning in the gateway's window
	list   bool            // all tasks are those of one list, and end with the first one
	stop   time.Duration   // when all waits are canceled, 0 for never
}

// effort is what a crowd costs, and how late it notices the ends.
type effort struct {
	rounds            int
	requests, refused int
	lags              []time.Duration
}

func (e *effort) add(round effort) {
	e.rounds++
	e.requests += round.requests
	e.refused += round.refused
	e.lags = append(e.lags, round.lags...)
}

func (e effort) mean() time.Duration {
	var sum time.Duration
	for _, lag := range e.lags {
		sum += lag
	}
	return sum / time.Duration(len(e.lags))
}

func (e effort) largest() time.Duration { return slices.Max(e.lags) }

// spread returns times between 5 s and 170 s, evenly and in a random order.
func spread(waits int, seed uint64) []time.Duration {
	const first, last = 5 * time.Second, 170 * time.Second
	ends := make([]time.Duration, waits)
	for i := range ends {
		ends[i] = first + (last-first)*time.Duration(2*i+1)/time.Duration(2*waits)
	}
	rand.New(rand.NewPCG(5, seed)).Shuffle(waits, func(i, j int) { ends[i], ends[j] = ends[j], ends[i] })
	return ends
}

// run lets the waits run through the gate, the client, and the transport.
func (c crowd) run(t *testing.T) (e effort) {
	t.Helper()
	first := make(chan os.Signal, 1)
	signal.Notify(first, os.Interrupt) // starts a goroutine that must not be in the bubble
	signal.Stop(first)
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New(keys)
		cloud.SetQuota(c.quota)
		project := c.project(t, cloud.Transport())
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		time.Sleep(c.offset)
		if c.stop > 0 {
			defer time.AfterFunc(c.stop, cancel).Stop()
		}
		begin := time.Now()
		e.lags = make([]time.Duration, len(c.ends))
		var waits sync.WaitGroup
		for i, end := range c.ends {
			target := c.serve(cloud, project, fmt.Sprintf("task-%d", i), end)
			waits.Go(func() {
				_, failure := gate.Check(ctx, target, gate.Options{WaitFor: gate.Success, OnMissing: gate.MissingIsError, Timeout: time.Hour})
				if failure != nil && c.stop == 0 {
					t.Errorf("%s: %v", target.Name, failure.Err)
				}
				e.lags[i] = time.Since(begin) - end
				if failure == nil && e.lags[i] < 0 {
					t.Errorf("%s passed %s before its task finished", target.Name, -e.lags[i])
				}
			})
		}
		waits.Wait()
		for _, r := range cloud.Requests() {
			e.requests++
			if r.Status == http.StatusTooManyRequests {
				e.refused++
			}
		}
	})
	return e
}

func (c crowd) project(t *testing.T, network http.RoundTripper) client.Project {
	t.Helper()
	project, err := client.New(client.Config{
		Region: "cn-north-4", ProjectID: projectID,
		Credentials: credentials.Static(credentials.Credentials{AccessKey: keys.AccessKey, SecretKey: keys.SecretKey}),
		Network:     &transport.Network{Transport: network, UserAgent: "bench", MaxRetries: 5},
	}).Project(t.Context(), transport.DCS, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return project
}

// serve serves a task that ends after some time, and returns the target of a
// wait for it.
func (c crowd) serve(cloud *fakecloud.Cloud, project client.Project, id string, end time.Duration) gate.Target {
	if c.list {
		return serveList(cloud, project, end)
	}
	serve := func(status string) {
		cloud.Serve(fakecloud.JobPath(projectID, id), fakecloud.Response{Body: `{"job_id":"` + id + `","status":"` + status + `"}`})
	}
	serve("RUNNING")
	time.AfterFunc(end, func() { serve("SUCCESS") })
	return gate.Target{Noun: "DCS job", Name: "DCS job " + id, Poll: func(ctx context.Context) (task.Observation, error) {
		job, err := project.DCSJob(ctx, id)
		return job.Observe(client.DCSJobStatuses), err
	}}
}

func serveList(cloud *fakecloud.Cloud, project client.Project, end time.Duration) gate.Target {
	cloud.ServeList(fakecloud.TasksPath(projectID, instanceID), fakecloud.ListScript{Tasks: []fakecloud.TaskScript{{
		ID: taskID, Steps: []fakecloud.Step{{State: fakecloud.Running}, {At: fakecloud.Moment{After: end}, State: fakecloud.Succeeded}},
	}}})
	poll := func(pastEnd bool) task.Poll {
		return func(ctx context.Context) (task.Observation, error) {
			list, err := project.DCSBackgroundTasks(ctx, client.DCSBackgroundTaskQuery{InstanceID: instanceID, PastEnd: pastEnd})
			return list.Observe(client.DCSBackgroundTaskStatuses), err
		}
	}
	return gate.Target{Noun: "DCS background task", Name: "DCS background tasks", Poll: poll(false), Confirm: poll(true)}
}

// paced is what perfect pacing achieves: it knows the quota from the beginning,
// spaces all requests evenly, and polls first what is due first. A wait passes
// after this many polls since its end.
func (c crowd) paced(spacing time.Duration, polls int) (e effort) {
	type wait struct {
		end, due time.Duration
		passed   int
	}
	random := rand.New(rand.NewPCG(1, uint64(c.ends[0])))
	var waits []*wait
	for _, end := range c.ends {
		waits = append(waits, &wait{end: end})
	}
	for now := time.Duration(0); len(waits) > 0; now += spacing {
		next := slices.MinFunc(waits, func(a, b *wait) int { return cmp.Compare(a.due, b.due) })
		now = max(now, next.due)
		e.requests++
		if now >= next.end {
			next.passed++
		}
		if next.passed == polls {
			e.lags = append(e.lags, now-next.end)
			waits = slices.DeleteFunc(waits, func(w *wait) bool { return w == next })
		}
		next.due = now + task.Interval(now, random.Float64())
	}
	return e
}
