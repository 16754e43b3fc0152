// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// tally counts what happens.
type tally struct {
	requests, looks atomic.Int64
	begun, ended    atomic.Int64
	cancelled       atomic.Int64

	mu    sync.Mutex // guards all below
	wrong []error
}

// end compares how a wait has ended with how its task has. A wait that was
// cancelled must say so.
func (t *tally) end(w wait, got string, cancelled bool) {
	switch {
	case got == w.want:
		t.ended.Add(1)
	case cancelled && got == "Interrupted while reading "+w.source.Noun():
		t.cancelled.Add(1)
	default:
		t.mu.Lock()
		t.wrong = append(t.wrong, fmt.Errorf("the wait %s for a %s ended with %q, want %q", w.id, w.source.Noun(), got, w.want))
		t.mu.Unlock()
	}
}

// verdict returns what is wrong with the waits.
func (t *tally) verdict() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	wrong := t.wrong[:min(len(t.wrong), 20)]
	if lost := t.begun.Load() - t.ended.Load() - t.cancelled.Load() - int64(len(t.wrong)); lost != 0 {
		wrong = append(wrong, fmt.Errorf("%d waits were lost", lost))
	}
	return errors.Join(wrong...)
}

// counting is a network that counts requests, and those with an answer that is
// no fault.
type counting struct {
	http.RoundTripper
	tally *tally
}

// RoundTrip implements http.RoundTripper.
func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	c.tally.requests.Add(1)
	resp, err := c.RoundTripper.RoundTrip(r)
	if err == nil && resp.Header.Get(lookHeader) != "" {
		c.tally.looks.Add(1)
	}
	return resp, err
}

// sample is how it goes at some time.
type sample struct {
	at                     time.Duration
	ended, requests, looks int64
	goroutines             int
	heap                   uint64 // bytes that are in use, after a collection
	connections            int64
}

func take(t *tally, connections int64) sample {
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return sample{
		ended: t.ended.Load(), requests: t.requests.Load(), looks: t.looks.Load(),
		goroutines: runtime.NumGoroutine(), heap: memory.HeapAlloc, connections: connections,
	}
}

func (s sample) String() string {
	return fmt.Sprintf("%8s  %6d waits ended  %8d requests  %8d looks  %7d struck  %5d goroutines  %6.1f MiB  %4d connections",
		s.at.Round(time.Second), s.ended, s.requests, s.looks, s.requests-s.looks, s.goroutines, mebibytes(s.heap), s.connections)
}

func mebibytes(bytes uint64) float64 { return float64(bytes) / (1 << 20) }

// growth compares the last third of the samples with the one before it: by
// then as many waits run as ever will. Fewer than six samples tell nothing.
func growth(samples []sample) error {
	third := len(samples) / 3
	if third < 2 {
		return nil
	}
	earlier, later := peak(samples[third:len(samples)-third]), peak(samples[len(samples)-third:])
	var errs []error
	check := func(what string, earlier, later, slack float64) {
		if later > 1.2*earlier+slack {
			errs = append(errs, fmt.Errorf("%s grow from %.1f to %.1f", what, earlier, later))
		}
	}
	check("goroutines", float64(earlier.goroutines), float64(later.goroutines), 100)
	check("connections", float64(earlier.connections), float64(later.connections), 50)
	check("MiB of memory", mebibytes(earlier.heap), mebibytes(later.heap), 8)
	return errors.Join(errs...)
}

func peak(samples []sample) sample {
	var top sample
	for _, s := range samples {
		top.goroutines = max(top.goroutines, s.goroutines)
		top.connections = max(top.connections, s.connections)
		top.heap = max(top.heap, s.heap)
	}
	return top
}

// leftOver compares the time before the waits with the time after them.
func leftOver(before, after sample) error {
	var errs []error
	if after.goroutines > before.goroutines+5 {
		errs = append(errs, fmt.Errorf("%d goroutines are left over", after.goroutines-before.goroutines))
	}
	if more := mebibytes(after.heap) - mebibytes(before.heap); more > 16 {
		errs = append(errs, fmt.Errorf("%.1f MiB of memory are left over", more))
	}
	return errors.Join(errs...)
}

// late judges how long cancelled waits have gone on.
func late(lag time.Duration) error {
	if lag > 5*time.Second {
		return fmt.Errorf("cancelled waits have gone on for %s", lag)
	}
	return nil
}
