// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// credentials returns the first source of credentials that is configured, nil if
// it is known only after apply. All credentials come from that source.
func (s *settings) credentials(network *transport.Network) (provider credentials.Provider, fromProfile bool) {
	// 1. Access keys or a token in the provider block.
	if provider, ok := s.blockCredentials(); ok {
		return provider, false
	}
	// 2. A profile that the provider block names.
	if s.profileSource() == inBlock {
		return s.profileCredentials(network), true
	}
	// 3. Access keys or a token in the environment.
	if c, names, ok := credentials.FromEnvironment(s.lookup); ok {
		return s.staticCredentials(c, names), false
	}
	// 4. A profile that the environment names.
	if s.profileSource() == inEnvironment {
		return s.profileCredentials(network), true
	}
	// 5. What this machine has, at the first request that needs it.
	return credentials.Default(s.lookup, network), false
}

// blockCredentials returns the access keys or the token of the block; ok is false
// if it has neither.
func (s *settings) blockCredentials() (provider credentials.Provider, ok bool) {
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
		return nil, true
	}
	c := credentials.Credentials{
		AccessKey: m.AccessKey.ValueString(), SecretKey: m.SecretKey.ValueString(),
		SecurityToken: m.SecurityToken.ValueString(), Token: m.Token.ValueString(),
	}
	if c == (credentials.Credentials{}) {
		return nil, false
	}
	return s.staticCredentials(c, credentials.Names{
		AccessKey: argAccessKey, SecretKey: argSecretKey, SecurityToken: argSecurityToken, Token: argToken,
	}), true
}

// staticCredentials returns the credentials of one source, which holds them under
// the names.
func (s *settings) staticCredentials(c credentials.Credentials, names credentials.Names) credentials.Provider {
	key := cmp.Or(nameIf(c.AccessKey, names.AccessKey), nameIf(c.SecretKey, names.SecretKey), nameIf(c.SecurityToken, names.SecurityToken))
	if c.Token != "" && key == "" {
		return credentials.Static(c)
	}
	if c.Token != "" {
		s.diags.Append(diagnostics.ConflictingCredentials(key, names.Token))
	}
	if c.AccessKey == "" {
		s.diags.Append(diagnostics.IncompleteKeyPair(argAccessKey, names.AccessKey, key))
	}
	if c.SecretKey == "" {
		s.diags.Append(diagnostics.IncompleteKeyPair(argSecretKey, names.SecretKey, key))
	}
	return credentials.Static(c)
}

func nameIf(value, name string) string {
	if value == "" {
		return ""
	}
	return name
}

// profileSource returns where a profile is named, be it by its file alone.
func (s *settings) profileSource() source {
	name, file := s.values[argProfile].source, s.values[argSharedConfigFile].source
	if name == inBlock || file == inBlock || s.profileUnknown() {
		return inBlock
	}
	return max(name, file)
}

// profileUnknown reports whether the block names a profile that is known only after apply.
func (s *settings) profileUnknown() bool {
	return s.model.Profile.IsUnknown() || s.model.SharedConfigFile.IsUnknown()
}

func (s *settings) profileFile() string {
	return credentials.ProfileFile(s.values[argSharedConfigFile].text)
}

// readProfile reads the profile that the arguments name. One that only the
// environment names must be usable only if the credentials come from it.
func (s *settings) readProfile() {
	if s.profileSource() == unset || s.profileUnknown() {
		return
	}
	profile, err := credentials.ReadProfile(s.profileFile(), s.values[argProfile].text)
	switch {
	case err == nil:
		s.profile = &profile
	case s.profileSource() == inBlock:
		s.diags.Append(diagnostics.UnusableProfile(s.profileFile(), err))
	default:
		s.profileErr = err
	}
}

// profileCredentials returns the credentials of the profile, nil if it cannot be used.
func (s *settings) profileCredentials(network *transport.Network) credentials.Provider {
	if s.profileErr != nil {
		s.diags.Append(diagnostics.UnusableProfile(s.profileFile(), s.profileErr))
	}
	if s.profile == nil {
		return nil
	}
	if s.profile.OnECS() {
		return credentials.ECSMetadata{Network: network}
	}
	if _, err := s.profile.Credentials(); err != nil {
		s.diags.Append(diagnostics.UnusableProfile(s.profileFile(), err))
		return nil
	}
	return credentials.KooCLI{File: s.profileFile(), Profile: s.values[argProfile].text}
}
