// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// Every sentence of an error that a user may see stands in the files
// diagnostics*.go: how a gate stays closed here, and for want of time in
// diagnostics_timeout.go; what a service or a network did in
// diagnostics_request.go; what the configuration lacks or says wrongly in
// diagnostics_setup.go.

var (
	errUnknownState = errors.New("the state of the task is unknown")
	errTaskFailed   = errors.New("the task has failed")
)

// diagnose words the error that keeps the gate closed.
func (p *check) diagnose(w task.Progress, err error) diag.Diagnostic {
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
		return Unreadable(p.target.Noun, p.target.Name, err)
	}
}

func (p *check) failed(o task.Observation) diag.Diagnostic {
	what := fmt.Sprintf("%s %s failed", named(p.target.Name, o), p.number("has", "have"))
	if o.Duration > 0 {
		what += fmt.Sprintf(" after %s", task.Rounded(o.Duration))
	}
	if o.Breakdown != "" {
		what += " (" + o.Breakdown + ")"
	}
	if o.Reason != "" {
		what += ": " + o.Reason
	} else {
		what += ", and the API tells no reason"
	}
	return diag.NewErrorDiagnostic(p.target.Noun+" failed", paragraphs(
		sentence(what),
		"Nothing that depends on it goes on. Remove the cause and start the operation again.",
		p.eachPlan(everyPlan),
	))
}

func (p *check) unknown(o task.Observation) diag.Diagnostic {
	what := fmt.Sprintf("%s cannot be judged because of %s.", named(p.target.Name, o), o.UnknownReason)
	if o.UnknownStatus == "" {
		return diag.NewErrorDiagnostic("Unknown state of "+p.target.Noun, paragraphs(
			what, "A wait cannot go on without knowing where the task stands. Look at it in the console, and read it without wait_for to see all that the API tells.",
		))
	}
	return diag.NewErrorDiagnostic("Unknown state of "+p.target.Noun, paragraphs(
		what,
		"This version of the provider does not know the word. If you know what it means, classify it as pending, running, succeeded or failed, for example:",
		fmt.Sprintf("  status_map = { %q = \"running\" }", o.UnknownStatus),
	))
}

// What a read that fails does to later runs, and the way past it for good.
const (
	everyPlan = "As long as this read fails, every plan fails, and terraform destroy too, unless it is run with -refresh=false."
	lockedOut = everyPlan + " To be rid of the read once it has done its work, give the data source a count = var.gate ? 1 : 0 and turn the variable off."
)

// eachPlan returns a text that concerns what is read at each plan, which an
// action is not.
func (p *check) eachPlan(text string) string {
	if p.options.Invoked {
		return ""
	}
	return text
}

func (p *check) notFound(e *absentError) diag.Diagnostic {
	what := fmt.Sprintf("There is no %s: it was never started, it has another id or belongs to another project or region, or its record has expired.", p.target.Name)
	remedy := "If it is still to appear, set on_missing = \"pending\". If it disappears once it is done, set on_missing = \"succeeded\"."
	if p.target.EmptyOK {
		what = fmt.Sprintf("There are no %s: none was started or matches the filters, or the records have expired.", p.target.Name)
		remedy = "If one is still to appear, set on_missing = \"pending\". If they disappear once they are done, set on_missing = \"succeeded\"."
	}
	return diag.NewErrorDiagnostic(p.target.Noun+" not found", paragraphs(
		what+" That is no proof of success.", blankAnswer(e.observation.MissingErr), remedy, p.eachPlan(lockedOut), evidence(e.observation.MissingErr),
	))
}

// blankAnswer explains a missing task that no status and no code tells of.
func blankAnswer(err error) string {
	var answer *transport.Error
	if !errors.As(err, &answer) || answer.Problem == "" {
		return ""
	}
	return sentence("The API answered, but told nothing: " + answer.Problem)
}

func (p *check) disappeared(e *absentError) diag.Diagnostic {
	was := standing(*e.seen)
	if e.seen.Percent != nil {
		was += ","
	}
	what := fmt.Sprintf("%s %s at the last look that found %s, and %s gone now", p.number("was", "were"), was, p.number("it", "any"), p.number("is", "are"))
	remedy := "If " + p.number("its record is removed once it is", "their records are removed once they are") + " done, set on_missing = \"succeeded\"."
	name := p.target.Name
	switch e.trace {
	case recordGone:
		name = named(name, *e.seen)
		remedy = "A failure is not excused by its record being gone, whatever on_missing says. See in the console how it ended."
	case recordNone:
		what += " without a record of a failure"
	}
	return diag.NewErrorDiagnostic(p.target.Noun+" disappeared", paragraphs(
		name+" "+what+". That is no proof of success.", remedy, p.eachPlan(lockedOut), evidence(e.observation.MissingErr),
	))
}

// standing is a state with what the API tells beside it: "running, 67%".
func standing(o task.Observation) string {
	text := string(o.State)
	if o.Percent != nil {
		text += ", " + task.FormatPercent(*o.Percent)
	}
	if o.Breakdown != "" {
		text += " (" + o.Breakdown + ")"
	}
	if o.UnknownReason != "" {
		text += " because of " + o.UnknownReason
	}
	if o.Inferred && o.Label != "" {
		text += " according to the " + o.Label
	}
	return text
}

// number chooses the word that agrees with the subject.
func (p *check) number(one, several string) string {
	if p.target.EmptyOK {
		return several
	}
	return one
}

// named is the name with what the task does, or under which other name it is listed.
func named(name string, o task.Observation) string {
	if o.Label == "" || o.Inferred {
		return name
	}
	return fmt.Sprintf("%s (%s)", name, o.Label)
}

func looks(n int) string {
	if n == 1 {
		return "1 look"
	}
	return fmt.Sprintf("%d looks", n)
}

// sentence ends a text that may end in words of the API with a full stop.
func sentence(text string) string {
	text = strings.TrimSpace(text)
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
