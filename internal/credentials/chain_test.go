// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestDefault(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	for name, test := range map[string]struct {
		variables map[string]string
		cloud     func(*fakecloud.Cloud)
		want      Credentials
		err       string
	}{
		"the file of a variable": {map[string]string{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": write(t, "[basic]\nak=a\nsk=s\n")}, onECS, Credentials{AccessKey: "a", SecretKey: "s"}, ""},
		"the pod of variables": {
			map[string]string{podIdentityURI: podURI, podIdentityTokenFile: write(t, "pod-token")},
			inPod,
			Credentials{AccessKey: issued1.AccessKey, SecretKey: issued1.SecretKey, SecurityToken: issued1.SecurityToken},
			"",
		},
		"none": {nil, nil, Credentials{}, "no credentials; the SDK's credentials file " + home + "/.huaweicloud/credentials: the file does not exist; " +
			"the agency of this ECS host: the metadata holds no keys: no agency is set on this host; the identity of this CCE pod: HC_CONTAINER_CREDENTIALS_FULL_URI is not set"},
		"an identity provider": {map[string]string{"HW_ASSUME_ROLE_IDP_ID": "a"}, onECS, Credentials{}, "credentials of the identity provider named by HW_ASSUME_ROLE_IDP_ID: " +
			"this provider does not support ID tokens (OIDC) yet. Get temporary access keys before Terraform runs, and set access_key, secret_key, and security_token"},
		"an identity provider of the SDK": {map[string]string{"HUAWEICLOUD_SDK_IDP_ID": "a"}, onECS, Credentials{}, "credentials of the identity provider named by HUAWEICLOUD_SDK_IDP_ID: " +
			"this provider does not support ID tokens (OIDC) yet. Get temporary access keys before Terraform runs, and set access_key, secret_key, and security_token"},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := newCloud()
			if test.cloud != nil {
				test.cloud(cloud)
			}
			lookup := func(name string) (string, bool) { v, ok := test.variables[name]; return v, ok }
			got, err := Default(lookup, networkOf(cloud.Transport())).Retrieve(t.Context(), region)
			got.Expires = time.Time{}
			diff(t, "credentials", test.want, got)
			diff(t, "error", test.err, textOf(err))
		})
	}
}

// TestChain_keepsItsChoice: what cannot be refreshed does not come from another source.
func TestChain_keepsItsChoice(t *testing.T) {
	cloud := newCloud()
	onECS(cloud)
	network := networkOf(cloud.Transport())
	file := write(t, "[basic]\nak=a\nsk=s\n")
	p := Chain(ECSMetadata{Network: network}, SDKFile{Path: file})
	for _, want := range []string{issued1.AccessKey, issued2.AccessKey} {
		got, err := p.Retrieve(t.Context(), region)
		diff(t, "error", "", textOf(err))
		diff(t, "access key", want, got.AccessKey)
	}
	cloud.Fail(fakecloud.SecurityKeyPath, fakecloud.Fault{Status: 404})
	_, err := p.Retrieve(t.Context(), region)
	diff(t, "error", "no credentials; the agency of this ECS host: the metadata holds no keys: no agency is set on this host", textOf(err))
}

func TestFromEnvironment(t *testing.T) {
	for _, test := range []struct {
		name      string
		variables map[string]string
		want      Credentials
		source    string // the name of the access key in it
	}{
		{"none", map[string]string{"HW_ACCESS_KEY": ""}, Credentials{}, ""},
		{"HW", map[string]string{"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "s", "HW_SECURITY_TOKEN": "o", "CLOUD_SDK_AK": "x"}, Credentials{AccessKey: "a", SecretKey: "s", SecurityToken: "o"}, "HW_ACCESS_KEY"},
		{"a token of HW", map[string]string{"HW_AUTH_TOKEN": "t", "HUAWEICLOUD_SDK_AK": "x", "HUAWEICLOUD_SDK_SK": "x"}, Credentials{Token: "t"}, "HW_ACCESS_KEY"},
		{"one of HW", map[string]string{"HW_SECRET_KEY": "s", "CLOUD_SDK_AK": "x", "CLOUD_SDK_SK": "x"}, Credentials{SecretKey: "s"}, "HW_ACCESS_KEY"},
		{"HUAWEICLOUD_SDK", map[string]string{"HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s", "HUAWEICLOUD_SDK_SECURITY_TOKEN": "o"}, Credentials{AccessKey: "a", SecretKey: "s", SecurityToken: "o"}, "HUAWEICLOUD_SDK_AK"},
		{"CLOUD_SDK", map[string]string{"CLOUD_SDK_AK": "a", "CLOUD_SDK_SK": "s", "CLOUD_SDK_SECURITY_TOKEN": "x"}, Credentials{AccessKey: "a", SecretKey: "s"}, "CLOUD_SDK_AK"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, names, ok := FromEnvironment(func(name string) (string, bool) { v, ok := test.variables[name]; return v, ok })
			diff(t, "credentials", test.want, got)
			diff(t, "source", test.source, names.AccessKey)
			diff(t, "found", test.source != "", ok)
		})
	}
}
