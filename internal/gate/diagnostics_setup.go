// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// setupFault words an error of a configuration that lacks what a read needs,
// nil if it is none.
func setupFault(err error) diag.Diagnostic {
	var (
		unknown     *client.UnknownArgumentError
		foreign     *transport.ForeignRegionError
		lookup      *client.ProjectLookupError
		none        *credentials.NoCredentialsError
		retrieve    *credentials.RetrieveError
		token       *credentials.ForeignTokenError
	)
	switch {
	case errors.Is(err, client.ErrNoRegion):
		return diag.NewErrorDiagnostic("Missing region",
			"This read needs a region. Set region in the data source or in the provider block, or the variable HW_REGION_NAME.")
	case errors.As(err, &none):
		return missingCredentials(none)
	case errors.As(err, &retrieve):
		return credentialsFault(retrieve)
	case errors.As(err, &token):
		return diag.NewErrorDiagnostic("Token of another region", fmt.Sprintf(
			"A token serves only the region for which it was issued, which is taken to be the provider's, %s, but region %s is to be read. "+
				"Use keys (access_key and secret_key) instead, or a provider of its own (alias) with a token for the other region.", token.OwnRegion, token.Region))
	case errors.As(err, &unknown):
		return diag.NewErrorDiagnostic("Provider argument not known yet", fmt.Sprintf(
			"This read needs the provider argument %s, whose value is known only after the apply. "+
				"Set it to a value that is known while planning, or let the data source depend on what it comes from (depends_on), so that it is read during the apply.", unknown.Argument))
	case errors.As(err, &foreign):
		return diag.NewErrorDiagnostic("Endpoint of another region", fmt.Sprintf(
			"The endpoint %s of the service %s belongs to the provider's region %s, but region %s is to be read. "+
				"Write %s in the endpoint where the region's name stands, or use a provider of its own (alias) for the other region.",
			foreign.Endpoint, foreign.Service, foreign.OwnRegion, foreign.Region, transport.RegionPlaceholder))
	case errors.As(err, &lookup):
		return projectFault(lookup)
	default:
		return nil
	}
}

func missingCredentials(e *credentials.NoCredentialsError) diag.Diagnostic {
	lines := []string{
		"This read needs credentials, and there are none. They were looked for in:",
		"  the provider block: access_key and secret_key, token, profile",
		"  the variables HW_ACCESS_KEY and HW_SECRET_KEY, HW_AUTH_TOKEN, HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, CLOUD_SDK_AK and CLOUD_SDK_SK, HW_PROFILE",
	}
	for _, place := range e.Checked {
		lines = append(lines, fmt.Sprintf("  %s: %s", place.Source, place.Reason))
	}
	return diag.NewErrorDiagnostic("Missing credentials", strings.Join(lines, "\n"))
}

func credentialsFault(e *credentials.RetrieveError) diag.Diagnostic {
	const summary = "Unable to get credentials"
	what := "No credentials could be had from " + e.Source + ": "
	var fault *transport.Error
	if errors.As(e.Err, &fault) {
		return diag.NewErrorDiagnostic(summary, paragraphs(what+explain(fault), remedy(fault), evidence(fault)))
	}
	return diag.NewErrorDiagnostic(summary, sentence(what+e.Err.Error()))
}

func projectFault(e *client.ProjectLookupError) diag.Diagnostic {
	const summary = "Unable to find the project"
	const given = "Set project_id, in the data source or, for the provider's own region, in the provider block: then nothing is looked up."
	failed := fmt.Sprintf("The id of the project %q in region %s could not be looked up in IAM: ", e.Name, e.Region)
	var fault *transport.Error
	switch {
	case errors.As(e.Err, &fault):
		return diag.NewErrorDiagnostic(summary, paragraphs(failed+explain(fault), remedy(fault), given, evidence(fault)))
	case e.Err != nil:
		return diag.NewErrorDiagnostic(summary, paragraphs(failed+sentence(e.Err.Error()), given))
	case len(e.IDs) > 1:
		return diag.NewErrorDiagnostic(summary, paragraphs(
			fmt.Sprintf("IAM lists %d projects of the name %q in region %s: %s.", len(e.IDs), e.Name, e.Region, strings.Join(e.IDs, ", ")), given))
	default:
		return diag.NewErrorDiagnostic(summary, paragraphs(
			fmt.Sprintf("IAM lists no project of the name %q in region %s. The region may be misspelt, or the project may have another name (project_name).", e.Name, e.Region), given))
	}
}

// InvalidArgument words a value that cannot be meant. The detail names the
// attribute, says what is wrong with the value and what would be right.
func InvalidArgument(at path.Path, problem, remedy string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Invalid value for "+at.String(), fmt.Sprintf("%s: %s. %s", at, problem, remedy))
}

// MissingFailure words on_missing = "succeeded" for the record of a failure,
// whose absence proves nothing.
func MissingFailure(action string) diag.Diagnostic {
	return InvalidArgument(path.Root("on_missing"),
		fmt.Sprintf("%q cannot be meant for the action %s, which is the record of a failure", MissingIsSucceeded, action),
		"Name the action as it is called while it is in progress: the record of its failure is looked up as well.")
}

// WhichSnapshot words a wait for the success of a backup that is not named.
func WhichSnapshot(at path.Path) diag.Diagnostic {
	return InvalidArgument(at,
		"a wait for success needs to know which backup is meant, or an earlier success would open the gate",
		"Set uid to the id of the backup, or created_after to a time just before it was started.")
}
