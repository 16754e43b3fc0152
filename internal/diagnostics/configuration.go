// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// configurationError words an error of a configuration that lacks what a read
// needs, nil if it is not one.
func configurationError(err error) diag.Diagnostic {
	var (
		unknown  *client.UnknownArgumentError
		foreign  *transport.ForeignRegionError
		lookup   *client.ProjectLookupError
		none     *credentials.NoCredentialsError
		retrieve *credentials.RetrieveError
		token    *credentials.ForeignTokenError
	)
	switch {
	case errors.Is(err, client.ErrNoRegion):
		return diag.NewErrorDiagnostic("Missing region",
			"Set region in this block or in the provider block, or set the environment variable HW_REGION_NAME or OS_REGION_NAME.")
	case errors.As(err, &retrieve):
		return unableToGetCredentials(retrieve)
	case errors.As(err, &none):
		return missingCredentials(none)
	case errors.As(err, &token):
		return diag.NewErrorDiagnostic("Token for another region", fmt.Sprintf(
			"A token is valid in one region only, which is assumed to be the provider's region %s, but this read is in region %s. "+
				"Use access_key and secret_key instead, or an aliased provider configuration with a token for region %s.", token.OwnRegion, token.Region, token.Region))
	case errors.As(err, &unknown):
		return diag.NewErrorDiagnostic("Provider argument known only after apply", fmt.Sprintf(
			"This read needs the provider argument %s, whose value is known only after apply. "+
				"Set it to a value that is known during the plan, or add depends_on to this block so that it is read during the apply.", unknown.Argument))
	case errors.As(err, &foreign):
		return diag.NewErrorDiagnostic("Endpoint for another region", fmt.Sprintf(
			"The endpoint %s of the service %s serves the provider's region %s only, but this read is in region %s. "+
				"Write %s in the endpoint in place of the region's name, or use an aliased provider configuration for region %s.",
			foreign.Endpoint, foreign.Service, foreign.OwnRegion, foreign.Region, transport.RegionPlaceholder, foreign.Region))
	case errors.As(err, &lookup):
		return unableToFindProject(lookup)
	default:
		return nil
	}
}

func missingCredentials(e *credentials.NoCredentialsError) diag.Diagnostic {
	lines := []string{
		"Set HW_ACCESS_KEY and HW_SECRET_KEY, or access_key and secret_key in the provider block, or profile to use a KooCLI profile, or assume_role_with_oidc to use an identity provider.",
		"",
		"Sources checked:",
		"  provider block: access_key and secret_key, token, profile, shared_config_file, and assume_role_with_oidc are not set",
		"  environment variables: " + credentialVariables() + ", HW_PROFILE, and HW_SHARED_CONFIG_FILE are not set",
	}
	for _, s := range e.Checked {
		lines = append(lines, fmt.Sprintf("  %s: %s", s.Source, s.Reason))
	}
	return diag.NewErrorDiagnostic("Missing credentials", strings.Join(lines, "\n"))
}

// credentialVariables lists the variables of all sets, as far as one of each kind
// of credentials needs them.
func credentialVariables() string {
	var all []string
	for _, names := range credentials.EnvironmentVariables() {
		all = append(all, names.AccessKey+" and "+names.SecretKey)
		for _, name := range []string{names.Token, names.IDPID} {
			if name != "" {
				all = append(all, name)
			}
		}
	}
	return strings.Join(all, ", ")
}

func unableToGetCredentials(e *credentials.RetrieveError) diag.Diagnostic {
	const summary = "Unable to get credentials"
	what := "Unable to get credentials from " + e.Source + ": "
	var request *transport.Error
	if errors.As(e.Err, &request) {
		return diag.NewErrorDiagnostic(summary, paragraphs(what+explain(request), remedy(request), evidence(request)))
	}
	return diag.NewErrorDiagnostic(summary, sentence(what+e.Err.Error()))
}

func unableToFindProject(e *client.ProjectLookupError) diag.Diagnostic {
	const summary = "Unable to find the project"
	const remedyText = "Set project_id in this block, or in the provider block for the provider's own region. Then no lookup is needed."
	failed := fmt.Sprintf("Unable to look up the ID of project %q in region %s in IAM: ", e.Name, e.Region)
	var request *transport.Error
	switch {
	case errors.As(e.Err, &request):
		return diag.NewErrorDiagnostic(summary, paragraphs(failed+explain(request), remedy(request), remedyText, evidence(request)))
	case e.Err != nil:
		return diag.NewErrorDiagnostic(summary, paragraphs(failed+sentence(e.Err.Error()), remedyText))
	case len(e.IDs) > 1:
		return diag.NewErrorDiagnostic(summary, paragraphs(
			fmt.Sprintf("IAM lists %d projects with the name %q in region %s: %s.", len(e.IDs), e.Name, e.Region, strings.Join(e.IDs, ", ")), remedyText))
	default:
		return diag.NewErrorDiagnostic(summary, paragraphs(
			fmt.Sprintf("IAM lists no project with the name %q in region %s. Check the spelling of the region, or set project_name if the project has another name.", e.Name, e.Region), remedyText))
	}
}

// FailureRecordMissing words on_missing = "succeeded" for the record of a
// failure, whose absence proves nothing.
func FailureRecordMissing(action string) diag.Diagnostic {
	return InvalidArgument(path.Root("on_missing"),
		fmt.Sprintf("\"succeeded\" is not valid for the action %s, which is a failure record: its absence proves nothing", action),
		"Set action_name to the name under which the action is listed while it is running. Its failure record is read as well.")
}

// WhichTask words a wait on a list that does not say which task is meant. id and
// after are the arguments that do.
func WhichTask(form gate.Form, id, after string) diag.Diagnostic {
	const problem = "a wait for a task in a list must say which task is meant, or an earlier one could open the gate"
	switch form {
	case gate.Resource:
		return InvalidArgument(path.Root(after), problem, fmt.Sprintf(rememberedTime, id, after, after))
	case gate.Action:
		return InvalidArgument(path.Root(after), problem, fmt.Sprintf("Set %s to the ID of the task, or %s to a time shortly before it was started.", id, after))
	default:
		return InvalidArgument(path.Root("wait_for"), problem, fmt.Sprintf("Set %s to the ID of the task, or %s to a time shortly before it was started.", id, after))
	}
}

// rememberedTime shows how to remember a time across a failed apply, after which
// a moving one would be later than the start of the task.
const rememberedTime = `Set %s to the ID of the task, or %s to a time before the operation. That time must come from a resource that remembers it, such as this one.

  resource "terraform_data" "start" {
    input = timestamp()
    lifecycle { ignore_changes = [input] }
  }

Then set %s = terraform_data.start.output, and depends_on = [terraform_data.start] in the resource that starts the operation.`

// MissingTriggers words a gate that nothing would replace for the next operation.
func MissingTriggers() diag.Diagnostic {
	return InvalidArgument(path.Root("triggers"),
		"it must be set and not empty, because the other arguments are the same for each operation and the gate would never wait again",
		"Set a value that changes with the operation, for example triggers = { snapshot = huaweicloud_dws_snapshot.this.id }.")
}

// FilteredIdle words a filter beside wait_for = "idle".
func FilteredIdle(filter string) diag.Diagnostic {
	return InvalidArgument(path.Root(filter),
		"a filter cannot be combined with wait_for = \"idle\", which is about all tasks",
		"Remove the filter, or set wait_for to \"completion\" or \"success\" to wait for the tasks that it selects.")
}
