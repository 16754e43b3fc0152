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

// tally counts events.
type tally struct {
	requests, polls   atomic.Int64
	started, finished atomic.Int64
	canceled          atomic.Int64

	mu    sync.Mutex // guards all below
	wrong []error
}

// end compares the result of a wait with that of its task. A wait that was
// canceled must report the interrupt.
func (t *tally) end(w wait, got string, canceled bool) {
	switch {
	case got == w.want:
		t.finished.Add(1)
	case canceled && got == "Interrupted while reading "+w.source.Noun():
		t.canceled.Add(1)
	default:
		t.mu.Lock()
		t.wrong = append(t.wrong, fmt.Errorf("wait %s for a %s is over with %q, want %q", w.id, w.source.Noun(), got, w.want))
		t.mu.Unlock()
	}
}

// errors returns the wrong and lost waits.
func (t *tally) errors() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	wrong := t.wrong[:min(len(t.wrong), 20)]
	if lost := t.started.Load() - t.finished.Load() - t.canceled.Load() - int64(len(t.wrong)); lost != 0 {
		wrong = append(wrong, fmt.Errorf("%d waits were lost", lost))
	}
	return errors.Join(wrong...)
}

// counting counts requests, and those whose response is not an injected error.
type counting struct {
	http.RoundTripper
	tally *tally
}

// RoundTrip implements http.RoundTripper.
func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	c.tally.requests.Add(1)
	resp, err := c.RoundTripper.RoundTrip(r)
	if err == nil && resp.Header.Get(pollHeader) != "" {
		c.tally.polls.Add(1)
	}
	return resp, err
}

// sample is the state of the soak at some time.
type sample struct {
	at                        time.Duration
	finished, requests, polls int64
	goroutines                int
	heap                      uint64 // bytes in use after a garbage collection
	connections               int64
}

func take(t *tally, connections int64) sample {
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return sample{
		finished: t.finished.Load(), requests: t.requests.Load(), polls: t.polls.Load(),
		goroutines: runtime.NumGoroutine(), heap: memory.HeapAlloc, connections: connections,
	}
}

func (s sample) String() string {
	return fmt.Sprintf("%8s  %6d waits finished  %8d requests  %8d polls  %7d errors  %5d goroutines  %6.1f MiB  %4d connections",
		s.at.Round(time.Second), s.finished, s.requests, s.polls, s.requests-s.polls, s.goroutines, mebibytes(s.heap), s.connections)
}

func mebibytes(bytes uint64) float64 { return float64(bytes) / (1 << 20) }

// growth compares the last third of the samples with the middle third, when all
// waits are running. Fewer than six samples are not compared.
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

// leftOver compares the samples before and after the waits.
func leftOver(before, after sample) error {
	var errs []error
	if after.goroutines > before.goroutines+5 {
		errs = append(errs, fmt.Errorf("%d goroutines are left", after.goroutines-before.goroutines))
	}
	if more := mebibytes(after.heap) - mebibytes(before.heap); more > 16 {
		errs = append(errs, fmt.Errorf("%.1f MiB of memory are left", more))
	}
	return errors.Join(errs...)
}

// late returns an error if canceled waits took too long to end.
func late(lag time.Duration) error {
	if lag > 5*time.Second {
		return fmt.Errorf("canceled waits continued for %s", lag)
	}
	return nil
}
