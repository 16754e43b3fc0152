// SPDX-License-Identifier: MPL-2.0

package task

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Observation is what one look at a task has found. It is made from the API's
// answer alone, so that two looks at the same answer are equal.
type Observation struct {
	ID      string        // the API's own id of the record, "" where it has none
	Label    string        // what the task does, in the API's word, "" where it is not told
	State   State         // where the task stands
	UnknownReason   string        // what makes the state Unknown: `the status "FROZEN"`; "" otherwise
	UnknownStatus    string        // the word in doubt, which a status map could classify; "" where it is no word
	Percent *float64      // 0 to 100, nil where the API does not tell it
	Reason  string        // why the task failed, "" where it has not or the API does not tell
	Duration    time.Duration // from begin to end of a task that has ended, 0 where it is not told
	Breakdown   string        // of a list, how its tasks stand: "3 tasks: 1 running, 2 succeeded"
	Busy    bool          // of a list, whether any of its tasks may be at work still
	Hint    string        // where to look for more if a wait gets no further, "" for nowhere

	MissingErr   error // of a missing task, the API's answer that said so, nil where a list was merely empty
	AssumedSucceeded  bool  // of a missing task, that by the user's word this means success
	Inferred bool  // the API does not return the task: its state was concluded from something else
}

// Found reports whether the API returned the task, or at least one task.
func (o Observation) Found() bool { return o.State != Missing && !o.Inferred }

// Succeeded reports whether the task has ended well, the only thing that opens a gate.
func (o Observation) Succeeded() bool { return o.State == Succeeded || o.State == Missing && o.AssumedSucceeded }

// Completed reports whether the task has ended, well or not.
func (o Observation) Completed() bool { return o.State.Finished() || o.Succeeded() }

// InDoubt makes the observation Unknown because of a word that has no state.
func (o *Observation) SetUnknown(member, word string) {
	o.UnknownStatus, o.UnknownReason = word, fmt.Sprintf("the %s %q", member, word)
	if word == "" {
		o.UnknownReason = "an absent or empty " + member
	}
}

// Summary is the observation in one line: `DCS job ff80… (masterStandbySwapJob):
// succeeded after 2.9s`. name is what the user would call the task.
func (o Observation) Summary(name string) string {
	var b strings.Builder
	b.WriteString(name)
	if o.Label != "" {
		fmt.Fprintf(&b, " (%s)", o.Label)
	}
	fmt.Fprintf(&b, ": %s", o.State)
	if o.AssumedSucceeded {
		b.WriteString(", which counts as succeeded")
	}
	if o.Duration > 0 {
		fmt.Fprintf(&b, " after %s", Rounded(o.Duration))
	}
	if o.Percent != nil && !o.State.Finished() {
		fmt.Fprintf(&b, ", %s", FormatPercent(*o.Percent))
	}
	if o.Breakdown != "" {
		fmt.Fprintf(&b, " (%s)", o.Breakdown)
	}
	if detail := o.Reason + o.UnknownReason; detail != "" {
		fmt.Fprintf(&b, ": %s", detail)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Rounded is a duration as people tell it: to the tenth of a second, from a
// minute on to the second.
func Rounded(d time.Duration) time.Duration {
	if d < time.Minute {
		return d.Round(100 * time.Millisecond)
	}
	return d.Round(time.Second)
}

// FormatPercent writes 30 as "30%" and 33.5 as "33.5%".
func FormatPercent(p float64) string {
	return strconv.FormatFloat(p, 'f', -1, 64) + "%"
}
