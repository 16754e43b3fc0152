// SPDX-License-Identifier: MPL-2.0

package task_test

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// jobWords is a small vocabulary, as an API brings it.
var jobWords = task.StatusMap{"init": task.Pending, "running": task.Running, "success": task.Succeeded, "fail": task.Failed}

func TestWords_classifyWithoutRegardToCase(t *testing.T) {
	for word, want := range map[string]task.State{
		"INIT": task.Pending, "Running": task.Running, "success": task.Succeeded, "fAIL": task.Failed,
	} {
		diff(t, word, want, jobWords.State(word))
	}
}

func TestWords_leaveUnknownWhatNobodyHasClassified(t *testing.T) {
	for name, word := range map[string]string{
		"another word":          "FROZEN",
		"an absent word":        "",
		"a blank":               " ",
		"a word between blanks": " SUCCESS ",
		"a longer word":         "SUCCESSFUL",
		"a state of our own":    "succeeded",
		"the key for any word":  task.AnyStatus,
	} {
		t.Run(name, func(t *testing.T) { diff(t, word, task.Unknown, jobWords.State(word)) })
	}
	diff(t, "no vocabulary at all", task.Unknown, task.StatusMap(nil).State("SUCCESS"))
}

func TestWordsWith_addsAndOverrides(t *testing.T) {
	for name, test := range map[string]struct {
		other map[string]task.State
		want  map[string]task.State
	}{
		"nothing": {
			want: map[string]task.State{"RUNNING": task.Running, "FROZEN": task.Unknown, "": task.Unknown},
		},
		"a new word in another case": {
			other: map[string]task.State{"Frozen": task.Running},
			want:  map[string]task.State{"FROZEN": task.Running, "frozen": task.Running, "SUCCESS": task.Succeeded},
		},
		"a known word": {
			other: map[string]task.State{"SUCCESS": task.Running},
			want:  map[string]task.State{"success": task.Running, "FAIL": task.Failed},
		},
		"any word, but neither a known nor an absent one": {
			other: map[string]task.State{task.AnyStatus: task.Failed},
			want: map[string]task.State{
				"FROZEN": task.Failed, " ": task.Failed, "*": task.Failed,
				"SUCCESS": task.Succeeded, "INIT": task.Pending, "": task.Unknown,
			},
		},
		"any word beside one of its own": {
			other: map[string]task.State{task.AnyStatus: task.Failed, "FROZEN": task.Pending},
			want:  map[string]task.State{"FROZEN": task.Pending, "MOLTEN": task.Failed},
		},
	} {
		t.Run(name, func(t *testing.T) {
			words := jobWords.Merge(test.other)
			got := make(map[string]task.State)
			for word := range test.want {
				got[word] = words.State(word)
			}
			diff(t, "states", test.want, got)
		})
	}
}

func TestWordsWith_leavesTheVocabularyOfTheAPIAlone(t *testing.T) {
	before := task.StatusMap{"running": task.Running}
	before.Merge(map[string]task.State{"RUNNING": task.Succeeded, "new": task.Failed})
	diff(t, "vocabulary", task.StatusMap{"running": task.Running}, before)
}

func TestState_tellsWhatIsOverAndWhatMayBeAtWork(t *testing.T) {
	type verdict struct{ Ended, Busy bool }
	for state, want := range map[task.State]verdict{
		task.Pending:   {Busy: true},
		task.Running:   {Busy: true},
		task.Succeeded: {Ended: true},
		task.Failed:    {Ended: true},
		task.Unknown:   {Busy: true},
		task.Missing:   {},
	} {
		diff(t, string(state), want, verdict{Ended: state.Finished(), Busy: state.Busy()})
	}
}
