// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	ours "github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// subject is a source with the body that its document shows, and the two ways
// to a verdict that do not lead through Terraform.
type subject struct {
	source, body string
	arguments    map[string]any
	judge        func(body []byte) (task.Observation, error)
	look         func(context.Context, client.Project) (task.Observation, error)
}

// subjects are one source for each shape of an answer. The backups of CCE
// Autopilot have that of CCE.
func subjects() []subject {
	return []subject{dwsAction(), dcsTasks(), dcsProgress(), dcsJob(), cceSnapshots()}
}

func dwsAction() subject {
	const name = "SNAPSHOTTING_FAILED"
	return subject{
		source: "dws_cluster_action", body: fakecloud.ExampleDWSClusterAction,
		arguments: map[string]any{"cluster_id": clusterID, "action_name": name},
		judge: func(body []byte) (task.Observation, error) {
			var action client.DWSClusterAction
			err := json.Unmarshal(body, &action)
			return action.Observe(client.DWSClusterActionStatuses), err
		},
		look: func(ctx context.Context, p client.Project) (task.Observation, error) {
			action, err := p.DWSClusterAction(ctx, clusterID, name, "en_us")
			return action.Observe(client.DWSClusterActionStatuses), err
		},
	}
}

func dcsTasks() subject {
	return subject{
		source: "dcs_background_tasks", body: fakecloud.ExampleDCSBackgroundTasks,
		arguments: map[string]any{"instance_id": instanceID},
		judge: func(body []byte) (task.Observation, error) {
			var page struct {
				TaskCount transport.Number           `json:"task_count"`
				Tasks     []client.DCSBackgroundTask `json:"tasks"`
			}
			err := json.Unmarshal(body, &page)
			return client.DCSBackgroundTasks{Tasks: page.Tasks}.Observe(client.DCSBackgroundTaskStatuses), err
		},
		look: func(ctx context.Context, p client.Project) (task.Observation, error) {
			list, err := p.DCSBackgroundTasks(ctx, client.DCSBackgroundTaskQuery{InstanceID: instanceID})
			return list.Observe(client.DCSBackgroundTaskStatuses), err
		},
	}
}

func dcsProgress() subject {
	return subject{
		source: "dcs_task_progress", body: fakecloud.ExampleDCSTaskProgress,
		arguments: map[string]any{"instance_id": instanceID, "task_id": taskID},
		judge: func(body []byte) (task.Observation, error) {
			var progress client.DCSTaskProgress
			err := json.Unmarshal(body, &progress)
			return progress.Observe(client.DCSStepStatuses), err
		},
		look: func(ctx context.Context, p client.Project) (task.Observation, error) {
			progress, err := p.DCSTaskProgress(ctx, instanceID, taskID)
			return progress.Observe(client.DCSStepStatuses), err
		},
	}
}

func dcsJob() subject {
	return subject{
		source: "dcs_job", body: fakecloud.ExampleDCSJob,
		arguments: map[string]any{"job_id": jobID},
		judge: func(body []byte) (task.Observation, error) {
			var job client.DCSJob
			err := json.Unmarshal(body, &job)
			return job.Observe(client.DCSJobStatuses), err
		},
		look: func(ctx context.Context, p client.Project) (task.Observation, error) {
			job, err := p.DCSJob(ctx, jobID)
			return job.Observe(client.DCSJobStatuses), err
		},
	}
}

func cceSnapshots() subject {
	return subject{
		source: "cce_snapshot_tasks", body: fakecloud.ExampleCCESnapshotTasks,
		arguments: map[string]any{"cluster_id": clusterID},
		judge: func(body []byte) (task.Observation, error) {
			var list client.CCESnapshotTasks
			err := json.Unmarshal(body, &list)
			return list.Observe(client.CCESnapshotFilter{}, client.CCESnapshotStatuses), err
		},
		look: func(ctx context.Context, p client.Project) (task.Observation, error) {
			list, err := p.CCESnapshotTasks(ctx, clusterID)
			return list.Observe(client.CCESnapshotFilter{}, client.CCESnapshotStatuses), err
		},
	}
}

// BenchmarkRead is one read of each subject, in layers that contain one another,
// and the ratios between them:
//
//	plain  encoding/json from the body into a plain struct
//	judge  from the body to the verdict: lenient types, and the state of the task
//	look   the same with the request: made, signed, sent, answered; what a wait repeats
//	bare   ReadDataSource of a provider that does no more than it must (bare_test.go)
//	read   ReadDataSource of ours: configuration, look, model, state
//
// The network answers at once within the process.
func BenchmarkRead(b *testing.B) {
	for _, s := range subjects() {
		b.Run(s.source, func(b *testing.B) {
			network := canned(func(*http.Request) []byte { return []byte(s.body) })
			works := []struct {
				name string
				work func()
			}{
				{"plain", func() { must(json.Unmarshal([]byte(s.body), plain(s.source))) }},
				{"judge", func() { _, err := s.judge([]byte(s.body)); must(err) }},
				{"look", s.looker(b, network)},
				{"bare", serve(b, func() provider.Provider { return bare{&http.Client{Transport: network}} }, nil).
					reader(b, "bare_"+s.source, s.arguments)},
				{"read", serve(b, ours.NewWithTransport("bench", network), settings()).
					reader(b, "hwtasks_"+s.source, everywhere(s.arguments)...)},
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
					costs := turns(15, works[0].work, works[1].work, works[2].work, works[3].work, works[4].work)
					plain, judge, look, bare, read := costs[0], costs[1], costs[2], costs[3], costs[4]
					for i, w := range works {
						b.ReportMetric(medianOf(costs[i], nanoseconds)/1000, w.name+"-cpu-us")
					}
					b.ReportMetric(ratio(judge, plain, nanoseconds), "judge/plain-cpu")
					b.ReportMetric(ratio(judge, plain, allocs), "judge/plain-allocs")
					b.ReportMetric(ratio(look, plain, nanoseconds), "look/plain-cpu")
					b.ReportMetric(ratio(look, plain, allocs), "look/plain-allocs")
					b.ReportMetric(ratio(read, bare, nanoseconds), "read/bare-cpu")
					b.ReportMetric(ratio(read, bare, allocs), "read/bare-allocs")
					b.ReportMetric(ratio(read, bare, octets), "read/bare-bytes")
					b.ReportMetric(ratio(read, plain, nanoseconds), "read/plain-cpu")
					b.ReportMetric(ratio(bare, plain, nanoseconds), "bare/plain-cpu")
				}
			})
		})
	}
}

// looker looks at the task of a subject, as often as it is called, each time in
// the next region.
func (s subject) looker(b *testing.B, network http.RoundTripper) func() {
	b.Helper()
	c := client.New(client.Config{
		Credentials: credentials.Static(credentials.Credentials{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}),
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
		_, err := s.look(ctx, projects[next])
		must(err)
		next = (next + 1) % len(projects)
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
