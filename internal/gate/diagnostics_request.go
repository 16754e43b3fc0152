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
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// Unreadable words an error that kept a task from being read.
func Unreadable(noun, name string, err error) diag.Diagnostic {
	if d := setupFault(err); d != nil {
		return d
	}
	summary := "Unable to read " + noun
	var fault *transport.Error
	if !errors.As(err, &fault) {
		return diag.NewErrorDiagnostic(summary, fmt.Sprintf("%s could not be read: %s", name, sentence(err.Error())))
	}
	return diag.NewErrorDiagnostic(summary, paragraphs(
		fmt.Sprintf("%s could not be read: %s", name, explain(fault)),
		remedy(fault),
		evidence(fault),
	))
}

// explain says in a sentence what a request met.
func explain(e *transport.Error) string {
	switch {
	case e.Kind == transport.KindNetwork:
		return sentence("the request failed: " + e.Err.Error())
	case e.Kind == transport.KindMalformed:
		return sentence("the answer is not what the API documents: " + e.Problem)
	case client.MissingParent(e) != "":
		return fmt.Sprintf("the service knows no such %s in this project and region.", client.MissingParent(e))
	case e.Status/100 == 3:
		return "the answer redirects elsewhere, which is refused: a signed request must not wander."
	case e.Status == http.StatusOK:
		return "the service answered with an error."
	default:
		return fmt.Sprintf("the service answered with status %d.", e.Status)
	}
}

// remedy tells what to do next.
func remedy(e *transport.Error) string {
	text := hint(e)
	switch {
	case text != "":
		return text
	case e.Transient():
		return "Such a fault may pass by itself: run Terraform again later, or raise max_retries."
	default:
		return "If it persists, show the following lines to the service's support."
	}
}

// hint tells what to do next where the answer allows to guess the cause, ""
// where it does not.
func hint(e *transport.Error) string {
	number := ""
	if prefix, rest, ok := strings.Cut(e.Code, "."); ok && (prefix == "APIGW" || prefix == "APIG") {
		number = rest // the gateway answers under either prefix
	}
	switch {
	case e.Kind == transport.KindNetwork:
		return "Check the region, the endpoint, the network and the proxy variables HTTPS_PROXY and NO_PROXY."
	case e.Kind == transport.KindMalformed:
		return "Something else may have answered: check the endpoint and the proxy. If both are right, this is a defect of the provider: please report it."
	case number == "0101":
		return "The gateway publishes no such API at this host: the region or the endpoint is wrong. It says nothing about the task."
	case number == "0301" && strings.Contains(e.Message, "expired"):
		return skew(e)
	case number == "0301":
		return "Check access_key and secret_key, and security_token if the keys are temporary."
	case number == "0302" || number == "0306" || e.Status == http.StatusForbidden && client.MissingParent(e) == "":
		return permission(e)
	case number == "0307":
		return "The token has expired or belongs to another region: use a new one that was issued for this region."
	case number == "0308" || e.Status == http.StatusTooManyRequests:
		return "Requests are throttled by the minute. Read fewer tasks at once (terraform -parallelism) or less often (poll_interval)."
	case client.MissingParent(e) != "":
		return "Check the id, the region and the project."
	default:
		return hintOfStatus(e.Status)
	}
}

func hintOfStatus(status int) string {
	switch {
	case status/100 == 3:
		return "Check the scheme, the host and the path of the endpoint."
	case status == http.StatusBadRequest:
		return "Check the ids and the other arguments: the service does not accept one of them."
	case status == http.StatusUnauthorized:
		return "Check the credentials, and whether they belong to the project."
	case status == http.StatusNotFound:
		return "Check the region and the endpoint. An answer like this says nothing about the task."
	default:
		return ""
	}
}

// skew explains a signature that has expired, which is a wrong clock unless the
// clocks agree.
func skew(e *transport.Error) string {
	const text = "A signature is valid for 15 minutes"
	off := e.ServerTime.Sub(e.LocalTime).Round(time.Second)
	switch {
	case e.ServerTime.IsZero():
		return text + ": check this machine's clock."
	case off.Abs() < time.Minute:
		return text + ", and this machine's clock agrees with the server's: something delays the requests on their way."
	case off > 0:
		return fmt.Sprintf("%s, and this machine's clock is %s behind the server's: set it right.", text, off)
	default:
		return fmt.Sprintf("%s, and this machine's clock is %s ahead of the server's: set it right.", text, -off)
	}
}

func permission(e *transport.Error) string {
	if e.IAMAction == "" {
		return "The user or agency lacks the permission for this request: grant it in IAM."
	}
	return fmt.Sprintf("The user or agency lacks the permission for this request: grant it the IAM action %s.", e.IAMAction)
}

// evidence lists what a support engineer asks for, a line each; "" if the error
// is no answer of a service.
func evidence(err error) string {
	var e *transport.Error
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
