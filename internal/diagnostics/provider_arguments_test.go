// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

func TestProviderArguments(t *testing.T) {
	problem := errors.New("it has no host")
	for _, test := range []struct {
		got                   diag.Diagnostic
		path, summary, detail string
	}{
		{
			InvalidProviderArgument("auth_url", []string{"HW_AUTH_URL", "OS_AUTH_URL"}, problem, "the provider block"), "auth_url", "Invalid provider argument auth_url",
			"The provider argument auth_url (environment variable HW_AUTH_URL or OS_AUTH_URL) is invalid: it has no host. The value comes from the provider block.",
		},
		{
			UnknownEndpointKey("ecs", []string{"dcs", "iam"}), `endpoints["ecs"]`, "Unknown key in endpoints",
			`The key "ecs" in endpoints is not a service. Use one of dcs, iam.`,
		},
		{
			InvalidEndpoint("dcs", problem), `endpoints["dcs"]`, "Invalid endpoint",
			`The URL in endpoints["dcs"] is invalid: it has no host. Set it to a scheme, a host, and an optional path, such as "https://dcs.cn-north-4.myhuaweicloud.com".`,
		},
		{
			ConflictingIAMEndpoints("HW_AUTH_URL", "https://a", "https://b"), `endpoints["iam"]`, "Conflicting IAM endpoints",
			`HW_AUTH_URL (https://a) and endpoints["iam"] (https://b) set the same endpoint to different URLs. Remove one of them. The environment variable HW_AUTH_URL also sets auth_url.`,
		},
		{
			IncompleteKeyPair("secret_key", "HW_SECRET_KEY", "HW_ACCESS_KEY"), "secret_key", "Incomplete credentials",
			"HW_ACCESS_KEY is set, but HW_SECRET_KEY is not. Set both in the same source: access_key and secret_key in the provider block, or the environment variables " +
				"HW_ACCESS_KEY and HW_SECRET_KEY, OS_ACCESS_KEY and OS_SECRET_KEY, HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or CLOUD_SDK_AK and CLOUD_SDK_SK.",
		},
		{
			ConflictingCredentials("access_key", "token"), "", "Conflicting credentials",
			"access_key and token are set in the same source. All credentials come from one of them: remove the other.",
		},
		{
			UnusableProfile("/f", errors.New("the file does not exist")), "profile", "Unable to use profile",
			"The profile (profile, environment variable HW_PROFILE) in the file /f (shared_config_file, environment variable HW_SHARED_CONFIG_FILE) cannot be used: the file does not exist.",
		},
		{
			IncompleteAssumeRole(path.Root("assume_role"), "agency_name", "HW_ASSUME_ROLE_AGENCY_NAME"), "assume_role", "Incomplete assume_role",
			"assume_role requires agency_name (environment variable HW_ASSUME_ROLE_AGENCY_NAME).",
		},
		{
			IncompleteAssumeRole(path.Root("assume_role_with_oidc"), "idp_id", "HUAWEICLOUD_SDK_IDP_ID"), "assume_role_with_oidc", "Incomplete assume_role_with_oidc",
			"assume_role_with_oidc requires idp_id (environment variable HUAWEICLOUD_SDK_IDP_ID).",
		},
		{
			InvalidAssumeRoleDuration(path.Root("assume_role").AtListIndex(1), "1h", 900, 43200, "the environment variable HW_ASSUME_ROLE_DURATION"), "assume_role[1]", "Invalid duration in assume_role",
			`The duration in assume_role[1] (environment variable HW_ASSUME_ROLE_DURATION) is "1h". Set it to a whole number of seconds from 900 to 43200. ` +
				"The value comes from the environment variable HW_ASSUME_ROLE_DURATION.",
		},
		{
			SeveralIdentityProviders(), "assume_role_with_oidc", "More than one assume_role_with_oidc",
			"The credentials come from one identity provider. Keep one of the blocks. To assume further agencies with its credentials, use assume_role.",
		},
		{
			ConflictingIDTokens(path.Root("assume_role_with_oidc"), []string{"HW_ASSUME_ROLE_ID_TOKEN", "HW_ASSUME_ROLE_ID_TOKEN_FILE"}), "assume_role_with_oidc", "Conflicting ID tokens",
			"assume_role_with_oidc has both id_token and id_token_file (environment variables HW_ASSUME_ROLE_ID_TOKEN and HW_ASSUME_ROLE_ID_TOKEN_FILE). Remove one of them.",
		},
		{
			InvalidSecret("secret_key", []string{"HW_SECRET_KEY", "OS_SECRET_KEY"}, errors.New("it contains a line break"), "the environment variable OS_SECRET_KEY"), "", "Invalid provider argument secret_key",
			"The provider argument secret_key (environment variable HW_SECRET_KEY or OS_SECRET_KEY) is invalid: it contains a line break. The value comes from the environment variable OS_SECRET_KEY.",
		},
		{
			InvalidProxy("HTTPS_PROXY", problem), "", "Invalid proxy",
			"The environment variable HTTPS_PROXY does not contain a proxy: it has no host. Set it to a URL such as http://proxy.example.com:8080, or unset it to connect directly.",
		},
		{
			Insecure("the profile"), "insecure", "TLS certificates are not verified",
			"With insecure (environment variable HW_INSECURE), any host on the network path can impersonate Huawei Cloud and let a gate pass. " +
				"To trust a private certificate authority, set SSL_CERT_FILE or SSL_CERT_DIR instead. The value comes from the profile.",
		},
	} {
		t.Run(test.summary, func(t *testing.T) {
			at := ""
			if d, ok := test.got.(diag.DiagnosticWithPath); ok {
				at = d.Path().String()
			}
			want, got := []string{test.path, test.summary, test.detail}, []string{at, test.got.Summary(), test.got.Detail()}
			if difference := cmp.Diff(want, got); difference != "" {
				t.Errorf("-want +got:\n%s", difference)
			}
		})
	}
}
