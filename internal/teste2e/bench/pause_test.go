// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// law tells the next pause from the time waited so far.
type law func(waited time.Duration) time.Duration

// fixed is the law of a fixed interval.
func fixed(interval time.Duration) law { return func(time.Duration) time.Duration { return interval } }

// doubling is the plain exponential law: 1 s, 2 s, 4 s and so on, each as long
// as all before it and a second more, up to the most.
func doubling(most time.Duration) law {
	return func(waited time.Duration) time.Duration { return min(waited+time.Second, most) }
}

// ownLaw is that of the provider, with the same jitter at every run.
func ownLaw() law {
	random := rand.New(rand.NewPCG(1, 2))
	return func(waited time.Duration) time.Duration { return task.Interval(waited, random.Float64()) }
}

// lengths of tasks, from a switchover to the growth of a warehouse; together
// they are the mix.
var lengths = []time.Duration{3 * time.Second, 30 * time.Second, 5 * time.Minute, time.Hour, 6 * time.Hour}

// price is what it costs to learn of an end: looks, and the time until the one
// that sees it.
type price struct{ looks, lag float64 }

// average is the price for tasks of about a length. They are longer or shorter
// by up to a half, for otherwise an interval that divides the length would see
// every end at once.
func average(l law, length time.Duration) price {
	const tasks = 2000
	random := rand.New(rand.NewPCG(3, 4))
	var sum price
	for range tasks {
		exact := length/2 + time.Duration(random.Int64N(int64(length)))
		at := time.Duration(0)
		looks := 1
		for ; at < exact; looks++ {
			at += l(at)
		}
		sum.looks += float64(looks)
		sum.lag += (at - exact).Seconds()
	}
	return price{sum.looks / tasks, sum.lag / tasks}
}

// overall is the mean over the mix.
func overall(l law) price {
	var sum price
	for _, length := range lengths {
		p := average(l, length)
		sum.looks += p.looks
		sum.lag += p.lag
	}
	n := float64(len(lengths))
	return price{sum.looks / n, sum.lag / n}
}

// BenchmarkPause tells the looks and the mean lag of each law for each length,
// in virtual time.
func BenchmarkPause(b *testing.B) {
	for _, l := range []struct {
		name string
		law  law
	}{
		{"law", ownLaw()},
		{"2s", fixed(2 * time.Second)},
		{"5s", fixed(5 * time.Second)},
		{"10s", fixed(10 * time.Second)},
		{"30s", fixed(30 * time.Second)},
		{"doubling", doubling(24 * time.Hour)},
		{"doubling-to-30s", doubling(30 * time.Second)},
	} {
		b.Run(l.name, func(b *testing.B) {
			for b.Loop() {
				for _, length := range lengths {
					tell(b, length.String(), average(l.law, length))
				}
				tell(b, "mix", overall(l.law))
			}
			b.ReportMetric(0, "ns/op") // of the arithmetic
		})
	}
}

func tell(b *testing.B, length string, p price) {
	b.Helper()
	b.ReportMetric(p.looks, "looks@"+length)
	b.ReportMetric(p.lag, "lag-s@"+length)
}

// TestPause_isBeatenByNoFixedInterval over the mix: none has both fewer looks
// and less lag.
func TestPause_isBeatenByNoFixedInterval(t *testing.T) {
	own := overall(ownLaw())
	var asMany, asSoon string
	for interval := time.Second; interval <= time.Minute; interval += 500 * time.Millisecond {
		p := overall(fixed(interval))
		if p.looks <= own.looks && p.lag <= own.lag {
			t.Errorf("a look every %s costs %.0f looks and %.1f s, the law %.0f looks and %.1f s", interval, p.looks, p.lag, own.looks, own.lag)
		}
		if p.lag <= own.lag {
			asSoon = fmt.Sprintf("every %s: %.0f looks, %.1f s", interval, p.looks, p.lag)
		}
		if p.looks >= own.looks {
			asMany = fmt.Sprintf("every %s: %.0f looks, %.1f s", interval, p.looks, p.lag)
		}
	}
	t.Logf("law: %.0f looks, %.1f s; no later %s; no fewer looks %s", own.looks, own.lag, asSoon, asMany)
}
