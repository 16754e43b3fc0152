// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

const module = "github.com/hwtasks/terraform-provider-hwtasks"

// results are those of one engine.
type results struct {
	engine   string
	packages map[string]*outcome
}

// outcome is that of a package.
type outcome struct {
	failed bool
	took   time.Duration
	tests  map[string]string   // pass, fail or skip
	output map[string][]string // of each test, "" for what belongs to none
}

// event is a line of "go test -json"; see "go doc test2json".
type event struct {
	Action  string  `json:"Action"`
	Package string  `json:"Package"` // "" while one is built
	Test    string  `json:"Test"`    // "" for the whole package
	Output  string  `json:"Output"`
	Elapsed float64 `json:"Elapsed"` // seconds
}

// read reads the events of a run. It prints a line for each package at its end,
// and at once what the compiler says.
func read(out *log.Logger, engine string, events io.Reader) (*results, error) {
	r := &results{engine: engine, packages: map[string]*outcome{}}
	for decoder := json.NewDecoder(events); ; {
		var e event
		err := decoder.Decode(&e)
		if errors.Is(err, io.EOF) {
			return r, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading the results of the tests: %w", err)
		}
		r.add(out, e)
	}
}

func (r *results) add(out *log.Logger, e event) {
	if e.Package == "" {
		if e.Output != "" {
			out.Print(e.Output)
		}
		return
	}
	p := r.packages[e.Package]
	if p == nil {
		p = &outcome{tests: map[string]string{}, output: map[string][]string{}}
		r.packages[e.Package] = p
	}
	switch e.Action {
	case "output":
		if !strings.HasPrefix(e.Output, "=== ") { // who begins and who pauses
			p.output[e.Test] = append(p.output[e.Test], e.Output)
		}
	case "run":
		p.tests[e.Test] = "fail" // unless it comes to another end
	case "pass", "fail", "skip":
		if e.Test != "" {
			p.tests[e.Test] = e.Action
			return
		}
		p.failed, p.took = e.Action == "fail", time.Duration(e.Elapsed*float64(time.Second))
		p.tell(out, e.Package)
	}
}

// tell prints how a package has ended, and all that its failed tests have said.
func (p *outcome) tell(out *log.Logger, name string) {
	if p.failed {
		for _, test := range slices.Sorted(maps.Keys(p.output)) {
			if test == "" || p.tests[test] == "fail" {
				out.Print(strings.Join(p.output[test], ""))
			}
		}
	}
	out.Printf("%-6s %s %s", verdict(p.failed), short(name), p.took.Round(100*time.Millisecond))
}

func (r *results) failed() bool {
	for _, p := range r.packages {
		if p.failed {
			return true
		}
	}
	return false
}

// count counts the tests with an action. A test that has subtests is none of
// its own.
func (p *outcome) count(action string) int {
	n := 0
	for name, is := range p.tests {
		if is == action && !p.hasSubtests(name) {
			n++
		}
	}
	return n
}

func (p *outcome) hasSubtests(name string) bool {
	for other := range p.tests {
		if strings.HasPrefix(other, name+"/") {
			return true
		}
	}
	return false
}

var said = regexp.MustCompile(`^\s+\S+\.go:\d+: (.+)`)

// reasons counts the messages of the skipped tests.
func (r *results) reasons() map[string]int {
	count := map[string]int{}
	for _, p := range r.packages {
		for name, is := range p.tests {
			if is != "skip" || p.hasSubtests(name) {
				continue
			}
			reason := "without a message"
			for _, line := range p.output[name] {
				if match := said.FindStringSubmatch(line); match != nil {
					reason = match[1]
				}
			}
			count[reason]++
		}
	}
	return count
}

// short is the name of a package within the module.
func short(name string) string {
	if name == module {
		return "."
	}
	return strings.TrimPrefix(name, module+"/")
}
