// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

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

// profileCredentials returns the credentials of the profile, none if it cannot be
// used.
func (s *settings) profileCredentials(network *transport.Network) base {
	if s.profileErr != nil {
		s.diags.Append(diagnostics.UnusableProfile(s.profileFile(), s.profileErr))
	}
	if s.profile == nil {
		return base{profile: true}
	}
	if s.profile.OnECS() {
		source := "the profile " + s.profile.Name + " in the file " + s.profileFile()
		return base{provider: credentials.Required(source, credentials.ECSMetadata{Network: network}), profile: true}
	}
	if _, err := s.profile.Credentials(); err != nil {
		s.diags.Append(diagnostics.UnusableProfile(s.profileFile(), err))
		return base{profile: true}
	}
	return base{provider: credentials.KooCLI{File: s.profileFile(), Profile: s.values[argProfile].text}, profile: true}
}
