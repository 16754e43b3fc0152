// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// BenchmarkGates plans an unchanged configuration of one data source, alone, with
// 20 gates that have passed, and with 20 terraform_data, in turn. The ratios are
// those of neighboring plans: gates to none, terraform_data to none, and gates to
// terraform_data.
func BenchmarkGates(b *testing.B) {
	const count = 20
	p := build(b)
	c := newCloud(b, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	base := c.provider() + dataSource("hwtasks_dcs_job", "job_id = \""+jobID+"\"", "succeeded")
	names := []string{"gates", "data", "none"}
	workspaces := []workspace{
		p.workspace(b, "hwtasks", base+fmt.Sprintf("resource \"hwtasks_gate_dcs_job\" \"gate\" {\n  count  = %d\n  job_id = %q\n}\n", count, jobID)),
		p.workspace(b, "hwtasks", base+fmt.Sprintf("resource \"terraform_data\" \"data\" {\n  count = %d\n  input = %q\n}\n", count, jobID)),
		p.workspace(b, "hwtasks", base),
	}
	for _, w := range workspaces {
		w.apply(b)
	}
	requests := len(c.Requests())
	wall, cpu := make([][]float64, len(workspaces)), make([][]float64, len(workspaces))
	rounds := max(b.N, minPairs)
	for round := range rounds {
		for turn := range workspaces {
			i := (round + turn) % len(workspaces)
			elapsed, used := workspaces[i].plan(b, workspaces[i].direct, "-detailed-exitcode")
			wall[i], cpu[i] = append(wall[i], elapsed.Seconds()*1000), append(cpu[i], used.Seconds()*1000)
		}
	}
	if sent := len(c.Requests()) - requests; sent != rounds*len(workspaces) {
		b.Fatalf("%d plans, each with one data source, sent %d requests", rounds*len(workspaces), sent)
	}
	same := func(f float64) float64 { return f }
	for what, of := range map[string][][]float64{"wall": wall, "cpu": cpu} {
		b.ReportMetric(ratio(of[0], of[2], same), what+"-gates/none")
		b.ReportMetric(ratio(of[1], of[2], same), what+"-data/none")
		b.ReportMetric(ratio(of[0], of[1], same), what+"-gates/data")
		for i, name := range names {
			b.ReportMetric(median(of[i]), what+"-"+name+"-ms")
		}
	}
	b.ReportMetric(0, "ns/op") // would count all three
}

func (w workspace) apply(b *testing.B) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), w.cli, "apply", "-auto-approve", "-no-color", "-input=false")
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+w.direct, "CHECKPOINT_DISABLE=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("terraform apply: %v\n%s", err, out)
	}
}
