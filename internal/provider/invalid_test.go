// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func TestSettings_invalid(t *testing.T) {
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		profile   map[string]any // of a file in the block, nil for none
		argument  string         // that is invalid, "" for none
	}{
		{name: "insecure in the environment", variables: variables{"HW_INSECURE": "yes"}, argument: "insecure"},
		{name: "max_retries in the block", block: args{"max_retries": -1}, argument: "max_retries"},
		{name: "max_retries in the environment", variables: variables{"HW_MAX_RETRIES": "-2"}, argument: "max_retries"},
		{name: "max_retries that is not a number", variables: variables{"HW_MAX_RETRIES": "5x"}, argument: "max_retries"},
		{name: "max_retries that is a fraction", variables: variables{"HW_MAX_RETRIES": "1.5"}, argument: "max_retries"},
		{name: "max_retries that is too large", variables: variables{"HW_MAX_RETRIES": "99999999999999999999"}, argument: "max_retries"},
		{name: "region in the block", block: args{"region": "example.com/"}, argument: "region"},
		{name: "region in the environment", variables: variables{"HW_REGION_NAME": "cn north"}, argument: "region"},
		{name: "region in a profile", profile: map[string]any{"region": "cn north"}, argument: "region"},
		{name: "cloud in the block", block: args{"cloud": "https://example.com"}, argument: "cloud"},
		{name: "cloud in the environment", variables: variables{"HW_CLOUD": "example.com:443"}, argument: "cloud"},
		{name: "project_id in the block", block: args{"project_id": "a/b"}, argument: "project_id"},
		{name: "project_id in the environment", variables: variables{"HW_PROJECT_ID": ".."}, argument: "project_id"},
		{name: "project_id in a profile", profile: map[string]any{"projectId": "a/b"}, argument: "project_id"},
		{name: "auth_url in the block", block: args{"auth_url": "iam.example.com"}, argument: "auth_url"},
		{name: "auth_url in the environment", variables: variables{"HW_AUTH_URL": "https://"}, argument: "auth_url"},
		{name: "empty values", block: args{"auth_url": "", "endpoints": args{"iam": "", "dcs": ""}}, variables: variables{"HW_MAX_RETRIES": "", "HW_INSECURE": ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			block := args{}.With(test.block)
			if test.profile != nil {
				block["shared_config_file"] = profileFile(t, test.profile)
			}
			var want []string
			if test.argument != "" {
				want = []string{test.argument + ": Invalid provider argument " + test.argument}
			}
			diff(t, "diagnostics", want, settle(t, block, test.variables).Diagnostics)
		})
	}
}

func TestSettings_invalidEndpoints(t *testing.T) {
	const a, b = "https://a.example.com", "https://b.example.com"
	const conflict = `endpoints["iam"]: Conflicting IAM endpoints`
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		want      []string
	}{
		{"unknown keys in alphabetical order", args{"endpoints": args{"ecs": a, "DCS": a, "": a}}, nil, []string{
			`endpoints[""]: Unknown key in endpoints`, `endpoints["DCS"]: Unknown key in endpoints`, `endpoints["ecs"]: Unknown key in endpoints`,
		}},
		{"each service", args{"endpoints": args{"dcs": "b", "dws": "b", "cce": "b", "iam": "b", "sts": "b"}}, nil, []string{
			`endpoints["cce"]: Invalid endpoint`, `endpoints["dcs"]: Invalid endpoint`, `endpoints["dws"]: Invalid endpoint`,
			`endpoints["iam"]: Invalid endpoint`, `endpoints["sts"]: Invalid endpoint`,
		}},
		{"another IAM", args{"auth_url": a + "/v3", "endpoints": args{"iam": b}}, nil, []string{conflict}},
		{"another IAM in the environment", args{"endpoints": args{"iam": b + "/"}}, variables{"HW_AUTH_URL": a}, []string{conflict}},
		{"the same IAM", args{"auth_url": a + "/v3/", "endpoints": args{"iam": a}}, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "diagnostics", test.want, settle(t, test.block, test.variables).Diagnostics)
		})
	}
}

func TestSettings_insecureWarns(t *testing.T) {
	warning := []string{"insecure: TLS certificates are not verified"}
	profile := func(value any) args {
		return args{"shared_config_file": profileFile(t, map[string]any{"skipSecureVerify": value})}
	}
	diff(t, "block", warning, settle(t, args{"insecure": true}, nil).Diagnostics)
	diff(t, "environment", warning, settle(t, nil, variables{"HW_INSECURE": "1"}).Diagnostics)
	diff(t, "profile", warning, settle(t, profile("true"), nil).Diagnostics)
	diff(t, "disabled in the block", []string(nil), settle(t, profile(true).With(args{"insecure": false}), variables{"HW_INSECURE": "true"}).Diagnostics)
}

func TestSettings_reportAllErrorsAtOnce(t *testing.T) {
	file := write(t, `{"current": "default", "profiles": []}`)
	got := settle(t, args{
		"region": "cn north", "project_id": "a b", "cloud": "a b", "auth_url": "x", "max_retries": -1, "access_key": "a\n", "shared_config_file": file,
		"endpoints": args{"ecs": "https://x", "dcs": "x"}, "assume_role": []args{{"duration": 1}},
	}, variables{"HW_INSECURE": "no", "HTTPS_PROXY": "http://a b"})
	diff(t, "diagnostics", []string{
		"profile: Unable to use profile",
		"region: Invalid provider argument region",
		"project_id: Invalid provider argument project_id",
		"cloud: Invalid provider argument cloud",
		"auth_url: Invalid provider argument auth_url",
		"insecure: Invalid provider argument insecure",
		"max_retries: Invalid provider argument max_retries",
		": Invalid proxy",
		`endpoints["dcs"]: Invalid endpoint`,
		`endpoints["ecs"]: Unknown key in endpoints`,
		": Invalid provider argument access_key",
		"secret_key: Incomplete credentials",
		"assume_role: Incomplete assume_role",
		"assume_role: Incomplete assume_role",
		"assume_role: Invalid duration in assume_role",
	}, got.Diagnostics)
}

// TestSettings_malformedSecrets: none of them is repeated.
func TestSettings_malformedSecrets(t *testing.T) {
	const broken, control = "FAKE\nSECRET", "FAKE\x00SECRET"
	invalid := func(name string) string { return ": Invalid provider argument " + name }
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		want      []string
		detail    string // part of the first diagnostic
	}{
		{
			"keys in the block",
			args{"access_key": broken, "secret_key": "s\r", "security_token": control},
			nil,
			[]string{invalid("access_key"), invalid("secret_key"), invalid("security_token")},
			"access_key (environment variable HW_ACCESS_KEY or OS_ACCESS_KEY or HUAWEICLOUD_SDK_AK or CLOUD_SDK_AK) is invalid: it contains a line break, such as the one at the end of a file. The value comes from the provider block.",
		},
		{"token in the block", args{"token": control}, nil, []string{invalid("token")}, "it contains a control character"},
		{"tab in a key", args{"access_key": "a", "secret_key": "FAKE\tSECRET"}, nil, []string{invalid("secret_key")}, "it contains a control character"},
		{"keys of HW", nil, variables{"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "FAKESECRET\n"}, []string{invalid("secret_key")}, "The value comes from the environment variable HW_SECRET_KEY."},
		{"token of OS", nil, variables{"OS_AUTH_TOKEN": broken}, []string{invalid("token")}, "The value comes from the environment variable OS_AUTH_TOKEN."},
		{"security token of the SDK", nil, variables{"HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s", "HUAWEICLOUD_SDK_SECURITY_TOKEN": broken}, []string{invalid("security_token")}, "HUAWEICLOUD_SDK_SECURITY_TOKEN."},
		{"key of CLOUD_SDK", nil, variables{"CLOUD_SDK_AK": "a", "CLOUD_SDK_SK": broken}, []string{invalid("secret_key")}, "CLOUD_SDK_SK."},
		{"not used", args{"access_key": "a", "secret_key": "s"}, variables{"HW_ACCESS_KEY": broken, "HW_SECRET_KEY": broken}, nil, ""},
		{"profile", args{"shared_config_file": profileFile(t, map[string]any{"secretAccessKey": broken})}, nil, []string{"profile: Unable to use profile"}, "secretAccessKey is invalid: it contains a line break"},
		{
			"ID token in the block",
			args{"assume_role_with_oidc": []args{{"idp_id": "a\n", "id_token": broken}}},
			nil,
			[]string{invalid("assume_role_with_oidc.idp_id"), invalid("assume_role_with_oidc.id_token")},
			"(environment variable HW_ASSUME_ROLE_IDP_ID)",
		},
		{
			"ID token in the environment", nil,
			variables{"HW_ASSUME_ROLE_IDP_ID": "hw", "HW_ASSUME_ROLE_ID_TOKEN": broken},
			[]string{invalid("assume_role_with_oidc.id_token")},
			"The value comes from the environment variable HW_ASSUME_ROLE_ID_TOKEN.",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := readSettings(modelOf(t, test.block), test.variables.lookup)
			s.config(&transport.Network{})
			diff(t, "diagnostics", test.want, summaries(s.diags))
			if len(s.diags) > 0 && !strings.Contains(s.diags[0].Detail(), test.detail) {
				t.Errorf("the detail is %s, want %s", s.diags[0].Detail(), test.detail)
			}
			for _, d := range s.diags {
				if strings.Contains(d.Detail(), "FAKE") {
					t.Errorf("the detail repeats the secret: %s", d.Detail())
				}
			}
		})
	}
}

// TestSettings_invalidProxies: the standard library would connect directly.
func TestSettings_invalidProxies(t *testing.T) {
	got := settle(t, permanentKeys, variables{"https_proxy": "http://user:secret@a b", "HTTP_PROXY": "http://proxy:0", "NO_PROXY": "%"})
	diff(t, "diagnostics", []string{": Invalid proxy", ": Invalid proxy"}, got.Diagnostics)
}

// TestConfigure_refusesAnInvalidProxy before any request is sent.
func TestConfigure_refusesAnInvalidProxy(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://proxy:port")
	_, wrong := connect(t, fakecloud.New(), permanentKeys.With(args{"region": ownRegion}))
	if len(wrong) != 1 || wrong[0].Summary != "Invalid proxy" {
		t.Errorf("the configuration has %v", wrong)
	}
}
