// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"log"
	"maps"
	"slices"
	"strings"
)

// row is its format: engine, package, counts and verdict.
const row = "%-18s  %-22s  %6v  %6v  %7v  %s"

// table prints what has become of the tests on each engine. The error names
// the engines on which some have failed.
func table(out *log.Logger, all []*results) error {
	out.Print("\n=== results")
	out.Printf(row, "engine", "package", "passed", "failed", "skipped", "result")
	var failed []string
	for _, r := range all {
		var passes, failures, skips int
		for _, name := range slices.Sorted(maps.Keys(r.packages)) {
			p := r.packages[name]
			pass, fail, skip := p.count("pass"), p.count("fail"), p.count("skip")
			passes, failures, skips = passes+pass, failures+fail, skips+skip
			out.Printf(row, r.engine, short(name), pass, fail, skip, verdict(p.failed))
		}
		out.Printf(row, r.engine, "all", passes, failures, skips, verdict(r.failed()))
		if r.failed() {
			failed = append(failed, r.engine)
		}
	}
	for _, r := range all {
		reasons := r.reasons()
		for _, reason := range slices.Sorted(maps.Keys(reasons)) {
			out.Printf("%s: %d skipped: %s", r.engine, reasons[reason], reason)
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("tests have failed on %s", strings.Join(failed, " and "))
	}
	return nil
}

// verdict is that of a package: it can fail although each of its tests has
// passed, for example at a goroutine that is left behind.
func verdict(failed bool) string {
	if failed {
		return "FAILED"
	}
	return "ok"
}
