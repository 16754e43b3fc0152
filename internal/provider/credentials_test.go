// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
)

// TestCredentials_precedence tries each selection of sources.
func TestCredentials_precedence(t *testing.T) {
	file := func(ak string) string {
		return profileFile(t, map[string]any{"accessKeyId": ak, "secretAccessKey": "s"})
	}
	sources := []struct {
		name      string
		block     args
		variables variables
		accessKey string
	}{
		{"block", args{"access_key": "a", "secret_key": "s"}, nil, "a"},
		{"profile of the block", args{"shared_config_file": file("b")}, nil, "b"},
		{"identity provider of the block", args{"assume_role_with_oidc": []args{{"idp_id": "block", "id_token": "t"}}}, nil, "block"},
		{"HW", nil, variables{"HW_ACCESS_KEY": "c", "HW_SECRET_KEY": "s"}, "c"},
		{"OS", nil, variables{"OS_ACCESS_KEY": "o", "OS_SECRET_KEY": "s"}, "o"},
		{"HUAWEICLOUD_SDK", nil, variables{"HUAWEICLOUD_SDK_AK": "d", "HUAWEICLOUD_SDK_SK": "s"}, "d"},
		{"CLOUD_SDK", nil, variables{"CLOUD_SDK_AK": "e", "CLOUD_SDK_SK": "s"}, "e"},
		{"profile of the environment", nil, variables{"HW_SHARED_CONFIG_FILE": file("f")}, "f"},
		{"SDK file", nil, variables{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": write(t, "[basic]\nak = g\nsk = s\n")}, "g"},
	}
	for selection := range 1 << len(sources) {
		block, v, name := args{}, variables{}, "none"
		want := outcome{MaxRetries: 5, NoCredentials: "none"}
		for i, source := range sources {
			if selection&(1<<i) == 0 {
				continue
			}
			if want.NoCredentials != "" {
				want.Credentials, want.NoCredentials = credentials.Credentials{AccessKey: source.accessKey, SecretKey: "s"}, ""
				name = source.name
			}
			maps.Copy(block, source.block)
			maps.Copy(v, source.variables)
		}
		t.Run(fmt.Sprintf("%s/%d", name, selection), func(t *testing.T) {
			diff(t, "outcome", want, settle(t, block, v))
		})
	}
}

// TestCredentials_comeFromOneSource: what one source lacks does not come from another.
func TestCredentials_comeFromOneSource(t *testing.T) {
	everywhere := variables{
		"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "s", "HW_SECURITY_TOKEN": "o",
		"OS_ACCESS_KEY": "x", "OS_SECRET_KEY": "x", "OS_AUTH_TOKEN": "x", "HUAWEICLOUD_SDK_AK": "x", "HUAWEICLOUD_SDK_SK": "x", "HUAWEICLOUD_SDK_SECURITY_TOKEN": "x", "CLOUD_SDK_AK": "x", "CLOUD_SDK_SK": "x",
	}
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		want      credentials.Credentials
	}{
		{"access keys", args{"access_key": "A", "secret_key": "S"}, everywhere, credentials.Credentials{AccessKey: "A", SecretKey: "S"}},
		{"temporary keys", args{"access_key": "A", "secret_key": "S", "security_token": "O"}, everywhere, credentials.Credentials{AccessKey: "A", SecretKey: "S", SecurityToken: "O"}},
		{"token", args{"token": "T"}, everywhere, credentials.Credentials{Token: "T"}},
		{"token in the block and the environment", args{"token": "T"}, variables{"HW_AUTH_TOKEN": "t"}, credentials.Credentials{Token: "T"}},
		{"access keys in the block, token in the environment", args{"access_key": "A", "secret_key": "S"}, variables{"HW_AUTH_TOKEN": "t"}, credentials.Credentials{AccessKey: "A", SecretKey: "S"}},
		{"token of OS", nil, variables{"OS_AUTH_TOKEN": "t", "HUAWEICLOUD_SDK_AK": "x", "HUAWEICLOUD_SDK_SK": "x"}, credentials.Credentials{Token: "t"}},
		{
			"identity provider of HW", nil,
			variables{"HW_ASSUME_ROLE_IDP_ID": "hw", "HW_ASSUME_ROLE_ID_TOKEN": "t", "OS_ACCESS_KEY": "x", "OS_SECRET_KEY": "x"},
			credentials.Credentials{AccessKey: "hw", SecretKey: "s"},
		},
		{
			"identity provider of the SDK", nil,
			variables{"HUAWEICLOUD_SDK_IDP_ID": "sdk", "HUAWEICLOUD_SDK_ID_TOKEN_FILE": write(t, "t\n"), "CLOUD_SDK_AK": "x", "CLOUD_SDK_SK": "x"},
			credentials.Credentials{AccessKey: "sdk", SecretKey: "s"},
		},
		{
			"keys of OS before the identity provider of the SDK", nil,
			variables{"OS_ACCESS_KEY": "a", "OS_SECRET_KEY": "s", "HUAWEICLOUD_SDK_IDP_ID": "sdk", "HUAWEICLOUD_SDK_ID_TOKEN_FILE": "/x"},
			credentials.Credentials{AccessKey: "a", SecretKey: "s"},
		},
		{"empty values", args{"access_key": "", "secret_key": "", "security_token": "", "token": ""}, everywhere, credentials.Credentials{AccessKey: "a", SecretKey: "s", SecurityToken: "o"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "outcome", outcome{Credentials: test.want, MaxRetries: 5}, settle(t, test.block, test.variables))
		})
	}
}

// TestCredentials_unknown: whatever else is set, it is not an error, since it may
// become complete.
func TestCredentials_unknown(t *testing.T) {
	unknown := tftypes.UnknownValue
	for _, test := range []struct {
		name  string
		block args
		want  []string
	}{
		{"all", args{"access_key": unknown, "secret_key": unknown, "security_token": unknown, "token": unknown}, []string{"access_key", "secret_key", "security_token", "token"}},
		{"the other key of a pair", args{"access_key": "a", "secret_key": unknown}, []string{"secret_key"}},
		{"one key alone", args{"secret_key": unknown}, []string{"secret_key"}},
		{"security token", args{"access_key": "a", "secret_key": "s", "security_token": unknown}, []string{"security_token"}},
		{"token beside access keys, which may become null", args{"access_key": "a", "secret_key": "s", "token": unknown}, []string{"token"}},
		{"profile", args{"profile": unknown}, []string{"profile"}},
		{"ID token", args{"assume_role_with_oidc": []args{{"idp_id": "block", "id_token": unknown}}}, []string{"assume_role_with_oidc"}},
		{"identity provider", args{"assume_role_with_oidc": unknown}, []string{"assume_role_with_oidc"}},
		{"file of a profile", args{"profile": "a", "shared_config_file": unknown}, []string{"shared_config_file"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := variables{"HW_ACCESS_KEY": "x", "HW_SECRET_KEY": "x"}
			diff(t, "outcome", outcome{MaxRetries: 5, NoCredentials: "unknown", Unknown: test.want}, settle(t, test.block, v))
		})
	}
}

// TestCredentials_invalid: the summaries name the argument that is missing, but
// never a secret that is set.
func TestCredentials_invalid(t *testing.T) {
	complete := variables{"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "s", "HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s"}
	const noAccessKey, noSecretKey, both = "access_key: Incomplete credentials", "secret_key: Incomplete credentials", ": Conflicting credentials"
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		want      []string
	}{
		{"no secret key in the block", args{"access_key": "a"}, complete, []string{noSecretKey}},
		{"no access key in the block", args{"secret_key": "s"}, complete, []string{noAccessKey}},
		{"only a security token", args{"security_token": "o"}, complete, []string{noAccessKey, noSecretKey}},
		{"no secret key, but a security token", args{"access_key": "a", "secret_key": "", "security_token": "o"}, nil, []string{noSecretKey}},
		{"no HW_SECRET_KEY", nil, variables{"HW_ACCESS_KEY": "a", "HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s"}, []string{noSecretKey}},
		{"no HW_ACCESS_KEY", nil, variables{"HW_SECRET_KEY": "s", "CLOUD_SDK_AK": "a", "CLOUD_SDK_SK": "s"}, []string{noAccessKey}},
		{"no HUAWEICLOUD_SDK_SK", nil, variables{"HUAWEICLOUD_SDK_AK": "a"}, []string{noSecretKey}},
		{"no CLOUD_SDK_AK", nil, variables{"CLOUD_SDK_SK": "s"}, []string{noAccessKey}},
		{"no OS_SECRET_KEY", nil, variables{"OS_ACCESS_KEY": "a", "HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s"}, []string{noSecretKey}},
		{"access keys and token of OS", nil, variables{"OS_ACCESS_KEY": "a", "OS_SECRET_KEY": "s", "OS_AUTH_TOKEN": "t"}, []string{both}},
		{"access keys and identity provider of HW", nil, variables{"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "s", "HW_ASSUME_ROLE_IDP_ID": "hw", "HW_ASSUME_ROLE_ID_TOKEN": "t"}, []string{both}},
		{"token and ID token of HW", nil, variables{"HW_AUTH_TOKEN": "a", "HW_ASSUME_ROLE_ID_TOKEN": "t"}, []string{both}},
		{"access keys and identity provider of the SDK", nil, variables{"HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s", "HUAWEICLOUD_SDK_IDP_ID": "sdk"}, []string{both}},
		{"access keys and token in the block", args{"access_key": "a", "secret_key": "s", "token": "t"}, nil, []string{both}},
		{"access keys and token in the environment", nil, variables{"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "s", "HW_AUTH_TOKEN": "t"}, []string{both}},
		{"one key and token in the block", args{"secret_key": "s", "token": "t"}, nil, []string{both, noAccessKey}},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "diagnostics", test.want, settle(t, test.block, test.variables).Diagnostics)
		})
	}
}

// TestProfile_mustBeUsable if credentials come from it, or if the block names it.
func TestProfile_mustBeUsable(t *testing.T) {
	const unusable = "profile: Unable to use profile"
	encrypted := write(t, `{"current":"default","authEncrypt":"true","profiles":[{"name":"default","mode":"AKSK","accessKeyId":"a","secretAccessKey":"s","region":"cn-north-4"},{"name":"ecs","mode":"ecsAgency"}]}`)
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		want      []string
	}{
		{"absent, in the block", args{"profile": "absent"}, nil, []string{unusable}},
		{"absent, in the block, with access keys", args{"profile": "absent"}.With(permanentKeys), nil, []string{unusable}},
		{"absent, in the environment", nil, variables{"HW_PROFILE": "absent"}, []string{unusable}},
		{"absent, in the environment, with access keys", permanentKeys, variables{"HW_PROFILE": "absent"}, nil},
		{"encrypted", args{"shared_config_file": encrypted}, nil, []string{unusable}},
		{"encrypted, in the environment", nil, variables{"HW_SHARED_CONFIG_FILE": encrypted}, []string{unusable}},
		{"encrypted, with access keys", args{"shared_config_file": encrypted}.With(permanentKeys), nil, nil},
		{"encrypted, on an ECS host", args{"profile": "ecs", "shared_config_file": encrypted}, nil, nil},
		{"agency without an account", args{"shared_config_file": profileFile(t, map[string]any{"agencyName": "p"})}, nil, []string{unusable}},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "diagnostics", test.want, settle(t, test.block, test.variables).Diagnostics)
		})
	}
	got := settle(t, args{"shared_config_file": encrypted}.With(permanentKeys), nil)
	diff(t, "region of an encrypted profile", ownRegion, got.Region)
}
