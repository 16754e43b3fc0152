// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"fmt"
	"testing"
	"time"
)

// jobDuration is that of each job.
const jobDuration = 30 * time.Second

// BenchmarkWaits plans with many waits at once, each in a data source of its own.
// It also measures a plan without waiting, and subtracts its cost.
func BenchmarkWaits(b *testing.B) {
	p := build(b)
	var single float64 // peak memory of one wait
	for _, waits := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint(waits), func(b *testing.B) {
			flag := fmt.Sprintf("-parallelism=%d", waits)
			finished := newCloud(b).serveJobs(waits, 0)
			read := p.workspace(b, "hwtasks", finished.reads(waits, "")).meter(b, flag)

			running := newCloud(b).serveJobs(waits, jobDuration)
			wait := p.workspace(b, "hwtasks", running.reads(waits, `wait_for = "success"`)).meter(b, flag)
			polls := len(running.Requests())
			if waits == 1 {
				single = wait.peak
			} else {
				b.ReportMetric((wait.peak-single)/float64(waits-1)/1024, "KiB/wait")
			}
			b.ReportMetric(float64(polls)/float64(waits), "polls/wait")
			b.ReportMetric(float64((wait.cpu-read.cpu).Microseconds())/float64(polls-waits), "cpu-us/poll")
			b.ReportMetric(wait.peak/(1<<20), "peak-MiB")
			b.ReportMetric(read.peak/(1<<20), "peak-of-reads-MiB")
			b.ReportMetric(float64(running.connections.Load()), "connections")
			b.ReportMetric(0, "ns/op") // mostly waiting
		})
	}
}
