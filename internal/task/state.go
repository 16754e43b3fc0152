// SPDX-License-Identifier: MPL-2.0

// Package task is the domain of the provider: the states of an asynchronous
// task and the loop that polls one until it finishes. It knows neither Huawei
// Cloud nor Terraform.
//
// An API reports a status, such as "EXECUTING". A [StatusMap] maps it to a
// [State]; where an API reports only parts, [FoldTasks] and [FoldSteps] fold the
// states of the parts into one. A status without a mapping is [Unknown], which
// is neither finished nor succeeded, so that a gate stays closed.
package task

import (
	"maps"
	"strings"
)

// State is the state of a task. Its text is what users read and write.
type State string

// The six states. Only Succeeded and Failed are final.
const (
	Pending   State = "pending"
	Running   State = "running"
	Succeeded State = "succeeded"
	Failed    State = "failed"
	Unknown   State = "unknown" // no status, or one without a mapping
	Missing   State = "missing" // the API returned no such task
)

// Finished reports whether the task has finished, successfully or not.
func (s State) Finished() bool { return s == Succeeded || s == Failed }

// Busy reports whether the task may still be running. An unknown task may be.
func (s State) Busy() bool { return s == Pending || s == Running || s == Unknown }

// StatusMap maps the statuses of an API, in lower case, to task states. The
// key [AnyStatus] stands for every status without an entry.
type StatusMap map[string]State

// AnyStatus is the key for all statuses without an entry of their own.
const AnyStatus = "*"

// State maps a status, without regard to ASCII case. An empty status is
// Unknown, whatever [AnyStatus] maps to.
func (m StatusMap) State(status string) State {
	if status == "" {
		return Unknown
	}
	if s, ok := m[Fold(status)]; ok {
		return s
	}
	if s, ok := m[AnyStatus]; ok {
		return s
	}
	return Unknown
}

// Merge returns a map in which the statuses of other, in any case, are added to
// those of m or replace them.
func (m StatusMap) Merge(other map[string]State) StatusMap {
	if len(other) == 0 {
		return m
	}
	merged := maps.Clone(m)
	for status, s := range other {
		merged[Fold(status)] = s
	}
	return merged
}

// Fold returns text with A-Z in lower case and everything else unchanged:
// Unicode folding would take "ſuccess" for "success".
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	}, text)
}
