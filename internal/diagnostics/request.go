// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// UnableToRead words an error that kept a task from being read.
func UnableToRead(noun, name string, err error) diag.Diagnostic {
	if d := configurationError(err); d != nil {
		return d
	}
	summary := "Unable to read " + noun
	var e *transport.Error
	if !errors.As(err, &e) {
		remedy := ""
		var e interface{ Transient() bool }
		if errors.As(err, &e) && e.Transient() {
			remedy = "This error may go away by itself: run Terraform again later."
		}
		return diag.NewErrorDiagnostic(summary, paragraphs(fmt.Sprintf("Unable to read %s: %s", name, sentence(err.Error())), remedy))
	}
	return diag.NewErrorDiagnostic(summary, paragraphs(fmt.Sprintf("Unable to read %s: %s", name, explain(e)), remedy(e), evidence(e)))
}

// explain says in one sentence what happened to a request.
func explain(e *transport.Error) string {
	switch missing := client.Missing(e); {
	case e.Kind == transport.KindNetwork:
		return sentence("the request failed: " + e.Err.Error())
	case e.Kind == transport.KindMalformed:
		return sentence("the response does not have the documented form: " + e.Problem)
	case e.Code == "DWS.0015":
		return "the service reports that the cluster does not exist, or that access to it is denied."
	case missing == client.URL:
		return "the service reports that the API does not exist at this URL."
	case missing != client.NoThing:
		return fmt.Sprintf("the service reports that the %s does not exist in this project and region.", missing)
	case e.Status/100 == 3:
		return "the response is a redirect, and redirects are refused: the signature is valid for one URL only."
	case e.Status == http.StatusOK:
		return "the service returned an error with status 200."
	default:
		return fmt.Sprintf("the service returned HTTP status %d.", e.Status)
	}
}

// lastError reports the last transient error: that of a request in err, or the
// one that a wait survived; "" if there was none.
func lastError(err, survived error) string {
	var e *transport.Error
	switch {
	case errors.As(err, &e):
	case survived != nil:
		return "Last error: " + sentence(survived.Error())
	default:
		return ""
	}
	return strings.TrimSpace("Last error: " + explain(e) + " " + hint(e))
}

// evidence lists what a support engineer asks for, one per line; "" if the
// error is not about a request.
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
		add("Retry-After", task.FormatDuration(e.RetryAfter))
	}
	add("Request ID", e.RequestID)
	add("Request", e.Method+" "+e.URL)
	return strings.Join(lines, "\n")
}
