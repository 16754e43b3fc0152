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

// BenchmarkGates plans an unchanged configuration of one data source: with 20
// gates that have passed, with 20 terraform_data, and with 20 resources of the
// baseline, which only keep an argument. What a resource adds is the difference
// from the plan of the same provider without it. All plans take turns, and the
// ratio is that of neighbors.
func BenchmarkGates(b *testing.B) {
	const count = 20
	p := build(b)
	c := newCloud(b, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	base := c.provider() + dataSource("hwtasks_dcs_job", "job_id = \""+jobID+"\"", "succeeded")
	minimal := dataSource("baseline_constant", "", "value")
	resources := func(kind, argument string) string {
		return fmt.Sprintf("resource %q \"all\" {\n  count = %d\n  %s = %q\n}\n", kind, count, argument, jobID)
	}
	const gates, data, none, kept, noneKept = 0, 1, 2, 3, 4
	workspaces := []workspace{
		gates:    p.workspace(b, "hwtasks", base+resources("hwtasks_gate_dcs_job", "job_id")),
		data:     p.workspace(b, "hwtasks", base+resources("terraform_data", "input")),
		none:     p.workspace(b, "hwtasks", base),
		kept:     p.workspace(b, "baseline", minimal+resources("baseline_kept", "value")),
		noneKept: p.workspace(b, "baseline", minimal),
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
	if sent, want := len(c.Requests())-requests, 3*rounds; sent != want {
		b.Fatalf("the plans sent %d requests, want %d: one for each data source", sent, want)
	}
	same := func(f float64) float64 { return f }
	for what, of := range map[string][][]float64{"wall": wall, "cpu": cpu} {
		b.ReportMetric(ratio(of[gates], of[data], same), what+"-gates/data")
		for i, name := range []string{gates: "gates", data: "data", none: "none"} {
			b.ReportMetric(median(of[i]), what+"-"+name+"-ms")
		}
		for name, pair := range map[string][2]int{"gate": {gates, none}, "data": {data, none}, "kept": {kept, noneKept}} {
			b.ReportMetric((median(of[pair[0]])-median(of[pair[1]]))/count, what+"-each-"+name+"-ms")
		}
	}
	b.ReportMetric(0, "ns/op") // would count all
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
