// SPDX-License-Identifier: MPL-2.0

// Package task is the domain of the provider: what a task is to somebody who
// waits for its end. It knows neither Huawei Cloud nor Terraform.
//
// An API tells where a task stands by a word. [Words] turns the word into a
// [State]; where an API sends only parts, [FoldTasks] and [FoldSteps] turn the
// states of the parts into one. Whatever nobody has classified is [Unknown],
// and an unknown task has neither ended nor succeeded: a gate stays closed.
package task

import (
	"maps"
	"strings"
)

// State tells where a task stands. Its text is what users read and write.
type State string

// The six states. Only Succeeded and Failed are ends.
const (
	Pending   State = "pending"
	Running   State = "running"
	Succeeded State = "succeeded"
	Failed    State = "failed"
	Unknown   State = "unknown" // the API's word is absent, or nobody has classified it
	Missing   State = "missing" // the API knows no such task
)

// Ended reports whether nothing more will happen to the task.
func (s State) Finished() bool { return s == Succeeded || s == Failed }

// Busy reports whether the task may still be at work, which is so as long as
// nobody knows that it is not.
func (s State) Busy() bool { return s == Pending || s == Running || s == Unknown }

// Words is the vocabulary of an API: its words, in lower case, with their
// states. The key [AnyWord] stands for every word that has no entry.
type StatusMap map[string]State

// AnyWord is the key that classifies all words without an entry of their own.
const AnyStatus = "*"

// State classifies a word without regard to case. An empty word says nothing
// and is Unknown, whatever [AnyWord] says.
func (w StatusMap) State(word string) State {
	if word == "" {
		return Unknown
	}
	if s, ok := w[strings.ToLower(word)]; ok {
		return s
	}
	if s, ok := w[AnyStatus]; ok {
		return s
	}
	return Unknown
}

// With returns a vocabulary in which the words of other, in any case, are
// added to w's or replace them.
func (w StatusMap) Merge(other map[string]State) StatusMap {
	if len(other) == 0 {
		return w
	}
	merged := maps.Clone(w)
	for word, s := range other {
		merged[strings.ToLower(word)] = s
	}
	return merged
}
