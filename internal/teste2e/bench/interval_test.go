// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// strategy returns the next interval between polls, given the time waited so far.
type strategy func(waited time.Duration) time.Duration

func fixed(interval time.Duration) strategy {
	return func(time.Duration) time.Duration { return interval }
}

// doubling is plain exponential backoff: 1 s, 2 s, 4 s, and so on, up to the
// maximum.
func doubling(maximum time.Duration) strategy {
	return func(waited time.Duration) time.Duration { return min(waited+time.Second, maximum) }
}

// defaultInterval is the provider's default, with the same jitter in each run.
func defaultInterval() strategy {
	random := rand.New(rand.NewPCG(1, 2))
	return func(waited time.Duration) time.Duration { return task.Interval(waited, random.Float64()) }
}

// durations of tasks, from a switchover to a resize of a warehouse; together they
// are the mix.
var durations = []time.Duration{3 * time.Second, 30 * time.Second, 5 * time.Minute, time.Hour, 6 * time.Hour}

// price is what it costs to notice the end of a task: polls, and the seconds
// from the end to the poll that sees it.
type price struct{ polls, lag float64 }

// average is the price for tasks of about one duration. They vary by up to a
// half: otherwise an interval that divides the duration would see every end at
// once.
func average(s strategy, duration time.Duration) price {
	const tasks = 2000
	random := rand.New(rand.NewPCG(3, 4))
	var sum price
	for range tasks {
		exact := duration/2 + time.Duration(random.Int64N(int64(duration)))
		at := time.Duration(0)
		polls := 1
		for ; at < exact; polls++ {
			at += s(at)
		}
		sum.polls += float64(polls)
		sum.lag += (at - exact).Seconds()
	}
	return price{sum.polls / tasks, sum.lag / tasks}
}

// overMix is the mean over the mix.
func overMix(s strategy) price {
	var sum price
	for _, duration := range durations {
		p := average(s, duration)
		sum.polls += p.polls
		sum.lag += p.lag
	}
	n := float64(len(durations))
	return price{sum.polls / n, sum.lag / n}
}

// BenchmarkInterval reports the polls and the mean lag of each strategy for each
// duration, in virtual time.
func BenchmarkInterval(b *testing.B) {
	for _, s := range []struct {
		name     string
		strategy strategy
	}{
		{"default", defaultInterval()},
		{"2s", fixed(2 * time.Second)},
		{"5s", fixed(5 * time.Second)},
		{"10s", fixed(10 * time.Second)},
		{"30s", fixed(30 * time.Second)},
		{"doubling", doubling(24 * time.Hour)},
		{"doubling-to-30s", doubling(30 * time.Second)},
	} {
		b.Run(s.name, func(b *testing.B) {
			report := func(name string, p price) {
				b.ReportMetric(p.polls, "polls@"+name)
				b.ReportMetric(p.lag, "lag-s@"+name)
			}
			for b.Loop() {
				for _, duration := range durations {
					report(duration.String(), average(s.strategy, duration))
				}
				report("mix", overMix(s.strategy))
			}
			b.ReportMetric(0, "ns/op") // of the simulation
		})
	}
}

// No fixed interval needs both fewer polls and less lag over the mix.
func TestInterval_beatsEveryFixedInterval(t *testing.T) {
	own := overMix(defaultInterval())
	for interval := time.Second; interval <= time.Minute; interval += 500 * time.Millisecond {
		if p := overMix(fixed(interval)); p.polls <= own.polls && p.lag <= own.lag {
			t.Errorf("polling every %s needs %.0f polls and %.1f s, the default %.0f polls and %.1f s", interval, p.polls, p.lag, own.polls, own.lag)
		}
	}
}
