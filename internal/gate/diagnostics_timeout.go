// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func (p *check) interrupted(w task.Progress) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Interrupted while reading "+p.target.Noun, paragraphs(
		fmt.Sprintf("The read of %s was interrupted after %s.%s", p.target.Name, task.Rounded(w.Waited), p.lastSeen(w)),
		fmt.Sprintf("That does not stop the %s. Run Terraform again to read on.", p.number("task", "tasks")),
	))
}

func (p *check) timedOut(w task.Progress, err error) diag.Diagnostic {
	summary := "Timed out waiting for " + p.target.Noun
	if p.options.WaitFor == ReadOnce {
		summary = "Timed out reading " + p.target.Noun
	}
	err = errors.Join(err, w.LastErr) // the last look may have ended for want of time alone
	return diag.NewErrorDiagnostic(summary, paragraphs(
		p.notInTime(w), p.stillMissing(w), w.Last.Hint, faultOnTheWay(err),
		fmt.Sprintf("The limit is %s = %q; raise it to allow more time.", p.options.TimeoutName, p.options.Timeout),
		evidence(err),
	))
}

// notInTime says what had not come about when the time ran out.
func (p *check) notInTime(w task.Progress) string {
	if !w.Seen {
		return fmt.Sprintf("%s could not be read within %s.", p.target.Name, p.options.Timeout)
	}
	what := "had not ended"
	if p.options.WaitFor == Idle {
		what = p.number("was", "were") + " not idle"
	}
	return fmt.Sprintf("%s %s after %s and %s.%s", named(p.target.Name, w.Last), what, task.Rounded(w.Waited), looks(w.Polls), p.lastSeen(w))
}

// stillMissing says why a wait has gone on for a task that is not there.
func (p *check) stillMissing(w task.Progress) string {
	switch {
	case w.Last.State != task.Missing:
		return ""
	case p.options.OnMissing == MissingIsSucceeded:
		return fmt.Sprintf("A task that this wait has never seen counts as succeeded only once %d looks over at least %s have not found it.", minAbsentPolls, minAbsence)
	default:
		return "The wait went on because of on_missing = \"pending\". " +
			p.number("If it should be there by now, check its id", "If one should be there by now, check the filters") + ", the region and the project."
	}
}

// faultOnTheWay tells what a request met before the time ran out, "" for nothing.
func faultOnTheWay(err error) string {
	var fault *transport.Error
	if !errors.As(err, &fault) {
		return ""
	}
	return strings.TrimSpace("The last fault on the way: " + explain(fault) + " " + hint(fault))
}

// lastSeen tells in a sentence of its own where the task stood.
func (p *check) lastSeen(w task.Progress) string {
	if !w.Seen {
		return ""
	}
	text := standing(w.Last)
	if w.Last.State.Finished() { // which goes on only until all are idle
		text += ", but another task may be at work still"
	}
	return fmt.Sprintf(" %s last state was %s.", p.number("Its", "Their"), text)
}
