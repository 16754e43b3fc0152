// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

// Every sentence of an error in the provider's own arguments stands here; those
// of reading are in package gate. None points at a secret that is set, since
// Terraform would print its line.

// malformed words a value that cannot be meant.
func malformed(name string, v setting, variables []string, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(name), "Invalid provider argument "+name,
		fmt.Sprintf("The provider argument %s (variable %s) cannot be used: %s. The value comes from %s.",
			name, strings.Join(variables, " or "), err, v.origin()))
}

func unknownEndpoint(at path.Path, key string) diag.Diagnostic {
	var known []string
	for _, s := range client.Services() {
		known = append(known, string(s))
	}
	return diag.NewAttributeErrorDiagnostic(at, "Unknown key in endpoints",
		fmt.Sprintf("endpoints: there is no service %q. The keys are %s.", key, strings.Join(known, ", ")))
}

// malformedEndpoint does not repeat the URL, which may hold a password.
func malformedEndpoint(at path.Path, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Invalid endpoint",
		fmt.Sprintf("%s: the URL cannot be used: %s. Write scheme, host and, where there is one, the path, for example \"https://dcs.cn-north-4.myhuaweicloud.com\".", at, err))
}

func conflictingIAMEndpoints(auth setting, other string) diag.Diagnostic {
	name := argAuthURL
	if auth.source == inEnvironment {
		name = auth.origin()
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(argEndpoints).AtMapKey(string(client.IAM)), "Two URLs for IAM",
		fmt.Sprintf("%s (%s) and endpoints[\"iam\"] (%s) are the same thing and differ. Keep one of them (auth_url may also be set by the variable HW_AUTH_URL).", name, auth.text, other))
}

// halfAPair words a set of keys without one of the two that it needs.
func incompleteKeyPair(argument, missing, present string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(argument), "Incomplete credentials",
		fmt.Sprintf("%s is set, but %s is not. Keys are taken from one place, all of them together: access_key and secret_key in the provider block, "+
			"or HW_ACCESS_KEY and HW_SECRET_KEY, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or CLOUD_SDK_AK and CLOUD_SDK_SK.", present, missing))
}

// keysAndToken words a place that holds both. It points nowhere: either of them
// is a secret.
func keysAndToken(key, token string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Two kinds of credentials",
		fmt.Sprintf("%s and %s are both set in the same place: which of them is meant? Keep the keys or the token.", key, token))
}

// profileFault words a profile that cannot be used.
func profileFault(file string, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(argProfile), "Unable to use the profile",
		fmt.Sprintf("profile (variable HW_PROFILE), from the file %s (shared_config_file, variable HW_SHARED_CONFIG_FILE): %s.", file, err))
}

// severalRoles words a chain of agencies.
func severalRoles() diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(argAssumeRole), "More than one assume_role",
		"assume_role stands more than once. This provider does not follow a chain of agencies: keep the last agency, and give keys that may assume it, "+
			"for example those which the agency before it issues (access_key, secret_key and security_token).")
}

// incompleteRole words an agency without its name or its account.
func incompleteRole(missing, variable string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(argAssumeRole), "Incomplete assume_role",
		fmt.Sprintf("assume_role needs %s (variable %s).", missing, variable))
}

func invalidDuration(v setting, most int) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(argAssumeRole), "Invalid duration in assume_role",
		fmt.Sprintf("duration in assume_role (variable HW_ASSUME_ROLE_DURATION) is the life of the keys in seconds, a whole number from %d to %d, but is %q. The value comes from %s.",
			minRoleSeconds, most, v.text, v.origin()))
}

func insecureWarning(v setting) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(argInsecure), "TLS certificates are not verified",
		fmt.Sprintf("With insecure (variable HW_INSECURE) anybody on the way can pretend to be Huawei Cloud, and open a gate. "+
			"Trust a private authority through SSL_CERT_FILE or SSL_CERT_DIR instead. The value comes from %s.", v.origin()))
}
