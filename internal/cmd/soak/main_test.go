// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestSoak_passesInAFewSeconds(t *testing.T) {
	t.Parallel()
	s := &soak{waits: 30, length: 3 * time.Second, every: 400 * time.Millisecond}
	if err := s.run(t.Context()); err != nil {
		t.Error(err)
	}
	if started, polls := s.tally.started.Load(), s.tally.polls.Load(); started < 30 || polls < 30 {
		t.Errorf("%d waits with %d polls are too few", started, polls)
	}
}

func TestSoak_readsEachDataSource(t *testing.T) {
	t.Parallel()
	for _, source := range datasources.Sources() {
		if apis()[source.Name()].path == nil {
			t.Errorf("%s is not read", source.Name())
		}
	}
}

func TestTally_reportsLostAndWrongWaits(t *testing.T) {
	t.Parallel()
	w := wait{id: "soak-1", source: datasources.Sources()[0], want: "succeeded"}
	for name, test := range map[string]struct {
		got      string
		canceled bool
		want     string
	}{
		"as the task":               {got: "succeeded"},
		"as the task, at the end":   {got: "succeeded", canceled: true},
		"canceled":                  {got: "Interrupted while reading " + w.source.Noun(), canceled: true},
		"interrupted too early":     {got: "Interrupted while reading " + w.source.Noun(), want: `is over with "Interrupted`},
		"better than the task":      {got: "running", want: `is over with "running", want "succeeded"`},
		"something else at the end": {got: "Timed out", canceled: true, want: `is over with "Timed out"`},
		"lost":                      {want: "1 waits were lost"},
	} {
		var counted tally
		counted.started.Add(1)
		if name != "lost" {
			counted.end(w, test.got, test.canceled)
		}
		check(t, name, counted.errors(), test.want)
	}
}

func TestGrowth_isFoundInLaterSamples(t *testing.T) {
	t.Parallel()
	const mebibyte = 1 << 20
	level := sample{goroutines: 3000, heap: 50 * mebibyte, connections: 100}
	for name, test := range map[string]struct {
		change func(number int, s *sample)
		want   string
	}{
		"nothing":       {func(int, *sample) {}, ""},
		"the beginning": {func(number int, s *sample) { s.goroutines -= max(0, 1000-number*500) }, ""},
		"a wave":        {func(number int, s *sample) { s.heap += uint64(number%2) * 20 * mebibyte }, ""},
		"goroutines":    {func(number int, s *sample) { s.goroutines += number * 600 }, "goroutines grow from 6000.0 to 7800.0"},
		"memory":        {func(number int, s *sample) { s.heap += uint64(number) * 10 * mebibyte }, "MiB of memory grow from 100.0 to 130.0"},
		"connections":   {func(number int, s *sample) { s.connections += int64(number) * 50 }, "connections grow from 350.0 to 500.0"},
	} {
		var samples []sample
		for number := range 9 {
			s := level
			test.change(number, &s)
			samples = append(samples, s)
		}
		check(t, name, growth(samples), test.want)
	}
	check(t, "left over", leftOver(level, sample{goroutines: 3010, heap: 70 * mebibyte}), "10 goroutines are left\n20.0 MiB of memory are left")
	check(t, "late", late(6*time.Second), "continued for 6s")
}

func check(t *testing.T, name string, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("%s: %v", name, err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("%s: error is %v, want %q in it", name, err, want)
	}
}
