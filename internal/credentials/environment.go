// SPDX-License-Identifier: MPL-2.0

package credentials

// Names are the names under which a source holds credentials, "" for what it
// cannot hold.
type Names struct {
	AccessKey, SecretKey, SecurityToken, Token string

	IDPID, IDToken, IDTokenFile string // of an identity provider
}

// EnvironmentVariables lists the sets of environment variables that may hold
// credentials. The first set of which any variable is set is used alone. The sets
// are those of the official provider, its older ones, and those of the SDK.
func EnvironmentVariables() []Names {
	return []Names{
		{ //nolint:gosec // names of variables
			AccessKey: "HW_ACCESS_KEY", SecretKey: "HW_SECRET_KEY", SecurityToken: "HW_SECURITY_TOKEN", Token: "HW_AUTH_TOKEN",
			IDPID: "HW_ASSUME_ROLE_IDP_ID", IDToken: "HW_ASSUME_ROLE_ID_TOKEN", IDTokenFile: "HW_ASSUME_ROLE_ID_TOKEN_FILE",
		},
		{AccessKey: "OS_ACCESS_KEY", SecretKey: "OS_SECRET_KEY", Token: "OS_AUTH_TOKEN"}, //nolint:gosec // names of variables
		{ //nolint:gosec // names of variables
			AccessKey: "HUAWEICLOUD_SDK_AK", SecretKey: "HUAWEICLOUD_SDK_SK", SecurityToken: "HUAWEICLOUD_SDK_SECURITY_TOKEN",
			IDPID: "HUAWEICLOUD_SDK_IDP_ID", IDTokenFile: "HUAWEICLOUD_SDK_ID_TOKEN_FILE",
		},
		{AccessKey: "CLOUD_SDK_AK", SecretKey: "CLOUD_SDK_SK"}, //nolint:gosec // names of variables
	}
}

// Configured is what a source of the configuration holds, and under which names.
// It may be incomplete.
type Configured struct {
	Credentials
	IdentityProvider
	Names Names
}

// HasCredentials reports whether there is any part of a key pair or a token.
func (c Configured) HasCredentials() bool { return c.Credentials != (Credentials{}) }

// HasIdentityProvider reports whether there is any part of an identity provider.
func (c Configured) HasIdentityProvider() bool { return c.IdentityProvider != (IdentityProvider{}) }

// FromEnvironment returns what the first set of environment variables holds; ok is
// false if none holds anything.
func FromEnvironment(lookup func(string) (string, bool)) (c Configured, ok bool) {
	value := func(name string) string {
		text, _ := lookup(name)
		return text
	}
	for _, names := range EnvironmentVariables() {
		c := Configured{
			Credentials{
				AccessKey: value(names.AccessKey), SecretKey: value(names.SecretKey),
				SecurityToken: value(names.SecurityToken), Token: value(names.Token),
			},
			IdentityProvider{ID: value(names.IDPID), Token: value(names.IDToken), TokenFile: value(names.IDTokenFile)},
			names,
		}
		if c.HasCredentials() || c.HasIdentityProvider() {
			return c, true
		}
	}
	return Configured{}, false
}
