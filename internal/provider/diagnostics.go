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
	origin := "the provider block"
	if v.variable != "" {
		origin = "the variable " + v.variable
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(name), "Invalid provider argument "+name,
		fmt.Sprintf("The provider argument %s (variable %s) cannot be used: %s. The value comes from %s.",
			name, strings.Join(variables, " or "), err, origin))
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

func twoIAMs(auth setting, other string) diag.Diagnostic {
	name := argAuthURL
	if auth.variable != "" {
		name = "the variable " + auth.variable
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(argEndpoints).AtMapKey(string(client.IAM)), "Two URLs for IAM",
		fmt.Sprintf("%s (%s) and endpoints[\"iam\"] (%s) are the same thing and differ. Keep one of them (auth_url may also be set by the variable HW_AUTH_URL).", name, auth.text, other))
}

// halfAPair words a set of keys without one of the two that it needs.
func halfAPair(argument, missing, present string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(argument), "Incomplete credentials",
		fmt.Sprintf("%s is set, but %s is not. Keys are taken from one place, all of them together: access_key and secret_key in the provider block, "+
			"or HW_ACCESS_KEY and HW_SECRET_KEY, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or CLOUD_SDK_AK and CLOUD_SDK_SK.", present, missing))
}
