// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
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

// roleVariables returns the environment variable of each attribute of assume_role.
func roleVariables() map[string]string {
	return map[string]string{
		"agency_name": "HW_ASSUME_ROLE_AGENCY_NAME",
		"domain_name": "HW_ASSUME_ROLE_DOMAIN_NAME",
		"domain_id":   "HW_ASSUME_ROLE_DOMAIN_ID",
		"duration":    "HW_ASSUME_ROLE_DURATION",
	}
}

// blocks describes assume_role, which is a block as in the official provider.
func blocks() map[string]schema.Block {
	text := func(name, description string) schema.Attribute {
		return schema.StringAttribute{MarkdownDescription: description + variablesText([]string{roleVariables()[name]}), Optional: true}
	}
	return map[string]schema.Block{
		argAssumeRole: schema.ListNestedBlock{
			MarkdownDescription: "Agency to assume with the credentials. All reads use its temporary access keys, which are refreshed before they expire. At most one.",
			NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
				"agency_name": text("agency_name", "Name of the agency."),
				"domain_name": text("domain_name", "Name of the account that has the agency. IAM issues the keys."),
				"domain_id":   text("domain_id", "ID of the account that has the agency. If set, STS issues the keys."),
				"duration": schema.Int64Attribute{
					MarkdownDescription: "Validity of the keys in seconds, from 900 to 86400; with `domain_id`, to 43200. Default: the service's." + variablesText([]string{roleVariables()["duration"]}),
					Optional:            true,
				},
			}},
		},
	}
}

// assumeRole returns the agency to assume, nil for none: that of the block,
// which the environment completes, that of the environment, or that of the
// profile if the credentials come from it.
func (s *settings) assumeRole(fromProfile bool) *credentials.AssumeRole {
	if s.model.AssumeRole.IsUnknown() {
		s.unknown = append(s.unknown, argAssumeRole)
		return nil
	}
	switch blocks := s.model.AssumeRole.Elements(); len(blocks) {
	case 0:
	case 1:
		role, _ := blocks[0].(types.Object)
		return s.roleOfBlock(role.Attributes())
	default:
		s.diags.Append(diagnostics.SeveralAssumeRoles())
		return nil
	}
	if s.roleVariable("agency_name").text != "" {
		return s.role(s.roleVariable)
	}
	if !fromProfile || s.profile == nil {
		return nil
	}
	role, err := s.profile.AssumeRole()
	if err != nil {
		s.diags.Append(diagnostics.UnusableProfile(s.profileFile(), err))
	}
	return role
}

// roleVariable returns the value of an attribute in the environment.
func (s *settings) roleVariable(attribute string) setting {
	variable := roleVariables()[attribute]
	text, _ := s.lookup(variable)
	return setting{text: text, source: inEnvironment, variable: variable}
}

func (s *settings) roleOfBlock(attributes map[string]attr.Value) *credentials.AssumeRole {
	for _, v := range attributes {
		if v.IsUnknown() {
			s.unknown = append(s.unknown, argAssumeRole)
			return nil
		}
	}
	account := plain(attributes["domain_name"]) != "" || plain(attributes["domain_id"]) != ""
	return s.role(func(attribute string) setting {
		text := plain(attributes[attribute])
		if text != "" || account && strings.HasPrefix(attribute, "domain_") { // a variable may name another account
			return setting{text: text, source: inBlock}
		}
		return s.roleVariable(attribute)
	})
}

// role makes an agency of the values of its attributes.
func (s *settings) role(value func(attribute string) setting) *credentials.AssumeRole {
	role := &credentials.AssumeRole{AgencyName: value("agency_name").text, DomainName: value("domain_name").text, DomainID: value("domain_id").text}
	variables := roleVariables()
	if role.AgencyName == "" {
		s.diags.Append(diagnostics.IncompleteAssumeRole("agency_name", variables["agency_name"]))
	}
	if role.DomainName == "" && role.DomainID == "" {
		s.diags.Append(diagnostics.IncompleteAssumeRole("domain_name or domain_id", variables["domain_name"]+" or "+variables["domain_id"]))
	}
	if duration := value("duration"); duration.text != "" {
		longest := maxIAMSeconds
		if role.DomainID != "" {
			longest = maxSTSSeconds
		}
		seconds, err := strconv.Atoi(duration.text)
		if err != nil || seconds < minRoleSeconds || seconds > longest {
			s.diags.Append(diagnostics.InvalidAssumeRoleDuration(duration.text, minRoleSeconds, longest, duration.origin()))
		}
		role.Duration = time.Duration(seconds) * time.Second
	}
	return role
}
