// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// duration is that of the job that all waits are for. The first looks of 1 000
// waits take 20 s, since a host is asked 50 times a second at most.
const duration = 30 * time.Second

// BenchmarkWaits plans with many waits at once, each of which is a data source.
// The cost of what a plan takes without waiting is measured too, and taken off.
func BenchmarkWaits(b *testing.B) {
	p := build(b)
	var alone float64 // peak memory of a single wait
	for _, waits := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint(waits), func(b *testing.B) {
			flag := fmt.Sprintf("-parallelism=%d", waits)
			once := newCloud(b, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
			read := p.lay(b, "hwtasks", once.reads(waits, "")).meter(b, flag)

			c := newCloud(b, fakecloud.Response{Body: `{"status":"RUNNING"}`}, fakecloud.Response{After: duration, Body: fakecloud.ExampleDCSJob})
			wait := p.lay(b, "hwtasks", c.reads(waits, `wait_for = "success"`)).meter(b, flag)
			looks := len(c.Requests())
			if waits == 1 {
				alone = wait.peak
			} else {
				b.ReportMetric((wait.peak-alone)/float64(waits-1)/1024, "KiB/wait")
			}
			b.ReportMetric(float64(looks)/float64(waits), "looks/wait")
			b.ReportMetric(float64((wait.cpu-read.cpu).Microseconds())/float64(looks-waits), "cpu-us/look")
			b.ReportMetric(wait.peak/(1<<20), "peak-MiB")
			b.ReportMetric(read.peak/(1<<20), "peak-of-reads-MiB")
			b.ReportMetric(float64(c.connections.Load()), "connections")
			b.ReportMetric(0, "ns/op") // most of it is waiting
		})
	}
}
