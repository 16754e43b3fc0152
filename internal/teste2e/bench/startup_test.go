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

// minPairs is the least number of times that the two providers alternate.
const minPairs = 25

// BenchmarkStartup compares our provider with the baseline as whole processes:
//
//	handshake  from process start to the line that gives Terraform the socket
//	plan       "terraform plan" with one data source: wall time, CPU time of
//	           Terraform and the provider together (both-cpu); and, in a second plan
//	           with the meter between, CPU time of all provider processes and the peak
//	           memory of the largest
//
// Our data source reads from a fake cloud on loopback, that of the baseline makes
// no request.
func BenchmarkStartup(b *testing.B) {
	p := build(b)
	b.Run("handshake", func(b *testing.B) {
		var wall, cpu [2][]float64
		for pair := range max(b.N, minPairs) * 4 { // it is short, so it varies more
			inTurn(pair, func(i int) {
				w, c := handshake(b, p.provider([]string{"hwtasks", "baseline"}[i]))
				wall[i], cpu[i] = append(wall[i], w.Seconds()*1000), append(cpu[i], c.Seconds()*1000)
			})
		}
		report(b, "wall", "ms", wall)
		report(b, "cpu", "ms", cpu)
	})
	b.Run("plan", func(b *testing.B) {
		c := newCloud(b, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
		workspaces := [2]workspace{
			p.workspace(b, "hwtasks", c.provider()+dataSource("hwtasks_dcs_job", "job_id = \""+jobID+"\"", "succeeded")),
			p.workspace(b, "baseline", dataSource("baseline_constant", "", "value")),
		}
		var wall, both, cpu, peak [2][]float64
		for pair := range max(b.N, minPairs) {
			inTurn(pair, func(i int) {
				w, c := workspaces[i].plan(b, workspaces[i].direct)
				wall[i], both[i] = append(wall[i], w.Seconds()*1000), append(both[i], c.Seconds()*1000)
			})
			inTurn(pair, func(i int) {
				u := workspaces[i].meter(b)
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
		for i, name := range []string{"hwtasks", "baseline"} {
			file, err := os.Stat(p.provider(name))
			must(err)
			b.ReportMetric(float64(file.Size())/(1<<20), []string{"ours", "baseline"}[i]+"-MiB")
		}
		b.ReportMetric(0, "ns/op")
	})
}

// dataSource is one data source, and an output with one of its attributes.
func dataSource(name, arguments, attribute string) string {
	return fmt.Sprintf("data %[1]q \"it\" {\n%[2]s\n}\noutput \"planned\" { value = data.%[1]s.it.%[3]s }\n", name, arguments, attribute)
}

// inTurn runs both sides, ours first in every other pair.
func inTurn(pair int, run func(side int)) {
	run(pair % 2)
	run(1 - pair%2)
}

// report reports the median ratio of the pairs, and the median of each side.
func report(b *testing.B, what, unit string, of [2][]float64) {
	b.Helper()
	b.ReportMetric(ratio(of[0], of[1], func(f float64) float64 { return f }), what+"-ratio")
	b.ReportMetric(median(of[0]), what+"-ours-"+unit)
	b.ReportMetric(median(of[1]), what+"-baseline-"+unit)
	b.ReportMetric(0, "ns/op") // would count both sides
}

// handshake starts a provider as Terraform does and kills it once it is ready.
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
	_ = cmd.Wait() // reports the kill
	return wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}
