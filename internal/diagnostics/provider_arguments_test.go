// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/path"
)

func providerArgumentOutcomes() []outcome {
	problem := errors.New("it has no host")
	role, oidc := path.Root("assume_role"), path.Root("assume_role_with_oidc")
	return []outcome{
		{"Provider argument: value", InvalidProviderArgument("auth_url", []string{"HW_AUTH_URL", "OS_AUTH_URL"}, problem, "the provider block")},
		{"Provider argument: key in endpoints", UnknownEndpointKey("ecs", []string{"dcs", "iam"})},
		{"Provider argument: endpoint", InvalidEndpoint("dcs", problem)},
		{"Provider argument: two URLs for IAM", ConflictingIAMEndpoints("HW_AUTH_URL", "https://a", "https://b")},
		{"Provider argument: one key of a pair", IncompleteKeyPair("secret_key", "HW_SECRET_KEY", "HW_ACCESS_KEY")},
		{"Provider argument: keys and a token", ConflictingCredentials("access_key", "token")},
		{"Provider argument: profile", UnusableProfile("/f", errors.New("the file does not exist"))},
		{"Provider argument: agency without a name", IncompleteAssumeRole(role, "agency_name", "HW_ASSUME_ROLE_AGENCY_NAME")},
		{"Provider argument: identity provider without an ID", IncompleteAssumeRole(oidc, "idp_id", "HUAWEICLOUD_SDK_IDP_ID")},
		{"Provider argument: duration for an agency", InvalidAssumeRoleDuration(role.AtListIndex(1), "1h", 900, 43200, "the environment variable HW_ASSUME_ROLE_DURATION")},
		{"Provider argument: duration for an identity provider", InvalidAssumeRoleDuration(oidc, "60", 900, 86400, "the provider block")},
		{"Provider argument: two identity providers", SeveralIdentityProviders()},
		{"Provider argument: two ID tokens", ConflictingIDTokens(oidc, []string{"HW_ASSUME_ROLE_ID_TOKEN", "HW_ASSUME_ROLE_ID_TOKEN_FILE"})},
		{"Provider argument: secret", InvalidSecret("secret_key", []string{"HW_SECRET_KEY", "OS_SECRET_KEY"}, errors.New("it contains a line break"), "the environment variable OS_SECRET_KEY")},
		{"Provider argument: proxy", InvalidProxy("HTTPS_PROXY", problem)},
		{"Provider argument: insecure", Insecure("the profile")},
	}
}
