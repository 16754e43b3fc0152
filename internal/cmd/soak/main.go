// SPDX-License-Identifier: MPL-2.0

// Command soak runs many concurrent waits for a long time, over real sockets,
// against a fake cloud on this machine that injects errors. The result of each
// task is known in advance; a worker whose wait ends starts the next one
// (waits.go, cloud.go). Every half minute it prints a report (report.go).
//
// It fails if the result of a wait differs from that of its task, if goroutines,
// memory, or connections grow, or if any of them is left at the end, when all
// waits are canceled at once. With a quota, it also fails if the waits, which
// need more than that, do not use it.
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
	quota  quota
	tally  tally
}

func main() {
	s := &soak{}
	flag.Uint64Var(&s.waits, "waits", 1000, "number of concurrent waits")
	flag.DurationVar(&s.length, "for", 10*time.Minute, "duration")
	flag.IntVar(&s.quota.limit, "quota", 0, "number of requests a minute that the gateway accepts for each API, 0 for no limit")
	flag.DurationVar(&s.every, "report", 30*time.Second, "time between two reports")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := s.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "The soak failed:", err)
		os.Exit(1)
	}
	fmt.Println("No wait was lost, and nothing grew.")
}

// run runs the waits for the given time, and then cancels them all.
func (s *soak) run(ctx context.Context) error {
	before := take(&s.tally, 0)
	services := start(&s.quota)
	running, stop := context.WithCancel(ctx) // like an interrupt
	defer stop()
	defer time.AfterFunc(s.length, stop).Stop()
	client := services.client(&s.tally)
	var workers sync.WaitGroup
	for number := range s.waits {
		workers.Go(func() {
			w := worker{number: number, services: services, client: client, tally: &s.tally}
			w.work(running)
		})
	}
	samples := s.monitor(running, services)
	stopped, starved := time.Now(), s.quota.report()
	workers.Wait()
	lag := time.Since(stopped)
	services.close()
	after := take(&s.tally, 0)
	fmt.Printf("all waits were canceled and over within %s\n", lag.Round(time.Millisecond))
	fmt.Println(after)
	return errors.Join(s.tally.errors(), growth(samples), leftOver(before, after), late(lag), starved)
}

// monitor prints reports until the waits end.
func (s *soak) monitor(running context.Context, services *services) []sample {
	var samples []sample
	begin := time.Now()
	tick := time.NewTicker(s.every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			now := take(&s.tally, services.connections.Load())
			now.at = time.Since(begin)
			samples = append(samples, now)
			fmt.Println(now)
		case <-running.Done():
			return samples
		}
	}
}
