// SPDX-License-Identifier: MPL-2.0

// Package diagnostics words every error and warning about configurations, reads,
// and gates. Functions, which need no other package, word their own.
//
// A summary is short, stable, and names the thing: "DCS job failed". A detail
// says what happened, with the IDs as the user gave them and the API's raw
// status; what to type or check next; and what a support engineer asks for. No
// remedy weakens a gate, and no diagnostic shows or points at a secret.
package diagnostics

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// issues is where users report a bug or a status that the provider does not know.
const issues = "https://github.com/hwtasks/terraform-provider-hwtasks/issues"

// InvalidArgument words a value that cannot be used. The detail names the
// attribute, says what is wrong with its value, and what to use instead.
func InvalidArgument(at path.Path, problem, remedy string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Invalid value for "+at.String(), fmt.Sprintf("%s: %s. %s", at, problem, remedy))
}

// Bug words what only a bug of the provider can cause.
func Bug(err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Provider bug", "An internal check failed: "+sentence(err.Error())+" Please report it: "+issues)
}

// sentence ends a text, which may end with words of the API, with a period.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	for _, end := range []string{".", "!", "?", "。"} {
		if strings.HasSuffix(text, end) {
			return text
		}
	}
	return text + "."
}

// paragraphs joins the texts that are not empty.
func paragraphs(texts ...string) string {
	var kept []string
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return strings.Join(kept, "\n\n")
}
