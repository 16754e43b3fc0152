// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// Every sentence of an error that a user may see stands in the files
// diagnostics*.go: how a gate stays closed here, what a service or a network
// did in diagnostics_request.go, what the configuration lacks or says wrongly
// in diagnostics_setup.go.

var (
	errUnknownState = errors.New("the state of the task is unknown")
	errTaskFailed   = errors.New("the task has failed")
)

// diagnose words the error that keeps the gate closed.
func (p *passage) diagnose(w task.Watch, err error) diag.Diagnostic {
	var absent *absentError
	switch {
	case errors.Is(err, errTaskFailed):
		return p.failed(w.Last)
	case errors.Is(err, errUnknownState):
		return p.unknown(w.Last)
	case errors.As(err, &absent) && absent.seen != nil:
		return p.disappeared(absent)
	case errors.As(err, &absent):
		return p.notFound(absent)
	case errors.Is(err, context.Canceled):
		return p.interrupted(w)
	case errors.Is(err, context.DeadlineExceeded):
		return p.timedOut(w, err)
	default:
		return Unreadable(p.subject.Noun, p.subject.Name, err)
	}
}

func (p *passage) failed(o task.Observation) diag.Diagnostic {
	what := fmt.Sprintf("%s %s failed", named(p.subject.Name, o), p.number("has", "have"))
	if o.Took > 0 {
		what += fmt.Sprintf(" after %s", task.Rounded(o.Took))
	}
	if o.Reason != "" {
		what += ": " + o.Reason
	} else {
		what += ", and the API tells no reason"
	}
	return diag.NewErrorDiagnostic(p.subject.Noun+" failed", paragraphs(
		sentence(what),
		"Nothing that depends on it goes on. Remove the cause and start the operation again.",
	))
}

func (p *passage) unknown(o task.Observation) diag.Diagnostic {
	what := fmt.Sprintf("%s cannot be judged because of %s.", named(p.subject.Name, o), o.Doubt)
	if o.Word == "" {
		return diag.NewErrorDiagnostic("Unknown state of "+p.subject.Noun, paragraphs(
			what, "A wait cannot go on without knowing where the task stands. Look at it in the console, and read again without wait_for to see all that the API tells.",
		))
	}
	return diag.NewErrorDiagnostic("Unknown state of "+p.subject.Noun, paragraphs(
		what,
		"This version of the provider does not know the word. If you know what it means, classify it as pending, running, succeeded or failed, for example:",
		fmt.Sprintf("  status_map = { %q = \"running\" }", o.Word),
	))
}

// lockedOut tells the ways past a read that fails at every plan.
const lockedOut = "As long as this read fails, every plan fails, and terraform destroy too, unless it is run with -refresh=false. " +
	"To be rid of the read once it has done its work, give the data source a count = var.gate ? 1 : 0 and turn the variable off."

func (p *passage) notFound(e *absentError) diag.Diagnostic {
	what := fmt.Sprintf("There is no %s: it was never started, it has another id or belongs to another project or region, or its record has expired.", p.subject.Name)
	if p.subject.Open {
		what = fmt.Sprintf("There are no %s: none was started or matches the filters, or the records have expired.", p.subject.Name)
	}
	return diag.NewErrorDiagnostic(p.subject.Noun+" not found", paragraphs(
		what+" That is no proof of success.",
		"If it is still to appear, set on_missing = \"pending\". If it disappears once it is done, set on_missing = \"succeeded\".",
		lockedOut,
		evidence(e.observation.Answer),
	))
}

func (p *passage) disappeared(e *absentError) diag.Diagnostic {
	what := fmt.Sprintf("%s %s %s at the last look that found %s, and %s gone now",
		p.subject.Name, p.number("was", "were"), standing(*e.seen), p.number("it", "any"), p.number("is", "are"))
	if e.traced {
		what += " without a record of a failure"
	}
	return diag.NewErrorDiagnostic(p.subject.Noun+" disappeared", paragraphs(
		what+". That is no proof of success.",
		"If its record is removed once it is done, set on_missing = \"succeeded\".",
		lockedOut,
		evidence(e.observation.Answer),
	))
}

func (p *passage) interrupted(w task.Watch) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Interrupted while reading "+p.subject.Noun, paragraphs(
		fmt.Sprintf("The read of %s was interrupted after %s.%s The task itself goes on.", p.subject.Name, task.Rounded(w.Waited), lastSeen(w)),
	))
}

func (p *passage) timedOut(w task.Watch, err error) diag.Diagnostic {
	summary := "Timed out waiting for " + p.subject.Noun
	what := fmt.Sprintf("%s had not ended after %s and %s.%s", p.subject.Name, task.Rounded(w.Waited), looks(w.Looks), lastSeen(w))
	switch p.terms.WaitFor {
	case Nothing:
		summary = "Timed out reading " + p.subject.Noun
		what = fmt.Sprintf("%s could not be read within %s.", p.subject.Name, task.Rounded(w.Waited))
	case Idle:
		what = fmt.Sprintf("%s were not idle after %s and %s.%s", p.subject.Name, task.Rounded(w.Waited), looks(w.Looks), lastSeen(w))
	}
	fault, trouble := faultOf(err)
	if fault != "" {
		fault = "The last fault on the way: " + fault
	}
	return diag.NewErrorDiagnostic(summary, paragraphs(
		what, w.Last.Hint, fault,
		fmt.Sprintf("The limit is %s = %q; raise it to allow more time.", p.terms.TimeoutName, p.terms.Timeout),
		trouble,
	))
}

// faultOf returns what a request met before the time ran out, and its evidence.
func faultOf(err error) (what, trouble string) {
	var fault *client.Error
	if !errors.As(err, &fault) {
		return "", ""
	}
	return explain(fault), evidence(fault)
}

// lastSeen tells in a sentence of its own where the task stood.
func lastSeen(w task.Watch) string {
	if !w.Seen {
		return ""
	}
	return fmt.Sprintf(" Its last state was %s.", standing(w.Last))
}

// standing is a state with what the API tells beside it: "running, 67%".
func standing(o task.Observation) string {
	text := string(o.State)
	if o.Percent != nil {
		text += ", " + task.FormatPercent(*o.Percent)
	}
	if o.Parts != "" {
		text += " (" + o.Parts + ")"
	}
	if o.Doubt != "" {
		text += " because of " + o.Doubt
	}
	return text
}

// number chooses the word that agrees with the subject.
func (p *passage) number(one, several string) string {
	if p.subject.Open {
		return several
	}
	return one
}

func named(name string, o task.Observation) string {
	if o.Kind == "" {
		return name
	}
	return fmt.Sprintf("%s (%s)", name, o.Kind)
}

func looks(n int) string {
	if n == 1 {
		return "1 look"
	}
	return fmt.Sprintf("%d looks", n)
}

// sentence ends a text that may end in words of the API with a full stop.
func sentence(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "。") {
		return text
	}
	return text + "."
}

// paragraphs joins the texts that are there.
func paragraphs(texts ...string) string {
	var there []string
	for _, text := range texts {
		if text != "" {
			there = append(there, text)
		}
	}
	return strings.Join(there, "\n\n")
}

// HintNoSteps goes with a task whose progress lists no step, as that of many
// tasks does.
const HintNoSteps = "Its progress lists no step, so that nobody can tell from it whether the task has ended. " +
	"The data source hwtasks_dcs_background_tasks with task_id tells the status of such a task."
