// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
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
			"the agency of this ECS host: the metadata at 169.254.169.254 returned HTTP status 404 instead of keys: this is not an ECS host, or no agency is set on it; the identity of this CCE pod: HC_CONTAINER_CREDENTIALS_FULL_URI is not set"},
		"an identity provider in the file": {
			map[string]string{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": write(t, "[basic]\nidp_id=ci\nid_token_file="+write(t, "fake-id-token")+"\n")},
			trusts("fake-id-token"),
			Credentials{AccessKey: issued1.AccessKey, SecretKey: issued1.SecretKey, SecurityToken: issued1.SecurityToken},
			"",
		},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := newCloud()
			if test.cloud != nil {
				test.cloud(cloud)
			}
			lookup := func(name string) (string, bool) { v, ok := test.variables[name]; return v, ok }
			got, err := Default(lookup, transport.Client{Network: networkOf(cloud.Transport())}, region).Retrieve(t.Context(), region)
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
	diff(t, "error", "no credentials; the agency of this ECS host: the metadata at 169.254.169.254 returned HTTP status 404 instead of keys: this is not an ECS host, or no agency is set on it", textOf(err))
}

func TestFromEnvironment(t *testing.T) {
	for _, test := range []struct {
		name      string
		variables map[string]string
		want      Credentials
		idp       IdentityProvider
		source    string // the name of the access key in it
	}{
		{"none", map[string]string{"HW_ACCESS_KEY": ""}, Credentials{}, IdentityProvider{}, ""},
		{"HW", map[string]string{"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "s", "HW_SECURITY_TOKEN": "o", "OS_AUTH_TOKEN": "x"}, Credentials{AccessKey: "a", SecretKey: "s", SecurityToken: "o"}, IdentityProvider{}, "HW_ACCESS_KEY"},
		{"a token of HW", map[string]string{"HW_AUTH_TOKEN": "t", "OS_ACCESS_KEY": "x", "OS_SECRET_KEY": "x"}, Credentials{Token: "t"}, IdentityProvider{}, "HW_ACCESS_KEY"},
		{"one of HW", map[string]string{"HW_SECRET_KEY": "s", "CLOUD_SDK_AK": "x", "CLOUD_SDK_SK": "x"}, Credentials{SecretKey: "s"}, IdentityProvider{}, "HW_ACCESS_KEY"},
		{
			"an identity provider of HW",
			map[string]string{"HW_ASSUME_ROLE_IDP_ID": "i", "HW_ASSUME_ROLE_ID_TOKEN": "t", "HW_ASSUME_ROLE_ID_TOKEN_FILE": "/f", "OS_ACCESS_KEY": "x"},
			Credentials{},
			IdentityProvider{ID: "i", Token: "t", TokenFile: "/f"},
			"HW_ACCESS_KEY",
		},
		{"OS", map[string]string{"OS_ACCESS_KEY": "a", "OS_SECRET_KEY": "s", "OS_SECURITY_TOKEN": "x", "HUAWEICLOUD_SDK_AK": "x"}, Credentials{AccessKey: "a", SecretKey: "s"}, IdentityProvider{}, "OS_ACCESS_KEY"},
		{"a token of OS", map[string]string{"OS_AUTH_TOKEN": "t", "HUAWEICLOUD_SDK_IDP_ID": "x"}, Credentials{Token: "t"}, IdentityProvider{}, "OS_ACCESS_KEY"},
		{"HUAWEICLOUD_SDK", map[string]string{"HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s", "HUAWEICLOUD_SDK_SECURITY_TOKEN": "o", "CLOUD_SDK_AK": "x"}, Credentials{AccessKey: "a", SecretKey: "s", SecurityToken: "o"}, IdentityProvider{}, "HUAWEICLOUD_SDK_AK"},
		{
			"an identity provider of HUAWEICLOUD_SDK",
			map[string]string{"HUAWEICLOUD_SDK_IDP_ID": "i", "HUAWEICLOUD_SDK_ID_TOKEN_FILE": "/f", "CLOUD_SDK_AK": "x"},
			Credentials{},
			IdentityProvider{ID: "i", TokenFile: "/f"},
			"HUAWEICLOUD_SDK_AK",
		},
		{"CLOUD_SDK", map[string]string{"CLOUD_SDK_AK": "a", "CLOUD_SDK_SK": "s", "CLOUD_SDK_SECURITY_TOKEN": "x"}, Credentials{AccessKey: "a", SecretKey: "s"}, IdentityProvider{}, "CLOUD_SDK_AK"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := FromEnvironment(func(name string) (string, bool) { v, ok := test.variables[name]; return v, ok })
			diff(t, "credentials", test.want, got.Credentials)
			diff(t, "identity provider", test.idp, got.IdentityProvider)
			diff(t, "source", test.source, got.Names.AccessKey)
			diff(t, "found", test.source != "", ok)
		})
	}
}

// TestDefault_withoutAHome: a file in the working directory is not the user's.
func TestDefault_withoutAHome(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, path := range []string{".huaweicloud/credentials", "~/.huaweicloud/credentials", ".hcloud/config.json", "~/.hcloud/config.json"} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("[basic]\nak = fake\nsk = fake\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, home := range []string{"", ".", dir[1:]} {
		t.Setenv("HOME", home)
		_, err := Default(func(string) (string, bool) { return "", false }, transport.Client{Network: networkOf(newCloud().Transport())}, region).Retrieve(t.Context(), region)
		if want := "no credentials; the SDK's credentials file ~/.huaweicloud/credentials: the home directory is not known, since HOME is not set; "; !strings.HasPrefix(textOf(err), want) {
			t.Errorf("HOME=%q: the error is %v", home, err)
		}
		_, err = ReadProfile(ProfileFile(""), "default")
		diff(t, "error of the profile", "the home directory is not known; set HOME, or shared_config_file to an absolute path", textOf(err))
		_, err = OIDC{IdentityProvider: IdentityProvider{ID: "ci", TokenFile: "~/token"}}.Retrieve(t.Context(), region)
		diff(t, "error of the ID token", "credentials of the identity provider ci: the ID token file ~/token is in the home directory, which is not known: set HOME", textOf(err))
	}
}
