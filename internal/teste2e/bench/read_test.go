// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	framework "github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// subject is a source with the body of its document, and the two ways to a task
// state that do not involve Terraform.
type subject struct {
	source, body string
	arguments    map[string]any
	poll         func(context.Context, client.Project) (task.Observation, error)
}

// subjects has a source with a flat response and one with a nested response that
// contains JSON in JSON. list_test.go measures lists.
func subjects() []subject { return []subject{dcsJob(), dwsAction()} }

func dcsJob() subject {
	return subject{
		source: "dcs_job", body: fakecloud.ExampleDCSJob,
		arguments: map[string]any{"job_id": jobID},
		poll: func(ctx context.Context, p client.Project) (task.Observation, error) {
			job, err := p.DCSJob(ctx, jobID)
			return job.Observe(client.DCSJobStatuses), err
		},
	}
}

func dwsAction() subject {
	const name = "SNAPSHOTTING_FAILED"
	return subject{
		source: "dws_cluster_action", body: fakecloud.ExampleDWSClusterAction,
		arguments: map[string]any{"cluster_id": clusterID, "action_name": name},
		poll: func(ctx context.Context, p client.Project) (task.Observation, error) {
			action, err := p.DWSClusterAction(ctx, clusterID, name, "en_us")
			return action.Observe(client.DWSClusterActionStatuses), err
		},
	}
}

// BenchmarkRead reads each subject in layers that contain one another, and
// reports the ratios between them:
//
//	plain    encoding/json from the body into a plain struct
//	poll     the same with the request: created, signed, sent; what a wait repeats
//	bare     ReadDataSource of a provider that does only what it must (bare_test.go)
//	read     ReadDataSource of ours: configuration, poll, model, state
//
// The network responds at once within the process.
func BenchmarkRead(b *testing.B) {
	for _, s := range subjects() {
		b.Run(s.source, func(b *testing.B) {
			network := network(func(*http.Request) []byte { return []byte(s.body) })
			works := []struct {
				name string
				work func()
			}{
				{"plain", func() { must(json.Unmarshal([]byte(s.body), plain(s.source))) }},
				{"poll", s.poller(b, network)},
				{"bare", serve(b, func() framework.Provider { return bare{&http.Client{Transport: network}} }, nil).
					reader(b, "bare_"+s.source, s.arguments)},
				{"read", serve(b, provider.NewWithTransport("bench", network), settings()).
					reader(b, "hwtasks_"+s.source, inEveryRegion(s.arguments)...)},
			}
			for _, w := range works {
				b.Run(w.name, func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						w.work()
					}
				})
			}
			b.Run("ratios", func(b *testing.B) {
				for b.Loop() {
					costs := alternate(15, works[0].work, works[1].work, works[2].work, works[3].work)
					plain, poll, bare, read := costs[0], costs[1], costs[2], costs[3]
					for i, w := range works {
						b.ReportMetric(medianOf(costs[i], nanoseconds)/1000, w.name+"-cpu-us")
					}
					b.ReportMetric(ratio(poll, plain, nanoseconds), "poll/plain-cpu")
					b.ReportMetric(ratio(poll, plain, allocs), "poll/plain-allocs")
					b.ReportMetric(ratio(read, bare, nanoseconds), "read/bare-cpu")
					b.ReportMetric(ratio(read, bare, allocs), "read/bare-allocs")
					b.ReportMetric(ratio(read, bare, allocated), "read/bare-bytes")
					b.ReportMetric(ratio(read, plain, nanoseconds), "read/plain-cpu")
					b.ReportMetric(ratio(bare, plain, nanoseconds), "bare/plain-cpu")
				}
			})
		})
	}
}

// poller returns a function that polls the task of a subject, each time in the
// next region.
func (s subject) poller(b *testing.B, network http.RoundTripper) func() {
	b.Helper()
	c := client.New(client.Config{
		Credentials: credentials.Static(credentials.Credentials{AccessKey: keys.AccessKey, SecretKey: keys.SecretKey}),
		Network:     &transport.Network{Transport: network, UserAgent: "bench", MaxRetries: 5},
	})
	var projects []client.Project
	for i := range regions {
		p, err := c.Project(b.Context(), transport.DCS, fmt.Sprintf("r%d", i), projectID)
		must(err)
		projects = append(projects, p)
	}
	ctx, next := b.Context(), 0
	return func() {
		_, err := s.poll(ctx, projects[next])
		must(err)
		next = (next + 1) % len(projects)
	}
}
