// SPDX-License-Identifier: MPL-2.0

//go:build unix

// Package bench_test measures what the provider costs, each figure beside a
// floor that is measured in the same run: "make bench", and BENCHMARKS.md for
// what came out. Plain "go test" runs only what needs no quiet machine.
//
//	startup_test.go  the start of the process and a plan, beside a bare provider (floor)
//	read_test.go     one read, beside plain encoding/json and a bare data source (bare_test.go)
//	list_test.go     a list of tasks that grows
//	pause_test.go    what the law of the pauses buys, in virtual time
//	waits_test.go    many waits at once
//
// The programs are built and run under Terraform in site_test.go, with a meter
// between the two; server_test.go runs providers in this process.
//
// A machine is never quiet. So what is compared takes turns, each ratio is that
// of neighbours, and what is told is the median. CPU is what the kernel counts
// for the process, which depends least on who else is at work.
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

// TestMain keeps the developer's own keys and regions out of the measurements.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"HW_", "HUAWEICLOUD_SDK_", "CLOUD_SDK_", "TF_LOG", "TF_CLI", "TF_VAR_", "TF_APPEND_USER_AGENT", "GOGC", "GODEBUG"} {
			if strings.HasPrefix(name, prefix) {
				_ = os.Unsetenv(name) // fails for names that no variable has
			}
		}
	}
	os.Exit(m.Run())
}

// cost is what some work took.
type cost struct {
	cpu           time.Duration
	bytes, allocs uint64
}

// turns lets some works take turns, in alternating order, and returns the cost
// of each in each round. A turn is as often as it takes to be worth measuring.
func turns(rounds int, works ...func()) [][]cost {
	costs := make([][]cost, len(works))
	often := make([]int, len(works))
	for i, work := range works {
		work() // what is done once only
		for often[i] = 1; measure(often[i], work).cpu < 20*time.Millisecond; {
			often[i] *= 2
		}
	}
	for round := range rounds {
		for turn := range works {
			i := turn
			if round%2 == 1 {
				i = len(works) - 1 - turn
			}
			total := measure(often[i], works[i])
			n := uint64(often[i])
			costs[i] = append(costs[i], cost{total.cpu / time.Duration(n), total.bytes / n, total.allocs / n})
		}
	}
	return costs
}

func measure(often int, work func()) cost {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := cpu()
	for range often {
		work()
	}
	spent := cpu() - begin
	runtime.ReadMemStats(&after)
	return cost{spent, after.TotalAlloc - before.TotalAlloc, after.Mallocs - before.Mallocs}
}

// cpu is the time that this process has spent on processors so far.
func cpu() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // impossible: the arguments are right
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// ratio is the median of the ratios within each round.
func ratio[T any](ours, floor []T, of func(T) float64) float64 {
	ratios := make([]float64, len(ours))
	for i := range ours {
		ratios[i] = of(ours[i]) / of(floor[i])
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
func octets(c cost) float64      { return float64(c.bytes) }
