// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// pairs is how often the two providers take turns at least.
const pairs = 25

// BenchmarkStartup compares our provider with the floor, a bare one, as whole
// processes:
//
//	handshake  from the start of the program to the line by which Terraform finds its socket
//	plan       "terraform plan" with one data source: its wall clock, the CPU of
//	           Terraform and the provider together (both-cpu); and, in a plan of
//	           its own with the meter between, the CPU of all processes of the
//	           provider and the peak memory of the largest
//
// Our data source asks a fake cloud on loopback, that of the floor nobody.
func BenchmarkStartup(b *testing.B) {
	p := build(b)
	b.Run("handshake", func(b *testing.B) {
		var wall, cpu [2][]float64
		for pair := range max(b.N, pairs) * 4 { // it is short, and so the more restless
			inTurn(pair, func(i int) {
				w, c := handshake(b, p.of([]string{"hwtasks", "floor"}[i]))
				wall[i], cpu[i] = append(wall[i], w.Seconds()*1000), append(cpu[i], c.Seconds()*1000)
			})
		}
		report(b, "wall", "ms", wall)
		report(b, "cpu", "ms", cpu)
	})
	b.Run("plan", func(b *testing.B) {
		c := newCloud(b, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
		sites := [2]site{
			p.lay(b, "hwtasks", c.provider()+seen("hwtasks_dcs_job", "job_id = \""+jobID+"\"", "succeeded")),
			p.lay(b, "floor", seen("floor_constant", "", "value")),
		}
		var wall, both, cpu, peak [2][]float64
		for pair := range max(b.N, pairs) {
			inTurn(pair, func(i int) {
				w, c := sites[i].plan(b, sites[i].plain)
				wall[i], both[i] = append(wall[i], w.Seconds()*1000), append(both[i], c.Seconds()*1000)
			})
			inTurn(pair, func(i int) {
				u := sites[i].meter(b)
				cpu[i], peak[i] = append(cpu[i], u.cpu.Seconds()*1000), append(peak[i], u.peak/(1<<20))
				b.ReportMetric(float64(u.processes), "processes")
			})
		}
		report(b, "wall", "ms", wall)
		report(b, "both-cpu", "ms", both)
		report(b, "cpu", "ms", cpu)
		report(b, "peak", "MiB", peak)
	})
	b.Run("size", func(b *testing.B) {
		for i, name := range []string{"hwtasks", "floor"} {
			file, err := os.Stat(p.of(name))
			must(err)
			b.ReportMetric(float64(file.Size())/(1<<20), []string{"ours", "floor"}[i]+"-MiB")
		}
		b.ReportMetric(0, "ns/op")
	})
}

// seen is one data source, and an output of one of its attributes.
func seen(source, arguments, attribute string) string {
	return fmt.Sprintf("data %[1]q \"it\" {\n%[2]s\n}\noutput \"seen\" { value = data.%[1]s.it.%[3]s }\n", source, arguments, attribute)
}

// inTurn does something for both sides, for ours first in every other pair.
func inTurn(pair int, do func(side int)) {
	do(pair % 2)
	do(1 - pair%2)
}

// report tells the median ratio of the pairs, and the median of each side.
func report(b *testing.B, what, unit string, of [2][]float64) {
	b.Helper()
	b.ReportMetric(ratio(of[0], of[1], itself), what+"-ratio")
	b.ReportMetric(median(of[0]), what+"-ours-"+unit)
	b.ReportMetric(median(of[1]), what+"-floor-"+unit)
	b.ReportMetric(0, "ns/op") // which would count both
}

func itself(f float64) float64 { return f }

// handshake starts a provider as Terraform does and ends it as soon as it is
// ready.
func handshake(b *testing.B, program string) (wall, cpu time.Duration) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), program)
	cmd.Env = append(os.Environ(), "PLUGIN_PROTOCOL_VERSIONS=6",
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2")
	out, err := cmd.StdoutPipe()
	must(err)
	begin := time.Now()
	must(cmd.Start())
	_, err = bufio.NewReader(out).ReadString('\n')
	wall = time.Since(begin)
	must(err)
	must(cmd.Process.Kill())
	_ = cmd.Wait() // tells that it was killed
	return wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}
