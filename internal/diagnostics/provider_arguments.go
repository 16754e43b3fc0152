// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// The diagnostics of the provider's own arguments. None of them points at a
// secret that is set, since Terraform would print its line.

// InvalidProviderArgument reports a value that cannot be used. origin says where
// it comes from.
func InvalidProviderArgument(name string, variables []string, problem error, origin string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(name), "Invalid provider argument "+name,
		fmt.Sprintf("The provider argument %s (environment variable %s) is invalid: %s. The value comes from %s.",
			name, strings.Join(variables, " or "), problem, origin))
}

// UnknownEndpointKey reports a key of endpoints that is not a service.
func UnknownEndpointKey(key string, services []string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("endpoints").AtMapKey(key), "Unknown key in endpoints",
		fmt.Sprintf("The key %q in endpoints is not a service. Use one of %s.", key, strings.Join(services, ", ")))
}

// InvalidEndpoint does not repeat the URL, which may contain a password.
func InvalidEndpoint(key string, problem error) diag.Diagnostic {
	at := path.Root("endpoints").AtMapKey(key)
	return diag.NewAttributeErrorDiagnostic(at, "Invalid endpoint",
		fmt.Sprintf("The URL in %s is invalid: %s. Set it to a scheme, a host, and an optional path, such as \"https://dcs.cn-north-4.myhuaweicloud.com\".", at, problem))
}

// ConflictingIAMEndpoints reports two URLs for IAM. authURL is the one of
// auth_url, which comes from source.
func ConflictingIAMEndpoints(source, authURL, endpoint string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("endpoints").AtMapKey("iam"), "Conflicting IAM endpoints",
		fmt.Sprintf("%s (%s) and endpoints[\"iam\"] (%s) set the same endpoint to different URLs. Remove one of them. The environment variable HW_AUTH_URL also sets auth_url.",
			source, authURL, endpoint))
}

// IncompleteKeyPair reports a source that holds one access key argument, but
// not another that it needs. argument is the provider argument for the missing one.
func IncompleteKeyPair(argument, missing, present string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(argument), "Incomplete credentials",
		fmt.Sprintf("%s is set, but %s is not. Set both in the same source: access_key and secret_key in the provider block, or the environment variables "+
			"HW_ACCESS_KEY and HW_SECRET_KEY, OS_ACCESS_KEY and OS_SECRET_KEY, HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or CLOUD_SDK_AK and CLOUD_SDK_SK.", present, missing))
}

// ConflictingCredentials reports a source that holds two kinds of credentials:
// access keys, a token, or an identity provider. It points at neither, because
// they are secrets.
func ConflictingCredentials(key, token string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Conflicting credentials",
		fmt.Sprintf("%s and %s are set in the same source. All credentials come from one of them: remove the other.", key, token))
}

// UnusableProfile reports a KooCLI profile that cannot be used.
func UnusableProfile(file string, problem error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("profile"), "Unable to use profile",
		fmt.Sprintf("The profile (profile, environment variable HW_PROFILE) in the file %s (shared_config_file, environment variable HW_SHARED_CONFIG_FILE) cannot be used: %s.",
			file, problem))
}

// IncompleteAssumeRole reports an agency or an identity provider without
// something that it requires. at is its block.
func IncompleteAssumeRole(at path.Path, missing, variable string) diag.Diagnostic {
	name := blockName(at)
	return diag.NewAttributeErrorDiagnostic(at, "Incomplete "+name,
		fmt.Sprintf("%s requires %s (environment variable %s).", at, missing, variable))
}

// InvalidAssumeRoleDuration reports a validity, in seconds, that the issuer of
// the credentials does not offer.
func InvalidAssumeRoleDuration(at path.Path, value string, shortest, longest int, origin string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Invalid duration in "+blockName(at),
		fmt.Sprintf("The duration in %s (environment variable HW_ASSUME_ROLE_DURATION) is %q. Set it to a whole number of seconds from %d to %d. The value comes from %s.",
			at, value, shortest, longest, origin))
}

// blockName returns the name of a block without its index.
func blockName(at path.Path) string {
	name, _, _ := strings.Cut(at.String(), "[")
	return name
}

// SeveralIdentityProviders reports more than one assume_role_with_oidc.
func SeveralIdentityProviders() diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("assume_role_with_oidc"), "More than one assume_role_with_oidc",
		"The credentials come from one identity provider. Keep one of the blocks. To assume further agencies with its credentials, use assume_role.")
}

// ConflictingIDTokens reports an identity provider with two ID tokens.
func ConflictingIDTokens(at path.Path, variables []string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Conflicting ID tokens",
		fmt.Sprintf("%s has both id_token and id_token_file (environment variables %s). Remove one of them.", at, strings.Join(variables, " and ")))
}

// InvalidSecret reports a key or token that cannot be sent. It neither repeats it
// nor points at it.
func InvalidSecret(name string, variables []string, problem error, origin string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Invalid provider argument "+name,
		fmt.Sprintf("The provider argument %s (environment variable %s) is invalid: %s. The value comes from %s.", name, strings.Join(variables, " or "), problem, origin))
}

// InvalidProxy reports a proxy variable that cannot be used. It does not repeat
// the proxy, which may contain a password.
func InvalidProxy(variable string, problem error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Invalid proxy",
		fmt.Sprintf("The environment variable %s does not contain a proxy: %s. Set it to a URL such as http://proxy.example.com:8080, or unset it to connect directly.", variable, problem))
}

// Insecure warns of TLS certificates that are not verified.
func Insecure(origin string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("insecure"), "TLS certificates are not verified",
		fmt.Sprintf("With insecure (environment variable HW_INSECURE), any host on the network path can impersonate Huawei Cloud and let a gate pass. "+
			"To trust a private certificate authority, set SSL_CERT_FILE or SSL_CERT_DIR instead. The value comes from %s.", origin))
}
