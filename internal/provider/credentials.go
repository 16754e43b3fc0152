// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// base is where the credentials come from before any agency is assumed.
type base struct {
	provider credentials.Provider // nil if it is known only after apply, or invalid
	roles    []credentials.AssumeRole
	profile  bool // the credentials come from the profile
}

// credentials returns the first source of credentials that is configured. All
// credentials come from that source: never a key from one and a secret from
// another. iam has no credentials.
func (s *settings) credentials(iam transport.Client) base {
	// 1. Access keys or a token in the provider block.
	if from, ok := s.blockCredentials(); ok {
		return from
	}
	// 2. A profile that the provider block names.
	if s.profileSource() == inBlock {
		return s.profileCredentials(iam.Network)
	}
	// 3. An identity provider in the provider block.
	if from, ok := s.oidcOfBlock(iam); ok {
		return from
	}
	// 4. Access keys, a token, or an identity provider in the environment: HW_*,
	// OS_*, HUAWEICLOUD_SDK_*, CLOUD_SDK_*.
	if found, ok := credentials.FromEnvironment(s.lookup); ok {
		return s.environmentCredentials(found, iam)
	}
	// 5. A profile that the environment names.
	if s.profileSource() == inEnvironment {
		return s.profileCredentials(iam.Network)
	}
	// 6. What this machine has, at the first request that needs it.
	return base{provider: credentials.Default(s.lookup, iam, s.values[argRegion].text)}
}

// blockCredentials returns the access keys or the token of the block; ok is false
// if it has neither.
func (s *settings) blockCredentials() (from base, ok bool) {
	m := s.model
	unknown := false
	for _, a := range []struct {
		name  string
		value types.String
	}{{argAccessKey, m.AccessKey}, {argSecretKey, m.SecretKey}, {argSecurityToken, m.SecurityToken}, {argToken, m.Token}} {
		if a.value.IsUnknown() {
			s.unknown = append(s.unknown, a.name)
			unknown = true
		}
	}
	if unknown { // what is unknown may still become any of them
		return base{}, true
	}
	c := credentials.Credentials{
		AccessKey: m.AccessKey.ValueString(), SecretKey: m.SecretKey.ValueString(),
		SecurityToken: m.SecurityToken.ValueString(), Token: m.Token.ValueString(),
	}
	if c == (credentials.Credentials{}) {
		return base{}, false
	}
	return s.staticCredentials(c, blockNames(), inBlock), true
}

// blockNames are the names of the credentials in the provider block.
func blockNames() credentials.Names {
	return credentials.Names{AccessKey: argAccessKey, SecretKey: argSecretKey, SecurityToken: argSecurityToken, Token: argToken}
}

func (s *settings) environmentCredentials(c credentials.Configured, iam transport.Client) base {
	if c.HasIdentityProvider() && c.HasCredentials() {
		s.diags.Append(diagnostics.ConflictingCredentials(
			cmp.Or(keyName(c.Credentials, c.Names), c.Names.Token),
			cmp.Or(nameIf(c.ID, c.Names.IDPID), nameIf(c.IdentityProvider.Token, c.Names.IDToken), c.Names.IDTokenFile)))
		return base{}
	}
	if c.HasIdentityProvider() {
		return s.oidcOfEnvironment(c, iam)
	}
	return s.staticCredentials(c.Credentials, c.Names, inEnvironment)
}

// staticCredentials returns the credentials of one source, which holds them under
// the names.
func (s *settings) staticCredentials(c credentials.Credentials, names credentials.Names, from source) base {
	s.checkSecrets(c, names, from)
	key := keyName(c, names)
	if c.Token != "" && key != "" {
		s.diags.Append(diagnostics.ConflictingCredentials(key, names.Token))
	}
	if key != "" && c.AccessKey == "" {
		s.diags.Append(diagnostics.IncompleteKeyPair(argAccessKey, names.AccessKey, key))
	}
	if key != "" && c.SecretKey == "" {
		s.diags.Append(diagnostics.IncompleteKeyPair(argSecretKey, names.SecretKey, key))
	}
	return base{provider: credentials.Static(c)}
}

// keyName returns the name of the first part of a key pair that is set.
func keyName(c credentials.Credentials, names credentials.Names) string {
	return cmp.Or(nameIf(c.AccessKey, names.AccessKey), nameIf(c.SecretKey, names.SecretKey), nameIf(c.SecurityToken, names.SecurityToken))
}

func nameIf(value, name string) string {
	if value == "" {
		return ""
	}
	return name
}

// checkSecrets checks the credentials of one source, which holds them under the
// names.
func (s *settings) checkSecrets(c credentials.Credentials, names credentials.Names, from source) {
	for _, secret := range []struct {
		value, name string
		of          func(credentials.Names) string
	}{
		{c.AccessKey, names.AccessKey, accessKeyName},
		{c.SecretKey, names.SecretKey, secretKeyName},
		{c.SecurityToken, names.SecurityToken, securityTokenName},
		{c.Token, names.Token, tokenName},
	} {
		s.checkSecret(secret.of(blockNames()), environmentVariables(secret.of), setting{text: secret.value, source: from, variable: secret.name})
	}
}

func (s *settings) checkSecret(argument string, variables []string, value setting) {
	if err := credentials.CheckSecret(value.text); err != nil {
		s.diags.Append(diagnostics.InvalidSecret(argument, variables, err, value.origin()))
	}
}
