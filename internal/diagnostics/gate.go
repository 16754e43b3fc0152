// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// ClosedGate words why a gate stays closed.
func ClosedGate(f *gate.Failure) diag.Diagnostic {
	c := closed{f}
	switch f.Kind {
	case gate.FailedTask:
		return c.failed()
	case gate.UnknownState:
		return c.unknown()
	case gate.MissingTask:
		return c.missing()
	case gate.Disappeared:
		return c.disappeared()
	case gate.Interrupted:
		return c.interrupted()
	case gate.TimedOut:
		return c.timedOut()
	default:
		return UnableToRead(f.Target.Noun, f.Target.Name, f.Err)
	}
}

// closed is a Failure and the texts that its kinds share.
type closed struct{ *gate.Failure }

func (c closed) failed() diag.Diagnostic {
	o := c.Progress.Last
	what := c.named(o) + " failed"
	if o.Status != "" {
		what += " (" + o.Status + ")"
	}
	if o.Duration > 0 {
		what += " after " + task.FormatDuration(o.Duration)
	}
	if o.Breakdown != "" {
		what += " (" + o.Breakdown + ")"
	}
	if o.Reason != "" {
		what += ": " + o.Reason
	} else {
		what += ". The API returned no reason"
	}
	return diag.NewErrorDiagnostic(c.Target.Noun+" failed", paragraphs(sentence(what), c.startAgain(), c.locked()))
}

// startAgain says how to continue after a failure.
func (c closed) startAgain() string {
	const text = "Terraform did not apply anything that depends on it. Fix the cause"
	switch {
	case c.Target.EmptyOK:
		return fmt.Sprintf("%s and start the operation again. If an earlier task failed instead of the one that you mean, narrow the filters with %s.", text, c.Target.Filters)
	case c.Target.Argument != "":
		return fmt.Sprintf("%s, start the operation again, and set %s to the ID of the new task.", text, c.Target.Argument)
	default:
		return text + " and start the operation again."
	}
}

func (c closed) unknown() diag.Diagnostic {
	o := c.Progress.Last
	summary := "Unrecognized status of " + c.Target.Noun
	if o.UnknownStatus == "" {
		return diag.NewErrorDiagnostic(summary, paragraphs(
			fmt.Sprintf("The state of %s is unknown: %s.", c.named(o), o.UnknownReason),
			fmt.Sprintf("A wait cannot continue without knowing it. Check the task in the console, or read it with the data source hwtasks_%s without wait_for to see everything that the API returns.", c.Target.Source),
		))
	}
	return diag.NewErrorDiagnostic(summary, paragraphs(
		fmt.Sprintf("%s: the API returned the %s, which this provider version does not recognize.", c.named(o), o.UnknownReason),
		"To continue, map it to the task state that it stands for (pending, running, succeeded, or failed), for example:",
		fmt.Sprintf("  status_map = { %q = \"running\" }", o.UnknownStatus),
		"Please report it: "+issues,
	))
}

func (c closed) missing() diag.Diagnostic {
	what := fmt.Sprintf("The API returned no %s: it was never started, it has another ID, it belongs to another project or region, or its record has expired.", c.Target.Name)
	remedy := "If it has yet to appear, set on_missing = \"pending\"."
	if c.Target.EmptyOK {
		what = fmt.Sprintf("The API returned no %s: none was started, none matches the filters, or the records have expired.", c.Target.Name)
		remedy = "If one has yet to appear, set on_missing = \"pending\"."
	}
	return diag.NewErrorDiagnostic(c.Target.Noun+" not found", paragraphs(
		what+" "+noEvidence, blankResponse(c.Missing.MissingErr), remedy, c.locked(), evidence(c.Missing.MissingErr),
	))
}

// blankResponse explains a missing task without a code that says so.
func blankResponse(err error) string {
	var e *transport.Error
	if !errors.As(err, &e) || e.Problem == "" {
		return ""
	}
	return sentence("The response has no content: " + e.Problem)
}

func (c closed) disappeared() diag.Diagnostic {
	var what string
	switch {
	case c.Gone != nil:
		last := task.Observation{State: c.Gone.State, Status: c.Gone.Status}
		what = fmt.Sprintf("%s: the API no longer returns %s. Last state: %s.", c.Target.Name, c.Gone.Name, last.Standing())
	case c.Seen != nil:
		what = fmt.Sprintf("The API no longer returns %s. Last state: %s.", c.named(*c.Seen), c.Seen.Standing())
	}
	remedy := "Check in the console how the task finished."
	if c.Missing.Note != "" {
		what += " " + sentence("Instead, "+c.Missing.Note)
	}
	if c.NoRecord {
		what += " There is no failure record."
	} else {
		remedy += " If the API hides it only for a while, set on_missing = \"pending\" to keep waiting."
	}
	return diag.NewErrorDiagnostic(c.Target.Noun+" disappeared", paragraphs(
		what+" "+noEvidence, remedy, c.locked(), evidence(c.Missing.MissingErr),
	))
}

// noEvidence keeps a user from taking a missing task for a finished one.
const noEvidence = "A missing task is not evidence of success."

func (c closed) interrupted() diag.Diagnostic {
	return diag.NewErrorDiagnostic("Interrupted while reading "+c.Target.Noun, paragraphs(
		fmt.Sprintf("The read of %s was interrupted after %s.%s", c.Target.Name, task.FormatDuration(c.Progress.Waited), c.lastState()),
		c.continued(),
	))
}

func (c closed) timedOut() diag.Diagnostic {
	summary := "Timed out waiting for " + c.Target.Noun
	if c.Options.WaitFor == gate.ReadOnce {
		summary = "Timed out reading " + c.Target.Noun
	}
	return diag.NewErrorDiagnostic(summary, paragraphs(
		c.notInTime(), c.unconfirmed(), c.stillMissing(), c.Progress.Last.Hint, lastError(c.Err, c.Progress.LastErr),
		fmt.Sprintf("To wait longer, increase %s (now %q).", c.Options.TimeoutName, task.FormatDuration(c.Options.Timeout)),
		c.forgotten(), evidence(c.Err),
	))
}

// notInTime says what did not happen before the time limit.
func (c closed) notInTime() string {
	limit := task.FormatDuration(c.Options.Timeout)
	if !c.Progress.Seen {
		return fmt.Sprintf("%s could not be read within %s.", c.Target.Name, limit)
	}
	what := "did not finish"
	switch idle := c.Options.WaitFor == gate.Idle; {
	case c.Unconfirmed && idle:
		what = "became idle too late to be confirmed"
	case c.Unconfirmed:
		what = "finished too late to be confirmed"
	case idle:
		what = "did not become idle"
	}
	return fmt.Sprintf("%s %s within %s (%s).%s", c.named(c.Progress.Last), what, limit, polls(c.Progress.Polls), c.lastState())
}

func (c closed) unconfirmed() string {
	if !c.Unconfirmed {
		return ""
	}
	return "The API is only eventually consistent, so two reads in a row, one poll interval apart, must agree."
}

// stillMissing says why a wait continued although the task was missing.
func (c closed) stillMissing() string {
	switch {
	case c.Progress.Last.State != task.Missing:
		return ""
	case c.Options.OnMissing == gate.MissingIsSucceeded, c.Options.OnMissing == gate.MissingIsError:
		return fmt.Sprintf("A task counts as missing only after %d polls and %s without it.", gate.MinAbsentPolls, task.FormatDuration(gate.MinAbsence))
	case c.Target.EmptyOK:
		return "The wait continued because of on_missing = \"pending\". If a task should be there by now, check the filters, the region, and the project."
	default:
		return "The wait continued because of on_missing = \"pending\". If the task should be there by now, check its ID, the region, and the project."
	}
}

// lastState reports the last state in a sentence of its own.
func (c closed) lastState() string {
	if !c.Progress.Seen {
		return ""
	}
	o := c.Progress.Last
	text := o.Standing()
	if o.Inferred && o.Reason != "" {
		text += ": " + o.Reason
	}
	return fmt.Sprintf(" Last state: %s.", text)
}

// named is the name with the operation, or the name under which the task is listed.
func (c closed) named(o task.Observation) string {
	if o.Label == "" {
		return c.Target.Name
	}
	return fmt.Sprintf("%s (%s)", c.Target.Name, o.Label)
}

// continued says how to continue after an interrupt.
func (c closed) continued() string {
	const text = "This does not stop the task. "
	if forgotten := c.forgotten(); forgotten != "" {
		return text + forgotten
	}
	return text + "Run Terraform again to continue."
}

// forgotten says what a gate that did not pass leaves behind.
func (c closed) forgotten() string {
	if c.Options.Form != gate.Resource {
		return ""
	}
	return "Terraform stored nothing: the next apply waits again, without starting the operation again."
}

// locked says what a failing read does to later runs, and the way out.
func (c closed) locked() string {
	switch c.Options.Form {
	case gate.Action:
		return ""
	case gate.Resource:
		return c.forgotten()
	}
	text := "Every plan fails until this read succeeds. To destroy anyway, run: terraform destroy -refresh=false."
	if c.Options.WaitFor == gate.Success || c.Options.WaitFor == gate.Completion {
		text += " To wait only once and remember the result, use the resource hwtasks_gate_" + c.Target.Source + "."
	}
	return text
}

func polls(n int) string {
	if n == 1 {
		return "1 poll"
	}
	return fmt.Sprintf("%d polls", n)
}

// HintNoSteps is for a task whose progress lists no step, as that of many tasks
// does not.
const HintNoSteps = "The API returns no steps for this task, so its progress cannot show whether the task has finished. " +
	"Use hwtasks_dcs_background_tasks with task_id instead, which reads the status of the task."

// HintPaused is for an upgrade that does not continue by itself.
const HintPaused = "The upgrade waits for a person. Resume it in the CCE console, and run Terraform again."
