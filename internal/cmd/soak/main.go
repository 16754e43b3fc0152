// SPDX-License-Identifier: MPL-2.0

// Command soak lets many waits run side by side for a long time, against a fake
// cloud on this machine that throws faults at them, over real sockets. Each
// wait is one of a task whose end is known beforehand, and whoever ends goes on
// with the next task (waits.go, cloud.go). Every half minute it tells how it
// goes (report.go).
//
// It fails if a wait ends in another way than its task, if goroutines, memory or
// connections grow, or if any of them is left over in the end, when all waits
// are cancelled at once.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"time"
)

// soak is one run.
type soak struct {
	waits  uint64
	length time.Duration
	every  time.Duration // between two reports
	tally  tally
}

func main() {
	s := &soak{}
	flag.Uint64Var(&s.waits, "waits", 1000, "how many waits run side by side")
	flag.DurationVar(&s.length, "for", 10*time.Minute, "how long")
	flag.DurationVar(&s.every, "report", 30*time.Second, "how often to report")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := s.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "The soak failed:", err)
		os.Exit(1)
	}
	fmt.Println("Nothing was lost, and nothing has grown.")
}

// run runs the waits until the time is up, and then ends them all.
func (s *soak) run(ctx context.Context) error {
	before := take(&s.tally, 0)
	site := open()
	running, stop := context.WithCancel(ctx) // as an interrupt does it
	defer stop()
	defer time.AfterFunc(s.length, stop).Stop()
	client := site.client(&s.tally)
	var workers sync.WaitGroup
	for number := range s.waits {
		workers.Go(func() {
			w := worker{number: number, site: site, client: client, tally: &s.tally}
			w.work(running)
		})
	}
	samples := s.watch(running, site)
	stopped := time.Now()
	workers.Wait()
	lag := time.Since(stopped)
	site.close()
	after := take(&s.tally, 0)
	fmt.Printf("all waits were cancelled, and had ended %s later\n", lag.Round(time.Millisecond))
	fmt.Println(after)
	return errors.Join(s.tally.verdict(), growth(samples), leftOver(before, after), late(lag))
}

// watch reports until the waits are over.
func (s *soak) watch(running context.Context, site *site) []sample {
	var samples []sample
	begin := time.Now()
	tick := time.NewTicker(s.every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			now := take(&s.tally, site.connections.Load())
			now.at = time.Since(begin)
			samples = append(samples, now)
			fmt.Println(now)
		case <-running.Done():
			return samples
		}
	}
}
