// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

// hiding is a place that may hold credentials.
type hiding struct {
	name      string
	block     args
	variables variables
	want      client.Credentials
}

// hidings are all places in the order in which they are looked at, with keys of
// their own.
func hidings(t *testing.T) []hiding {
	t.Helper()
	file := func(ak string) string {
		return profileFile(t, map[string]any{"accessKeyId": ak, "secretAccessKey": "s"})
	}
	of := func(ak string) client.Credentials { return client.Credentials{AccessKey: ak, SecretKey: "s"} }
	return []hiding{
		{"block", args{"access_key": "a", "secret_key": "s"}, nil, of("a")},
		{"profile of the block", args{"shared_config_file": file("b")}, nil, of("b")},
		{"HW", nil, variables{"HW_ACCESS_KEY": "c", "HW_SECRET_KEY": "s"}, of("c")},
		{"HUAWEICLOUD_SDK", nil, variables{"HUAWEICLOUD_SDK_AK": "d", "HUAWEICLOUD_SDK_SK": "s"}, of("d")},
		{"CLOUD_SDK", nil, variables{"CLOUD_SDK_AK": "e", "CLOUD_SDK_SK": "s"}, of("e")},
		{"profile of a variable", nil, variables{"HW_SHARED_CONFIG_FILE": file("f")}, of("f")},
		{"file", nil, variables{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": write(t, "[basic]\nak = g\nsk = s\n")}, of("g")},
	}
}

// TestCredentials_comeFromTheFirstPlaceThatHasAny tries each selection of places.
func TestCredentials_comeFromTheFirstPlaceThatHasAny(t *testing.T) {
	places := hidings(t)
	for selection := range 1 << len(places) {
		block, v, name := args{}, variables{}, "nowhere"
		want := outcome{MaxRetries: 5, None: nothingOnThisMachine()}
		for i, place := range places {
			if selection&(1<<i) == 0 {
				continue
			}
			if want.None != "" {
				want.Credentials, want.None, name = place.want, "", place.name
			}
			maps.Copy(block, place.block)
			maps.Copy(v, place.variables)
		}
		t.Run(fmt.Sprintf("%s/%d", name, selection), func(t *testing.T) {
			diff(t, "outcome", want, settle(t, block, v))
		})
	}
}

// TestCredentials_areAllFromOnePlace: what lacks in it is not taken from
// another one.
func TestCredentials_areAllFromOnePlace(t *testing.T) {
	everywhere := variables{}
	for _, names := range keyVariables() {
		for i, name := range names[:3] {
			if name != "" {
				everywhere[name] = fmt.Sprintf("%c", "aso"[i])
			}
		}
	}
	with := func(others variables) variables {
		v := maps.Clone(everywhere)
		maps.Copy(v, others)
		return v
	}
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		want      client.Credentials
	}{
		{"keys", args{"access_key": "A", "secret_key": "S"}, everywhere, client.Credentials{AccessKey: "A", SecretKey: "S"}},
		{
			"temporary keys",
			args{"access_key": "A", "secret_key": "S", "security_token": "O"},
			everywhere,
			client.Credentials{AccessKey: "A", SecretKey: "S", SecurityToken: "O"},
		},
		{"a token", args{"token": "T"}, everywhere, client.Credentials{Token: "T"}},
		{"a token, one in a variable", args{"token": "T"}, variables{"HW_AUTH_TOKEN": "t"}, client.Credentials{Token: "T"}},
		{"keys, a token in a variable", args{"access_key": "A", "secret_key": "S"}, variables{"HW_AUTH_TOKEN": "t"}, client.Credentials{AccessKey: "A", SecretKey: "S"}},
		{"empty ones", args{"access_key": "", "secret_key": "", "security_token": "", "token": ""}, everywhere, client.Credentials{AccessKey: "a", SecretKey: "s", SecurityToken: "o"}},
		{"a token in a variable, keys in others", nil, variables{"HW_AUTH_TOKEN": "t", "HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s"}, client.Credentials{Token: "t"}},
		{
			"temporary keys of the SDK", nil, with(variables{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HW_SECURITY_TOKEN": ""}),
			client.Credentials{AccessKey: "a", SecretKey: "s", SecurityToken: "o"},
		},
		{
			"keys of the SDK, a security token of none", nil,
			variables{"CLOUD_SDK_AK": "a", "CLOUD_SDK_SK": "s", "CLOUD_SDK_SECURITY_TOKEN": "o"},
			client.Credentials{AccessKey: "a", SecretKey: "s"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "outcome", outcome{Credentials: test.want, MaxRetries: 5}, settle(t, test.block, test.variables))
		})
	}
}

// TestCredentials_thatAreUnknownAreNoFault, whatever else of them is there: it
// will be known together.
func TestCredentials_thatAreUnknownAreNoFault(t *testing.T) {
	unknown := tftypes.UnknownValue
	for _, test := range []struct {
		name  string
		block args
		want  []string
	}{
		{"all", args{"access_key": unknown, "secret_key": unknown, "security_token": unknown, "token": unknown}, []string{"access_key", "secret_key", "security_token", "token"}},
		{"half a pair", args{"access_key": "a", "secret_key": unknown}, []string{"secret_key"}},
		{"half a pair and nothing", args{"secret_key": unknown}, []string{"secret_key"}},
		{"the security token", args{"access_key": "a", "secret_key": "s", "security_token": unknown}, []string{"security_token"}},
		{"a token beside keys, which may become null", args{"access_key": "a", "secret_key": "s", "token": unknown}, []string{"token"}},
		{"the name of a profile", args{"profile": unknown}, []string{"profile"}},
		{"the file of a profile", args{"profile": "a", "shared_config_file": unknown}, []string{"shared_config_file"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := variables{"HW_ACCESS_KEY": "x", "HW_SECRET_KEY": "x"}
			diff(t, "outcome", outcome{MaxRetries: 5, None: "no source", Unknown: test.want}, settle(t, test.block, v))
		})
	}
}

// TestCredentials_ofAnIdentityProviderAreRefusedAtTheFirstRead, unless there are
// others.
func TestCredentials_ofAnIdentityProviderAreRefusedAtTheFirstRead(t *testing.T) {
	for _, variable := range identityProviderVariables() {
		t.Run(variable, func(t *testing.T) {
			v := variables{variable: "idp", "HW_ASSUME_ROLE_ID_TOKEN": "fake-id-token", "HUAWEICLOUD_SDK_ID_TOKEN_FILE": "/fake"}
			want := outcome{MaxRetries: 5, None: "credentials of the identity provider that " + variable + " names: this provider does not exchange an id token (OIDC) yet. " +
				"Get temporary keys before Terraform runs and set access_key, secret_key and security_token"}
			diff(t, "outcome", want, settle(t, args{}, v))
			want = outcome{MaxRetries: 5, Credentials: client.Credentials{AccessKey: "a", SecretKey: "s"}}
			diff(t, "outcome with keys", want, settle(t, args{"access_key": "a", "secret_key": "s"}, v))
		})
	}
}
