// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// gateways are the ways in which a gateway refuses a request.
var gateways = []struct {
	name     string
	throttle fakecloud.Throttle
}{
	{"limit-in-message", fakecloud.ThrottleLimit},
	{"retry-after", fakecloud.ThrottleRetryAfter},
	{"neither", fakecloud.ThrottleBare},
}

const (
	minuteQuota = 200
	hostSpacing = 20 * time.Millisecond
)

// rounds is how often a crowd runs, each time with tasks in another order: the
// lag of a few waits depends on chance.
func rounds(waits int) int { return 1 + 300/waits }

// overRounds runs a crowd in each round.
func overRounds(waits int, run func(crowd) effort) (total effort) {
	for round := range rounds(waits) {
		total.add(run(crowd{ends: spread(waits, uint64(round))}))
	}
	return total
}

func pacedOptimum(waits int) effort {
	return overRounds(waits, func(c crowd) effort { return c.paced(time.Minute/minuteQuota, 1) })
}

func unpaced(waits int) effort {
	return overRounds(waits, func(c crowd) effort { return c.paced(hostSpacing, 1) })
}

func underQuota(t *testing.T, waits int, quota fakecloud.Quota) effort {
	return overRounds(waits, func(c crowd) effort {
		c.quota = quota
		return c.run(t)
	})
}

// TestPace_nearTheOptimum: all waits together poll about as well as if they had
// known the quota from the beginning.
func TestPace_nearTheOptimum(t *testing.T) {
	for _, waits := range []int{10, 30, 200} {
		optimum := pacedOptimum(waits)
		for _, g := range gateways {
			t.Run(fmt.Sprintf("%d waits, %s", waits, g.name), func(t *testing.T) {
				e := underQuota(t, waits, fakecloud.Quota{Limit: minuteQuota, Throttle: g.throttle})
				atMost(t, "refused requests", e.refused, max(5*e.rounds, e.requests*3/100))
				atMost(t, "mean lag", e.mean(), optimum.mean()*5/4+1500*time.Millisecond)
				atMost(t, "largest lag", e.largest(), optimum.largest()+20*time.Second)
			})
		}
	}
}

func TestPace_withoutQuota(t *testing.T) {
	few, before := underQuota(t, 10, fakecloud.Quota{}), unpaced(10)
	const bar, chance = 500 * time.Millisecond, 400 * time.Millisecond // the mean varies with the jitter
	atMost(t, "mean lag of 10 waits", few.mean(), before.mean()+bar+chance)
	atMost(t, "requests of 10 waits", few.requests, before.requests)
	atMost(t, "mean lag of 200 waits", underQuota(t, 200, fakecloud.Quota{}).mean(), 20*time.Second)
}

// listEnds are when the task of a list ends.
var listEnds = []time.Duration{5 * time.Second, 20 * time.Second, 50 * time.Second, 100 * time.Second, 170 * time.Second}

// TestPace_equalRequests: twenty waits on one list cost what one does.
func TestPace_equalRequests(t *testing.T) {
	for _, end := range listEnds {
		t.Run(end.String(), func(t *testing.T) {
			e := twentyOnOneList(t, end)
			single := crowd{ends: []time.Duration{end}}.paced(time.Second, 2)
			atMost(t, "largest lag", e.largest(), single.largest()+15*time.Second)
			atMost(t, "requests", e.requests, 2*single.requests)
		})
	}
}

func twentyOnOneList(t *testing.T, end time.Duration) effort {
	ends := make([]time.Duration, 20)
	for i := range ends {
		ends[i] = end
	}
	return crowd{ends: ends, quota: fakecloud.Quota{Limit: 60}, list: true}.run(t)
}

func TestPace_usesTheQuota(t *testing.T) {
	for _, g := range gateways {
		t.Run(g.name, func(t *testing.T) {
			e := thousandWaits(t, g.throttle)
			atMost(t, "refused requests", e.refused, e.requests*3/100)
			if used := quotaUsed(e); used < 85 {
				t.Errorf("%.0f %% of the quota are used", used)
			}
		})
	}
}

// thousandWaits run for ten minutes, and none of their tasks ends.
func thousandWaits(t *testing.T, throttle fakecloud.Throttle) effort {
	ends := make([]time.Duration, 1000)
	for i := range ends {
		ends[i] = time.Hour
	}
	return crowd{ends: ends, quota: fakecloud.Quota{Limit: minuteQuota, Throttle: throttle}, stop: 10 * time.Minute}.run(t)
}

// quotaUsed is the part of ten minutes' quota that was used, in percent.
func quotaUsed(e effort) float64 {
	return float64(e.requests-e.refused) / (10 * minuteQuota) * 100
}

func atMost[T int | time.Duration](t *testing.T, what string, got, limit T) {
	t.Helper()
	t.Logf("%s: %v of at most %v", what, got, limit)
	if got > limit {
		t.Errorf("%s: %v, want at most %v", what, got, limit)
	}
}

// BenchmarkPace reports requests and lags, in virtual time, of waits that begin
// at once and whose tasks end between 5 s and 170 s, beside those of perfect
// pacing and of waits that poll as if they were alone.
func BenchmarkPace(b *testing.B) {
	for _, waits := range []int{10, 30, 200} {
		b.Run(fmt.Sprintf("%d-waits/optimum", waits), func(b *testing.B) {
			reportPace(b, func(*testing.T) effort { return pacedOptimum(waits) })
		})
		for _, g := range gateways {
			b.Run(fmt.Sprintf("%d-waits/%s", waits, g.name), func(b *testing.B) {
				reportPace(b, func(t *testing.T) effort {
					return underQuota(t, waits, fakecloud.Quota{Limit: minuteQuota, Throttle: g.throttle})
				})
			})
		}
	}
	for _, waits := range []int{10, 200} {
		b.Run(fmt.Sprintf("%d-waits/no-quota-unpaced", waits), func(b *testing.B) {
			reportPace(b, func(*testing.T) effort { return unpaced(waits) })
		})
		b.Run(fmt.Sprintf("%d-waits/no-quota", waits), func(b *testing.B) {
			reportPace(b, func(t *testing.T) effort { return underQuota(t, waits, fakecloud.Quota{}) })
		})
	}
	benchmarkList(b)
	for _, g := range gateways {
		b.Run("1000-waits/"+g.name, func(b *testing.B) {
			var e effort
			inTest(b, func(t *testing.T) { e = thousandWaits(t, g.throttle) })
			b.ReportMetric(quotaUsed(e), "%-of-quota")
			b.ReportMetric(float64(e.refused), "refused")
		})
	}
}

func benchmarkList(b *testing.B) {
	overEnds := func(run func(time.Duration) effort) (total effort) {
		for _, end := range listEnds {
			total.add(run(end))
		}
		return total
	}
	b.Run("1-wait/list-60-a-minute-optimum", func(b *testing.B) {
		reportPace(b, func(*testing.T) effort {
			return overEnds(func(end time.Duration) effort { return crowd{ends: []time.Duration{end}}.paced(time.Second, 2) })
		})
	})
	b.Run("20-waits/list-60-a-minute", func(b *testing.B) {
		reportPace(b, func(t *testing.T) effort {
			return overEnds(func(end time.Duration) effort { return twentyOnOneList(t, end) })
		})
	})
}

// reportPace reports the mean of all rounds, but the largest lag of any.
func reportPace(b *testing.B, run func(*testing.T) effort) {
	var e effort
	inTest(b, func(t *testing.T) { e = run(t) })
	b.ReportMetric(float64(e.requests)/float64(e.rounds), "requests")
	b.ReportMetric(float64(e.refused)/float64(e.rounds), "refused")
	b.ReportMetric(e.mean().Seconds(), "mean-lag-s")
	b.ReportMetric(e.largest().Seconds(), "largest-lag-s")
}

// inTest runs a function as a test, because only a test has virtual time.
func inTest(b *testing.B, run func(*testing.T)) {
	for b.Loop() {
		all := func(string, string) (bool, error) { return true, nil }
		if !testing.RunTests(all, []testing.InternalTest{{Name: b.Name(), F: run}}) {
			b.Fail()
		}
	}
	b.ReportMetric(0, "ns/op") // of the simulation
}
