// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// Unreadable words an error that kept a task from being read.
func Unreadable(noun, name string, err error) diag.Diagnostic {
	if d := setupFault(err); d != nil {
		return d
	}
	summary := "Unable to read " + noun
	var fault *client.Error
	if !errors.As(err, &fault) {
		return diag.NewErrorDiagnostic(summary, fmt.Sprintf("%s could not be read: %s", name, sentence(err.Error())))
	}
	return diag.NewErrorDiagnostic(summary, paragraphs(
		fmt.Sprintf("%s could not be read: %s", name, explain(fault)),
		hint(fault),
		evidence(fault),
	))
}

// explain says in a sentence what a request met.
func explain(e *client.Error) string {
	switch {
	case e.Kind == client.NoAnswer:
		return sentence("there was no complete answer: " + e.Err.Error())
	case e.Kind == client.Malformed:
		return sentence("the answer is not what the API documents: " + e.Problem)
	case e.NoParent():
		return "the service knows no such instance or cluster in this project and region."
	case e.Status/100 == 3:
		return "the answer redirects elsewhere, which is refused: a signed request must not wander."
	case e.Status == http.StatusOK:
		return "the service answered with an error."
	default:
		return fmt.Sprintf("the service answered with status %d.", e.Status)
	}
}

// hint tells what to do next where the answer allows to guess it.
func hint(e *client.Error) string {
	number := ""
	if prefix, rest, ok := strings.Cut(e.Code, "."); ok && (prefix == "APIGW" || prefix == "APIG") {
		number = rest // the gateway answers under either prefix
	}
	switch {
	case e.Kind == client.NoAnswer:
		return "Check the endpoint, the network and the proxy variables HTTPS_PROXY and NO_PROXY."
	case number == "0101":
		return "The gateway publishes no such API at this host: the region or the endpoint is wrong. It says nothing about the task."
	case number == "0301" && strings.Contains(e.Message, "expired"):
		return skew(e)
	case number == "0301":
		return "Check access_key and secret_key, and security_token if the keys are temporary."
	case number == "0302" || number == "0306" || e.Status == http.StatusForbidden && !e.NoParent():
		return permission(e)
	case number == "0307":
		return "The token has expired or belongs to another region: a token serves the region for which it was issued."
	case number == "0308" || e.Status == http.StatusTooManyRequests:
		return "Requests are throttled by the minute. Read fewer tasks at once (terraform -parallelism) or less often (poll_interval)."
	case e.NoParent():
		return "Check the id, the region and the project."
	case e.Status == http.StatusUnauthorized:
		return "Check the credentials."
	default:
		return ""
	}
}

func skew(e *client.Error) string {
	text := "A signature is valid for 15 minutes: this machine's clock is wrong."
	if e.ServerTime.IsZero() {
		return text
	}
	direction := "behind"
	off := e.ServerTime.Sub(e.LocalTime)
	if off < 0 {
		direction, off = "ahead of", -off
	}
	return fmt.Sprintf("%s It is %s %s the server's.", text, off.Round(time.Second), direction)
}

func permission(e *client.Error) string {
	if e.Action == "" {
		return "The user or agency lacks the permission for this request."
	}
	return fmt.Sprintf("The user or agency lacks the permission for this request: the IAM action %s.", e.Action)
}

// evidence lists what a support engineer asks for, a line each; "" if the error
// is no answer of a service.
func evidence(err error) string {
	var e *client.Error
	if !errors.As(err, &e) {
		return ""
	}
	var lines []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+": "+value)
		}
	}
	if e.Status != 0 {
		add("Status", strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))))
	}
	add("Code", e.Code)
	add("Message", e.Message)
	add("Body", e.Body)
	if e.RetryAfter > 0 {
		add("Retry-After", task.Rounded(e.RetryAfter).String())
	}
	add("Request ID", e.RequestID)
	add("Request", e.Method+" "+e.URL)
	return strings.Join(lines, "\n")
}
