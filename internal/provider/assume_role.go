// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
)

// The limits of the validity of an agency's keys in seconds: the shortest, and
// the longest that IAM and STS offer.
// Sources: IAM, "Obtaining a Temporary Access Key and Security Token Through an
// Agency"; STS, "AssumeAgency".
const (
	minRoleSeconds = 15 * 60
	maxIAMSeconds  = 24 * 60 * 60
	maxSTSSeconds  = 12 * 60 * 60
)

// assumeRoles returns the agencies to assume, each with the credentials of the
// one before. That of assume_role_with_oidc precedes those of the assume_role
// blocks. Without either, it is that of the environment, or else those of the
// profile, if the credentials come from it.
func (s *settings) assumeRoles(from base) []credentials.AssumeRole {
	if s.model.AssumeRole.IsUnknown() {
		s.unknown = append(s.unknown, argAssumeRole)
		return nil
	}
	roles := from.roles
	blocks := s.model.AssumeRole.Elements()
	for i, block := range blocks {
		block, _ := block.(types.Object)
		at := path.Root(argAssumeRole)
		if len(blocks) > 1 {
			at = at.AtListIndex(i)
		}
		if role := s.roleOfBlock(at, block.Attributes(), len(blocks) == 1); role != nil {
			roles = append(roles, *role)
		}
	}
	switch {
	case len(blocks) > 0 || from.roles != nil:
		return roles
	case s.roleVariable("agency_name").text != "":
		return []credentials.AssumeRole{*s.role(path.Root(argAssumeRole), s.roleVariable)}
	case from.profile && s.profile != nil:
		return s.profileRoles()
	default:
		return nil
	}
}

func (s *settings) profileRoles() []credentials.AssumeRole {
	roles, err := s.profile.AssumeRoles()
	if err != nil {
		s.diags.Append(diagnostics.UnusableProfile(s.profileFile(), err))
	}
	return roles
}

// roleVariable returns the value of an attribute in the environment.
func (s *settings) roleVariable(attribute string) setting {
	return s.variable(roleVariables()[attribute])
}

// variable returns the value of an environment variable.
func (s *settings) variable(name string) setting {
	text, _ := s.lookup(name)
	return setting{text: text, source: inEnvironment, variable: name}
}

// roleOfBlock returns the agency of a block, nil if it is known only after apply.
// The environment completes a block if it is the only one.
func (s *settings) roleOfBlock(at path.Path, attributes map[string]attr.Value, alone bool) *credentials.AssumeRole {
	if anyUnknown(attributes) {
		s.unknown = append(s.unknown, argAssumeRole)
		return nil
	}
	account := plain(attributes["domain_name"]) != "" || plain(attributes["domain_id"]) != ""
	return s.role(at, func(attribute string) setting {
		text := plain(attributes[attribute])
		if text != "" || !alone || account && strings.HasPrefix(attribute, "domain_") { // a variable may name another account
			return setting{text: text, source: inBlock}
		}
		return s.roleVariable(attribute)
	})
}

func anyUnknown(attributes map[string]attr.Value) bool {
	for _, v := range attributes {
		if v.IsUnknown() {
			return true
		}
	}
	return false
}

// role makes an agency of the values of its attributes.
func (s *settings) role(at path.Path, value func(attribute string) setting) *credentials.AssumeRole {
	role := &credentials.AssumeRole{AgencyName: value("agency_name").text, DomainName: value("domain_name").text, DomainID: value("domain_id").text}
	variables := roleVariables()
	if role.AgencyName == "" {
		s.diags.Append(diagnostics.IncompleteAssumeRole(at, "agency_name", variables["agency_name"]))
	}
	if role.DomainName == "" && role.DomainID == "" {
		s.diags.Append(diagnostics.IncompleteAssumeRole(at, "domain_name or domain_id", variables["domain_name"]+" or "+variables["domain_id"]))
	}
	longest := maxIAMSeconds
	if role.DomainID != "" {
		longest = maxSTSSeconds
	}
	role.Duration = s.duration(at, value("duration"), longest)
	return role
}

// duration returns a validity, 0 if it is not set or invalid.
func (s *settings) duration(at path.Path, value setting, longest int) time.Duration {
	if value.text == "" {
		return 0
	}
	seconds, err := strconv.Atoi(value.text)
	if err != nil || seconds < minRoleSeconds || seconds > longest {
		s.diags.Append(diagnostics.InvalidAssumeRoleDuration(at, value.text, minRoleSeconds, longest, value.origin()))
		return 0
	}
	return time.Duration(seconds) * time.Second
}
