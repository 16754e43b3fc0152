// SPDX-License-Identifier: MPL-2.0

//go:build unix

// Package bench_test measures what the provider costs, each figure beside a
// baseline of the same run. Run "make bench"; BENCHMARKS.md has results. Plain
// "go test" runs only what does not need a quiet machine.
//
//	startup_test.go   process start and a plan, beside a minimal provider (baseline)
//	gates_test.go     a plan with 20 gates that have passed, beside 20 terraform_data and none
//	read_test.go      one read, beside plain encoding/json and a bare data source (bare_test.go)
//	list_test.go      a list of tasks of growing length
//	interval_test.go  the default poll interval beside others, in virtual time
//	waits_test.go     many waits at once
//
// workspace_test.go builds the programs and runs them under Terraform, with a
// meter between the two; inprocess_test.go runs providers in this process.
//
// A machine is never quiet. So compared work alternates, each ratio is one of
// neighbors, and the reported figure is the median. CPU time is what the kernel
// counts for the process, which depends least on other load.
package bench_test

import (
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain removes the developer's own credentials and regions.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"HW_", "HUAWEICLOUD_SDK_", "CLOUD_SDK_", "TF_LOG", "TF_CLI", "TF_VAR_", "TF_APPEND_USER_AGENT", "GOGC", "GODEBUG"} {
			if strings.HasPrefix(name, prefix) {
				_ = os.Unsetenv(name) // fails only for invalid names
			}
		}
	}
	os.Exit(m.Run())
}

// cost is what some work used.
type cost struct {
	cpu           time.Duration
	bytes, allocs uint64
}

// alternate runs each work in turn, in alternating order, and returns its cost
// in each round. A turn repeats the work until it is long enough to measure.
func alternate(rounds int, works ...func()) [][]cost {
	costs := make([][]cost, len(works))
	repeat := make([]int, len(works))
	for i, work := range works {
		work() // warms caches
		for repeat[i] = 1; measure(repeat[i], work).cpu < 20*time.Millisecond; {
			repeat[i] *= 2
		}
	}
	for round := range rounds {
		for turn := range works {
			i := turn
			if round%2 == 1 {
				i = len(works) - 1 - turn
			}
			total := measure(repeat[i], works[i])
			n := uint64(repeat[i])
			costs[i] = append(costs[i], cost{total.cpu / time.Duration(n), total.bytes / n, total.allocs / n})
		}
	}
	return costs
}

func measure(repeat int, work func()) cost {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := cpu()
	for range repeat {
		work()
	}
	used := cpu() - begin
	runtime.ReadMemStats(&after)
	return cost{used, after.TotalAlloc - before.TotalAlloc, after.Mallocs - before.Mallocs}
}

// cpu returns the CPU time of this process so far.
func cpu() time.Duration {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// ratio is the median of the ratios within each round.
func ratio[T any](ours, baseline []T, of func(T) float64) float64 {
	ratios := make([]float64, len(ours))
	for i := range ours {
		ratios[i] = of(ours[i]) / of(baseline[i])
	}
	return median(ratios)
}

// medianOf is the median over all rounds.
func medianOf[T any](all []T, of func(T) float64) float64 {
	figures := make([]float64, len(all))
	for i, each := range all {
		figures[i] = of(each)
	}
	return median(figures)
}

func median(figures []float64) float64 {
	slices.Sort(figures)
	n := len(figures)
	return (figures[(n-1)/2] + figures[n/2]) / 2
}

func nanoseconds(c cost) float64 { return float64(c.cpu.Nanoseconds()) }
func allocs(c cost) float64      { return float64(c.allocs) }
func allocated(c cost) float64   { return float64(c.bytes) }

func must(err error) {
	if err != nil {
		panic(err)
	}
}
